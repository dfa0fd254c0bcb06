/** What a go does where the plan is unlawful: each place needs a reason of its own, or stays outside the go. Pure. */
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { Advice, AdviceSubject, Plan } from '../plan-check/entry-check.ts';
import type { VisitInPlan } from './planned-visit.ts';
import type { VisitRecords } from './visit-outcome.ts';

export type UnlawfulPlace = {
  readonly about: AdviceSubject;
  /** What the checks found there. */
  readonly found: readonly string[];
  /** The visits there that have not begun: what a go can leave out. */
  readonly visits: readonly VisitInPlan[];
  /** The field of the form in which the commander gives the reason. */
  readonly field: string;
};

export function listUnlawfulPlaces(plan: Plan, advice: readonly Advice[], made: VisitRecords): UnlawfulPlace[] {
  const unlawful = advice.filter(({ kind }) => kind === 'unlawful');
  const subjects = new Map(unlawful.map(({ about }) => [about.id, about]));
  return [...subjects.values()].map((about) => ({
    about,
    found: [...new Set(unlawful.filter((one) => one.about.id === about.id).map(({ what }) => what))],
    visits: plan.visits.filter(
      ({ id, premisesId, state }) => premisesId === about.id && state === 'planned' && !made.has(id),
    ),
    field: `despite-${about.id}`,
  }));
}

const reasonOf = ({ field }: UnlawfulPlace, values: object): string | null =>
  (values as Readonly<Record<string, string | null>>)[field] ?? null;

/** Where nothing can be left out, the reason must be given. */
export const findMissingReasons = (places: readonly UnlawfulPlace[], values: object): UnlawfulPlace[] =>
  places.filter((place) => place.visits.length === 0 && reasonOf(place, values) === null);

/** "Corner Kitchen: The court sits tonight"; null without any reason. */
export const joinReasons = (places: readonly UnlawfulPlace[], values: object): string | null =>
  places
    .flatMap((place) => {
      const reason = reasonOf(place, values);
      return reason === null ? [] : [`${place.about.name}: ${reason}`];
    })
    .join(' ') || null;

/** Visits without a reason, each with the words that the policy log keeps. */
export const listLeftOut = (
  places: readonly UnlawfulPlace[],
  values: object,
): { readonly id: string; readonly words: string }[] =>
  places
    .filter((place) => reasonOf(place, values) === null)
    .flatMap(({ about, found, visits }) =>
      visits.map(({ id, day }) => ({
        id,
        words: `Visit to ${about.name} on ${longDay(day)} left out of the decision to go ahead. ${found.join(' ')}`,
      })),
    );
