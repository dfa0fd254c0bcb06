/** Reads which council was told about a child, as far as the reader may see the referral or the notification. Each read is logged. */

import type { Agency } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Look } from '../../platform/http/request.ts';
import type { Request } from '../../platform/http/server.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { getDisclosure, listDisclosureSummaries } from '../disclosures/store.ts';
import type { Note } from '../notes/note.ts';
import type { Person } from '../people/person.ts';
import { notifiedBeforehand } from '../referrals/children-notified.ts';
import { getReferral, listReferralsOfPerson } from '../referrals/store.ts';
import type { CouncilTold } from './council-suggestions.ts';

type Child = {
  readonly person: Person;
  readonly agencies: ReadonlyMap<string, Pick<Agency, 'name' | 'kind'>>;
};

/** The latest referral to a council that was not taken back; without one, the latest notification outside Safelight. */
export async function findCouncilTold(
  request: Request,
  keys: UnitKeys,
  child: Child,
  notes: readonly Note[],
): Promise<CouncilTold | undefined> {
  if (determineAgeTreatment(child.person, request.today) === 'adult') return undefined;
  return request.under(
    'nrm referral.change',
    async (_db, look) =>
      (await findReferral(request, look, keys, child, notes)) ?? (await findNotification(request, look, keys, child)),
  );
}

const councilNameOf = ({ agencies }: Child, id: string): string | undefined => {
  const agency = agencies.get(id);
  return agency?.kind === 'council' ? agency.name : undefined;
};

async function findReferral(
  request: Request,
  look: Look,
  keys: UnitKeys,
  child: Child,
  notes: readonly Note[],
): Promise<CouncilTold | undefined> {
  if (!request.can('referral.read')) return undefined;
  const db = look('referrals.listed', null, { fields: ['toAgency', 'state'] });
  const all = await listReferralsOfPerson(db, { personId: child.person.id, noteIds: notes.map(({ id }) => id) });
  request.returned(all.map(({ id }) => id));
  const sent = all.filter(({ toAgency, ended }) => councilNameOf(child, toAgency) && ended !== 'taken back');
  const latest = sent.findLast(({ state }) => state === 'accepted') ?? sent.at(-1);
  const council = latest && councilNameOf(child, latest.toAgency);
  if (!latest || !council) return undefined;
  const { id, state, sentAt: at } = latest;
  if (state !== 'accepted') return { council, by: 'referral', at, words: null };
  const { reason } = await getReferral(look('referral.answer shown', id, { fields: ['reason'] }), keys, id);
  return { council, by: 'referral', at, words: reason };
}

async function findNotification(
  request: Request,
  look: Look,
  keys: UnitKeys,
  child: Child,
): Promise<CouncilTold | undefined> {
  if (!request.can('disclosure.read')) return undefined;
  const { id, origin, originId } = child.person;
  const ids = [id, ...(origin === 'met at visit' && originId ? [String(originId) as PersonId] : [])];
  const all = await listDisclosureSummaries(look('disclosures.listed', null, { fields: ['recipient', 'basis'] }), ids);
  request.returned(all.map((one) => one.id));
  for (const one of all.filter(({ basis, timing }) => basis === 'child' && timing === 'at once')) {
    const council = councilNameOf(child, one.recipient);
    if (!council) continue;
    const read = look('disclosure.shown', one.id, { fields: ['cannotWait'] });
    const { cannotWait, askedAt } = await getDisclosure(read, keys, one.id);
    if (cannotWait?.startsWith(notifiedBeforehand))
      return { council, by: 'notification', at: askedAt, words: cannotWait };
  }
  return undefined;
}
