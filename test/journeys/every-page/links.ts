/** No link of any page leads nowhere, and every kind of record is found by links. */
import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { listInternalPages } from '../../../src/public/private-journey/visitor.ts';
import type { MemberCrawl } from '../../fixtures/member-crawl.ts';
import { listed } from '../../harness/listed.ts';
import type { PublicCrawl } from './shapes.ts';

export function assertNoDeadLinks(crawls: readonly MemberCrawl[]): void {
  for (const { who, dead } of crawls) assert.deepEqual(dead, [], `${who} meets dead ends`);
  const shapes = new Set(crawls.flatMap(({ pages }) => [...pages.keys()]));
  for (const wanted of wantedShapes)
    assert.ok(shapes.has(wanted), `nobody finds the way to ${wanted} (${[...shapes].sort().join(' ')})`);
}

const wantedShapes = listed(`
  /staff/operations/:id, /staff/premises/:id, /staff/visits/:id, /staff/arrests/:id, /staff/safeguarding/notes/:id,
  /staff/safeguarding/people/:id, /staff/safeguarding/people/:id/actions, /staff/safeguarding/actions/:id,
  /staff/safeguarding/handovers/:id, /staff/safeguarding/meetings/:id, /staff/safeguarding/deadlines, /staff/safeguarding/reception/:id,
  /staff/safeguarding/reception/:id/plan, /staff/safeguarding/reception/wristbands/:id,
  /staff/safeguarding/nrm-referrals/:id, /staff/safeguarding/nrm-referrals/:id/question,
  /staff/returns/operations/:id, /staff/returns/weeks, /staff/returns/weeks/export, /staff/returns/published/:id, /staff/releases/:id, /staff/briefings/:id, /staff/weeks/:id, /staff/powers,
  /staff/oversight, /staff/oversight/records/:id, /staff/oversight/records/:id/possible-access,
  /staff/oversight/members/:id, /staff/oversight/ours, /staff/oversight/unusual, /staff/oversight/requests,
  /staff/oversight/requests/new, /staff/oversight/requests/:id, /staff/oversight/ours/export,
  /staff/returns/:id/export, /staff/releases/:id/export, /staff/oversight/safeguarding/requests/new`);

export function assertPublicLinks(app: FastifyInstance, { site, journey }: PublicCrawl): void {
  assert.deepEqual(site.dead, []);
  assert.deepEqual(journey.dead, []);
  for (const url of listInternalPages(app)) assert.ok(journey.pages.has(url), `nobody finds the way to ${url}`);
  assert.ok(
    [...site.pages.keys()].some((shape) => /^\/news\/[a-z0-9-]+$/.test(shape)),
    'a release is found',
  );
}
