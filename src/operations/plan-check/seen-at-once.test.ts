import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';

const atOnce = /The team sees each address as soon as you add it/;

test('a planner reads that a team sees each address at once, from the briefing time on', async (t) => {
  const { signIn, planner, operation, team, clock } = await aTeam(t);
  const pages = [
    operationPaths.addPremises(operation.id),
    operationPaths.briefingTime(operation.id),
    operationPaths.operation(operation.id),
  ];
  const eve = addDays(operation.startsOn, -1);
  clock.move(instantAt(eve, '15:59'));
  const early = await signIn(planner);
  for (const url of pages) assert.doesNotMatch(plain((await early.get(url)).body), atOnce, url);
  clock.move(instantAt(eve, '16:00'));
  const plans = await signIn(planner);
  for (const url of pages) assert.match(plain((await plans.get(url)).body), atOnce, url);
  assert.match(plain((await plans.get(pages[0] ?? '')).body), new RegExp(`briefing time of ${team.name} is over`));
});
