import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { invent, shapes } from '../../../test/assurance/newsroom/release-reading/generator.ts';
import { scoreFolder } from '../../../test/assurance/newsroom/release-reading/published-facts.ts';
import { invented, totalsOf } from '../../../test/assurance/newsroom/release-reading/releases-read.ts';
import { readClaims, readRelease } from './claims.ts';
import { findInconsistencies, type Inconsistency } from './inconsistencies.ts';
import { readForm } from './parse-release.ts';
import type { Claim, ClaimKind, ClaimOf, Count, ParsedRelease, Where } from './parsed-release.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

function read(source: Uint8Array): ParsedRelease {
  const reading = readForm(source, 'release.md');
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.value;
}

const release = (body: string, date = '11 Jun 2024'): ParsedRelease =>
  read(new TextEncoder().encode(`---\narea: Oakshire\npublish:\n  date: ${date}\n---\n\n${body}\n`));

const ofKind = <Kind extends ClaimKind>(claims: readonly Claim[], kind: Kind): ClaimOf<Kind>[] =>
  claims.filter((claim): claim is ClaimOf<Kind> => claim.kind === kind);

const said = ({ value, qualifier, to }: Count): string =>
  qualifier === 'exact' ? `${value}` : qualifier === 'between' ? `${value} to ${to}` : `${qualifier} ${value}`;
const where = ({ town, towns = [], region, scope }: Partial<Where>): string =>
  [
    town ? ` in ${town}` : towns.length > 0 ? ` in ${towns.join(' + ')}` : region ? ` in region ${region}` : '',
    scope ? ` (${scope})` : '',
  ].join('');

/** A claim on one line, as fixtures/sentences.txt writes it. */
function told(claim: Claim): string {
  switch (claim.kind) {
    case 'premises': {
      const power = claim.power === 'warrant' ? ' by warrant' : '';
      return `premises: ${said(claim.count)}${claim.business ? ` ${claim.business}` : ''}${where(claim)}${power}`;
    }
    case 'arrests': {
      const at = claim.addresses === null ? '' : ` at ${claim.addresses}`;
      const matter = claim.matter ? `, ${claim.matter}` : '';
      return `arrests: ${said(claim.count)}${claim.sex ? ` ${claim.sex}` : ''}${at}${where(claim)}${matter}`;
    }
    case 'person arrested': {
      const home = claim.home ? `, of ${claim.home}` : '';
      const age = claim.age ?? claim.ageRange?.join('-') ?? 'age not said';
      return `person arrested: ${claim.sex ?? 'sex not said'}, ${age}${home}`;
    }
    case 'people': {
      const { quantity } = claim;
      const many = quantity.kind === 'number' ? said(quantity) : quantity.kind === 'words' ? quantity.words : '';
      return `people ${claim.treatment}: ${many}${where(claim)}`;
    }
    case 'contact': {
      const hours = claim.hours?.map(
        ({ days, from, to }) => `, ${days.map((day) => day.slice(0, 2)).join(' ')} ${from}-${to}`,
      );
      return `${claim.route}: ${claim.value}${hours?.join('') ?? ''}`;
    }
    case 'power':
      return `power: ${claim.power}${claim.count ? `, ${said(claim.count)}` : ''}${where(claim)}`;
    case 'partner':
      return `${claim.own ? 'own unit' : 'partner'}: ${claim.name}`;
    case 'window':
      return `window: ${claim.from} to ${claim.to}`;
    case 'officer':
      return `officer: ${claim.rank} ${claim.name}`;
    case 'social':
      return `social: ${claim.handle}`;
    case 'without a figure':
      return `without a figure: ${claim.words}`;
    case 'unit':
      return `unit: ${claim.name}`;
    case 'sign':
      return `sign: ${claim.text}`;
    case 'published':
      return `published: ${claim.day}`;
    case 'operation':
      return `operation: ${claim.name}`;
    case 'speaker':
      return `speaker: ${claim.name}, ${claim.role}`;
    case 'taking part':
      return `taking part: ${said(claim.count)} ${claim.who}`;
    case 'things':
      return `${claim.treatment}: ${said(claim.count)} ${claim.currency ?? claim.what}${where(claim)}`;
  }
}

const unpublished = (claims: readonly Claim[]): Claim[] => claims.filter(({ kind }) => kind !== 'published');

test('the model release gives every fact that it tells, each with its sentence and line', () => {
  const claims = readClaims(read(fixture('hertfordshire-2019-09-25.md')));
  const lines = (...kinds: ClaimKind[]) =>
    claims.filter(({ kind }) => kinds.includes(kind)).map((claim) => `${claim.line} ${told(claim)}`);

  assert.deepEqual(lines('published', 'window'), ['6 published: 2019-09-25', '4 window: 2019-09-16 to 2019-09-22']);
  assert.deepEqual(lines('premises'), [
    '21 premises: 8',
    "21 premises: 4 in Bishop's Stortford",
    '21 premises: 3 in Watford',
    '21 premises: 1 in Hemel Hempstead',
  ]);
  assert.deepEqual(lines('arrests', 'person arrested'), [
    '15 arrests: 4, immigration issues',
    '21 arrests: 4 at 2 in Watford, immigration matters',
    '23 arrests: 3 female',
    '23 person arrested: female, 30, of Watford',
    '23 person arrested: female, 32, of Watford',
    '23 person arrested: female, 37, of Watford',
    '23 arrests: 1 male',
    '23 person arrested: male, 32, of Watford',
  ]);
  assert.deepEqual(lines('unit', 'partner'), [
    '19 unit: Operation Tropic',
    '19 own unit: Operational Support Group',
    '19 partner: Eastern Region Special Operations Unit',
    '19 partner: NHS Safeguarding nurses',
    '19 partner: Independent Sexual Violence Advisors',
    '19 partner: Immigration and Border Control',
    '19 partner: British Red Cross',
  ]);
  assert.deepEqual(lines('contact', 'social'), [
    '42 police: 101',
    '42 phone: 08000121700',
    '42 emergency: 999',
    '42 phone: 03000115555, Mo Tu We Th Fr 08:00-20:00, Sa 09:00-17:00',
    '42 website: www.stopexploitationherts.org.uk',
    '42 social: @HertsMSP',
  ]);
  assert.deepEqual(lines('power'), ['13 power: warrant', '21 power: visit']);
  assert.deepEqual(lines('people'), ['21 people advised: several']);
  assert.equal(ofKind(claims, 'sign').length, 10);
  assert.deepEqual(
    ofKind(claims, 'officer').map(({ rank, line }) => [rank, line]),
    [['Detective Sergeant', 25]],
  );
  assert.match(lines('without a figure').join(), /^25 without a figure: number of victims .* grow$/);
  assert.deepEqual(
    ofKind(claims, 'contact').map(({ name }) => name),
    [null, 'Modern Slavery Helpline', null, 'Beacon hotline', null],
  );
  for (const { sentence, part } of claims)
    if (part === 'body') assert.ok(fixture('hertfordshire-2019-09-25.md').includes(sentence));
});

test('the model release is shown with what would not pass today', () => {
  const cutting = read(fixture('hertfordshire-2019-09-25.md'));
  assert.deepEqual(
    findInconsistencies(cutting, readClaims(cutting)).map(({ line, kind, values }) => [line, kind, ...values]),
    [
      [13, 'warrants in one place, visits in another', 'warrant', 'visit', 21],
      [21, 'one premises in a town', 'Hemel Hempstead'],
      [23, 'exact age with sex and town', 30, 'female', 'Watford'],
      [42, 'emergency number not first', '101'],
    ],
  );
});

test('each sentence of the table is read as the table says, and nothing more is read into it', () => {
  const table: { sentence: string; wanted: string[] }[] = [];
  for (const line of fixture('sentences.txt').toString().trimEnd().split('\n')) {
    if (line.startsWith('    ')) table.at(-1)?.wanted.push(line.trim());
    else table.push({ sentence: line, wanted: [] });
  }
  assert.ok(table.length > 500);
  const lines = (told: readonly string[]) => (told.length > 0 ? told : ['nothing']).join('\n    ');
  const others = table
    .map(({ sentence, wanted }) => ({
      wanted: `${sentence}\n    ${lines(wanted)}`,
      found: `${sentence}\n    ${lines(unpublished(readClaims(release(sentence))).map(told))}`,
    }))
    .filter(({ wanted, found }) => wanted !== found);
  assert.deepEqual(
    others.map(({ found }) => found),
    others.map(({ wanted }) => wanted),
  );
});

test('a speaker is named by surname alone, and a body by its short name, where the release gives both in full', () => {
  const claims = readClaims(
    release(
      [
        'Brigadier Thabo Lekgoro, spokesperson of the force, said that officers joined the Oakshire Rivers Trust Authority (ORTA).',
        '“The women are safe,” Lekgoro said. ORTA helped officers. Special Agent in Charge of HSI Marl Ann R. Wexler was there.',
        '“We will go on,” said Special Agent in Charge of HSI Marl Ann R. Wexler.',
      ].join('\n\n'),
    ),
  );
  assert.deepEqual(
    ofKind(claims, 'speaker').map(({ name, line }) => [name, line]),
    // Line 7 tells his words indirectly: it quotes nobody.
    [
      ['Thabo Lekgoro', 9],
      ['Ann R. Wexler', 11],
    ],
  );
  assert.deepEqual(
    ofKind(claims, 'partner').map(({ name }) => name),
    ['Oakshire Rivers Trust Authority'],
  );
});

test('several dated deeds give the first and the last day, and weekdays alone do not', () => {
  const windowOf = (text: string) => ofKind(readClaims(release(text)), 'window').map(({ from, to }) => `${from} ${to}`);
  assert.deepEqual(
    windowOf('On 3 June officers visited a farm near Marl.\n\nOn 7 June they searched a house in Denby.'),
    ['2024-06-03 2024-06-07'],
  );
  assert.deepEqual(windowOf('On 3 June officers visited a farm.\n\nOn 7 June a man appeared in court.'), [
    '2024-06-03 2024-06-03',
  ]);
});

test('a person whose arrest is told twice is one, with the most that is said', () => {
  const claims = readClaims(
    release('A 34-year-old man was arrested.\n\nThe man arrested was a 34-year-old man from Denby.'),
  );
  assert.deepEqual(
    ofKind(claims, 'person arrested').map(({ age, home }) => [age, home]),
    [[34, 'Denby']],
  );
});

test('lists are read by the line above them: signs, partners, people arrested', () => {
  const claims = readClaims(
    release(
      [
        '## Spot the signs',
        '',
        '* Someone may seem afraid;',
        '  - They may have no papers; and',
        ' * **Curtains** may be closed.',
        '',
        'Those arrested were:',
        '',
        '- A woman, 20, of Northolme',
        '- A woman, 20, of Northolme',
        '',
        'Partners who took part were:',
        '',
        '1. The Lamplight Trust',
        '2. Border Force',
        '',
        'To report a concern:',
        '',
        '• Call 101',
        '• [Our form](https://lamplight.example.org/form)',
      ].join('\n'),
    ),
  );
  assert.deepEqual(
    unpublished(claims).map((claim) => `${claim.line} ${told(claim)}`),
    [
      '9 sign: Someone may seem afraid',
      '10 sign: They may have no papers',
      '11 sign: Curtains may be closed',
      '15 arrests: 1 female',
      '15 person arrested: female, 20, of Northolme',
      '16 arrests: 1 female',
      '16 person arrested: female, 20, of Northolme',
      '20 partner: Lamplight Trust',
      '21 partner: Border Force',
      '25 police: 101',
      '26 website: lamplight.example.org/form',
    ],
  );
});

test('what is said again is one claim with both lines, and hours may follow in a sentence of their own', () => {
  const claims = unpublished(
    readClaims(
      release(
        '* Eight premises were visited\n\nEight premises were visited.\n\nCall Harbour on 01632 960 114. Lines are open daily from 9am to 9pm.',
      ),
    ),
  );
  assert.deepEqual(
    claims.map((claim) => [told(claim), claim.line, claim.again]),
    [
      ['premises: 8', 7, [9]],
      ['power: visit', 7, []],
      ['power: visit', 9, []],
      ['phone: 01632960114, Mo Tu We Th Fr Sa Su 09:00-21:00', 11, []],
    ],
  );
  assert.match(claims.at(-1)?.sentence ?? '', /^Call Harbour on .* 9pm\.$/);
});

test('contradictions and misprints are found, and sound releases show none', () => {
  const kinds = (body: string, date?: string): string[] => {
    const cutting = release(body, date);
    return findInconsistencies(cutting, readClaims(cutting)).map(({ kind, values }: Inconsistency) =>
      [kind, ...values].join(' | '),
    );
  };
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['Nine premises were visited, four in Thornley and three in Dunmere.', ['parts do not add up | 9 | 7']],
    ['Seven premises were visited, four in Thornley and three in Dunmere.', []],
    ['Six arrests were made: three in Thornley and two in Dunmere.', ['parts do not add up | 6 | 5']],
    ['Five arrests were made. Those arrested were three women and a man.', ['parts do not add up | 5 | 4']],
    ['Eight premises were visited.\n\nIn all, nine premises were visited.', ['two totals | 8 | 9']],
    ['No arrests were made.\n\nFive arrests were made.', ['two totals | 0 | 5']],
    ['Officers met on Wednesday 6 June.', ['weekday and date disagree | Wednesday | 2024-06-06']],
    ['Officers met on Thursday 6 June 2024.', []],
    ['In an emergency call 999. Call Harbour on 01632 96011 4000.', ['wrong number of digits | 01632 96011 4000 | 14']],
    [
      'In an emergency call 999. Call the Modern Slavery Helpline on 0800 121 700.',
      ['not the number of that service | 0800 121 700 | 08000121700'],
    ],
    ['In an emergency call 999. Call Harbour on 0800 157 019.', []],
    ['Call 101, or 999 in an emergency.', ['emergency number not first | 101']],
    ['Call 101.', ['emergency number missing']],
    ['A man aged 20 from Thornley was arrested.', ['exact age with sex and town | 20 | male | Thornley']],
    ['A man aged 20 was arrested.', []],
    ['One premises in Thornley and two in Dunmere were visited.', ['one premises in a town | Thornley']],
    ['The operation ran from 7 to 13 October 2024.', ['window after publication | 2024-10-07 | 2024-06-11']],
    [
      '* Warrants were served at shops\n\nThree shops were visited.',
      ['warrants in one place, visits in another | warrant | visit | 9'],
    ],
  ];
  for (const [body, wanted] of cases) assert.deepEqual(kinds(body), wanted, body);
  assert.deepEqual(kinds('Nothing.', 'Monday 11 June 2024'), [
    'weekday and date disagree | Monday 11 June 2024 | 2024-06-11',
  ]);

  for (let seed = 0; seed < 300; seed += 1) {
    const shape = shapes[seed % shapes.length] ?? shapes[0];
    if (shape === 'full of other numbers') continue;
    const cutting = read(new TextEncoder().encode(invent(seed, shape).file));
    const found = findInconsistencies(cutting, readClaims(cutting)).filter(({ kind }) =>
      /add up|totals|weekday|digits|service|window/.test(kind),
    );
    assert.deepEqual(found, [], invent(seed, shape).file);
  }
});

test('releases in the shapes of police, agencies and councils give the facts written beside them, and nothing else', () => {
  const scores = scoreFolder(invented);
  assert.equal(scores.length, 8);
  assert.deepEqual(
    scores.flatMap(({ file, wrong }) => wrong.map((one) => `${file}: ${one}`)),
    [],
  );
  assert.ok(totalsOf(scores).recall >= 0.95, scores.flatMap(({ missed }) => missed).join('; '));
});

test('a figure that no claim takes is listed with its words, its sentence and its line', () => {
  const { unread } = readRelease(
    release(
      'Officers visited 12 premises on 4 June 2024.\n\nThe café served 30 teas, and dozens of people came. A man aged 56 was there at 9am.',
    ),
  );
  assert.deepEqual(
    unread.map(({ words, value, line, sentence }) => [words, value, line, sentence]),
    [
      ['30 teas, and dozens of', 30, 9, 'The café served 30 teas, and dozens of people came.'],
      ['dozens of people', null, 9, 'The café served 30 teas, and dozens of people came.'],
    ],
  );
});

test('a text full of figures lists some of them and says that there are more', () => {
  const { claims, unread } = readRelease(release(`${'1 '.repeat(400)}. `.repeat(500)));
  assert.equal(claims.filter(({ kind }) => kind !== 'published').length, 0);
  assert.ok(unread.length < 400, `${unread.length} listed`);
  assert.ok(unread.some(({ words }) => words === '380 more figures'));
  assert.ok(JSON.stringify(unread).length < 1_000_000);
});

test('a release that is far too long is read in part, and says where it stops', () => {
  const { claims, unread } = readRelease(release('Officers visited 12 premises in Thornley. '.repeat(2000)));
  assert.equal(ofKind(claims, 'premises').length, 1);
  assert.equal(unread.filter(({ words }) => /too long/.test(words)).length, 1);
});
