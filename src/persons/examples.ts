/** The cast of this room for tests, seeds and the gallery. Arranges with an all-powerful database; people are invented. */
import type { Member } from '../partnership/index.ts';
import { hourOf } from '../platform/audit.ts';
import type { UnitKeys } from '../platform/crypto.ts';
import { type Db, setContext } from '../platform/database.ts';
import { newTimelessId } from '../vocabulary/ids.ts';
import type { Known, Person } from './person.ts';
import { addPerson as insertPerson } from './store.ts';

export const olga: Known = {
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

/** Came by herself to the agency of whoever writes; in her name and hour. */
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
    openedAt: hourOf(at),
    ...more,
  };
  await db.transaction().execute(async (tx) => {
    const actor = { memberId: person.authorId, agencyId: person.agencyId, side: 'help', roles: [], operations: [] };
    await setContext(tx, { now: hourOf(at), actor: { ...actor, partnerOperations: [], teams: [] } as never });
    await insertPerson(tx, keys, person);
  });
  return person;
}
