/** The main job, walked and counted in a browser: from an empty week to a published release. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../fixtures/application.ts';
import { openForBrowser } from '../fixtures/browser-pages.ts';
import { type Cast, mainJobStart, openCast, planFromNothing, walkMainJob } from '../fixtures/main-job.ts';
import { addWeekBefore } from '../fixtures/week-before.ts';
import type { Walker } from '../harness/counted-walk.ts';

const openCastHere = async (t: TestContext) =>
  openCast(await openForBrowser(t, (environment) => openApplication(t, { ...mainJobStart, environment })));

/** The week of the year before is copied with its operation, partners, people and team. */
async function copyWeekBefore({ walk }: Cast, planner: Walker): Promise<void> {
  await planner.follow('/staff/operations', '.sl-nav');
  await planner.follow('/staff/weeks', 'body');
  await planner.followText('European week against exploitation');
  await planner.followMatching(/\/weeks\/[0-9a-f-]+\/copy$/);
  await planner.date('starts', '2026-09-14');
  await planner.fill('New code name for the copy of Harbour', 'Lantern');
  await planner.send();
  walk.step('Week, operation, partners, people and team, copied');
}

type Most = { readonly pages: number; readonly clicks: number; readonly fields: number };

async function countMainJob(
  t: TestContext,
  cast: Cast,
  begin: (planner: Walker) => Promise<void>,
  most: Most,
): Promise<void> {
  await walkMainJob(cast, begin);
  const { pages, clicks, fields } = cast.walk;
  const said = [...cast.walk.steps, `together: ${pages} / ${clicks} / ${fields}`].join('\n');
  t.diagnostic(said);
  assert.ok(pages <= most.pages && clicks <= most.clicks && fields <= most.fields, said);
}

/** The review counted 243 pages, 354 clicks and 299 fields. */
test('the main job, NRM included, takes at most 150 pages, 230 clicks and 220 fields', async (t) => {
  const cast = await openCastHere(t);
  await countMainJob(t, cast, (planner) => planFromNothing(cast, planner), { pages: 150, clicks: 230, fields: 220 });
});

test('the main job with the plan of the year before takes at most 110 pages, 170 clicks and 150 fields', async (t) => {
  const cast = await openCastHere(t);
  const { planner, officer, officer2, region, nurse, adviser, lead } = cast.people;
  const team = [officer, officer2, region, nurse, adviser];
  const all = {
    force: cast.force,
    partners: cast.agencies,
    planner,
    people: Object.values(cast.people),
    reception: lead,
    team,
  };
  await addWeekBefore(cast.db, all);
  await countMainJob(t, cast, (walker) => copyWeekBefore(cast, walker), { pages: 110, clicks: 170, fields: 150 });
});
