/** Dated data about each kind of clock, and which entry applies on a day. Pure. */
import type { Soon, Term } from './clock.ts';

export const clockGroups = ['case', 'health'] as const;
export type ClockGroup = (typeof clockGroups)[number];

/** Who keeps the clock. */
export const keepers = [
  'custodian',
  'safeguarding lead',
  'whom it was sent to',
  'whoever offered help',
  'nurse',
  'competent authority',
] as const;
export type Keeper = (typeof keepers)[number];

/** A duty of a worker, a chance of the person, or a minimum period. */
export const meanings = ['to be done by', 'possible until', 'lasts at least until'] as const;
export type Meaning = (typeof meanings)[number];

export type Source = { readonly title: string; readonly url: string };

export type ClockEntry = {
  readonly id: string;
  readonly group: ClockGroup;
  readonly name: string;
  readonly keptBy: Keeper;
  readonly means: Meaning;
  readonly term: Term;
  readonly soon: Soon;
  readonly starts: string;
  readonly stops: string;
  /** What to do when it is over: a chance that has passed prevents no other help. */
  readonly afterwards: string;
  /** A rule of the partnership; its written agreement takes precedence. */
  readonly ours: boolean;
  readonly sources: readonly Source[];
  /** What was not read in a source in force. */
  readonly check: readonly string[];
  readonly dateChecked: string;
  readonly validFrom: string;
  readonly validTo: string | null;
};

export const clocksOn = (entries: readonly ClockEntry[], day: string): readonly ClockEntry[] =>
  entries.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));

/** The rule of this clock on its first day; if it had none yet, the next one. Undefined for an unknown clock. */
export function clockOn(entries: readonly ClockEntry[], id: string, day: string): ClockEntry | undefined {
  const rules = entries
    .filter((entry) => entry.id === id)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1));
  return clocksOn(rules, day)[0] ?? rules.find(({ validFrom }) => validFrom > day) ?? rules.at(-1);
}
