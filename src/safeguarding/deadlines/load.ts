/** Reads the clock data of this folder once; a malformed entry stops the start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDay } from '../../vocabulary/calendar/days.ts';
import { parseYaml } from '../../vocabulary/read-yaml.ts';
import { type ClockEntry, clockGroups, keepers, meanings, type Source } from './catalogue.ts';
import type { Soon, Term } from './clock.ts';

const Words = z.string().trim().min(1);
const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
const Whole = z.number().int().positive();
const Until = z.enum(['close of business', 'end of the day']);

const TermEntry = z.union([
  z.strictObject({ minutes: Whole }).transform(({ minutes }): Term => ({ counts: 'elapsed minutes', minutes })),
  z.strictObject({ hours: Whole }).transform(({ hours }): Term => ({ counts: 'elapsed minutes', minutes: hours * 60 })),
  z
    .strictObject({ workingDays: Whole, until: Until })
    .transform(({ workingDays, until }): Term => ({ counts: 'working days', days: workingDays, until })),
  z
    .strictObject({ days: Whole, until: Until, onDayOff: z.enum(['stays', 'moves to the next working day']) })
    .transform((entry): Term => ({ counts: 'calendar days', ...entry })),
]);

const before = (minutes: number): Soon => ({ from: 'so many minutes before', minutes });
const SoonEntry = z.union([
  z.strictObject({ minutes: Whole }).transform(({ minutes }) => before(minutes)),
  z.strictObject({ hours: Whole }).transform(({ hours }) => before(hours * 60)),
  z.strictObject({ days: Whole }).transform(({ days }) => before(days * 1_440)),
  z.strictObject({ from: z.enum(['the last day', 'the beginning']) }),
]);

const Entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  group: z.enum(clockGroups),
  name: Words,
  keptBy: z.enum(keepers),
  means: z.enum(meanings),
  term: TermEntry,
  soon: SoonEntry,
  starts: Words,
  stops: Words,
  afterwards: Words,
  ours: z.boolean(),
  sources: z.array(Words),
  check: z.array(Words),
  dateChecked: Day,
  validFrom: Day,
  validTo: Day.nullable(),
});

const File = z.strictObject({
  sources: z.record(Words, z.strictObject({ title: Words, url: z.url() })),
  clocks: z.array(Entry),
});

/** Two entries of one id in force on the same day. */
const overlapping = (entries: readonly ClockEntry[]): ClockEntry | undefined =>
  entries.find((entry, place) =>
    entries
      .slice(place + 1)
      .some(
        (other) =>
          other.id === entry.id &&
          entry.validFrom <= (other.validTo ?? '9999') &&
          other.validFrom <= (entry.validTo ?? '9999'),
      ),
  );

/** Refuses an unknown source, two rules for one day, and a rule that ends before it begins. A rule without a source must say what to check. */
export function readClocks(text: string): readonly ClockEntry[] {
  const file = File.parse(parseYaml(text));
  const sourceOf = (key: string): Source => {
    const source = file.sources[key];
    if (!source) throw new Error(`the clocks name no source ${key}`);
    return source;
  };
  const entries = file.clocks.map((entry): ClockEntry => ({ ...entry, sources: entry.sources.map(sourceOf) }));
  for (const { id, sources, check, ours, validFrom, validTo } of entries) {
    if (sources.length === 0 && check.length === 0) throw new Error(`${id} has no source and does not say so`);
    if (ours === sources.length > 0) throw new Error(`${id} is either ours or has a source`);
    if (validTo !== null && validTo < validFrom) throw new Error(`${id} ends before it begins`);
  }
  const twice = overlapping(entries);
  if (twice) throw new Error(`there are two rules of ${twice.id} for one day`);
  return entries;
}

export const clockEntries = readClocks(readFileSync(new URL('./clocks.yaml', import.meta.url), 'utf8'));
