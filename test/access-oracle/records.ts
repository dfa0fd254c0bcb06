/** A row of every table in every state that a rule distinguishes, made by the modules' own examples. A module that adds a table adds its rows here. */
import { sql } from 'kysely';
import type { Agency, Member } from '../../src/identity/agencies/index.ts';
import { signedReturn } from '../../src/newsroom/drafting/examples.ts';
import { addWithdrawal } from '../../src/newsroom/publication/store.ts';
import { addPublished, addSignedReturn } from '../../src/newsroom/releases/examples.ts';
import { addMadePaper } from '../../src/operations/papers/examples.ts';
import { savePartnerDefault } from '../../src/operations/partner-defaults/store.ts';
import { addDecision, addPlannedVisit, addPower, addPremises } from '../../src/operations/plan/examples.ts';
import { addPlanFile } from '../../src/operations/plan-files/examples.ts';
import { type Db, setContext } from '../../src/platform/database/database.ts';
import { addPublishedWeeks } from '../../src/returns/weeks/published-store.ts';
import { seedNrmReferral } from '../../src/safeguarding/nrm-drafts/examples.ts';
import { addPerson } from '../../src/safeguarding/people/examples.ts';
import {
  addNote,
  addReferral,
  decideReferral,
  type ExampleEncounter,
} from '../../src/safeguarding/referrals/examples.ts';
import {
  addArrest,
  addChildNotification,
  addObservation,
  addPersonMet,
  addScreening,
  addSearch,
  addSeizure,
  addVisit,
} from '../../src/visits/examples.ts';
import { addPhoto } from '../../src/visits/photos/examples.ts';
import { saveName } from '../../src/visits/store.ts';
import { newId, newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { query, withoutTriggers } from '../harness/sql.ts';
import { markOf, markRecords } from './marks.ts';
import { type Cast, type Person, type Staged, sometime } from './people.ts';
import { addAgreed, addAgreedOfPeople, addAskedByMovers, addToldByMovers } from './records-consent.ts';
import { addExchange } from './records-exchange.ts';
import { addOpenings } from './records-identity-requests.ts';
import { addIntelligence } from './records-intelligence.ts';
import { addInvitations } from './records-invitations.ts';
import { addLeft, addMediaList, addPictures, addSubmitted, addWaiting, somePicture } from './records-news.ts';
import { addOfficerReferrals } from './records-officer-referrals.ts';
import { addOversight } from './records-oversight.ts';
import { addWaysIn } from './records-people.ts';
import { addPhotos } from './records-photos.ts';
import { addReceptions } from './records-reception.ts';
import { addReports } from './records-reports.ts';
import { addLettingGo } from './records-retention.ts';
import { addSides } from './records-sides.ts';
import { addTasks } from './records-tasks.ts';

/** Their agency takes part in the operation here. */
const partnersOnly = new Set<string>(['let in', 'let in from its leader', 'of its leader', 'of a partner']);

/** Fills both stores. */
export async function addRecords(application: TestApplication, cast: Cast): Promise<void> {
  for (const staged of [cast.here, cast.elsewhere]) {
    const writers = cast.people.filter(
      ({ member, standing }) =>
        member.roles.some(
          // A volunteer wrote it earlier, in another role.
          (role) =>
            role === 'volunteer' || role === 'field' || role === 'safeguarding lead' || role === 'partner caseworker',
        ) &&
        (staged === cast.here
          ? standing === 'on the team' || standing === 'let out'
          : standing === 'on a team elsewhere'),
    );
    const met = await addOperational(application, cast, staged, writers);
    const partners = cast.people.filter(({ standing }) => staged === cast.here && partnersOnly.has(standing));
    await addReceptions(application, staged, writers, await addHelp(application, cast, met, writers), partners);
    await addOpenings(application, cast, staged, met.encounterId);
  }
  await addPlannedOnly(application, cast);
  await addNews(application, cast);
  await addWaysIn(application, cast);
  await addInvitations(application, cast);
  await addExchange(application.db, cast);
  await addReports(application, cast);
  await addIntelligence(application, cast);
  await addSides(application, cast);
  await addFloor(application, cast);
  await addOversight(application, cast);
  await markRecords(application.db, 'main');
  await markRecords(application.safeguardingDb, 'safeguarding');
}

async function addOperational(
  application: TestApplication,
  cast: Cast,
  staged: Staged,
  people: readonly Person[],
): Promise<ExampleEncounter> {
  const { operation, planner, teams } = staged;
  const { db, keys } = application;
  await addDecision(db, operation);
  const { agencyId } = operation;
  const usual = { printedName: 'Usual unit', officialName: 'The usual unit', resources: [], people: [] };
  await savePartnerDefault(db, { id: newId(), agencyId, partnerAgencyId: agencyId, ...usual });
  const leader = await application.signIn(planner);
  let first: ExampleEncounter | undefined;
  for (const team of teams) {
    const premises = await addPremises(db, operation, {
      name: `Blue Door of ${team.name}`,
      immigrationEntry: 'not present',
    });
    const power = await addPower(db, premises);
    const planned = await addPlannedVisit(db, premises, team, { powerId: power.id });
    await addPlanFile(db, keys, { operationId: operation.id, premisesId: premises.id }, planner);
    await addPlannedVisit(db, premises, team, { day: '2026-09-19', state: 'called off', reason: 'Nobody was free' });
    const visit = await addVisit(db, planned, planner);
    const met = await addPersonMet(db, visit, planner);
    await saveName(db, keys, met.id, {
      name: markOf('encounter_names', met.id),
      reason: 'A witness',
      recordedBy: planner.id,
      recordedAt: sometime,
    });
    await addObservation(db, visit, planner, { encounterId: met.id });
    await addPhoto(db, keys, visit, planner);
    const arrest = await addArrest(db, visit, planner, { encounterId: met.id });
    await addScreening(db, arrest, planner);
    await addChildNotification(db, arrest, planner);
    await addSeizure(db, visit, planner);
    await addSearch(db, visit, planner);
    const paper = { operationId: operation.id, madeBy: planner.id };
    await addMadePaper(db, { ...paper, kind: 'search record', visitId: planned.id, subjectId: planned.id });
    await addMadePaper(db, { ...paper, kind: 'warrant application', visitId: null, subjectId: power.id });
    await leader.post(`/staff/teams/${team.id}/briefing`);
    await sql`insert into team_members (team_id, member_id, operation_id) values (${team.id}, ${planner.id}, ${operation.id})
      on conflict do nothing`.execute(db);
    first ??= { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: sometime };
  }
  // A person encountered at premises where no one was arrested.
  const quiet = await addPremises(db, operation, { name: 'Quiet Door' });
  const { id: powerId } = await addPower(db, quiet);
  await addPlanFile(db, keys, { operationId: operation.id, premisesId: quiet.id }, planner);
  await addPersonMet(db, await addVisit(db, await addPlannedVisit(db, quiet, teams[0], { powerId }), planner), planner);
  // Premises where immigration officers are not present, and some who attended all the same.
  const kept = await addPremises(db, operation, { name: 'Kept Door', immigrationEntry: 'not present' });
  const attendees = people.filter(({ side }) => side === 'enforcement').map(({ member }) => member.id);
  const attended = await addPlannedVisit(db, kept, teams[0]);
  const atKept = await addVisit(db, attended, planner, { attendees });
  await addPersonMet(db, atKept, planner);
  await addOfficerReferrals({ application, visit: atKept }, cast, staged, people);
  await addPlanFile(db, keys, { operationId: operation.id, premisesId: kept.id }, planner);
  await addPlanFile(db, keys, { operationId: operation.id, premisesId: null }, planner);
  for (const { member } of people)
    await sql`insert into briefing_readings (briefing_id, member_id, read_at)
      select b.id, ${member.id}, ${sometime} from briefings b where b.team_id = ${teams[0].id}`.execute(db);
  await addPhotos(application, { operation, planner, teams }, people);
  const analyst = cast.people.find(
    ({ agency, member, standing }) =>
      agency.id === operation.agencyId && member.roles.join() === 'analyst' && standing.startsWith('on '),
  );
  await addReturns(db, operation.id, planner, [people[0]?.member ?? planner, analyst?.member ?? planner]);
  return first as ExampleEncounter;
}

/** One that was signed and one that was not, each with its workings. */
async function addReturns(
  db: Db,
  operationId: string,
  member: Member,
  [second, analyst]: readonly [Member, Member],
): Promise<void> {
  const run = query(db);
  const unsigned = newId();
  const signed = await addSignedReturn(db, signedReturn, { agency: {} as Agency, member, operationId });
  await run`insert into returns (id, operation_id, version, stage, definitions, facts, figures, made_by, made_at)
    select ${unsigned}, operation_id, version + 1, 'revised', definitions, facts, figures, made_by, made_at
    from returns where id = ${signed.id}`;
  await withoutTriggers(db, async (run) => {
    // A signed return is frozen, its workings too: these are as old as it is.
    for (const id of [signed.id, unsigned]) {
      await run`insert into return_workings (return_id, counted, checks) select id, figures, '[]' from returns where id = ${id}`;
      await run`insert into return_records (return_id, indicator, cell, kind, record_id)
        select ${id}, 'visits.made', '', 'visit', v.id from visits v where v.operation_id = ${operationId}`;
    }
  });
  const [sentBack, waiting, ofAnalyst] = [newId(), newId(), newId()];
  for (const [id, at, by] of [
    [sentBack, sometime, member.id],
    // By a member who could also sign second.
    [ofAnalyst, sometime, analyst.id],
    [waiting, new Date(sometime.getTime() + 1_000), member.id],
  ])
    await run`insert into return_first_signatures (id, return_id, operation_id, signed_by, signed_at, digest, content)
      select ${id}, r.id, r.operation_id, ${by}, ${at}, ${signed.digest}, return_content(r) from returns r where r.id = ${unsigned}`;
  for (const id of [sentBack, ofAnalyst])
    await run`insert into return_second_signatures (id, operation_id, decided_by, decided_at, approved, reason)
      values (${id}, ${operationId}, ${second.id}, ${sometime}, false, 'A visit is missing')`;
  await run`insert into return_certificates (return_id, operation_id, text) values (${signed.id}, ${operationId}, 'A certificate')`;
  await run`insert into count_requests (id, operation_id, asked_by, asked_at, alive_at, state, return_id)
    values (${newId()}, ${operationId}, ${member.id}, ${sometime}, ${sometime}, 'counting', null),
           (${newId()}, ${operationId}, ${member.id}, ${sometime}, ${sometime}, 'counted', ${unsigned})`;
  await run`insert into return_changes (id, operation_id, what, at) values (${newId()}, ${operationId}, 'visit', ${sometime})`;
}

/** Each who was there wrote a note; some were passed on: asked, accepted and declined, taken up and not. */
async function addHelp(
  application: TestApplication,
  cast: Cast,
  met: ExampleEncounter,
  writers: readonly Person[],
): Promise<readonly { readonly personId: string }[]> {
  const { agencies } = cast;
  const { safeguardingDb: db, keys, clock } = application;
  const notes = [];
  for (const { member, side } of writers) {
    const id = newTimelessId<'note'>();
    notes.push({ side, note: await addNote(db, keys, met, member, { id, wants: markOf('notes', id) }) });
  }
  const passedOn = notes.filter(({ side }) => side === 'help').slice(0, 12);
  const asked = [agencies.council, agencies.nurses, agencies.otherHelp, agencies.force];
  for (const [index, { note }] of passedOn.entries()) {
    const id = newTimelessId<'referral'>();
    const referral = await addReferral(db, keys, note, asked[index % asked.length] as Agency, {
      id,
      words: markOf('referrals', id),
    });
    const decision = (['accepted', 'declined', undefined] as const)[index % 3];
    if (decision)
      await db.transaction().execute(async (tx) => {
        await setContext(tx, { now: new Date('2026-09-18T11:00:00Z') });
        await decideReferral(tx, keys, referral, decision, { id: note.authorId }, clock.now());
      });
  }
  await addAgreed(application, { agencies } as Cast, notes);
  await db
    .insertInto('protectedCounts')
    .values({
      id: newTimelessId(),
      operationId: met.operationId,
      population: 'people advised',
      release: 0,
      tables: '{}',
      cases: '[]',
      countedAt: new Date('2026-09-18T11:00:00Z'),
    })
    .execute();
  // Who came alone, and who was met: also by those who could never have opened the record.
  const opened = [];
  const people = [];
  const over = await db.selectFrom('withdrawnGrants').select('referralId').where('ended', '=', 'taken back').execute();
  const requests = over.flatMap(({ referralId }) => (referralId ? [referralId] : [])).sort();
  for (const [index, { note }] of notes.entries()) {
    const id = newTimelessId<'person'>();
    const origin =
      index % 2 === 0 ? askedAs(index % 4 === 2 ? requests[index % requests.length] : undefined) : metAs(met);
    const person = await addPerson(db, keys, { id: note.authorId, agencyId: note.agencyId }, sometime, {
      id,
      called: markOf('persons', id),
      ...origin,
    });
    opened.push({ personId: id, by: note });
    people.push(person);
    const concern = newTimelessId<'concern'>();
    await seedNrmReferral(db, keys, person, sometime, {
      id: concern,
      words: markOf('nrm_drafts', concern),
      again: index % 3 === 0,
    });
  }
  await addTasks(application, opened);
  await addAgreedOfPeople(application, cast, people);
  await addToldByMovers(application, cast, people);
  await addAskedByMovers(application, cast, people);
  await addLettingGo(application, notes, Object.values(agencies), cast.people);
  for (const { note } of notes.slice(0, 5))
    await sql`insert into note_acknowledgements (note_id, operation_id, member_id, taken_at)
      values (${note.id}, ${note.operationId}, ${note.authorId}, '2026-09-18T10:00:00Z')`.execute(db);
  return opened;
}

/** Of a request that was taken back since. */
const askedAs = (request: string | undefined) =>
  request ? ({ origin: 'a partner’s concern', originId: request as never } as const) : {};

const metAs = ({ encounterId, operationId }: ExampleEncounter) =>
  ({ origin: 'met at visit', originId: encounterId, operationId }) as const;

/** An operation as it is in the moment after it was planned: nobody takes part in it yet. */
async function addPlannedOnly({ db, member }: TestApplication, { agencies, here }: Cast): Promise<void> {
  const planner = await member(agencies.otherForce, ['planner'], 'Planner of what is new');
  await sql`insert into operations select ${newId()}, week_id, ${agencies.otherForce.id}, 'Operation Ember', unit, area,
    starts_on, ends_on, ${planner.id} from operations where id = ${here.operation.id}`.execute(db);
}

async function addNews({ db, member }: TestApplication, { agencies, here, elsewhere }: Cast): Promise<void> {
  const signedOf = async ({ operation }: Staged) =>
    (await db
      .selectFrom('returnSignatures')
      .select(['returnId as id', 'operationId', 'digest'])
      .where('operationId', '=', operation.id)
      .executeTakeFirstOrThrow()) as { id: string; operationId: string; digest: string };
  const published = async (agency: Agency, staged: Staged, title: string, more = {}) => {
    const writer = await member(agency, ['press'], `Writer at ${agency.name}`);
    const by = { agency, member: writer, from: await signedOf(staged) };
    const picture = { ...somePicture, id: newId() };
    await addPublished(db, by, { title: `${title} of ${agency.name}`, picture, ...more });
    await addPictures(db, title, picture.id, writer.id);
    await addMediaList(db, agency, writer);
    if (title === 'Out now' || title === 'Out elsewhere') await addWaiting(db, writer);
    return writer;
  };
  await addLeft(db, await published(agencies.force, here, 'Out now'), await signedOf(elsewhere));
  await published(agencies.council, here, 'Under embargo', { embargoUntil: new Date('2026-09-20T09:00:00Z') });
  await published(agencies.farForce, elsewhere, 'Out elsewhere');
  await published(agencies.force, here, 'Embargo over', { embargoUntil: new Date('2026-09-18T09:30:00Z') });
  await published(agencies.force, here, 'Not out yet', { publishedAt: new Date('2026-09-19T09:00:00Z') });
  const gone = { publishedAt: new Date('2026-09-17T09:00:00Z') };
  for (const [agency, title, hadBeenPublic] of [
    [agencies.crimeUnit, 'Gone again', true],
    [agencies.farForce, 'Gone before it was out', false],
  ] as const) {
    const writer = await published(agency, agency === agencies.farForce ? elsewhere : here, title, gone);
    const of = await db
      .selectFrom('publications')
      .select(['id', 'slug'])
      .where('title', 'like', `${title}%`)
      .executeTakeFirstOrThrow();
    await db.transaction().execute(async (tx) => {
      await setContext(tx, { now: sometime });
      await addWithdrawal(tx, {
        ...of,
        at: sometime,
        hadBeenPublic,
        by: writer.id,
        why: 'A figure was wrong',
      } as never);
    });
  }
  await sql`insert into publication_certificates (publication_id, version, text, key)
    select id, version, 'A certificate', 'A key' from publications`.execute(db);
  await sql`insert into name_checks (id, release_id, revision, member_id, agency_id, at, found)
    select gen_random_uuid(), id, revision, edited_by, agency_id, edited_at, 0 from releases`.execute(db);
  for (const agency of [agencies.force, agencies.otherForce])
    await addCutting(db, agency, await member(agency, ['press'], 'Reader'));
  for (const agency of [agencies.force, agencies.council, agencies.otherForce])
    await addPublishedWeek(db, agency, await member(agency, ['analyst'], 'Reader of weeks'));
}

/** A week as others published it. */
const addPublishedWeek = async (db: Db, { id: agencyId }: Agency, { id: importedBy }: Member): Promise<void> => {
  const week = { weekId: 'XX', name: 'Invented', startsOn: null, endsOn: null, figures: {}, details: {} };
  const from = { ...week, sourceUrl: 'https://news.example.org/week' };
  await addPublishedWeeks(db, [from], { agencyId, importedBy, importedAt: sometime });
};

/** What others published, and a release made of it. */
async function addCutting(db: Db, agency: Agency, by: Member): Promise<void> {
  const [id, release] = [newId(), newId()];
  await sql`insert into imported_releases (id, agency_id, file_name, source, digest, title, claims, discrepancies, words, imported_by, imported_at)
    values (${id}, ${agency.id}, 'invented.md', 'Invented', ${id.replaceAll('-', '').repeat(2)}, 'Invented', '[]',
      '{"notes":[],"inconsistencies":[]}', '', ${by.id}, ${sometime})`.execute(db);
  await sql`insert into releases (id, agency_id, imported_release_id, imported_from, policy, approval, title, shown_title, area, description, body, state, edited_by, edited_at)
    values (${release}, ${agency.id}, ${id}, '{"url":null,"publishedOn":null}', 'in force from 2026', 'another person', 'Invented',
      'Invented', 'Leashire', 'Invented', 'Invented', 'submitted', ${by.id}, ${sometime})`.execute(db);
  await addSubmitted(db, release);
}

/** The log, the news, and an earlier version of all that keeps any. */
async function addFloor({ db, safeguardingDb }: TestApplication, { agencies, here }: Cast): Promise<void> {
  for (const store of [db, safeguardingDb]) {
    // Of one agency's member at another's record, both ways: each may see that, by one clause and by the other.
    for (const [agency, owner] of [
      [agencies.force, agencies.council],
      [agencies.council, agencies.farForce],
    ] as const)
      await sql`insert into access_log (at, kind, event, action, purpose, member_id, agency_id, owner_id, request_id)
        values (${sometime}, 'consultation', 'invented', 'visit.read', 'operation', ${here.planner.id}, ${agency.id},
          ${owner.id}, ${newTimelessId()})`.execute(store);
    // Says that a row was destroyed: only the leader may.
    await sql`insert into access_log (at, kind, event, action, purpose, request_id)
      values (${sometime}, 'erasure', 'log.erased', '', '', ${newTimelessId()})`.execute(store);
    await sql`insert into outbox (id, event, about, at) values (${newTimelessId()}, 'invented', ${here.operation.id}, '2026-09-18T10:00:00Z')`.execute(
      store,
    );
    await sql`insert into idempotency_keys (key, request_hash, expires_at)
      values (sha256('a form'), sha256('its answers'), '2026-09-19T00:00:00Z')`.execute(store);
    const { rows } = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = 'public' and tablename like '%\_versions'
        and tablename <> 'policy_versions'`.execute(store);
    for (const { name } of rows)
      await sql`insert into ${sql.id(name)} (id, version, record, replaced_at)
        select id, 100, to_jsonb(t), '2026-09-18T10:00:00Z' from ${sql.id(name.replace('_versions', ''))} t`.execute(
        store,
      );
  }
}
