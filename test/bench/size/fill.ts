/** Fills the demonstration up to the size of a large partnership: agencies, members, weeks, operations, visits, people met, cases and a long log, under all constraints. */
import { sql } from 'kysely';
import pg from 'pg';
import type { UnitKeys } from '../../../src/platform/crypto/crypto.ts';
import { openDatabase } from '../../../src/platform/database/database.ts';
import { fill as fillPeople } from '../../assurance/safeguarding/people/fill.ts';
import { chance } from '../../harness/assurance.ts';

/** How many of each; visits are ten teams' fifty of each operation where it is full. */
export type Size = {
  readonly members: number;
  readonly operations: number;
  readonly visitsEach: number;
  readonly encountersEach: number;
  readonly people: number;
  readonly logRows: number;
};

export type Addresses = { readonly main: string; readonly safeguarding: string };

const agencies = 40;
/** Of these agencies; each has a planner, and its members go on its own operations. */
const forces = 10;
const teamsEach = 10;
const perTeam = 5;
const operationsInWeek = 4;

const sqlId = (kind: number, number: string): string =>
  `('0000000${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
const each = (count: number): string => `from generate_series(0, ${count - 1}) n`;

/** Both databases; the addresses are a superuser's. Writes nothing to disk with certainty until the end, as nobody waits for it. */
export async function fillToSize(addresses: Addresses, keys: UnitKeys, size: Size, now: Date): Promise<void> {
  const client = new pg.Client({ connectionString: addresses.main });
  await client.connect();
  const run = (text: string): Promise<unknown> => client.query(text);
  try {
    await run(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
    const at = `'${now.toISOString()}'::timestamptz`;
    await fillMembers(run, size);
    await fillOperations(run, size, at);
    await fillVisits(run, size, at);
    await fillLog(run, size, at);
    await run('vacuum (analyze)');
    await run('checkpoint');
  } finally {
    await client.end();
  }
  await fillCases(addresses, keys, size.people, now);
}

type Run = (text: string) => Promise<unknown>;

/** The first force and its planner are those of the demonstration. */
const forceOf = (number: string): string =>
  `case (${number}) % ${forces} when 0 then (select id from agencies where kind = 'police force' order by name = 'Lea Vale Constabulary' desc limit 1) else ${sqlId(1, `(${number}) % ${forces}`)} end`;
const plannerOf = (number: string): string =>
  `case (${number}) % ${forces} when 0 then (select id from members where name = 'Dana Holt') else ${sqlId(3, `900000 + (${number}) % ${forces}`)} end`;
/** The member number `place` of the force of an operation. */
const memberOf = (operation: string, place: string, members: number): string =>
  sqlId(3, `(${operation}) % ${forces} + ${forces} * ((${place}) % ${members / forces})`);

async function fillMembers(run: Run, { members }: Size): Promise<void> {
  await run(
    `insert into agencies (id, name, official_name, kind, side, first_responder) select ${sqlId(1, 'n')}, 'Agency ' || n, 'Agency ' || n, case when n < ${forces} then 'police force' else 'voluntary' end, case when n < ${forces} then 'enforcement' else 'help' end, false ${each(agencies)}`,
  );
  await run(
    `insert into members (id, agency_id, name, title, roles) select ${sqlId(3, 'n')}, ${forceOf('n')}, 'Member ' || n, 'Officer', '{field}' ${each(members)}`,
  );
  await run(
    `insert into members (id, agency_id, name, title, roles) select ${sqlId(3, '900000 + n')}, ${forceOf('n')}, 'Planner ' || n, 'Sergeant', '{planner}' from generate_series(1, ${forces - 1}) n`,
  );
}

/** The newest week began the day before yesterday, so that it has visits that were made and visits to come; each earlier one a week before. Everybody is in so many operations that all teams are full. */
async function fillOperations(run: Run, { operations, members }: Size, at: string): Promise<void> {
  const weeks = operations / operationsInWeek;
  const newest = `((${at})::date - 2)`;
  const start = (number: string): string => `${newest} - 7 * (${number})`;
  await run(
    `insert into weeks (id, agency_id, name, lead, focus, starts_on, ends_on) select ${sqlId(2, 'n')}, ${forceOf('0')}, 'Week ' || n, 'Bench', '{labour exploitation}', ${start('n')}, ${start('n')} + 6 ${each(weeks)}`,
  );
  const week = `n / ${operationsInWeek}`;
  await run(
    `insert into operations (id, week_id, agency_id, code_name, unit, area, starts_on, ends_on, planned_by) select ${sqlId(4, 'n')}, ${sqlId(2, week)}, ${forceOf('n')}, 'Operation Size ' || n, 'Unit', 'Area', ${start(week)}, ${start(week)} + 6, ${plannerOf('n')} ${each(operations)}`,
  );
  await run(
    `insert into partners (id, operation_id, agency_id, kind, own_unit, leads, printed_name, official_name) select ${sqlId(5, 'n')}, ${sqlId(4, 'n')}, ${forceOf('n')}, 'police force', true, true, 'Unit', 'Unit' ${each(operations)}`,
  );
  const both = `from generate_series(0, ${operations - 1}) o, generate_series(0, ${teamsEach - 1}) t`;
  const team = sqlId(6, `o * ${teamsEach} + t`);
  await run(`insert into teams (id, operation_id, name) select ${team}, ${sqlId(4, 'o')}, 'Team ' || t ${both}`);
  const all = `${both}, generate_series(0, ${perTeam - 1}) m`;
  const member = memberOf('o', `o / ${forces} * ${teamsEach * perTeam} + t * ${perTeam} + m`, members);
  await run(
    `insert into operation_members select ${sqlId(4, 'n')}, ${plannerOf('n')}, ${sqlId(5, 'n')}, 'plans' ${each(operations)}`,
  );
  await run(`insert into operation_members select ${sqlId(4, 'o')}, ${member}, ${sqlId(5, 'o')}, 'enters' ${all}`);
  await run(`insert into team_members select ${team}, ${member}, ${sqlId(4, 'o')} ${all}`);
  const grant = (relation: string, subject: string, operation: string, who: string, from: string): Promise<unknown> =>
    run(
      `insert into grants (id, relation, subject, operation_id, member_id, since, given_by) select gen_random_uuid(), '${relation}', ${subject}, ${sqlId(4, operation)}, ${who}, ${at} - interval '1 day', ${plannerOf(operation)} ${from}`,
    );
  await grant('member', sqlId(4, 'n'), 'n', plannerOf('n'), each(operations));
  await grant('member', sqlId(4, 'o'), 'o', member, all);
  await grant('team', team, 'o', member, all);
  // Each was told when their team is briefed, and has read it but for the newest week.
  const toldAt = `${start(`o / ${operationsInWeek}`)} - 1`;
  const notice = sqlId(2, `16777216 + o * ${teamsEach * perTeam} + t * ${perTeam} + m`);
  await run(
    `insert into notices (id, kind, subject, owner_id, to_member, made_at) select ${notice}, 'briefing time set', ${team}, ${forceOf('o')}, ${member}, ${toldAt} ${all}`,
  );
  await run(
    `insert into notice_readings select ${notice}, ${member}, ${toldAt} + interval '1 hour' ${all} where o >= ${operationsInWeek}`,
  );
}

async function fillVisits(
  run: Run,
  { operations, visitsEach, encountersEach, members }: Size,
  at: string,
): Promise<void> {
  const newest = `((${at})::date - 2)`;
  const visits = operations * visitsEach;
  const operation = `n / ${visitsEach}`;
  const team = `(${operation}) * ${teamsEach} + n % ${teamsEach}`;
  const day = `${newest} - 7 * (n / ${visitsEach * operationsInWeek}) + n / ${teamsEach} % 5`;
  // Those before today are recorded and finished; those of today and later are planned.
  const past = `(${day}) < (${at})::date`;
  const recorder = memberOf(
    operation,
    `(${operation}) / ${forces} * ${teamsEach * perTeam} + (n % ${teamsEach}) * ${perTeam}`,
    members,
  );
  const part = 50_000;
  for (let from = 0; from < visits; from += part) {
    const some = `from generate_series(${from}, ${Math.min(from + part, visits) - 1}) n`;
    await run(
      `insert into premises (id, operation_id, business, name, address, town, reason, priority) select ${sqlId(7, 'n')}, ${sqlId(4, operation)}, 'massage or beauty', 'Place ' || n, n % 200 || ' Mill Lane', 'Town ' || n % 40, 'Reason', 'high' ${some}`,
    );
    await run(
      `insert into planned_visits (id, operation_id, premises_id, team_id, day, starts, minutes, state) select ${sqlId(8, 'n')}, ${sqlId(4, operation)}, ${sqlId(7, 'n')}, ${sqlId(6, team)}, ${day}, lpad((8 + n / ${teamsEach} / 5 % 10)::text, 2, '0') || ':00', 50, 'planned' ${some}`,
    );
    await run(
      `insert into visits (id, operation_id, premises_id, team_id, arrived_at, left_at, finished_at, basis, basis_ground, answer, attendees, recorded_by, recorded_at) select ${sqlId(8, 'n')}, ${sqlId(4, operation)}, ${sqlId(7, 'n')}, ${sqlId(6, team)}, (${day}) + interval '8 hours', (${day}) + interval '9 hours', (${day}) + interval '10 hours', 'consent', 'agreed', 'entered', array[${recorder}], ${recorder}, (${day}) + interval '8 hours' ${some} where ${past}`,
    );
    await run(
      `insert into encounters (id, visit_id, number, place, spoken_to, age, language, interpreter, recorded_by, recorded_at) select ${sqlId(9, `n * ${encountersEach} + e`)}, ${sqlId(8, 'n')}, e + 1, 'works there', true, 'adult', 'Romanian', 'by phone', ${recorder}, (${day}) + interval '9 hours' ${some}, generate_series(0, ${encountersEach - 1}) e where ${past}`,
    );
  }
}

/** In parts, each its own transaction as the rows of a year would be; indexes are made once all rows are there. */
async function fillLog(
  run: Run,
  { operations, visitsEach, encountersEach, members, logRows }: Size,
  at: string,
): Promise<void> {
  const indexes = [
    'access_log_by_subject on access_log (subject, at)',
    'access_log_by_member on access_log (member_id, at)',
    'access_log_by_owner on access_log (owner_id, at) where owner_id is not null',
  ];
  for (const index of indexes) await run(`drop index if exists ${index.split(' ')[0]}`);
  const part = 500_000;
  const subjects = operations * visitsEach * encountersEach;
  for (let from = 0; from < logRows; from += part)
    await run(`insert into access_log (at, kind, event, action, purpose, member_id, agency_id, roles, subject, fields, request_id, owner_id)
      select ${at} - n * interval '12 seconds', 'consultation', 'encounter.shown', 'encounter.read', 'operation', ${sqlId(3, `n % ${members}`)}, ${forceOf('n')}, '{field}', ${sqlId(9, `(n::bigint * 7919 % ${subjects})`)}, '{place,age}', gen_random_uuid(), ${forceOf('n')}
      from generate_series(${from}, ${Math.min(from + part, logRows) - 1}) n`);
  for (const index of indexes) await run(`create index ${index}`);
}

/** One case in twenty is of the agency whose lead asks; the others are of forty more. */
async function fillCases({ main, safeguarding }: Addresses, keys: UnitKeys, people: number, now: Date): Promise<void> {
  // An index of a million cases takes minutes.
  const patient = { maxConnections: 1, hangUpMs: 3_600_000 };
  const [db, safeguardingDb] = [main, safeguarding].map((address) => openDatabase(address, patient));
  if (!db || !safeguardingDb) throw new Error('two databases');
  try {
    const lead = (await db
      .selectFrom('members')
      .select(['id', 'agencyId'])
      .where('name', '=', 'Ines Castell')
      .executeTakeFirstOrThrow()) as { id: string; agencyId: string };
    let number = 0;
    await fillPeople({ safeguardingDb, keys, clock: { now: () => now } }, chance(1), people, () => {
      number += 1;
      const own = number % 20 === 0;
      const agency = `00000001-0000-7000-8000-${(number % agencies).toString(16).padStart(12, '0')}`;
      return { agencyId: own ? lead.agencyId : agency, authorId: lead.id, operationId: null, seen: own };
    });
    // After an erasure all search terms are rewritten, for two days, and the search waits meanwhile: minutes at this
    // size (docs/limits.md). The erasure of the demonstration is made older than that.
    await sql`update person_erasure_certificates set destroyed_at = destroyed_at - interval '3 days'`.execute(
      safeguardingDb,
    );
    await safeguardingDb.executeQuery({
      sql: 'vacuum (analyze)',
      parameters: [],
      query: {} as never,
      queryId: {} as never,
    });
  } finally {
    await db.destroy();
    await safeguardingDb.destroy();
  }
}
