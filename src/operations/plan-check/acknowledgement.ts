/** Which warnings of a plan can be acknowledged with a reason, and which are. An acknowledgement rests on the same warning about the same facts: if these change, the warning is open again. Pure. */
import { createHash } from 'node:crypto';
import type { Decision } from '../policy-log/decision.ts';
import type { Advice, AdviceRule } from './entry-check.ts';

/** Each has a decision of its own, which answers it. */
const decidedElsewhere: ReadonlySet<AdviceRule> = new Set([
  'no go',
  'no-go stands',
  'visit added',
  'no referrer',
  'immigration undecided',
  'immigration unrecorded',
  'immigration on the team',
]);

/** What is unlawful is never acknowledged: it is put right. */
export const mayAcknowledge = ({ kind, rule }: Pick<Advice, 'kind' | 'rule'>): boolean =>
  kind !== 'unlawful' && !decidedElsewhere.has(rule);

/** Names a warning with its facts: another day, time, team or power gives another digest. */
export const findingOf = ({ kind, rule, about, visitId, powerId, what, why }: Advice): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, rule, about.of, about.id, visitId ?? null, powerId ?? null, what, why]))
    .digest('hex');

/** Warnings with the same key say the same of other places: pages show them as one, and one reason can acknowledge all of them. */
export const alikeKey = ({ kind, what, cure, acknowledged }: Advice): string =>
  JSON.stringify([kind, what, cure, acknowledged ?? null]);

/** Each warning with its latest acknowledgement, if it has one. */
export function withAcknowledgements(advice: readonly Advice[], decisions: readonly Decision[]): Advice[] {
  const latest = new Map<string, Decision>();
  for (const decision of decisions) {
    const { kind, finding, recordedAt } = decision;
    if (kind !== 'warning acknowledged' || finding === null) continue;
    const known = latest.get(finding);
    if (!known || known.recordedAt < recordedAt) latest.set(finding, decision);
  }
  return advice.map((one) => {
    const found = mayAcknowledge(one) ? latest.get(findingOf(one)) : undefined;
    if (!found) return one;
    const { decidedBy, recordedAt, reason } = found;
    return { ...one, acknowledged: { decidedBy, recordedAt, reason } };
  });
}
