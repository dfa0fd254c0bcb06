/** An intelligence item: sanitised text graded by 3x5x2 (College of Policing, APP on intelligence management), with dates and handling. Pure. */
import { addMonths } from '../../vocabulary/calendar/days.ts';
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';

export type ItemId = Id<'intelligence item'>;

/** 1 reliable, 2 untested, 3 not reliable. */
export const sourceEvaluations = ['1', '2', '3'] as const;
/** A known directly, B known indirectly but corroborated, C known indirectly, D not known, E suspected to be false. */
export const assessments = ['A', 'B', 'C', 'D', 'E'] as const;
/** P lawful sharing permitted, C lawful sharing permitted with conditions. */
export const handlings = ['P', 'C'] as const;

export type Grading = {
  readonly sourceEvaluation: (typeof sourceEvaluations)[number];
  readonly assessment: (typeof assessments)[number];
  readonly handling: (typeof handlings)[number];
};

/** Days as `YYYY-MM-DD`. */
export type Item = Grading & {
  readonly id: ItemId;
  readonly agencyId: AgencyId;
  readonly happenedFrom: string;
  readonly happenedTo: string;
  /** In the agency's own intelligence system, which stays the system of record. */
  readonly systemReference: string | null;
  readonly reviewOn: string;
  readonly recordedBy: MemberId;
  readonly recordedAt: Date;
};

export type ItemContent = {
  /** Sanitised. */
  readonly text: string;
  /** What a recipient must keep to; null where handling is P. */
  readonly conditions: string | null;
};

/** The report or the record that an item was made from: one of them. */
export type ItemSource = { readonly reportId: string | null; readonly originalReference: string | null };

/** “2CP”, as it is written on a 3x5x2 form. */
export const gradeOf = ({ sourceEvaluation, assessment, handling }: Grading): string =>
  `${sourceEvaluation}${assessment}${handling}`;

/** Police information is reviewed after six years (Code of Practice on Police Information and Records Management 2023). */
const yearsToReview = 6;
export const firstReviewOn = (recordedOn: string): string => addMonths(recordedOn, yearsToReview * 12);

export const isDueForReview = ({ reviewOn }: Pick<Item, 'reviewOn'>, today: string): boolean => reviewOn <= today;

/** Why an item is disposed of. Before its review day only what should not have been recorded is. */
export const disposalReasons = [
  'no longer necessary',
  'identifies its source',
  'recorded twice',
  'should not have been recorded',
] as const;
export type DisposalReason = (typeof disposalReasons)[number];

export const mayDispose = (item: Pick<Item, 'reviewOn'>, reason: DisposalReason, today: string): boolean =>
  reason !== 'no longer necessary' || isDueForReview(item, today);
