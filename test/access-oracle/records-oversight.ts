/** Rows of oversight: briefing times, emergency access and its reviews, data requests of people encountered, and the seal on the log. */
import { sql } from 'kysely';
import { addPlannedVisit, addPower, addPremises } from '../../src/operations/plan/examples.ts';
import { addOperation, addTeam } from '../../src/operations/weeks/examples.ts';
import type { Db } from '../../src/platform/database/database.ts';
import { newId, newTimelessId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { query, withoutTriggers } from '../harness/sql.ts';
import { type Cast, type Person, type Staged, sometime } from './people.ts';
import { addNotices } from './records-notices.ts';

export async function addOversight(application: TestApplication, cast: Cast): Promise<void> {
  const { db, safeguardingDb } = application;
  for (const staged of [cast.here, cast.elsewhere]) await addBriefingTimes(db, staged);
  await addToCome(application, cast);
  await addGlass(db, cast);
  await addNotices(db, cast);
  for (const store of [db, safeguardingDb]) await addRequests(store, application, cast);
  for (const store of [db, safeguardingDb]) await addSeal(store);
  for (const agency of [cast.agencies.force, cast.agencies.council])
    await sql`insert into log_witnesses values (${newId()}, ${agency.id}, ${`Witness of ${agency.name}`}, ${agency.id},
      ${cast.here.planner.id}, ${sometime})`.execute(db);
}

/** They keep their past values, and change nothing about present teams. */
async function addBriefingTimes(db: Db, { operation, planner, teams }: Staged): Promise<void> {
  await withoutTriggers(db, async (run) => {
    for (const team of [null, teams[0].id])
      await run`insert into briefing_times (id, operation_id, team_id, day, time, place, opens_at, reason, set_by, set_at)
        values (${newId()}, ${operation.id}, ${team}, '2026-09-13', '16:00', 'The station', '2026-09-13T15:00:00Z', 'As agreed',
          ${planner.id}, '2026-09-01T09:00:00Z')`;
  });
}

/** One whose first day has not come: who counts must not learn of its targets. */
async function addToCome({ db }: TestApplication, { agencies, here }: Cast): Promise<void> {
  const days = { codeName: 'Operation Frost', startsOn: '2026-10-05', endsOn: '2026-10-11' };
  const operation = await addOperation(db, agencies.force, here.planner, days);
  const team = await addTeam(db, operation, { name: 'Team of Frost' });
  const premises = await addPremises(db, operation, { name: 'Green Door' });
  const power = await addPower(db, premises);
  await addPlannedVisit(db, premises, team, { day: '2026-10-06', powerId: power.id });
}

const broken = ['under glass', 'of a partner', 'of a former partner', 'let in'] as const;

/** Emergency access of members who may use it and of members who may not; some was ended, some has expired. */
async function addGlass(db: Db, { people, here, elsewhere, agencies }: Cast): Promise<void> {
  const reviewer = people.find(
    ({ agency, member }) => agency.id === agencies.force.id && member.roles.includes('commander'),
  ) as Person;
  await withoutTriggers(db, async (run) => {
    for (const { member, agency, standing } of people) {
      if (!broken.some((one) => one === standing)) continue;
      const [operation, owner] =
        standing === 'let in' ? [elsewhere.operation, agencies.farForce] : [here.operation, agencies.force];
      const openedAt = standing === 'let in' ? '2026-09-18T06:00:00Z' : '2026-09-18T10:00:00Z';
      const endedAt = standing === 'of a partner' ? '2026-09-18T10:30:00Z' : null;
      const id = newId();
      await run`insert into break_glass values (${id}, ${operation.id}, ${member.id}, ${agency.id}, ${owner.id},
        'The planner is away and the warrant runs out tonight', ${openedAt}, ${openedAt}::timestamptz + interval '3 hours', ${endedAt})`;
      if (standing === 'of a partner')
        await run`insert into break_glass_reviews values (${id}, ${reviewer.member.id}, 'needed', 'She had to know of the warrant', ${sometime})`;
    }
  });
}

/** Of the force that leads, of the one elsewhere, and of help; open and answered. */
async function addRequests(store: Db, { db, safeguardingDb }: TestApplication, cast: Cast): Promise<void> {
  const run = query(store);
  const idsOf = async (query: ReturnType<typeof sql<{ id: string }>>, where: Db) =>
    (await query.execute(where)).rows.map(({ id }) => id);
  const met = await idsOf(sql<{ id: string }>`select id from encounters order by id`, db);
  const arrested = await idsOf(sql<{ id: string }>`select id from arrests order by id`, db);
  const notedBy = ({ id }: { readonly id: string }) =>
    idsOf(sql<{ id: string }>`select id from notes where agency_id = ${id} order by id`, safeguardingDb);
  const [noted, farNoted] = [await notedBy(cast.agencies.council), await notedBy(cast.agencies.farHelp)];
  // By the record's own id, which names no encounter in a request.
  const walkedIn = await idsOf(
    sql<{
      id: string;
    }>`select id from persons where agency_id = ${cast.agencies.council.id} and origin = 'walked in' order by id`,
    safeguardingDb,
  );
  // Those about whom officers of several agencies began a referral: a lead reads that of their own agency.
  const referred = await idsOf(
    sql<{ id: string }>`select coalesce(encounter_id, arrest_id) as id from nrm_referrals`,
    db,
  );
  const asked: readonly [string, readonly (string | undefined)[], 'open' | 'answered'][] = [
    [cast.agencies.council.id, [walkedIn[0]], 'open'],
    [cast.agencies.force.id, [met[0]], 'open'],
    [cast.agencies.force.id, [arrested[1], noted[2]], 'open'],
    [cast.agencies.force.id, referred, 'open'],
    [cast.agencies.force.id, [met[1]], 'answered'],
    [cast.agencies.force.id, [met[2]], 'open'],
    // Another agency's lead cannot open a record, whatever the request names.
    [cast.agencies.farForce.id, [met[0]], 'open'],
    [cast.agencies.council.id, [met[0], noted[0]], 'open'],
    [cast.agencies.nurses.id, [noted[1]], 'open'],
    [cast.agencies.farHelp.id, [newId()], 'answered'],
    // A note by its own id, whose person nobody asked for.
    [cast.agencies.farHelp.id, [farNoted[0]], 'open'],
  ];
  const by = cast.here.planner.id;
  for (const [agency, about, state] of asked) {
    const answered = state === 'answered' ? [by, sometime, 'digest'] : [null, null, null];
    await run`insert into subject_access_requests (id, agency_id, about, asker, proof, delivery, reference, state, opened_by, opened_at,
        answered_by, answered_at, digest)
      values (${newId()}, ${agency}, ${sql.val(about.filter((id) => id !== undefined))}::uuid[], 'the person', 'identity document',
        'in person', 'SAR 7', ${state}, ${by}, ${sometime}, ${answered[0]}, ${answered[1]}, ${answered[2]})`;
  }
  for (const agency of [cast.agencies.force, cast.agencies.council])
    await run`insert into access_reviews values (${newId()}, ${agency.id}, 'by night', ${by}, ${newTimelessId()}, 'On call', ${by}, ${sometime})`;
}

async function addSeal(store: Db): Promise<void> {
  const run = query(store);
  const hash = Buffer.alloc(32, 7);
  await run`insert into log_leaves select 0, xid, id, ${hash}, ${hash} from access_log order by xid, id limit 1`;
  await run`insert into log_nodes values (8, 0, ${hash})`;
  await run`insert into log_checkpoints values (1, 'a note')`;
  await run`insert into log_keys values ('a key') on conflict do nothing`;
  await run`insert into log_cosignatures (size, witness, line) values (1, 'a witness', 'a line')`;
}
