/** People’s records for tests, seeds and the gallery. Writes as an all-powerful database role; people are invented. */

import type { Member } from '../../identity/agencies/index.ts';
import type { Actor } from '../../platform/access-policy/access.ts';
import { dayOf } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Db, setContext } from '../../platform/database/database.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { ContactNote, ContactNoteContent } from '../help/help.ts';
import { addContactNote } from '../help/store.ts';
import type { Subject } from '../referrals/subject.ts';
import type { Person, PersonDetails } from './person.ts';
import { addPerson as insertPerson, savePerson } from './store.ts';

export const olga: PersonDetails = {
  called: 'Olga',
  others: ['Ольга Коваленко'],
  yearOfBirth: 1998,
  age: 'adult',
  ageBasis: 'the person says so',
  language: 'Ukrainian',
  interpreter: 'needed',
  interpreterGender: 'a woman',
  aids: ['easy words and pictures'],
  contactWay: 'a text message',
  contactAt: '07700 900461',
  contactWhen: 'On weekdays before noon',
  contactNever: 'No calls, no voice messages',
  cameBy: null,
};

/** Adds a person who walked in to the author’s agency, in the author’s name and hour. */
export async function addPerson(
  db: Db,
  keys: UnitKeys,
  by: Pick<Member, 'id' | 'agencyId'>,
  at: Date,
  more: Partial<Person> = {},
): Promise<Person> {
  const person: Person = {
    ...olga,
    id: newTimelessId(),
    agencyId: by.agencyId,
    authorId: by.id,
    operationId: null,
    origin: 'walked in',
    originId: null,
    openedAt: floorToHour(at),
    ...more,
  };
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: floorToHour(at), actor: authorOf(person) });
    await insertPerson(tx, keys, person);
  });
  return person;
}

/** The subject of a referral that is known from the record only. */
export const exampleSubject = (person: Person): Subject => ({
  personId: person.id,
  ids: [person.id],
  noteId: null,
  recordId: person.id,
  operationId: person.operationId,
  age: person.age,
  day: dayOf(person.openedAt),
  town: null,
  needs: ['shelter'],
  advice: [],
  wants: null,
  safeContact: null,
  communicationNeeds: null,
  documents: [],
});

/** Written by the agency that keeps the record. */
export async function addHelp(
  db: Db,
  keys: UnitKeys,
  person: Person,
  done: ContactNoteContent,
  more: Partial<ContactNote> = {},
): Promise<void> {
  const by = { agencyId: person.agencyId, authorId: person.authorId, at: person.openedAt };
  await addContactNote(db, keys, { id: newTimelessId(), personId: person.id, done, ...by, ...more });
}

/** Who opened the record, as row policies see them. */
const authorOf = ({ authorId, agencyId }: Person): Actor => ({
  ...{ memberId: authorId, memberName: '', agencyId, agencyName: '', side: 'help' },
  ...{ roles: [], operations: [], partnerOperations: [], teams: [] },
});

/** Corrects the record, as its own page does. */
export const changePerson = (db: Db, keys: UnitKeys, person: Person, now: Date): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await setContext(tx, { now, actor: authorOf(person) });
    await savePerson(tx, keys, person);
  });
