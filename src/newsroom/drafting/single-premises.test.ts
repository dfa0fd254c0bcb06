import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type Indicator, type SignedReturn } from '../../vocabulary/figures.ts';
import { checkText } from '../release-check/figure-check.ts';
import type { Justification } from '../release-check/finding.ts';
import { draftRelease } from './draft.ts';
import { counting, extras, signedReturn } from './examples.ts';
import { publicMarkdown, publicText } from './placeholder.ts';
import { applyPolicy } from './public-figures.ts';
import { getPolicy } from './publication-policy.ts';
import { listStatedFigures } from './stated-figures.ts';

const now = getPolicy('in force from 2026');

function read(signed: SignedReturn) {
  const draft = draftRelease(signed, now, extras);
  const told = applyPolicy(signed, now, extras.decisions);
  const said = [
    ...[draft.title, draft.description, ...draft.keyPoints].map((line) => publicText(line, told)),
    publicMarkdown(draft.body, told),
  ];
  return { draft, told, text: said.map((part) => (part.ok ? part.value : assert.fail(part.refusal))).join('\n') };
}

const check = (text: string, signed: SignedReturn, justifications: readonly Justification[] = []) =>
  checkText(text, applyPolicy(signed, now), { publishOn: extras.publishOn, justifications, contacts: [] });

/** Arrests over these reasons. */
function arrestsOver(reasons: Readonly<Record<string, number>>): SignedReturn {
  const cells = Object.entries(reasons).map(([matter, value]) => ({ of: { matter }, quantity: exactly(value) }));
  const total = Object.values(reasons).reduce((sum, value) => sum + value, 0);
  const figures = counting({ 'premises.visited': 8 }).figures;
  const arrests = { indicator: 'arrests.made', total: exactly(total), breakdowns: { byMatter: cells } } as const;
  return { ...signedReturn, figures: { ...figures, 'arrests.made': arrests } };
}

test('the draft leaves out what is of one visit or one person, and says so', () => {
  const ones: Partial<Record<Indicator, number>> = {
    'visits.nobodyFound': 1,
    'visits.withSigns': 1,
    'warrants.executed': 1,
    'seizures.made': 1,
    'damage.done': 1,
    'arrests.made': 1,
    'arrests.premises': 1,
  };
  const { draft, text, told } = read(
    counting({ 'premises.visited': 8, 'visits.made': 8, 'people.spokenTo': 0, ...ones }),
  );
  assert.doesNotMatch(text, /\bone\b|warrant|seizure|damage|arrest|signs that|nobody answered/i);
  assert.match(text, /Eight addresses visited in Hertfordshire/);
  for (const key of Object.keys(ones)) {
    const left = draft.leftOut.find((one) => one.key === key);
    assert.equal(left?.instead, 'left out of the draft', key);
    assert.match(left?.why ?? '', /neighbour knows/);
  }
  const rows = listStatedFigures([draft.title, draft.body], told, { edition: '', definitionOf: (one) => one });
  assert.deepEqual(
    rows.filter(({ quantity }) => quantity.kind === 'number' && quantity.value === 1),
    [],
  );
});

test('an operation with one visit reads well, and the number stays out', () => {
  const { draft, text } = read(
    counting({ 'premises.visited': 1, 'visits.made': 1, 'warrants.executed': 1, 'arrests.made': 1 }),
  );
  assert.equal(draft.title, 'Week of action against sexual exploitation in Hertfordshire');
  assert.match(
    draft.body,
    /^Lea Vale Constabulary took part in the week of action against sexual exploitation from \{\{week\.dates\}\}\. The aim was to find people harmed by sexual exploitation and to offer them help\.\n\nThe operation in Hertfordshire took place from \{\{week\.localDates\}\}\./,
  );
  assert.doesNotMatch(text, /\bone\b|\{\{|warrant|arrest|No addresses/i);
});

test('reasons for arrests are told exactly, but not one person’s', () => {
  assert.match(
    read(arrestsOver({ 'drug supply': 3, theft: 2 })).text,
    /Five people were arrested: three over drug supply and two over theft\./,
  );
  const doubt = read(arrestsOver({ 'drug supply': 3, theft: 1 }));
  assert.match(doubt.text, /Four people were arrested over drug supply and theft\./);
  assert.equal(
    doubt.draft.leftOut.find(({ key }) => key === 'arrests.made.byMatter')?.instead,
    'by name, without numbers',
  );
  const each = read(arrestsOver({ 'drug supply': 1, theft: 1 }));
  assert.match(each.text, /Two people were arrested\. The reasons are left out of this release\./);
  assert.doesNotMatch(each.text, /drug|theft/);
});

test('a writer may put a figure of one in by hand: the check says why not, and takes a reason', () => {
  const signed = counting({ 'premises.visited': 8, 'warrants.executed': 1, 'arrests.made': 1 });
  const typed = '{{warrants.executed|warrant was|warrants were}} executed.';
  const [found, ...others] = check(typed, signed);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [found?.kind, found?.harm, found?.must, found?.blocks],
    ['identifying', 'one address', 'justify', true],
  );
  assert.match(found?.message ?? '', /A neighbour knows which one\. Take it out, or say why it may stay\./);
  assert.deepEqual(
    check('{{arrests.made|person was|people were|nobody was}} arrested.', signed).map(({ harm, must }) => [harm, must]),
    [['one person', 'justify']],
  );
  for (const words of ['One warrant was executed.', 'One person was arrested.'])
    assert.ok(
      check(words, signed).some(({ blocks, must }) => blocks && must === 'justify'),
      words,
    );
  const reason = {
    typed: '{{warrants.executed|warrant was|warrants were}}',
    sentence: typed,
    reason: 'The owner told the newspaper.',
    by: 'Ash Verity',
  };
  assert.deepEqual(
    check(typed, signed, [reason]).map(({ blocks }) => blocks),
    [false],
  );
  const three = counting({ 'premises.visited': 8, 'warrants.executed': 3 });
  assert.deepEqual(check(typed, three), []);
});

test('a figure of four with a part of one is not called a figure of one', () => {
  const four = arrestsOver({ 'drug supply': 3, theft: 1 });
  const [found] = check('{{arrests.made.byMatter}} were recorded.', four);
  assert.match(found?.message ?? '', /One of the numbers that this figure prints is of one person\./);
  const one = counting({ 'premises.visited': 8, 'arrests.made': 1 });
  const [whole] = check('{{arrests.made|person was|people were|nobody was}} arrested.', one);
  assert.match(whole?.message ?? '', /^This figure is of one person\./);
});

test('the model week keeps its four arrests at two addresses', () => {
  assert.match(
    read(signedReturn).text,
    /Four people were detained at two addresses in Watford over immigration matters\./,
  );
});
