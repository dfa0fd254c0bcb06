import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { catalogue, findCodeB, findPower, listPowersInForce, readCatalogue } from './load.ts';
import { calculateExpiry, type FaultKind, findFaults, type PlannedUse, type PowerEntry } from './power-in-law.ts';

const entry = (id: string, day = '2026-09-18'): PowerEntry => {
  const found = findPower(id, day);
  assert.ok(found, id);
  return found;
};

const anyDay = fc
  .integer({ min: 0, max: 365 * 60 })
  .map((days) => Temporal.PlainDate.from('2013-10-27').add({ days }).toString());

test('a power lapses as the calendar says, for every day and every span', () => {
  const span = fc.oneof(
    fc.record({ months: fc.integer({ min: 1, max: 24 }) }),
    fc.record({ days: fc.integer({ min: 1, max: 90 }) }),
  );
  fc.assert(
    fc.property(anyDay, span, (issued, lasting) => {
      const lasts = { span: lasting, orPerhaps: null, while: null, verified: true, says: '' };
      const expiry = calculateExpiry({ lasts }, issued);
      assert.ok(expiry.kind === 'lapses');
      const from = Temporal.PlainDate.from(issued);
      // A month ends on its own number or, where the month is too short, on its last day; days are walked one by one.
      const last =
        'months' in lasting
          ? from.add({ months: lasting.months }, { overflow: 'constrain' })
          : Array.from({ length: lasting.days }, (_, index) => from.add({ days: index })).at(-1);
      assert.equal(expiry.lastDay, last?.toString());
      assert.equal(expiry.surelyUntil, expiry.lastDay);
    }),
    { numRuns: 2_000 },
  );
});

test('on every day of two lives of the rule, exactly one rule of each power is in force', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const ids = listPowersInForce(day).map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
    }),
  );
});

test('a power lapses at the end of its last day', () => {
  for (const [id, issued, lastDay, surelyUntil] of [
    ['pace-s8', '2026-09-18', '2026-12-18', '2026-12-18'],
    ['pace-s8', '2026-11-30', '2027-02-28', '2027-02-28'],
    ['pace-s8', '2027-11-30', '2028-02-29', '2028-02-29'],
    ['immigration-para17', '2012-09-20', '2012-10-20', '2012-10-20'],
    ['immigration-para17', '2012-10-17', '2013-01-17', '2012-11-17'],
    ['immigration-s28d', '2020-07-05', '2020-10-05', '2020-08-05'],
    ['immigration-s28d', '2026-08-31', '2026-11-30', '2026-11-30'],
    ['immigration-para17', '2020-07-06', '2020-10-06', '2020-10-06'],
    ['immigration-s28ca', '2026-09-18', '2026-09-24', '2026-09-24'],
  ] as const) {
    assert.deepEqual(
      calculateExpiry(entry(id, issued), issued),
      { kind: 'lapses', lastDay, surelyUntil },
      `${id} ${issued}`,
    );
  }
  assert.deepEqual(calculateExpiry(entry('pace-s17'), '2026-09-18'), { kind: 'holds while', what: 'the ground holds' });
});

const use: PlannedUse = {
  day: '2026-09-18',
  issuedOn: '2026-09-01',
  lastDay: null,
  holder: 'police force',
  purposes: [],
  dwelling: 'no',
  enters: [{ kind: 'police force', name: 'Lantern unit', named: false }],
};
const nurses = { kind: 'health', name: 'Nurses', named: false } as const;
const immigration: Partial<PlannedUse> = {
  holder: 'immigration',
  enters: [{ kind: 'immigration', name: 'Immigration', named: false }],
};

/** Under the rule of that day, section 28K has two readings. */
const in2016: Partial<PlannedUse> = { issuedOn: '2016-09-01' };

test('the law of entry, case by case', () => {
  const cases: readonly (readonly [string, string, Partial<PlannedUse>, readonly FaultKind[]])[] = [
    ['a warrant in time', 'pace-s8', {}, []],
    ['on its last day', 'pace-s8', { issuedOn: '2026-06-18' }, []],
    ['a day too late', 'pace-s8', { issuedOn: '2026-06-17' }, ['lapsed']],
    ['the paper says an earlier day', 'pace-s8', { lastDay: '2026-09-17' }, ['lapsed']],
    ['not granted yet: nothing lapses', 'pace-s8', { issuedOn: null }, []],
    [
      'issued before the rule that was read',
      'pace-s8',
      { issuedOn: '2015-01-01', day: '2015-01-02' },
      ['not in force'],
    ],
    ['immigration cannot hold it', 'pace-s8', { holder: 'immigration' }, ['wrong holder']],
    ['a nurse not named', 'pace-s8', { enters: [...use.enters, nurses] }, ['not named']],
    ['a nurse named', 'pace-s8', { enters: [...use.enters, { ...nurses, named: true }] }, []],
    ['nobody who may execute it', 'pace-s8', { enters: [nurses] }, ['nobody may execute it']],
    ['an empty team', 'pace-s8', { enters: [] }, []],
    ['a regional unit executes it too', 'pace-s8', { enters: [{ ...nurses, kind: 'regional crime unit' }] }, []],
    ['to talk with people', 'pace-s8', { purposes: ['speak with people and offer help'] }, []],
    ['to arrest', 'pace-s8', { purposes: ['arrest for an offence'] }, ['outside its purpose']],
    ['to search', 'pace-s8', { purposes: ['search for evidence'] }, []],
    ['within the shorter reading', 'immigration-para17', { ...immigration, ...in2016, day: '2016-10-01' }, []],
    [
      'between the readings',
      'immigration-para17',
      { ...immigration, ...in2016, day: '2016-10-02' },
      ['perhaps lapsed'],
    ],
    [
      'between the readings, on the shorter day written down',
      'immigration-para17',
      { ...immigration, ...in2016, day: '2016-10-02', lastDay: '2016-10-01' },
      ['perhaps lapsed'],
    ],
    [
      'between the readings, the paper itself read',
      'immigration-para17',
      { ...immigration, ...in2016, day: '2016-10-02', lastDay: '2016-12-01' },
      [],
    ],
    ['after both readings', 'immigration-para17', { ...immigration, ...in2016, day: '2016-12-02' }, ['lapsed']],
    ['two months after the issue', 'immigration-para17', { ...immigration, day: '2026-11-01' }, []],
    ['after three months', 'immigration-para17', { ...immigration, day: '2026-12-02' }, ['lapsed']],
    [
      'a search warrant used to detain',
      'immigration-s28d',
      { ...immigration, purposes: ['arrest for immigration detention'] },
      ['wrong purpose'],
    ],
    [
      'the right warrant to detain',
      'immigration-para17',
      { ...immigration, purposes: ['arrest for immigration detention'] },
      [],
    ],
    ['an AD letter at a business', 'immigration-s28ca', { ...immigration, issuedOn: '2026-09-15' }, []],
    [
      'an AD letter at a home',
      'immigration-s28ca',
      { ...immigration, issuedOn: '2026-09-15', dwelling: 'yes' },
      ['a home'],
    ],
    [
      'an AD letter where nobody asked who sleeps there',
      'immigration-s28ca',
      { ...immigration, issuedOn: '2026-09-15', dwelling: 'not known' },
      ['perhaps a home'],
    ],
    ['an AD letter on its seventh day', 'immigration-s28ca', { ...immigration, issuedOn: '2026-09-12' }, []],
    ['an AD letter on its eighth', 'immigration-s28ca', { ...immigration, issuedOn: '2026-09-11' }, ['lapsed']],
    [
      'an AD letter held by police',
      'immigration-s28ca',
      { issuedOn: '2026-09-15' },
      ['wrong holder', 'nobody may execute it'],
    ],
    ['planned on an arrest that is not made yet', 'pace-s32', {}, ['arises at the door']],
    ['consent, by anybody', 'consent', { holder: 'health', enters: [nurses] }, []],
    ['a welfare visit', 'welfare-visit', { holder: 'voluntary', purposes: ['speak with people and offer help'] }, []],
    ['a welfare visit to search', 'welfare-visit', { purposes: ['search for evidence'] }, ['wrong purpose']],
    [
      'a nurse beside a licensing officer',
      'licensing-entry',
      { holder: 'council', enters: [{ kind: 'council', name: 'Licensing', named: false }, nurses] },
      ['needs the occupier'],
    ],
  ];
  for (const [name, id, changed, expected] of cases) {
    const asked = { ...use, ...changed };
    const found = findFaults(entry(id, asked.issuedOn ?? asked.day), asked).map(({ kind }) => kind);
    assert.deepEqual(found, expected, name);
  }
});

test('the code of the day governs a search', () => {
  assert.equal(findCodeB('2019-09-18')?.id, 'code-b-2013');
  assert.equal(findCodeB('2023-12-19')?.id, 'code-b-2013');
  assert.equal(findCodeB('2023-12-20')?.id, 'code-b-2023');
  assert.equal(findCodeB('2013-10-26'), undefined);
});

test('every entry has a source or says that it has none', () => {
  for (const { id, sources, alongside, check, lasts } of catalogue.powers) {
    assert.ok(sources.length + alongside.length > 0 || check.length > 0, id);
    assert.ok(lasts.verified || check.length > 0, `${id}: what was not verified is said`);
  }
});

const wordsOfEntry = (id: string): string => {
  const { name, holder, execution, lasts, company, places, atNight, grounds, record, check, sources } = entry(id);
  const lines = [name, holder, execution, lasts.says, company, places, atNight ?? '', ...grounds, ...record, ...check];
  return [...lines, ...sources.map(({ title }) => title)].join('\n');
};

/** What an entry must say, and what it must not: each was wrong once. */
const facts: readonly (readonly [fact: string, id: string, says: readonly RegExp[], not: readonly RegExp[]])[] = [
  [
    'section 17 lists its grounds, and (b) is arrest for an indictable offence',
    'pace-s17',
    [/^\(a\) .*warrant of arrest/m, /^\(b\) To arrest a person for an indictable offence\.$/m, /^\(c\) /m, /^\(d\) /m],
    [/^Entry to arrest or/m],
  ],
  [
    'ground (e) has a high threshold',
    'pace-s17',
    [/^\(e\) To save life or limb, or to prevent serious damage to property\..*serious bodily injury.*not enough/m],
    [],
  ],
  [
    'section 32 follows an arrest for an indictable offence',
    'pace-s32',
    [/indictable offence/, /when arrested, or immediately before/, /section 32, with changes/],
    [/training cards/],
  ],
  [
    'section 28CA says its limits, and what was not read',
    'immigration-s28ca',
    [
      /Seven days, beginning on the day/,
      /reasonable grounds to believe/,
      /Subsections \(2\) and following were not read/,
    ],
    [/cautious reading/],
  ],
  [
    'section 28K lasts three months, for a search',
    'immigration-s28d',
    [/within three months/, /reasonable hour/, /as at 6 July 2020/, /in writing each premises/],
    [/practitioner/],
  ],
  [
    'section 28K lasts three months, for an arrest',
    'immigration-para17',
    [/within three months/, /reasonable hour/, /as at 6 July 2020/],
    [/practitioner/],
  ],
  [
    'consent is in the words of Code B, marked as not read there',
    'consent',
    [
      /^To be checked against Code B, paragraph 5\.1: .*in writing where practicable/m,
      /^To be checked against Code B, paragraph 5\.2: .*do not have to consent.*withdraw consent at any time.*not suspected of an offence, the officer says so/m,
      /^To be checked against Code B, paragraph 5\.3: .*under duress/m,
    ],
    [],
  ],
];

for (const [fact, id, says, not] of facts)
  test(fact, () => {
    for (const pattern of says) assert.match(wordsOfEntry(id), pattern);
    for (const pattern of not) assert.doesNotMatch(wordsOfEntry(id), pattern);
  });

test('no power makes talking with people a risk', () => {
  for (const one of listPowersInForce('2026-09-18')) {
    const faults = findFaults(one, { ...use, purposes: ['speak with people and offer help'], enters: [] });
    const about = faults.filter(({ kind }) => kind === 'outside its purpose' || kind === 'wrong purpose');
    assert.deepEqual(about, [], one.id);
  }
});

test('police of a force and of a regional unit hold and execute the same powers', () => {
  for (const { id, mayHold, mayExecute } of catalogue.powers)
    for (const kinds of [mayHold, mayExecute])
      if (kinds !== 'anyone') assert.equal(kinds.includes('police force'), kinds.includes('regional crime unit'), id);
});

test('a catalogue that is not well formed is refused', () => {
  const good = 'sources: { A: { title: a, url: "https://example.org" } }\ncodes: []\nnotOfEntry: []\n';
  const power =
    '{ id: x, name: x, statute: x, kind: warrant, arises: before the visit, mayHold: anyone, holder: x, mayExecute: anyone, execution: x, lasts: { months: 3, verified: true, says: x }, accompany: the occupier agrees, company: x, places: x, notDwellings: null, purposes: [search for evidence], notFor: [], record: [x], check: [], sources: [A], dateChecked: "2026-01-01", validFrom: "2020-01-01", validTo: null }';
  assert.equal(readCatalogue(`${good}powers: [${power}]`).powers.length, 1);
  for (const [why, text] of [
    ['two rules at once', `${good}powers: [${power}, ${power}]`],
    ['an unknown source', `${good}powers: [${power.replace('[A]', '[B]')}]`],
    ['no source, unsaid', `${good}powers: [${power.replace('[A]', '[]')}]`],
    ['months and days', `${good}powers: [${power.replace('months: 3', 'months: 3, days: 7')}]`],
    ['a day of no calendar', `${good}powers: [${power.replace('2020-01-01', '2020-02-30')}]`],
  ] as const) {
    assert.throws(() => readCatalogue(text), Error, why);
  }
});
