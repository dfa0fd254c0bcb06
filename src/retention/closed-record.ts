/** The clock of a record that ends at a moment and has nothing that restarts it, such as a closed report: so many days after its closing. Pure. */
import { daysOfWarning } from './classes.ts';

const dayMs = 86_400_000;

type Rule = { readonly days: number; readonly validFrom: string };

/** From when it may be destroyed: after the rule's days, and never before the rule has been in force for the days of warning. */
export const destructionTime = (closedAt: Date, { days, validFrom }: Rule): Date =>
  new Date(Math.max(closedAt.getTime() + days * dayMs, Date.parse(`${validFrom}T00:00:00Z`) + daysOfWarning * dayMs));

export type ClosedRecordState = 'no rule' | 'held' | 'kept' | 'destroyed soon' | 'due';

/** The state under the rule now; a hold that nobody ended keeps the record whatever the rule says. */
export function closedRecordStateOf(
  closedAt: Date,
  rule: Rule | undefined,
  holds: readonly { readonly endedAt: Date | null }[],
  now: Date,
): ClosedRecordState {
  if (!rule) return 'no rule';
  if (holds.some(({ endedAt }) => !endedAt)) return 'held';
  const due = destructionTime(closedAt, rule).getTime();
  if (due <= now.getTime()) return 'due';
  return due <= now.getTime() + daysOfWarning * dayMs ? 'destroyed soon' : 'kept';
}
