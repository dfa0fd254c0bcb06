/**
 * A second way to know who is open: walks every minute by the clock at the wall, and reckons the bank holidays from the law.
 * It shares no code with the rules that it checks: only the shape of their data. Slow, plain, and never used by a page.
 */
import type { Hours, Nation } from './hours.ts';

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const utc = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month - 1, day));
const iso = (date: Date): string => date.toISOString().slice(0, 10);
const later = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);

/** Easter Sunday of the Gregorian calendar, by the method that Nature printed in 1876. */
function easter(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const k = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * k) / 451);
  const n = h + k - 7 * m + 114;
  return utc(year, Math.floor(n / 31), (n % 31) + 1);
}

function monday(year: number, month: number, which: 'first' | 'last'): Date {
  let day = which === 'first' ? utc(year, month, 1) : later(utc(year, month + 1, 1), -1);
  while (day.getUTCDay() !== 1) day = later(day, which === 'first' ? 1 : -1);
  return day;
}

const fixedDays: Readonly<Record<Nation, readonly (readonly [month: number, day: number])[]>> = {
  'England and Wales': [
    [1, 1],
    [12, 25],
    [12, 26],
  ],
  Scotland: [
    [1, 1],
    [1, 2],
    [11, 30],
    [12, 25],
    [12, 26],
  ],
  'Northern Ireland': [
    [1, 1],
    [3, 17],
    [7, 12],
    [12, 25],
    [12, 26],
  ],
};

/** Bank holidays in law and, for each that falls on a weekend, the weekday on which it is kept. */
export function reckonHolidays(nation: Nation, year: number): ReadonlySet<string> {
  const sunday = easter(year);
  const found = [later(sunday, -2), monday(year, 5, 'first'), monday(year, 5, 'last')];
  if (nation === 'Scotland') found.push(monday(year, 8, 'first'));
  else found.push(later(sunday, 1), monday(year, 8, 'last'));
  const days = new Set(found.map(iso));
  const fixed = fixedDays[nation].map(([month, day]) => utc(year, month, day));
  for (const day of fixed) days.add(iso(day));
  for (const day of fixed) {
    if (day.getUTCDay() % 6 !== 0) continue;
    let kept = later(day, 1);
    while (kept.getUTCDay() % 6 === 0 || days.has(iso(kept))) kept = later(kept, 1);
    days.add(iso(kept));
  }
  return days;
}

export type Walk = {
  /** Minutes since 1970 of the first minute walked; the first and last days are there to be looked at, not to be asked about. */
  readonly first: number;
  readonly minutes: number;
  readonly days: readonly string[];
  /** For each minute, the furthest that the wall clock has come: which day of `days`, and how many wall minutes since the first. */
  readonly dayAt: Uint16Array;
  readonly wallAt: Int32Array;
};

/** Asks Intl what the wall shows at every single minute. Where a clock is set back, time stands still until it has caught up. */
export function walkMinutes(fromDay: string, toDay: string): Walk {
  const first = Date.parse(`${fromDay}T00:00:00Z`) / 60_000;
  const minutes = Date.parse(`${toDay}T00:00:00Z`) / 60_000 - first;
  const days: string[] = [];
  const dayAt = new Uint16Array(minutes);
  const wallAt = new Int32Array(minutes);
  let furthest = -1;
  for (let minute = 0; minute < minutes; minute++) {
    const shown = clock.format((first + minute) * 60_000);
    const day = shown.slice(0, 10);
    if (days.at(-1) !== day) days.push(day);
    const wall = (days.length - 1) * 1440 + Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16));
    furthest = Math.max(furthest, wall);
    dayAt[minute] = days.length - 1;
    wallAt[minute] = furthest;
  }
  return { first, minutes, days, dayAt, wallAt };
}

export type Seen = {
  /** 1 where the service is open; in `own`, where the day's own hours say so, not only those left over from the day before. */
  readonly open: Uint8Array;
  readonly own: Uint8Array;
  /** By day of the walk: whether anybody knows its hours, whether they differ from the usual, whether it has any. */
  readonly sure: readonly boolean[];
  readonly special: readonly boolean[];
  readonly blank: readonly boolean[];
  /** Where it is open, the first minute at which it no longer is; else the first at which it is. Beyond the walk: -1. */
  readonly change: Int32Array;
  /** How many days up to this one (counted from the first) have hours that nobody confirmed. */
  readonly unsureUpTo: readonly number[];
};

export type Proclaimed = readonly { readonly nation: Nation; readonly day: string }[];

const [ownDay, dayBefore] = [1, 2];

/** Paints the opening hours of one service on the wall, then reads the painting minute by minute. */
export function watch(walk: Walk, hours: Hours, proclaimed: Proclaimed): Seen {
  const painting = new Uint8Array((walk.days.length + 2) * 1440);
  const sure: boolean[] = [];
  const special: boolean[] = [];
  const blank: boolean[] = [];
  for (const [place, day] of walk.days.entries()) {
    const plan = readDay(day, hours, proclaimed);
    sure.push(plan.hours !== null);
    special.push(plan.special);
    blank.push(plan.hours?.length === 0);
    for (const { from, to } of plan.hours ?? []) {
      for (let wall = from; wall < to; wall++) {
        const spot = place * 1440 + wall;
        painting[spot] = (painting[spot] ?? 0) | (wall < 1440 ? ownDay : dayBefore);
      }
    }
  }
  const open = new Uint8Array(walk.minutes);
  const own = new Uint8Array(walk.minutes);
  for (let minute = 0; minute < walk.minutes; minute++) {
    const colour = painting[walk.wallAt[minute] ?? 0] ?? 0;
    open[minute] = colour > 0 ? 1 : 0;
    own[minute] = colour & ownDay ? 1 : 0;
  }
  const change = new Int32Array(walk.minutes).fill(-1);
  for (let minute = walk.minutes - 2; minute >= 0; minute--)
    change[minute] = open[minute] === open[minute + 1] ? (change[minute + 1] ?? -1) : minute + 1;
  let unsure = 0;
  const unsureUpTo = sure.map((known) => (known ? unsure : ++unsure));
  return { open, own, sure, special, blank, change, unsureUpTo };
}

type DayRead = { readonly hours: Hours['exceptions'][number]['intervals'] | null; readonly special: boolean };

function readDay(day: string, hours: Hours, proclaimed: Proclaimed): DayRead {
  for (const exception of hours.exceptions)
    if (exception.day === day) return { hours: exception.intervals, special: true };
  const kept = hours.bankHolidays;
  const nation = hours.nation;
  if (nation !== null && kept !== 'as usual' && isHoliday(nation, day, proclaimed)) {
    if (kept === 'not known') return { hours: null, special: true };
    return { hours: kept === 'closed' ? [] : kept, special: true };
  }
  if (hours.usual === 'not confirmed') return { hours: null, special: false };
  if (hours.usual === '24 hours') return { hours: [{ from: 0, to: 1440 }], special: false };
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
  const name = names[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? 'Sunday';
  return { hours: hours.usual[name] ?? [], special: false };
}

const reckoned = new Map<string, ReadonlySet<string>>();

function isHoliday(nation: Nation, day: string, proclaimed: Proclaimed): boolean {
  const key = `${nation}${day.slice(0, 4)}`;
  const days = reckoned.get(key) ?? reckonHolidays(nation, Number(day.slice(0, 4)));
  reckoned.set(key, days);
  return days.has(day) || proclaimed.some((one) => one.nation === nation && one.day === day);
}
