/** Corrections as people read them: what a record was before, who replaced it, when and why. Also the fields that a correction form asks for. */

import { isDay, longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { EarlierVersion } from '../database/earlier-versions.ts';
import type { Section } from '../rendering/pages.ts';
import type { Field, FieldBuilder } from './fields.ts';
import { type Answers, answersOf, type FormErrors } from './forms.ts';

/** Names by member id. */
export type MemberNames = ReadonlyMap<string, string>;
export const getMemberName = (names: MemberNames, id: string | null): string =>
  (id && names.get(id)) || 'somebody who has left';

/** What a column is called and how its value is said. Only columns named here are shown. */
export type ShownField = readonly [label: string, say: (value: unknown, record: EarlierVersion['record']) => string];
export type ShownFields = Readonly<Record<string, ShownField>>;

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const text = (value: unknown): string => {
  if (isBlank(value)) return 'not recorded';
  return isDay(String(value)) ? longDay(String(value)) : String(value);
};
/** A value that was typed as a sentence has its own full stop. */
const sentence = (label: string, words: string): string => `${capital(label)}: ${words.replace(/\.$/, '')}.`;
export const textField = (label: string): ShownField => [label, text];
export const yesNoField = (label: string): ShownField => [label, (value) => (value ? 'yes' : 'no')];
export const momentField = (label: string): ShownField => [
  label,
  (value) => (value ? formatMoment(new Date(String(value))) : 'not recorded'),
];

/** Newest first, each with what the change touched before what it left alone; nothing at all where a record was never corrected. */
export function versionsSection(
  versions: readonly EarlierVersion[],
  names: MemberNames,
  fields: ShownFields,
  say: (at: Date) => string = formatMoment,
): Section[] {
  if (versions.length === 0) return [];
  const items = versions.map(({ version, record, became, replacedBy, replacedAt, reason }) => {
    const said = Object.entries(fields).map(([column, [label, words]]) => ({
      label,
      was: words(record[column], record),
      is: words(became[column], became),
    }));
    return {
      title: `Version ${version}`,
      // Who wrote this version is not said here: the one who replaced it must not be read as its author.
      when: `Replaced by ${getMemberName(names, replacedBy)} ${say === formatMoment ? 'at ' : ''}${say(replacedAt)}`,
      changed: said
        .filter(({ was, is }) => was !== is)
        .map(({ label, was, is }) => ({ was: sentence(label, was), is: `Changed to: ${is.replace(/\.$/, '')}.` })),
      same: said
        .filter(({ was, is }) => was === is)
        .map(({ label, was }) => sentence(label, was))
        .join(' '),
      text: reason ? `Replaced because: ${reason}` : undefined,
    };
  });
  return [{ kind: 'timeline', id: 'earlier', title: 'Earlier versions', items }];
}

/** Everybody whose name the earlier versions will mention. */
export const listMemberIds = (versions: readonly EarlierVersion[]): (string | null)[] =>
  versions.flatMap(({ replacedBy, record, became }) => [
    replacedBy,
    ...[record, became].flatMap(({ attendees }) => (attendees as string[] | undefined) ?? []),
  ]);

/** What every correction asks for: the reason, and the version that the form was opened on. */
export const correctionFields = (ask: FieldBuilder, base: number): Field[] => [
  ask.text('why', 'Why you correct this', {
    hint: 'You can still read the earlier version, with this reason. Do not enter names.',
  }),
  ask.hidden('base', String(base)),
];

export const reasonMissing: FormErrors = { why: 'Say why you correct this' };

/** The later of two editors sees what the earlier one wrote, with their own text still in the form. */
export const editConflict: FormErrors = {
  '': 'Somebody else changed this while you were writing, so yours is not saved yet. Check their version in another tab, then save again to replace it. Safelight keeps both versions.',
};

/** What was typed, for the form to show again; after a collision on the version that is there now, so that saving again is a choice and no accident. */
export const answersAfterConflict = (body: unknown, base: number, errors: FormErrors): Answers =>
  errors === editConflict ? { ...answersOf(body), base: String(base) } : answersOf(body);

/** A row with its times formatted as on pages; empty values stay empty. */
export const formatMoments = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? formatMoment(value) : value]),
  );
