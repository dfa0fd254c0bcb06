/** Stops a text that gives its source away: names, first person, what only the source can know, exact times (College of Policing, APP on intelligence management: sanitisation). It finds words; a person judges. Pure. */

import { findOwnWords, findRepeatedWords } from './own-words.ts';
import { tracePatterns } from './trace-patterns.ts';

export type TraceKind =
  | 'name'
  | 'said of themselves'
  | 'first person'
  | 'about the report'
  | 'relation'
  | 'only the source knows'
  | 'exact time'
  | 'copied';
export type SourceTrace = { readonly kind: TraceKind; readonly words: string };

export type KnownSource = {
  /** What the source wrote; empty where there is no report. */
  readonly report: string;
  /** Words of the text that name the source, by the sealed identity. */
  readonly findNames: (text: string) => readonly string[];
};

/** Every hour of a range, and opening hours, say when something usually happens. */
const timeRange =
  /\b(?:between|from|open(?:s|ing)?(?: hours)?|hours|daily|closes?(?: at)?|weekdays)?\s*(?:from |between |at |are |of )?\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|hrs?|hours)?\s?(?:and|to|until|till|–|—|-)\s?\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|hrs?|hours)?\b/gi;
const roughly =
  /\b(?:about|around|approximately|roughly|before|after|by|shortly (?:before|after)|no later than|until|till|since|each day at|every day at|opens? at|opened at|closes? at|closed at|shuts? at|shut at|from|finish(?:es)? at|starts? at|begins? at)\s$/i;

/** Each trace once, in the order of the text. */
export function findSourceTraces(text: string, { report, findNames }: KnownSource): readonly SourceTrace[] {
  const ranges = [...text.matchAll(timeRange)].map(({ 0: { length }, index }) => ({ from: index, to: index + length }));
  const isUsual = (words: string, index: number): boolean =>
    isRound(words) && (isWithin(ranges, index) || roughly.test(text.slice(0, index)));
  const found = tracePatterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)]
      .filter(({ 0: words, index }) => kind !== 'exact time' || !isUsual(words, index))
      .map(({ 0: words, index }) => ({ kind, words: words.trim(), index })),
  );
  const names = [...findNames(text), ...findNamesInReport(text, report)].map((words) => ({
    kind: 'name' as const,
    words,
    index: text.indexOf(words),
  }));
  const repeated = findRepeatedWords(text, findOwnWords(report)).map((words) => ({
    kind: 'said of themselves' as const,
    words,
    index: text.indexOf(words),
  }));
  const copied = findCopiedRuns(text, report).map((words) => ({
    kind: 'copied' as const,
    words,
    index: text.indexOf(words),
  }));
  const seen = new Set<string>();
  return [...names, ...found, ...repeated, ...copied]
    .toSorted((one, other) => one.index - other.index)
    .filter(({ words }) => !seen.has(words.toLowerCase()) && seen.add(words.toLowerCase()))
    .map(({ kind, words }) => ({ kind, words }));
}

const isWithin = (ranges: readonly { readonly from: number; readonly to: number }[], place: number): boolean =>
  ranges.some(({ from, to }) => from <= place && place < to);
/** So many words in a row are the reporter's own way to say it. */
const wordsInRow = 12;

/** The longest runs of a text that stand in the report in the same words. */
function findCopiedRuns(text: string, report: string): string[] {
  const split = (from: string) => [...from.matchAll(/[\p{L}\p{N}’']+/gu)];
  const key = (words: readonly RegExpExecArray[]): string => words.map(([word]) => word.toLowerCase()).join(' ');
  const written = split(report);
  const runs = new Set(written.slice(wordsInRow - 1).map((_, from) => key(written.slice(from, from + wordsInRow))));
  const words = split(text);
  const found: string[] = [];
  for (let from = 0; from + wordsInRow <= words.length; from += 1) {
    let to = from;
    while (to + wordsInRow <= words.length && runs.has(key(words.slice(to, to + wordsInRow)))) to += 1;
    if (to === from) continue;
    const last = words[to + wordsInRow - 2];
    found.push(text.slice(words[from]?.index, (last?.index ?? 0) + (last?.[0].length ?? 0)));
    from = to + wordsInRow - 2;
  }
  return found;
}

/** 23:51 is the time of one event; 6am, 9.30am and 18:00 are when things begin and end. */
const isRound = (words: string): boolean => !/[:.](?!00|15|30|45)\d\d|^(?:at )?\d\d(?!00|15|30|45)\d\d/.test(words);

/** What the source says of themselves in the report: “My name is …”, “Regards, …”, “ring me on …”. */
const introductions = [
  /\b(?:[Mm]y (?:full |first |real )?name(?:[’']s| is)|I[’']m called|I am called|[Tt]his is|[Cc]all me|I am|I[’']m|[Ss]igned,?|[Rr]egards,?|[Tt]hanks,?|[Tt]hank you,?|[Ss]incerely,?|[Ff]aithfully,?|[Aa]sk for|[Cc]heers,?|[Bb]est wishes,?|[Yy]ours,?)\s+((?:(?:Mrs?|Ms|Miss|Dr)\.?\s+)?[A-Z][\p{L}’'-]+(?:\s+[A-Z][\p{L}’'-]+){0,2})/gu,
  /(?:^|[\n.!?]\s*)[–—-]?\s*((?:[A-Z][\p{L}’'-]+)(?:\s+[A-Z][\p{L}’'-]+){0,2})\s*$/gu,
];
const notNames = new Set([
  'I',
  'The',
  'They',
  'He',
  'She',
  'It',
  'We',
  'There',
  'Please',
  'Sorry',
  'Hope',
  'Police',
  'Road',
  'Street',
]);

function findNamesInReport(text: string, report: string): string[] {
  const names = introductions.flatMap((one) => [...report.matchAll(one)].flatMap(([, name = '']) => name.split(/\s+/)));
  return names.filter(
    (name) =>
      name.length > 2 &&
      !notNames.has(name) &&
      new RegExp(`(?<!\\p{L})${escapePattern(name)}(?!\\p{L})`, 'u').test(text),
  );
}

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
