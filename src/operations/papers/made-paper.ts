/** Versions of a paper: which sections changed since the version before. A digest under a key of the unit stands for the words. Pure. */
import { createHmac } from 'node:crypto';
import type { StaffPaper } from '../../platform/paper/staff-paper.ts';
import type { Id, MemberId, OperationId, VisitId } from '../../vocabulary/ids.ts';

export const paperKinds = [
  'search record',
  'notice of powers',
  'consent to search',
  'warrant return',
  'warrant application',
  'debrief',
] as const;
export type PaperKind = (typeof paperKinds)[number];

export type MadePaper = {
  readonly id: Id<'paper'>;
  readonly kind: PaperKind;
  readonly operationId: OperationId;
  readonly visitId: VisitId | null;
  readonly subjectId: string;
  readonly version: number;
  /** A keyed digest of each section, by its title. */
  readonly parts: Readonly<Record<string, string>>;
  readonly changes: readonly string[];
  readonly madeBy: MemberId;
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
export function findChanges(before: Pick<MadePaper, 'parts'>, paper: StaffPaper, keys: readonly string[]): string[] {
  const under = keys.map((key) => listChangedParts(before.parts, digestParts(paper, key)));
  return under.reduce((least, one) => (one.length < least.length ? one : least));
}
