/** A protective notice: one sentence about one person in custody, with the person’s yes or for a child’s good, by a reference that the adviser was told. Pure: no clock, no database, no wording of pages. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { SentenceName } from './sentence.ts';

export type NoticeId = Id<'protective notice'>;
/** What the custodian’s side knows it by: minted for the crossing, and no id of anything behind the wall. */
export type CrossingId = Id<'crossing'>;
type PersonId = Id<'person'>;

export const grounds = ['the person agreed', 'best interests of a child'] as const;
export type Ground = (typeof grounds)[number];

export const answers = ['yes, to these words', 'no, or no answer'] as const;

export const interpretings = [
  'nobody was needed',
  'the worker speaks the language',
  'an interpreter in the room',
  'an interpreter by telephone or video',
] as const;
/** A child in custody may be out of reach when a life hangs on the minute: that is said, and no interpreter is invented. */
export const notReached = 'the child could not be reached';
export const interpretingsOfChild = [...interpretings, notReached] as const;

export type Notice = {
  readonly id: NoticeId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** Whose custody it is: a police force, or immigration. */
  readonly recipient: AgencyId;
  readonly sentence: SentenceName;
  readonly ground: Ground;
  /** The words that the person said yes to; of a child, that were read out. */
  readonly wording: string;
  readonly interpreted: (typeof interpretingsOfChild)[number];
  /** Why it is best for the child, and what the child wants; kept under seal. */
  readonly reasons: string | null;
  readonly crossingId: CrossingId;
  /** To the hour. */
  readonly givenAt: Date;
  readonly takenBackAt: Date | null;
  readonly takenBackBy: MemberId | null;
  readonly takenBackCrossing: CrossingId | null;
};

/** Whoever is treated as a child is not asked to decide it alone; whoever is an adult decides it alone. */
export const groundFor = (treatedAs: 'as an adult' | 'as a child' | 'as a child until assessed'): Ground =>
  treatedAs === 'as an adult' ? 'the person agreed' : 'best interests of a child';

export type GivingRefusal = 'not agreed' | 'no reasons';

/** No third ground: where an adult does not say yes, nothing crosses. */
export function mayCross(
  ground: Ground,
  said: { readonly agreed: boolean; readonly reasons: string | null },
): Result<true, GivingRefusal> {
  if (ground === 'the person agreed') return said.agreed ? accept(true) : refuse('not agreed');
  return said.reasons ? accept(true) : refuse('no reasons');
}

/** Room for the references of custody and of immigration, none for a name or a message: short, some figures, and few letters, however they are set apart. */
const shape = /^[A-Z0-9][A-Z0-9/. -]{3,19}$/;
const mostLetters = 3;
/** What rings, and what tells a day: a reference of neither custody nor immigration looks like one. */
const ringsOrDates = /^0\d{9,10}$|^\d{1,2}[/. -]\d{1,2}[/. -](?:19|20)?\d\d$|^(?:19|20)\d\d[/. -]\d\d[/. -]\d\d$/;
export function referenceOf(typed: string): string | undefined {
  const reference = typed
    .trim()
    .replaceAll(/[ \t]+/g, ' ')
    .toUpperCase();
  const letters = reference.match(/[A-Z]/g) ?? [];
  const figures = reference.match(/\d/g) ?? [];
  if (ringsOrDates.test(reference) || ringsOrDates.test(reference.replaceAll(/[ .+-]/g, ''))) return undefined;
  return shape.test(reference) && figures.length >= 3 && letters.length <= mostLetters ? reference : undefined;
}

export type TakeBackRefusal = 'taken back already';

export const takeBack = (
  notice: Notice,
  by: MemberId,
  now: Date,
  crossing: CrossingId,
): Result<Notice, TakeBackRefusal> =>
  notice.takenBackAt
    ? refuse('taken back already')
    : accept({ ...notice, takenBackAt: now, takenBackBy: by, takenBackCrossing: crossing });
