import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { members } from '../../src/demonstration/data/agencies-and-members.ts';
import { markings } from '../../src/vocabulary/marking.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { crawl, toRouteShape } from '../harness/crawl.ts';

const why = { why: 'another reason', words: 'to see what leaves', shape: 'csv', ground: 'the person takes it along' };

test('every address that hands out a file is known, and every file bears its marking in head and name', async (t) => {
  const application = await openDemonstration(t);
  const files = new Set<string>();
  const asked = new Set<string>();
  const isFile = (url: string, { headers }: { headers: Readonly<Record<string, unknown>> }): void => {
    const disposition = headers['content-disposition'];
    if (disposition === undefined) return;
    files.add(toRouteShape(url));
    assert.ok(String(headers['x-safelight-marking']) in markings, `${url} is not marked`);
    assert.match(String(disposition), /\.official(-sensitive-[a-z-]+)?\.\w+"$/, url);
  };
  for (const { key } of members) {
    const visitor = await application.as(key);
    const { pages } = await crawl(async (url) => {
      const answer = await visitor.get(url);
      isFile(url, answer);
      return answer;
    }, '/staff');
    for (const [shape, url] of pages) {
      if (!/\/take$/.test(shape)) continue;
      asked.add(shape);
      assert.equal((await visitor.post(url, { ...why, words: '' })).statusCode, 422, `${url} asks why`);
      isFile(url, await visitor.post(url, why));
    }
    const request = pages.get('/staff/oversight/requests/:id');
    if (request) isFile(`${request}/answer`, await visitor.post(`${request}/answer`));
  }
  for (const wanted of [
    ...asked,
    '/staff/returns/:id/export',
    '/staff/releases/:id/export',
    '/staff/oversight/ours/export',
  ])
    assert.ok(files.has(wanted), `${wanted} hands out a file (${[...files].sort().join(' ')})`);
  const offered = application.app.offered.filter(
    ({ method, url }) => method === 'POST' && url.startsWith('/staff') && /\/(take|answer)$/.test(url),
  );
  const known = [...files].map((shape) => shape.replaceAll(':id', ':x'));
  const unseen = offered.map(({ url }) => url.replaceAll(/:\w+/g, ':x')).filter((url) => !known.includes(url));
  assert.deepEqual(unseen.sort(), notFiles);
});

/** Forms that end in the same word and return no file, and forms that this demonstration does not reach. */
const notFiles = [
  '/staff/oversight/safeguarding/answer',
  '/staff/oversight/safeguarding/requests/:x/answer',
  '/staff/oversight/emergency-access/:x/export',
  '/staff/oversight/unusual/answer',
  // A custodian has to open the original first: src/reports/source-identity/original-files.test.ts takes it out and reads its marking.
  '/staff/report-files/:x/export',
  // The demonstration has no concern: the module's own tests export one and read its marking.
  '/staff/safeguarding/nrm-referrals/:x/export',
  '/staff/safeguarding/disclosures/:x/answer',
  '/staff/safeguarding/report-files/:x/export',
  '/staff/safeguarding/actions/:x/take',
];

test('only one function writes the header of a downloaded file', () => {
  const src = resolve(import.meta.dirname, '../../src');
  const writers = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .filter((name) => /content-disposition/i.test(readFileSync(join(src, name), 'utf8')));
  const known = ['demonstration/walker.ts', 'platform/http.ts'];
  assert.deepEqual(writers.sort(), known, 'the walker reads it');
});
