import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Cell,
  exactly,
  type Figures,
  type Indicator,
  indicators,
  type Quantity,
} from '../../vocabulary/figures.ts';
import { beginsSentence } from './english.ts';
import { signedReturn } from './examples.ts';
import { fillPlaceholders, publicMarkdown, publicText } from './placeholder.ts';
import { applyPolicy, type PublishableReturn } from './public-figures.ts';
import { getPolicy } from './publication-policy.ts';

const atLeast = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'at least' });
const about = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'about' });
const several: Quantity = { kind: 'words', words: 'several' };
const notKnown: Quantity = { kind: 'not known' };

/** The return of the example with figures of its own, all of them told. */
const told = (figures: Figures): PublishableReturn => ({
  ...applyPolicy(signedReturn, getPolicy('as practised in 2019')),
  figures,
});
const total = (indicator: Indicator, quantity: Quantity): PublishableReturn =>
  told({ [indicator]: { indicator, total: quantity, breakdowns: {} } });
const say = (text: string, given: PublishableReturn): string => {
  const said = publicText(text, given);
  assert.ok(said.ok, JSON.stringify(fillPlaceholders(text, given)));
  return said.value;
};

/** A quantity as the subject of a sentence, inside one, and alone. */
const quantityTexts: readonly (readonly [Quantity, string, string, string])[] = [
  [exactly(0), 'No addresses were', 'no address', 'none'],
  [exactly(1), 'One address was', 'one address', 'one'],
  [exactly(2), 'Two addresses were', 'two addresses', 'two'],
  [exactly(10), 'Ten addresses were', 'ten addresses', 'ten'],
  [exactly(11), '11 addresses were', '11 addresses', '11'],
  [exactly(1250), '1,250 addresses were', '1,250 addresses', '1,250'],
  [atLeast(1), 'At least one address was', 'at least one address', 'at least one'],
  [atLeast(8), 'At least eight addresses were', 'at least eight addresses', 'at least eight'],
  [about(40), 'About 40 addresses were', 'about 40 addresses', 'about 40'],
  [several, 'Several addresses were', 'several addresses', 'several'],
  [notKnown, 'It is not known how many addresses were', 'an unknown number of addresses', 'not known'],
  [atLeast(0), 'It is not known how many addresses were', 'an unknown number of addresses', 'not known'],
  [about(0), 'Few if any addresses were', 'few if any addresses', 'few if any'],
];
const quantities = quantityTexts.map(([quantity]) => quantity);

test('nought, one, many, at least, about, several and not known read as English does', () => {
  for (const [quantity, subject, inside, alone] of quantityTexts) {
    const given = total('premises.visited', quantity);
    assert.equal(say('{{premises.visited|address was|addresses were}} visited.', given), `${subject} visited.`);
    const text = 'Teams went to {{premises.visited|address|addresses|no address}} that week.';
    assert.equal(say(text, given), `Teams went to ${inside} that week.`);
    assert.equal(say('Visited: {{premises.visited}}.', given), `Visited: ${alone}.`);
  }
});

test('every indicator can be said, bare and with words, whatever its quantity', () => {
  for (const indicator of Object.keys(indicators) as Indicator[]) {
    for (const quantity of quantities) {
      const said = say(`In all: {{${indicator}}}. {{${indicator}}} of them.`, total(indicator, quantity));
      assert.match(said, /^In all: [a-z\d][\w, ]*\. [A-Z\d][\w, ]* of them\.$/);
      assert.doesNotMatch(said, /undefined|\b0\b/);
    }
  }
});

const town = (name: string, quantity: Quantity): Cell => ({ of: { town: name }, quantity });
const visited = (all: Quantity, byTown: readonly Cell[]): PublishableReturn =>
  told({ 'premises.visited': { indicator: 'premises.visited', total: all, breakdowns: { byTown } } });

test('parts are said from the largest to the smallest, and by name alone', () => {
  const cases: readonly (readonly [Quantity, readonly Cell[], string, string])[] = [
    [
      exactly(8),
      [town('Hemel Hempstead', exactly(1)), town('Watford', exactly(3)), town("Bishop's Stortford", exactly(4))],
      "four in Bishop's Stortford, three in Watford and one in Hemel Hempstead",
      "in Bishop's Stortford, Hemel Hempstead and Watford",
    ],
    [
      exactly(2),
      [town('Watford', exactly(1)), town('Luton', exactly(1))],
      'one in Luton and one in Watford',
      'in Luton and Watford',
    ],
    [exactly(8), [town('Watford', exactly(8))], 'all eight in Watford', 'in Watford'],
    [exactly(2), [town('Watford', exactly(2))], 'both in Watford', 'in Watford'],
    [exactly(1), [town('Watford', exactly(1))], 'in Watford', 'in Watford'],
    [exactly(14), [town('Watford', exactly(14)), town('Luton', exactly(0))], 'all 14 in Watford', 'in Watford'],
    [exactly(8), [town('Watford', exactly(3))], 'three in Watford', 'in Watford'],
    [exactly(0), [town('Watford', exactly(0))], 'none', 'none'],
    [exactly(0), [], 'none', 'none'],
    [several, [town('Watford', several)], 'all in Watford', 'in Watford'],
    [
      atLeast(4),
      [town('Watford', atLeast(3)), town('Luton', notKnown), town('Ware', several)],
      'at least three in Watford, several in Ware and an unknown number in Luton',
      'in Luton, Ware and Watford',
    ],
  ];
  for (const [all, cells, parts, names] of cases) {
    assert.equal(say('x {{premises.visited.byTown}}', visited(all, cells)), `x ${parts}`);
    assert.equal(say('x {{premises.visited.byTown|names}}', visited(all, cells)), `x ${names}`);
  }
});

const arrested = (breakdowns: object, count = 4): PublishableReturn =>
  told({ 'arrests.made': { indicator: 'arrests.made', total: exactly(count), breakdowns } });
const person = (sex: string, age: string, residence: string, count = 1): Cell => ({
  of: { sex, age, residence },
  quantity: exactly(count),
});

test('people are grouped by sex and home, and called a woman or a girl only when the age is known', () => {
  const cases: readonly (readonly [readonly Cell[], string])[] = [
    [
      [
        person('female', '37', 'Watford'),
        person('female', '30', 'Watford'),
        person('male', '32', 'Watford'),
        person('female', '32', 'Watford'),
      ],
      'three women from Watford (aged 30, 32 and 37) and one man from Watford (aged 32)',
    ],
    [
      [person('female', '30', 'Ware', 2), person('female', 'not known', 'Ware')],
      'two women from Ware (two aged 30) and one woman or girl from Ware',
    ],
    [
      [person('male', '16', 'Ware'), person('not known', '40', 'not known')],
      'one boy from Ware (aged 16) and one person of no known home (aged 40)',
    ],
    [[person('male', '25 to 34', 'Ware', 3)], 'three men from Ware (three aged 25 to 34)'],
    [
      [{ of: { sex: 'male', age: '30', residence: 'Ware' }, quantity: atLeast(2) }],
      'at least two men from Ware (aged 30)',
    ],
  ];
  for (const [cells, parts] of cases)
    assert.equal(say('x {{arrests.made.bySexAgeResidence}}', arrested({ bySexAgeResidence: cells })), `x ${parts}`);
});

test('kinds, matters, states and other parts have words of their own', () => {
  const cell = (of: Cell['of'], count: number): Cell => ({ of, quantity: exactly(count) });
  const given = arrested({
    byKind: [cell({ kind: 'criminal' }, 1), cell({ kind: 'administrative immigration' }, 3)],
    byMatter: [cell({ matter: 'immigration' }, 3), cell({ matter: 'theft' }, 1)],
    byStatus: [cell({ status: 'in custody' }, 3), cell({ status: 'no further action' }, 1)],
    bySex: [cell({ sex: 'female' }, 3), cell({ sex: 'not known' }, 1)],
    byTownKind: [cell({ town: 'Ware', kind: 'criminal' }, 4)],
  });
  assert.equal(
    say('x {{arrests.made.byKind}}', given),
    'x three under immigration powers and one on suspicion of a crime',
  );
  assert.equal(say('x {{arrests.made.byKind|names}}', given), 'x on suspicion of a crime and under immigration powers');
  assert.equal(say('x {{arrests.made.byMatter}}', given), 'x three over immigration matters and one over theft');
  assert.equal(say('x {{arrests.made.byMatter|names}}', given), 'x over immigration matters and theft');
  assert.equal(say('x {{arrests.made.byStatus}}', given), 'x three in custody and one with no further action');
  assert.equal(say('x {{arrests.made.bySex}}', given), 'x three female and one whose sex is not known');
  assert.equal(say('x {{arrests.made.byTownKind}}', given), 'x all four in Ware on suspicion of a crime');
  const business = told({
    'premises.visited': {
      indicator: 'premises.visited',
      total: exactly(3),
      breakdowns: { byBusiness: [cell({ business: 'nail bar' }, 2), cell({ business: 'car wash' }, 1)] },
    },
  });
  assert.equal(say('x {{premises.visited.byBusiness}}', business), 'x nail bar (two) and car wash (one)');
});

test('a capital comes at the start of a sentence, and nowhere else', () => {
  const four = total('arrests.made', exactly(4));
  const cases = [
    ['{{arrests.made}} in all', 'Four in all'],
    ['Done. {{arrests.made}} in all', 'Done. Four in all'],
    ['She said: "{{arrests.made}} in all"', 'She said: "Four in all"'],
    ['Done: {{arrests.made}} in all', 'Done: four in all'],
    ["the officers' {{arrests.made|arrest|arrests}}", "the officers' four arrests"],
    ['({{arrests.made}} in all)', '(Four in all)'],
  ] as const;
  for (const [text, expected] of cases) assert.equal(say(text, four), expected);
});

test('a placeholder that cannot be filled says what to do, and never reaches the public', () => {
  const given = applyPolicy(signedReturn, getPolicy('in force from 2026'));
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      '{{premises.visted}}',
      /no figure called "premises.visted"\. Did you mean the figure "premises at which a team arrived/,
    ],
    ['{{nonsense}}', /no figure called "nonsense"\. Take a figure from the list/],
    ['{{premises.visited.byMoon}}', /has no such parts/],
    ['{{warrants.executed.byPower}}', /does not break this figure down so/],
    ['{{needs.recorded}}', /does not count this/],
    ['{{arrests.made.bySexAgeResidence}}', /by the rule "no exact age and no home of those arrested"/],
    ['{{referrals.made}}', /by the rule/],
    ['{{premises.visited', /curly bracket/],
    ['premises.visited}}', /curly bracket/],
    ['{premises.visited}', /curly bracket/],
    ['{{premises.visited {{x}}', /curly bracket/],
    ['{% include "x" %}', /curly bracket/],
    ['{{premises.visited|address}}', /words of this figure are not complete/],
    ['{{premises.visited|a|b|c|d}}', /words of this figure are not complete/],
    ['{{premises.visited||addresses}}', /words of this figure are not complete/],
    ['{{premises.visited|address and 12 people|addresses and 12 people}}', /number stands among/],
    ['{{arrests.made|address|addresses}}', /counts people arrested, not what "address" names/],
    ['{{arrests.made}} addresses', /counts people arrested, not what "addresses" names/],
    ['{{arrests.made|victim was|victims were}} found', /counts people arrested, not what "victim" names/],
    ['{{premises.visited}} address', /does not agree/],
    ['{{premises.visited.byTown|all}}', /no other words/],
    ['{{week.dates|from}}', /no other words/],
  ];
  for (const [text, problem] of cases) {
    const pieces = fillPlaceholders(text, given);
    const problems = pieces.map((piece) => piece.problem ?? '').join(' ');
    assert.match(problems, problem, text);
    assert.doesNotMatch(problems, /[{}]/, 'no page teaches how placeholders are stored');
    assert.equal(publicText(text, given).ok, false, text);
    assert.equal(publicMarkdown(text, given).ok, false, text);
  }
});

test('fills a placeholder inside a Markdown sentence, and refuses it elsewhere instead of showing it raw', () => {
  const given = applyPolicy(signedReturn, getPolicy('as practised in 2019'));
  const said = publicMarkdown(
    '## {{arrests.made}} arrests\n\n* **{{premises.visited}}** &amp; {{week.dates}}\n  and {{premises.visited.byTown}}',
    given,
  );
  assert.ok(said.ok);
  assert.equal(
    said.value,
    "## Four arrests\n\n* **Eight** &amp; 14 to 20 September 2026\n  and four in Bishop's Stortford, three in Watford and one in Hemel Hempstead",
  );
  for (const text of [
    '[x](https://x.example/{{arrests.made}})',
    '![{{arrests.made}}](x.png)',
    '`{{arrests.made}}`',
    '<b>{{arrests.made}}</b> {',
    '{{arrests.*made*}}',
    '[a]: https://x.example "{{arrests.made}}"',
    '\\{\\{arrests.made}}',
  ]) {
    assert.equal(publicMarkdown(text, given).ok, false, text);
  }
});

test('words that come from records cannot become Markdown', () => {
  const given = visited(exactly(3), [town('[x](https://evil.example) *b* <i>', exactly(3))]);
  const said = publicMarkdown('{{premises.visited.byTown}}', given);
  assert.ok(said.ok);
  assert.doesNotMatch(said.value, /(?<!\\)[*<[]/);
});

test('a figure at the start of a sentence has a capital, behind a typed bullet or a line break too', () => {
  for (const before of ['', 'Met. ', '“', 'Met.” ', '- ', '• ', 'Met. – ', 'Met.\n• ', 'Met… ', 'Met  \n', 'Met\\\n'])
    assert.equal(beginsSentence(before), true, JSON.stringify(before));
  for (const before of ['Met ', 'Met – ', 'Met - ', 'Met\n', 'Arrests: ', 'a-'])
    assert.equal(beginsSentence(before), false, JSON.stringify(before));
});
