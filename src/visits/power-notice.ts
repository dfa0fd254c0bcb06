/** What a team is told before it enters under a power that does not allow entry now. It stops nobody: a life may be at risk inside. */

import type { Power, VisitInPlan } from '../operations/plan/index.ts';
import { type EntryBar, findEntryBar, isOverBefore } from '../operations/plan-check/index.ts';
import { findPower, powerName } from '../operations/powers-of-entry/index.ts';
import { dayOf } from '../platform/clock.ts';
import type { Request } from '../platform/http/server.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { formatMoment } from '../vocabulary/calendar/moments.ts';
import type { Side } from '../vocabulary/people.ts';
import type { StopNotice } from './decision-to-proceed.ts';
import { type EntryByOthers, listEntriesByOthers } from './used-warrant-store.ts';

export type PowerNotice = StopNotice & { readonly kind: 'unlawful' | 'unwise' };

type NoticedPower = Pick<
  Power,
  'basis' | 'state' | 'decidedOn' | 'expiresOn' | 'entries' | 'executedAt' | 'returnedOn'
>;

type PlannedTime = Pick<VisitInPlan, 'day' | 'starts' | 'minutes'>;

const otherWays: Record<Side, string> = {
  enforcement:
    'Ring your commander, or use another power that the law gives. Police need no warrant to save life or limb.',
  help: 'Ask your commander for another power.',
};

/** The first entry that ended before now, else one of a team that is still inside and that was not planned for the same time. Support agencies are not told when. */
function findUsedWarrant(
  power: NoticedPower,
  planned: PlannedTime,
  uses: readonly EntryByOthers[],
  side: Side,
): StopNotice | undefined {
  const name = powerName(power.basis);
  if (power.returnedOn !== null)
    return { title: 'This warrant went back to the court', text: `${name}: do not enter under it. ${otherWays[side]}` };
  const further = `${name}: each further entry needs a written authority. Read on the warrant whose. Ask your commander first.`;
  const ended = uses.find(({ inside }) => !inside);
  const recorded =
    uses.length === 0 && power.executedAt && isOverBefore(power.executedAt, planned) ? power.executedAt : null;
  if (ended || recorded) {
    const at = side === 'enforcement' ? (ended?.usedAt ?? recorded) : null;
    return {
      title: at ? `This warrant was used at ${formatMoment(at)}` : 'This warrant was used already',
      text: power.entries === 'one' ? `${name} allows one entry. Do not enter under it. ${otherWays[side]}` : further,
    };
  }
  return uses.some(({ together }) => !together)
    ? {
        title: 'Another team is inside under this warrant',
        text: power.entries === 'one' ? `${name} allows one entry. Ask your commander before you go in.` : further,
      }
    : undefined;
}

/** Words of a bar for officers. A visit page may be read before the last day, and then says what comes. */
function describeBar(bar: EntryBar, noun: string, today: string): PowerNotice {
  const ends = 'lastDay' in bar ? `${bar.lastDay < today ? 'ended' : 'ends'} on ${longDay(bar.lastDay)}` : '';
  const doNotEnter = { kind: 'unlawful', text: `Do not enter under it. ${otherWays.enforcement}` } as const;
  switch (bar.rule) {
    case 'not granted yet':
      return { title: `The ${noun} is not granted`, ...doNotEnter };
    case 'refused':
      return { title: `The ${noun} was refused`, ...doNotEnter };
    case 'lapsed':
      return {
        title: `The ${noun} ${ends}${bar.lastDay < today ? '' : ', before this visit'}`,
        ...doNotEnter,
      };
    case 'perhaps lapsed':
      return {
        kind: 'unwise',
        title: `The ${noun} perhaps ${ends}`,
        text: `Read its last day on the paper first. If that day is over, do not enter under it. ${otherWays.enforcement}`,
      };
    case 'by night':
      return {
        kind: 'unwise',
        title: 'This entry is by night',
        text: `Enter under the ${noun} only if the search may be frustrated at a reasonable hour. Ring your commander before you go in.`,
      };
  }
}

/** One notice: a power that does not allow entry, else a warrant used before, else a risk. Support agencies are told only that the warrant was used. */
export function findPowerNotice(
  power: NoticedPower,
  planned: PlannedTime,
  uses: readonly EntryByOthers[],
  { at, today, side }: { readonly at: Date; readonly today: string; readonly side: Side },
): PowerNotice | undefined {
  const kind = findPower(power.basis, power.decidedOn ?? dayOf(at))?.kind;
  const granted = kind === 'warrant' || kind === 'written authority';
  const bar = side === 'enforcement' ? findEntryBar(power, at) : undefined;
  const barred = bar && describeBar(bar, granted ? kind : 'power', today);
  if (barred?.kind === 'unlawful') return barred;
  const used = granted ? findUsedWarrant(power, planned, uses, side) : undefined;
  return used ? { kind: 'unlawful', ...used } : barred;
}

/** The notice for entry to this visit at this moment; undefined if nothing in the plan speaks against it. */
export async function readPowerNotice(
  { db, today, actor }: Pick<Request, 'db' | 'today' | 'actor'>,
  planned: VisitInPlan,
  power: Power | undefined,
  at: Date,
): Promise<PowerNotice | undefined> {
  if (!power) return undefined;
  const uses = await listEntriesByOthers(db, power.id, planned.id);
  return findPowerNotice(power, planned, uses, { at, today, side: actor.side });
}
