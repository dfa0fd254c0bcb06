/** `letting go`: random histories of a person's record against a walk day by day that shares no code with the rules. Nothing goes a day early, nothing a day late, nothing unannounced. Seeded: the same seed invents the same. */

import type { RetainedRecord, RetentionRule } from '../../../src/retention/retention-status.ts';
import { retentionStatusOn } from '../../../src/retention/retention-status.ts';
import { chance, count, type Row, row } from '../../harness/assurance.ts';
import { disturb, type History, invent, pick } from './histories.ts';
import { dayOf, numberOf, walk } from './oracle.ts';

const horizon = numberOf('2036-12-31');

/** What would be there on a day if nobody could see ahead. */
const knownOn = (record: RetainedRecord, today: string): RetainedRecord => ({
  ...record,
  classes: record.classes.filter(({ recordedOn }) => recordedOn <= today),
  births: record.births.filter(({ recordedOn }) => recordedOn <= today),
  happenings: record.happenings.filter(({ recordedOn }) => recordedOn <= today),
  keeps: record.keeps
    .filter(({ recordedOn }) => recordedOn <= today)
    .map((keep) => (keep.endedOn && keep.endedOn > today ? { ...keep, endedOn: null } : keep)),
  reviews: record.reviews.filter(({ on }) => on <= today),
});

/** Days about everything that happens, about what is announced, and some at random. */
function daysToAsk(
  { record, rules }: History,
  goes: number | undefined,
  every: boolean,
  random: () => number,
): readonly number[] {
  const opened = numberOf(record.openedOn);
  const end = goes ?? horizon;
  if (every) return Array.from({ length: Math.min(end - opened + 1, 2_500) }, (_, place) => opened + place);
  const turns = [
    ...record.classes.map(({ recordedOn }) => recordedOn),
    ...record.births.map(({ recordedOn }) => recordedOn),
    ...record.happenings.flatMap(({ on, recordedOn }) => [on, recordedOn]),
    ...record.keeps.flatMap(({ recordedOn, endedOn }) => [recordedOn, endedOn ?? recordedOn]),
    ...record.reviews.map(({ on }) => on),
    ...rules.flatMap(({ validFrom, recordedOn }) => [validFrom, recordedOn]),
  ].flatMap((day) => [numberOf(day) - 1, numberOf(day), numberOf(day) + 13, numberOf(day) + 14]);
  const announced = turns.flatMap((day) => {
    if (day < opened || day > end) return [];
    const { dueOn, namedFrom } = retentionStatusOn(record, rules, dayOf(day));
    return [dueOn, namedFrom].flatMap((one) => (one ? [numberOf(one) - 1, numberOf(one)] : []));
  });
  const others = Array.from({ length: 12 }, () => opened + pick(random, end - opened + 1));
  const about = goes === undefined ? [horizon] : [goes - 15, goes - 14, goes - 1, goes];
  return [...new Set([...turns, ...announced, ...others, ...about])].filter((day) => day >= opened && day <= end);
}

type Found = { early: number; late: number; unnamed: number; sighted: number; asked: number };

function compare(history: History, every: boolean, random: () => number, found: Found): number | undefined {
  const { record, rules } = history;
  const { goes, named } = walk(record, rules, horizon);
  let [early, late] = [false, false];
  for (const number of daysToAsk(history, goes, every, random)) {
    const today = dayOf(number);
    const said = retentionStatusOn(knownOn(record, today), recordedBy(rules, today), today);
    found.asked += 1;
    if (said.state === 'due' && (goes === undefined || number < goes)) early = true;
    if (said.state !== 'due' && number === goes) late = true;
    if (number !== goes && (said.state === 'destroyed soon') !== named.has(number)) found.unnamed += 1;
    if (retentionStatusOn(record, rules, today).state !== said.state) found.sighted += 1;
  }
  if (early) found.early += 1;
  if (late) found.late += 1;
  return goes;
}

const recordedBy = (rules: readonly RetentionRule[], today: string) =>
  rules.filter(({ recordedOn }) => recordedOn <= today);

export function assureLettingGo({ seed, quick }: { seed: number; quick: boolean }): readonly Row[] {
  const random = chance(seed);
  const histories = quick ? 500 : 10_000;
  const found: Found = { early: 0, late: 0, unnamed: 0, sighted: 0, asked: 0 };
  let [gone, disturbed, saved] = [0, 0, 0];
  for (let turn = 0; turn < histories; turn += 1) {
    let history = invent(random);
    for (let times = pick(random, 4); times > 0; times -= 1) {
      const { goes } = walk(history.record, history.rules, horizon);
      if (goes === undefined) break;
      const then = disturb(history, goes, random);
      disturbed += 1;
      if (walk(then.record, then.rules, horizon).goes !== goes) saved += 1;
      history = then;
    }
    if (compare(history, turn % 50 === 0, random, found) !== undefined) gone += 1;
  }
  const of = `in ${count(histories)} histories, ${count(gone)} of them destroyed, seed ${seed}`;
  return [
    row('records destroyed before their day (must be 0)', `${found.early} ${of}`, found.early === 0),
    row('records left on their day (must be 0)', `${found.late} ${of}`, found.late === 0 && gone > histories / 4),
    row(
      'days on which the list of what goes soon was wrong (must be 0)',
      `${found.unnamed} of ${count(found.asked)} asked`,
      found.unnamed === 0,
    ),
    row(
      'days on which something not yet known changed the answer (must be 0)',
      `${found.sighted} of ${count(found.asked)}`,
      found.sighted === 0,
    ),
    row(
      'facts that came within 16 days before the end, and moved it',
      `${count(saved)} of ${count(disturbed)}`,
      saved > 0,
    ),
  ];
}
