/** Until when a closed report is kept, in words for its readers. */
import { formatMoment } from '../../platform/forms/correction.ts';
import { destructionTime, type RetentionRule, type RetentionState } from './retention.ts';

/** On the page of the report: until when it is kept, and why. */
export function describeRetention(kept: RetentionState, closedAt: Date, rule: RetentionRule | undefined): string {
  if (kept === 'held') return 'As long as it is held';
  if (!rule) return 'Until somebody says a rule for what came of it';
  const from = formatMoment(destructionTime(closedAt, rule));
  if (kept === 'due') return `Destroyed with the next round: its time was over at ${from}`;
  return `${kept === 'destroyed soon' ? 'Destroyed soon: ' : ''}until ${from}, by the rule “${rule.source}”`;
}
