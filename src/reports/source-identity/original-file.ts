/** Export of a file as its reporter sent it: which files, for what, and the state of the reader's request. The file may reveal the source identity, so a custodian opens it. Pure. */

import type { ReportState } from '../report.ts';
import { type ContactDecision, type ContactOpening, evenIfTakenBack, stateOf } from './identity-request.ts';

type Kept = { readonly keepsOriginal: boolean; readonly sealedKey: Buffer | null };
/** Its key may still be there before anybody has made the clean copy: without the reporter's yes it is nobody's to have. */
export const isKept = ({ keepsOriginal, sealedKey }: Kept): boolean => keepsOriginal && sealedKey !== null;

type Told = Pick<ContactOpening, 'askedBy' | 'askedAt' | 'until' | 'purpose'> & {
  readonly decision: Pick<ContactDecision, 'granted'> | undefined;
};
export type Standing<Opening extends Told> =
  | { readonly at: 'not kept' | 'taken back' | 'not asked' }
  | { readonly at: 'waits' | 'refused' | 'open'; readonly opening: Opening };

/** What is open counts before what waits, and that before what was refused; what is over counts as never asked. */
export function standingOf<Opening extends Told>(
  file: Kept,
  state: ReportState,
  openings: readonly Opening[],
  memberId: string,
  now: Date,
): Standing<Opening> {
  if (!isKept(file)) return { at: 'not kept' };
  const mine = openings.filter(
    ({ askedBy, purpose }) => askedBy === memberId && (state !== 'withdrawn' || purpose === evenIfTakenBack),
  );
  for (const at of ['open', 'waits', 'refused'] as const) {
    const opening = mine.find((one) => stateOf(one, one.decision, now) === at && now < one.until);
    if (opening) return { at, opening };
  }
  return { at: state === 'withdrawn' ? 'taken back' : 'not asked' };
}
