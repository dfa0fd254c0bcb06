/** People who want help now and whom a safeguarding lead took on: what is recorded since, for the list of notes and for home pages. Nobody leaves the home page by a button alone. */

import { listMembers } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import type { Look } from '../../platform/http/request.ts';
import type { Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { formatHour, formatHoursAgo } from '../../vocabulary/calendar/moments.ts';
import type { EncounterId } from '../../vocabulary/ids.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { listContactNotes } from '../help/store.ts';
import { listTakenOn, type TakenOn } from './take-up-store.ts';

export type TakenOnPerson = TakenOn & {
  /** Who took the person on, by name. */
  readonly taker: string;
  /** The lead is of the reader’s agency, or has left, and nothing is recorded since. What another agency recorded cannot be seen. */
  readonly unanswered: boolean;
};

/** The people taken on without a referral: all of them, or those met in these encounters. Reads the main store last. */
export async function readTakenOn(
  request: Request,
  keys: UnitKeys,
  among?: readonly EncounterId[],
): Promise<TakenOnPerson[]> {
  if (among?.length === 0 || !request.can('note.take up')) return [];
  const people = await request.under('note.read', (_db, look) => readRecorded(keys, look, request, among));
  if (people.length === 0) return [];
  const takers = await readTakers(request);
  return people.map(({ recorded, ...person }) => {
    const taker = takers.get(person.memberId);
    const ours = taker === undefined || taker.agencyId === request.actor.agencyId;
    return { ...person, taker: taker?.name ?? 'somebody who has left', unanswered: ours && !recorded };
  });
}

/** `recorded`: an action, or that help was accepted or declined. Contact notes are opened only where there are some and no action. */
async function readRecorded(keys: UnitKeys, look: Look, request: Request, among?: readonly EncounterId[]) {
  const db = look('notes.waiting counted', null, { fields: ['outcomes', 'takenAt', 'memberId'] });
  const taken = await listTakenOn(db, among);
  request.returned(taken.map(({ noteId }) => noteId));
  const people: (TakenOn & { readonly recorded: boolean })[] = [];
  for (const person of taken)
    people.push({ ...person, recorded: person.acted || (await isHelpAnswered(keys, look, person)) });
  return people;
}

async function isHelpAnswered(keys: UnitKeys, look: Look, { contacted, since }: TakenOn): Promise<boolean> {
  for (const id of contacted) {
    const notes = await listContactNotes(look('help.shown', id, { fields: ['answers'] }), keys, id);
    const answered = notes.some(
      ({ done, at }) => done.what === 'offer' && done.answer !== 'offered, no answer yet' && at >= since,
    );
    if (answered) return true;
  }
  return false;
}

/** Who took each of them on, as far as they still work here. */
async function readTakers(request: Request) {
  const members = await request.under('agency.read', (db) => listMembers(db));
  return new Map(members.map(({ id, name, agencyId }) => [id as string, { name, agencyId: agencyId as string }]));
}

/** For the lead who took somebody on, and the other leads of their agency. Where the lead has left, for every lead who can read the note. */
export const takenOnHomeItems = ({ keys }: Pick<AreaParts, 'keys'>): HomeItems => ({
  action: 'note.take up',
  apart: async (request) => {
    const people = await readTakenOn(request, keys);
    return people.filter(({ unanswered }) => unanswered).map((person) => toItem(person, request));
  },
});

const toItem = (
  { encounterId, noteId, memberId, town, takenAt, taker }: TakenOnPerson,
  { actor, now }: Pick<Request, 'actor' | 'now'>,
): HomeItem => ({
  what: memberId === actor.memberId ? 'Help the person you took on' : `Help a person taken on by ${taker}`,
  detail: `The person wants help now. Taken on ${formatHour(takenAt)}, ${formatHoursAgo(takenAt, now)}. No referral, action, or answer to an offer of help is recorded yet.`,
  for: `Person ${referenceOf('encounter', encounterId)}, ${town}`,
  status: 'needs attention',
  urgency: 'pressing',
  href: notePaths.note(noteId),
  count: 1,
});
