/** Finds the words of a text that are the name or the address of a source. Pure. */

export type SourceContact = {
  readonly name?: string | undefined;
  /** A telephone number or an e-mail address. */
  readonly channel?: string | undefined;
};

/** Names that are words too: they count only with a capital inside a sentence. */
const wordsToo = new Set(
  (
    'amber april art august autumn bill bob brook brown carol chase christian christmas clay cook dawn dean drew faith ' +
    'field fields frank gene glen grace grant green grey guy hall harry heather hill holly home hope hunt iris ivy jack ' +
    'jade jay jean joy june king lane lee long love man mark mason max may mike miles miller moss nick north olive paige ' +
    'park parker patience pearl penny pepper piers police poppy porter price queen ray read reed rich rob rock rose royal ' +
    'ruby rusty shop short singer sky smith sue summer sunny temple terry tom town van victor violet walker ward way west ' +
    'white will winter wood woods young baker butcher carter carver cooper driver farmer fisher gardener mason hunter'
  ).split(' '),
);
/** Short forms that do not begin as their names do. */
const shortForms: Readonly<Record<string, readonly string[]>> = {
  aga: ['agnieszka'],
  andy: ['andrew'],
  asia: ['joanna'],
  betty: ['elizabeth'],
  bill: ['william'],
  billy: ['william'],
  bob: ['robert'],
  bobby: ['robert'],
  dick: ['richard'],
  gosia: ['malgorzata'],
  harry: ['henry', 'harold'],
  jack: ['john'],
  jim: ['james'],
  kasia: ['katarzyna'],
  kate: ['katherine', 'catherine'],
  katie: ['katherine', 'catherine'],
  kathy: ['katherine'],
  liz: ['elizabeth'],
  maggie: ['margaret'],
  meg: ['margaret'],
  mick: ['michael'],
  mike: ['michael'],
  molly: ['mary'],
  nell: ['eleanor', 'helen'],
  peggy: ['margaret'],
  polly: ['mary'],
  rick: ['richard'],
  sally: ['sarah'],
  sasha: ['alexander', 'alexandra', 'oleksandr'],
  ted: ['edward'],
  tony: ['anthony'],
  vanya: ['ivan'],
};
const titles = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'dr',
  'sir',
  'dame',
  'lord',
  'lady',
  'rev',
  'prof',
  'the',
  'and',
]);

const leastOfName = 2;
/** Two letters mean too much else. */
const leastInitials = 3;
/** So many letters in common from the beginning make a short form of a name: “Sam” of “Samira”. */
const leastOfShortForm = 3;
/** Shorter names differ from other names by one letter. */
const leastMisspelt = 6;
const digitsOfNumber = 9;
const leastOfNumber = 6;
const leastOfMailbox = 4;

/** Letters that no accent can be taken from. */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};
/** Without accents, in small letters. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[łđøıßæœþ]/g, (letter) => plainLetters[letter] ?? letter);
const listWords = (text: string): string[] => text.match(/[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];
const withoutPossessive = (word: string): string => word.replace(/['’]s$/i, '');
const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word);
const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** How many different words of a text could be names: each is a guess at the source. */
export const countPossibleNames = (text: string): number => new Set(listWords(text).filter(isCapital).map(fold)).size;

/** In the order of the text, each once. */
export function findSourceWords(text: string, { name = '', channel = '' }: SourceContact): readonly string[] {
  return [...new Set([...findNames(text, name), ...findNumbers(text, channel), ...findMailbox(text, channel)])];
}

function findNames(text: string, name: string): string[] {
  const names = listWords(name)
    .map(withoutPossessive)
    .map(fold)
    .filter((one) => one.length >= leastOfName && !titles.has(one));
  if (names.length === 0) return [];
  const initials = listWords(name)
    .filter((one) => !titles.has(fold(one)))
    .map((one) => one.charAt(0).toUpperCase())
    .join('');
  const starts = listSentenceStarts(text);
  return [...text.matchAll(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu)].flatMap(({ 0: whole, index }) =>
    (whole === initials && initials.length >= leastInitials) ||
    whole.split('-').some((part) => isNamed(withoutPossessive(part), names, starts.has(index)))
      ? [whole]
      : [],
  );
}

function isNamed(word: string, names: readonly string[], beginsSentence: boolean): boolean {
  const folded = fold(word);
  const asName = isCapital(word) && !beginsSentence;
  return names.some((name) => {
    if (folded === name) return wordsToo.has(name) || name.length < leastOfShortForm ? asName : isCapital(word);
    if (asName && shortForms[folded]?.includes(name)) return true;
    if (asName && isMisspelt(folded, name)) return true;
    const [short, long] = folded.length < name.length ? [folded, name] : [name, folded];
    return asName && short.length >= leastOfShortForm && long.startsWith(short) && !wordsToo.has(short);
  });
}

/** One letter more, fewer or other than in a long name. */
function isMisspelt(word: string, name: string): boolean {
  if (Math.min(word.length, name.length) < leastMisspelt || Math.abs(word.length - name.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === name[start]) start += 1;
  const [one, other] = [word.slice(start), name.slice(start)];
  return one.slice(1) === other.slice(1) || one.slice(1) === other || one === other.slice(1);
}

/** Where sentences begin, by the place of their first letter. */
const listSentenceStarts = (text: string): ReadonlySet<number> =>
  new Set(
    [...text.matchAll(/(?:^|[.!?:;\n]["”’)]?\s+)["“‘(]*(?=\p{L})/gu)].map(
      ({ 0: before, index }) => index + before.length,
    ),
  );

/** The same number, however it is spaced and with or without the code of the country. */
function findNumbers(text: string, channel: string): string[] {
  const sought = digitsOf(channel).slice(-digitsOfNumber);
  if (sought.length < leastOfNumber) return [];
  return (text.match(/\+?\d(?:(?:[\s()/–-]{0,3}|\.)\d)+/g) ?? []).filter((one) => digitsOf(one).endsWith(sought));
}

function findMailbox(text: string, channel: string): string[] {
  const [address = '', mailbox = ''] = /([^\s@<]+)@[^\s>]+/.exec(channel) ?? [];
  const sought = [address, mailbox.length < leastOfMailbox ? '' : mailbox].filter((one) => one !== '');
  return sought.flatMap((one) => text.match(new RegExp(escapePattern(one), 'i'))?.slice(0, 1) ?? []);
}

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
