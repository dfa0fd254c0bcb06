/** Finds names, businesses and streets of a case in a text, including misspellings. Pure. It compares only, and never reveals what is recorded. */
import { splitName } from '../../vocabulary/languages/latin-spelling.ts';
import { formsOf, plain } from './folded-text.ts';
import { nearIndex } from './near-spellings.ts';
import { isLinkingWord, isOrdinaryWord, isTradeWord, streetWord, titles, withoutUnit } from './ordinary-words.ts';

export type CaseName = {
  /** The record that holds it. */
  readonly record: string;
  readonly kind: 'person' | 'business' | 'address' | 'postcode' | 'town';
  readonly name: string;
};

export type NameFound = { readonly start: number; readonly end: number; readonly records: readonly string[] };

type Word = {
  readonly start: number;
  readonly end: number;
  /** In plain Latin letters: by sound, by look, and without a possessive ending. */
  readonly forms: readonly string[];
  readonly capital: boolean;
  readonly beginsSentence: boolean;
};

/** Words one after another that together are a name. */
type Sequence = { readonly record: string; readonly words: readonly string[]; readonly capitalOnly?: boolean };
type Single = { readonly record: string; readonly word: string; readonly capitalOnly?: boolean };
type Person = { readonly record: string; readonly parts: readonly string[] };

export type CaseNames = {
  readonly singles: readonly Single[];
  readonly sequences: readonly Sequence[];
  readonly people: readonly Person[];
  readonly postcodes: readonly Single[];
};

const anyWord = /[\p{L}\p{M}\p{N}\p{Cf}]+(?:['’ʼ`´][\p{L}\p{M}\p{N}\p{Cf}]*)*/gu;

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(anyWord)].map(({ 0: typed, index }) => ({
    start: index,
    end: index + typed.length,
    forms: formsOf(typed),
    capital: /^\P{L}*[\p{Lu}\p{Lt}\p{Lo}]/u.test(typed.normalize('NFKC')),
    beginsSentence: /(?:^|[.!?:]["”’)]*\s)\s*["“‘(]*$/.test(text.slice(Math.max(0, index - 8), index)),
  }));

/** Whether the word is written as a name is. "Will you" and "a rose" are not; "Rose said" may be. */
const isNameLike = ({ capital, beginsSentence }: Word, part: string): boolean =>
  capital ? !(beginsSentence && isLinkingWord(part)) : !isOrdinaryWord(part);

/** The recorded names, prepared once for all fields of a release. */
export function prepareNames(names: readonly CaseName[]): CaseNames {
  const towns = new Set(names.filter(({ kind }) => kind === 'town').flatMap(({ name }) => split(name)));
  const made = {
    singles: [] as Single[],
    sequences: [] as Sequence[],
    people: [] as Person[],
    postcodes: [] as Single[],
  };
  for (const { record, kind, name } of names) {
    if (kind === 'person') addPerson(made, record, name);
    else if (kind === 'business') addBusiness(made, record, name, towns);
    else if (kind === 'address') addAddress(made, record, name, towns);
    else if (kind === 'postcode' && plain(name).length > 3) made.postcodes.push({ record, word: plain(name) });
  }
  return made;
}

type MutableCaseNames = { singles: Single[]; sequences: Sequence[]; people: Person[] };

const split = (name: string): string[] =>
  name
    .split(/[^\p{L}\p{M}\p{N}\p{Cf}'’ʼ`´]+/u)
    .map(plain)
    .filter((word) => word !== '');

/** What parts one name of a person from another of the same. */
const aliases = /[,;/()[\]"“”|]|\b(?:a\.?k\.?a\.?|alias|(?:also |better )?known as|called|n[ée]e|formerly|or)(?=\s)/iu;

function addPerson({ singles, sequences, people }: MutableCaseNames, record: string, name: string): void {
  const all: string[] = [];
  for (const one of name.split(aliases)) {
    const parts = splitName(one).filter((part) => !titles.has(part));
    all.push(...parts);
    const raw = split(one).filter((word) => !titles.has(word));
    // "Al-Masri" is written "Almasri" too, and "Jean Claude" "Jeanclaude".
    for (let at = 1; at < raw.length; at += 1) singles.push({ record, word: `${raw[at - 1]}${raw[at]}` });
    for (const word of parts.filter((part) => part.length > 2)) singles.push({ record, word });
    if (parts.length === 1 && parts[0]?.length === 2) sequences.push({ record, words: parts, capitalOnly: true });
  }
  const parts = [...new Set(all)];
  if (parts.length > 1) people.push({ record, parts });
}

function addBusiness(
  { singles, sequences }: MutableCaseNames,
  record: string,
  name: string,
  towns: ReadonlySet<string>,
): void {
  const words = split(name);
  const telling = words.filter((word) => word.length > 2 && !isTradeWord(word) && !towns.has(word));
  // Where nothing but trade and town is in the name, it is a name only as a whole.
  if (telling.length === 0) {
    if (words.length > 1) sequences.push({ record, words, capitalOnly: true });
    return;
  }
  if (words.length > 1) {
    singles.push({ record, word: words.join('') });
    for (let at = 1; at < words.length; at += 1) {
      const pair = [words[at - 1] ?? '', words[at] ?? ''];
      if (!pair.some((word) => telling.includes(word))) continue;
      sequences.push({ record, words: pair });
      singles.push({ record, word: pair.join('') });
    }
  }
  const rare = telling.filter((word) => !isOrdinaryWord(word));
  const alone = rare.length > 0 ? rare : telling.length === 1 ? telling : [];
  // One word of several is the business only where it is written as a name.
  singles.push(...alone.map((word) => ({ record, word, capitalOnly: rare.length > 1 || word.length < 5 })));
}

function addAddress(
  { singles, sequences }: MutableCaseNames,
  record: string,
  address: string,
  towns: ReadonlySet<string>,
): void {
  for (const piece of address.split(/[,;\n]/)) {
    const words = withoutUnit(split(piece)).map(streetWord);
    if (words.length === 0 || words.every((word) => towns.has(word))) continue;
    if (words.length > 1) sequences.push({ record, words });
    else if ((words[0]?.length ?? 0) > 3) singles.push({ record, word: words[0] ?? '' });
    const bare = words.slice(0, -1);
    if (bare.length > 1) sequences.push({ record, words: bare });
  }
}

/** Places where a text has a recorded name or one close to it; each once, with all records that it may mean. */
export function findCaseNames(text: string, names: CaseNames): NameFound[] {
  const words = wordsOf(text);
  const found: NameFound[] = [
    ...singlesIn(words, names.singles),
    ...sequencesIn(words, names.sequences),
    ...peopleIn(words, names.people, text),
    ...postcodesIn(text, names.postcodes),
  ];
  return merged(found);
}

function singlesIn(words: readonly Word[], singles: readonly Single[]): NameFound[] {
  const byWord = Map.groupBy(singles, ({ word }) => word);
  // Only a word with a capital is taken for the spelling of another.
  const nearOf = nearIndex([...byWord.keys()].filter((word) => word.length > 5 || !/[aeiou]/.test(word)));
  return words.flatMap((word, at) => {
    const parted = findSplitName(words, at, byWord);
    if (parted) return [parted];
    const exact = word.forms.filter((form) => byWord.has(form) && isNameLike(word, form));
    const close = word.capital
      ? word.forms.filter((form) => form.length > 4 && !isOrdinaryWord(form)).flatMap((form) => [...nearOf(form)])
      : [];
    const meant = [...exact, ...close].flatMap((one) => byWord.get(one) ?? []);
    const records = meant.filter(({ capitalOnly }) => word.capital || !capitalOnly).map(({ record }) => record);
    return records.length > 0 ? [{ start: word.start, end: word.end, records }] : [];
  });
}

/** "Mac Donald" for Macdonald, "van den Berg" for Vandenberg: one recorded word, written as two or three. */
function findSplitName(
  words: readonly Word[],
  at: number,
  byWord: ReadonlyMap<string, readonly Single[]>,
): NameFound | undefined {
  let forms: readonly string[] = [''];
  for (const [index, word] of words.slice(at, at + 3).entries()) {
    forms = forms.flatMap((form) => word.forms.map((more) => form + more));
    const meant = index === 0 ? [] : forms.flatMap((form) => (form.length > 4 ? (byWord.get(form) ?? []) : []));
    if (meant.length > 0 && words.slice(at, at + index + 1).some(({ capital }) => capital))
      return { start: words[at]?.start ?? 0, end: word.end, records: meant.map(({ record }) => record) };
  }
  return undefined;
}

function sequencesIn(words: readonly Word[], sequences: readonly Sequence[]): NameFound[] {
  const nearOf = nearIndex(sequences.flatMap((sequence) => sequence.words));
  const saysAt = words.map(
    ({ forms }) => new Set(forms.flatMap((form) => [...nearOf(form), ...nearOf(streetWord(form))])),
  );
  return sequences.flatMap(({ record, words: name, capitalOnly }) =>
    words.flatMap((first, at) => {
      if (!name.every((part, index) => saysAt[at + index]?.has(part))) return [];
      const those = words.slice(at, at + name.length);
      const isName = capitalOnly
        ? those.every(({ capital }) => capital)
        : those.some((word, index) => isNameLike(word, name[index] ?? ''));
      return isName ? [{ start: first.start, end: those.at(-1)?.end ?? first.end, records: [record] }] : [];
    }),
  );
}

/** Two parts of one person's name side by side, in either order, with at most one short word between; and dotted initials. */
function peopleIn(words: readonly Word[], people: readonly Person[], text: string): NameFound[] {
  const nearOf = nearIndex(people.flatMap(({ parts }) => parts));
  const partsAt = words.map(({ forms }) => new Set(forms.flatMap((form) => [...nearOf(form)])));
  const pairs = words.flatMap((word, at) =>
    [1, 2].flatMap((step): NameFound[] => {
      const [mine, other, theirs] = [partsAt[at], words[at + step], partsAt[at + step]];
      if (!mine?.size || !theirs?.size || !other) return [];
      if (step === 2 && (words[at + 1]?.forms[0]?.length ?? 9) > 3) return [];
      const isOrdinary = [...mine, ...theirs].every(isOrdinaryWord);
      const isParted = /[.!?]\s/.test(text.slice(word.end, other.start));
      if (isOrdinary ? !(word.capital && other.capital) : isParted && !word.capital && !other.capital) return [];
      const records = people.filter(({ parts }) =>
        parts.some((one) => mine.has(one) && parts.some((two) => two !== one && theirs.has(two))),
      );
      return records.length > 0
        ? [{ start: word.start, end: other.end, records: records.map(({ record }) => record) }]
        : [];
    }),
  );
  return [...pairs, ...initialsIn(text, people)];
}

const initialsIn = (text: string, people: readonly Person[]): NameFound[] =>
  [...text.matchAll(/(?<!\p{L})(\p{Lu})\. ?(\p{Lu})\./gu)].flatMap(
    ({ 0: typed, index, 1: first = '', 2: last = '' }) => {
      const [a = '', b = ''] = [plain(first)[0], plain(last)[0]];
      const records = people.filter(({ parts }) =>
        parts.some((one) => one.startsWith(a) && parts.some((two) => two !== one && two.startsWith(b))),
      );
      return records.length > 0
        ? [{ start: index, end: index + typed.length, records: records.map(({ record }) => record) }]
        : [];
    },
  );

const postcodesIn = (text: string, postcodes: readonly Single[]): NameFound[] =>
  [...text.matchAll(/\b[A-Za-z]{1,2}\d[A-Za-z\d]?[\s-]*\d[A-Za-z]{2}\b/g)].flatMap(({ 0: typed, index }) => {
    const records = postcodes.filter(({ word }) => word === plain(typed)).map(({ record }) => record);
    return records.length > 0 ? [{ start: index, end: index + typed.length, records }] : [];
  });

function merged(found: readonly NameFound[]): NameFound[] {
  const places: NameFound[] = [];
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = places.at(-1);
    if (!last || one.start >= last.end) places.push(one);
    else {
      const records = [...new Set([...last.records, ...one.records])];
      places[places.length - 1] = { start: last.start, end: Math.max(last.end, one.end), records };
    }
  }
  return places.map((place) => ({ ...place, records: [...new Set(place.records)] }));
}
