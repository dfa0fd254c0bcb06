/** Checks the named assessor and decision maker: each can be identified, and they differ. Pure: no clock, no database, no wording. */

export type Named = {
  readonly name: string;
  /** Role and place; missing in entries from before it was asked. */
  readonly service?: string;
};

const titles = new Set(['dr', 'doctor', 'prof', 'professor', 'mr', 'mrs', 'ms', 'miss', 'mx', 'sister', 'nurse']);

/** Without case, accents and punctuation. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

/** Without titles too, regardless of the order of names. */
const bare = (name: string): string =>
  wordsOf(name)
    .filter((word) => !titles.has(word))
    .sort()
    .join('');

/** Repeated single letters, an X, a dash or a number are no name. */
const isWord = (text: string): boolean => new Set(text.toLowerCase().match(/\p{L}/gu) ?? []).size >= 2;

const placeholderNames = new Set(
  'na none nobody noone notknown unknown notyetknown notnamedyet tbc tbd tobeconfirmed me myself'.split(' '),
);

/** A name as people write it, without characters of numbers or addresses. */
export const isName = (text: string): boolean =>
  isWord(text) && bare(text) !== '' && !/[0-9@/]/.test(text) && !placeholderNames.has(wordsOf(text).join(''));
export const isService = (text: string): boolean => isWord(text) && !placeholderNames.has(wordsOf(text).join(''));

export const isNamed = (one: Named | null): boolean =>
  one !== null && isName(one.name) && one.service !== undefined && isService(one.service);

/** One service can provide both; one person cannot be both. */
export const isSamePerson = (one: Named | null, other: Named | null): boolean =>
  one !== null && other !== null && bare(one.name) === bare(other.name);
