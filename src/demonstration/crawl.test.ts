import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demonstrationDay, openDemonstration } from '../../test/fixtures/demonstration.ts';
import { crawl } from '../../test/harness/crawl.ts';
import { listInternalPages, requestInternally } from '../public/private-journey/visitor.ts';
import { members } from './data/agencies-and-members.ts';

test('no member finds a dead link', async (t) => {
  const application = await openDemonstration(t);
  const shapes = new Set<string>();
  for (const { key } of members) {
    const visitor = await application.as(key);
    const { pages, dead } = await crawl(visitor.get, '/staff');
    for (const shape of pages.keys()) shapes.add(shape);
    assert.deepEqual(dead, [], `${key} meets dead ends`);
  }
  for (const wanted of [
    '/staff/operations/:id',
    '/staff/premises/:id',
    '/staff/visits/:id',
    '/staff/arrests/:id',
    '/staff/safeguarding/notes/:id',
    '/staff/safeguarding/people/:id',
    '/staff/safeguarding/people/:id/actions',
    '/staff/safeguarding/actions/:id',
    '/staff/safeguarding/handovers/:id',
    '/staff/safeguarding/deadlines',
    '/staff/safeguarding/reception/:id',
    '/staff/safeguarding/reception/:id/plan',
    '/staff/safeguarding/reception/wristbands/:id',
    '/staff/safeguarding/nrm-referrals/:id',
    '/staff/safeguarding/nrm-referrals/:id/question',
    '/staff/returns/operations/:id',
    '/staff/releases/:id',
    '/staff/briefings/:id',
    '/staff/weeks/:id',
    '/staff/powers',
    '/staff/oversight',
    '/staff/oversight/records/:id',
    '/staff/oversight/records/:id/possible-access',
    '/staff/oversight/members/:id',
    '/staff/oversight/ours',
    '/staff/oversight/unusual',
    '/staff/oversight/requests',
    '/staff/oversight/requests/new',
    '/staff/oversight/requests/:id',
    '/staff/oversight/ours/export',
    '/staff/returns/:id/export',
    '/staff/releases/:id/export',
    '/staff/oversight/safeguarding/requests/new',
  ]) {
    assert.ok(shapes.has(wanted), `nobody finds the way to ${wanted} (${[...shapes].sort().join(' ')})`);
  }
  assert.equal(demonstrationDay, application.clock.today());
});

test('the public finds no link that leads nowhere, and no cookie', async (t) => {
  const { app } = await openDemonstration(t);
  const { pages, dead } = await crawl(async (url) => {
    const answer = await app.inject(url);
    if (!url.startsWith('/staff')) assert.deepEqual(answer.cookies, [], url);
    return answer;
  }, '/');
  assert.deepEqual(dead, []);
  const behind = await crawl((url) => requestInternally(app, url), '/start');
  assert.deepEqual(behind.dead, []);
  for (const url of listInternalPages(app)) assert.ok(behind.pages.has(url), `nobody finds the way to ${url}`);
  assert.ok(
    [...pages.keys()].some((shape) => /^\/news\/[a-z0-9-]+$/.test(shape)),
    'a release is found',
  );
});
