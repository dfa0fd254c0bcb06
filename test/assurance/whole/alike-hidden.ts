/** What is hidden in the world of `alike`: a record of every kind that has an address, all of others; and who must not learn of any. */

import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { formatWitnessKey } from '../../../src/audit/witness/index.ts';
import { dateFields } from '../../../src/demonstration/staff-walker.ts';
import { written } from '../../../src/newsroom/imported-releases/examples.ts';
import { savePartnerDefault } from '../../../src/operations/partner-defaults/store.ts';
import { addPlanFile } from '../../../src/operations/plan-files/examples.ts';
import { addFile } from '../../../src/reports/examples.ts';
import { addDisclosure } from '../../../src/safeguarding/consent/examples.ts';
import { addCustodyNotice, addNotice, addOnCallShift } from '../../../src/safeguarding/custody-notices/examples.ts';
import { addDocument } from '../../../src/safeguarding/documents/examples.ts';
import { addRequest } from '../../../src/safeguarding/information-requests/examples.ts';
import type { MemberKey } from '../../../src/tour/index.ts';
import { addReferralDraft } from '../../../src/visits/nrm-referrals/examples.ts';
import { addPhoto } from '../../../src/visits/photos/examples.ts';
import { newId } from '../../../src/vocabulary/ids.ts';
import {
  custodyItem,
  custodyPurpose,
  policePurpose,
  policeRequestKinds,
} from '../../../src/vocabulary/information-shared.ts';
import { type Role, roles } from '../../../src/vocabulary/people.ts';
import { addAnswering } from '../../access-oracle/records-answering.ts';
import { addReceivedTaskings, addReceivedWeek } from '../../access-oracle/records-exchange.ts';
import { addSubmitted } from '../../access-oracle/records-news.ts';
import type { Visitor } from '../../fixtures/application.ts';
import { demonstrationDay } from '../../fixtures/demonstration.ts';
import { chance, inLanes, mixed } from '../../harness/assurance.ts';
import { listed } from '../../harness/listed.ts';
import { query, rowOf } from '../../harness/sql.ts';
import type { World } from './world.ts';

/** By its table, that of the other store with its name before it. */
export type Hidden = ReadonlyMap<string, string>;

/** Of reports, for the tables of both lines. */
const reportTables = {
  'report-files': 'reportFiles',
  reports: 'reports',
  'reports/attendance/on-call': 'onCallShifts',
  'reports/source-identity': 'reportContacts',
  'reports/source-identity/ask': 'reportContacts',
  'reports/source-identity/requests': 'sourceIdentityRequests',
  'reports/on-call': 'dangerUrgentPages',
  'reports/retention/hold': 'reports',
  'reports/retention/holds': 'reportRetentionHolds',
};

/** The table of the record that an address names first, by the path before the id, or else by its last word. */
const tableOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    listed(`
      arrests, briefings, encounters, members, operations, passkeys, premises, releases, returns, seizures,
      sessions, teams, visits, weeks`).map((name) => [name, name]),
  ),
  ...reportTables,
  ...Object.fromEntries(
    Object.entries(reportTables).map(([path, table]) => [`safeguarding/${path}`, `safeguarding ${table}`]),
  ),
  accounts: 'members',
  agreements: 'agreements',
  invitations: 'partner_invitations',
  notifications: 'notices',
  'nrm-referrals': 'nrm_referrals',
  intelligence: 'intelligence_items',
  'reports/same-matter/decisions': 'reportMatterDecisions',
  'intelligence/from-report': 'reports',
  'intelligence/named': 'intelligence_entities',
  'intelligence/proposals': 'intelligence_proposals',
  'intelligence/links/decisions': 'intelligence_link_decisions',
  'intelligence/checks/matches': 'deconfliction_matches',
  'intelligence/received': 'intelligence_shares',
  'intelligence/shares': 'intelligence_shares',
  'intelligence/checks/partners': 'deconfliction_partners',
  'intelligence/checks/hidden': 'deconfliction_hidden',
  'partner-defaults': 'partner_defaults',
  'plan-files': 'plan_files',
  'visit-photos': 'visit_photos',
  'warrant-applications': 'powers',
  'accounts/invitations': 'invitations',
  'imported-releases': 'imported_releases',
  'media-contacts': 'press_contacts',
  'submitted-releases': 'submitted_releases',
  'returns/counts': 'count_requests',
  'returns/published': 'published_weeks',
  'role-approvals': 'confirmations',
  'custody-notices': 'receivedCustodyNotices',
  'custody-notices/on-call': 'custodianShifts',
  exceptions: 'safeguardingExceptions',
  'returns/exchange/weeks': 'exchange_weeks',
  'returns/exchange/keys': 'exchange_keys',
  'returns/exchange/documents': 'exchange_documents',
  taskings: 'received_taskings',
  'taskings/keys': 'coordinator_keys',
  'emergency-access': 'breakGlass',
  history: 'imported_releases',
  'information-requests': 'informationRequests',
  'log/witnesses': 'logWitnesses',
  notes: 'safeguarding notes',
  indicators: 'observations',
  'identity-requests': 'identity_requests',
  'identity-requests/of': 'encounterNames',
  'oversight/safeguarding/requests': 'safeguarding subjectAccessRequests',
  'oversight/requests': 'subjectAccessRequests',
  'temporary-access': 'temporaryAccess',
  records: 'encounters',
  referrals: 'safeguarding referrals',
  'safeguarding/nrm-referrals': 'safeguarding nrmDrafts',
  'safeguarding/consents': 'safeguarding consents',
  'safeguarding/grants': 'safeguarding personGrants',
  'safeguarding/disclosures': 'safeguarding disclosures',
  'safeguarding/ended-grants': 'safeguarding withdrawnGrants',
  'safeguarding/handovers': 'safeguarding handovers',
  'safeguarding/meetings': 'safeguarding caseMeetings',
  'safeguarding/meetings/cases': 'safeguarding meetingCases',
  'safeguarding/information-requests': 'informationRequests',
  'safeguarding/information-requests/approved': 'safeguarding disclosures to police',
  'safeguarding/retention': 'safeguarding persons',
  'safeguarding/retention/facts': 'safeguarding retentionFacts',
  'safeguarding/documents': 'safeguarding personDocuments',
  'safeguarding/people': 'safeguarding persons',
  'safeguarding/reception': 'safeguarding receptionCentres',
  'safeguarding/reception/needs': 'safeguarding wristbandNeeds',
  'safeguarding/reception/rota': 'safeguarding receptionRota',
  'safeguarding/reception/wristbands': 'safeguarding wristbands',
  'safeguarding/custody-notices': 'safeguarding custodyNotices',
  'safeguarding/custody-notices/approved': 'safeguarding disclosures to custody',
  'safeguarding/custody-notices/of': 'safeguarding persons',
  'safeguarding/received-information': 'safeguarding personGrants',
  'safeguarding/actions': 'safeguarding personActions',
  unlink: 'members',
  versions: 'policyVersions',
};

/** Rows of one table that are hidden under an address of their own, by what they are for. */
const purposes: Readonly<Record<string, string>> = { 'to police': policePurpose, 'to custody': custodyPurpose };

/** Open to every signed-in member, or to everybody with a responsibility: nothing of them is hidden. */
export const shownToAll = ['members', 'weeks', 'policyVersions', 'safeguardingExceptions', 'logWitnesses'];

/** An address of the route with an existing record. Ids after the first are invented: a member who cannot see the first record never learns of the second. */
export function addressOf(route: string, hidden: Hidden): string | undefined {
  const parts = route.split('/');
  const at = parts.findIndex((part) => part.startsWith(':'));
  const record = hidden.get(tableOf[parts.slice(2, at).join('/')] ?? tableOf[parts[at - 1] ?? ''] ?? '');
  if (!record) return undefined;
  const rest: Readonly<Record<string, string>> = {
    ':edition': '1',
    ':revision': '1',
    ':number': '0',
    ':indicator': 'visits.made',
    ':step': 'granted',
  };
  return parts
    .map((part, index) => (index === at ? record : part.startsWith(':') ? (rest[part] ?? newId()) : part))
    .join('/');
}

/** One of each kind, chosen by the seed. Asked for before anybody of outside is there, so that each is somebody else's. */
export async function hideRecords(world: World, seed: number): Promise<Hidden> {
  await actOut(world);
  const found = new Map<string, string>();
  for (const name of new Set(Object.values(tableOf))) {
    const [, behind, table = '', of = ''] = /^(safeguarding )?(\w+)(?: (to \w+))?$/.exec(name) ?? [];
    const row = await (behind ? world.safeguardingDb : world.db)
      .selectFrom(table)
      .select(sql<string>`id::text`.as('id'))
      .where(purposes[of] ? sql<boolean>`purpose = ${purposes[of]}` : sql<boolean>`true`)
      .orderBy(sql`md5(id::text || ${String(seed)})`)
      .limit(1)
      .executeTakeFirst();
    if (!row) throw new Error(`nobody has made a record of ${name} that could be hidden`);
    found.set(name, row.id);
  }
  // Where an agency has no confirmer of its own, other agencies' leads see the confirmation, so that it is not hidden.
  const rows = await query<{ id: string }>(world.db)`select id from confirmations c
    where not ctx.nobody_at_home(c.agency_id, c.member_id, c.asked_by) order by id limit 1`;
  found.set('confirmations', rows[0]?.id ?? '');
  return found;
}

/** What the demonstration does not contain, by the modules' own forms. */
async function actOut(world: World): Promise<void> {
  const { db, safeguardingDb, keys } = world;
  const helped = await rowOf(safeguardingDb, 'persons');
  await addDocument(safeguardingDb, keys, helped as never);
  const known = { personId: helped.id as never, operationId: null, at: helped.openedAt };
  const by = { id: helped.authorId, agencyId: helped.agencyId };
  await addDisclosure(safeguardingDb, keys, known, helped.agencyId as never, by as never, { basis: 'court order' });
  const does = async (who: MemberKey | Visitor, url: string, answers: Record<string, unknown>): Promise<void> => {
    const { statusCode, body } = await (typeof who === 'string' ? await world.as(who) : who).post(url, answers);
    if (statusCode >= 400) throw new Error(`${url} answered ${statusCode}: ${body.replace(/<[^>]*>|\s+/g, ' ')}`);
  };
  await does('press', '/staff/imported-releases/import', { text: written(), fileName: '' });
  await addSubmitted(db, (await rowOf(db, 'releases')).id);
  await does('press', '/staff/media-contacts/add', {
    id: newId(),
    newsroom: 'Lea Vale Observer',
    address: 'news@observer.example',
  });
  await does('administrator', '/staff/accounts/new', {
    name: 'Ida Invited',
    title: 'Officer',
    email: 'ida@lea-vale.example',
    roles: 'field',
  });
  const officer = await world.as('officer');
  const reason = 'Her unit is asked for its nurse';
  await does('protection', '/staff/exceptions/new', { memberId: officer.member.id, reason });
  const key = formatWitnessKey('lea-vale.example/witness', generateKeyPairSync('ed25519').privateKey);
  await does('protection', '/staff/log/witnesses/new', { key });
  const { agencyId } = (await world.as('planner')).member;
  const passing = await world.signIn(await world.member({ id: agencyId } as never, ['planner'], 'Pat Passing'));
  await does(passing, '/staff/emergency-access/new', {
    operationId: await world.mainOperation(),
    reason: 'The planner is away and the warrant runs out tonight',
  });
  const [next] = await query<{ id: string }>(db)`select id from operations where ends_on >= ${demonstrationDay}`;
  await does('planner', '/staff/temporary-access/new', {
    operationId: next?.id,
    ...dateFields('day', demonstrationDay),
    from: '13:00',
    until: '18:00',
    names: 'Vi One',
  });
  await does('protection2', '/staff/oversight/safeguarding/requests/new', {
    alone: 'yes',
    wants: 'access',
    asker: 'the person',
    proof: 'identity document',
    delivery: 'in person',
    reference: 'SAR 7',
    safety: '',
    about: newId(),
  });
  await query(safeguardingDb)`insert into retention_facts
      (id, person_id, agency_id, what, detail, reason, review_on, recorded_on, recorded_by)
    values (${newId()}, ${helped.id}, ${helped.agencyId}, 'hold', 'legal hold', 'An inquest that goes on, with its reference',
      '2030-01-01', ${demonstrationDay}, ${helped.authorId})`;
  const desk = (await world.as('coordinator')).member;
  await addReceivedWeek(db, desk.agencyId, desk.id);
  await addReceivedTaskings(db, desk.agencyId, desk.id);
  await answer(world);
  await standOnTwoSides(world);
  await addBesidePlans(world, officer.member);
  await addBesideIntelligence(world);
  // A browser makes it, not a form.
  const secret = Buffer.alloc(32, 7);
  await query(db)`insert into passkeys (id, member_id, credential_id, public_key, counter, synced, name, added_at)
    values (${newId()}, ${officer.member.id}, ${secret}, ${secret}, 0, false, 'His key', ${world.clock.now()})`;
}

/** A default of a partner, a file of a plan, a photo of a visit, an officer's NRM referral and a count that goes on. */
async function addBesidePlans(
  { db, keys, clock }: World,
  officer: Parameters<typeof addReferralDraft>[3],
): Promise<void> {
  const operation = await rowOf(db, 'operations');
  const visit = await rowOf(db, 'visits');
  const met = await rowOf(db, 'encounters');
  await savePartnerDefault(db, {
    ...{ id: newId(), agencyId: operation.agencyId, partnerAgencyId: operation.agencyId },
    ...{ printedName: 'The unit', officialName: 'The unit of the force', resources: [], people: [] },
  } as never);
  await addPlanFile(db, keys, { operationId: operation.id, premisesId: null } as never, officer);
  await addPhoto(db, keys, visit as never, officer);
  await addReferralDraft(db, keys, { id: met.visitId, arrivedAt: visit.arrivedAt } as never, officer, {
    encounterId: met.id as never,
  });
  await query(db)`insert into count_requests (id, operation_id, asked_by, asked_at, alive_at)
    values (${newId()}, ${operation.id}, ${officer.id}, ${clock.now()}, ${clock.now()})`;
}

/** A decision about two reports, and what agencies check and share. */
async function addBesideIntelligence({ db, clock }: World): Promise<void> {
  const run = query(db);
  const item = await rowOf(db, 'intelligence_items');
  const [agencyId, memberId, at] = [item.agencyId, item.recordedBy, clock.now()];
  const operation = await rowOf(db, 'operations', { agencyId });
  const reports = await query<{ id: string }>(
    db,
  )`select id from reports where agency_id = ${agencyId} order by id limit 2`;
  const [one, other] = reports.map(({ id }) => id);
  await run`insert into report_matter_decisions (id, agency_id, one, other, verdict, decided_by, decided_at)
    values (${newId()}, ${agencyId}, ${one}, ${other}, 'same', ${memberId}, ${at})`;
  await run`insert into deconfliction_partners (id, agency_id, name, origin, their_agency, public_key, added_by, added_at)
    values (${newId()}, ${agencyId}, 'Stort', 'https://stort.example.org', ${newId()}, 'key', ${memberId}, ${at})`;
  await run`insert into deconfliction_hidden (id, operation_id, agency_id, reason, hidden_by, hidden_at)
    values (${newId()}, ${operation.id}, ${agencyId}, 'A suspect in another force', ${memberId}, ${at})`;
  await run`insert into deconfliction_matches
      (id, agency_id, party, party_name, contact_name, contact_telephone, contact_hours, target, operation_id, found_at)
    values (${newId()}, ${agencyId}, ${newId()}, 'Stort', 'Desk', '101', 'always', ${newId()}, ${operation.id}, ${at})`;
  const [elsewhere] = await query<{ id: string }>(db)`
    select id from agencies where id <> ${agencyId} and side = 'enforcement' order by id limit 1`;
  await run`insert into intelligence_shares
      (id, item_id, agency_id, to_agency_id, purpose, shared_by, shared_at, recalled_at, recall_reason)
    values (${newId()}, ${item.id}, ${agencyId}, ${elsewhere?.id}, 'A second site', ${memberId}, ${at}, ${at}, 'It was wrong')`;
}

/** Adds the rows around a report of each line, like the catalogue of access. */
async function answer({ db, safeguardingDb, keys }: World): Promise<void> {
  for (const [line, store] of [
    ['police', db],
    ['help', safeguardingDb],
  ] as const) {
    const told = await store.selectFrom('reports').select(['id', 'agencyId']).executeTakeFirstOrThrow();
    const by = await rowOf(db, 'members', { agencyId: told.agencyId });
    const file = await addFile(store, keys, line, told.id as never);
    await addAnswering(store, { id: told.agencyId } as never, by as never, { report: told.id as string, file }, []);
  }
}

/** One sentence sent, heard and on somebody's turn; a request of police to those who keep the record; and what was approved of each and is not sent yet. */
async function standOnTwoSides(world: World): Promise<void> {
  const { db, safeguardingDb, keys, clock } = world;
  const at = clock.now();
  const person = await rowOf(safeguardingDb, 'persons');
  const custodian = (await world.as('custodian')).member;
  const by = { id: person.authorId, agencyId: person.agencyId } as never;
  await addNotice(safeguardingDb, keys, { personId: person.id as string, to: custodian.agencyId, by, at });
  await addCustodyNotice(db, keys, { to: custodian.agencyId, at });
  await addOnCallShift(db, custodian, at);
  await addRequest(db, keys, { by: custodian, to: person.agencyId as string, at });
  const known = { personId: person.id as string, operationId: null, at };
  for (const [purpose, items] of [
    [custodyPurpose, [custodyItem]],
    [policePurpose, policeRequestKinds.slice(0, 1)],
  ] as const)
    await addDisclosure(safeguardingDb, keys, known, custodian.agencyId, by, {
      ...{ purpose, items, basis: 'child', timing: 'after approval', approvedBy: newId() as never, approvedAt: at },
      ...{ plan: { shown: [], noteId: null, form: {} }, cannotWait: null, reviewBy: null },
    });
}

/** Two who hold every role but these, one on each side, at agencies that take part in nothing: no rule about roles stops them, so that every refusal is about the row. */
export async function outsiders(world: World, without: readonly Role[] = []): Promise<Visitor[]> {
  const found: Visitor[] = [];
  for (const kind of ['police force', 'council'] as const) {
    const agency = await world.agency(kind, { name: `Outside ${kind} ${newId().slice(-4)}` });
    const held = roles.filter((role) => !without.includes(role));
    const visitor = await world.signIn(await world.member(agency, held));
    // Fetches the form's token once, before requests run at the same moment.
    await visitor.post('/staff/nowhere');
    found.push(visitor);
  }
  return found;
}

/** So many of these, by the seed. */
export const pick = <One>(from: readonly One[], most: number, seed: number): One[] =>
  mixed(from, chance(seed)).slice(0, most);

/** Most of the time is waiting for the beat: several are asked at once. */
export const together = <One>(all: readonly One[], run: (one: One) => Promise<void>): Promise<void> =>
  inLanes(16, all, run);
