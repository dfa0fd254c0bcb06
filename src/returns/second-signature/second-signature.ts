/** Which returns need a second signature, who gives it, and when. Pure: no clock, no database, no wording. */
import type { OperationId, ReturnId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type ActingMember, maySecond, type SecondPersonRefusal } from '../../vocabulary/second-person.ts';
import type { Return } from '../return.ts';

/** Whether an earlier version was signed as final: then each later one needs two signatures, whatever its stage. */
export const followsFinal = (
  { version }: Pick<Return, 'version'>,
  versions: readonly Pick<Return, 'version' | 'stage' | 'signature'>[],
): boolean => versions.some((one) => one.version < version && one.stage === 'final' && one.signature !== null);

/** Stages at which a return is signed by two. */
export type CountersignedStage = 'revised' | 'final';

/** An analyst's signature for a final return or a revision of one, and what the second person decided. */
export type FirstSignature = {
  readonly id: string;
  readonly returnId: ReturnId;
  readonly operationId: OperationId;
  readonly signedBy: string;
  readonly signedAt: Date;
  /** At which the return is signed. */
  readonly stage: CountersignedStage;
  /** Of the return at that stage. */
  readonly digest: string;
  /** The return is still what was signed. */
  readonly unchanged: boolean;
  readonly decision: SecondSignature | null;
};

export type SecondSignature = {
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly approved: boolean;
  /** Why it was sent back. */
  readonly reason: string | null;
};

/** Waits for a second person. A new count or another wording ends it: then the analyst signs again. */
export const isWaiting = (first: Pick<FirstSignature, 'unchanged' | 'decision'> | undefined): boolean =>
  first?.unchanged === true && first.decision === null;

/** A second person sent it back, and the analyst has not signed again. */
export const isSentBack = (first: Pick<FirstSignature, 'decision'> | undefined): boolean =>
  first?.decision?.approved === false;

export type SecondRefusal = SecondPersonRefusal | 'decided before' | 'changed since signed';

/** Accepts a member of the agency that leads, other than the one who signed, on the newest signature of an unchanged return. The access policy asks for the role. */
export function checkSecond(
  by: ActingMember,
  first: FirstSignature | undefined,
  { leadAgency, seen }: { readonly leadAgency: string; readonly seen: string },
): Result<FirstSignature, SecondRefusal> {
  if (!first) return refuse('changed since signed');
  const allowed = maySecond(by, { authors: [first.signedBy], agencyId: leadAgency });
  if (!allowed.ok) return allowed;
  if (first.decision) return refuse('decided before');
  return first.unchanged && seen === first.id ? accept(first) : refuse('changed since signed');
}
