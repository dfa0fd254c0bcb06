/** What the free words of records say that must not be printed: numbers to call, plates, references, names, streets and rare phrases. Pure. */
import { contactKey } from '../contact-key.ts';
import { plain } from '../folded-text.ts';
import { namesOfPeople } from '../identifying/names-of-people.ts';
import { isOrdinaryWord } from '../ordinary-words.ts';

export type NoteDetails = {
  /** Digits alone. */
  readonly phones: readonly string[];
  /** Plates and references: letters and digits alone. */
  readonly codes: readonly string[];
  /** Other names of somebody, each as good as a name. */
  readonly aliases: readonly string[];
  /** Names that a note mentions: looked for as a whole. */
  readonly mentioned: readonly string[];
  readonly streets: readonly string[];
  /** Runs of words that nobody writes by chance. */
  readonly phrases: readonly (readonly string[])[];
};

/** Digits of a number to call, without the country and the first nought. */
export const digitsOf = (typed: string): string =>
  contactKey(typed)
    .replace(/\D/g, '')
    .replace(/^(?:00)?(?:44)?0*/, '');
/** A number is known by its last digits: the start may be written in several ways. */
export const phoneLength = 9;
const phone = /(?<![\p{L}\d])\+?\(?\d[\d\s().-]{6,}\d(?!\d)/gu;
export const phonesIn = (text: string): { readonly start: number; readonly end: number; readonly digits: string }[] =>
  [...text.matchAll(phone)]
    .map(({ index, 0: typed }) => ({ start: index, end: index + typed.length, digits: digitsOf(typed) }))
    .filter(({ digits }) => digits.length >= 6 && digits.length <= 14);

/** One writing of a plate or a reference; undefined for what is none. O and nought, I and one are taken for one another. */
export function codeOf(typed: string): string | undefined {
  const code = plain(typed);
  if (code.length < 4 || code.length > 24 || !/\d/.test(code)) return undefined;
  return code.replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

/** One writing of a postcode, whatever stands between its letters; undefined for what is none. Letters that look like digits are taken for them. */
export function postcodeOf(typed: string): string | undefined {
  const code = codeOf(typed);
  if (code === undefined || code.length < 5 || code.length > 7) return undefined;
  return code.replaceAll('s', '5').replaceAll('b', '8').replaceAll('z', '2');
}

const plates: readonly RegExp[] = [
  /\b[A-Z]{2}[\dOI]{2}[\s-]?[A-Z]{3}\b/g,
  /\b[A-Z]\d{1,3}[\s-]?[A-Z]{3}\b/g,
  /\b(?!NHS|BBC|NRM|PNC|SIM)[A-Z]{3}[\s-]?\d{3,4}[\s-]?[A-Z]?\b/g,
  /\b[A-Z]{1,2}[\s-]\d{2,3}[\s-][A-Z]{2,3}\b/g,
  /(?<=\b(?:reg(?:istration)?|plates?|number plate|VRM|index)(?: (?:number|no\.?|mark|is|was))*[:\s]+)[A-Z\d]{1,4}[\s-]?[A-Z\d]{1,4}(?:[\s-]?[A-Z\d]{1,4})?\b/gi,
];

const alias =
  /\b(?:a\.?k\.?a\.?|A\.?K\.?A\.?|[Aa]lias|[Kk]nown (?:to (?:her|him|them|customers|neighbours) )?as|[Cc]alled|[Nn]icknamed?|goes by|[Ss]treet name|(?:calls|called) (?:her|him|them)sel(?:f|ves)|uses? the name|by the name of|[Nn]amed|calls? (?:the |a |their )?[a-z]+)[\s:]+(?:the |only )?["“'‘]?(\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*){0,2})/gu;
const quotedName = /["“‘](\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2})["”’]/gu;
const street =
  /\b(?:\p{Lu}[\p{L}'’-]+ ){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Court|Parade|Square|Terrace|Gardens|Crescent|Row|Mews|Grove|Yard|Walk|Way|Place|Hill|St|Rd|Ave)\b/gu;

/** So many words in a row, two of them rare, are nobody’s own words by chance. */
export const phraseLength = 5;
const isRare = (word: string): boolean => word.length > 3 && !isOrdinaryWord(word) && !/^\d/.test(word);

const words = /[\p{L}\p{M}\p{N}'’]+/gu;
export const plainWords = (text: string): string[] =>
  [...text.matchAll(words)].map(([word]) => plain(word)).filter((word) => word !== '');

export const isTellingPhrase = (run: readonly string[]): boolean => run.filter(isRare).length > 1;

const firstOf = (matches: Iterable<RegExpExecArray | RegExpMatchArray>): string[] =>
  [...matches].flatMap(([, name]) => (name ? [name] : []));

export function detailsOf(note: string): NoteDetails {
  const all = plainWords(note);
  const runs = all.flatMap((_, at) => {
    const run = all.slice(at, at + phraseLength);
    return run.length === phraseLength && isTellingPhrase(run) ? [run] : [];
  });
  const quoted = firstOf(note.matchAll(quotedName)).filter((name) => !plainWords(name).every(isOrdinaryWord));
  const aliases = [...firstOf(note.matchAll(alias)), ...quoted];
  return {
    phones: phonesIn(note).map(({ digits }) => digits),
    codes: plates.flatMap((plate) => [...note.matchAll(plate)].flatMap(([typed]) => codeOf(typed) ?? [])),
    aliases: [...new Set(aliases)],
    mentioned: namesOfPeople(note).map(({ start, end }) => note.slice(start, end)),
    streets: [...note.matchAll(street)].map(([name]) => name),
    phrases: runs,
  };
}
