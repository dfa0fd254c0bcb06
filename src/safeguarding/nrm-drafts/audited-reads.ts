/** Opens a concern and its person as the member may see them. Each view is logged before anything is shown. */

import { listAgencies, listMembers, memberNames } from '../../identity/agencies/index.ts';
import { dutyOf } from '../../nrm/index.ts';
import {
  findFirstResponderEntry,
  listFirstResponderAgencies,
  nationNames,
  nationOf,
} from '../../nrm/submitters/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { MemberNames } from '../../platform/forms/correction.ts';
import type { Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { listReferredDocuments, type ReferredDocument } from '../documents/referred-documents.ts';
import { filterReachableCouncils } from '../notes/children-services.ts';
import type { Person } from '../people/person.ts';
import { getPerson } from '../people/store.ts';
import { filterOutsideRecipients, filterRecipients } from '../referrals/referral.ts';
import { buildCaseDraft, type CaseDraft, type DraftAuthor } from './draft.ts';
import type { NrmReferral, NrmReferralId } from './nrm-referral.ts';
import { getNrmReferral, listNrmReferralsOf } from './store.ts';

export const nrmReferralFields = ['answers', 'fork', 'handed', 'submission', 'decisions'];
const personFields = [
  ...['called', 'others', 'yearOfBirth', 'age', 'ageBasis', 'language', 'interpreter', 'aids'],
  ...['contactWay', 'contactAt', 'contactWhen', 'contactNever', 'cameBy'],
];

export const readPerson = (request: Request, keys: UnitKeys, id: PersonId): Promise<Person> =>
  getPerson(request.look('person.shown', id, { fields: personFields }), keys, id);

/** The worker: their entry for the form, and whether their agency is a first responder today. */
export async function readWorker(request: Request, nation: unknown, ids: readonly (string | null)[] = []) {
  const { actor, today } = request;
  const { agencies, names, members } = await request.under('agency.read', async (db) => ({
    agencies: await listAgencies(db),
    names: await memberNames(db, [...ids, actor.memberId]),
    members: await listMembers(db),
  }));
  const own = agencies.find(({ id }) => id === actor.agencyId);
  const code = nationOf(nation);
  const here = agencies.filter(({ endedAt }) => !endedAt);
  const entry = own && findFirstResponderEntry(own, code, today);
  const titled = names.get(actor.memberId) ?? '';
  const by: DraftAuthor = {
    worker: {
      id: actor.memberId,
      name: actor.memberName,
      title: titled.endsWith(actor.memberName) ? titled.slice(0, -actor.memberName.length).trim() : '',
      organisation: own?.officialName ?? actor.agencyName,
    },
    responderId: entry?.id ?? null,
    today,
  };
  const takers = listFirstResponderAgencies(here, code, today).filter(({ id }) => id !== actor.agencyId);
  const asked = new Set(
    [...filterRecipients(takers, members), ...filterOutsideRecipients(takers, members)].map(({ id }) => id),
  );
  return {
    by,
    /** Those of them who can be asked here, through Safelight or by file. */
    handTo: takers.filter(({ id }) => asked.has(id)),
    names: names as MemberNames,
    agencies: new Map(agencies.map((one) => [one.id as string, one])),
    takers,
    councils: filterReachableCouncils(agencies, members),
    submits: entry !== undefined,
    duty: entry && dutyOf(entry, nationNames[code]),
  };
}

const writersOf = ({ fork, answers, handed, submission, decisions, authorId }: NrmReferral): string[] => [
  authorId,
  ...Object.values(fork).flatMap((noted) => (noted ? [noted.by] : [])),
  ...(fork.doubt?.turned ?? []).flatMap(({ by, doubted }) => [by, doubted.by]),
  ...Object.values(answers).map(({ by }) => by),
  ...decisions.map(({ by }) => by),
  ...(submission ? [submission.by] : []),
  ...handed.map(({ by }) => by),
];

export type OpenedNrmReferral = Awaited<ReturnType<typeof openNrmReferral>>;

/** `also`: further reads about the same person while the safeguarding database is open. */
export async function openNrmReferral(
  request: Request,
  keys: UnitKeys,
  id: NrmReferralId,
  also: (found: { readonly concern: NrmReferral; readonly person: Person }) => Promise<void> = async () => {},
) {
  const db = request.look('nrm referral.shown', id, { fields: nrmReferralFields });
  const concern = await getNrmReferral(db, keys, id);
  const person = await readPerson(request, keys, concern.personId);
  const before = (await listNrmReferralsOf(db, keys, concern.personId)).find(
    (one) => one.id !== id && one.submission !== null && one.raisedAt <= concern.raisedAt,
  );
  const earlier = concern.submission ? undefined : before;
  if (earlier) request.look('nrm referral.shown', earlier.id, { fields: nrmReferralFields });
  await also({ concern, person });
  const nation = (concern.answers.nation ?? earlier?.answers.nation)?.value;
  const handedOn = await readFirstResponderRequests(request, keys, concern);
  const worker = await readWorker(
    request,
    nation,
    [concern, earlier].flatMap((one) => (one ? writersOf(one) : [])),
  );
  const made: CaseDraft = buildCaseDraft(concern, earlier, person, worker.by);
  return { concern, earlier, person, made, nation, handedOn, ...worker };
}

/** Which agencies its drafts were handed to, and their answers. Reads nothing if there were none. */
async function readFirstResponderRequests(
  request: Request,
  keys: UnitKeys,
  { handed }: NrmReferral,
): Promise<ReferredDocument[]> {
  if (handed.length === 0) return [];
  const db = request.look('referrals.listed', null, { fields: ['toAgency', 'state', 'outcome', 'messages'] });
  const found = await listReferredDocuments(
    db,
    keys,
    handed.map(({ paperId }) => paperId),
    floorToHour(request.now),
  );
  request.returned(found.map(({ id }) => id));
  return found;
}
