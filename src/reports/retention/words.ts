/** Until when a closed report is kept, in words for its readers. */
import { formatMoment } from '../../platform/forms/correction.ts';
import { dueAt, type Kept, type RetentionRule } from './retention.ts';

/** On the page of the report: until when it is kept, and why. */
export function keptWords(kept: Kept, closedAt: Date, rule: RetentionRule | undefined): string {
  if (kept === 'held') return 'As long as it is held';
  if (!rule) return 'Until somebody says a rule for what came of it';
  const from = formatMoment(dueAt(closedAt, rule));
  if (kept === 'due') return `Destroyed with the next round: its time was over at ${from}`;
  return `${kept === 'destroyed soon' ? 'Destroyed soon: ' : ''}until ${from}, by the rule “${rule.source}”`;
}
