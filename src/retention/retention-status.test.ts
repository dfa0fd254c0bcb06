import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays } from '../vocabulary/calendar/days.ts';
import { recordClasses, restarts, retentionEventKinds } from './classes.ts';
import { recordOf, ruleFor } from './examples.ts';
import { type RetainedRecord, type RetentionRule, type RetentionState, retentionStatusOn } from './retention-status.ts';

const helped = ruleFor('person helped', { period: { years: 2 } });
const until25 = ruleFor('person helped', { period: { years: 2 }, notBeforeAge: 25 });
const witness = ruleFor('victim or witness');
const other = ruleFor('offence of any other kind');
const serious = ruleFor('serious offence', {
  period: { years: 10 },
  ends: 'after a review',
  reviewEvery: { years: 10 },
});
const protection = ruleFor('public protection', {
  period: null,
  notAfterAge: 100,
  ends: 'after a review',
  reviewEvery: { years: 10 },
});
const heldBy = (why: RetainedRecord['keeps'][number]['why'], recordedOn: string, endedOn: string | null) => ({
  why,
  recordedOn,
  endedOn,
});

type More = Parameters<typeof recordOf>[2];
const personHelped = (more?: More) => recordOf('person helped', '2020-09-01', more);
const seriousOffence = (more?: More) => recordOf('serious offence', '2010-05-10', more);
const letGo = { reviews: [{ decided: 'let go', on: '2020-06-01' }] } as const;
const keptAtReview = { reviews: [{ decided: 'keep', on: '2020-06-01' }] } as const;

type Case = readonly [
  what: string,
  record: RetainedRecord,
  rules: readonly RetentionRule[],
  asked: string,
  dueOn: string | null,
];

const met = recordOf('met without concern', '2026-09-16');
const reply = { what: 'reply from the person', on: '2022-08-01', recordedOn: '2022-08-01' } as const;

/** Expected erasure dates as known on a day, worked out by hand. */
const cases: readonly Case[] = [
  ['28 days after the meeting', met, [], '2026-09-16', '2026-10-14'],
  ['28 days over a leap day', recordOf('met without concern', '2028-02-10'), [], '2028-02-10', '2028-03-09'],
  [
    'written down late, it goes no later',
    recordOf('met without concern', '2026-09-16', { openedOn: '2026-10-10' }),
    [],
    '2026-10-10',
    '2026-10-14',
  ],
  [
    'written down after its day, it is due at once',
    recordOf('met without concern', '2026-09-16', { openedOn: '2026-11-01' }),
    [],
    '2026-11-01',
    '2026-10-14',
  ],
  ['a longer rule does not lengthen 28 days', met, [ruleFor('met without concern')], '2026-09-16', '2026-10-14'],
  [
    'a shorter rule shortens them',
    met,
    [ruleFor('met without concern', { period: { days: 21 } })],
    '2026-09-16',
    '2026-10-07',
  ],
  [
    'a reply does not lengthen 28 days',
    { ...met, happenings: [{ what: 'reply from the person', on: '2026-10-01', recordedOn: '2026-10-01' }] },
    [],
    '2026-10-02',
    '2026-10-14',
  ],
  [
    'a concern does: it is another class, and without a rule it stays',
    { ...met, classes: [...met.classes, { class: 'person helped', recordedOn: '2026-10-01' }] },
    [],
    '2026-10-01',
    null,
  ],
  [
    'six years, the whole of the last day',
    recordOf('victim or witness', '2020-05-10'),
    [witness],
    '2021-01-01',
    '2026-05-11',
  ],
  ['six years from a leap day', recordOf('victim or witness', '2020-02-29'), [witness], '2021-01-01', '2026-03-01'],
  [
    'four years from a leap day to a leap day',
    recordOf('victim or witness', '2020-02-29'),
    [ruleFor('victim or witness', { period: { years: 4 } })],
    '2021-01-01',
    '2024-03-01',
  ],
  [
    'a month from the end of January',
    recordOf('victim or witness', '2026-01-31'),
    [ruleFor('victim or witness', { period: { months: 1 } })],
    '2026-02-01',
    '2026-03-01',
  ],
  ['a late reply begins the time anew', personHelped({ happenings: [reply] }), [helped], '2022-08-01', '2024-08-02'],
  [
    'a reply that is not known yet changes nothing',
    personHelped({ happenings: [{ ...reply, recordedOn: '2022-08-20' }] }),
    [helped],
    '2022-08-19',
    '2022-09-02',
  ],
  [
    'a reply written down late counts from its own day',
    personHelped({ happenings: [{ ...reply, recordedOn: '2022-08-20' }] }),
    [helped],
    '2022-08-20',
    '2024-08-02',
  ],
  [
    'an older contact learned of later begins nothing anew',
    personHelped({ happenings: [{ ...reply, on: '2020-08-01' }] }),
    [helped],
    '2022-08-01',
    '2022-09-02',
  ],
  [
    'while help goes on nothing is due',
    personHelped({ keeps: [heldBy('help goes on', '2020-09-01', null)] }),
    [helped],
    '2024-01-01',
    null,
  ],
  [
    'who was helped as a child is kept until 25',
    personHelped({ births: [{ bornOn: '2004-02-29', recordedOn: '2020-09-01' }] }),
    [until25],
    '2022-01-01',
    '2029-03-01',
  ],
  [
    'who was helped grown up is not',
    personHelped({ births: [{ bornOn: '1980-02-29', recordedOn: '2020-09-01' }] }),
    [until25],
    '2022-01-01',
    '2022-09-02',
  ],
  ['of unknown age, nobody goes by a clock', personHelped(), [until25], '2022-01-01', null],
  [
    'a shorter rule takes nothing before its warning',
    personHelped(),
    [helped, ruleFor('person helped', { period: { days: 30 }, validFrom: '2021-06-01', recordedOn: '2021-05-01' })],
    '2021-06-01',
    '2021-06-15',
  ],
  [
    'a rule said late is not in force before it was said',
    personHelped(),
    [helped, ruleFor('person helped', { period: { days: 30 }, validFrom: '2019-06-01', recordedOn: '2021-06-01' })],
    '2021-06-01',
    '2021-06-15',
  ],
  [
    'the same rule said again saves nothing that was announced',
    personHelped(),
    [helped, { ...helped, validFrom: '2022-08-30', recordedOn: '2022-08-30' }],
    '2022-08-30',
    '2022-09-02',
  ],
  [
    'a longer rule saves what was announced',
    personHelped(),
    [helped, ruleFor('person helped', { validFrom: '2022-09-01', recordedOn: '2022-09-01' })],
    '2022-09-01',
    '2026-09-02',
  ],
  [
    'a hold keeps, whatever the rule says',
    personHelped({ keeps: [heldBy('legal hold', '2022-08-31', null)] }),
    [helped],
    '2030-01-01',
    null,
  ],
  [
    'a hold that ended gives its readers the days of warning again',
    personHelped({ keeps: [heldBy('legal hold', '2022-08-31', '2023-01-01')] }),
    [helped],
    '2023-01-01',
    '2023-01-15',
  ],
  [
    'a hold that ended long before changes nothing',
    personHelped({ keeps: [heldBy('legal hold', '2021-01-01', '2021-06-01')] }),
    [helped],
    '2022-01-01',
    '2022-09-02',
  ],
  [
    'a hold keeps somebody met without concern too',
    { ...met, keeps: [heldBy('legal hold', '2026-10-01', null)] },
    [],
    '2027-01-01',
    null,
  ],
  [
    'a case keeps its witnesses',
    recordOf('victim or witness', '2010-05-10', { keeps: [heldBy('linked record', '2010-05-10', null)] }),
    [witness],
    '2026-01-01',
    null,
  ],
  [
    'help keeps no suspect’s record',
    recordOf('offence of any other kind', '2020-05-10', { keeps: [heldBy('help goes on', '2020-05-10', null)] }),
    [other],
    '2021-01-01',
    '2026-05-11',
  ],
  [
    'a suspected offence begins a clear period anew',
    recordOf('offence of any other kind', '2020-05-10', {
      happenings: [{ what: 'suspected offence', on: '2023-01-05', recordedOn: '2023-01-05' }],
    }),
    [other],
    '2024-01-01',
    '2029-01-06',
  ],
  ['no rule, no end', recordOf('victim or witness', '2000-05-10'), [other], '2026-01-01', null],
  ['a serious offence waits for its review', seriousOffence(), [serious], '2026-01-01', null],
  ['a review that lets it go is announced for its days', seriousOffence(letGo), [serious], '2020-06-01', '2020-06-15'],
  [
    'a review cannot let it go before its time',
    seriousOffence({ reviews: [{ decided: 'let go', on: '2015-06-01' }] }),
    [serious],
    '2019-07-01',
    '2020-05-11',
  ],
  [
    'evidence of risk undoes a review',
    seriousOffence({
      ...letGo,
      happenings: [{ what: 'evidence of risk to others', on: '2020-05-20', recordedOn: '2020-06-10' }],
    }),
    [serious],
    '2020-06-10',
    null,
  ],
  [
    'so does what was learned on the day of the review',
    seriousOffence({
      ...letGo,
      happenings: [{ what: 'evidence of risk to others', on: '2010-05-10', recordedOn: '2020-06-01' }],
    }),
    [serious],
    '2020-07-01',
    null,
  ],
  [
    'public protection ends with a hundred years',
    recordOf('public protection', '2020-05-10', { births: [{ bornOn: '1930-12-05', recordedOn: '2020-05-10' }] }),
    [protection],
    '2029-01-01',
    '2030-12-05',
  ],
];

for (const [what, record, rules, asked, dueOn] of cases) {
  test(`erases a record on its day: ${what}`, () => {
    assert.equal(retentionStatusOn(record, rules, asked).dueOn, dueOn);
  });
}

test('contact as a victim never restarts a suspect’s period: for every rule, class and kind', () => {
  const asSuspect = ['offence of any other kind', 'serious offence', 'public protection'] as const;
  for (const of of asSuspect) {
    const rule = ruleFor(of, { period: { years: 6 } });
    const before = recordOf(of, '2020-05-10');
    for (const what of [
      'contact as a victim',
      'contact as a witness',
      'help given',
      'help ended',
      'reply from the person',
    ] as const) {
      assert.ok(!restarts[of].includes(what), `${what} in ${of}`);
      const after = { ...before, happenings: [{ what, on: '2025-01-01', recordedOn: '2025-01-01' }] };
      assert.deepEqual(retentionStatusOn(after, [rule], '2025-06-01'), retentionStatusOn(before, [rule], '2025-06-01'));
    }
  }
  for (const of of recordClasses)
    for (const what of retentionEventKinds)
      if (restarts[of].includes(what) && restarts['serious offence'].includes(what))
        assert.ok(asSuspect.some((one) => one === of));
});

const stands: readonly (readonly [
  what: string,
  record: RetainedRecord,
  rules: readonly RetentionRule[],
  asked: string,
  state: RetentionState,
])[] = [
  ['kept, until the days of warning', met, [], '2026-09-29', 'kept'],
  ['named from the fourteenth day before', met, [], '2026-09-30', 'destroyed soon'],
  ['named on the last day', met, [], '2026-10-13', 'destroyed soon'],
  ['due on its day', met, [], '2026-10-14', 'due'],
  ['still due when nobody came to destroy it', met, [], '2026-12-14', 'due'],
  ['held', { ...met, keeps: [heldBy('legal hold', '2026-10-13', null)] }, [], '2026-10-14', 'legal hold'],
  ['without a rule', recordOf('victim or witness', '2020-05-10'), [], '2030-01-01', 'no rule'],
  ['not to be reviewed yet', seriousOffence(), [serious], '2020-05-10', 'kept'],
  ['to be reviewed', seriousOffence(), [serious], '2020-05-11', 'review due'],
  ['kept by its review', seriousOffence(keptAtReview), [serious], '2030-06-01', 'kept'],
  [
    'to be reviewed ten years after the last review',
    seriousOffence(keptAtReview),
    [serious],
    '2030-06-02',
    'review due',
  ],
  [
    'to be reviewed first after ten years where no length is said',
    recordOf('public protection', '2010-05-10'),
    [protection],
    '2020-05-11',
    'review due',
  ],
  ['to be decided where nobody knows the age', personHelped(), [until25], '2022-09-02', 'review due'],
  [
    'going on with help',
    personHelped({ keeps: [heldBy('help goes on', '2020-09-01', null)] }),
    [helped],
    '2030-01-01',
    'help goes on',
  ],
];

for (const [what, record, rules, asked, state] of stands) {
  test(`the state of a record: ${what}`, () => assert.equal(retentionStatusOn(record, rules, asked).state, state));
}

test('a record approved for erasure is not reviewed again, unless a later fact cancels the approval', () => {
  const old = { ...serious, validFrom: '2010-01-01', recordedOn: '2010-01-01' };
  const record = seriousOffence({ reviews: [{ decided: 'let go', on: '2015-06-01' }] });
  assert.equal(retentionStatusOn(record, [old], '2015-05-31').reviewOn, '2020-05-11');
  assert.equal(retentionStatusOn(record, [old], '2015-06-02').reviewOn, null);
  const undone = { ...record, happenings: [{ what: 'offence', on: '2015-07-01', recordedOn: '2015-07-02' }] as const };
  assert.equal(retentionStatusOn(undone, [old], '2015-07-02').reviewOn, '2025-07-02');
});

test('names every record on each of the fourteen days before its erasure, despite changes of class, rule and hold', () => {
  const record = personHelped({
    classes: [
      { class: 'person helped', recordedOn: '2020-09-01' },
      { class: 'victim or witness', recordedOn: '2022-08-25' },
    ],
    keeps: [heldBy('legal hold', '2022-08-28', '2022-08-30')],
  });
  const rules = [helped, ruleFor('victim or witness', { period: { months: 6 } })];
  const due = retentionStatusOn(record, rules, '2022-08-30').dueOn;
  assert.equal(due, '2022-09-13');
  for (let back = 1; back <= 14; back += 1)
    assert.equal(retentionStatusOn(record, rules, addDays('2022-09-13', -back)).state, 'destroyed soon');
  assert.equal(retentionStatusOn(record, rules, '2022-08-29').state, 'legal hold');
});
