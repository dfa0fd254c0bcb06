/** `clocks`: every clock of the catalogue, begun at minutes all through the years, against a list of all minutes that shares no code with the rules. Seeded: the same seed asks the same. */

import { clockStatusOf, dueOf, type Soon, type Term } from '../../../../src/safeguarding/deadlines/clock.ts';
import { clockEntries } from '../../../../src/safeguarding/deadlines/load.ts';
import { calendarOf } from '../../../../src/safeguarding/deadlines/work-calendar.ts';
import { isWorkingDay, nations } from '../../../../src/vocabulary/calendar/working-days.ts';
import { chance, count, type Row } from '../../../harness/assurance.ts';
import { endOf, lastDay, listMinutes, type Place, workedDays } from './oracle.ts';

/** From the year of the model week to ten years from now. */
const [fromYear, toYear] = [2019, 2036];

/** xorshift: small, seeded, the same on every machine. */

/** Those of the catalogue, and one of each way of counting that it does not use yet. */
const terms = (): readonly { readonly term: Term; readonly soon: Soon }[] => {
  const used = clockEntries.map(({ term, soon }) => ({ term, soon }));
  const others: Term[] = [
    { counts: 'working days', days: 3, until: 'end of the day' },
    { counts: 'working days', days: 20, until: 'close of business' },
    { counts: 'calendar days', days: 1, until: 'close of business', onDayOff: 'stays' },
    { counts: 'calendar days', days: 28, until: 'end of the day', onDayOff: 'moves to the next working day' },
  ];
  const all = [...used, ...others.map((term) => ({ term, soon: { from: 'the last day' } as const }))];
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
};

export async function assureClocks({ seed, quick }: { seed: number; quick: boolean }): Promise<readonly Row[]> {
  const random = chance(seed);
  const years = listMinutes(fromYear, toYear);
  const instant = (minute: number): Date => new Date((years.first + minute) * 60_000);
  /** A clock begun in the last months would end beyond the list. */
  const until = years.begins[years.days.indexOf(`${toYear}-09-01`)] ?? 0;
  const changes = years.begins.flatMap((begins, place) =>
    (years.begins[place + 1] ?? begins + 1440) - begins === 1440 ? [] : [begins],
  );

  /** Steps that the seed chooses; minute by minute round the changes of clocks (in a quick run every ninth), each midnight and each five o'clock. */
  const starts = new Set<number>();
  const stride = quick ? 9_000 : 260;
  for (let minute = Math.floor(random() * stride); minute < until; minute += 1 + Math.floor(random() * 2 * stride))
    starts.add(minute);
  for (const begins of changes)
    for (let minute = begins - 60; minute < begins + 300; minute += quick ? 9 : 1)
      if (minute < until) starts.add(minute);
  const edges = [...years.begins, ...years.five].filter((minute) => minute > 0 && minute < until);
  for (const minute of edges) if (!quick || random() < 0.05) for (const near of [minute - 1, minute]) starts.add(near);

  let [days, dayFaults, ends, endFaults, states, stateFaults] = [0, 0, 0, 0, 0, 0];
  const examples: string[] = [];
  for (const nation of nations satisfies readonly Place[]) {
    const calendar = await calendarOf(nation);
    const worked = workedDays(years, nation);
    for (const [place, day] of years.days.entries()) {
      days += 1;
      if (isWorkingDay(day, nation, calendar.holidays) === worked[place]) continue;
      dayFaults += 1;
      examples.push(`${day} in ${nation}`);
    }
    for (const { term, soon } of terms()) {
      // Minutes that pass are the same in every nation.
      if (term.counts === 'elapsed minutes' && nation !== nations[0]) continue;
      for (const began of starts) {
        const end = endOf(term, began, years, worked);
        ends += 1;
        const due = dueOf(term, instant(began), calendar);
        if (due.getTime() !== instant(end).getTime()) {
          endFaults += 1;
          examples.push(`${instant(began).toISOString()} in ${nation}: ${due.toISOString()}`);
        }
        if (random() > 0.05) continue;
        const last = lastDay(term, began, years, worked) ?? years.dayAt[end] ?? 0;
        const from =
          soon.from === 'the beginning'
            ? began
            : soon.from === 'the last day'
              ? (years.begins[last] ?? 0)
              : end - soon.minutes;
        const clock = { term, soon, began: { earliest: instant(began), latest: instant(began) }, stoppedAt: null };
        for (const now of [began, from - 1, from, end - 1, end, end + 1, end + Math.floor(random() * 5_000)]) {
          const expected = now > end ? 'overdue' : now >= Math.max(from, began) ? 'due soon' : 'running';
          states += 1;
          if (clockStatusOf(clock, instant(now), calendar).state !== expected) stateFaults += 1;
        }
      }
    }
  }
  const told = examples.length > 0 ? ` (${examples.slice(0, 5).join('; ')})` : '';
  return [
    {
      what: `working days of three nations, each day of ${fromYear} to ${toYear}, against the law (must be 0 differences)`,
      figure: `${count(dayFaults)} differences in ${count(days)} days${dayFaults > 0 ? told : ''}`,
      passed: dayFaults === 0,
    },
    {
      what: `ends of clocks over ${toYear - fromYear + 1} years of bank holidays and ${changes.length} changes of clocks (must be 0 differences)`,
      figure: `${count(endFaults)} differences in ${count(ends)} clocks of ${terms().length} kinds, seed ${seed}${endFaults > 0 ? told : ''}`,
      passed: endFaults === 0 && ends > 0,
    },
    {
      what: 'running, due soon or overdue, a minute before and after each border (must be 0 differences)',
      figure: `${count(stateFaults)} differences in ${count(states)}`,
      passed: stateFaults === 0 && states > 0,
    },
  ];
}
