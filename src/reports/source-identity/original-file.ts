/** Export of a file as its reporter sent it: which files, for what, and the state of the reader's request. The file may reveal the source identity, so a custodian opens it. Pure. */

import { requestStateOf } from '../../access/custodian-decisions/index.ts';
import type { ReportState } from '../report.ts';
import { purposeAfterWithdrawal, type SourceIdentityDecision, type SourceIdentityRequest } from './identity-request.ts';

type StoredOriginal = { readonly keepsOriginal: boolean; readonly sealedKey: Buffer | null };
/** Its key may still be there before anybody has made the clean copy: without the reporter's yes it is nobody's to have. */
export const isOriginalKept = ({ keepsOriginal, sealedKey }: StoredOriginal): boolean =>
  keepsOriginal && sealedKey !== null;

type DecidedRequest = Pick<SourceIdentityRequest, 'askedBy' | 'askedAt' | 'until' | 'purpose'> & {
  readonly decision: Pick<SourceIdentityDecision, 'granted'> | undefined;
};
export type OriginalAccess<Opening extends DecidedRequest> =
  | { readonly at: 'not kept' | 'taken back' | 'not asked' }
  | { readonly at: 'waits' | 'refused' | 'open'; readonly opening: Opening };

/** What is open counts before what waits, and that before what was refused; what is over counts as never asked. */
export function originalAccessOf<Opening extends DecidedRequest>(
  file: StoredOriginal,
  state: ReportState,
  openings: readonly Opening[],
  memberId: string,
  now: Date,
): OriginalAccess<Opening> {
  if (!isOriginalKept(file)) return { at: 'not kept' };
  const mine = openings.filter(
    ({ askedBy, purpose }) => askedBy === memberId && (state !== 'withdrawn' || purpose === purposeAfterWithdrawal),
  );
  for (const at of ['open', 'waits', 'refused'] as const) {
    const opening = mine.find((one) => requestStateOf(one, one.decision, now) === at && now < one.until);
    if (opening) return { at, opening };
  }
  return { at: state === 'withdrawn' ? 'taken back' : 'not asked' };
}
