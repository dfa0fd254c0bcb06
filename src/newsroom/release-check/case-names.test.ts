import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { draftRelease } from '../drafting/draft.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { type CaseName, findCaseNames, prepareNames } from './case-names.ts';
import { findNames } from './name-places.ts';

const person = (name: string): CaseName => ({ record: name, kind: 'person', name });
const business = (name: string): CaseName => ({ record: name, kind: 'business', name });
const address = (name: string): CaseName => ({ record: name, kind: 'address', name });
const watford: CaseName = { record: 'Watford', kind: 'town', name: 'Watford' };

/** The words of the text that are said to be a name of the record. */
const said = (text: string, ...names: CaseName[]): string[] =>
  findCaseNames(text, prepareNames(names)).map(({ start, end }) => text.slice(start, end));

const stops: readonly (readonly [CaseName, readonly string[]])[] = [
  [
    person('Nguyễn Thị Lan'),
    [
      'Nguyen',
      'nguyen',
      'NGUYEN',
      'Nguyễn’s',
      "Nguyen's",
      'Nguyens',
      'Nugyen',
      'Nguyne',
      'Ｎｇｕｙｅｎ',
      'Ngu\u00adyen',
      'Ngu\u200byen',
      'Nguyеn',
      'lan',
      'Lán',
      'Lan',
    ],
  ],
  [person('Li Wei'), ['Li Wei', 'Wei Li', 'li wei', 'Li-Wei', 'Liwei', 'Wei, Li']],
  [person('An Ng'), ['An Ng', 'Ng An', 'an ng', 'Ng, An']],
  [
    person('Siobhán O’Neill'),
    ['O’Neill', "O'Neill", 'ONeill', 'O Neill', 'Oneil', 'O’Neil', 'Siobhan', 'SIOBHÁN', 'Siobahn'],
  ],
  [
    person('Jean-Claude van der Berg'),
    ['Jean Claude', 'Jeanclaude', 'van den Berg', 'Vanderberg Jean', 'J. Berg', 'Claude-Jean'],
  ],
  [person('Ахмед Иванов'), ['Ivanov', 'Ivanoff', 'Иванов', 'ИВАНОВА', 'Akhmed', 'Ahmed']],
  [person('محمد المصري'), ['محمد', 'Mohammed', 'Muhammad', 'Mohamed Masri', 'Al-Masri']],
  [person('Γιώργος Παπαδόπουλος'), ['Papadopoulos', 'Παπαδόπουλος', 'Giorgos']],
  [person('王伟'), ['王伟']],
  [
    person('Popescu, Maria (aka Mia)'),
    ['Popescu', 'Popesku', 'maria', 'Mia', 'mia', 'M. Popescu', 'M.P.', 'P. M.', 'Marie Popesco'],
  ],
  [person('Mr Will Rose'), ['Will Rose', 'Rose said', 'a Mr Rose', 'by Will']],
  [person('Kowalczyk'), ['Kowalczyk', 'Kowalcyzk', 'Kovalchik', 'KOWALCZYK’S']],
  [person('Friday'), ['on Friday']],
  [person('Macdonald'), ['Mac Donald', 'Mac-Donald', 'MAC DONALD']],
  [person('Ana Vandenberg'), ['van den Berg', 'Van den Berg', 'Vanden Berg']],
  [business('Nailland'), ['Nail Land', 'Nail-Land']],
  [
    business('Golden Lotus Nails'),
    ['Golden Lotus', 'the Lotus', 'lotus nails', 'GoldenLotus', 'Golden Lotus’s', 'Goldn Lotus', 'LOTUS'],
  ],
  [business('Zen Ltd'), ['Zen']],
  [business('Station Beauty'), ['Station Beauty', 'station beauty', 'Stationbeauty', 'Station']],
  [business('Nail Bar'), ['Nail Bar']],
  [
    address('Kiln Yard, 12a Old Mill Street, Watford'),
    ['Old Mill Street', 'old mill st', 'Old Mill St.', 'Old Mil Street', 'on Old Mill', 'Kiln Yard', 'kiln yard'],
  ],
  [address('Flat 2, 48 St Albans Road'), ['St Albans Road', 'Saint Albans Rd']],
  [
    person('Desmond Ruane'),
    [
      ...[
        'R-u-a-n-e',
        'R u a n e',
        'R.U.A.N.E.',
        'r u a n e',
        'R_u_a_n_e',
        'R·u·a·n·e',
        'Ru-a-ne',
        'R u a n e D e s m o n d',
      ],
      ...['#RuaneDesmond', '#ruanedesmond', '#stopruane', 'MrRuane', 'RUANEDesmond', '@RuaneDesmond', '#Ruane_Desmond'],
      ...['R∪ane', 'Rᴜane', 'Ru4ne', 'Ru@ne', 'Rυane', 'Ruаnе', 'R\u200bu\u200bane', '🅁🅄🄰🄽🄴', '🆁🆄🅰🅽🅴', '🇷🇺🇦🇳🇪'],
    ],
  ],
  [business('Tannery Yard'), ['#TanneryYard', '#tanneryyard', 'TanneryYard', 'T-a-n-n-e-r-y Yard', 'Tannery-Yard']],
  [address('3 Tannery Yard, Watford'), ['#TanneryYard', '#tanneryyard', 'TanneryYard']],
  [
    { record: 'x', kind: 'postcode', name: 'WD17 1AB' },
    [
      'WD17 1AB',
      'wd171ab',
      'WD17-1AB',
      'WD 17 1AB',
      'WD17 1A B',
      'WDl7 1AB',
      'WDI7 IAB',
      'WD17 1A8',
      'ＷＤ17 1AB',
      'WD 17 1 AB',
    ],
  ],
  [person('Wu Li'), ['Ms Wu', 'Wu, 31', 'Mr Li', 'a woman called Wu', 'J. Li', 'Wu’s', 'MS WU', 'Li (31)']],
  [person('Le Na'), ['Ms Le', 'Na said', 'Le, 40']],
  [person('Do He'), ['Ms He', 'Mr Do', 'He, 31']],
  [person('May Rose'), ['May said', 'May, 31', 'Ms May', 'May told officers']],
  [
    person('Desmond Ruane'),
    ['Ruanes', 'the Ruanes', 'Ruane’s', 'Ruanes’', 'D R', 'D.R', 'D & R', 'D. & R.', 'DR', 'D and R', 'R.D.', 'D.R.'],
  ],
];

for (const [name, texts] of stops)
  test(`finds ${name.name} however it is spelt`, () => {
    for (const text of texts) assert.notDeepEqual(said(`It was ${text}.`, name, watford), [], text);
    for (const text of texts) assert.notDeepEqual(said(text, name, watford), [], `${text}, at the start`);
  });

test('leaves ordinary words alone', () => {
  const names = [
    ...[
      person('Mr Will Rose'),
      person('Grace Young'),
      person('An Ng'),
      person('Li Wei'),
      person('May Long'),
      person('He Do'),
      person('Uma Kay'),
    ],
    ...[business('Watford Massage'), business('Station Beauty'), business('Blue Door'), business('Corner House')],
    ...[address('14 Station Road, Watford'), watford],
  ];
  for (const text of [
    'Will you help? We will, and it may take long.',
    'An officer was met at the station in Watford. A rose grew by the door.',
    'Young people can be exploited too.',
    'The corner shop was closed.',
    'He said that we can go. An advice line is open. May helps us: it is a month. Do it.',
    'The UK and the EU, a PC and a DI, Plan A or B, and an ID.',
  ])
    assert.deepEqual(
      said(text, ...names).filter((word) => word !== 'Young'),
      [],
      text,
    );
});

test('marks the words as they were typed, where they are spelt oddly', () => {
  const name = person('Desmond Ruane');
  assert.deepEqual(said('We met R-u-a-n-e there.', name), ['R-u-a-n-e']);
  assert.deepEqual(said('We met MrRuane there.', name), ['Ruane']);
  assert.deepEqual(said('We met R∪ane there.', name), ['R∪ane']);
  assert.deepEqual(said('We met #stopruane there.', name), ['stopruane']);
  assert.deepEqual(said('See a, b and c. It is an e.g. of U.K. work by YouTube, #EndSlavery and 4 teams.', name), []);
});

test('finds nothing of the premises of the case in a release as it is drafted', () => {
  const policy = getPolicy('in force from 2026');
  const told = applyPolicy(signedReturn, policy, []);
  const { title, description, keyPoints, body } = draftRelease(signedReturn, policy, { ...extras, decisions: [] });
  const names = prepareNames([
    ...['Orchid Rooms', 'Corner House', 'Meadow Nails', 'Willow Therapy', 'Station Beauty', 'Kingfisher House'].map(
      business,
    ),
    ...['Riverside Cars', 'Highfield Rooms', 'Brook Packing', 'Harvest Kitchen', 'Blue Door', 'Open Door'].map(
      business,
    ),
    ...['3 Tannery Yard', '41 Elm Walk', '9 Market Row', '118 Station Road', 'Unit 2, Riverside Park'].map(address),
    ...['Desmond Ruane', 'Will May', 'Grace Hope', 'Mark Young', 'Tran Van An', 'Ali Can'].map(person),
    watford,
  ]);
  for (const text of [title, description, ...keyPoints, body])
    assert.deepEqual(
      findNames(text, told, names, 'markdown').map(({ sentence, typed }) => `${typed}: ${sentence}`),
      [],
    );
});

test('finds a business of the case in the name of the week, which no organisation bears', () => {
  const facts = { ...signedReturn.facts, weekName: 'Golden Lotus week', partners: ['Lotus Advice'] };
  const told = applyPolicy({ ...signedReturn, facts }, getPolicy('in force from 2026'), []);
  const found = (text: string): string[] =>
    findNames(text, told, prepareNames([business('Golden Lotus Nails')]), 'plain').map(({ typed }) => typed);
  assert.equal(found('Golden Lotus week in Hertfordshire').length, 1);
  assert.deepEqual(found('We worked with Lotus Advice.'), []);
});

test('finds a name through marks of Markdown, in a picture, in an address and behind a reference', () => {
  const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), []);
  const names = prepareNames([person('Maria Popescu')]);
  for (const text of [
    'She is Pope**scu**.',
    '![Popescu](https://a.example/b)',
    '[her](https://a.example/maria-popescu)',
    '[her](https://a.example/%50opescu)',
    'She is &#80;opescu.',
    '`Popescu`',
    '> * # Popescu',
  ])
    assert.equal(findNames(text, told, names, 'markdown').length > 0, true, text);
  assert.equal(findNames('[x]: Popescu', told, names, 'plain').length, 1, 'what is printed letter by letter');
});

test('finds a place in the text as it was typed', () => {
  const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), []);
  const text = 'In {{week.dates}} we met *Maria* Popescu. Another sentence.';
  const [place, ...more] = findNames(text, told, prepareNames([person('Maria Popescu')]), 'markdown');
  assert.deepEqual(more, []);
  assert.equal(place && text.slice(place.start, place.end), 'Maria* Popescu');
  assert.match(String(place?.sentence), /we met Maria Popescu\.$/);
});

test('finds any recorded name of two parts or more, in either order, in capitals and without accents', () => {
  const part = fc.stringMatching(/^[A-Z][a-z]{3,9}$/);
  fc.assert(
    fc.property(part, part, (first, last) => {
      const name = person(`${first} ${last}`);
      for (const text of [
        `${first} ${last}`,
        `${last} ${first}`,
        `${last}, ${first}`,
        `${first} ${last}`.toUpperCase(),
        `${first} ${last}’s`,
      ])
        assert.notDeepEqual(said(`It was ${text} there`, name), [], text);
    }),
  );
});

test('reads a long text in time, with many names', () => {
  const text = Array.from({ length: 3_000 }, (_, index) => `Word${(index * 7919).toString(36)}`).join(' ');
  const names = Array.from({ length: 300 }, (_, index) =>
    person(`Given${(index * 31).toString(36)} Sur${(index * 977).toString(36)}name`),
  );
  const began = performance.now();
  findCaseNames(text, prepareNames(names));
  assert.ok(performance.now() - began < 5_000);
});
