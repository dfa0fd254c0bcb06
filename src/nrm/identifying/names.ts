/** Finds names of people, places and firms that are not on the record: by capitals, by the words before them, by other scripts. */

import { isEnglish, isListed, small } from '../../vocabulary/languages/english-text.ts';
import { givenNames, isImpersonalWord, namesThatAreWords } from './capitals.ts';
import { type DirectIdentifier, findSpots } from './found.ts';

type Word = {
  readonly text: string;
  readonly low: string;
  readonly from: number;
  readonly to: number;
  readonly capital: boolean;
  /** First in its sentence, its line or a quotation. */
  readonly first: boolean;
};

const abbreviationEnd = /\b(?:mr|mrs|ms|dr|st|e\.g|i\.e|etc|approx|no|vs|u\.k|[A-Z])\.\s*$/i;

function wordsOf(plain: string): Word[] {
  return [...plain.matchAll(/[\p{L}][\p{L}']*(?:-[\p{L}']+)*/gu)].map((match) => {
    const text = match[0].replace(/'+$/, '');
    const before = plain.slice(Math.max(0, match.index - 12), match.index);
    const ended =
      match.index === 0 ||
      /[.!?:;\n\r][\s"'([\-*>]*$|^[\s"'([\-*>]+$/.test(before) ||
      /["(]\s*$/.test(before) ||
      /(?:^|\n)\s*\d+[.)]\s*$/.test(before);
    return {
      text,
      low: text.toLowerCase(),
      from: match.index,
      to: match.index + text.length,
      capital: /^\p{Lu}/u.test(text),
      first: ended && !abbreviationEnd.test(before),
    };
  });
}

const verbAfterName =
  /^\s*,?\s*(?:said|says|told|tells|was|is|has|had|does|did|do|would|will|took|takes|keeps|kept|brought|came|comes|went|goes|wants|wanted|drives|drove|gave|gives|made|makes|and (?:his|her|another)|works|worked|lives|lived|hit|hits|met|sent|sends|asked|asks|forced|locked|threatened|controls|controlled|arranged|also|who|felt|feels|sleeps|slept|owes|owed|paid|pays|'s|$)/;

/** Where a capital marks a name: not first in the sentence, or first and not an English word. */
function byCapitals(words: readonly Word[], plain: string): DirectIdentifier[] {
  const names = words.filter((word, place) => {
    if (!word.capital || word.text.length < 2) return false;
    const bare = word.low.replace(/'s$/, '');
    if (isImpersonalWord(bare) && !namesThatAreWords.has(bare)) return false;
    if (word.low.includes('-') && word.low.split('-').every((part) => isImpersonalWord(part) || isEnglish(part)))
      return false;
    const [before, after] = [words[place - 1], words[place + 1]];
    const beside = (other: Word | undefined): boolean =>
      other?.capital === true &&
      !isImpersonalWord(other.low.replace(/'s$/, '')) &&
      !small.has(other.low) &&
      /^[\s'&-]*$/.test(plain.slice(Math.min(word.to, other.to), Math.max(word.from, other.from)));
    const pair = (!word.first && beside(before)) || (beside(after) && after?.first === false && !small.has(word.low));
    if (word.text === word.text.toUpperCase() && isAllCapitals(word, plain))
      return !isEnglish(bare) && word.text.length > 2;
    if (pair) return true;
    if (givenNames.has(bare) && !isImpersonalWord(bare)) return true;
    if (namesThatAreWords.has(bare))
      return (
        !isImpersonalWord(bare) &&
        (word.first ? verbAfterName.test(plain.slice(word.to)) && !/^(?:may|will|mark|rob)$/.test(bare) : true)
      );
    return (
      !isEnglish(bare) ||
      (!word.first &&
        /^\p{Lu}\p{Ll}+$/u.test(word.text) &&
        wherePlacesStand.test(plain.slice(Math.max(0, word.from - 9), word.from)))
    );
  });
  return names.map(({ from, to }) => ({ kind: isAfterPlaceWord(plain, from) ? 'a place' : 'a name', from, to }));
}

const wherePlacesStand = /\b(?:in|near|from|outside|at|around) $/;

const isAfterPlaceWord = (plain: string, from: number): boolean =>
  /\b(?:in|at|near|outside|around|through|towards|via|from|to|of|town|village|city|street)\s+(?:the\s+|\p{Lu}\p{L}+\s+)?$/u.test(
    plain.slice(Math.max(0, from - 30), from),
  );

/** In a sentence written entirely in capitals, capitals mark nothing. */
function isAllCapitals({ from, to }: Word, plain: string): boolean {
  const start = Math.max(...['.', '!', '?', '\n'].map((end) => plain.lastIndexOf(end, from - 1))) + 1;
  const end = plain.slice(to).search(/[.!?\n]|$/);
  const sentence = plain.slice(start, to + end).replace(/[^\p{L}]/gu, '');
  return sentence.length > 12 && sentence.replace(/\p{Lu}/gu, '').length / sentence.length < 0.2;
}

const titles =
  'mr|mrs|ms|miss|mx|dr|doctor|madam|madame|mama|mami|papa|auntie|aunty|aunt|uncle|pastor|father|sister|brother|sir|lady|sheikh|haji|hajji|imam|chief|oga|don|donna|baba|big|little|fat|old|boss|pc|ds|dc|dci|di|sgt|sergeant|inspector|constable|nurse|captain|prophet|bishop|rev|reverend|professor|cousin|king|queen|lord|saint|st';
const relatives =
  'husband|wife|boyfriend|girlfriend|partner|mate|pal|buddy|bloke|lad|colleague|ringleader|client|customer|punter|cousin|brother|sister|mother|father|uncle|aunt|auntie|friend|boss|manager|owner|driver|landlord|landlady|pimp|trafficker|exploiter|agent|recruiter|son|daughter|stepfather|stepmother|nephew|niece|neighbour|solicitor|social worker|interpreter|doctor|man|woman|girl|guy|pastor|madam|controller|ex|child|baby|account|profile|page|channel|search(?:es|ed)? for|searching for|looked up';
const namingVerbs =
  '(?:is |are |was |were |be |been |being )?(?:call(?:s|ed)? (?:him|her|them|the \\w+)|called|named|nicknamed|known (?:to \\w+ )?(?:\\w+ly |there |here |locally |on \\w+ )?as|ad(?:vert)?s? (?:says?|said|reads?)|known by the name(?: of)?|kn(?:ew|ows?) (?:him|her|them|the \\w+) as|posts? as|posting as|advertise[sd]? as|listed as|by the name of|goes by|went by|go by|going by|answers to|alias|a\\.?k\\.?a\\.?|self-styled|referred to as|refers? to (?:him|her|them|the \\w+) as|calls? (?:him|her|them)sel(?:f|ves)|is saved as|saved as|signs? as|nicknames? (?:is|was|of)|street name(?: is| was|:)?|nickname:?|surname(?: is| was|:)?|(?:first |last |family |given |real |full |working |stage |street |his |her |their |whose |own )names? (?:is|was|are|were|as)|name:|names:|name (?:is|was) given as|who is|spelt|spelled)';

const transportWords = /^(?:bus|train|car|foot|taxi|coach|van|plane|boat|bike|night|day|public|road|sea|air)$/;

const leading = (lead: string): RegExp =>
  new RegExp(`\\b(?:${lead})[\\s,:"'-]+(?:the |a |an |just |only |simply )?["']?(?<word>[\\p{L}][\\p{L}'-]*)`, 'giu');
const [afterTitle, afterRelative, afterSaid] = [leading(titles), leading(relatives), leading(namingVerbs)];

/** Names that follow a word that announces one, with or without a capital. */
function announced(plain: string): DirectIdentifier[] {
  const after = (
    kind: 'a name' | 'a nickname',
    lead: RegExp,
    likely: (word: string, text: string, end: number) => boolean,
  ): DirectIdentifier[] =>
    [...plain.matchAll(lead)].flatMap((match) => {
      const word = match.groups?.['word'] ?? '';
      const to = match.index + match[0].length;
      return word && likely(word, match[0], to) ? [{ kind, from: to - word.length, to }] : [];
    });
  const strange = (word: string): boolean => {
    const low = word.toLowerCase().replace(/'s$|'$/, '');
    return low.length > 1 && !isEnglish(low) && !isImpersonalWord(low);
  };
  const called = /called|named|calls/i;
  return [
    ...after('a name', afterTitle, (word, text) => {
      const capital = /^\p{Lu}\p{Ll}/u.test(word) && !/^(?:I|I'm|I'd|I'll|I've)$/.test(word);
      const low = word.toLowerCase();
      if (/^(?:mr|mrs|ms|dr|mx|pc|dc|ds|dci)\b/i.test(text))
        return !small.has(low) && !/^(?:officer|officers)$/.test(low);
      return capital && !/[,:"]/.test(text)
        ? !isImpersonalWord(low) && !small.has(low)
        : strange(word) && !/[,:"]/.test(text);
    }),
    ...after('a name', afterRelative, (word, text) => strange(word) && !/["]/.test(text)),
    ...after('a nickname', afterSaid, (word, text, end) => {
      const low = word.toLowerCase();
      if (strange(word)) return true;
      if (small.has(low) || (/\b(?:go|goes|went|going) by /i.test(text) && transportWords.test(low))) return false;
      if (/calls? (?:him|her)[\s,"'-]+the (?!boss|owner|manager|leader)/i.test(text)) return true;
      if (/who is|kn(?:ew|ows?) |call(?:s|ed)? (?:him|her|them)\b(?!sel)|spel/i.test(text))
        return /^\p{Lu}\p{Ll}/u.test(word) && !isImpersonalWord(low);
      if (called.test(text) && !/sel(?:f|ves)/i.test(text))
        return /^\p{Lu}/u.test(word) ? !isImpersonalWord(low) : /["']/.test(text);
      if (isImpersonalWord(low) && /^\p{Lu}/u.test(word)) return false;
      return !/\b(?:a|an|only|just|simply) ["']?[\p{L}'-]*$/iu.test(text) || end === 0;
    }),
  ];
}

/** Quoted text that is not speech: one to three words, with a capital or not English. */
const quoted = (plain: string): DirectIdentifier[] =>
  [...plain.matchAll(/(?<![\p{L}\d])(["'])(?<inside>[\p{L}][\p{L}' -]{0,28}?)[.,]?\1(?![\p{L}])/gu)].flatMap(
    (match) => {
      const inside = match.groups?.['inside'] ?? '';
      const parts = inside.split(/[ -]+/);
      const speech =
        /(?:said|says|told|answered|replied|asked|shouted|wrote|whispered|repeated|repeats)[^.]{0,24}$/i.test(
          plain.slice(Math.max(0, match.index - 40), match.index),
        );
      const named = parts.some((part) => {
        const low = part.toLowerCase();
        if (part === part.toUpperCase() && isEnglish(low)) return namesThatAreWords.has(low);
        return /^\p{Lu}/u.test(part)
          ? !small.has(low) && !(isImpersonalWord(low) && !namesThatAreWords.has(low))
          : !isEnglish(low) && !isImpersonalWord(low);
      });
      if (parts.length > 3 || !named || (speech && parts.every((part) => isEnglish(part.toLowerCase())))) return [];
      const from = match.index + match[0].indexOf(inside);
      return [{ kind: 'a nickname', from, to: from + inside.length }];
    },
  );

const speechVerb =
  /^ (?:said|says|told|tells|asked|asks|was (?:tired|afraid|crying|scared|ill)|drives|drove|hit|hits|threatened|refused|would not) /;
const movementVerb = /\b(?:took|taken|moved|brought|driven|drove|went|sent|came|travelled|trafficked)(?: \w+)? $/;

/** Without a capital: a common given name, or an unknown word where only a place fits. */
function withoutCapitals(words: readonly Word[], plain: string): DirectIdentifier[] {
  return words.flatMap((word, place): DirectIdentifier[] => {
    if (word.capital) return [];
    const as = (kind: 'a name' | 'a place') => [{ kind, from: word.from, to: word.to }];
    const low = word.low.replace(/'s$/, '');
    if (word.first && namesThatAreWords.has(low) && speechVerb.test(plain.slice(word.to))) return as('a name');
    if (givenNames.has(low) && !isListed(low)) return as('a name');
    if (low.length < 4 || isEnglish(low) || isImpersonalWord(low)) return [];
    const before = words[place - 1];
    const touching = before !== undefined && /^\s+$/.test(plain.slice(before.to, word.from));
    if (touching && /^(?:in|at|near|from|outside|via|towards|around)$/.test(before.low)) return as('a place');
    if (touching && before.low === 'to' && movementVerb.test(plain.slice(Math.max(0, before.from - 24), before.from)))
      return as('a place');
    if (touching && /^(?:by|with)$/.test(before.low)) return as('a name');
    if (/^ and (?:his|her|their) /.test(plain.slice(word.to, word.to + 12))) return as('a name');
    const deed =
      /^ (?:said|says|told|tells|took|takes|keeps|kept|wants|wanted|drives|drove|hit|hits|threatened)\b/.test(
        plain.slice(word.to),
      );
    return (word.first || (before !== undefined && /^(?:and|but|that|because|when|if)$/.test(before.low))) && deed
      ? as('a name')
      : [];
  });
}

/** Letters of other scripts, and lookalikes of Latin ones: turned, small capitals, boxed and circled. */
const otherLetters =
  /(?:(?![A-Za-z])[\p{L}\u{1F100}-\u{1F1FF}])+(?:[\s'-]+(?:(?![A-Za-z])[\p{L}\u{1F100}-\u{1F1FF}])+)*/gu;

export function namesIn(plain: string): readonly DirectIdentifier[] {
  const words = wordsOf(plain);
  return [
    ...findSpots('other letters', otherLetters, plain),
    ...findSpots(
      'initials',
      /(?<![\p{L}.])(?!U\.[KSN])[A-Z]\. ?(?:[A-Z]\.)+|(?<![\p{L}.])[A-Z]\. ?[A-Z][a-z]+|\b(?:mr|mrs|ms|miss|dr|initials?|letters?) [A-Z]\b\.?(?![a-z'])/giu,
      plain,
    ).filter(
      ({ from, to }) =>
        /^(?:[A-Z]\.|[A-Za-z]+ [A-Z]\b)/.test(plain.slice(from, to)) &&
        !/^[A-Z]\. ?(?:He|She|They|It|The|In|On|We|I|A)$/.test(plain.slice(from, to)),
    ),
    ...findSpots(
      'initials',
      /(?<=[a-z,] )(?!I\b|A\b)[A-Z](?:\.(?= [a-z])|(?= (?:said|says|told|was|is|has|had|took|and|who)\b)|(?='s\b))/g,
      plain,
    ).filter(
      ({ from }) =>
        !/\b(?:person|man|woman|victim|suspect|house|flat|address|hotel|farm|site|vitamin|hepatitis|plan|type) $/i.test(
          plain.slice(Math.max(0, from - 14), from),
        ),
    ),
    ...findSpots(
      'a name',
      /\b(?:first |last |given |family |real )?names? (?:means?|begins?|starts?|ends?|rhymes?|sounds?|is spel(?:t|led))\b[^.\n]{0,40}/gi,
      plain,
    ),
    ...findSpots('a name', /\((?<spot>[a-z][a-z']{2,})\)/g, plain).filter(
      ({ from, to }) => !isEnglish(plain.slice(from, to)) && !isImpersonalWord(plain.slice(from, to)),
    ),
    ...findSpots(
      'a nickname',
      /(?<spot>\p{Lu}\p{L}+)['"]?,? (?:is|was) (?:what|how) (?:they|he|she|everyone|everybody|people|the \w+) (?:all )?(?:call|know|knew)/gu,
      plain,
    ).filter(({ from, to }) => !small.has(plain.slice(from, to).toLowerCase())),
    ...byCapitals(words, plain),
    ...announced(plain),
    ...quoted(plain),
    ...withoutCapitals(words, plain),
  ];
}
