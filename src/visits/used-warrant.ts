/** What a team is told before it enters under a warrant that another visit has used. It stops nobody: another power may arise at the door. */

import type { Power, VisitInPlan } from '../operations/plan/index.ts';
import { findPower, powerName } from '../operations/powers-of-entry/index.ts';
import { dayOf } from '../platform/clock.ts';
import type { Request } from '../platform/http/server.ts';
import { formatMoment } from '../vocabulary/calendar/moments.ts';
import type { Side } from '../vocabulary/people.ts';
import type { StopNotice } from './decision-to-proceed.ts';
import { type EntryByOthers, listEntriesByOthers } from './used-warrant-store.ts';

const askForAnother = 'Ask your commander for another power.';

/** The first entry that ended before now, else one of a team that is still inside and that was not planned for the same time. Support agencies are not told when. */
export function findUsedWarrant(
  power: Pick<Power, 'basis' | 'decidedOn' | 'entries' | 'executedAt' | 'returnedOn'>,
  day: string,
  uses: readonly EntryByOthers[],
  { today, side }: { readonly today: string; readonly side: Side },
): StopNotice | undefined {
  const kind = findPower(power.basis, power.decidedOn ?? day)?.kind;
  if (kind !== 'warrant' && kind !== 'written authority') return undefined;
  const name = powerName(power.basis);
  if (power.returnedOn !== null)
    return { title: 'This warrant went back to the court', text: `${name}: do not enter under it. ${askForAnother}` };
  const further = `${name}: each further entry needs a written authority. Read on the warrant whose. Ask your commander first.`;
  const ended = uses.find(({ inside }) => !inside);
  const recorded = uses.length === 0 && power.executedAt && dayOf(power.executedAt) < today ? power.executedAt : null;
  if (ended || recorded) {
    const at = side === 'enforcement' ? (ended?.usedAt ?? recorded) : null;
    return {
      title: at ? `This warrant was used at ${formatMoment(at)}` : 'This warrant was used already',
      text: power.entries === 'one' ? `${name} allows one entry. Do not enter under it. ${askForAnother}` : further,
    };
  }
  return uses.some(({ together }) => !together)
    ? {
        title: 'Another team is inside under this warrant',
        text: power.entries === 'one' ? `${name} allows one entry. Ask your commander before you go in.` : further,
      }
    : undefined;
}

/** The notice for this visit; undefined where its warrant was not used before. */
export async function readUsedWarrant(
  { db, today, actor }: Pick<Request, 'db' | 'today' | 'actor'>,
  planned: VisitInPlan,
  power: Power | undefined,
): Promise<StopNotice | undefined> {
  if (!power) return undefined;
  const uses = await listEntriesByOthers(db, power.id, planned.id);
  return findUsedWarrant(power, planned.day, uses, { today, side: actor.side });
}
