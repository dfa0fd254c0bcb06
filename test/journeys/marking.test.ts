import assert from 'node:assert/strict';
import { test } from 'node:test';
import { members } from '../../src/demonstration/data/agencies-and-members.ts';
import { requestInternally } from '../../src/public/private-journey/visitor.ts';
import { markings } from '../../src/vocabulary/marking.ts';
import { openApplication } from '../fixtures/application.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { crawl, toRouteShape } from '../harness/crawl.ts';

const markingOf = (body: string): string | undefined => /<summary>([^<]*)<\/summary><p>/.exec(body)?.[1];
/** The page for a weak signal says it in plain words, without a way to open them. */
const lean = /^<!DOCTYPE html>[^\n]*<\/title><main><p>([^<]*)<\/p>.*<p>\1<\/p><\/main><\/html>$/s;

test('every page of every member bears one marking, at its top and at its foot; every file bears one in name and head', async (t) => {
  const application = await openDemonstration(t);
  const seen = new Set<string>();
  const files = new Set<string>();
  for (const { key } of members) {
    const visitor = await application.as(key);
    await crawl(async (url) => {
      const answer = await visitor.get(url);
      if (!url.startsWith('/staff') || answer.statusCode !== 200) return answer;
      if (String(answer.headers['content-type']).startsWith('text/html')) {
        const brief = lean.exec(answer.body)?.[1];
        const marking = brief ?? markingOf(answer.body) ?? assert.fail(`${url} is not marked`);
        assert.ok(marking in markings, `${url}: ${marking}`);
        const foot = `<p class="sl-marking">${marking}</p>`;
        assert.ok(brief || answer.body.includes(foot), `${url} has no marking at its foot`);
        seen.add(marking);
      } else {
        assert.ok(String(answer.headers['x-safelight-marking']) in markings, `${url} is not marked`);
        assert.match(String(answer.headers['content-disposition']), /\.official(-sensitive-[a-z-]+)?\.\w+"$/, url);
        files.add(toRouteShape(url));
      }
      return answer;
    }, '/staff');
  }
  assert.ok(files.size >= 1, 'the others ask why before they leave: oversight/leaving.test.ts');
  assert.deepEqual([...seen].sort(), Object.keys(markings).sort());
});

test('a page is marked as the most closed of what it shows', async (t) => {
  const application = await openDemonstration(t);
  const enforcer = await application.as('officer');
  const { body } = await enforcer.get('/staff/visits');
  assert.equal(markingOf(body), 'OFFICIAL-SENSITIVE: OPERATIONAL');
  const shown = new Set<string | undefined>();
  for (const [, url = ''] of body.matchAll(/href="(\/staff\/visits\/[0-9a-f-]{36})"/g)) {
    const visit = (await enforcer.get(url)).body;
    const personal = /href="\/staff\/(encounters|arrests)\//.test(visit);
    shown.add(markingOf(visit));
    assert.equal(markingOf(visit), `OFFICIAL-SENSITIVE: ${personal ? 'PERSONAL DATA' : 'OPERATIONAL'}`, url);
  }
  assert.equal(shown.size, 2);
});

test('public pages bear no marking', async (t) => {
  const { app } = await openApplication(t);
  for (const url of ['/', '/start', '/signs', '/help', '/leaving', '/news']) {
    const answer = await requestInternally(app, url);
    assert.doesNotMatch(answer.body, /OFFICIAL/, url);
    assert.equal(answer.headers['x-safelight-marking'], undefined);
  }
});
