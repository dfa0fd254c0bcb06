/** Example data for tests, seeds and the gallery. Uses a database without restrictions. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import type { AgencyId, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { Need, Reception, RotaEntry, Wristband } from './reception.ts';
import {
  type DebriefId,
  addDebrief as insertDebrief,
  addEntry as insertEntry,
  addNeed as insertNeed,
  addReception as insertReception,
} from './store.ts';

type By = { readonly id: MemberId; readonly agencyId: AgencyId };
const at = (hour: number, day = 18): Date => new Date(Date.UTC(2026, 8, day, hour));

/** Open from 8am to 8pm on the day of the tests. */
export async function addReception(
  db: Db,
  operationId: string,
  by: By,
  more: Partial<Reception> = {},
): Promise<Reception> {
  const reception: Reception = {
    id: newTimelessId(),
    operationId: operationId as OperationId,
    agencyId: by.agencyId,
    authorId: by.id,
    opensAt: at(7),
    closesAt: at(19),
    places: 12,
    stoodDownAt: null,
    stoodDownBy: null,
    ...more,
  };
  await insertReception(db, reception);
  return reception;
}

export async function addEntry(
  db: Db,
  reception: Reception,
  by: By,
  more: Partial<RotaEntry> = {},
): Promise<RotaEntry> {
  const entry: RotaEntry = {
    id: newTimelessId(),
    receptionId: reception.id,
    operationId: reception.operationId,
    agencyId: by.agencyId,
    authorId: by.id,
    memberId: null,
    work: 'leads reception',
    language: null,
    beds: null,
    forWhom: null,
    startsAt: reception.opensAt,
    endsAt: reception.closesAt,
    endedAt: null,
    ...more,
  };
  await insertEntry(db, entry);
  return entry;
}

/** A volunteer on shift there. */
export const addShift = (db: Db, reception: Reception, who: By, more: Partial<RotaEntry> = {}): Promise<RotaEntry> =>
  addEntry(db, reception, who, { memberId: who.id, work: 'looks after people', ...more });

export async function addBand(
  db: Db,
  reception: Reception,
  number = 1,
  more: Partial<Wristband> = {},
): Promise<Wristband> {
  const band = {
    id: newTimelessId<'wristband'>(),
    receptionId: reception.id,
    number,
    cameAt: at(8),
    leftAt: null,
    ...more,
  };
  await db.insertInto('wristbands').values(band).execute();
  return band;
}

export async function addNeed(db: Db, band: Wristband, more: Partial<Need> = {}): Promise<Need> {
  const need: Need = {
    id: newTimelessId(),
    wristbandId: band.id,
    kind: 'food',
    detail: 'no pork',
    askedAt: at(8),
    metAt: null,
    ...more,
  };
  await insertNeed(db, need);
  return need;
}

export async function addDebrief(
  db: Db,
  keys: UnitKeys,
  reception: Reception,
  by: By,
  words: string,
  id?: string,
): Promise<string> {
  const made = (id ?? newTimelessId()) as DebriefId;
  const debrief = {
    id: made,
    receptionId: reception.id,
    agencyId: by.agencyId,
    authorId: by.id,
    writtenAt: at(10),
    words,
  };
  await insertDebrief(db, keys, debrief);
  return made;
}
