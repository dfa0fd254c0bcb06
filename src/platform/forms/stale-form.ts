/** Forms of records that keep no earlier versions: each carries what it was opened on, so that a later save sees what somebody else changed in between. */
import { capital } from '../../vocabulary/languages/english.ts';
import type { FormPage } from '../rendering/pages.ts';
import type { ShownFields } from './correction.ts';
import { type Answers, answersOf, type FormErrors } from './forms.ts';

type Row = Readonly<Record<string, unknown>>;

/** The record as the form shows it. Two are the same where no field of it differs. */
export const serialiseBase = (record: object, fields: ShownFields): string =>
  JSON.stringify(Object.fromEntries(Object.keys(fields).map((field) => [field, (record as Row)[field] ?? null])));

/** Whether a form was opened on something else than what is there now; one that does not say on what is refused too. */
export const isStale = (body: unknown, now: object, fields: ShownFields): boolean =>
  answersOf(body).base !== serialiseBase(now, fields);

export const staleForm: FormErrors = {
  '': 'Somebody else changed this while you were writing, so yours is not saved yet. Look at what they changed, below, and change yours where you need to. If you save again, your version replaces theirs. No earlier version is kept.',
};

/** What was typed, for the form to show again; after a collision on what is there now, so that to save again is a choice and no accident. */
export const answersAfterStale = (body: unknown, now: object, fields: ShownFields, errors: FormErrors): Answers =>
  errors === staleForm ? { ...answersOf(body), base: serialiseBase(now, fields) } : answersOf(body);

/** Field by field what somebody else changed, as sentences; nothing where the form does not say on what it was opened. */
export function listChanges(body: unknown, now: object, fields: ShownFields): string[] {
  const before = parseBase(answersOf(body).base);
  if (!before) return [];
  const was = (field: string) => JSON.stringify(before[field] ?? null);
  return Object.entries(fields).flatMap(([field, [label, say]]) => {
    const is = (now as Row)[field] ?? null;
    if (was(field) === JSON.stringify(is)) return [];
    return [`${capital(label)}: ${say(is, now as Row)}. Before: ${say(before[field], before)}.`];
  });
}

function parseBase(base: unknown): Row | undefined {
  try {
    const read: unknown = JSON.parse(String(base));
    return typeof read === 'object' && read !== null ? (read as Row) : undefined;
  } catch {
    return undefined;
  }
}

/** The form shown again, after a collision with what somebody else changed since it was opened. */
export const withChanges = (
  page: FormPage,
  errors: FormErrors,
  body: unknown,
  now: object,
  fields: ShownFields,
): FormPage => (errors === staleForm ? { ...page, meanwhile: listChanges(body, now, fields) } : page);
