/** Fills a migrated database for the bench of the audited read: members, their operations, teams and visits, the people met there, and a long log; under all constraints. */
import pg from 'pg';
import { openSession } from '../../src/identity/agencies/index.ts';
import { openDatabase } from '../../src/platform/database/database.ts';

export type Size = { readonly members: number; readonly records: number; readonly logRows: number };
export type Filled = { readonly tokens: readonly string[]; readonly idsOf: (member: number, index: number) => string };

const perVisit = 50;
const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');
/** Ids that can be reckoned on both sides: kind, then number. */
const id = (kind: number, number: number): string => `0000000${kind}-0000-7000-8000-${hex(number, 12)}`;
const sqlId = (kind: number, number: string): string =>
  `('0000000${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** Each member is in one team of one operation, and the records are shared out evenly. */
export async function fill(address: string, { members, records, logRows }: Size, now: Date): Promise<Filled> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const visits = records / perVisit;
  const tokens: string[] = [];
  const run = (text: string): Promise<unknown> => client.query(text);
  const each = (count: number): string => `from generate_series(0, ${count - 1}) n`;
  const at = `'${now.toISOString()}'::timestamptz`;
  const day = `(${at})::date`;
  const [agency, week] = [id(1, 0), id(2, 0)];
  try {
    await run(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
    await run(
      `insert into agencies values ('${agency}', 'Bench Police', 'Bench Police', 'police force', 'enforcement', false)`,
    );
    await run(
      `insert into members (id, agency_id, name, title, roles) select ${sqlId(3, 'n')}, '${agency}', 'Member ' || n, 'Officer', '{field}' ${each(members)}`,
    );
    await run(
      `insert into weeks (id, agency_id, name, lead, focus, starts_on, ends_on) values ('${week}', '${agency}', 'Week', 'Bench', '{exploitation}', ${day} - 3, ${day} + 3)`,
    );
    await run(
      `insert into operations (id, week_id, agency_id, code_name, unit, area, starts_on, ends_on, planned_by) select ${sqlId(4, 'n')}, '${week}', '${agency}', 'Operation ' || n, 'Unit', 'Area', ${day} - 3, ${day} + 3, ${sqlId(3, '0')} ${each(members)}`,
    );
    await run(
      `insert into partners (id, operation_id, agency_id, kind, own_unit, leads, printed_name, official_name) select ${sqlId(5, 'n')}, ${sqlId(4, 'n')}, '${agency}', 'police force', true, true, 'Unit', 'Unit' ${each(members)}`,
    );
    await run(
      `insert into teams (id, operation_id, name) select ${sqlId(6, 'n')}, ${sqlId(4, 'n')}, 'Team' ${each(members)}`,
    );
    await run(
      `insert into operation_members select ${sqlId(4, 'n')}, ${sqlId(3, 'n')}, ${sqlId(5, 'n')}, 'enters' ${each(members)}`,
    );
    await run(`insert into team_members select ${sqlId(6, 'n')}, ${sqlId(3, 'n')}, ${sqlId(4, 'n')} ${each(members)}`);
    for (const [relation, subject] of [
      ['member', 4],
      ['team', 6],
    ] as const)
      await run(
        `insert into grants (id, relation, subject, operation_id, member_id, since, given_by) select gen_random_uuid(), '${relation}', ${sqlId(subject, 'n')}, ${sqlId(4, 'n')}, ${sqlId(3, 'n')}, ${at} - interval '1 day', ${sqlId(3, '0')} ${each(members)}`,
      );
    await run(
      `insert into premises (id, operation_id, business, name, address, town, reason, priority) select ${sqlId(7, 'n')}, ${sqlId(4, `n % ${members}`)}, 'massage or beauty', 'Place', 'Street', 'Town', 'Reason', 'high' ${each(visits)}`,
    );
    await run(
      `insert into planned_visits (id, operation_id, premises_id, team_id, day, starts, minutes, state) select ${sqlId(8, 'n')}, ${sqlId(4, `n % ${members}`)}, ${sqlId(7, 'n')}, ${sqlId(6, `n % ${members}`)}, ${day}, '10:00', 60, 'planned' ${each(visits)}`,
    );
    await run(
      `insert into visits (id, operation_id, premises_id, team_id, arrived_at, basis, basis_ground, answer, attendees, recorded_by, recorded_at) select ${sqlId(8, 'n')}, ${sqlId(4, `n % ${members}`)}, ${sqlId(7, 'n')}, ${sqlId(6, `n % ${members}`)}, ${at}, 'consent', 'agreed', 'entered', array[${sqlId(3, `n % ${members}`)}], ${sqlId(3, `n % ${members}`)}, ${at} ${each(visits)}`,
    );
    await run(
      `insert into encounters (id, visit_id, number, place, spoken_to, age, language, interpreter, recorded_by, recorded_at) select ${sqlId(9, 'n')}, ${sqlId(8, `n / ${perVisit}`)}, n % ${perVisit} + 1, 'works there', true, 'adult', 'Romanian', 'by phone', ${sqlId(3, `(n / ${perVisit}) % ${members}`)}, ${at} ${each(records)}`,
    );
    await fillLog(run, { members, records, logRows }, at, agency);
    const db = openDatabase(address, { maxConnections: 1 });
    for (let member = 0; member < members; member += 1)
      tokens.push(await openSession(db, id(3, member), now, { method: 'password', sharedWorkstation: false }));
    await db.destroy();
    await run('vacuum (analyze)');
    await run('checkpoint');
  } finally {
    await client.end();
  }
  const visitsOfEach = visits / members;
  const idsOf = (member: number, index: number): string => {
    const visit = member + members * (Math.floor(index / perVisit) % visitsOfEach);
    return id(9, visit * perVisit + (index % perVisit));
  };
  return { tokens, idsOf };
}

/** In parts, each its own transaction as the rows of a year would be; indexes are made once all rows are there. */
async function fillLog(
  run: (text: string) => Promise<unknown>,
  { members, records, logRows }: Size,
  at: string,
  agency: string,
): Promise<void> {
  const indexes = [
    'access_log_by_subject on access_log (subject, at)',
    'access_log_by_member on access_log (member_id, at)',
    'access_log_by_owner on access_log (owner_id, at) where owner_id is not null',
  ];
  for (const index of indexes) await run(`drop index if exists ${index.split(' ')[0]}`);
  const part = 500_000;
  for (let from = 0; from < logRows; from += part)
    await run(`insert into access_log (at, kind, event, action, purpose, member_id, agency_id, roles, subject, fields, request_id, owner_id)
      select ${at} - n * interval '1 second', 'consultation', 'encounter.shown', 'encounter.read', 'operation', ${sqlId(3, `n % ${members}`)}, '${agency}', '{field}', ${sqlId(9, `(n::bigint * 7919 % ${records})`)}, '{place,age}', gen_random_uuid(), '${agency}'
      from generate_series(${from}, ${Math.min(from + part, logRows) - 1}) n`);
  for (const index of indexes) await run(`create index ${index}`);
}
