/** The fields of a release that take figures, as its writers see and type them: each figure in curly brackets. */
import { z } from 'zod';
import type { Answers } from '../../platform/forms/forms.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { BracketEntry, BracketProblem, FigureBrackets, StoredText } from '../figure-brackets/brackets.ts';
import type { ListedFigure } from '../figure-brackets/figure-list.ts';
import { answersOf } from './forms.ts';
import type { Release } from './store.ts';

/** The fields of the edit form that take figures, and how each is read. */
const figureFields: Readonly<Record<string, StoredText['form']>> = {
  title: 'plain',
  description: 'plain',
  keyPoints: 'lines',
  body: 'markdown',
  words1: 'plain',
  words2: 'plain',
  words3: 'plain',
  correction: 'plain',
};

/** The brackets of one release, and the list of figures that its writer can take from. */
export type ReleaseBrackets = { readonly brackets: FigureBrackets; readonly listed: readonly ListedFigure[] };

/** Takes the release as it is stored, and what its form was sent with: those brackets keep their meaning. */
export async function readBrackets(
  release: Release,
  publishable: PublishableReturn | null,
  body: unknown,
): Promise<ReleaseBrackets> {
  const [{ FigureBrackets }, { listFigures, listOfferedFigures }] = await Promise.all([
    import('../figure-brackets/brackets.ts'),
    import('../figure-brackets/figure-list.ts'),
  ]);
  const offered = publishable ? listOfferedFigures(publishable) : [];
  const texts = storedTexts(answersOf(release));
  const sent = await readSent(body);
  const placeholders = offered.flatMap((figure) => figure.placeholders);
  const brackets = new FigureBrackets(publishable, { texts, offered: placeholders, sent });
  return { brackets, listed: listFigures(offered, brackets) };
}

const storedTexts = (answers: Readonly<Record<string, string>>): StoredText[] =>
  Object.entries(figureFields).map(([name, form]) => ({ text: answers[name] ?? '', form }));

/** What is read of the hidden field of a form at most. */
const mostEntries = 1_000;
const Entry = z.tuple([z.string().regex(/[^{}\s]/), z.string()]);

/** The brackets that a form says it was shown. Anything that could not be typed by hand is left out. */
async function readSent(body: unknown): Promise<BracketEntry[]> {
  const { figures } = (body ?? {}) as Answers;
  if (typeof figures !== 'string') return [];
  const { isTypable } = await import('../figure-brackets/brackets.ts');
  const parsed = parseJson(figures);
  const listed: readonly unknown[] = Array.isArray(parsed) ? parsed.slice(0, mostEntries) : [];
  return listed.flatMap((one): BracketEntry[] => {
    const entry = Entry.safeParse(one);
    return entry.success && isTypable(`{{${entry.data[1]}}}`) ? [entry.data] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The hidden field of the form. */
export const entriesField = (brackets: FigureBrackets): string => JSON.stringify(brackets.entries());

/** Fields as they are stored, their figures shown in brackets. */
export const showFields = (
  fields: Readonly<Record<string, string>>,
  brackets: FigureBrackets,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, text]) => {
      const form = figureFields[name];
      return [name, form ? brackets.show({ text, form }) : text];
    }),
  );

/** A release with its figures shown in brackets, as the fields of its form begin. */
export function showInBrackets(release: Release, brackets: FigureBrackets): Release {
  const plain = (text: string): string => brackets.show({ text, form: 'plain' });
  return {
    ...release,
    title: plain(release.title),
    description: plain(release.description),
    keyPoints: release.keyPoints.map(plain),
    body: brackets.show({ text: release.body, form: 'markdown' }),
    quotes: release.quotes.map((quote) => ({ ...quote, words: plain(quote.words) })),
    correction: release.correction && plain(release.correction),
  };
}

/** Fields as they were typed, read back; a bracket that nobody knows stays as it is. */
export const storeFields = (typed: Answers, brackets: FigureBrackets): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(typed).map(([name, text]) => [
      name,
      figureFields[name] && typeof text === 'string' ? brackets.read(text).stored : text,
    ]),
  );

/** What is wrong with the figures of the stored text, field by field. */
export const problemsOf = (release: Release, brackets: FigureBrackets): Record<string, BracketProblem[]> => {
  const answers = answersOf(release);
  return Object.fromEntries(
    Object.entries(figureFields).map(([name, form]) => [
      name,
      brackets.problemsIn({ text: answers[name] ?? '', form }),
    ]),
  );
};
