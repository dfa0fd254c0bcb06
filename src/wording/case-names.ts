/** Finds in a text the names, businesses and streets of a case: as they are recorded, and as somebody may spell them. Pure. It compares; it never says what is recorded. */
import { inLatin, partsOf, soundOf, spellingOf } from '../vocabulary/latin-spelling.ts';
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

/** Letters of other alphabets by their look, where sound and look part. */
const looks: Readonly<Record<string, string>> = {
  ...{ в: 'b', н: 'h', р: 'p', с: 'c', у: 'y', х: 'x', ѕ: 's', ԁ: 'd', ԛ: 'q', ԝ: 'w', ё: 'e', ι: 'i', ν: 'v', ρ: 'p' },
  ...{ υ: 'u', χ: 'x', η: 'n', ω: 'w', γ: 'y', ո: 'n', ս: 'u', օ: 'o', հ: 'h', գ: 'q' },
};
const byLook = (word: string): string => word.toLowerCase().replace(/\P{ASCII}/gu, (sign) => looks[sign] ?? sign);

/** Letters and digits alone, whatever was put between them. */
const plain = (word: string): string =>
  inLatin(word.normalize('NFKC').replace(/\p{Cf}/gu, '')).replace(/[^\p{L}\p{N}]/gu, '');

const formsOf = (typed: string): string[] => {
  const word = typed.normalize('NFKC');
  const bases = [word, word.replace(/['’ʼ`´]s?$/i, '')];
  return [...new Set(bases.flatMap((base) => [plain(base), plain(byLook(base))]))].filter((form) => form !== '');
};

const anyWord = /[\p{L}\p{M}\p{N}\p{Cf}]+(?:['’ʼ`´][\p{L}\p{M}\p{N}\p{Cf}]*)*/gu;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(anyWord)].map(({ 0: typed, index }) => ({
    start: index,
    end: index + typed.length,
    forms: formsOf(typed),
    capital: /^\P{L}*[\p{Lu}\p{Lt}\p{Lo}]/u.test(typed.normalize('NFKC')),
    beginsSentence: /(?:^|[.!?:]["”’)]*\s)\s*["“‘(]*$/.test(text.slice(Math.max(0, index - 8), index)),
  }));
}

/** Steps from one word to the other: a letter put in, left out, changed, or two swapped; no further than `most`. */
export function stepsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const swap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? (before[j - 2] ?? most) + 1 : most + 1;
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swap));
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}

/** How far a spelling may lie off: nothing in a short word, in which one letter makes another name. */
const stepsFor = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

const isNear = (part: string, form: string): boolean => {
  if (part === form) return true;
  const steps = stepsFor(part.length);
  if (steps === 0 || form.length < 3) return false;
  if (stepsBetween(part, form, steps) <= steps || spellingOf(part) === spellingOf(form)) return true;
  // Arabic leaves its short vowels unwritten.
  return /^[b-df-hj-np-tv-z]+$/.test(part) && soundOf(part).length > 2 && soundOf(part) === soundOf(form);
};

/** Whether the word is written as a name is. "Will you" and "a rose" are not; "Rose said" may be. */
const isNameLike = ({ capital, beginsSentence }: Word, part: string): boolean =>
  capital ? !(beginsSentence && isLinkingWord(part)) : !isOrdinaryWord(part);

/** What is recorded, made ready once for all the fields of a release. */
export function readyNames(names: readonly CaseName[]): CaseNames {
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

type Made = { singles: Single[]; sequences: Sequence[]; people: Person[] };

const split = (name: string): string[] =>
  name
    .split(/[^\p{L}\p{M}\p{N}\p{Cf}'’ʼ`´]+/u)
    .map(plain)
    .filter((word) => word !== '');

/** What parts one name of a person from another of the same. */
const aliases = /[,;/()[\]"“”|]|\b(?:a\.?k\.?a\.?|alias|(?:also |better )?known as|called|n[ée]e|formerly|or)(?=\s)/iu;

function addPerson({ singles, sequences, people }: Made, record: string, name: string): void {
  const all: string[] = [];
  for (const one of name.split(aliases)) {
    const parts = partsOf(one).filter((part) => !titles.has(part));
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

function addBusiness({ singles, sequences }: Made, record: string, name: string, towns: ReadonlySet<string>): void {
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
  const capitalOnly = rare.length > 1;
  singles.push(...alone.map((word) => ({ record, word, capitalOnly })));
}

function addAddress({ singles, sequences }: Made, record: string, address: string, towns: ReadonlySet<string>): void {
  for (const piece of address.split(/[,;\n]/)) {
    const words = withoutUnit(split(piece)).map(streetWord);
    if (words.length === 0 || words.every((word) => towns.has(word))) continue;
    if (words.length > 1) sequences.push({ record, words });
    else if ((words[0]?.length ?? 0) > 3) singles.push({ record, word: words[0] ?? '' });
    const bare = words.slice(0, -1);
    if (bare.length > 1) sequences.push({ record, words: bare });
  }
}

/** Where a text says what is recorded, or comes close; each place once, with all the records that it may mean. */
export function namesSaidIn(text: string, names: CaseNames): NameFound[] {
  const words = wordsOf(text);
  const found: NameFound[] = [
    ...singlesIn(words, names.singles),
    ...names.sequences.flatMap((sequence) => sequencesIn(words, sequence)),
    ...names.people.flatMap((person) => peopleIn(words, person, text)),
    ...postcodesIn(text, names.postcodes),
  ];
  return merged(found);
}

function singlesIn(words: readonly Word[], singles: readonly Single[]): NameFound[] {
  const byWord = Map.groupBy(singles, ({ word }) => word);
  const long = [...byWord.keys()].filter((word) => word.length > 5 || !/[aeiou]/.test(word));
  const near = new Map<string, readonly string[]>();
  /** The recorded words that this one may be a spelling of. Only a word with a capital is taken for one. */
  const nearOf = (form: string): readonly string[] => {
    const known = near.get(form) ?? long.filter((word) => isNear(word, form));
    near.set(form, known);
    return known;
  };
  return words.flatMap((word) => {
    const exact = word.forms.filter((form) => byWord.has(form) && isNameLike(word, form));
    const close = word.capital
      ? word.forms.filter((form) => form.length > 4 && !isOrdinaryWord(form)).flatMap(nearOf)
      : [];
    const meant = [...exact, ...close].flatMap((one) => byWord.get(one) ?? []);
    const records = meant.filter(({ capitalOnly }) => word.capital || !capitalOnly).map(({ record }) => record);
    return records.length > 0 ? [{ start: word.start, end: word.end, records }] : [];
  });
}

const says = (word: Word | undefined, part: string): boolean =>
  word?.forms.some((form) => isNear(part, form) || streetWord(form) === part) ?? false;

function sequencesIn(words: readonly Word[], { record, words: name, capitalOnly }: Sequence): NameFound[] {
  return words.flatMap((first, at) => {
    const those = words.slice(at, at + name.length);
    if (!name.every((part, index) => says(those[index], part))) return [];
    if (
      capitalOnly
        ? !those.every(({ capital }) => capital)
        : !those.some((word, index) => isNameLike(word, name[index] ?? ''))
    )
      return [];
    return [{ start: first.start, end: those.at(-1)?.end ?? first.end, records: [record] }];
  });
}

/** Two parts of one person's name side by side, in either order, with at most one short word or initial between; and dotted initials. */
function peopleIn(words: readonly Word[], { record, parts }: Person, text: string): NameFound[] {
  const found: NameFound[] = [];
  const partsAt = words.map((word) => parts.filter((part) => word.forms.some((form) => isNear(part, form))));
  for (const [at, word] of words.entries()) {
    const mine = partsAt[at] ?? [];
    if (mine.length === 0) continue;
    for (const step of [1, 2]) {
      const other = words[at + step];
      const theirs = partsAt[at + step] ?? [];
      if (!other || (step === 2 && (words[at + 1]?.forms[0]?.length ?? 9) > 3)) continue;
      if (!mine.some((part) => theirs.some((one) => one !== part))) continue;
      const bothOrdinary = [...mine, ...theirs].every(isOrdinaryWord);
      if (
        bothOrdinary
          ? word.capital && other.capital
          : word.capital || other.capital || !/[.!?]/.test(text.slice(word.end, other.start))
      )
        found.push({ start: word.start, end: other.end, records: [record] });
    }
  }
  const initials = new Set(parts.map(([letter]) => letter));
  for (const { 0: typed, index, 1: one = '', 2: two = '' } of text.matchAll(/(?<!\p{L})(\p{Lu})\. ?(\p{Lu})\./gu)) {
    const [a = '', b = ''] = [plain(one)[0], plain(two)[0]];
    if (a !== b ? initials.has(a) && initials.has(b) : parts.filter((part) => part.startsWith(a)).length > 1)
      found.push({ start: index, end: index + typed.length, records: [record] });
  }
  return found;
}

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
