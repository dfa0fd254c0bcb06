/** Actions on the page of a note. Every button is about the person of that note, and names which person. Pure. */

import type { Link, PageAction, Section } from '../../platform/rendering/pages.ts';
import type { EncounterLabel } from '../../visits/index.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { retentionPaths } from '../../vocabulary/paths/safeguarding/retention.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import type { ListedReferral } from '../referrals/store.ts';
import { type Council, childrensServicesLinks } from './children-services.ts';
import type { Note } from './note.ts';

export type NoteActions = {
  readonly note: Note;
  readonly referrals: readonly ListedReferral[] | undefined;
  readonly canTakeUp: boolean;
  readonly canCorrect: boolean;
  readonly canRefer: boolean;
  readonly canOpenRecord: boolean;
  /** Whether the reader may see the retention period. */
  readonly canSeeRetention: boolean;
  /** Whether the reader may see the visit and write to it. */
  readonly canSeeVisit: boolean;
  /** The person’s record, if the reader may see it. */
  readonly recordId: string | undefined;
  readonly encounter: EncounterLabel | undefined;
  /** The person is treated as a child, and the council’s services were not told. */
  readonly councilNotNotified: boolean;
  /** Councils whose children’s services can be asked. Undefined if there is no need, or if the reader may not ask. */
  readonly councils: readonly Council[] | undefined;
};

/** Which person of the visit, in the middle of a sentence. */
const describePerson = ({ encounter, note }: NoteActions): string => {
  const number = encounter?.number ?? note.metNumber;
  return number ? `person ${number}` : 'this person';
};

const linkIf = (is: boolean, href: string, text: string): (Link & PageAction)[] =>
  is ? [{ href, text, secondary: true }] : [];

/** Urgent actions; the phone contacts follow right below. */
export function noteActions(shown: NoteActions): PageAction[] {
  const { note, canTakeUp, canCorrect, canRefer, canOpenRecord, canSeeVisit, recordId, councils } = shown;
  const who = describePerson(shown);
  const askable = councils ?? [];
  return [
    ...(askable.length > 0 ? childrensServicesLinks(referralPaths.ofNote(note.id), askable, who) : []),
    ...(canRefer
      ? [{ href: referralPaths.ofNote(note.id), text: `Refer ${who} to an agency`, secondary: askable.length > 0 }]
      : []),
    ...linkIf(canOpenRecord && !recordId, `${peoplePaths.search()}?from=note:${note.id}`, `Open a record of ${who}`),
    ...linkIf(
      canOpenRecord && !recordId,
      `${peoplePaths.opening()}?from=note:${note.id}&noName=yes`,
      `No name given: open a record for ${who}`,
    ),
    ...(recordId === undefined ? [] : linkIf(true, recordPaths.record(recordId), `Open the case of ${who}`)),
    ...(canTakeUp ? [{ post: notePaths.takingUp(note.id), text: 'Take this on', secondary: true }] : []),
    ...linkIf(canSeeVisit, visitPaths.visit(note.visitId), 'Back to the visit'),
    ...linkIf(canSeeVisit && canCorrect, visitPaths.newEncounter(note.visitId), 'Add another person met'),
  ];
}

/** Less urgent actions, below the note. */
export const listSecondaryNoteActions = ({
  note,
  canRefer,
  canCorrect,
  canSeeRetention,
  recordId,
}: NoteActions): Section[] => {
  const items = [
    ...linkIf(canRefer, consentPaths.overview(note.encounterId), 'Consent and disclosures'),
    ...linkIf(canCorrect, notePaths.correction(note.id), 'Correct'),
    ...linkIf(canSeeRetention && !recordId, retentionPaths.record(note.encounterId), 'Retention'),
  ];
  return items.length > 0 ? [{ kind: 'buttons', items }] : [];
};

/** The first notice on the page, with a way to tell children’s services. */
export const childNotice = ({
  note,
  councilNotNotified,
  canRefer,
  referrals,
  canCorrect,
  councils,
}: NoteActions): Section => ({
  kind: 'states',
  title: 'Age',
  items: [
    councilNotNotified
      ? {
          kind: 'unwise',
          title: 'Treat as a child: notify children’s services now',
          text: `${note.age === 'under 18' ? 'The person is under 18.' : 'The age is not known: treat the person as a child until it is assessed.'} You must notify the council’s children’s services. You do not need consent. Explain this to the person.`,
        }
      : {
          kind: 'good',
          title: 'Treat as a child',
          text: referrals
            ? 'The council’s children’s services were notified.'
            : 'You recorded that the council’s children’s services were notified.',
        },
  ],
  links:
    councilNotNotified && canRefer
      ? [
          // Where there are councils, asking them is a button.
          ...(councils?.length === 0 ? childrensServicesLinks(referralPaths.ofNote(note.id), councils) : []),
          { href: consentPaths.overview(note.encounterId), text: 'Record that they were notified' },
        ]
      : councilNotNotified && canCorrect
        ? [{ href: notePaths.correction(note.id), text: 'Record in your note that they were notified' }]
        : [],
});
