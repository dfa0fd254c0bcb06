import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun } from '../../../test/fixtures/begun-visit.ts';
import { readCalendar } from '../../../test/oracles/calendar.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addPlannedVisit, addPremises, addTeam, letIn } from '../plan/examples.ts';
import type { Premises } from '../plan/premises.ts';

const hidden = (premises: Premises) => new RegExp(`${premises.name}|${premises.address}|${premises.business}`, 'i');

/** A visit of Team 1 in British Summer Time, and one of another team. */
async function scheduled(t: Parameters<typeof begun>[0]) {
  const application = await begun(t);
  const { db, operation, force, member } = application;
  const team = await addTeam(db, operation);
  const officer = await member(force, ['enforcement']);
  await letIn(db, operation, officer, { team });
  const premises = await addPremises(db, operation);
  const visit = await addPlannedVisit(db, premises, team, { day: '2026-09-16', starts: '09:30', minutes: 90 });
  await addPlannedVisit(db, premises, await addTeam(db, operation, { name: 'Team 2' }));
  return { ...application, team, officer, premises, visit, calendar: `/staff/teams/${team.id}/calendar` };
}

test('a calendar file has the visits of one team, in UTC, and names no premises', async (t) => {
  const { planner, calendar, visit, premises, auditTrail, of } = await scheduled(t);
  assert.ok((await planner.get(`${of}/schedule`)).body.includes(`href="${calendar}"`));
  const { body, headers, statusCode } = await planner.get(calendar);
  assert.equal(statusCode, 200);
  assert.match(String(headers['content-type']), /^text\/calendar/);
  assert.match(String(headers['content-disposition']), /team-1\.official-sensitive-operational\.ics"$/);
  assert.doesNotMatch(body, hidden(premises));
  const events = readCalendar(body);
  assert.equal(events.length, 1);
  assert.equal(events[0]?.UID, `${visit.id}@safelight`);
  assert.equal(events[0]?.DTSTART, '20260916T083000Z');
  assert.equal(events[0]?.DTEND, '20260916T100000Z');
  assert.equal(events[0]?.SUMMARY, `Team 1: visit ${referenceOf('visit', visit.id)}`);
  assert.equal(events[0]?.LOCATION, 'Watford');
  assert.ok((await auditTrail()).includes('calendar.taken'), 'that it left is logged');
});

test('a team takes its own calendar from its briefing, and no other', async (t) => {
  const { signIn, officer, calendar, clock, db, agency, member } = await scheduled(t);
  const other = await db.selectFrom('teams').select('id').where('name', '=', 'Team 2').executeTakeFirstOrThrow();
  assert.equal((await (await signIn(officer)).get(calendar)).statusCode, 404, 'before the briefing');
  clock.move(new Date('2026-09-15T09:00:00Z'));
  assert.equal((await (await signIn(officer)).get(calendar)).statusCode, 200);
  assert.equal((await (await signIn(officer)).get(`/staff/teams/${other.id}/calendar`)).statusCode, 404);
  const stranger = await member(await agency('police force', { name: 'Elsewhere' }), ['planner']);
  assert.equal((await (await signIn(stranger)).get(calendar)).statusCode, 404);
});

test('the schedule shows days and teams, the towns on a map, and each visit with its reference', async (t) => {
  const { planner, of, visit } = await scheduled(t);
  const { body } = await planner.get(`${of}/schedule`);
  assert.match(body, /aria-label="Map of the towns with visits: Watford 2/);
  assert.match(body, /Plan of Operation Lantern/);
  assert.ok(body.includes(referenceOf('visit', visit.id)));
  assert.doesNotMatch(
    body,
    /src="http|href="http(?!s:\/\/(legislation|www\.legislation))/,
    'nothing is loaded from elsewhere',
  );
});
