import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Cell,
  exactly,
  type Figure,
  type Figures,
  type Indicator,
  type SignedReturn,
} from '../../vocabulary/figures.ts';
import { countWord } from '../../vocabulary/languages/english.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding } from './finding.ts';

const against = { publishOn: extras.publishOn, justifications: [], contacts: [] };

/** The same numbers in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const random = chance(20_261_130);
const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
const pick = <One>(all: readonly One[]): One => all[between(0, all.length - 1)] as One;

const cell = (of: Cell['of'], value: number): Cell => ({ of, quantity: exactly(value) });
const towns = ["Bishop's Stortford", 'Watford', 'Hemel Hempstead'];

/** Eight addresses over three towns, one of which had a single one. */
const byTown = (): readonly Cell[] => {
  const [one = 4, two = 3, three = 1] = pick([
    [4, 3, 1],
    [3, 4, 1],
    [1, 5, 2],
    [2, 1, 5],
    [6, 1, 1],
  ]);
  return [one, two, three].map((value, at) => cell({ town: towns[at] ?? '' }, value));
};

/** A return that shows what every other one shows, and keeps in figures of its own. */
function inventReturn(): SignedReturn {
  const [women, custody, deployed] = [between(0, 4), between(0, 4), between(0, 31)];
  const ages = Array.from({ length: 4 }, (_, at) =>
    cell({ sex: at < women ? 'female' : 'male', age: `${between(18, 60)}`, residence: pick(towns) }, 1),
  );
  const figure = (indicator: Indicator, value: number, breakdowns: Figure['breakdowns'] = {}): Figures => ({
    [indicator]: { indicator, total: exactly(value), breakdowns },
  });
  const figures: Figures = {
    ...signedReturn.figures,
    ...figure('premises.visited', 8, {
      byTown: byTown(),
      byBusiness: [cell({ business: 'massage or beauty' }, between(1, 7)), cell({ business: 'nail bar' }, 1)],
    }),
    ...figure('people.deployed', 31, {
      byPartner: [
        cell({ partner: 'Open Door Relief' }, deployed + 1),
        cell({ partner: 'Eastern Counties Crime Unit' }, 32 - deployed),
      ],
    }),
    ...figure('people.spokenTo', between(13, 17)),
    ...figure('people.interpreted', between(3, 9)),
    ...figure('people.declinedPolice', between(1, 9)),
    ...figure('arrests.concern', between(1, 4)),
    ...figure('nrm.sent', between(1, 9)),
    ...figure('arrests.made', 4, {
      ...signedReturn.figures['arrests.made']?.breakdowns,
      bySex: [cell({ sex: 'female' }, women), cell({ sex: 'male' }, 4 - women)],
      byStatus: [cell({ status: 'in custody' }, custody), cell({ status: 'immigration detention' }, 4 - custody)],
      bySexAgeResidence: ages,
    }),
  };
  return { ...signedReturn, figures };
}

const now = getPolicy('in force from 2026');
const publish = (signed: SignedReturn): PublishableReturn => applyPolicy(signed, now, extras.decisions);

/** "#" is where the number stands. */
const sentences = [
  'A woman aged # was arrested.',
  'They were aged #.',
  'Ages: # and 41.',
  'A #-year-old lives there.',
  'Teams spoke to # people.',
  'Teams met # people through interpreters.',
  '# people did not wish to speak to police and declined.',
  '# addresses were visited in Watford.',
  "In Bishop's Stortford, # addresses were visited.",
  '# Hemel Hempstead addresses were visited.',
  '# premises were visited, all nail bars.',
  '# people arrested were in immigration detention.',
  '# people were arrested and taken into custody.',
  '# women were arrested.',
  'Officers arrested # men from Watford.',
  '# of those arrested raised a concern.',
  '# officers of Open Door Relief took part.',
  '# referrals were made to the NRM.',
  'An address in Watford was visited, and # more.',
  '# visits and # addresses.',
];

test('a number gets the same findings whichever figure is kept in, so the check tells no figure', () => {
  const outside = ({ counted: _, ...rest }: PublishableReturn) => rest;
  const first = publish(inventReturn());
  let found = 0;
  for (let round = 0; round < 40; round += 1) {
    const other = publish(inventReturn());
    assert.deepEqual(outside(other), outside(first), 'both show the same');
    assert.notDeepEqual(other.counted.figures, first.counted.figures);
    for (const sentence of sentences) {
      const number = between(0, 62);
      const text = sentence.replaceAll('#', pick([`${number}`, countWord(number)]));
      const findings = checkText(text, first, against);
      assert.deepEqual(checkText(text, other, against), findings, text);
      found += findings.length;
    }
  }
  assert.ok(found > 500, 'the sentences have findings');
});

const told = publish(signedReturn);
const withheldIn = (text: string): readonly Pick<Finding, 'kind' | 'message' | 'must'>[] =>
  checkText(text, told, against)
    .filter(({ must, blocks }) => blocks && must === 'change')
    .map(({ kind, message, must }) => ({ kind, message, must }));

test('a true number and a wrong one of a kind that stays in get the same words', () => {
  const pairs: readonly (readonly [string, number, number])[] = [
    ['A woman aged # was arrested.', 32, 33],
    ['They were aged #.', 30, 31],
    ['Teams spoke to # people.', 14, 12],
    ['# addresses were visited in Watford.', 3, 6],
    ['Those arrested were # women.', 3, 2],
  ];
  for (const [sentence, right, wrong] of pairs) {
    const [one, other] = [right, wrong].map((number) => withheldIn(sentence.replace('#', `${number}`)));
    assert.ok(one && one.length > 0, `${sentence} must be changed`);
    assert.deepEqual(one, other, sentence);
  }
});

test('a crime beside arrests, and a deed that stays in, get the same words whether they were counted or not', () => {
  const few = (counts: Partial<Record<Indicator, number>>, matter: string): PublishableReturn => {
    const figures = Object.fromEntries(
      Object.entries({ 'premises.visited': 2, ...counts }).map(([indicator, count]) => [
        indicator,
        { indicator, total: exactly(count), breakdowns: {} },
      ]),
    ) as Figures;
    const reasons = [cell({ matter: 'immigration matters' }, 1), cell({ matter }, 1)];
    const held = [cell({ kind: 'administrative immigration' }, 1), cell({ kind: 'criminal' }, 1)];
    const arrests = { total: exactly(2), breakdowns: { byMatter: reasons, byKind: held } };
    const all = { ...figures, 'arrests.made': { indicator: 'arrests.made', ...arrests } as Figure };
    // Immigration officers took part, and nobody decided to name them.
    return applyPolicy({ ...signedReturn, figures: all }, now);
  };
  const one = few({ 'people.advised': 0, 'referrals.made': 3 }, 'drugs');
  const other = few({ 'people.advised': 4, 'referrals.made': 0 }, 'slavery or trafficking');
  for (const text of [
    'The arrests were over drugs.',
    'The arrests were on suspicion of modern slavery.',
    'Safeguarding advice was given.',
    'Workers were referred for help.',
    'Children were safeguarded.',
  ]) {
    const found = checkText(text, one, against);
    assert.ok(
      found.some(({ blocks, must }) => blocks && must === 'change'),
      text,
    );
    assert.deepEqual(checkText(text, other, against), found, text);
  }
});

test('a number that is no part of a figure may still be justified', () => {
  for (const text of ['Seven languages were spoken.', 'Seven addresses were visited.', 'We printed 400 posters.'])
    assert.deepEqual(
      checkText(text, told, against).map(({ must }) => must),
      ['bind or justify'],
      text,
    );
});
