/** What was taken out of a release after a safeguarding lead stopped it, so that a new draft does not say it again. Pure. */
import type { ReleaseText } from './text.ts';

type Words = Pick<ReleaseText, 'title' | 'description' | 'keyPoints' | 'body' | 'quotes'>;

/** A figure in braces has full stops of its own, and no space after them. */
const sentence = /\S.*?(?:[.!?]+["”’)]*(?=\s|$)|$)/gs;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}{}|]+/gu, ' ')
    .trim();

const sentencesIn = (text: string): string[] =>
  text.split('\n').flatMap((line) => [...line.matchAll(sentence)].map(([words]) => plain(words)));

const sentencesOf = ({ title, description, keyPoints, body, quotes }: Words): string[] =>
  [title, description, ...keyPoints, body, ...quotes.map(({ words }) => words)].flatMap(sentencesIn);

/** Sentences, and figures in braces, of the first text that the second says no more. */
export type TakenOut = { readonly sentences: ReadonlySet<string>; readonly figures: ReadonlySet<string> };

const figuresOf = ({ title, description, keyPoints, body }: Words): Set<string> =>
  new Set([title, description, ...keyPoints, body].flatMap(figuresIn));

const figuresIn = (text: string): string[] => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, key = '']) => key);

/** Takes the text that was stopped and the one that came of it. */
export function takenOutBetween(stopped: Words, changed: Words): TakenOut {
  const kept = new Set(sentencesOf(changed));
  const keptFigures = figuresOf(changed);
  return {
    sentences: new Set(sentencesOf(stopped).filter((one) => one !== '' && !kept.has(one))),
    figures: new Set([...figuresOf(stopped)].filter((key) => !keptFigures.has(key))),
  };
}

/** The text without those sentences. A heading that is left without a text under it goes too. */
export function withoutTakenOut<Text extends Words>(text: Text, { sentences }: Pick<TakenOut, 'sentences'>): Text {
  if (sentences.size === 0) return text;
  const isTold = (words: string): boolean => !sentences.has(plain(words));
  const shorten = (paragraph: string): string =>
    paragraph
      .split('\n')
      .map((line) =>
        [...line.matchAll(sentence)]
          .map(([words]) => words)
          .filter(isTold)
          .join(' '),
      )
      .filter((line) => line.trim() !== '')
      .join('\n');
  const blocks = text.body
    .split(/\n{2,}/)
    .map(shorten)
    .filter((block) => block !== '');
  return {
    ...text,
    description: shorten(text.description),
    keyPoints: text.keyPoints.map(shorten).filter((point) => point !== ''),
    body: blocks.filter((block, at) => !isLoneHeading(block, blocks[at + 1])).join('\n\n'),
  };
}

const isLoneHeading = (block: string, next: string | undefined): boolean =>
  /^#+ [^\n]*$/.test(block) && (next === undefined || /^#+ [^\n]*$/.test(next));
