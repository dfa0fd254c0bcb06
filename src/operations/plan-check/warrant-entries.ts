/** Checks that no visit is planned on a warrant that another visit uses up. Pure. */
import type { VisitState } from '../../platform/area.ts';
import { dayOf, timeOf } from '../../platform/clock.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { isGranted, type Power } from '../plan/planned-power.ts';
import { canStillBegin, endOf, isOverlapping, startOf, type VisitInPlan } from '../plan/planned-visit.ts';
import { isInside, type VisitRecords } from '../plan/visit-outcome.ts';
import { findPower } from '../powers-of-entry/load.ts';
import { findById, listVisitsUnder } from './by-id.ts';
import { type Advice, type Plan, toPremisesSubject } from './entry-check.ts';

/** The visits that were begun, and the moment of the check. A team that is late arrives now at the earliest. */
export type CheckedAt = { readonly made: VisitRecords; readonly now: Date };

type EarlierEntry = {
  readonly day: string;
  readonly how: 'used' | 'returned' | 'planned';
  /** When a team went in today that has not said that it left. */
  readonly insideSince?: string;
};

/** Teams that are at the premises together enter once. */
function isSameEntry(one: VisitInPlan, visit: VisitInPlan, { made, now }: CheckedAt): boolean {
  const leftAt = made.get(one.id)?.leftAt;
  const planned = startOf(visit);
  const start = made.get(visit.id)?.arrivedAt ?? (now > planned ? now : planned);
  return isOverlapping(one, visit) && (!leftAt || leftAt > start);
}

/** Whether the planner recorded a use that was over before this visit begins or began: then another visit made it. */
export const isOverBefore = (
  executedAt: Date,
  visit: Pick<VisitInPlan, 'day' | 'starts' | 'minutes'>,
  own?: Pick<VisitState, 'arrivedAt'>,
): boolean =>
  executedAt.getTime() + (endOf(visit).getTime() - startOf(visit).getTime()) <=
  (own?.arrivedAt ?? startOf(visit)).getTime();

/** A warrant that went back on the day of a visit was used by it, or lets that visit in no more. */
const isReturnedBefore = (
  { executedAt }: Power,
  returnedOn: string,
  visit: VisitInPlan,
  own: VisitState | undefined,
): boolean =>
  returnedOn < visit.day ||
  (returnedOn === visit.day && !own && (executedAt === null || isOverBefore(executedAt, visit, own)));

/** The first entry under this power before the visit: one that was made, then one that the planner recorded, then one that is planned. */
function findEarlierEntry({ visits }: Plan, visit: VisitInPlan, power: Power, on: CheckedAt): EarlierEntry | undefined {
  const { made, now } = on;
  const others = listVisitsUnder(visits, made, power.id).filter(
    (one) => one.id !== visit.id && !isSameEntry(one, visit, on),
  );
  const own = made.get(visit.id);
  const [first] = others
    .flatMap(({ id }) => made.get(id) ?? [])
    // Times are whole minutes: of two teams in the same minute either may have been first.
    .filter(({ powerId, arrivedAt }) => powerId === power.id && (!own || arrivedAt <= own.arrivedAt))
    .toSorted((one, other) => one.arrivedAt.getTime() - other.arrivedAt.getTime());
  if (first && power.state !== 'returned')
    return {
      day: dayOf(first.arrivedAt),
      how: 'used',
      ...(isInside(first, dayOf(now)) && { insideSince: timeOf(first.arrivedAt) }),
    };
  if (power.returnedOn !== null)
    return isReturnedBefore(power, power.returnedOn, visit, own)
      ? { day: power.returnedOn, how: 'returned' }
      : undefined;
  if (power.executedAt && isOverBefore(power.executedAt, visit, own))
    return { day: dayOf(power.executedAt), how: 'used' };
  const [next] = others
    .filter(
      (one) => one.powerId === power.id && one.state === 'planned' && canStillBegin(one, now) && !made.has(one.id),
    )
    .filter((one) => startOf(one) < startOf(visit))
    .toSorted((one, other) => startOf(one).getTime() - startOf(other).getTime());
  return next && { day: next.day, how: 'planned' };
}

const earlierEntryLabels: Record<EarlierEntry['how'], (day: string, name: string) => string> = {
  used: (day, name) => `Used already, on ${day}: ${name}.`,
  returned: (day, name) => `Returned already, on ${day}: ${name}.`,
  planned: (day, name) => `Another visit uses it first, on ${day}: ${name}.`,
};

/** Whether a team would go in, or went in, under a warrant for one entry that another visit used first. */
export function findSecondEntry(plan: Plan, visit: VisitInPlan, on: CheckedAt): 'used' | 'inside' | undefined {
  const own = on.made.get(visit.id);
  const power = findById(plan.powers, own ? own.powerId : visit.powerId);
  const rule = power && findPower(power.basis, power.decidedOn ?? visit.day);
  if (power?.entries !== 'one' || !rule || !isGranted(rule)) return undefined;
  const earlier = findEarlierEntry(plan, visit, power, on);
  if (!earlier || earlier.how === 'planned') return undefined;
  return earlier.insideSince ? 'inside' : 'used';
}

/** A warrant allows one entry, unless it says several or unlimited. Then an inspector authorises each further entry in writing (PACE s.15(5), 15(5A), 16(3B)). */
export function warrantEntriesAdvice(plan: Plan, visit: VisitInPlan, on: CheckedAt): Advice[] {
  const power = findById(plan.powers, visit.powerId);
  const rule = power && findPower(power.basis, power.decidedOn ?? visit.day);
  if (!power || !rule || !isGranted(rule)) return [];
  const earlier = findEarlierEntry(plan, visit, power, on);
  if (!earlier) return [];
  const { insideSince } = earlier;
  const shared = {
    about: toPremisesSubject(visit),
    visitId: visit.id,
    powerId: power.id,
    what:
      insideSince && power.entries === 'one'
        ? `Another team is inside under this warrant, since ${insideSince}: ${rule.name}.`
        : earlierEntryLabels[earlier.how](longDay(earlier.day), rule.name),
    ...(rule.sources[0] && { source: rule.sources[0] }),
  };
  if (earlier.how === 'returned' || power.entries === 'one')
    return [
      {
        ...shared,
        kind: 'unlawful',
        rule: 'executed already',
        why: 'A warrant allows one entry, unless it says that it allows more.',
        cure: 'Apply for another warrant. If this one allows several entries, correct the power and say so.',
      },
    ];
  return [
    {
      ...shared,
      kind: 'unwise',
      rule: 'further entry',
      why: 'Each further entry needs a written authority. Under PACE an inspector gives it.',
      cure: `${power.entries === 'several' ? 'Check how many entries the warrant allows. ' : ''}Get the written authority that the warrant or the law asks for, then acknowledge this warning.`,
    },
  ];
}
