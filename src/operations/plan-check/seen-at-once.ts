/** Teams that see the address of a visit as soon as it is planned: their briefing time is over, and their access has not ended. Pure. */

import { listOf } from '../../vocabulary/languages/english.ts';
import { calculateAccessEnd } from '../premises-restriction/briefing-time.ts';
import type { Advice, Plan } from './entry-check.ts';

export const listTeamsThatSeeAtOnce = ({ teams, briefed, operation }: Plan, now: Date): Plan['teams'] =>
  now >= calculateAccessEnd(operation)
    ? []
    : teams.filter(({ id }) => {
        const opensAt = briefed.get(id)?.opensAt;
        return opensAt !== undefined && opensAt <= now;
      });

/** Nobody set a briefing time, and the usual one is over: whatever is planned for these teams is open to them. */
export function seenAtOnceAdvice(plan: Plan, now: Date): Advice[] {
  const teams = listTeamsThatSeeAtOnce(plan, now).filter(({ id }) => plan.briefed.get(id)?.from === 'nobody yet');
  if (teams.length === 0) return [];
  return [
    {
      kind: 'unwise',
      rule: 'seen at once',
      what: 'The team sees each address as soon as you add it.',
      about: { of: 'operation', id: plan.operation.id, name: plan.operation.codeName },
      why: `Nobody has set a briefing time. The usual time, 16:00 on the day before the first day, is over for ${listOf(teams.map(({ name }) => name))}.`,
      cure: 'Set a later briefing time. The team loses access until then.',
    },
  ];
}
