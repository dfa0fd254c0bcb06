/** Finds a visit that relies on consent where entry was refused before. Pure. */
import { dayOf } from '../../platform/clock.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { VisitInPlan } from '../plan/planned-visit.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import { type Advice, type Plan, toPremisesSubject } from './entry-check.ts';

/** The latest day on which a team was refused entry at these premises. */
function findRefusal({ visits }: Plan, { premisesId }: VisitInPlan, made: VisitRecords): string | undefined {
  return visits
    .filter((one) => one.premisesId === premisesId)
    .flatMap(({ id }) => made.get(id) ?? [])
    .filter(({ answer }) => answer === 'refused entry')
    .map(({ arrivedAt }) => dayOf(arrivedAt))
    .toSorted()
    .at(-1);
}

export function refusedConsentAdvice(plan: Plan, visit: VisitInPlan, made: VisitRecords): Advice[] {
  const refusedOn = visit.basis === 'consent' ? findRefusal(plan, visit, made) : undefined;
  if (refusedOn === undefined) return [];
  return [
    {
      kind: 'unwise',
      rule: 'consent refused before',
      what: `Entry was refused here on ${longDay(refusedOn)}. The visit on ${longDay(visit.day)} at ${visit.starts} relies on consent.`,
      about: toPremisesSubject(visit),
      visitId: visit.id,
      why: 'People who are asked again may feel that they must agree. Consent that is not free is no consent.',
      cure: 'Choose another power or call the visit off. If something has changed, acknowledge this warning and say what.',
    },
  ];
}
