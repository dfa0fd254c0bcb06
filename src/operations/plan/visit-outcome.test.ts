import assert from 'node:assert/strict';
import { test } from 'node:test';
import { one, power, visitOf } from '../../../test/fixtures/plan.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import type { VisitState } from '../../platform/area.ts';
import { getPowerStatus, getVisitStatus } from './visit-outcome.ts';

const visit = visitOf(one);
const made = (more: Partial<VisitState> = {}) =>
  new Map([
    [
      visit.id as string,
      {
        id: visit.id,
        arrivedAt: new Date('2026-09-16T09:00:00Z'),
        leftAt: null,
        answer: null,
        finishedAt: null,
        powerId: power.id,
        basis: 'pace-s8',
        ...more,
      },
    ],
  ]);

test('the record of a visit takes precedence over its plan', () => {
  const finishedAt = new Date('2026-09-16T11:00:00Z');
  const cases = [
    [visit, new Map(), '2026-09-16', 'planned'],
    [visit, new Map(), '2026-09-17', 'its day has passed'],
    [{ ...visit, state: 'called off' as const }, new Map(), '2026-09-17', 'called off'],
    [visit, made(), '2026-09-16', 'under way'],
    [visit, made({ finishedAt, answer: 'no reply' }), '2026-09-17', 'made: no reply'],
  ] as const;
  for (const [planned, visits, today, said] of cases) assert.equal(getVisitStatus(planned, visits, today).text, said);
});

test('a power that a visit relied on counts as used; a refused one stays refused', () => {
  const consent = { ...power, basis: 'consent', state: 'planned' as const, expiresOn: null };
  assert.equal(getPowerStatus(consent, new Map(), '2026-09-17').text, 'planned');
  assert.equal(getPowerStatus(consent, made(), '2026-09-17').text, 'used');
  assert.equal(getPowerStatus(power, made(), '2027-01-17').text, 'used', 'used, and not expired');
  assert.equal(getPowerStatus({ ...power, state: 'refused' }, made(), '2026-09-17').text, 'refused');
});

test('the plan shows that a visit was begun and under which power, and links to it', async (t) => {
  const { signIn, officer, planner, planned, operation, premises } = await aTeam(t);
  const here = `/staff/operations/${operation.id}`;
  const visits = `href="/staff/visits/${planned.id}"`;
  const atDoor = await signIn(officer);
  assert.ok((await atDoor.get(here)).body.includes(visits), 'a field officer finds the visit');
  const arrived = await atDoor.post(`/staff/visits/${planned.id}/arrive`, arrival([officer]));
  assert.equal(arrived.statusCode, 303);
  await atDoor.post(`/staff/visits/${planned.id}/entry`, { power: 'planned', ground: '' });
  const reader = await signIn(planner);
  assert.match((await reader.get(`${here}/schedule`)).body, /under way: entered<\/strong>/);
  const place = (await reader.get(`/staff/premises/${premises.id}`)).body;
  assert.match(place, />used<\/strong>/);
  assert.match(place, /18 September 2026, as the visit says/);
  assert.doesNotMatch(place, /Call off<span/);
});
