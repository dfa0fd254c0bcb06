/** The cast of a visit for tests, seeds and the gallery. Arranges with an all-powerful database; people and places are invented. */

import type { Member } from '../identity/agencies/index.ts';
import type { PlannedVisit } from '../operations/plan/index.ts';
import { instantAt } from '../platform/clock.ts';
import type { Db } from '../platform/database/database.ts';
import { hourMs } from '../vocabulary/calendar/moments.ts';
import { newId } from '../vocabulary/ids.ts';
import { saveScreening, saveSearch } from './arrests/store.ts';
import type { ChildNotification } from './child-arrests/child-notification.ts';
import { saveChildNotification } from './child-arrests/store.ts';
import { addEncounter, addRecord, addVisit as insertVisit } from './store.ts';
import {
  type Arrest,
  type Encounter,
  isEntered,
  noPower,
  type Observation,
  type Screening,
  type Search,
  type Seizure,
  type Visit,
} from './visit.ts';

type Author = Pick<Member, 'id'>;

/** Arrived on the planned day and time, entered by the planned power if at all, and not yet left. */
export async function addVisit(db: Db, planned: PlannedVisit, by: Author, more: Partial<Visit> = {}): Promise<Visit> {
  const { id, operationId, premisesId, teamId, powerId } = planned;
  const arrivedAt = instantAt(planned.day, planned.starts);
  const entered = more.answer === undefined || isEntered(more.answer);
  const power = {
    powerId,
    basis: powerId ? 'pace-s8' : 'consent',
    basisGround: powerId ? null : 'The manager agreed and could have said no',
  };
  const visit: Visit = {
    id,
    operationId,
    premisesId,
    teamId,
    ...(entered ? power : noPower),
    arrivedAt,
    leftAt: null,
    answer: 'entered',
    answeredBy: 'the manager',
    present: 4,
    attendees: [by.id],
    others: [],
    immigrationGround: null,
    finishedAt: null,
    recordedBy: by.id,
    recordedAt: arrivedAt,
    ...more,
  };
  await insertVisit(db, visit);
  return visit;
}

const after = (visit: Pick<Visit, 'arrivedAt'>, minutes: number): Date =>
  new Date(visit.arrivedAt.getTime() + minutes * 60_000);

/** An adult who works there and was spoken to through an interpreter on the phone. */
export async function addPersonMet(
  db: Db,
  visit: Visit,
  by: Author,
  more: Partial<Omit<Encounter, 'number'>> = {},
): Promise<Encounter> {
  const met: Omit<Encounter, 'number'> = {
    id: newId(),
    visitId: visit.id,
    place: 'works there',
    spokenTo: true,
    age: 'adult',
    language: 'Romanian',
    interpreter: 'by phone',
    recordedBy: by.id,
    recordedAt: after(visit, 15),
    ...more,
  };
  await addEncounter(db, met);
  return db
    .selectFrom('encounters')
    .selectAll()
    .where('id', '=', met.id)
    .executeTakeFirstOrThrow() as Promise<Encounter>;
}

export async function addObservation(
  db: Db,
  visit: Visit,
  by: Author,
  more: Partial<Observation> = {},
): Promise<Observation> {
  const seen: Observation = {
    id: newId(),
    visitId: visit.id,
    encounterId: null,
    indicatorId: 'guarded',
    evidence: 'observable',
    ofControl: true,
    context: 'A man stood by the door of the room and answered each question before she could',
    explanation: 'He may be a relative who speaks more English',
    recordedBy: by.id,
    recordedAt: after(visit, 20),
    ...more,
  };
  await addRecord(db, 'observations', seen);
  return seen;
}

/** A woman of 30, held over an immigration matter. */
export async function addArrest(db: Db, visit: Visit, by: Author, more: Partial<Arrest> = {}): Promise<Arrest> {
  const arrest: Arrest = {
    id: newId(),
    visitId: visit.id,
    encounterId: null,
    kind: 'administrative immigration',
    matter: 'immigration',
    offence: null,
    sex: 'female',
    age: 30,
    residence: 'Watford',
    status: 'immigration detention',
    custodyRef: 'C/2026/81',
    arrestedAt: after(visit, 30),
    closedAt: null,
    recordedBy: by.id,
    recordedAt: after(visit, 30),
    ...more,
  };
  await addRecord(db, 'arrests', arrest);
  return arrest;
}

/** Screened, and a concern raised. */
export async function addScreening(
  db: Db,
  arrest: Pick<Arrest, 'id' | 'arrestedAt'>,
  by: Author,
  more: Partial<Screening> = {},
): Promise<Screening> {
  const screening: Screening = {
    id: arrest.id,
    outcome: 'concern raised',
    reason: null,
    screenedBy: 'Noor Ash, the council',
    screenedAt: new Date(arrest.arrestedAt.getTime() + hourMs),
    interpreter: 'by phone',
    recordedBy: by.id,
    recordedAt: new Date(arrest.arrestedAt.getTime() + 3_700_000),
    ...more,
  };
  await saveScreening(db, screening);
  return screening;
}

/** Told by telephone an hour after the arrest of a child. */
export async function addChildNotification(
  db: Db,
  arrest: Pick<Arrest, 'id' | 'arrestedAt'>,
  by: Author,
  more: Partial<ChildNotification> = {},
): Promise<ChildNotification> {
  const toldAt = new Date(arrest.arrestedAt.getTime() + hourMs);
  const notification: ChildNotification = {
    id: arrest.id,
    services: 'Lea council, Bea Brook',
    adult: 'Her aunt, told by custody',
    how: 'by telephone',
    toldAt,
    recordedBy: by.id,
    recordedAt: toldAt,
    ...more,
  };
  await saveChildNotification(db, notification);
  return notification;
}

export async function addSeizure(db: Db, visit: Visit, by: Author, more: Partial<Seizure> = {}): Promise<Seizure> {
  const seizure: Seizure = {
    id: newId(),
    visitId: visit.id,
    kind: 'cash',
    description: 'Notes in a tin under the counter',
    pence: 124_050,
    exhibitRef: 'RT/1',
    recordedBy: by.id,
    recordedAt: after(visit, 40),
    ...more,
  };
  await addRecord(db, 'seizures', seizure);
  return seizure;
}

export async function addSearch(db: Db, visit: Visit, by: Author, more: Partial<Search> = {}): Promise<Search> {
  const search: Search = {
    id: visit.id,
    searched: true,
    rooms: 'Two treatment rooms, an office, a room with three mattresses',
    forceUsed: null,
    damage: 'The frame of the back door',
    noticeLeft: true,
    recordedBy: by.id,
    recordedAt: after(visit, 50),
    ...more,
  };
  await saveSearch(db, search);
  return search;
}
