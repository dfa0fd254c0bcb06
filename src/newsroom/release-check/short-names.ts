/** Finds names of a case that are no longer than a word or an initial: "Ms Wu", "May said", "the Ruanes", "D & R". Pure. */
import { isEnglish } from '../../vocabulary/languages/english-text.ts';
import type { CaseNames, NameFound } from './case-names.ts';
import { plain } from './folded-text.ts';
import { isLinkingWord, isOrdinaryWord, titles } from './ordinary-words.ts';

type Word = {
  readonly start: number;
  readonly end: number;
  readonly forms: readonly string[];
  readonly capital: boolean;
};

/** A person of the case by a short part of the name, or by a word that is one where somebody speaks or has an age. */
export function shortNamesIn(words: readonly Word[], names: CaseNames, text: string): NameFound[] {
  const byPart = new Map<number, string[]>();
  for (const { record, parts } of names.people)
    for (const { word } of parts) byPart.set(word, [...(byPart.get(word) ?? []), record]);
  return words.flatMap((word, at): NameFound[] => {
    if (!word.capital) return [];
    const [before, after] = [text.slice(Math.max(0, word.start - 24), word.start), text.slice(word.end, word.end + 24)];
    return word.forms.flatMap((form): NameFound[] => {
      const isLinking = isLinkingWord(form);
      const isNear = isPersonHere(words[at - 1], before, after, isLinking ? form.length : 0);
      const isShort = form.length === 2 && (isNear || isNameAlone(text.slice(word.start, word.end), form));
      const isWord = form.length > 2 && isLinkingWord(form) && isNear;
      const one = isShort || isWord ? names.index.exactOf(form) : undefined;
      const records = one === undefined ? [] : [...(byPart.get(one) ?? []), ...recordsOf(one, names)];
      return records.length > 0 ? [{ start: word.start, end: word.end, records }] : [];
    });
  });
}

const recordsOf = (word: number, { singles }: CaseNames): string[] =>
  (singles.get(word) ?? []).map(({ record }) => record);

const besidePerson =
  /\b(?:wom[ae]n|m[ae]n|girl|boy|lady|mother|father|son|daughter|wife|husband|sister|brother|person|worker|victim|survivor|suspect|owner|manager|boss|tenant|called|named|family|cousin|friend|arrested|helped|met|with) $/i;
const age = /^,? (?:\(?\d{1,2}\b|aged\b)|^ \(\d{1,2}\)/;
const deeds =
  /^,? (?:said|says|told|tells|asked|asks|explained|added|accepted|declined|refused|left|spoke|lives|lived|works|worked|cried|wanted|wants|knew|felt|thanked|escaped|fled)\b/;

/** Beside a title, an initial, an age, a word for a person or a verb of saying. "He said" and "To a woman" name nobody: `linking` is the length of such a word. */
function isPersonHere(previous: Word | undefined, before: string, after: string, linking: number): boolean {
  const [form = ''] = previous?.forms ?? [];
  if (titles.has(form) && /[. ]$/.test(before)) return true;
  if (/(?<![\p{L}\p{N}])[\p{Lu}--[AI]]\.? $|(?<![\p{L}\p{N}])[AI]\. $/v.test(before)) return true;
  if (age.test(after)) return true;
  return linking === 0 ? besidePerson.test(before) || deeds.test(after) : linking > 2 && deeds.test(after);
}

const shortWords = new Set(
  'am an as at be by do go he if in is it me my no of oh ok on or so to up us we ad ex hi id re tv uk eu un pc dc di ds it hq ai qr pm mp gp cv ni dr mr ms mx st rd vs ie eg ed ch co llp'.split(
    ' ',
  ),
);
/** "Wu" is nothing else in English; "He" and "DC" are. */
const isNameAlone = (typed: string, form: string): boolean =>
  /^\p{Lu}\p{L}(?:['’]s?)?$/u.test(typed.normalize('NFC')) && !shortWords.has(form);

/** "The Ruanes": a family by its name. */
export const pluralsIn = (
  words: readonly (Word & { readonly beginsSentence: boolean })[],
  names: CaseNames,
): NameFound[] =>
  words.flatMap(({ start, end, forms, capital, beginsSentence }): NameFound[] => {
    if (!capital) return [];
    const records = forms.flatMap((form) => {
      const name = form.endsWith('s') && form.length > 3 ? form.slice(0, -1) : '';
      if (name === '' || isOrdinaryWord(name) || isOrdinaryWord(form) || (beginsSentence && isEnglish(form))) return [];
      return [name, ...(name.endsWith('e') ? [name.slice(0, -1)] : [])].flatMap((one) => {
        const word = one.length > 2 && !isOrdinaryWord(one) ? names.index.exactOf(one) : undefined;
        return word === undefined ? [] : recordsOf(word, names);
      });
    });
    return records.length > 0 ? [{ start, end, records }] : [];
  });

/** Two capitals that mean something else to every reader. */
const abbreviations = new Set(
  'UK EU US UN PC DC DI DS DSU TV IT ID HQ AI QR OK AM PM MP GP CV NI HM BA MA CC SC QC KC TB HR PR IP SW NW SE NE WC OT AA BT VE'.split(
    ' ',
  ),
);
const pairOfInitials =
  /(?<![\p{L}\p{N}.&])(\p{Lu})(\. ?|\.? ?(?:&|\+|\/|-) ?| and | ?)(\p{Lu})(\.?)(?![\p{L}\p{N}&]|['’]\p{L}{2})/gu;

/** "D.R.", "D R", "D & R" and "DR", in either order. */
export const initialsIn = (text: string, { people, keying }: CaseNames): NameFound[] =>
  [...text.matchAll(pairOfInitials)].flatMap(
    ({ 0: typed, index, 1: first = '', 2: joint = '', 3: last = '', 4: dot = '' }) => {
      const isBare = !/[.&+/-]/.test(joint + dot);
      if (
        isBare &&
        joint === '' &&
        (abbreviations.has(first + last) || /^ \p{Lu}/u.test(text.slice(index + typed.length)))
      )
        return [];
      if (isBare && joint !== '' && /[AI]/.test(first + last)) return [];
      const [a, b] = [first, last].map((letter) => keying('initial', plain(letter).charAt(0)));
      const records = people.filter(({ parts }) =>
        parts.some((one) => one.initial === a && parts.some((two) => two.word !== one.word && two.initial === b)),
      );
      return records.length > 0
        ? [{ start: index, end: index + typed.length, records: records.map(({ record }) => record) }]
        : [];
    },
  );
