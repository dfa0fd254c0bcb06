/** What is known from the premises that were added before: nobody types it twice. Pure. */
import type { Plan } from '../plan-check/entry-check.ts';
import type { Premises } from './premises.ts';

/** Ids grow with time: the premises that were added last come first. */
const latestFirst = ({ premises }: Plan, but: string | undefined): readonly Premises[] =>
  premises.filter(({ id }) => id !== but).toSorted((one, other) => (one.id < other.id ? 1 : -1));

/** The latest other premises with a first responder on call. */
export const findReferrerBefore = (plan: Plan, but?: string): Premises | undefined =>
  latestFirst(plan, but).find(({ referrerId }) => referrerId !== null);

/** Why it was decided so about immigration officers, and what else was considered, at the latest other premises. */
export function findImmigrationBefore(
  { premises, decisions }: Plan,
  but?: string,
): { readonly before: string; readonly reason: string; readonly alternative: string | null } | undefined {
  const [latest] = decisions
    .filter(({ kind, about }) => kind === 'immigration entry' && about !== but)
    .toSorted((one, other) => other.recordedAt.getTime() - one.recordedAt.getTime());
  const place = premises.find(({ id }) => id === latest?.about);
  return latest && place && { before: place.name, reason: latest.reason, alternative: latest.alternative };
}
