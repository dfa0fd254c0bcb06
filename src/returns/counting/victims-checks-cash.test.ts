import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell, Indicator, Quantity } from '../../vocabulary/figures.ts';
import type { Records } from './counting.ts';
import { countIndicators, editions, getEdition } from './definitions.ts';

const none: Records = {
  ...{ premises: [], powers: [], plannedVisits: [], participations: [], visits: [], attendees: [], others: [] },
  ...{ encounters: [], signs: [], arrests: [], seizures: [], officerReferrals: [], facts: [], referrals: [] },
  submittedReferrals: [],
};
const latest = getEdition('2026-12-01');

/** As a reader reads it. */
const say = (quantity: Quantity | undefined): string =>
  quantity?.kind === 'number'
    ? `${quantity.qualifier === 'exact' ? '' : `${quantity.qualifier} `}${quantity.value}`
    : (quantity?.kind ?? 'not counted');
const sayCells = (cells: readonly Cell[] = []): Record<string, string> =>
  Object.fromEntries(cells.map(({ of, quantity }) => [Object.values(of).join(), say(quantity)]));
const count = (records: Partial<Records>, indicator: Indicator) =>
  countIndicators(latest, { ...none, ...records }).figures[indicator];

const sent = (
  id: string,
  person: string,
  outcome: string | null,
  referredAs: string | null,
  organisation = 'Police',
) => ({
  ...{ id, person, outcome, referredAs, organisation, visitId: 'v' },
});

for (const [what, officerReferrals, total, byAge] of [
  [
    'a draft and one closed without being sent',
    [sent('1', 'a', null, null), sent('2', 'b', 'not sent', null)],
    '0',
    {},
  ],
  ['one adult', [sent('1', 'a', 'referral', 'adult')], '1', { adult: '1' }],
  ['an adult notified', [sent('1', 'a', 'notification', 'adult')], '1', { adult: '1' }],
  [
    'one person of two agencies',
    [sent('1', 'a', 'referral', 'adult'), sent('2', 'a', 'notification', 'adult', 'Border')],
    '1',
    { adult: '1' },
  ],
  [
    'an adult to one agency, a child to another',
    [sent('1', 'a', 'referral', 'adult'), sent('2', 'a', 'referral', 'child')],
    '1',
    { child: '1' },
  ],
  [
    'an adult to one agency, not sure to another',
    [sent('1', 'a', 'referral', 'adult'), sent('2', 'a', 'referral', 'not sure')],
    '1',
    { 'not known': '1' },
  ],
  ['an age that was not kept yet', [sent('1', 'a', 'referral', null)], '1', { 'not known': '1' }],
  [
    'a child and an adult',
    [sent('1', 'a', 'referral', 'child'), sent('2', 'b', 'referral', 'adult')],
    '2',
    { adult: '1', child: '1' },
  ],
] as const)
  test(`potential victims of officers: ${what}`, () => {
    const figure = count({ officerReferrals }, 'victims.byOfficers');
    assert.deepEqual([say(figure?.total), sayCells(figure?.breakdowns.byAge)], [total, byAge]);
  });

test('NRM referrals and notifications are counted by first responder', () => {
  const officerReferrals = [
    sent('1', 'a', 'referral', 'adult'),
    sent('2', 'a', 'notification', 'adult', 'Border'),
    sent('3', 'b', 'referral', 'child'),
  ];
  const by = (indicator: Indicator) => sayCells(count({ officerReferrals }, indicator)?.breakdowns.byOrganisation);
  assert.deepEqual(
    [by('nrm.sent'), by('nrm.referred'), by('nrm.notified')],
    [{ Border: '1', Police: '2' }, { Police: '2' }, { Border: '1' }],
  );
});

const fact = (id: string, person: string, part: string | null, indicator = 'victims.inNotes') => ({
  ...{ id, person, part, indicator, town: 'Watford' },
});
for (const [what, facts, total, byAge] of [
  ['advice alone', [fact('1', 'a', 'health', 'people.advised')], '0', {}],
  ['two notes of one person', [fact('1', 'a', 'adult'), fact('2', 'a', 'adult')], '1', { adult: '1' }],
  ['a child in one of two notes', [fact('2', 'a', 'child'), fact('1', 'a', 'adult')], '1', { child: '1' }],
  [
    'three people',
    [fact('1', 'a', 'adult'), fact('2', 'b', 'child'), fact('3', 'c', 'not known')],
    '3',
    { adult: '1', child: '1', 'not known': '1' },
  ],
] as const)
  test(`potential victims in notes: ${what}`, () => {
    const figure = count({ facts }, 'victims.inNotes');
    assert.deepEqual([say(figure?.total), sayCells(figure?.breakdowns.byAge)], [total, byAge]);
  });

const visit = (id: string, answer: string | null, vehiclesChecked: number | null) => ({
  ...{
    id,
    answer,
    vehiclesChecked,
    premisesId: 'p',
    powerId: null,
    basis: 'nobody entered',
    damaged: false,
    finished: true,
  },
  ...{ peopleChecked: null, documentsChecked: null, suspects: null },
});
for (const [what, visits, total] of [
  ['no visit', [], '0'],
  ['no reply, and nothing stated', [visit('1', 'no reply', null)], '0'],
  ['a stated nought', [visit('1', 'entered', 0)], '0'],
  ['two stated numbers', [visit('1', 'entered', 3), visit('2', 'entered', 4)], '7'],
  ['checks in front of a closed door', [visit('1', 'refused entry', 2)], '2'],
  ['one of two teams silent', [visit('1', 'entered', 3), visit('2', 'forced, refused', null)], 'at least 3'],
  ['every team silent', [visit('1', 'entered', null)], 'not known'],
] as const)
  test(`vehicles checked: ${what}`, () => assert.equal(say(count({ visits }, 'checks.vehicles')?.total), total));

const seized = (id: string, pence: number | null, currency = 'GBP', kind = 'cash') => ({
  id,
  visitId: 'v',
  kind,
  pence,
  currency,
});
for (const [what, seizures, total, byCurrency] of [
  ['no cash', [seized('1', null, 'GBP', 'phone')], '0', {}],
  ['pounds and pence of two sums', [seized('1', 124_050), seized('2', 75)], '1241', { GBP: '1241' }],
  ['euros alone', [seized('1', 50_000, 'EUR')], '0', { EUR: '500' }],
  [
    'three currencies, never added',
    [seized('1', 1_000), seized('2', 2_000, 'EUR'), seized('3', 300_000, 'VND')],
    '10',
    { EUR: '20', GBP: '10', VND: '3000' },
  ],
  ['some cash not counted yet', [seized('1', 1_000), seized('2', null)], 'at least 10', { GBP: 'at least 10' }],
  ['no cash counted yet', [seized('1', null)], 'not known', { GBP: 'not known' }],
] as const)
  test(`cash seized: ${what}`, () => {
    const figure = count({ seizures }, 'cash.seized');
    assert.deepEqual([say(figure?.total), sayCells(figure?.breakdowns.byCurrency)], [total, byCurrency]);
  });

test('the first edition counts none of this', () => {
  const { figures } = countIndicators(editions[0], none);
  assert.equal(figures['victims.byOfficers'], undefined);
  assert.equal(figures['cash.seized'], undefined);
  assert.notEqual(figures['nrm.sent'], undefined);
});
