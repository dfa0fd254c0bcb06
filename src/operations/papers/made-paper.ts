/** A numbered version of a paper about a visit, a power or an operation. Pure. */
import type { PaperVersion } from '../../platform/paper/paper-versions.ts';
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

export type MadePaper = PaperVersion & {
  readonly id: Id<'paper'>;
  readonly kind: PaperKind;
  readonly operationId: OperationId;
  readonly visitId: VisitId | null;
  readonly subjectId: string;
  readonly madeBy: MemberId;
};
