/** Versions of a paper: which sections changed since the version before. A keyed digest stands for the words of each section. Pure. */
import { createHmac } from 'node:crypto';
import { listOf } from '../../vocabulary/languages/english.ts';
import { getMemberName, type MemberNames } from '../forms/correction.ts';
import type { StateItem } from '../rendering/pages.ts';
import type { StaffPaper } from './staff-paper.ts';

export type PaperVersion = {
  readonly version: number;
  /** A keyed digest of each section, by its title. */
  readonly parts: Readonly<Record<string, string>>;
  readonly changes: readonly string[];
  /** The id of the member. */
  readonly madeBy: string;
  readonly madeAt: Date;
};

const headings = 'Title, introduction and sources';

/** A digest of each section by its title, and of the rest of the paper. */
export function digestParts(paper: StaffPaper, key: string): Record<string, string> {
  const digest = (part: unknown): string => createHmac('sha256', key).update(JSON.stringify(part)).digest('base64url');
  const { sections, ...around } = paper;
  return {
    [headings]: digest(around),
    ...Object.fromEntries(sections.map((section) => [section.title, digest(section)])),
  };
}

/** Titles of the sections that differ from the version before, each once. */
export const listChangedParts = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] =>
  [...new Set([...Object.keys(after), ...Object.keys(before)])].filter((title) => before[title] !== after[title]);

/** The same under each key that was ever current: a new key is no change of a paper. */
export function findChanges(before: Pick<PaperVersion, 'parts'>, paper: StaffPaper, keys: readonly string[]): string[] {
  const under = keys.map((key) => listChangedParts(before.parts, digestParts(paper, key)));
  return under.reduce((least, one) => (one.length < least.length ? one : least));
}

/** How a store words the time of a version: to the minute, or to the hour. */
export type FormatTime = (at: Date) => string;

/** A line of the list of versions. */
export function formatVersion(
  { version, madeAt, madeBy, changes }: Omit<PaperVersion, 'parts'>,
  formatTime: FormatTime,
  names: MemberNames,
): string {
  const what = version === 1 ? ' The first version.' : changes.length > 0 ? ` Changed: ${listOf(changes)}.` : '';
  return `Version ${version}, ${formatTime(madeAt)}, by ${getMemberName(names, madeBy)}.${what}`;
}

/** Whether the records still say what the last version said. `makers` says who makes the first version, where the reader cannot. */
export function describeState(
  latest: PaperVersion | undefined,
  changes: readonly string[] | undefined,
  { makes, makers, formatTime }: { readonly makes: boolean; readonly makers: string; readonly formatTime: FormatTime },
): StateItem {
  if (!latest || !changes)
    return {
      kind: 'waiting',
      title: 'No version yet',
      text: makes
        ? 'Make a version when the records are ready. The version has a number, and you can get it as a PDF.'
        : `${makers} makes the first version.`,
    };
  if (changes.length === 0)
    return {
      kind: 'good',
      title: `Version ${latest.version}, ${formatTime(latest.madeAt)}`,
      text: 'The records have not changed since. A new print shows the same words.',
    };
  return {
    kind: 'unwise',
    title: `The records changed after version ${latest.version}`,
    text: `Changed: ${listOf(changes)}.${makes ? ' Make a new version before you print.' : ''}`,
  };
}
