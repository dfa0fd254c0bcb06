/** A person as far as whoever asks for help for her knows her: by a note of a meeting, or by her record. Pure: no clock, no database, no wording. */
import type { PaperGroup, PersonId, ShownPaper } from '../../vocabulary/agreed.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import type { AdviceKind, NeedKind, Note, NoteId } from './note.ts';

/** As the record has it, or the meeting; “not read” where neither is who asks’s to read. */
export type Aged = 'adult' | 'under 18' | 'not known' | 'not read';

/** A paper or photo on the person's record, as it is named to whoever chooses it. */
export type HeldPaper = ShownPaper & {
  readonly item: PaperGroup;
  /** What it is, and how long. */
  readonly what: string;
};

export type Subject = {
  /** The id that what is agreed is written under, and all ids under which something may lie. */
  readonly personId: PersonId;
  readonly ids: readonly PersonId[];
  readonly noteId: NoteId | null;
  readonly recordId: PersonId | null;
  readonly operationId: OperationId | null;
  readonly aged: Aged;
  /** When and where the person was met, or came. */
  readonly day: string;
  readonly town: string | null;
  readonly needs: readonly NeedKind[];
  readonly advice: readonly AdviceKind[];
  readonly wants: string | null;
  /** How to reach the person safely, and what never to do, as the record has it. */
  readonly reach: string | null;
  /** How to speak with the person, as the record has it. */
  readonly speaks: string | null;
  /** Whom who asks knows it to be: the name of the record, or which person of a visit. Sent to nobody. */
  readonly called?: string | undefined;
  readonly papers: readonly HeldPaper[];
};

/** Of somebody who has no record of her own yet, or none that is read here. */
export const ofNote = (note: Note): Subject => ({
  personId: note.encounterId as unknown as PersonId,
  ids: [note.encounterId as unknown as PersonId],
  noteId: note.id,
  recordId: null,
  operationId: note.operationId,
  aged: 'not read',
  day: note.day,
  town: note.town,
  needs: note.needs,
  advice: note.advice,
  wants: note.wants,
  reach: null,
  speaks: null,
  papers: [],
});

/** Where it lies: the record, or else the note. */
export const placeOf = ({ recordId, noteId }: Pick<Subject, 'recordId' | 'noteId'>): string =>
  recordId ? `/staff/safeguarding/persons/${recordId}` : `/staff/safeguarding/notes/${noteId}`;

/** The records that were read to know her. */
export const idsOf = ({ recordId, noteId }: Pick<Subject, 'recordId' | 'noteId'>): string[] =>
  [recordId, noteId].flatMap((id) => (id ? [id] : []));
