/** Every address that hands out a file asks why, and marks the file. */
import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import type { MemberCrawl, PageVisit } from '../../fixtures/member-crawl.ts';
import { toRouteShape } from '../../harness/crawl.ts';
import { assertFileMarked } from './markings.ts';

const why = { why: 'another reason', words: 'to see what leaves', shape: 'json', ground: 'the person takes it along' };

export async function assertFilesKnown(app: FastifyInstance, crawls: readonly MemberCrawl[]): Promise<void> {
  const files = new Set<string>();
  const asked = new Set<string>();
  const noteFile = (url: string, { headers }: Pick<PageVisit, 'headers'>): void => {
    // What the public site hands out is for everybody, and bears no marking.
    if (headers['content-disposition'] === undefined || !url.startsWith('/staff')) return;
    files.add(toRouteShape(url));
    assertFileMarked({ url, headers });
  };
  for (const { pages, visits, visitor } of crawls) {
    for (const visit of visits) noteFile(visit.url, visit);
    for (const [shape, url] of pages) {
      if (!/\/export$/.test(shape)) continue;
      asked.add(shape);
      assert.equal((await visitor.post(url, { ...why, words: '' })).statusCode, 422, `${url} asks why`);
      noteFile(url, await visitor.post(url, why));
    }
    const request = pages.get('/staff/oversight/requests/:id');
    if (request) noteFile(`${request}/answer`, await visitor.post(`${request}/answer`));
  }
  for (const wanted of [
    ...asked,
    '/staff/returns/:id/export',
    '/staff/releases/:id/export',
    '/staff/oversight/ours/export',
  ])
    assert.ok(files.has(wanted), `${wanted} hands out a file (${[...files].sort().join(' ')})`);
  const offered = app.offered.filter(
    ({ method, url }) => method === 'POST' && url.startsWith('/staff') && /\/(export|answer)$/.test(url),
  );
  const known = [...files].map((shape) => shape.replaceAll(':id', ':x'));
  const unseen = offered.map(({ url }) => url.replaceAll(/:\w+/g, ':x')).filter((url) => !known.includes(url));
  assert.deepEqual(unseen.sort(), notFiles);
}

/** Forms that end in the same word and return no file, and forms that this demonstration does not reach. */
const notFiles = [
  // No officer of the demonstration has begun a referral: src/visits/nrm-referrals/routes.test.ts reads the marking of one.
  '/staff/nrm-referrals/:x/export',
  '/staff/oversight/emergency-access/:x/export',
  '/staff/oversight/safeguarding/answer',
  '/staff/oversight/safeguarding/requests/:x/answer',
  '/staff/oversight/unusual/answer',
  // A custodian has to open the original first: src/reports/source-identity/original-files.test.ts takes it out and reads its marking.
  '/staff/report-files/:x/export',
  // The demonstration coordinates no week: src/returns/exchange/export/routes.test.ts takes one out and reads its marking.
  '/staff/returns/exchange/weeks/:x/export',
  '/staff/safeguarding/disclosures/:x/answer',
  // The demonstration has no concern: the module's own tests export one and read its marking.
  '/staff/safeguarding/nrm-referrals/:x/export',
  '/staff/safeguarding/report-files/:x/export',
];
