import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exactly, type SignedReturn } from '../../vocabulary/figures.ts';
import { draftRelease } from '../drafting/draft.ts';
import { counting, extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { type BracketEntry, FigureBrackets, isTypable, printedFigures, type StoredText } from './brackets.ts';
import { listFigures, listOfferedFigures } from './figure-list.ts';
import { figureName, figureWords } from './figure-names.ts';
import { unknownBracketsError } from './unknown-brackets.ts';

const policy = getPolicy('in force from 2026');
const publishableOf = (signed: SignedReturn): PublishableReturn => applyPolicy(signed, policy);
const publishable = publishableOf(signedReturn);
const plain = (text: string): StoredText => ({ text, form: 'plain' });
const markdown = (text: string): StoredText => ({ text, form: 'markdown' });
const bracketsOf = (
  texts: readonly StoredText[],
  told: PublishableReturn | null = publishable,
  sent: BracketEntry[] = [],
) =>
  new FigureBrackets(told, {
    texts,
    offered: told ? listOfferedFigures(told).flatMap(({ placeholders }) => placeholders) : [],
    sent,
  });
const shownOf = (text: StoredText, told: PublishableReturn | null = publishable): string =>
  bracketsOf([text], told).show(text);

test('shows each figure as it prints where it stands, in single brackets', () => {
  for (const [stored, shown] of [
    ['Officers visited {{premises.visited|address|addresses}}.', 'Officers visited {eight addresses}.'],
    ['{{premises.visited|address was|addresses were}} visited.', '{Eight addresses were} visited.'],
    ['We went to {{premises.visited}} addresses.', 'We went to {eight} addresses.'],
    ['From {{week.dates}}.', 'From {14 to 20 September 2026}.'],
    ['No figure here.', 'No figure here.'],
    [
      '[words](https://safelight.example/a) and {{visits.made|visit|visits}}',
      '[words](https://safelight.example/a) and {eight visits}',
    ],
    ['Nobody: {{visits.refused|visit|visits|no visit}}', 'Nobody: {no visit}'],
  ] as const)
    assert.equal(shownOf(plain(stored)), shown);
});

test('begins a sentence with a capital in headings, lists and key points', () => {
  const visited = '{{premises.visited|address|addresses}}';
  assert.equal(
    shownOf(markdown(`## ${visited}\n\n* ${visited}\n\nIn the week, ${visited}`)),
    '## {Eight addresses}\n\n* {Eight addresses}\n\nIn the week, {eight addresses}',
  );
  assert.equal(shownOf({ text: `${visited}\n${visited}`, form: 'lines' }), '{Eight addresses}\n{Eight addresses}');
});

test('names the figure in a bracket only where two figures print the same', () => {
  const text = plain('At {{premises.visited}}, on {{visits.made}}, with {{arrests.made}}.');
  const brackets = bracketsOf([text]);
  const shown = 'At {eight: premises visited}, on {eight: visits}, with {four}.';
  assert.equal(brackets.show(text), shown);
  assert.equal(brackets.read(shown).stored, text.text);
  const forms = plain('So {{premises.visited|address|addresses}} or {{ premises.visited | address | addresses }}.');
  assert.equal(
    shownOf(forms),
    'So {eight addresses: premises visited} or {eight addresses: premises visited, 2}.',
    'two spellings of one figure stay two',
  );
  assert.equal(bracketsOf([forms]).read(shownOf(forms)).stored, forms.text);
});

test('shows a figure that cannot be printed in words, and says why', () => {
  for (const [stored, words, reason] of [
    ['{{arrests.made.byMatter}}', /^\{people arrested, by matter: withheld\}$/, /by the rule/],
    ['{{needs.recorded}}', /^\{needs: not counted\}$/, /does not count/],
    ['{{premises.visted}}', /^\{unknown figure\}$/, /Did you mean the figure "premises at which/],
    ['{{arrests.made|a|b|c|d}}', /^\{people arrested: cannot be printed\}$/, /from the list/],
    ['{', /^\{curly bracket\}$/, /stand for no figure/],
    ['{eight}', /^\{eight\}$/, /stand for no figure/],
  ] as const) {
    const text = plain(`We say ${stored}.`);
    const [found] = bracketsOf([text]).problemsIn(text);
    assert.match(found?.bracket ?? '', words);
    assert.match(found?.reason ?? '', reason);
    assert.doesNotMatch(found?.reason ?? '', /[{}]/);
    assert.equal(bracketsOf([text]).read(shownOf(text)).stored, text.text);
  }
  assert.equal(shownOf(plain('{{arrests.made}}'), null), '{people arrested: cannot be read}');
});

test('brackets may be moved, copied and deleted', () => {
  const text = plain(
    'A {{premises.visited|address|addresses}} b {{visits.made}} c {{arrests.made|person|people|nobody}} d',
  );
  const brackets = bracketsOf([text]);
  const pairs =
    text.text.match(/\{\{[^}]*\}\}/g)?.map((stored) => [stored, brackets.show(plain(`x ${stored}`)).slice(2)]) ?? [];
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0], [0, 0], [2], []];
  for (const order of orders) {
    const write = (column: 0 | 1): string => order.map((at) => pairs[at]?.[column]).join(' and ');
    assert.deepEqual(brackets.read(write(1)), { stored: write(0), unknown: [] });
  }
});

test('reads capitals, spaces and apostrophes as a word processor leaves them', () => {
  const text = plain('Visits were in {{premises.visited.byTown|names}}.');
  const brackets = bracketsOf([text]);
  const shown = brackets.show(text);
  for (const typed of [
    shown.toUpperCase().replace('VISITS WERE IN', 'Visits were in'),
    shown.replace(/'/g, '’'),
    shown.replace(/ and /, '\u00a0 and\n'),
  ])
    assert.match(brackets.read(typed).stored, /\{\{premises\.visited\.byTown\|names\}\}/);
});

test('refuses a bracket that nobody knows, with its sentence', () => {
  const brackets = bracketsOf([plain('{{premises.visited|address|addresses}}')]);
  const { stored, unknown } = brackets.read('First. We visited {nine addresses} in one week. Last {');
  assert.equal(stored, 'First. We visited {nine addresses} in one week. Last {');
  assert.deepEqual(unknown, [
    { bracket: '{nine addresses}', sentence: 'We visited {nine addresses} in one week.' },
    { bracket: '{', sentence: 'Last {' },
  ]);
  assert.match(
    unknownBracketsError(unknown),
    /^\{nine addresses\} is not a figure that Safelight knows\. It stands in “We visited \{nine addresses\} in one week\.” Leave .*, take the whole bracket out, or take a figure from the list\. The same is true of \{\.$/,
  );
  for (const typed of ['{}', '{ }', '{{}}', '}', '{{eight', '{{7 * 7}}', '{{oops}}'])
    assert.equal(brackets.read(typed).unknown.length > 0, true, typed);
});

test('a placeholder typed by hand is stored, and shown in words afterwards', () => {
  const typed = 'We visited {{premises.visited|place|places}}, {{visits.made}}.';
  assert.deepEqual(bracketsOf([]).read(typed), { stored: typed, unknown: [] });
  assert.equal(shownOf(plain(typed)), 'We visited {eight places}, {eight}.');
  assert.equal(bracketsOf([]).read('{{eight visits}}').stored, '{{visits.made|visit|visits}}', 'words in two brackets');
});

test('a return that is revised while somebody writes loses nothing', () => {
  const text = plain('{{premises.visited|address|addresses}}, {{visits.made|visit|visits}}');
  const opened = bracketsOf([text]);
  const shown = opened.show(text);
  const figures = { ...signedReturn.figures };
  for (const key of ['premises.visited', 'visits.made'] as const) {
    const figure = figures[key];
    assert.ok(figure);
    figures[key] = { ...figure, total: exactly(key === 'visits.made' ? 9 : 7) };
  }
  const revised = publishableOf({ ...signedReturn, figures });
  assert.equal(bracketsOf([text], revised).read(shown).unknown.length, 2, 'without the hidden field');
  const saved = bracketsOf([text], revised, opened.entries());
  assert.deepEqual(saved.read(shown), { stored: text.text, unknown: [] });
  assert.equal(saved.show(text), '{Seven addresses}, {nine visits}');
});

test('what a form was sent with keeps its meaning, and a new figure with these words is told apart', () => {
  const text = plain('On {{visits.made}}.');
  const brackets = bracketsOf([text], publishable, [['eight', 'premises.visited']]);
  assert.equal(brackets.show(text), 'On {eight: visits}.');
  assert.equal(brackets.read('{eight}, {eight: visits}').stored, '{{premises.visited}}, {{visits.made}}');
});

test('every bracket of the list is read without the hidden field, and stands once', () => {
  for (const told of [publishable, publishableOf(counting({ 'premises.visited': 1, 'arrests.made': 0 }))]) {
    const brackets = bracketsOf([], told);
    const listed = listFigures(listOfferedFigures(told), brackets);
    assert.ok(listed.length >= 5);
    const all = listed.flatMap((figure) => figure.brackets);
    assert.equal(new Set(all).size, all.length);
    for (const bracket of all) {
      assert.match(bracket, /^\{[^{}]+\}$/);
      const { stored, unknown } = bracketsOf([], told).read(`We say ${bracket}.`);
      assert.deepEqual(unknown, []);
      assert.equal(bracketsOf([plain(stored)], told).problemsIn(plain(stored)).length, 0, stored);
    }
  }
});

test('no figure of the list has two brackets that print the same', () => {
  const byTown = { town: 'Watford' };
  const none = {
    ...counting({ 'premises.visited': 1, 'visits.made': 1, 'arrests.made': 0 }).figures['arrests.made'],
    indicator: 'arrests.made' as const,
    total: exactly(0),
    breakdowns: { byTown: [{ of: byTown, quantity: exactly(0) }], bySex: [], byStatus: [], byMatter: [], byKind: [] },
  };
  const told = publishableOf({ ...signedReturn, figures: { ...signedReturn.figures, 'arrests.made': none } });
  const listed = listFigures(listOfferedFigures(told), bracketsOf([], told));
  const arrests = listed.filter(({ name }) => name.startsWith('People arrested, by'));
  assert.ok(arrests.length > 0);
  for (const { name, brackets } of arrests) assert.equal(brackets.length, 1, name);
  for (const bracket of listed.flatMap(({ brackets }) => brackets)) assert.doesNotMatch(bracket, /, \d+\}$/);
});

test('the list takes the words that the text has already', () => {
  const text = plain('{{visits.made|visit|visits|no visit}} were made.');
  const brackets = bracketsOf([text]);
  const visits = listFigures(listOfferedFigures(publishable), brackets).find(({ name }) => name === 'Visits');
  assert.equal(visits?.brackets[0], '{eight visits}');
  assert.equal(brackets.read('{eight visits}').stored, '{{visits.made|visit|visits|no visit}}');
});

test('every figure has a short name and a noun that its number can stand with', () => {
  for (const [key, { name }] of Object.entries(figureWords)) assert.ok(name.length <= 30, `${key}: ${name}`);
  assert.equal(figureName('premises.visited.byTown'), 'premises visited, by town');
  for (const key of [
    'oops',
    'premises',
    'premises.visited.byOops',
    'premises.visited.byTown.x',
    'toString.x',
    'week.toString',
  ])
    assert.equal(figureName(key), undefined, key);
  const totals = Object.fromEntries(Object.keys(figureWords).map((key) => [key, 12]));
  const everything = publishableOf(counting(totals));
  for (const { placeholders } of listOfferedFigures(everything))
    for (const stored of placeholders) assert.ok(isTypable(stored), stored);
});

const parts = [
  ...listOfferedFigures(publishable).flatMap(({ placeholders }) => placeholders),
  ...[
    '{{premises.visited}}',
    '{{visits.made}}',
    '{{ visits.made }}',
    '{{arrests.made}}',
    '{{needs.recorded}}',
    '{{people.spokenTo}}',
  ],
  ...[
    '{{oops}}',
    '{{}}',
    '{{|}}',
    '{',
    '}',
    '{{',
    '}}',
    '{eight}',
    '{eight addresses}',
    '{curly bracket}',
    '{unknown figure}',
    '{ }',
  ],
  ...[
    '. ',
    ', ',
    '\n\n',
    '\n',
    '\n* ',
    '## ',
    '> ',
    '**',
    '_',
    '`',
    '[words](https://a.example/x)',
    '![',
    '](',
    ')',
    '\\',
    '&amp;',
  ],
  ...['Officers', ' visited ', 'eight addresses', "Bishop's Stortford", '“', '”', '<b>', 'é', '1. '],
];

test('any stored text that is shown and saved again is the same stored text', () => {
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 14 }).map((some) => some.join(''));
  const form = fc.constantFrom<StoredText['form']>('plain', 'lines', 'markdown');
  const told = fc.oneof({ weight: 7, arbitrary: fc.constant(publishable) }, fc.constant(null));
  fc.assert(
    fc.property(text, form, text, told, (words, read, others, figures) => {
      const source = { text: words, form: read };
      const brackets = bracketsOf([source, plain(others)], figures);
      const shown = brackets.show(source);
      assert.doesNotMatch(shown, /\{\{|\}\}/);
      assert.deepEqual(brackets.read(shown), { stored: words, unknown: [] });
      for (const [key, inside] of brackets.entries()) assert.ok(key !== '' && isTypable(`{{${inside}}}`));
    }),
    { seed: 2019, numRuns: 800 },
  );
});

test('a drafted release is shown in words throughout, and saved as it was', () => {
  for (const signed of [signedReturn, counting({ 'premises.visited': 1, 'visits.made': 1, 'arrests.made': 0 })]) {
    const { title, description, keyPoints, body } = draftRelease(signed, policy, extras);
    const texts = [plain(title), plain(description), ...keyPoints.map(plain), markdown(body)];
    const told = applyPolicy(signed, policy, extras.decisions);
    const brackets = bracketsOf(texts, told);
    for (const text of texts) {
      assert.equal(brackets.read(brackets.show(text)).stored, text.text);
      assert.deepEqual(brackets.problemsIn(text), []);
    }
    const printed = printedFigures(texts, told);
    assert.ok(printed.length >= 3);
    assert.equal(
      new Set(printed.map(({ printed: own, words, name }) => `${own} ${words} ${name}`.toLowerCase())).size,
      printed.length,
    );
  }
});
