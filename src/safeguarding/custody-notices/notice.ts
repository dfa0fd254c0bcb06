/** A custody safeguarding notice: one sentence about one person in custody, by a reference that the adviser was given. Needs consent, or a child’s best interests. Pure: no clock, no database, no page text. */

import { type AgeTreatment, isTreatedAsChild } from '../../vocabulary/age.ts';
import type { AgencyId, Id, MemberId, PersonId } from '../../vocabulary/ids.ts';
import { selectableInterpretingModes } from '../../vocabulary/interpreting.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { SentenceName } from './sentence.ts';

export type NoticeId = Id<'protective notice'>;
/** The id of a notice that a second person approved. */
export const noticeIdOf = (disclosureId: string): NoticeId => disclosureId as NoticeId;
/** The id on the custodian’s side, made for the crossing: no id of the safeguarding database. */
export type CrossingId = Id<'crossing'>;

export const grounds = ['the person agreed', 'child’s best interests'] as const;
export type Ground = (typeof grounds)[number];

export const answers = ['yes, to these words', 'no, or no answer'] as const;

/** A child in custody may be unreachable in an emergency. The record then says so, instead of naming an interpreter. */
export const notReached = 'child not reached';
export const childInterpretations = [...selectableInterpretingModes, notReached] as const;

export type Notice = {
  readonly id: NoticeId;
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** The authority with custody: a police force, or immigration. */
  readonly recipient: AgencyId;
  readonly sentence: SentenceName;
  readonly ground: Ground;
  /** The wording that the person agreed to, or that was read out to a child. */
  readonly wording: string;
  /** The same in the person’s language, as it was shown beside the English, and its code. Null where only English was shown. */
  readonly shownWording: string | null;
  readonly shownLanguage: string | null;
  readonly interpreted: (typeof childInterpretations)[number];
  /** Why it is best for the child, and what the child wants; sealed. */
  readonly reasons: string | null;
  readonly transferId: CrossingId;
  /** To the hour. */
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: MemberId | null;
  readonly withdrawalTransferId: CrossingId | null;
};

/** A person treated as a child does not decide this alone; an adult does. */
export const groundFor = (treatedAs: AgeTreatment): Ground =>
  isTreatedAsChild(treatedAs) ? 'child’s best interests' : 'the person agreed';

export type SendRefusal = 'not agreed' | 'no reasons';

/** No third ground: without an adult’s consent nothing is sent. */
export function maySendNotice(
  ground: Ground,
  said: { readonly agreed: boolean; readonly reasons: string | null },
): Result<true, SendRefusal> {
  if (ground === 'the person agreed') return said.agreed ? accept(true) : refuse('not agreed');
  return said.reasons ? accept(true) : refuse('no reasons');
}

/** Fits references of custody and immigration, but no name or message: short, some digits and few letters, with any separators. */
const shape = /^[A-Z0-9][A-Z0-9/. -]{3,19}$/;
const mostLetters = 3;
/** Telephone numbers and dates: no reference of custody or immigration looks like one. */
const phoneOrDate = /^0\d{9,10}$|^\d{1,2}[/. -]\d{1,2}[/. -](?:19|20)?\d\d$|^(?:19|20)\d\d[/. -]\d\d[/. -]\d\d$/;
export function referenceOf(typed: string): string | undefined {
  const reference = typed
    .trim()
    .replaceAll(/[ \t]+/g, ' ')
    .toUpperCase();
  const letters = reference.match(/[A-Z]/g) ?? [];
  const figures = reference.match(/\d/g) ?? [];
  if (phoneOrDate.test(reference) || phoneOrDate.test(reference.replaceAll(/[ .+-]/g, ''))) return undefined;
  return shape.test(reference) && figures.length >= 3 && letters.length <= mostLetters ? reference : undefined;
}

export type WithdrawalRefusal = 'taken back already';

export const withdrawNotice = (
  notice: Notice,
  by: MemberId,
  now: Date,
  crossing: CrossingId,
): Result<Notice, WithdrawalRefusal> =>
  notice.withdrawnAt
    ? refuse('taken back already')
    : accept({ ...notice, withdrawnAt: now, withdrawnBy: by, withdrawalTransferId: crossing });
