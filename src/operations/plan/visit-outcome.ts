/** Outcomes of a plan, from the records of visits, so that a plan does not call a finished visit "planned". Pure. */
import type { VisitState } from '../../platform/area.ts';
import { dayOf } from '../../platform/clock.ts';
import { getPowerState, type Power, type PowerState } from './planned-power.ts';
import type { PlannedVisit } from './planned-visit.ts';

export type VisitRecords = ReadonlyMap<string, VisitState>;

type StatusText = { readonly text: string; readonly tag: string };

/** State of a planned visit. The record of the visit takes precedence over the plan. `waiting`: planned after a go, and no commander has decided since. */
export function getVisitStatus(
  { id, state, day }: Pick<PlannedVisit, 'id' | 'state' | 'day'>,
  made: VisitRecords,
  today: string,
  waiting: ReadonlySet<string> = new Set(),
): StatusText {
  const visit = made.get(id);
  if (visit) {
    const stage = visit.finishedAt ? 'made' : 'under way';
    return { text: visit.answer ? `${stage}: ${visit.answer}` : stage, tag: visit.finishedAt ? 'blue' : 'orange' };
  }
  if (state === 'planned' && day < today) return { text: 'its day has passed', tag: 'yellow' };
  if (state === 'planned' && waiting.has(id)) return { text: 'waits for a decision', tag: 'red' };
  return { text: state, tag: { planned: 'green', postponed: 'yellow', 'called off': 'grey' }[state] };
}

const powerTag: Record<PowerState | 'expired' | 'used', string> = {
  planned: 'grey',
  'applied for': 'yellow',
  granted: 'green',
  refused: 'red',
  executed: 'blue',
  returned: 'blue',
  expired: 'red',
  used: 'blue',
};

/** The visits that say that they were made under this power. */
export const listUses = ({ id }: Pick<Power, 'id'>, made: VisitRecords): readonly VisitState[] =>
  [...made.values()].filter(({ powerId }) => powerId === id);

/** Whether a team came to a visit today and has not said that it left. */
export const isInside = ({ arrivedAt, leftAt }: Pick<VisitState, 'arrivedAt' | 'leftAt'>, today: string): boolean =>
  leftAt === null && dayOf(arrivedAt) === today;

/** State of a power. A consent that a visit relied on counts as used, even if the planner did not record its use. */
export function getPowerStatus(power: Power, made: VisitRecords, today: string): StatusText {
  const state = getPowerState(power, today);
  const open = state === 'planned' || state === 'granted' || state === 'expired';
  const said = open && listUses(power, made).length > 0 ? 'used' : state;
  return { text: said, tag: powerTag[said] };
}
