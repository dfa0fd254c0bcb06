/** The columns of a file of premises, and what a line says, as the form of new premises would be answered. Pure. */

import type { ColumnProblem, Table } from '../../platform/files/table-file.ts';
import { isDay, readMonth } from '../../vocabulary/calendar/days.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { businesses, dwellings, immigrationEntries, mayRefer, priorities } from '../plan/premises.ts';
import type { Plan } from '../plan-check/entry-check.ts';

/** What a cell may say, by what the form would send for it. */
type Choice = { readonly text: string; readonly value: string };
export type Column = {
  /** Its name in the file. */
  readonly name: string;
  /** The field of the form. */
  readonly field: string;
  readonly required?: boolean;
  /** What else in the line makes it required, in words. */
  readonly requiredWith?: string;
  readonly hint?: string;
  readonly choices?: (plan: Plan) => readonly Choice[];
  readonly read?: (cell: string) => string;
};

const chosen = (values: readonly string[]) => (): readonly Choice[] =>
  values.map((value) => ({ value, text: wordsOf(value) }));
const named = (all: readonly { readonly id: string; readonly name: string }[]): readonly Choice[] =>
  all.map(({ id, name }) => ({ value: id, text: name }));

/** “16/09/2026” and “16 September 2026” as the form joins its three fields; everything else as it was typed. */
function readDay(cell: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/. -](\d{1,2}|\p{L}+)[/. -](\d{4})$/u.exec(cell) ?? [];
  const joined = `${year}-${readMonth(month)}-${day.padStart(2, '0')}`;
  return isDay(joined) ? joined : cell;
}
/** Spreadsheets add seconds. */
const readTime = (cell: string): string => cell.replace(/^(\d{1,2}:\d\d):00$/, '$1');

const required = { required: true } as const;
const withReferrer = 'If the line names an organisation that can refer';
const withImmigration = 'If the line decides about immigration officers';

export const columns: readonly Column[] = [
  { name: 'Name of the premises', field: 'name', ...required, hint: 'The name on its sign, or your own name for it' },
  { name: 'Kind of business', field: 'business', ...required, choices: chosen(businesses) },
  { name: 'Address', field: 'address', ...required, hint: 'Without town and postcode' },
  { name: 'Town', field: 'town', ...required },
  { name: 'Postcode', field: 'postcode' },
  { name: 'Somebody lives or sleeps there', field: 'dwelling', ...required, choices: chosen(dwellings) },
  { name: 'Priority', field: 'priority', ...required, choices: chosen(priorities) },
  {
    name: 'Reason for the visit',
    field: 'reason',
    ...required,
    hint: 'Only what anybody at the premises could observe. Nationality, sex and language are never a reason for a visit',
  },
  { name: 'Risks', field: 'risks', hint: 'Also how to get in. If you know of none, “None known” and how you checked' },
  { name: 'Languages', field: 'languages', hint: 'With commas between them, in quotation marks' },
  { name: 'Interpreter', field: 'interpreter' },
  {
    name: 'Organisation that can refer',
    field: 'referrerId',
    hint: 'A person can then be referred without speaking to police',
    choices: ({ agencies }) => named(agencies.filter(mayRefer)),
  },
  { name: 'Person on call', field: 'referrerOnCall', requiredWith: withReferrer },
  { name: 'How to reach them', field: 'referrerContact', requiredWith: withReferrer },
  {
    name: 'Team',
    field: 'teamId',
    requiredWith: 'If the line has a time',
    hint: 'For a first visit',
    choices: ({ teams }) => named(teams),
  },
  {
    name: 'Day',
    field: 'day',
    requiredWith: 'If the line has a team or a time',
    hint: 'Like 16/09/2026',
    read: readDay,
  },
  { name: 'Starts at', field: 'starts', requiredWith: 'If the line has a team', hint: 'Like 09:30', read: readTime },
  { name: 'Minutes', field: 'minutes', hint: '60 if it is empty' },
  { name: 'Immigration officers', field: 'immigrationEntry', choices: chosen(immigrationEntries) },
  {
    name: 'Decided by',
    field: 'decidedBy',
    requiredWith: withImmigration,
    hint: 'Name and rank or job, for the decision about immigration officers',
  },
  { name: 'Why', field: 'immigrationReason', requiredWith: withImmigration, hint: 'The reason for that decision' },
  { name: 'Options considered', field: 'immigrationAlternative', requiredWith: withImmigration },
];

/** Letters and digits alone: nobody minds a capital or a space. */
const fold = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Where each column of the file goes; an empty name in the file goes nowhere. */
export type Places = readonly (Column | undefined)[];

/** Finds the columns by their names, in any order; or says which names are not known, doubled, or missing. */
export function placeColumns({ columns: names }: Pick<Table, 'columns'>): Places | ColumnProblem {
  const places = names.map((name) => columns.find((column) => fold(column.name) === fold(name)));
  const unknown = names.filter((name, index) => name !== '' && !places[index]);
  const twice = columns.filter((column) => places.filter((place) => place === column).length > 1);
  const missing = columns.filter((column) => column.required && !places.includes(column));
  const namesOf = (all: readonly Column[]) => all.map(({ name }) => name);
  if (unknown.length > 0) return { kind: 'unknown', names: unknown };
  if (missing.length > 0) return { kind: 'missing', names: namesOf(missing) };
  return twice.length > 0 ? { kind: 'twice', names: namesOf(twice) } : places;
}

/** A reader of lines for one plan: the answers that the form would send. */
export function createLineReader(places: Places, plan: Plan): (cells: readonly string[]) => Record<string, string> {
  const values = places.map((column) => {
    const choices = column?.choices?.(plan);
    return choices && new Map(choices.flatMap(({ text, value }) => [text, value].map((word) => [fold(word), value])));
  });
  return (cells) => {
    const answers: Record<string, string> = {};
    for (const [index, column] of places.entries()) {
      if (!column) continue;
      const cell = cells[index] ?? '';
      // A choice that is not known stays as it was typed, and the form refuses it.
      answers[column.field] = values[index]?.get(fold(cell)) ?? column.read?.(cell) ?? cell;
    }
    return answers;
  };
}

const maxQuoted = 40;
const maxListed = 12;

/** What to do about a cell that the form refuses: the choices, where it has some. */
export function describeProblem(column: Column, cell: string, message: string, plan: Plan): string {
  const choices = column.choices?.(plan).map(({ text }) => text);
  if (!choices || (cell === '' && !column.required)) return message;
  if (choices.length === 0) return 'There is nothing to choose from yet. Leave this cell empty';
  const listed =
    choices.length > maxListed ? `${choices.slice(0, maxListed).join('; ')}; and others` : choices.join('; ');
  if (cell === '') return `Enter one of these: ${listed}`;
  const shown = cell.length > maxQuoted ? `${cell.slice(0, maxQuoted)}…` : cell;
  return choices.some((choice) => fold(choice) === fold(cell))
    ? message
    : `“${shown}” is not known. Enter one of these: ${listed}`;
}
