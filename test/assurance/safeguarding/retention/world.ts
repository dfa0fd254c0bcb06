/** People with words that occur nowhere else, with records, help and disclosures. Some will be erased; the others show that the search finds people. */

import type { Agency, Member } from '../../../../src/identity/agencies/index.ts';
import { addOperation, letIn } from '../../../../src/operations/plan/examples.ts';
import { dayOf } from '../../../../src/platform/clock.ts';
import { setContext } from '../../../../src/platform/database/database.ts';
import { addDocument } from '../../../../src/safeguarding/documents/examples.ts';
import { saveNote } from '../../../../src/safeguarding/notes/store.ts';
import { addPerson } from '../../../../src/safeguarding/people/examples.ts';
import type { Person } from '../../../../src/safeguarding/people/index.ts';
import { savePerson } from '../../../../src/safeguarding/people/store.ts';
import { addNote, addReferral } from '../../../../src/safeguarding/referrals/examples.ts';
import { addMessage } from '../../../../src/safeguarding/referrals/store.ts';
import { type RetentionFact, statements } from '../../../../src/safeguarding/retention/erasure.ts';
import { addFact } from '../../../../src/safeguarding/retention/store.ts';
import { type EncounterId, newTimelessId, type VisitId } from '../../../../src/vocabulary/ids.ts';
import type { TestApplication } from '../../../fixtures/application.ts';

/** Each needle begins alike, so that a file is gone through once for all of them. */
export const needle = { name: 'Zyqv', words: 'wqzyj', number: '0739830' } as const;

/** A number as syllables, to make names of which no two sound alike. */
const letters = (place: number): string =>
  [...String(place).padStart(4, '0')].map((digit) => syllables[Number(digit)]).join('');
const syllables = ['ra', 'ke', 'li', 'mo', 'nu', 'sa', 'te', 'pi', 'do', 'fu'];

export type Planted = { readonly person: Person; readonly needles: readonly string[] };
/** A person with a note and no record. */
export type PlantedMeeting = { readonly encounterId: EncounterId; readonly needles: readonly string[] };
export async function populate(application: TestApplication, many: { readonly gone: number; readonly kept: number }) {
  const { agency, member, db } = application;
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const council = await agency('council', { name: 'Lea Council' });
  const lead = await member(advisers, ['safeguarding lead'], 'Lee Lead');
  await letIn(db, operation, lead);
  const protection = await member(advisers, ['data-protection lead'], 'Dora Lead');
  const planted: Planted[] = [];
  for (let place = 0; place < many.gone + many.kept; place += 1)
    planted.push(await plant(application, { place, operationId: operation.id, lead, council }));
  const meetings: PlantedMeeting[] = [];
  const tenths = { gone: many.gone / 10, kept: many.kept / 10 };
  for (let place = 0; place < tenths.gone + tenths.kept; place += 1)
    meetings.push(await plantMeeting(application, { place, operationId: operation.id, lead, council }));
  return {
    application,
    meetings: { gone: meetings.slice(0, tenths.gone), kept: meetings.slice(tenths.gone) },
    operationId: operation.id,
    lead,
    protection,
    gone: planted.slice(0, many.gone),
    kept: planted.slice(many.gone),
  };
}
export type World = Awaited<ReturnType<typeof populate>>;

type Place = {
  readonly place: number;
  readonly operationId: Person['operationId'];
  readonly lead: Member;
  readonly council: Agency;
};

/** A record that was corrected, a note that was corrected, a request for help with a question, a consent or a disclosure, a paper: each with words of its own. */
async function plant(
  { safeguardingDb: db, keys, clock }: TestApplication,
  { place, operationId, lead, council }: Place,
): Promise<Planted> {
  const at = clock.now();
  const of = (what: string): string => `${needle.words}${what}${letters(place)}`;
  const called = `${needle.name}${letters(place)} Kovalenko`;
  const contactAt = `${needle.number}${String(place).padStart(4, '0')}`;
  const encounterId = newTimelessId<'encounter'>() as unknown as EncounterId;
  const met = { encounterId, visitId: newTimelessId() as unknown as VisitId, operationId: operationId as never, at };
  const person = await addPerson(db, keys, lead, at, {
    called,
    others: [`${needle.name}${letters(place)}shka`],
    contactAt,
    origin: 'met at visit',
    originId: encounterId,
    operationId,
  });
  const note = await addNote(db, keys, met, lead, { wants: of('first') });
  const referral = await addReferral(db, keys, note, council, {
    words: of('words'),
    ground: place % 4 === 0 ? 'treated as child' : 'agreed',
  });
  await addDocument(db, keys, person, { called: of('paper') });
  await addFact(db as never, keys, { ...said(lead, at), personId: person.id, encounterId: null, reason: of('why') });
  await addMessage(db, keys, {
    id: newTimelessId<'message'>(),
    referralId: referral.id,
    agencyId: council.id,
    authorId: lead.id,
    item: null,
    words: of('asked'),
    writtenAt: note.writtenAt,
  });
  await db.transaction().execute(async (tx) => {
    const actor = { memberId: lead.id, agencyId: lead.agencyId, side: 'help', roles: [], operations: [] };
    await setContext(tx, { now: note.writtenAt, actor: { ...actor, partnerOperations: [], teams: [] } as never });
    await savePerson(tx, keys, { ...person, contactNever: of('never') });
    await saveNote(tx, keys, { ...note, wants: of('second') });
  });
  return {
    person,
    needles: [
      called,
      `${needle.name}${letters(place)}shka`,
      contactAt,
      ...['first', 'words', 'asked', 'never', 'second', 'paper', 'why'].map(of),
    ],
  };
}

const said = (lead: Member, at: Date): Omit<RetentionFact, 'personId' | 'encounterId' | 'reason'> => ({
  ...statements['came back'],
  id: newTimelessId(),
  agencyId: lead.agencyId,
  reviewOn: null,
  recordedOn: dayOf(at),
  recordedBy: lead.id,
  endedOn: null,
  endedBy: null,
});

/** A note that was corrected, and a request for help of every second one, with words that no record has. */
async function plantMeeting(
  { safeguardingDb: db, keys, clock }: TestApplication,
  { place, operationId, lead, council }: Place,
): Promise<PlantedMeeting> {
  const at = clock.now();
  const of = (what: string): string => `${needle.words}met${what}${letters(place)}`;
  const encounterId = newTimelessId<'encounter'>() as unknown as EncounterId;
  const met = { encounterId, visitId: newTimelessId() as unknown as VisitId, operationId: operationId as never, at };
  const note = await addNote(db, keys, met, lead, { wants: of('first') });
  if (place % 2 === 0) await addReferral(db, keys, note, council, { words: of('words') });
  await db.transaction().execute(async (tx) => {
    const actor = { memberId: lead.id, agencyId: lead.agencyId, side: 'help', roles: [], operations: [] };
    await setContext(tx, { now: note.writtenAt, actor: { ...actor, partnerOperations: [], teams: [] } as never });
    await saveNote(tx, keys, { ...note, wants: of('second') });
  });
  await addFact(db as never, keys, { ...said(lead, at), personId: null, encounterId, reason: of('why') });
  return { encounterId, needles: [of('why'), of('first'), of('second'), ...(place % 2 === 0 ? [of('words')] : [])] };
}
