import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  briefedAt,
  charity,
  council,
  decided,
  force,
  good,
  health,
  immigration,
  immigrationDecided,
  lead,
  memberOf,
  noVisits,
  now,
  nurses,
  one,
  power,
  premises,
  two,
  visitOf,
} from '../../../test/fixtures/plan.ts';
import type { VisitState } from '../../platform/area.ts';
import { instantAt } from '../../platform/clock.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import type { Power } from '../plan/planned-power.ts';
import type { Premises } from '../plan/premises.ts';
import type { Advice, AdviceRule, Plan } from './entry-check.ts';
import { checkPlan, withoutDecisions } from './plan-check.ts';

const at = (more: Partial<Premises>): Partial<Plan> => {
  const changed = { ...premises, ...more };
  return { premises: [changed], visits: [visitOf(one, {}, changed)] };
};
const by = (more: Partial<Power>): Partial<Plan> => ({ powers: [{ ...power, ...more }] });
const ad: Partial<Power> = { basis: 'immigration-s28ca', holderId: immigration.id, purposes: [] };
const officers = {
  members: [memberOf(one, immigration, 'Bly')],
  premises: [{ ...premises, immigrationEntry: 'with the team' as const }],
};
const letter = by({ ...ad, decidedOn: '2026-09-12', expiresOn: '2026-09-18' });
const twoTeams = { teams: [one, two], members: [...good.members, memberOf(two, lead, 'Dee')] };
const shared = memberOf(two, lead, 'Ash');
const oneInBoth = { teams: [one, two], members: [{ ...shared, teamId: one.id }, shared] };

const [reception = assert.fail()] = good.participants;
const leadOf = (agencyId: AgencyId): Plan['participants'][number] => ({
  ...(good.participants[1] ?? assert.fail()),
  agencyId,
});
const caseworker: Plan['participants'][number] = {
  ...leadOf(council.id),
  duty: 'arranges help',
  roles: ['partner caseworker'],
  name: 'Ruth Adeyemi',
  title: '',
};
const twoWithoutLead = [reception, { ...reception, memberId: newId() }] as Plan['participants'];

const cases: readonly (readonly [string, Partial<Plan>, readonly AdviceRule[]])[] = [
  ['a good plan', {}, []],
  ['a warrant that lapses the day before', by({ expiresOn: '2026-09-15' }), ['lapsed']],
  ['a warrant that lapses on the day', by({ expiresOn: '2026-09-16' }), []],
  ['planned only', by({ state: 'planned', appliedOn: null, decidedOn: null, expiresOn: null }), ['not granted yet']],
  ['applied for', by({ state: 'applied for', decidedOn: null, expiresOn: null }), ['not granted yet']],
  ['refused', by({ state: 'refused', expiresOn: null }), ['refused']],
  ['executed before', by({ state: 'executed', executedAt: instantAt('2026-09-09', '08:00') }), ['executed already']],
  ['executed during the visit', by({ state: 'executed', executedAt: instantAt('2026-09-16', '10:05') }), []],
  [
    'executed earlier on the same day',
    by({ state: 'executed', executedAt: instantAt('2026-09-16', '08:00') }),
    ['executed already'],
  ],
  ['returned unused', by({ state: 'returned', returnedOn: '2026-09-12' }), ['executed already']],
  [
    'executed after its last day: said for good',
    {
      ...by({ state: 'executed', expiresOn: '2026-09-07', executedAt: instantAt('2026-09-09', '23:30') }),
      visits: [visitOf(one, { day: '2026-09-09' })],
    },
    ['executed too late'],
  ],
  [
    'executed before its grant: said for good',
    {
      ...by({ state: 'executed', decidedOn: '2026-09-10', executedAt: instantAt('2026-09-09', '10:00') }),
      visits: [visitOf(one, { day: '2026-09-09' })],
    },
    ['executed before the grant'],
  ],
  [
    'past midnight on its last day',
    { ...by({ expiresOn: '2026-09-16' }), visits: [visitOf(one, { starts: '21:00', minutes: 240 })] },
    ['past its last day'],
  ],
  [
    'until midnight of its last day',
    { ...by({ expiresOn: '2026-09-16' }), visits: [visitOf(one, { starts: '21:00', minutes: 180 })] },
    [],
  ],
  ['an AD letter at a business', { ...letter, ...officers }, []],
  [
    'an AD letter at a flat',
    {
      ...letter,
      ...at({ business: 'residential business', immigrationEntry: 'with the team' }),
      members: officers.members,
    },
    ['a home'],
  ],
  [
    'an AD letter where somebody sleeps',
    {
      ...letter,
      ...at({ dwelling: 'yes', immigrationEntry: 'with the team' }),
      members: officers.members,
    },
    ['a home'],
  ],
  [
    'a nurse whom the warrant does not name',
    { members: [...good.members, memberOf(one, health, 'Kit')] },
    ['not named'],
  ],
  [
    'a nurse whom it names',
    { ...by({ accompanying: [health.id] }), members: [...good.members, memberOf(one, health, 'Kit')] },
    [],
  ],
  ['nobody who may execute it', { members: [memberOf(one, health, 'Kit')] }, ['nobody may execute it']],
  ['held by who may not hold it', by({ holderId: health.id }), ['wrong holder']],
  [
    'the wrong warrant',
    {
      ...by({
        basis: 'immigration-s28d',
        holderId: immigration.id,
        purposes: ['arrest for immigration detention'],
        expiresOn: '2026-10-02',
      }),
      ...officers,
    },
    ['wrong purpose'],
  ],
  ['no power', { visits: [visitOf(one, { powerId: null })] }, ['no power']],
  ['a power of no catalogue', by({ basis: 'royal whim' }), ['no power']],
  [
    'planned on an arrest',
    by({ basis: 'pace-s32', state: 'planned', decidedOn: null, expiresOn: null, purposes: [] }),
    ['arises at the door'],
  ],
  ['a language and nobody to interpret', at({ languages: ['English', 'Romanian'] }), ['no interpreter']],
  ['a language and an interpreter', at({ languages: ['Romanian'], interpreter: 'By phone' }), []],
  ['no referrer', at({ referrerId: null, referrerOnCall: null }), ['no referrer']],
  ['a referrer with nobody on call', at({ referrerOnCall: null }), ['no referrer']],
  ['police as referrer', at({ referrerId: force.id }), ['no referrer']],
  ['a health body as referrer', at({ referrerId: nurses.id }), ['no referrer']],
  ['a charity that may refer', at({ referrerId: charity.id }), []],
  [
    'no referrer, decided by name',
    {
      ...at({ referrerId: null, referrerOnCall: null }),
      decisions: [immigrationDecided, decided('no referrer', premises.id)],
    },
    [],
  ],
  [
    'no referrer, decided for another place',
    {
      ...at({ referrerId: null, referrerOnCall: null }),
      decisions: [immigrationDecided, decided('no referrer', newId())],
    },
    ['no referrer'],
  ],
  ['immigration undecided', at({ immigrationEntry: null }), ['immigration undecided']],
  ['immigration decided by nobody', { decisions: [] }, ['immigration unrecorded']],
  [
    'immigration on a team that was to come without',
    { ...by({ accompanying: [immigration.id] }), members: [...good.members, memberOf(one, immigration, 'Bly')] },
    ['immigration on the team'],
  ],
  ['a target without a visit', { visits: [] }, ['no visit']],
  ['two teams at one place', { ...twoTeams, visits: [visitOf(one), visitOf(two, { starts: '11:00' })] }, ['no order']],
  [
    'two teams at one place, in order',
    { ...twoTeams, visits: [visitOf(one, { turn: 1 }), visitOf(two, { turn: 2, starts: '11:00' })] },
    [],
  ],
  [
    'two teams with the same turn',
    { ...twoTeams, visits: [visitOf(one, { turn: 1 }), visitOf(two, { turn: 1 })] },
    ['no order'],
  ],
  [
    'two teams, one after the other, on one warrant',
    { ...twoTeams, visits: [visitOf(one), visitOf(two, { starts: '11:30' })] },
    ['executed already'],
  ],
  ['one team twice at once', { visits: [visitOf(one), visitOf(one, { starts: '11:00' })] }, ['one team in two places']],
  [
    'past midnight',
    { visits: [visitOf(one, { starts: '23:30' }), visitOf(one, { day: '2026-09-17', starts: '00:30' })] },
    ['by night', 'by night', 'one team in two places'],
  ],
  [
    'somebody on two teams that are out together',
    { ...oneInBoth, visits: [visitOf(one, { turn: 1 }), visitOf(two, { turn: 2 })] },
    ['one person in two teams'],
  ],
  [
    'somebody on two teams, at different hours',
    { ...oneInBoth, visits: [visitOf(one), visitOf(two, { starts: '14:00', powerId: null })] },
    ['no power'],
  ],
  ['a shop where perhaps somebody sleeps', at({ dwelling: 'not known' }), ['home not known']],
  [
    'a power that stops at a home says so itself',
    { ...letter, ...at({ dwelling: 'not known', immigrationEntry: 'with the team' }), members: officers.members },
    ['perhaps a home'],
  ],
  [
    'people without a safeguarding lead, before any visit',
    { visits: [], participants: twoWithoutLead },
    ['no visit', 'nobody reads notes'],
  ],
  ['a team without a lead', { teams: [{ ...one, leadId: null }] }, ['no lead']],
  ['a team of nobody', { members: [] }, ['nobody on the team']],
  [
    'a member who cannot read the briefing',
    { members: [...good.members, memberOf(one, lead, 'Kit', ['analyst'])] },
    ['cannot read the briefing'],
  ],
  ['a member who has left', { members: [...good.members, memberOf(one, null, 'Kit')] }, ['no longer takes part']],
  ['a visit after the operation', { visits: [visitOf(one, { day: '2026-09-22' })] }, ['outside the operation']],
  [
    'a visit in the operation before its team is briefed',
    { briefed: new Map([[one.id, briefedAt('2026-09-16', '10:01')]]) },
    ['before the briefing'],
  ],
  [
    'a visit that the team cannot see',
    { visits: [visitOf(one, { day: '2026-10-05' })] },
    ['outside what the team sees'],
  ],
  ['a window of its own', { operation: { ...good.operation, startsOn: '2026-09-12' } }, ['outside the week']],
  [
    'no-go',
    { decisions: [immigrationDecided, decided('go', null), decided('no-go', null, '2026-09-06T09:00:00Z')] },
    ['no-go stands'],
  ],
  [
    'go after all',
    { decisions: [immigrationDecided, decided('no-go', null), decided('go', null, '2026-09-06T09:00:00Z')] },
    [],
  ],
  [
    'tomorrow, and no go',
    { visits: [visitOf(one, { day: '2026-09-11' })], ...by({}) },
    ['no go', 'before the briefing'],
  ],
  ['nobody at reception', { participants: good.participants.slice(1) }, ['no reception']],
  ['nobody who reads what people ask for', { participants: good.participants.slice(0, 1) }, ['nobody reads notes']],
  [
    'only a lead of immigration, who reads nothing',
    { participants: [reception, leadOf(immigration.agencyId)] },
    ['nobody reads notes'],
  ],
  ['a caseworker who arranges help', { participants: [...good.participants, caseworker] }, ['helper reads no notes']],
  [
    'a caseworker who arranges help beside a lead who does',
    { participants: [reception, caseworker, { ...leadOf(charity.id), duty: 'arranges help' }] },
    [],
  ],
  ['a lead who arranges help', { participants: [reception, { ...leadOf(charity.id), duty: 'arranges help' }] }, []],
  ['risks that nobody recorded', at({ risks: null }), ['risks not recorded']],
  [
    'risks that nobody recorded where all visits were called off',
    { premises: [{ ...premises, risks: null }], visits: [visitOf(one, { state: 'called off' })] },
    [],
  ],
  ['a search warrant at two in the morning', { visits: [visitOf(one, { starts: '02:00' })] }, ['by night']],
  ['a search warrant at six', { visits: [visitOf(one, { starts: '06:00' })] }, []],
  ['a visit that is over', { ...by({ expiresOn: '2026-09-01' }), visits: [visitOf(one, { day: '2026-09-09' })] }, []],
  ['a visit that was called off', { ...by({ state: 'refused' }), visits: [visitOf(one, { state: 'called off' })] }, []],
];

test('finds what is unlawful or a risk in a plan, case by case', () => {
  for (const [name, changed, rules] of cases) {
    const found = checkPlan({ ...good, ...changed }, now, noVisits);
    const told = found.map(({ rule }) => rule);
    assert.deepEqual(told.toSorted(), [...rules].sort(), name);
  }
});

test('says to take an immigration officer out of a team for premises where they are not present', () => {
  const members = [...good.members, memberOf(one, immigration, 'Bly')];
  const found = checkPlan({ ...good, ...by({ accompanying: [immigration.id] }), members }, now, noVisits);
  assert.match(found.find(({ rule }) => rule === 'immigration on the team')?.cure ?? '', /^Take them out of the team,/);
});

test('says who arranges help without reading notes, and which agencies read them', () => {
  const find = (participants: Plan['participants']) =>
    checkPlan({ ...good, participants }, now, noVisits).find(({ rule }) => rule === 'helper reads no notes');
  const told = find([...good.participants, caseworker]);
  assert.equal(told?.what, 'Ruth Adeyemi has the duty “Arranges help”, but cannot read safeguarding notes.');
  assert.equal(told.why, 'Safeguarding leads of Agency read the notes about this operation.');
  assert.equal(find([reception, caseworker])?.why, 'No member of this operation can read a safeguarding note.');
});

test('every check says what, why and how to fix it, unlawful ones first', () => {
  const all = cases.flatMap(([, changed]) => checkPlan({ ...good, ...changed }, now, noVisits));
  for (const { what, why, cure, about } of all) {
    for (const text of [what, why, cure]) assert.match(text, /^[A-Z0-9].*\.$/s, text);
    assert.ok(about.name);
  }
  const kinds = (advice: readonly Advice[]) => advice.map(({ kind }) => ['unlawful', 'unwise', 'note'].indexOf(kind));
  const bad = checkPlan(
    { ...good, ...by({ state: 'refused' }), ...at({ referrerId: null, referrerOnCall: null }), participants: [] },
    now,
    noVisits,
  );
  assert.deepEqual(kinds(bad), [0, 1, 1, 2]);
});

test('an unlawful finding names the law', () => {
  const unlawful = cases.flatMap(([, changed]) =>
    checkPlan({ ...good, ...changed }, now, noVisits).filter(({ kind }) => kind === 'unlawful'),
  );
  assert.ok(unlawful.length >= 12);
  for (const { source, rule } of unlawful) assert.ok(source, rule);
});

test('nationality, sex and language are never a ground: no advice speaks of who the people are', () => {
  for (const { what, why, cure } of cases.flatMap(([, changed]) => checkPlan({ ...good, ...changed }, now, noVisits)))
    assert.doesNotMatch(`${what} ${why} ${cure}`, /\b(nationalit|foreign|women|men|female|male)\b/i);
});

test('a reader without the policy log sees all findings except missing decisions', () => {
  const unsaid = checkPlan({ ...good, ...at({ immigrationEntry: 'not present' }), decisions: [] }, now, noVisits);
  assert.ok(unsaid.some(({ rule }) => rule === 'immigration unrecorded'));
  const told = withoutDecisions(unsaid);
  assert.ok(!told.some(({ rule }) => rule === 'immigration unrecorded' || rule === 'no go'));
  assert.deepEqual(
    told,
    unsaid.filter(({ rule }) => !['immigration unrecorded', 'no go'].includes(rule)),
  );
  const undecided = checkPlan({ ...good, ...at({ immigrationEntry: null }), decisions: [] }, now, noVisits);
  assert.ok(withoutDecisions(undecided).some(({ rule }) => rule === 'immigration undecided'));
});

test('a team that is late past midnight goes in on the next day, when the warrant has lapsed', () => {
  const plan = {
    ...good,
    ...by({ expiresOn: '2026-09-16' }),
    visits: [visitOf(one, { day: '2026-09-16', starts: '23:30' })],
    decisions: [immigrationDecided, decided('go', null)],
  };
  const rulesAt = (day: string, time: string) =>
    checkPlan(plan, instantAt(day, time), noVisits).map(({ kind, rule }) => `${kind}: ${rule}`);
  assert.deepEqual(rulesAt('2026-09-16', '23:00'), ['unwise: by night', 'unwise: past its last day']);
  assert.deepEqual(rulesAt('2026-09-17', '00:10'), ['unlawful: lapsed', 'unwise: by night']);
  assert.deepEqual(rulesAt('2026-09-17', '01:00'), [], 'the visit is over');
});

test('a visit under a warrant that was not granted on its day is unlawful for good', () => {
  const visit = visitOf(one, { day: '2026-09-10' });
  const entered: VisitState = {
    id: visit.id,
    arrivedAt: instantAt('2026-09-10', '10:00'),
    leftAt: instantAt('2026-09-10', '11:00'),
    answer: 'entered',
    finishedAt: null,
    powerId: power.id,
    basis: 'pace-s8',
  };
  const find = (more: Partial<Power>, state: Partial<VisitState> = {}) =>
    checkPlan({ ...good, ...by(more), visits: [visit] }, now, new Map([[visit.id, { ...entered, ...state }]])).map(
      ({ rule, what }) => `${rule}: ${what.replace(/:.*/, '')}`,
    );
  assert.deepEqual(find({}), []);
  assert.deepEqual(find({ state: 'applied for', decidedOn: null, expiresOn: null }), [
    'executed before the grant: Used on 10 September 2026, but no grant is recorded',
  ]);
  assert.deepEqual(find({ state: 'refused', expiresOn: null }), [
    'executed before the grant: Used on 10 September 2026, but it was refused',
  ]);
  assert.deepEqual(find({ expiresOn: '2026-09-09' }), [
    'executed too late: Used on 10 September 2026, after its last day, 9 September 2026.',
  ]);
  assert.deepEqual(find({ state: 'applied for', decidedOn: null }, { answer: 'no reply', powerId: null }), []);
});
