/** A safer way to say what the check found: the words that can stand instead, or one sentence on how to say it. Pure. */
import type { Finding } from './finding.ts';
import { type Harm, harmOf } from './harms.ts';
import { anyKind } from './watched-words.ts';

/** Words that can take the place of a part of the text, from `start` to `end`. */
export type SaferChange = { readonly start: number; readonly end: number; readonly words: string };
export type SaferWords = { readonly how: string; readonly change: SaferChange | undefined };

/**
 * How to say it safely, where no rule can write the words itself. Where nothing can be said instead, the one next step.
 * None of them repeats what was found.
 */
const howByHarm: Readonly<Record<Harm, string>> = {
  'in the records': 'Write “a person”, “a business” or the name of the town instead.',
  'anonymity for life': 'Say what was done for people as a whole, such as “people were offered help”.',
  'one person': 'Say what was done for people as a whole, such as “people were given advice”.',
  'exact age': 'Write “a person” or “people”, without an age and without a home town.',
  'one address': 'Name the area alone, and write “business” for its kind.',
  nationality: 'Write “people” or “workers”, without where they come from or what they speak.',
  'arrest and help':
    'Write two paragraphs: one says who was arrested and why, and one says what help was offered to everybody met.',
  'name before charge': 'Write “a person”, and say no more of them than the offence that is suspected.',
  'active proceedings':
    'Next: say only what people are suspected of, and ask the force’s lawyer before you say any more.',
  'kept in': 'Say what was done in words that fit every week, such as “business addresses were visited”.',
  'another language': 'Write the sentence in English, so that the check can read it.',
  'operation not over': 'Next: ask an analyst to sign a return for publication after the last day.',
  contact: 'Next: use a contact of the day of publication. The settings list them with the day of their last check.',
  'not so': 'Write what the return counts, or say where the other is recorded.',
  'hidden sign': 'Type the word again with ordinary letters, or take the sign out.',
  'no figure': 'Use a figure of the return in brackets, or say it without a number.',
  claim: 'Say what was counted this time, and compare it with nothing.',
  wording: 'Say what was done, such as “visited”, “spoke to” or “offered help”.',
  bracket: 'Put the figure into a sentence of its own, as the list of figures offers it.',
};

type Found = Pick<Finding, 'start' | 'end' | 'typed' | 'kind' | 'harm' | 'safer' | 'how' | 'refusesSafer'>;

/** Takes a finding and the text of its field. */
export const saferWordsFor = (finding: Found, source: string): SaferWords => ({
  how: finding.how ?? howByHarm[harmOf(finding)],
  change: finding.refusesSafer ? undefined : changeFor(finding, source),
});

/** Takes a blocking finding, the text of its field, and the check of a text. Whether the words that a rule would write are found in their turn. */
export function areSaferWordsFound(
  finding: Found,
  source: string,
  check: (text: string) => readonly Finding[],
): boolean {
  const change = changeFor(finding, source);
  if (!change || change.words === '') return false;
  const from = source.lastIndexOf('\n', change.start - 1) + 1;
  const to = source.indexOf('\n', change.end);
  const before = source.slice(from, change.start);
  const after = source.slice(change.end, to < 0 ? source.length : to);
  const [start, end] = [before.length, before.length + change.words.length];
  const isAmong = (one: Finding): boolean => one.start < end && one.end > start;
  // What was found beside them before is a danger of its own.
  const known = new Set(check(source.slice(from, to < 0 ? source.length : to)).map(nameOf));
  // A word beside them counts: the rest of a name is found with what took the place of its end.
  return check(before + change.words + after).some(
    (one) => one.blocks && one.end >= start - 1 && one.start <= end + 1 && (isAmong(one) || !known.has(nameOf(one))),
  );
}

const nameOf = ({ kind, typed }: Finding): string => `${kind} ${typed}`;

function changeFor(finding: Found, source: string): SaferChange | undefined {
  const { start, end, safer } = finding;
  if (safer !== undefined && safer !== '') return { start, end, words: safer };
  const harm = harmOf(finding);
  const written =
    harm === 'exact age'
      ? withoutAge(finding, source)
      : harm === 'nationality'
        ? withoutOrigin(finding, source)
        : harm === 'one address'
          ? withoutKind(finding, source)
          : harm === 'name before charge'
            ? withoutName(finding, source)
            : undefined;
  return written ?? (safer === undefined ? undefined : { start, end, words: safer });
}

/** The first match of a pattern that holds all that was found. */
function around({ start, end }: Found, source: string, pattern: RegExp): RegExpExecArray | undefined {
  const from = Math.max(0, start - 80);
  const near = source.slice(from, end + 80);
  for (const match of near.matchAll(pattern)) {
    const at = from + match.index;
    if (at <= start && end <= at + match[0].length) return Object.assign(match, { index: at }) as RegExpExecArray;
  }
  return undefined;
}

const spanOf = ({ index, 0: { length } }: RegExpExecArray, words: string): SaferChange => ({
  start: index,
  end: index + length,
  words,
});

const somebody =
  'man|woman|person|boy|girl|child|teenager|youth|male|female|suspect|worker|driver|owner|manager|mother|father|student|employee';
const children = /^(?:boy|girl|teenager|youth|child)$/i;
const age = '(?:[1-9]\\d?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ][a-z]+)?|[a-z]+teen)';
const home = "(?:,? (?:from|of) \\p{Lu}[\\p{L}’'-]+(?: \\p{Lu}[\\p{L}’'-]+)*)?";
/** The comma that ends what was put between. */
const closing = '(?:,(?= (?:was|were|is|are|has|had|who|and|remains|appeared|will)\\b))?';
/** “A man, 37, from Watford,”; “the woman (34)”; “a man aged 37”. */
const ageAfter = new RegExp(
  `\\b(?<article>[Aa]n?|[Tt]he|[Oo]ne) (?<who>${somebody})(?:,? (?:who is |was )?(?:aged )?\\(?(?:aged )?${age}\\)?(?: years old)?)(?=[^\\p{L}\\d]|$)${home}${closing}`,
  'gu',
);
/** “A 37-year-old man from Watford”. */
const ageBefore = new RegExp(
  `\\b(?<article>[Aa]n?|[Tt]he|[Oo]ne) ${age}[\\s-]years?[\\s-]old (?:local )?(?<who>${somebody})\\b${home}${closing}`,
  'gu',
);

function withoutAge(finding: Found, source: string): SaferChange | undefined {
  const match = around(finding, source, ageAfter) ?? around(finding, source, ageBefore);
  const { article = '', who = '' } = match?.groups ?? {};
  if (!match) return undefined;
  const noun = children.test(who) ? 'child' : /^(?:fe)?male$/i.test(who) ? 'person' : who;
  return spanOf(match, `${withArticle(article, noun)} ${noun}`);
}

/** The article as this noun needs it: “an 18-year-old man” is “a man”. */
const withArticle = (article: string, noun: string): string =>
  /^an?$/i.test(article) ? `${article.charAt(0)}${/^[aeiou]/i.test(noun) ? 'n' : ''}` : article;

const groups =
  'men|man|women|woman|people|person|workers?|nationals?|citizens?|victims?|children|child|girls?|boys?|famil(?:y|ies)|staff|employees?|suspects?|gang|couple|community';

function withoutOrigin(finding: Found, source: string): SaferChange | undefined {
  const { start, end, typed } = finding;
  if (!/^\p{Lu}[\p{L}’'-]+(?:[ -]\p{Lu}[\p{L}’'-]+)?$/u.test(typed)) return undefined;
  const before = /\b(?<article>[Aa]n?) $/.exec(source.slice(Math.max(0, start - 4), start));
  const after = new RegExp(`^ (?<who>${groups})\\b`).exec(source.slice(end, end + 20));
  if (after) {
    const who = neutral(after.groups?.['who'] ?? '');
    const from = before ? start - before[0].length : start;
    const words = before ? `${withArticle(before.groups?.['article'] ?? '', who)} ${who}` : who;
    return { start: from, end: end + after[0].length, words: opensSentence(source, from) ? capital(words) : words };
  }
  const isPlural =
    /s$/.test(typed) &&
    !/^(?: \p{L}|[’'])/u.test(source.slice(end).replace(/^ (?:was|were|and|in|at|who|had|are)\b/, '.'));
  return isPlural ? { start, end, words: opensSentence(source, start) ? 'People' : 'people' } : undefined;
}

const neutral = (who: string): string =>
  /^(?:national|citizen)$/.test(who) ? 'person' : /^(?:nationals|citizens)$/.test(who) ? 'people' : who;

/** Every word for a kind beside the one that was found: “nail bar” is one business. */
function withoutKind(finding: Found, source: string): SaferChange | undefined {
  const kind = anyKind.source;
  if (!new RegExp(`^${kind}(?:[\\s-]${kind})*$`, 'i').test(finding.typed)) return undefined;
  const named = withoutBusinessName(finding, source);
  if (named) return named;
  const run = new RegExp(`(?:\\b(?<article>[Aa]n?) )?(?<kinds>${kind}(?:[\\s-]${kind})*)`, 'giu');
  const match = around(finding, source, run);
  const { article, kinds = '' } = match?.groups ?? {};
  if (!match) return undefined;
  const noun = /(?<!s)s$/i.test(kinds) ? 'businesses' : 'business';
  const words = article ? `${withArticle(article, noun)} ${noun}` : noun;
  return spanOf(match, !article && opensSentence(source, match.index) ? capital(words) : words);
}

/** Words that begin a sentence with a capital and are no part of a name. */
const opening = '(?:At|In|On|The|A|An|From|Near|Of|And|Officers|Teams|Staff|Police|Nurses)';

/** “Station Beauty” is the name of one business: the words before its kind go with it. */
function withoutBusinessName(finding: Found, source: string): SaferChange | undefined {
  if (!/^\p{Lu}/u.test(finding.typed)) return undefined;
  const name = new RegExp(
    `(?<article>\\b(?:[Aa]n?|[Tt]he) )?(?:(?!${opening}\\b)\\p{Lu}[\\p{L}’'-]*[ -])+${escapeName(finding.typed)}(?![\\p{L}])`,
    'gu',
  );
  const match = around(finding, source, name);
  if (!match) return undefined;
  return spanOf(match, opensSentence(source, match.index) ? 'A business' : 'a business');
}

const escapeName = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function withoutName({ start, end, typed }: Found, source: string): SaferChange | undefined {
  const isWhole = /^\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)+$/u.test(typed);
  if (!isWhole || /\b(?:[Aa]s|[Nn]amed|[Cc]alled|[Mm]rs?|[Mm]s|[Dd]r|[Tt]he|[Aa]n?)\.? $/.test(source.slice(0, start)))
    return undefined;
  return { start, end, words: opensSentence(source, start) ? 'A person' : 'a person' };
}

const opensSentence = (source: string, at: number): boolean =>
  /(?:^|[.!?:]["”’)]?\s+|\n\s*(?:[-*] )?)$/.test(source.slice(0, at));
const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
