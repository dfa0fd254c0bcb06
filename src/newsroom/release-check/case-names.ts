/** Finds names, businesses, streets, numbers and rare phrases of a case in a text, including misspellings. It holds tokens of what is recorded, and never the words. */
import { splitName } from '../../vocabulary/languages/latin-spelling.ts';
import { formsOf, plain } from './folded-text.ts';
import { type Keying, makeKeying } from './keyed/keying.ts';
import { codeOf, detailsOf, phoneLength, phonesIn, phraseLength, postcodeOf } from './keyed/record-notes.ts';
import { indexWords, type WordIndex } from './keyed/word-keys.ts';
import { namesRunTogether } from './names-run-together.ts';
import { oddReadings } from './odd-spellings.ts';
import { isLinkingWord, isOrdinaryWord, isTradeWord, streetWord, titles, withoutUnit } from './ordinary-words.ts';
import { initialsIn, pluralsIn, shortNamesIn } from './short-names.ts';

export type CaseName = {
  /** The record that holds it. */
  readonly record: string;
  readonly kind: 'person' | 'business' | 'address' | 'postcode' | 'town' | 'note' | 'reference';
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

/** A recorded word by its number, with what must be known of it to read a text. */
export type Part = { readonly word: number; readonly isOrdinary: boolean; readonly isLinking: boolean };
/** Words one after another that together are a name. */
type Sequence = { readonly record: string; readonly parts: readonly Part[]; readonly capitalOnly: boolean };
/** `isLong` enough that another word may be a spelling of it. */
type Single = { readonly record: string; readonly capitalOnly: boolean; readonly isLong: boolean };
type Person = { readonly record: string; readonly parts: readonly (Part & { readonly initial: string })[] };

export type CaseNames = {
  readonly keying: Keying;
  readonly index: WordIndex;
  readonly singles: ReadonlyMap<number, readonly Single[]>;
  readonly sequences: readonly Sequence[];
  readonly people: readonly Person[];
  /** By token: postcodes, numbers to call, plates, references and phrases. */
  readonly exact: ReadonlyMap<string, readonly string[]>;
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

/** The recorded words that a typed one may mean. A spelling that is only near needs a capital. */
const meantBy = ({ forms, capital }: Pick<Word, 'forms' | 'capital'>, index: WordIndex): Set<number> =>
  new Set(forms.flatMap((form) => (capital ? [...index.find(form)] : (index.exactOf(form) ?? []))));

/** Whether the word is written as a name is. "Will you" and "a rose" are not; "Rose said" may be. */
const isNameLike = ({ capital, beginsSentence }: Word, part: Pick<Part, 'isOrdinary' | 'isLinking'>): boolean =>
  capital ? !(beginsSentence && part.isLinking) : !part.isOrdinary;

/** The words of recorded names, before they become tokens. Nothing outside `prepareNames` holds one. */
type Drafted = {
  singles: { record: string; word: string; capitalOnly?: boolean; isJoined?: boolean; isArabic?: boolean }[];
  sequences: { record: string; words: readonly string[]; capitalOnly?: boolean }[];
  people: { record: string; parts: readonly string[] }[];
  exact: { record: string; kind: ExactKind; said: string }[];
};
type ExactKind = 'postcode' | 'phone' | 'code' | 'phrase';

/** The recorded names as tokens, prepared once for all fields of a release. The key is new each time and is dropped with them. */
export function prepareNames(names: readonly CaseName[], keying: Keying = makeKeying()): CaseNames {
  const towns = new Set(names.filter(({ kind }) => kind === 'town').flatMap(({ name }) => split(name)));
  const drafted: Drafted = { singles: [], sequences: [], people: [], exact: [] };
  for (const { record, kind, name } of names) {
    if (kind === 'person') addPerson(drafted, record, name);
    else if (kind === 'business') addBusiness(drafted, record, name, towns);
    else if (kind === 'address') addAddress(drafted, record, name, towns);
    else if (kind === 'note') addNote(drafted, record, name, towns);
    else if (kind === 'reference') addExact(drafted, record, 'code', codeOf(name));
    else if (kind === 'postcode' && plain(name).length > 3) addExact(drafted, record, 'postcode', postcodeOf(name));
  }
  return toTokens(drafted, keying);
}

const addExact = ({ exact }: Drafted, record: string, kind: ExactKind, said: string | undefined): void => {
  if (said !== undefined) exact.push({ record, kind, said });
};

function toTokens({ singles, sequences, people, exact }: Drafted, keying: Keying): CaseNames {
  const numbers = new Map<string, number>();
  const words: { letters: string; isJoined: boolean }[] = [];
  const numberOf = (letters: string, isJoined = false): number => {
    const number = numbers.get(letters) ?? words.length;
    const word = words[number] ?? { letters, isJoined };
    words[number] = { letters, isJoined: word.isJoined && isJoined };
    numbers.set(letters, number);
    return number;
  };
  const partOf = (word: string): Part => ({
    word: numberOf(word),
    isOrdinary: isOrdinaryWord(word),
    isLinking: isLinkingWord(word),
  });
  const bySingle = Map.groupBy(
    singles.map(({ record, word, capitalOnly = false, isJoined, isArabic = false }) => ({
      number: numberOf(word, isJoined),
      record,
      capitalOnly,
      isLong: word.length > 5 || isArabic || !/[aeiou]/.test(word),
    })),
    ({ number }) => number,
  );
  const made = {
    sequences: sequences.map(({ record, words, capitalOnly = false }) => ({
      record,
      parts: words.map(partOf),
      capitalOnly,
    })),
    people: people.map(({ record, parts }) => ({
      record,
      parts: parts.map((part) => ({ ...partOf(part), initial: keying('initial', part.charAt(0)) })),
    })),
  };
  const byToken = Map.groupBy(exact, ({ kind, said }) => keying(kind, said));
  return {
    keying,
    index: indexWords(words, keying),
    singles: bySingle,
    ...made,
    exact: new Map([...byToken].map(([token, all]) => [token, [...new Set(all.map(({ record }) => record))]])),
  };
}

const split = (name: string): string[] =>
  name
    .split(/[^\p{L}\p{M}\p{N}\p{Cf}'’ʼ`´]+/u)
    .map(plain)
    .filter((word) => word !== '');

/** What parts one name of a person from another of the same. */
const aliases = /[,;/()[\]"“”|]|\b(?:a\.?k\.?a\.?|alias|(?:also |better )?known as|called|n[ée]e|formerly|or)(?=\s)/iu;

function addPerson({ singles, sequences, people }: Drafted, record: string, name: string): void {
  const all: string[] = [];
  for (const one of name.split(aliases)) {
    const parts = splitName(one).filter((part) => !titles.has(part));
    all.push(...parts);
    const raw = split(one).filter((word) => !titles.has(word));
    // "Al-Masri" is written "Almasri" too, and "Jean Claude" "Jeanclaude".
    for (let at = 1; at < raw.length; at += 1)
      singles.push({ record, word: `${raw[at - 1]}${raw[at]}`, isJoined: true });
    // Arabic leaves most vowels out, and so a short word stands for a longer one.
    const isArabic = /\p{Script=Arabic}/u.test(one);
    for (const word of parts.filter((part) => part.length > 2)) singles.push({ record, word, isArabic });
    if (parts.length === 1 && parts[0]?.length === 2) sequences.push({ record, words: parts, capitalOnly: true });
  }
  const parts = [...new Set(all)];
  if (parts.length > 1) people.push({ record, parts });
}

function addBusiness({ singles, sequences }: Drafted, record: string, name: string, towns: ReadonlySet<string>): void {
  const words = split(name);
  const telling = words.filter((word) => word.length > 2 && !isTradeWord(word) && !towns.has(word));
  // Where nothing but trade and town is in the name, it is a name only as a whole.
  if (telling.length === 0) {
    if (words.length > 1) sequences.push({ record, words, capitalOnly: true });
    return;
  }
  if (words.length > 1) {
    singles.push({ record, word: words.join(''), isJoined: true });
    for (let at = 1; at < words.length; at += 1) {
      const pair = [words[at - 1] ?? '', words[at] ?? ''];
      if (!pair.some((word) => telling.includes(word))) continue;
      sequences.push({ record, words: pair });
      singles.push({ record, word: pair.join(''), isJoined: true });
    }
  }
  const rare = telling.filter((word) => !isOrdinaryWord(word));
  const alone = rare.length > 0 ? rare : telling.length === 1 ? telling : [];
  // One word of several is the business only where it is written as a name.
  singles.push(...alone.map((word) => ({ record, word, capitalOnly: rare.length > 1 || word.length < 5 })));
}

function addAddress(
  { singles, sequences }: Drafted,
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

/** Free words: what they call somebody counts as a name; whom they only mention is looked for as a whole. */
function addNote(drafted: Drafted, record: string, note: string, towns: ReadonlySet<string>): void {
  const { phones, codes, aliases: others, mentioned, streets, phrases } = detailsOf(note);
  for (const name of others) {
    const words = split(name);
    if (words.every((word) => towns.has(word))) continue;
    if (words.some((word) => isTradeWord(word) || towns.has(word))) addBusiness(drafted, record, name, towns);
    else if (words.every(isOrdinaryWord)) drafted.sequences.push({ record, words, capitalOnly: true });
    else addPerson(drafted, record, name);
  }
  for (const name of mentioned) {
    const words = split(name).filter((word) => !titles.has(word));
    if (words.length > 1 && !words.every((word) => towns.has(word)))
      drafted.sequences.push({ record, words, capitalOnly: true });
  }
  for (const street of streets) addAddress(drafted, record, street, towns);
  for (const digits of phones) addExact(drafted, record, 'phone', digits.slice(-phoneLength));
  for (const code of codes) addExact(drafted, record, 'code', code);
  for (const run of phrases) addExact(drafted, record, 'phrase', run.join(' '));
}

/** Places where a text has a recorded name or one close to it, however it is spelt; each once, with all records that it may mean. */
export function findCaseNames(text: string, names: CaseNames): NameFound[] {
  const odd = oddReadings(text).flatMap((reading) =>
    namesIn(reading.text, names).map(({ start, end, records }) => ({ ...reading.typedAt(start, end), records })),
  );
  return merged([...namesIn(text, names), ...odd, ...namesRunTogether(text, names)]);
}

function namesIn(text: string, names: CaseNames): NameFound[] {
  const words = wordsOf(text);
  return [
    ...singlesIn(words, names),
    ...sequencesIn(words, names),
    ...peopleIn(words, names, text),
    ...exactIn(words, names, text),
  ];
}

function singlesIn(words: readonly Word[], { index, singles }: CaseNames): NameFound[] {
  return words.flatMap((word, at) => {
    const parted = findSplitName(words, at, { index, singles });
    if (parted) return [parted];
    const exact = word.forms.flatMap((form) => {
      const isName = isNameLike(word, { isOrdinary: isOrdinaryWord(form), isLinking: isLinkingWord(form) });
      return isName ? (index.exactOf(form) ?? []) : [];
    });
    // Only a word with a capital is taken for the spelling of another.
    const isFree = (form: string): boolean => form.length > 4 && !isOrdinaryWord(form);
    const close = word.capital ? word.forms.filter(isFree).flatMap((form) => [...index.find(form)]) : [];
    const meant = [
      ...exact.flatMap((one) => singles.get(one) ?? []),
      ...close.flatMap((one) => singles.get(one) ?? []).filter(({ isLong }) => isLong),
    ];
    const records = meant.filter(({ capitalOnly }) => word.capital || !capitalOnly).map(({ record }) => record);
    return records.length > 0 ? [{ start: word.start, end: word.end, records }] : [];
  });
}

/** "Mac Donald" for Macdonald, "van den Berg" for Vandenberg: one recorded word, written as two or three. */
function findSplitName(
  words: readonly Word[],
  at: number,
  { index, singles }: Pick<CaseNames, 'index' | 'singles'>,
): NameFound | undefined {
  let forms: readonly string[] = [''];
  for (const [step, word] of words.slice(at, at + 3).entries()) {
    forms = forms.flatMap((form) => word.forms.map((more) => form + more));
    const meant = step === 0 ? [] : forms.filter((form) => form.length > 4).flatMap((form) => singlesOf(form));
    if (meant.length > 0 && words.slice(at, at + step + 1).some(({ capital }) => capital))
      return { start: words[at]?.start ?? 0, end: word.end, records: meant.map(({ record }) => record) };
  }
  return undefined;

  function singlesOf(form: string): readonly Single[] {
    const word = index.exactOf(form);
    return word === undefined ? [] : (singles.get(word) ?? []);
  }
}

function sequencesIn(words: readonly Word[], { index, sequences }: CaseNames): NameFound[] {
  const saysAt = words.map(({ forms, capital }) =>
    meantBy({ forms: [...forms, ...forms.map(streetWord)], capital }, index),
  );
  const placesOf = new Map<number, number[]>();
  for (const [at, says] of saysAt.entries())
    for (const word of says) placesOf.set(word, [...(placesOf.get(word) ?? []), at]);
  return sequences.flatMap(({ record, parts, capitalOnly }) =>
    (placesOf.get(parts[0]?.word ?? -1) ?? []).flatMap((at) => {
      if (!parts.every(({ word }, step) => saysAt[at + step]?.has(word))) return [];
      const those = words.slice(at, at + parts.length);
      const isName = capitalOnly
        ? those.every(({ capital }) => capital)
        : those.some((word, step) => isNameLike(word, parts[step] ?? { isOrdinary: true, isLinking: true }));
      return isName ? [{ start: those[0]?.start ?? 0, end: those.at(-1)?.end ?? 0, records: [record] }] : [];
    }),
  );
}

/** Two parts of one person's name side by side, in either order, with at most one short word between; and dotted initials. */
function peopleIn(words: readonly Word[], names: CaseNames, text: string): NameFound[] {
  const { index, people } = names;
  const ordinary = new Map(
    people.flatMap(({ parts }) => parts.map(({ word, isOrdinary }) => [word, isOrdinary] as const)),
  );
  const partsAt = words.map((word) => new Set([...meantBy(word, index)].filter((meant) => ordinary.has(meant))));
  const pairs = words.flatMap((word, at) =>
    [1, 2].flatMap((step): NameFound[] => {
      const [mine, other, theirs] = [partsAt[at], words[at + step], partsAt[at + step]];
      if (!mine?.size || !theirs?.size || !other) return [];
      if (step === 2 && (words[at + 1]?.forms[0]?.length ?? 9) > 3) return [];
      const isOrdinary = [...mine, ...theirs].every((part) => ordinary.get(part));
      const isParted = /[.!?]\s/.test(text.slice(word.end, other.start));
      if (isOrdinary ? !(word.capital && other.capital) : isParted && !word.capital && !other.capital) return [];
      const records = people.filter(({ parts }) =>
        parts.some((one) => mine.has(one.word) && parts.some((two) => two.word !== one.word && theirs.has(two.word))),
      );
      return records.length > 0
        ? [{ start: word.start, end: other.end, records: records.map(({ record }) => record) }]
        : [];
    }),
  );
  return [...pairs, ...initialsIn(text, names), ...shortNamesIn(words, names, text), ...pluralsIn(words, names)];
}

/** So many words may a plate or a reference be written as. */
const codeWords = 4;

/** What is compared as it is, whatever stands between its letters: postcodes, numbers to call, plates, references and phrases. */
function exactIn(words: readonly Word[], { exact, keying }: CaseNames, text: string): NameFound[] {
  const found: NameFound[] = [];
  const look = (kind: ExactKind, said: string | undefined, start: number, end: number): void => {
    const records = said === undefined ? undefined : exact.get(keying(kind, said));
    if (records) found.push({ start, end, records });
  };
  if (exact.size === 0) return found;
  for (const { start, end, digits } of phonesIn(
    text.normalize('NFKC').length === text.length ? text.normalize('NFKC') : text,
  ))
    look('phone', digits.slice(-phoneLength), start, end);
  for (const [at, { start }] of words.entries()) {
    let [joined, seen] = ['', ''];
    for (const word of words.slice(at, at + codeWords)) {
      joined += word.forms[0] ?? '';
      seen += word.forms.at(-1) ?? '';
      look('code', codeOf(joined), start, word.end);
      look('postcode', postcodeOf(seen), start, word.end);
    }
    const run = words.slice(at, at + phraseLength);
    if (run.length === phraseLength)
      look('phrase', run.map(({ forms }) => forms[0] ?? '').join(' '), start, run.at(-1)?.end ?? start);
  }
  return found;
}

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
