/** Holds the words of a release by others to the rules that hold for words of ours: the check of a release, without what needs our own records. */

import { setImmediate } from 'node:timers/promises';
import type { Jurisdiction } from '../../vocabulary/jurisdictions.ts';
import { findExceededLimit, releaseLimits } from '../../vocabulary/text-structure.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { Finding } from '../release-check/finding.ts';
import { type Harm, harmOf } from '../release-check/harms.ts';
import { printedFields } from '../release-check/printed-fields.ts';
import type { ParsedRelease } from '../release-reading/parsed-release.ts';
import { loadReleaseReading } from './reading.ts';

/** Words that our own check would stop, with what they could do and the line of the file. */
export type StoppedWords = {
  readonly harm: Harm;
  readonly typed: string;
  readonly message: string;
  readonly safer: string | undefined;
  readonly line: number;
  readonly sentence: string;
};

/** The rest of the check compares with a signed return, with records or with our contacts, and others have none of these here. */
const harmsOfWords: ReadonlySet<Harm> = new Set<Harm>([
  'anonymity for life',
  'one person',
  'exact age',
  'one address',
  'nationality',
  'arrest and help',
  'name before charge',
  'active proceedings',
  'claim',
  'wording',
]);

export type WordsCheck = {
  /** In the order of the file. */
  readonly stopped: readonly StoppedWords[];
  /** Whether a part is longer than the check reads. Its words were not looked at. */
  readonly isTooLong: boolean;
};

/** Everything that the check stops in title, description, key points and body. */
export async function checkWords(
  release: ParsedRelease,
  publishable: PublishableReturn,
  day: string,
  jurisdiction: Jurisdiction | undefined,
): Promise<WordsCheck> {
  const [{ checkText, findInWhole, printedText }, { keyPointsOf }] = await Promise.all([
    import('../drafting/index.ts'),
    loadReleaseReading(),
  ]);
  const { title, description, area, lineOf, bodyLine } = release;
  const { points, body, bodyLine: firstLine } = keyPointsOf(release.body);
  const text = {
    title: title ?? '',
    area: area ?? '',
    description: description ?? '',
    keyPoints: points.map(({ text: said }) => said),
    body,
    quotes: [],
    picture: null,
    correction: null,
  };
  const lineIn = (part: string, start: number): number => {
    if (part === 'title') return lineOf.title ?? 1;
    if (part === 'description') return lineOf['og.description'] ?? 1;
    if (part.startsWith('point-')) return bodyLine + (points[Number(part.slice('point-'.length))]?.line ?? 1) - 1;
    return bodyLine + firstLine - 1 + (body.slice(0, start).match(/\r\n|\r|\n/g)?.length ?? 0);
  };
  const all = printedFields(text).filter(({ name }) => name !== 'area');
  const fields = all.filter(({ source }) => findExceededLimit(source, releaseLimits) === undefined);
  const against = { publishOn: day, jurisdiction, justifications: [], contacts: [] };
  const found: (Finding & { readonly part: string })[] = [];
  for (const { name, source, form } of fields) {
    const inField = checkText(source, publishable, against, form);
    found.push(
      ...inField
        .filter((finding) => finding.blocks && harmsOfWords.has(harmOf(finding)))
        .map((finding) => ({ ...finding, part: name })),
    );
    await setImmediate(); // A reader of another page is answered meanwhile.
  }
  found.push(...findInWhole(fields, (source) => printedText(source, publishable)));
  const stopped = found
    .map((finding) => ({
      harm: harmOf(finding),
      typed: finding.typed,
      message: finding.message,
      safer: finding.safer,
      line: lineIn(finding.part, finding.start),
      sentence: finding.sentence,
    }))
    .sort((one, other) => one.line - other.line);
  return { stopped, isTooLong: fields.length < all.length };
}
