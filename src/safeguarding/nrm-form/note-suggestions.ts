/** What the notes of a visit suggest for the form. A suggestion is no answer: the form offers it until somebody has checked it with the person and saved it. Pure. */

import type { FactName, FactValue } from '../../nrm/index.ts';
import { signTexts } from '../../public/signs/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { Note } from '../notes/note.ts';
import { formatSpoken } from '../notes/reach.ts';

/** What is read of a note for these: nothing sealed. */
export type NoteFacts = Pick<Note, 'id' | 'day' | 'town' | 'language' | 'interpreter' | 'outcomes' | 'disclosed'>;

export type Suggestion = {
  /** Put into the empty field; undefined where the field stays empty. */
  readonly value?: FactValue;
  /** Said beside the field. */
  readonly says: string;
};
export type Suggestions = { readonly [Name in FactName]?: Suggestion };

/** Where somebody was met need not be where it happened, so a place is said and not filled in. */
export function suggestFromNotes(notes: readonly NoteFacts[]): Suggestions {
  const [first] = notes;
  if (!first) return {};
  const { day, town, language, interpreter } = first;
  const from = `From the note of ${longDay(day)}`;
  const check = 'Check with the person.';
  const met = `Met in ${town} on ${longDay(day)}.`;
  const spoken = language || interpreter ? ` Language: ${formatSpoken({ language, interpreter })}.` : '';
  const disclosed = [...new Set(notes.flatMap((note) => note.disclosed))];
  const seen = disclosed.length > 0 || notes.some(({ outcomes }) => outcomes.includes('indicators seen'));
  const wants = notes.some(
    ({ outcomes }) => outcomes.includes('wants help now') || outcomes.includes('wants help later'),
  );
  const where = { says: `${from}: met in ${town}. ${check}` };
  return {
    where,
    town: where,
    'how you spoke': { value: `${met}${spoken}`, says: `${from}. Add who was there, and check it.` },
    ...(wants && { 'needs support': { says: `${from}: the person wants help. ${check}` } }),
    ...(seen && { 'signs seen': { value: 'yes', says: `${from}: indicators were seen. ${check}` } }),
    ...(disclosed.length > 0 && { 'which signs': { value: `${signTexts(disclosed)}.`, says: `${from}. ${check}` } }),
  };
}
