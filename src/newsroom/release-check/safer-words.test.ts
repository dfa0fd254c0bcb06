import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { CheckContext, Finding } from './finding.ts';
import { type Harm, harmOf, harms } from './harms.ts';
import { saferWordsFor } from './safer-words.ts';
import { findInWhole, operationNotOver } from './whole-release.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);
const against: CheckContext = {
  publishOn: extras.publishOn,
  justifications: [],
  contacts: ['999', '101'],
  staleContacts: [{ way: '+443000115555', why: 'This contact held until 1 May 2026.' }],
};
const check = (text: string): Finding[] => checkText(text, told, against);

/** For each harm a text of it; every finding in it is tried, of whatever harm. */
const texts: Readonly<Partial<Record<Harm, readonly string[]>>> = {
  'anonymity for life': [
    'Mei Lin was offered help.',
    'A victim lives above Golden Spa.',
    'The trafficked woman works at Golden Nails.',
    'The victim is pictured.',
    'The survivor attends Watford College.',
  ],
  'one person': [
    'A woman from the flat asked for help.',
    'A woman was pregnant and asked for help.',
    'One worker crossed the Channel in a small boat and was helped.',
    'The workers prayed when they were met.',
    'Her name was changed.',
  ],
  'exact age': [
    'A man, 37, from Watford, was arrested.',
    'A 37-year-old man from Watford was arrested.',
    'Officers arrested a man aged 37.',
    'A man in his thirties was arrested in Watford.',
    'Minors were met.',
  ],
  'one address': [
    'Officers visited a nail bar in Watford.',
    'Officers visited premises in Vicarage Road.',
    'They live above the shop next to the station.',
    'Officers visited massage parlours.',
  ],
  nationality: [
    'Two Moldovan women were met in Watford.',
    'An Albanian man was arrested.',
    'Romanians were arrested.',
    'The people met were from Vietnam.',
    'An interpreter for Mandarin spoke with the workers.',
  ],
  'arrest and help': ['Four people were arrested and several were given advice.'],
  'name before charge': ['John Smithson was arrested on suspicion of theft.'],
  'active proceedings': ['The man confessed when he was arrested.', 'Officers arrested criminals.', 'He was charged.'],
  'kept in': ['Seven addresses were visited in Watford.'],
  'another language': ['Policja odwiedziła osiem adresów w trzech miastach i rozmawiała z ludźmi.'],
  contact: ['Call 03000 11 55 55.', 'Call 01632 960 123.', 'Open until 5pm.'],
  'not so': ['The week began on Monday 15 September 2026.', 'Four people were arrested over drugs.'],
  'hidden sign': ['Four pe\u200bople were arrested.', 'Four pеople were arrested.'],
  'no figure': ['Officers handed out 4,711 leaflets.', '7. Seven\n8. Eight'],
  claim: ['More and more people are exploited.', 'Most people are afraid.'],
  wording: [
    'People were rescued.',
    'Victims were met.',
    '<b>Bold</b>',
    '[more](https://example.org "note")',
    '```\ncode\n```',
  ],
  bracket: ['Officers visited {{no.such}} addresses.', '[words]({{premises.visited}})'],
};

/** Findings that no text alone can have. */
const others: readonly Finding[] = [
  operationNotOver('2026-09-20', '2026-09-21'),
  {
    ...{ start: 0, end: 5, typed: 'Fairy', sentence: 'Fairy nails were there.', kind: 'name', must: 'justify' },
    ...{ blocks: true, message: 'This may be in the records of the case.', offers: [] },
  },
  ...findInWhole(
    [{ name: 'body', label: 'Text', source: 'Call 101.', form: 'markdown', takesFigures: true }] as never,
    (source) => source,
  ),
];

test('every kind of finding has a safer wording or one next step', () => {
  const seen = new Set<Harm>();
  const lacking: string[] = [];
  const say = (finding: Finding, source: string): void => {
    seen.add(harmOf(finding));
    const { how, change } = saferWordsFor(finding, source);
    if (!/^[A-Z][^\n]*\.$/.test(how)) lacking.push(`${harmOf(finding)}: ${finding.message}`);
    assert.ok(how.split(' ').length <= 26, how);
    if (change) assert.ok(change.start <= finding.start && finding.end <= change.end, finding.typed);
  };
  for (const [harm, some] of Object.entries(texts))
    for (const text of some) {
      const findings = check(text);
      if (!findings.some((one) => harmOf(one) === harm)) lacking.push(`no ${harm}: ${text}`);
      for (const finding of findings) say(finding, text);
    }
  for (const finding of others) say(finding, finding.typed);
  assert.deepEqual(lacking, []);
  assert.deepEqual(
    Object.keys(harms).filter((harm) => !seen.has(harm as Harm)),
    [],
    'every heading of the list is tried',
  );
});

test('no safer wording repeats what was found', () => {
  for (const some of Object.values(texts))
    for (const text of some)
      for (const finding of check(text)) {
        const { how, change } = saferWordsFor(finding, text);
        const typed = finding.typed.toLowerCase();
        if (/^\p{Lu}|\d/u.test(finding.typed) && typed.length > 2)
          assert.ok(!how.toLowerCase().includes(typed), `${finding.typed}: ${how}`);
        if (change) assert.ok(!/\d/.test(change.words) || harmOf(finding) === 'not so', change.words);
      }
});

const written: readonly (readonly [text: string, harm: Harm, after: string])[] = [
  ['A man, 37, from Watford, was arrested.', 'exact age', 'A man was arrested.'],
  ['A man, 37, from Watford was arrested.', 'exact age', 'A man was arrested.'],
  ['A 37-year-old man from Watford was arrested.', 'exact age', 'A man was arrested.'],
  ['Officers arrested an 18-year-old woman.', 'exact age', 'Officers arrested a woman.'],
  ['Officers arrested a man aged 37.', 'exact age', 'Officers arrested a man.'],
  ['The woman (34) was arrested.', 'exact age', 'The woman was arrested.'],
  ['Officers met a girl, 16, from Watford.', 'exact age', 'Officers met a child.'],
  ['Two Moldovan women were met.', 'nationality', 'Two women were met.'],
  ['An Albanian man was arrested.', 'nationality', 'A man was arrested.'],
  ['Romanians were arrested.', 'nationality', 'People were arrested.'],
  ['Officers visited a nail bar.', 'one address', 'Officers visited a business.'],
  ['Officers visited massage parlours.', 'one address', 'Officers visited businesses.'],
  ['John Smithson was arrested.', 'name before charge', 'A person was arrested.'],
  ['People were rescued.', 'wording', 'People were helped.'],
];

test('writes the safer words with the words of the sentence, and the finding is gone', () => {
  for (const [text, harm, after] of written) {
    const finding = check(text).find((one) => harmOf(one) === harm);
    assert.ok(finding, `${harm}: ${text}`);
    const { change } = saferWordsFor(finding, text);
    assert.ok(change, `${harm}: ${text}`);
    const next = text.slice(0, change.start) + change.words + text.slice(change.end);
    assert.equal(next.replaceAll('  ', ' '), after);
    assert.deepEqual(
      check(next).filter((one) => harmOf(one) === harm),
      [],
      next,
    );
  }
});
