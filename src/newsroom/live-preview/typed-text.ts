/** The text of a release as somebody is typing it: read leniently, because half a sentence is no mistake. Nothing of it is saved. Pure. */
import type { Answers } from '../../platform/forms/forms.ts';
import { findExceededLimit, releaseLimits } from '../../vocabulary/text-structure.ts';
import type { FigureBrackets, UnknownBracket } from '../figure-brackets/brackets.ts';
import { unknownBracketsError } from '../figure-brackets/unknown-brackets.ts';
import { line, mostQuotes, tidy } from '../releases/forms.ts';
import type { Release } from '../releases/store.ts';

export type TypedText = {
  readonly release: Release;
  /** What keeps the text from being shown, or a figure from being read, in words for the writer. */
  readonly problems: readonly string[];
  /** The text is too long to be checked while it is typed. */
  readonly tooLong: boolean;
};

/** Of a field other than the text, more than any of them may be. */
const mostInField = 6_000;

/** What was typed in the place of the saved text. Figures in brackets are read as they are when the text is saved. */
export function readTypedText(release: Release, typed: Answers, brackets: FigureBrackets): TypedText {
  const unknown: UnknownBracket[] = [];
  const plain = (name: string): string => String(tidy(String(typed[name] ?? '')));
  const figured = (text: string): string => {
    const read = brackets.read(text);
    unknown.push(...read.unknown);
    return read.stored;
  };
  const points = plain('keyPoints')
    .split('\n')
    .map((one) => line(one.replace(/^\s*[-*•]\s+/, '')))
    .filter((one) => one !== '');
  const quotes = Array.from({ length: mostQuotes }, (_, index) => index + 1).map((number) => ({
    rank: line(plain(`rank${number}`)),
    name: line(plain(`name${number}`)),
    unit: line(plain(`unit${number}`)),
    words: figured(plain(`words${number}`)).trim(),
  }));
  const shown = {
    title: figured(line(plain('title'))),
    area: line(plain('area')),
    description: figured(line(plain('description'))),
    keyPoints: points.map(figured),
    body: figured(plain('body')),
    quotes: quotes.filter(({ words }) => words !== ''),
    correction: release.correction === null ? null : figured(plain('correction')),
  };
  const long = findTooLong(shown);
  return {
    release: { ...release, ...shown },
    problems: [...(long ? [long] : []), ...(unknown.length > 0 ? [unknownBracketsError(unknown)] : [])],
    tooLong: long !== undefined,
  };
}

/** Held to what the check reads within some hundredths of a second. */
function findTooLong({ body, quotes, ...fields }: Pick<Release, 'body' | 'quotes'> & Record<string, unknown>) {
  const texts = [body, ...quotes.map(({ words }) => words)];
  const found = texts.map((text) => findExceededLimit(text, releaseLimits)).find((message) => message !== undefined);
  if (found) return found;
  const others = [...Object.values(fields).flat(), ...quotes.flatMap(({ rank, name, unit }) => [rank, name, unit])];
  return others.some((text) => String(text ?? '').length > mostInField)
    ? 'A field is too long to be shown here. Make it shorter'
    : undefined;
}
