/** What is known from the premises that were added before: nobody types it twice. Pure. */
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import type { ImmigrationEntry, Premises } from './premises.ts';

/** The latest decision about immigration officers at other premises. */
export type ImmigrationBefore = {
  readonly before: string;
  readonly chosen: ImmigrationEntry | null;
  readonly reason: string;
  readonly alternative: string | null;
};

/** Ids grow with time: the premises that were added last come first. */
const latestFirst = ({ premises }: Plan, but: string | undefined): readonly Premises[] =>
  premises.filter(({ id }) => id !== but).toSorted((one, other) => (one.id < other.id ? 1 : -1));

/** The latest other premises with a first responder on call. */
export const findReferrerBefore = (plan: Plan, but?: string): Premises | undefined =>
  latestFirst(plan, but).find(({ referrerId }) => referrerId !== null);

/** Why it was decided so about immigration officers, and what else was considered, at the latest other premises. */
export function findImmigrationBefore({ premises, decisions }: Plan, but?: string): ImmigrationBefore | undefined {
  const [latest] = decisions
    .filter(({ kind, about }) => kind === 'immigration entry' && about !== but)
    .toSorted((one, other) => other.recordedAt.getTime() - one.recordedAt.getTime());
  const place = premises.find(({ id }) => id === latest?.about);
  const chosen = place?.immigrationEntry ?? null;
  return latest && place && { before: place.name, chosen, reason: latest.reason, alternative: latest.alternative };
}

/** Beside the reason: where it was copied from, and for which decision. */
export const copiedReasonHint = ({ before, chosen }: ImmigrationBefore): string =>
  `Safelight copied the reason and the options from ${before}${chosen ? `, where the decision is “${wordsOf(chosen)}”` : ''}. Change them if they are different here.`;

type Typed = { readonly chosen: ImmigrationEntry | null; readonly reason: string | null };

/** The error beside a reason that was copied from another decision than the one that was chosen now. */
export const findCopiedReason = (before: ImmigrationBefore | undefined, typed: Typed): string | undefined =>
  before?.chosen && typed.chosen && before.chosen !== typed.chosen && before.reason === typed.reason
    ? `This is the reason for “${wordsOf(before.chosen)}” at ${before.before}. Enter the reason for “${wordsOf(typed.chosen)}”, and check the options`
    : undefined;
