/** Records of the safeguarding store for tests, seeds and the gallery. Writes as an all-powerful database role; people and places are invented. */

import type { Agency, Member } from '../../identity/agencies/index.ts';
import { dayOf } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Db } from '../../platform/database/database.ts';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import { type EncounterId, newTimelessId, type OperationId, type VisitId } from '../../vocabulary/ids.ts';
import { addConsent, addDisclosure, addGrant, type ExamplePerson } from '../consent/examples.ts';
import type { Note } from '../notes/note.ts';
import { addNote as insertNote } from '../notes/store.ts';
import { basisByGround, buildSharedItems, decide, type Referral } from './referral.ts';
import { addReferral as insertReferral, saveDecision } from './store.ts';
import { type Subject, subjectFromNote } from './subject.ts';

/** An encounter, as the visits module identifies it. */
export type ExampleEncounter = {
  readonly encounterId: EncounterId;
  readonly visitId: VisitId;
  readonly operationId: OperationId;
  readonly at: Date;
  readonly town?: string;
};

/** The person understood advice about health and rights, wants help later and does not want to speak to police. */
export async function addNote(
  db: Db,
  keys: UnitKeys,
  { at, town = 'Watford', ...met }: ExampleEncounter,
  by: Pick<Member, 'id' | 'agencyId'>,
  more: Partial<Note> = {},
): Promise<Note> {
  const note: Note = {
    ...met,
    id: newTimelessId(),
    town,
    day: dayOf(at),
    metNumber: null,
    age: 'adult',
    language: null,
    interpreter: null,
    authorPhone: null,
    agencyId: by.agencyId,
    authorId: by.id,
    advice: ['health', 'rights at work'],
    understood: 'yes',
    needs: ['shelter'],
    outcomes: ['advice given', 'wants help later', 'declined police contact'],
    disclosed: [],
    wants: 'To send money home, and then somewhere quiet to sleep',
    writtenAt: floorToHour(at),
    ...more,
  };
  await insertNote(db, keys, note);
  return note;
}

/** A consented referral for accommodation, not decided yet. Its consent and grant are added with it. */
export const addReferral = (
  db: Db,
  keys: UnitKeys,
  note: Note,
  to: Pick<Agency, 'id'>,
  more: Partial<Referral> = {},
): Promise<Referral> =>
  addReferralForSubject(
    db,
    keys,
    { subject: subjectFromNote(note), by: { id: note.authorId, agencyId: note.agencyId }, at: note.writtenAt },
    to,
    more,
  );

export type ExampleReferralSource = {
  readonly subject: Subject;
  readonly by: Pick<Member, 'id' | 'agencyId'>;
  readonly at: Date;
};

/** The same for a person who has a record. */
export async function addReferralForSubject(
  db: Db,
  keys: UnitKeys,
  { subject, by: writer, at }: ExampleReferralSource,
  to: Pick<Agency, 'id'>,
  more: Partial<Referral> = {},
): Promise<Referral> {
  const referral: Referral = {
    id: newTimelessId(),
    noteId: subject.noteId,
    personId: subject.recordId,
    operationId: subject.operationId,
    day: subject.day,
    fromAgency: writer.agencyId,
    authorId: writer.id,
    toAgency: to.id,
    outside: false,
    needs: ['shelter'],
    ground: 'agreed',
    purpose: 'requested help',
    handOver: false,
    answerBy: new Date(floorToHour(at).getTime() + 24 * hourMs),
    words: 'A woman who asks for a place to stay from next week, with an interpreter for Romanian',
    state: 'sent',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    outcome: null,
    ended: null,
    endedAt: null,
    ...more,
  };
  await insertReferral(db, keys, referral);
  const known: ExamplePerson = { personId: subject.personId, operationId: subject.operationId, at };
  const by = { id: referral.authorId, agencyId: referral.fromAgency };
  const shown = buildSharedItems(['when we met', 'help needed', 'essential information'], subject, referral, null);
  const basis = basisByGround[referral.ground];
  const ground = basis
    ? { disclosure: await addDisclosure(db, keys, known, to.id, by, { basis }) }
    : { consent: await addConsent(db, keys, known, to.id, by) };
  await addGrant(db, keys, ground, shown, by, { act: 'refer', referralId: referral.id });
  return referral;
}

/** Decided to the hour, as the store keeps it. Set the time of the database first. */
export async function decideReferral(
  db: Db,
  keys: UnitKeys,
  referral: Referral,
  decision: 'accepted' | 'declined',
  by: Pick<Member, 'id'>,
  at: Date,
): Promise<void> {
  const reason = decision === 'declined' ? 'No room is free before the end of the month' : null;
  const decided = decide(referral, decision, reason, by.id, floorToHour(at));
  if (decided.ok) await saveDecision(db, keys, decided.value);
}
