/** Says why a team may not enter under a power at a moment: not granted, refused, ended or by night. The plan check and the team's pages both ask here. Pure. */

import { dayOf, timeOf } from '../../platform/clock.ts';
import { isGranted, type Power } from '../plan/planned-power.ts';
import { findPower } from '../powers-of-entry/load.ts';
import { findTimeFaults, type PowerEntry } from '../powers-of-entry/power-in-law.ts';

export type EntryBar =
  | { readonly rule: 'not granted yet' | 'refused' | 'by night' }
  | { readonly rule: 'lapsed' | 'perhaps lapsed'; readonly lastDay: string };

type GrantBar = 'not granted yet' | 'refused';

/** Whether a power that others grant has no grant on this day. Undefined if it is granted, or if nobody grants it. */
export function findGrantBar(
  { state, decidedOn }: Pick<Power, 'state' | 'decidedOn'>,
  rule: Pick<PowerEntry, 'kind'>,
  day: string,
): GrantBar | undefined {
  if (!isGranted(rule)) return undefined;
  if (state === 'refused') return 'refused';
  const waits = state === 'planned' || state === 'applied for';
  return waits || decidedOn === null || day < decidedOn ? 'not granted yet' : undefined;
}

/** What the law says of entry by night under this power; null by day. No law sets the hours: night is from 10pm to 6am. */
export const findNightRule = ({ atNight }: Pick<PowerEntry, 'atNight'>, time: string): string | null =>
  time >= '22:00' || time < '06:00' ? atNight : null;

/** The first reason against entry under this power at this moment. Other visits under it are not looked at. */
export function findEntryBar(
  power: Pick<Power, 'basis' | 'state' | 'decidedOn' | 'expiresOn'>,
  at: Date,
): EntryBar | undefined {
  const day = dayOf(at);
  const rule = findPower(power.basis, power.decidedOn ?? day);
  if (!rule) return undefined;
  const ungranted = findGrantBar(power, rule, day);
  if (ungranted) return { rule: ungranted };
  for (const { kind, about } of findTimeFaults(rule, { day, issuedOn: power.decidedOn, lastDay: power.expiresOn })) {
    const [lastDay] = about;
    if (lastDay && (kind === 'lapsed' || kind === 'perhaps lapsed')) return { rule: kind, lastDay };
  }
  return findNightRule(rule, timeOf(at)) === null ? undefined : { rule: 'by night' };
}
