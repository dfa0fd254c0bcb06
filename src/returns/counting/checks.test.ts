import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soundRecords } from '../../../test/fixtures/recorded-operation.ts';
import { exactly, type Figures, type Indicator } from '../../vocabulary/figures.ts';
import { type Check, checkCount, checkDates, checkQualifications } from './checks.ts';
import type { Counted, Records } from './counting.ts';
import { countIndicators, editions } from './definitions.ts';
import { getCount } from './qualify.ts';

const sound = soundRecords(42, ['signing', 'final']);
const failing = (records: Records, change: (counted: Counted) => Counted = (counted) => counted): Check[] =>
  checkCount(records, change(countIndicators(editions[0], records))).filter(({ holds }) => !holds);
const failures = (records: Records, stops: Check['stops']): string[] =>
  failing(records)
    .filter((check) => check.stops === stops)
    .map(({ says }) => says);

const [visit] = sound.visits.filter(({ answer }) => answer === 'entered');
const [arrest] = sound.arrests;
if (!visit || !arrest) throw new Error('the example lacks a visit or an arrest');
const elsewhere = '00000000-0000-4000-8000-000000000000';
const referral = {
  id: elsewhere,
  organisation: 'Leashire Constabulary',
  person: elsewhere,
  referredAs: 'adult',
} as const;

test('sound records pass every check that stops signing or a final return', () => {
  assert.deepEqual(failures(sound, 'signing'), []);
  assert.deepEqual(failures(sound, 'final'), []);
});

const contradictions: readonly (readonly [
  title: string,
  stops: Check['stops'],
  says: RegExp,
  records: Records,
  id: string,
])[] = [
  [
    'an arrest without a visit of this operation',
    'signing',
    /belongs to a visit of this operation/,
    { ...sound, arrests: [...sound.arrests, { ...arrest, id: elsewhere, visitId: elsewhere }] },
    elsewhere,
  ],
  [
    'an NRM referral of an officer without a visit of this operation',
    'signing',
    /belongs to a visit of this operation/,
    {
      ...sound,
      officerReferrals: [...sound.officerReferrals, { ...referral, visitId: elsewhere, outcome: 'referral' }],
    },
    elsewhere,
  ],
  [
    'a visit at premises of another operation',
    'signing',
    /at premises of this operation/,
    { ...sound, visits: [...sound.visits, { ...visit, id: elsewhere, premisesId: elsewhere }] },
    elsewhere,
  ],
  [
    'a visit that was made and called off',
    'signing',
    /both made and called off/,
    {
      ...sound,
      plannedVisits: sound.plannedVisits.map((one) => (one.id === visit.id ? { ...one, state: 'called off' } : one)),
    },
    visit.id,
  ],
  [
    'somebody spoken to where nobody answered',
    'signing',
    /No conversation or arrest is recorded/,
    {
      ...sound,
      visits: sound.visits.map((one) =>
        one.id === visit.id ? { ...one, answer: 'no reply', powerId: null, basis: 'nobody entered' } : one,
      ),
      encounters: [
        ...sound.encounters,
        { id: elsewhere, visitId: visit.id, spokenTo: true, interpreter: 'not needed' },
      ],
    },
    elsewhere,
  ],
  [
    'a warrant marked as executed that no visit names',
    'signing',
    /marks as executed was used/,
    {
      ...sound,
      powers: [
        ...sound.powers,
        { id: elsewhere, premisesId: visit.premisesId, basis: 'A warrant', isWarrant: true, state: 'executed' },
      ],
    },
    elsewhere,
  ],
  [
    'a visit under a warrant that was never granted',
    'signing',
    /had been granted/,
    {
      ...sound,
      powers: [
        ...sound.powers,
        { id: elsewhere, premisesId: visit.premisesId, basis: 'A warrant', isWarrant: true, state: 'refused' },
      ],
      visits: sound.visits.map((one) => (one.id === visit.id ? { ...one, powerId: elsewhere } : one)),
    },
    elsewhere,
  ],
  [
    'a planned visit that is still to come',
    'final',
    /made or called off/,
    {
      ...sound,
      plannedVisits: [...sound.plannedVisits, { id: elsewhere, premisesId: visit.premisesId, state: 'planned' }],
    },
    elsewhere,
  ],
  [
    'a visit that nobody has finished',
    'final',
    /Every visit made is finished/,
    { ...sound, visits: sound.visits.map((one) => (one.id === visit.id ? { ...one, finished: false } : one)) },
    visit.id,
  ],
  [
    'an arrest of which nobody has said whether the person was screened',
    'final',
    /the person was screened, or of why they were not/,
    { ...sound, arrests: sound.arrests.map((one) => (one.id === arrest.id ? { ...one, screening: null } : one)) },
    arrest.id,
  ],
];

for (const [title, stops, says, records, id] of contradictions) {
  test(`${title} stops ${stops === 'signing' ? 'signing' : 'a final return'}, and the record is named`, () => {
    const found = failing(records).filter((check) => check.stops === stops);
    const [check] = found.filter((one) => says.test(one.says));
    assert.ok(check, found.map((one) => one.says).join('; '));
    assert.ok(check.records.some((record) => record.id === id));
    assert.match(check.found ?? '', /^\d+ /);
  });
}

test('a draft of an officer is named and stops nothing, and neither it nor a closed one is counted', () => {
  const of = (outcome: string | null) => ({
    ...sound,
    officerReferrals: [{ ...referral, visitId: visit.id, outcome }],
  });
  const sentBy = (outcome: string | null) =>
    (['nrm.sent', 'nrm.referred', 'nrm.notified'] as const).map((indicator) =>
      getCount(countIndicators(editions[0], of(outcome)).figures[indicator]?.total),
    );
  assert.deepEqual(
    [sentBy(null), sentBy('not sent'), sentBy('referral'), sentBy('notification')],
    [
      [0, 0, 0],
      [0, 0, 0],
      [1, 1, 0],
      [1, 0, 1],
    ],
  );
  const [draft] = failing(of(null)).filter(({ says }) => /officer began was sent or closed/.test(says));
  assert.deepEqual([draft?.stops, draft?.records.map(({ id }) => id)], ['nothing', [elsewhere]]);
  assert.equal(
    failing(of('not sent')).some(({ says }) => /officer began/.test(says)),
    false,
  );
});

test('figures that are falsified by hand are found out, each with the figures it concerns', () => {
  const falsify = (indicator: Indicator, by: number) => (counted: Counted) => {
    const figure = counted.figures[indicator];
    if (figure?.total.kind !== 'number') throw new Error(indicator);
    const wrong = { ...figure, total: exactly(figure.total.value + by) };
    return { ...counted, figures: { ...counted.figures, [indicator]: wrong } };
  };
  for (const indicator of [
    'arrests.screened',
    'nrm.sent',
    'nrm.notified',
    'visits.withSigns',
    'visits.made',
    'premises.visited',
    'seizures.made',
  ] as const) {
    const found = failing(sound, falsify(indicator, 1));
    assert.ok(
      found.some(({ figures, stops }) => figures.includes(indicator) && stops === 'signing'),
      indicator,
    );
  }
});

test('finds a record in no part or in two parts, even if the numbers agree', () => {
  const [lost] = failing(sound, (counted) => ({
    ...counted,
    countedRecords: counted.countedRecords.filter(
      ({ indicator, cell, id }) => !(indicator === 'arrests.made' && cell.startsWith('bySex [') && id === arrest.id),
    ),
  }));
  assert.match(lost?.says ?? '', /people arrested.+by sex add up/);
  assert.deepEqual(
    lost?.records.map(({ id }) => id),
    [arrest.id],
  );
});

const figures: Figures = Object.fromEntries(
  (['visits.made', 'visits.withSigns', 'visits.withoutSigns', 'people.advised'] as const).map((indicator, index) => [
    indicator,
    { indicator, total: exactly([8, 3, 5, 7][index] ?? 0), breakdowns: {} },
  ]),
);
const said = { reason: 'Notes are still coming in', by: 'somebody', at: '2026-09-18T12:00:00Z' };

test('words that the records no longer support block signing', () => {
  const atLeast = (value: number) => ({
    'visits.withoutSigns': { ...said, quantity: { kind: 'number', value, qualifier: 'at least' } as const },
  });
  const ofWords = (value: number) =>
    checkQualifications(figures, atLeast(value)).find(({ says }) => says.includes('wording'));
  assert.ok(ofWords(5)?.holds);
  const check = ofWords(6);
  assert.equal(check?.stops, 'signing');
  assert.equal(check?.found, 'The records say 5. Choose the wording again.');
});

test('points out a figure in words that two exact figures reveal', () => {
  const quantity = { kind: 'words', words: 'several' } as const;
  const open = checkQualifications(figures, { 'visits.withSigns': { ...said, quantity } }).filter(
    ({ holds }) => !holds,
  );
  assert.match(open[0]?.says ?? '', /cannot be worked out/);
  assert.equal(open[0]?.stops, 'nothing');
  const both = { 'visits.withSigns': { ...said, quantity }, 'visits.withoutSigns': { ...said, quantity } };
  assert.ok(checkQualifications(figures, both).every(({ holds }) => holds));
});

test('a visit outside the dates of the operation stops every signature', () => {
  const dates = ['2026-09-14', '2026-09-20'] as const;
  const days = (day: string) => new Map([[visit.id, day]]);
  for (const day of dates) assert.ok(checkDates(days(day), dates).holds, day);
  for (const day of ['2026-09-13', '2026-09-21']) {
    const { holds, stops, records, found } = checkDates(days(day), dates);
    assert.deepEqual([holds, stops, records.map(({ id }) => id)], [false, 'signing', [visit.id]]);
    assert.match(String(found), /1 visit outside 14 to 20 September 2026/);
  }
});
