/** Until when a closed report is kept, in words for its readers. */
import { type ClosedRecordState, destructionTime } from '../../retention/index.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { RetentionRule } from './retention.ts';

/** On the page of the report: until when it is kept, and why. */
export function describeRetention(kept: ClosedRecordState, closedAt: Date, rule: RetentionRule | undefined): string {
  if (kept === 'held') return 'Kept while the report is on hold';
  if (!rule) return 'Until a rule is set for its outcome';
  const from = formatMoment(destructionTime(closedAt, rule));
  if (kept === 'due') return `Will be destroyed when Safelight next deletes records: its retention ended at ${from}`;
  return `${kept === 'destroyed soon' ? 'Destroyed soon: ' : ''}until ${from}, by the rule “${rule.source}”`;
}
