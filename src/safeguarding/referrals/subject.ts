/** A person as known to the author of a referral: through a note, or through a record. Pure: no clock, no database. */

import type { Age } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { OperationId, PersonId } from '../../vocabulary/ids.ts';
import type { DocumentGroup, SharedDocument } from '../../vocabulary/information-shared.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { type AdviceKind, type NeedKind, type Note, type NoteId, wantsHelpNow } from '../notes/note.ts';
import { formatSpokenNeeds } from '../notes/reach.ts';
import type { Person } from '../people/person.ts';

/** The age in the record or at the encounter; “not read” if the member may read neither. */
export type AgeRead = Age | 'not read';

/** A document or photo of the person's record, as the form lists it. */
export type HeldDocument = SharedDocument & {
  readonly item: DocumentGroup;
  /** Its kind and length. */
  readonly what: string;
};

export type Subject = {
  /** New consents and grants use `personId`; earlier ones may use any of `ids`. */
  readonly personId: PersonId;
  readonly ids: readonly PersonId[];
  readonly noteId: NoteId | null;
  readonly recordId: PersonId | null;
  readonly operationId: OperationId | null;
  readonly age: AgeRead;
  /** What says “adult” without confirmation, so that the person is treated as a child or the age as not read. */
  readonly unconfirmedAdult?: 'record' | 'note' | undefined;
  /** When and where the person was met, or came to the agency. */
  readonly day: string;
  readonly town: string | null;
  readonly needs: readonly NeedKind[];
  readonly advice: readonly AdviceKind[];
  readonly wants: string | null;
  /** Safe contact and its prohibitions, from the record. */
  readonly safeContact: string | null;
  /** How to speak with the person, from the record or the note. */
  readonly communicationNeeds: string | null;
  /** The note says that the person wants help now. Never sent. */
  readonly wantsHelpNow?: boolean | undefined;
  /** How the member recognises the person: the name in the record, or the number at a visit. Never sent. */
  readonly called?: string | undefined;
  readonly documents: readonly HeldDocument[];
  /** The record itself, where the member may read it. Never sent. */
  readonly record?: Person | undefined;
};

/** A person without a record, or whose record the member may not read. */
export const subjectFromNote = (note: Note): Subject => ({
  personId: String(note.encounterId) as PersonId,
  ids: [String(note.encounterId) as PersonId],
  noteId: note.id,
  recordId: null,
  operationId: note.operationId,
  age: 'not read',
  day: note.day,
  town: note.town,
  needs: note.needs,
  advice: note.advice,
  wants: note.wants,
  wantsHelpNow: wantsHelpNow(note),
  safeContact: null,
  communicationNeeds: formatSpokenNeeds(note),
  documents: [],
});

/** Under 18, or of an age that nobody knows or has confirmed. */
export const isTreatedAsChild = ({ age }: Pick<Subject, 'age'>): boolean => age === 'under 18' || age === 'not known';

const ageSentences: Partial<Record<AgeRead, string>> = {
  'under 18': 'The person is under 18.',
  'not known': 'The age is not known: treat the person as a child until it is assessed.',
};

/** What decides how fast an agency must act, as the first words of a referral. The records say it: the sender sees it and cannot change it here. */
export const describeUrgency = ({ age, unconfirmedAdult, wantsHelpNow: now }: Subject): string =>
  [
    unconfirmedAdult === 'record'
      ? 'Recorded as an adult, not confirmed: treat the person as a child until their age is assessed.'
      : ageSentences[age],
    now && 'The person wants help now.',
  ]
    .filter(Boolean)
    .join(' ');

/** Identifies the person, so that nobody refers the wrong one. */
export const describeSubject = ({ town, day, called }: Subject): string =>
  called
    ? `${called}; ${town ? (called.includes(town) ? '' : `met in ${town}, `) : 'known since '}${longDay(day)}`
    : town
      ? `A person met in ${town}, ${longDay(day)}`
      : `A person known since ${longDay(day)}`;

/** Link to the record, or else to the note. */
export const subjectPath = ({ recordId, noteId }: Pick<Subject, 'recordId' | 'noteId'>): string =>
  recordId ? recordPaths.record(recordId) : notePaths.note(String(noteId));

/** Ids of the records that were read for this, for the log. */
export const listSourceIds = ({ recordId, noteId }: Pick<Subject, 'recordId' | 'noteId'>): string[] =>
  [recordId, noteId].flatMap((id) => (id ? [id] : []));
