/** Example data for tests, seeds and the gallery. Uses a database without restrictions; the content is invented. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Context, type Db, setContext } from '../../platform/database/database.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { type Handover, addHandover as insertHandover } from '../handovers/store.ts';
import type { Task } from './action.ts';
import { addTask as insertTask } from './store.ts';

type By = { readonly id: MemberId; readonly agencyId: AgencyId };
const asMember = ({ id: memberId, agencyId }: By, at: Date): Context => ({
  now: floorToHour(at),
  actor: {
    ...{ memberId, memberName: '', agencyId, agencyName: '', side: 'help' },
    ...{ roles: [], operations: [], partnerOperations: [], teams: [] },
  },
});

/** Adds an action for the author's agency, started now and not taken. */
export async function addTask(
  db: Db,
  keys: UnitKeys,
  personId: string,
  by: By,
  at: Date,
  more: Partial<Task> = {},
): Promise<Task> {
  const task: Task = {
    id: newTimelessId(),
    personId: personId as Task['personId'],
    agencyId: by.agencyId,
    authorId: by.id,
    addedAt: floorToHour(at),
    what: 'Ring the council about a bed for tonight',
    way: 'a thing to do',
    by: 'by the next working day',
    nation: 'England and Wales',
    earliest: at,
    latest: at,
    ending: null,
    endedWith: null,
    takenBy: null,
    takenAt: null,
    handoverId: null,
    meetingId: null,
    doneAt: null,
    doneBy: null,
    ...more,
  };
  await db.transaction().execute(async (tx) => {
    await setContext(tx, asMember(by, at));
    await insertTask(tx, keys, task);
  });
  return task;
}

export async function addHandover(
  db: Db,
  keys: UnitKeys,
  by: By,
  at: Date,
  more: Partial<Handover> = {},
): Promise<Handover> {
  const handover: Handover = {
    id: newTimelessId(),
    agencyId: by.agencyId,
    authorId: by.id,
    madeAt: floorToHour(at),
    words: 'The interpreter comes at six. Nobody rings the number in the record tonight.',
    ...more,
  };
  await db.transaction().execute(async (tx) => {
    await setContext(tx, asMember(by, at));
    await insertHandover(tx, keys, handover);
  });
  return handover;
}
