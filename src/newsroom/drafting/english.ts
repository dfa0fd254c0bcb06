/** Words a quantity of a return in a sentence, and its parts in a list: nought, one, many, several and not known. */

import type { Breakdown, Cell, Figure, Quantity } from '../../vocabulary/figures.ts';
import { countWord, listOf, plural } from '../../vocabulary/languages/english.ts';

/** The words that follow a count and agree with it, verb and all where there is one: "person was", "people were", "nobody was". */
export type Forms = { readonly one: string; readonly many: string; readonly none?: string | undefined };

export function sameQuantity(a: Quantity, b: Quantity): boolean {
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value && a.qualifier === b.qualifier;
  if (a.kind === 'words' && b.kind === 'words') return a.words === b.words;
  return a.kind === b.kind;
}

export const isNought = (quantity: Quantity): boolean =>
  quantity.kind === 'number' && quantity.value === 0 && quantity.qualifier === 'exact';

/** "At least nought" says nothing, so it becomes "not known". */
const isUninformative = (quantity: Quantity): boolean =>
  quantity.kind === 'not known' ||
  (quantity.kind === 'number' && quantity.qualifier === 'at least' && quantity.value < 1);

/** The quantity that a text states: what says nothing is "not known", and "about nought" is "few if any". */
export function statedQuantity(quantity: Quantity): Quantity {
  if (isUninformative(quantity)) return { kind: 'not known' };
  const isAboutNought = quantity.kind === 'number' && quantity.value === 0 && quantity.qualifier === 'about';
  return isAboutNought ? { kind: 'words', words: quantityAlone(quantity) } : quantity;
}

/** "four", "at least eight", "about 40", "several"; undefined where English needs another turn of phrase. */
function quantityWords(quantity: Quantity): string | undefined {
  if (isUninformative(quantity) || quantity.kind === 'not known') return undefined;
  if (quantity.kind === 'words') return quantity.words;
  if (quantity.value === 0) return quantity.qualifier === 'about' ? 'few if any' : undefined;
  const word = countWord(quantity.value);
  return quantity.qualifier === 'exact' ? word : `${quantity.qualifier} ${word}`;
}

/** Before a word that the writer typed: "four", "no", "an unknown number of". */
export const quantityBeforeWord = (quantity: Quantity): string =>
  quantityWords(quantity) ?? (isNought(quantity) ? 'no' : 'an unknown number of');

/** With nothing to agree with, as after a colon: "four", "none", "not known". */
export const quantityAlone = (quantity: Quantity): string =>
  quantityWords(quantity) ?? (isNought(quantity) ? 'none' : 'not known');

/** As one part of a list: "four in Watford", "an unknown number in Watford". */
export const quantityAsPart = (quantity: Quantity): string =>
  quantityWords(quantity) ?? (isNought(quantity) ? 'none' : 'an unknown number');

/** A count with the words that follow it, apart: the count comes from the figure, the words from a writer. */
export type CountedWords = { readonly count: string; readonly words: string };

/** "four people were", "one person was", "nobody was", "it is not known how many people were". */
export function countWithWords(quantity: Quantity, forms: Forms, subject: boolean): CountedWords {
  if (isNought(quantity))
    return forms.none === undefined ? { count: 'no', words: forms.many } : splitNought(forms.none);
  const count = quantityWords(quantity);
  if (count === undefined)
    return { count: subject ? 'it is not known how many' : 'an unknown number of', words: forms.many };
  return { count, words: quantity.kind === 'number' && quantity.value === 1 ? forms.one : forms.many };
}

const splitNought = (none: string): CountedWords => {
  const count = /^(?:no one|nobody|nothing|none|no)\b/i.exec(none)?.[0] ?? '';
  return { count, words: none.slice(count.length).trim() };
};

/** The same as one text. */
export function formatCount(quantity: Quantity, forms: Forms, subject: boolean): string {
  const { count, words } = countWithWords(quantity, forms, subject);
  return `${count} ${words}`.trim();
}

const verbs = /(?:^|\s)(?:was|were|is|are|has|have|had|did|does|do)$/;

/** Whether the words carry their own verb: then the count is what the sentence is about. */
export const carriesVerb = (forms: Forms): boolean => verbs.test(forms.one) || verbs.test(forms.many);

/** A dash or a dot that a writer typed in front of a point of a list: at the start, or after a sentence. */
const typedBullet = /(?:^|(?<=[.!?…]["”’')\]]*\s+))[-–—•·*]\s*$/;

/** Whether what follows these words begins a sentence: behind quotation marks, brackets, typed bullets and line breaks too. */
export function beginsSentence(before: string): boolean {
  if (/(?: {2}|\\)\n[ \t]*$/.test(before)) return true;
  const lead = before
    .replace(/["“‘(['\s]+$/, '')
    .replace(typedBullet, '')
    .trimEnd();
  if (lead === '' || /[.!?…]["”’')\]]*$/.test(lead)) return true;
  return lead.endsWith(':') && /["“‘]\s*$/.test(before);
}

const kinds: Readonly<Record<string, string>> = {
  criminal: 'on suspicion of a crime',
  'administrative immigration': 'under immigration powers',
};
const statuses: Readonly<Record<string, string>> = {
  'no further action': 'with no further action',
  'immigration detention': 'moved to immigration detention',
};
const kindOf = (of: Cell['of']): string => kinds[of.kind ?? ''] ?? of.kind ?? 'for a reason not known';
const matterOf = (of: Cell['of']): string => (of.matter === 'immigration' ? 'immigration matters' : `${of.matter}`);

/** What follows the count where it reads as a phrase. The other breakdowns are names with their count behind. */
const phrases: Partial<Record<Breakdown, (of: Cell['of']) => string>> = {
  byTown: (of) => `in ${of.town}`,
  byMatter: (of) => `over ${matterOf(of)}`,
  byKind: kindOf,
  byStatus: (of) => statuses[of.status ?? ''] ?? `${of.status}`,
  bySex: (of) => (of.sex === 'not known' ? 'whose sex is not known' : `${of.sex}`),
  byTownKind: (of) => `in ${of.town} ${kindOf(of)}`,
};

/** A part of a breakdown as a text names it: "in Watford", "under immigration powers". */
export const partName = (breakdown: Breakdown, of: Cell['of']): string =>
  phrases[breakdown]?.(of) ?? Object.values(of).join(', ');

const weight = (quantity: Quantity): number =>
  quantity.kind === 'number' ? quantity.value : quantity.kind === 'words' ? 0.5 : -1;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every part with its count, the largest first. Parts of nought are left out: what is there adds up without them. */
export function formatParts(figure: Figure, breakdown: Breakdown, cells: readonly Cell[]): string {
  const name = (cell: Cell): string => partName(breakdown, cell.of);
  const present = cells
    .filter((cell) => !isNought(cell.quantity))
    .sort((a, b) => weight(b.quantity) - weight(a.quantity) || compare(name(a), name(b)));
  const [first] = present;
  if (first === undefined) return 'none';
  if (breakdown === 'bySexAgeResidence') return listOf(formatPeople(present));
  const isWhole = present.length === 1 && sameQuantity(first.quantity, figure.total);
  if (isWhole) return phrases[breakdown] ? formatWhole(first.quantity, name(first)) : name(first);
  return listOf(
    present.map((cell) =>
      phrases[breakdown]
        ? `${quantityAsPart(cell.quantity)} ${name(cell)}`
        : `${name(cell)} (${quantityAsPart(cell.quantity)})`,
    ),
  );
}

/** The parts by name alone, the word before them said once: "in Hemel Hempstead and Watford". */
export function formatPartNames(breakdown: Breakdown, cells: readonly Cell[]): string {
  const present = cells.filter((cell) => !isNought(cell.quantity));
  const names = [...new Set(present.map((cell) => partName(breakdown, cell.of)))].sort(compare);
  const shared = { byTown: 'in ', byMatter: 'over ' }[breakdown as string] ?? '';
  return names.length === 0 ? 'none' : shared + listOf(names.map((name) => name.slice(shared.length)));
}

/** One part that is the whole: "all eight in Watford", "both in Watford"; of one, "in Watford". */
function formatWhole(quantity: Quantity, name: string): string {
  if (quantity.kind !== 'number' || quantity.qualifier !== 'exact') return `all ${name}`;
  if (quantity.value === 1) return name;
  return quantity.value === 2 ? `both ${name}` : `all ${countWord(quantity.value)} ${name}`;
}

type Group = { readonly noun: Noun; readonly home: string; readonly aged: { age: string; count: number }[] };

/** "three women from Watford (aged 30, 32 and 37)": people of one sex and home together, as long as all are counted. */
function formatPeople(cells: readonly Cell[]): string[] {
  const groups = new Map<string, Group>();
  const rough: string[] = [];
  for (const { of, quantity } of cells) {
    const noun = nounFor(of.sex, of.age);
    const home =
      of.residence === undefined || of.residence === 'not known' ? 'of no known home' : `from ${of.residence}`;
    const age =
      of.age === undefined || of.age === 'not known' || of.age === 'child' || of.age === 'adult' ? '' : of.age;
    if (quantity.kind === 'number' && quantity.qualifier === 'exact') {
      const key = `${noun[1]} ${home}`;
      const group = groups.get(key) ?? { noun, home, aged: [] };
      group.aged.push({ age, count: quantity.value });
      groups.set(key, group);
    } else
      rough.push(`${formatCount(quantity, { one: noun[0], many: noun[1] }, false)} ${home}${age && ` (aged ${age})`}`);
  }
  const total = (group: Group): number => group.aged.reduce((sum, { count }) => sum + count, 0);
  const grouped = [...groups.entries()]
    .sort(([a, one], [b, two]) => total(two) - total(one) || compare(a, b))
    .map(
      ([, group]) =>
        `${countWord(total(group))} ${plural(total(group), ...group.noun)} ${group.home}${formatAges(group)}`,
    );
  return [...grouped, ...rough];
}

function formatAges({ aged }: Group): string {
  const known = aged.filter(({ age }) => age !== '').sort((a, b) => compareAges(a.age, b.age));
  if (known.length === 0) return '';
  const unknown = aged.filter(({ age }) => age === '').reduce((sum, { count }) => sum + count, 0);
  const last = unknown > 0 ? [`${countWord(unknown)} of an age not known`] : [];
  if (unknown === 0 && known.every(({ count }) => count === 1)) return ` (aged ${listOf(known.map(({ age }) => age))})`;
  return ` (${listOf([...known.map(({ age, count }) => `${countWord(count)} aged ${age}`), ...last])})`;
}

const compareAges = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10) || compare(a, b);

type Noun = readonly [one: string, many: string];

/** "Woman or girl" if the age is not known, and "person" if the sex is not known. */
function nounFor(sex: string | undefined, age: string | undefined): Noun {
  if (sex !== 'female' && sex !== 'male') return ['person', 'people'];
  const years = Number.parseInt(age ?? '', 10);
  const nouns: readonly [Noun, Noun] =
    sex === 'female'
      ? [
          ['girl', 'girls'],
          ['woman', 'women'],
        ]
      : [
          ['boy', 'boys'],
          ['man', 'men'],
        ];
  if (age === 'child' || years < 18) return nouns[0];
  if (age === 'adult' || years >= 18) return nouns[1];
  return [`${nouns[1][0]} or ${nouns[0][0]}`, `${nouns[1][1]} or ${nouns[0][1]}`];
}
