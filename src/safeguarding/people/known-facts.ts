/** Tells earlier modules what records and notes say of a person, so that forms are prefilled. */

import { dayOf } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { notFound } from '../../platform/http/problem.ts';
import { ageOfTreatment, determineAgeTreatment, isUnconfirmedAdult } from '../../vocabulary/age.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { deriveHelpStatus } from '../help/help.ts';
import { type HelpTables, listContactNotes } from '../help/store.ts';
import { wantsHelpNow } from '../notes/note.ts';
import { spokenInRecord } from '../notes/reach.ts';
import { findNoteOfPerson, getNote, listNotesOfPerson, type NoteTables } from '../notes/store.ts';
import type { PersonReader } from '../referrals/people.ts';
import { type Subject, subjectFromNote } from '../referrals/subject.ts';
import type { Person, PersonDetails } from './person.ts';
import { findPerson, listPersonsByOrigin, type PersonTables } from './store.ts';

/** Ids of the record and of its origin. */
export const listPersonIds = ({ id, origin, originId }: Person): PersonId[] =>
  origin === 'met at visit' ? [id, String(originId) as PersonId] : [id];

/** For a person met: the note and the records that the member may read. */
async function findNoteAndRecords(db: AuditedReader<PersonTables & NoteTables>, personId: PersonId) {
  const records = await listPersonsByOrigin(db, personId);
  return { note: await findNoteOfPerson(db, personId), records };
}

const pickKeeperAndLanguage = (person: Person | undefined) => ({
  record: person,
  keptBy: person?.agencyId,
  language: person?.language,
  interpreter: person?.interpreter,
});

export const findKnownPerson: PersonReader['find'] = async (db, keys, personId) => {
  const person = await findPerson(db, keys, personId);
  if (person)
    return {
      id: person.id,
      operationId: person.operationId,
      ids: listPersonIds(person),
      keptBy: person.agencyId,
      href: recordPaths.record(person.id),
      text: 'Overview',
      record: person,
      language: person.language,
      interpreter: person.interpreter,
    };
  const { note, records } = await findNoteAndRecords(db, personId);
  const [record] = records;
  if (!note) return record && findKnownPerson(db, keys, record);
  return {
    ...{ id: note.id, operationId: note.operationId, ...spokenInRecord(note) },
    noteAge: note.age,
    ids: [personId, ...records],
    href: notePaths.note(note.id),
    text: 'The note',
    ...(record && pickKeeperAndLanguage(await findPerson(db, keys, record))),
  };
};

export const getSubject: PersonReader['subjectOf'] = async (db, keys, personId, today) => {
  const person = await findPerson(db, keys, personId);
  if (person) return subjectFromPerson(db, keys, person, today);
  const { note, records } = await findNoteAndRecords(db, personId);
  const [record] = records;
  if (record) return getSubject(db, keys, record, today);
  if (!note) throw notFound('person');
  return subjectFromNote(await getNote(db, keys, note.id));
};

/** Everybody who is or may be under 18 is not an adult here, whatever was ticked. */
const deriveAge = (person: Person, today: string): Subject['age'] =>
  ageOfTreatment[determineAgeTreatment(person, today)];
const deriveUnconfirmedAdult = (person: Person, today: string): Subject['unconfirmedAdult'] =>
  isUnconfirmedAdult(person, today) ? 'record' : undefined;

const findKnownAge: PersonReader['agedOf'] = async (db, keys, personId, today) => {
  const [record] = await listPersonsByOrigin(db, personId);
  const person = record && (await findPerson(db, keys, record));
  return (
    person && {
      recordId: person.id,
      aged: deriveAge(person, today),
      unconfirmedAdult: deriveUnconfirmedAdult(person, today),
    }
  );
};

/** Needs recorded later take precedence over those in the note. */
async function subjectFromPerson(
  db: AuditedReader<HelpTables & NoteTables>,
  keys: UnitKeys,
  person: Person,
  today: string,
): Promise<Subject> {
  const { needs } = deriveHelpStatus(await listContactNotes(db, keys, person.id));
  const met = person.origin === 'met at visit' ? await listNotesOfPerson(db, String(person.originId)) : [];
  const own = met.find(({ operationId }) => operationId === person.operationId);
  const note = own && (await getNote(db, keys, own.id));
  return {
    personId: person.id,
    ids: listPersonIds(person),
    noteId: note?.id ?? null,
    recordId: person.id,
    record: person,
    operationId: person.operationId,
    age: deriveAge(person, today),
    unconfirmedAdult: deriveUnconfirmedAdult(person, today),
    day: note?.day ?? dayOf(person.openedAt),
    town: note?.town ?? null,
    needs: needs?.kinds ?? note?.needs ?? [],
    advice: note?.advice ?? [],
    wants: needs?.words ?? note?.wants ?? null,
    wantsHelpNow: note !== undefined && wantsHelpNow(note),
    safeContact: formatSafeContact(person),
    communicationNeeds: formatCommunicationNeeds(person),
    called: person.called,
    // A later module stores documents and adds them.
    documents: [],
  };
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** The safe way to reach the person, the times, and what never to do, for everybody who helps. */
export function formatSafeContact({ contactWay, contactAt, contactWhen, contactNever }: PersonDetails): string {
  const way = contactAt ? `${contactWay}: ${contactAt}` : contactWay;
  return [way, contactWhen && `When: ${contactWhen}`, contactNever && `Never: ${contactNever}`]
    .flatMap((part) => (part ? [sentence(part)] : []))
    .join(' ');
}

/** How to speak with the person; null if nothing is recorded. */
export function formatCommunicationNeeds({
  language,
  interpreter,
  interpreterGender,
  aids,
}: PersonDetails): string | null {
  const asked = interpreterGender === 'a woman' || interpreterGender === 'a man' ? `, ${interpreterGender}` : '';
  const parts = [
    language && `Speaks ${language}`,
    interpreter === 'needed' && `An interpreter is needed${asked}, not anybody who came with the person`,
    aids.length > 0 && `What helps: ${listOf(aids)}`,
  ];
  const said = parts.flatMap((part) => (part ? [sentence(part)] : []));
  return said.length > 0 ? said.join(' ') : null;
}

/** Records that an agency opened because of a referral. */
const listOpenedRecords: PersonReader['opened'] = async (db, keys, referralId) => {
  const people = await Promise.all((await listPersonsByOrigin(db, referralId)).map((id) => findPerson(db, keys, id)));
  return people.flatMap((one) => (one ? [{ id: one.id, called: one.called, href: recordPaths.record(one.id) }] : []));
};

export const personReader: Pick<PersonReader, 'find' | 'opened' | 'subjectOf' | 'agedOf' | 'recordOf'> = {
  find: findKnownPerson,
  opened: listOpenedRecords,
  subjectOf: getSubject,
  agedOf: findKnownAge,
  recordOf: async (db, encounterId) => (await listPersonsByOrigin(db, encounterId))[0],
};
