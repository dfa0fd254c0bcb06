/**
 * A second way to know when a clock ends: a list of every minute of the years, as the law of summer time has it, and holidays
 * reckoned from the moon and the statutes. Shares no code with the rules, asks neither Temporal nor Intl nor the library of
 * holidays; only the shape of a term is theirs.
 */
import type { Term } from '../../../../src/safeguarding/deadlines/clock.ts';

export type Place = 'England and Wales' | 'Scotland' | 'Northern Ireland';

const dayLength = 86_400_000;
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
const weekday = (time: number): number => new Date(time).getUTCDay();

/** Easter by golden number, epact and the Sunday after the full moon, as Clavius explained it. */
function easterOf(year: number): number {
  const golden = (year % 19) + 1;
  const century = Math.floor(year / 100) + 1;
  const skippedLeapDays = Math.floor((3 * century) / 4) - 12;
  const moonCorrection = Math.floor((8 * century + 5) / 25) - 5;
  const sunday = Math.floor((5 * year) / 4) - skippedLeapDays - 10;
  let epact = (((11 * golden + 20 + moonCorrection - skippedLeapDays) % 30) + 30) % 30;
  if ((epact === 25 && golden > 11) || epact === 24) epact += 1;
  let fullMoon = 44 - epact;
  if (fullMoon < 21) fullMoon += 30;
  const march = fullMoon + 7 - ((sunday + fullMoon) % 7);
  return Date.UTC(year, 2, march);
}

const lastOf = (year: number, month: number, which: number): number => {
  let time = Date.UTC(year, month + 1, 0);
  while (weekday(time) !== which) time -= dayLength;
  return time;
};
const firstMonday = (year: number, month: number): number => {
  let time = Date.UTC(year, month, 1);
  while (weekday(time) !== 1) time += dayLength;
  return time;
};

/** Days moved or given by proclamation, as the government published them. */
const moved: Readonly<Record<string, string>> = { '2020-05-04': '2020-05-08', '2022-05-30': '2022-06-02' };
const given: readonly (readonly [day: string, places: readonly Place[]])[] = [
  ['2022-06-03', ['England and Wales', 'Scotland', 'Northern Ireland']],
  ['2022-09-19', ['England and Wales', 'Scotland', 'Northern Ireland']],
  ['2023-05-08', ['England and Wales', 'Scotland', 'Northern Ireland']],
  ['2026-06-15', ['Scotland']],
];

/** The weekdays on which nobody works in a year, by the statutes of the place. */
export function daysOffIn(place: Place, year: number): ReadonlySet<string> {
  const easter = easterOf(year);
  const off = new Set([easter - 2 * dayLength, firstMonday(year, 4), lastOf(year, 4, 1)].map(dateOf));
  off.add(dateOf(place === 'Scotland' ? firstMonday(year, 7) : lastOf(year, 7, 1)));
  if (place !== 'Scotland') off.add(dateOf(easter + dayLength));
  const fixed = [Date.UTC(year, 0, 1), Date.UTC(year, 11, 25), Date.UTC(year, 11, 26)];
  if (place === 'Scotland') fixed.push(Date.UTC(year, 0, 2), Date.UTC(year, 10, 30));
  if (place === 'Northern Ireland') fixed.push(Date.UTC(year, 2, 17), Date.UTC(year, 6, 12));
  for (const day of fixed) if (![0, 6].includes(weekday(day))) off.add(dateOf(day));
  // One that falls on a weekend is kept on the next weekday that is free.
  for (const day of fixed.toSorted((one, other) => one - other)) {
    let kept = day;
    if (![0, 6].includes(weekday(day))) continue;
    while ([0, 6].includes(weekday(kept)) || off.has(dateOf(kept))) kept += dayLength;
    off.add(dateOf(kept));
  }
  for (const [from, to] of Object.entries(moved)) if (off.delete(from)) off.add(to);
  for (const [day, places] of given) if (day.startsWith(`${year}`) && places.includes(place)) off.add(day);
  return off;
}

export type Years = {
  /** Minutes since 1970 of the first minute listed. */
  readonly first: number;
  readonly minutes: number;
  readonly days: readonly string[];
  /** For each minute, which of the days the wall shows. */
  readonly dayAt: Uint16Array;
  /** For each day, its first minute, and the first at which the wall shows five in the afternoon. */
  readonly begins: readonly number[];
  readonly five: readonly number[];
};

/** Lists every minute from 1 January of a year to the end of another. Clocks go forward at one in the morning, Greenwich, on the last Sunday of March, and back on that of October. */
export function listMinutes(fromYear: number, toYear: number): Years {
  const first = Date.UTC(fromYear, 0, 1) / 60_000;
  const minutes = Date.UTC(toYear + 1, 0, 1) / 60_000 - first;
  const changes: (readonly [minute: number, offset: number])[] = [];
  for (let year = fromYear; year <= toYear; year += 1) {
    changes.push([lastOf(year, 2, 0) / 60_000 + 60 - first, 60], [lastOf(year, 9, 0) / 60_000 + 60 - first, 0]);
  }
  const [days, begins, five]: [string[], number[], number[]] = [[], [], []];
  const dayAt = new Uint16Array(minutes);
  let [offset, day] = [0, -1];
  for (let minute = 0; minute < minutes; minute += 1) {
    if (changes[0]?.[0] === minute) offset = changes.shift()?.[1] ?? 0;
    const wall = minute + offset;
    if (Math.floor(wall / 1440) > day) {
      day = Math.floor(wall / 1440);
      days.push(dateOf((first + day * 1440) * 60_000));
      begins.push(minute);
    }
    dayAt[minute] = day;
    if (wall % 1440 === 17 * 60) five.push(minute);
  }
  return { first, minutes, days, dayAt, begins, five };
}

/** For each day of the list whether people work on it. */
export function workedDays({ days }: Years, place: Place): readonly boolean[] {
  const years = new Map<string, ReadonlySet<string>>();
  return days.map((day) => {
    const year = day.slice(0, 4);
    const off = years.get(year) ?? daysOffIn(place, Number(year));
    years.set(year, off);
    return ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()) && !off.has(day);
  });
}

/** Which day of the list is the last of the term; none where minutes are counted. */
export function lastDay(term: Term, began: number, years: Years, worked: readonly boolean[]): number | undefined {
  if (term.counts === 'elapsed minutes') return undefined;
  let day = years.dayAt[began] ?? 0;
  if (term.counts === 'working days') {
    for (let counted = 0; counted < term.days; ) {
      day += 1;
      if (worked[day]) counted += 1;
    }
    return day;
  }
  day += term.days;
  while (term.onDayOff !== 'stays' && !worked[day]) day += 1;
  return day;
}

/** The minute of the list at which the term ends. */
export function endOf(term: Term, began: number, years: Years, worked: readonly boolean[]): number {
  const day = lastDay(term, began, years, worked);
  if (day === undefined || term.counts === 'elapsed minutes') {
    return began + (term.counts === 'elapsed minutes' ? term.minutes : 0);
  }
  return (term.until === 'close of business' ? years.five[day] : years.begins[day + 1]) ?? -1;
}
