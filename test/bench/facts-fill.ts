/** Fills a migrated database with what years of weeks leave to be counted: visits, people met, arrests, seizures and referrals. Foreign keys and triggers rest meanwhile; checks of values hold. */
import type pg from 'pg';

const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');
/** Ids that can be reckoned on both sides: kind, then number. */
export const factId = (kind: number, number: number): string =>
  `000000${hex(kind, 2)}-0000-7000-8000-${hex(number, 12)}`;
const sqlId = (kind: number, number: string): string =>
  `('000000${hex(kind, 2)}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

const [agency, member, week, operation, partner, team, premises, power] = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const [visit, encounter, arrest, seizure, referral, observation] = [9, 10, 11, 12, 13, 14] as const;
const members = 500;
/** About as many facts come from one visit. */
export const factsOfVisit = 10;

export const analyst = { member: factId(member, 0), agency: factId(agency, 0) } as const;

const pick = (values: readonly string[], number: string): string =>
  `(array[${values.map((value) => `'${value}'`).join(',')}])[1 + (${number}) % ${values.length}]`;
const towns = Array.from({ length: 40 }, (_, number) => `Town ${number}`);

/** Agencies, members and operations, once. */
export async function fillOperations(client: pg.Client, operations: number): Promise<void> {
  const run = (text: string): Promise<unknown> => client.query(text);
  const each = (count: number): string => `from generate_series(0, ${count - 1}) n`;
  const [force, week0] = [factId(agency, 0), factId(week, 0)];
  await run(`set session_replication_role = replica; set synchronous_commit = off`);
  await run(
    `insert into agencies values ('${force}', 'Bench Police', 'Bench Police', 'police force', 'enforcement', true)`,
  );
  await run(
    `insert into members (id, agency_id, name, title, roles) select ${sqlId(member, 'n')}, '${force}', 'Member ' || n, 'Officer', '{analyst}' ${each(members)}`,
  );
  await run(
    `insert into weeks (id, agency_id, name, lead, focus, starts_on, ends_on) values ('${week0}', '${force}', 'Week', 'Bench', '{exploitation}', '2026-01-05', '2026-01-11')`,
  );
  await run(
    `insert into operations (id, week_id, agency_id, code_name, unit, area, starts_on, ends_on, planned_by) select ${sqlId(operation, 'n')}, '${week0}', '${force}', 'Operation ' || n, 'Unit', 'Area', '2026-01-05', '2026-01-11', ${sqlId(member, '0')} ${each(operations)}`,
  );
  await run(
    `insert into partners (id, operation_id, agency_id, kind, own_unit, leads, printed_name, official_name) select ${sqlId(partner, 'n')}, ${sqlId(operation, 'n')}, '${force}', 'police force', true, true, 'Unit ' || n % 20, 'Unit' ${each(operations)}`,
  );
  await run(
    `insert into teams (id, operation_id, name) select ${sqlId(team, 'n')}, ${sqlId(operation, 'n')}, 'Team' ${each(operations)}`,
  );
  await run(
    `insert into operation_members select ${sqlId(operation, 'n')}, ${sqlId(member, `m`)}, ${sqlId(partner, 'n')}, 'enters' ${each(operations)}, generate_series(0, 9) m`,
  );
}

/** The visits from one number to another, and all that was recorded at them. */
export async function fillVisits(client: pg.Client, from: number, to: number, operations: number): Promise<void> {
  const run = (text: string): Promise<unknown> => client.query(text);
  const each = `from generate_series(${from}, ${to - 1}) n`;
  const some = (every: number): string => `${each} where n % ${every} = 0`;
  const many = (count: number): string => `${each}, generate_series(0, ${count - 1}) m`;
  const by = `${sqlId(member, 'n % 10')}, '2026-01-06T10:00:00Z'`;
  const of = sqlId(operation, `n % ${operations}`);
  const answers = pick(['entered', 'entered', 'no reply', 'refused entry', 'forced, refused'], 'n');
  await run(
    `insert into premises (id, operation_id, business, name, address, town, reason, priority) select ${sqlId(premises, 'n')}, ${of}, ${pick(['massage or beauty', 'nail bar', 'car wash', 'shop'], 'n')}, 'Place', 'Street', ${pick(towns, 'n / 3')}, 'Reason', 'high' ${each}`,
  );
  await run(
    `insert into powers (id, operation_id, premises_id, basis, state) select ${sqlId(power, 'n')}, ${of}, ${sqlId(premises, 'n')}, 'pace-s8', 'executed' ${some(4)}`,
  );
  await run(
    `insert into planned_visits (id, operation_id, premises_id, team_id, day, starts, minutes, state) select ${sqlId(visit, 'n')}, ${of}, ${sqlId(premises, 'n')}, ${sqlId(team, `n % ${operations}`)}, '2026-01-06', '10:00', 60, 'planned' ${each}`,
  );
  await run(
    `insert into visits (id, operation_id, premises_id, team_id, arrived_at, power_id, basis, answer, attendees, recorded_by, recorded_at) select ${sqlId(visit, 'n')}, ${of}, ${sqlId(premises, 'n')}, ${sqlId(team, `n % ${operations}`)}, '2026-01-06T10:00:00Z', case when n % 4 = 0 and entered then ${sqlId(power, 'n')} end, case when entered then case when n % 4 = 0 then 'pace-s8' else 'consent' end end, answer, array[${sqlId(member, 'n % 10')}], ${by} from (select n, ${answers} as answer, ${answers} in ('entered', 'forced, refused') as entered ${each}) v`,
  );
  await run(
    `insert into visit_attendees select ${sqlId(visit, 'n')}, ${sqlId(member, `(n + m * 7) % ${members}`)} ${many(2)}`,
  );
  await run(
    `insert into searches (id, searched, damage, notice_left, people_checked, vehicles_checked, documents_checked, suspects, recorded_by, recorded_at) select ${sqlId(visit, 'n')}, true, case when n % 9 = 0 then 'A lock' end, true, n % 7, n % 3, n % 5, case when n % 2 = 0 then n % 4 end, ${by} ${each}`,
  );
  await run(
    `insert into observations (id, visit_id, indicator_id, evidence, of_control, context, explanation, recorded_by, recorded_at) select ${sqlId(observation, 'n')}, ${sqlId(visit, 'n')}, 'closely-guarded', 'observable', n % 2 = 0, 'At the door', 'A friend', ${by} ${some(3)}`,
  );
  await run(
    `insert into encounters (id, visit_id, number, place, spoken_to, age, language, interpreter, recorded_by, recorded_at) select ${sqlId(encounter, 'n * 4 + m')}, ${sqlId(visit, 'n')}, m + 1, 'works there', m < 3, 'adult', 'Romanian', ${pick(['by phone', 'not needed', 'in person'], 'n + m')}, ${by} ${many(4)}`,
  );
  await run(
    `insert into arrests (id, visit_id, kind, matter, sex, age, residence, status, offence, arrested_at, recorded_by, recorded_at) select ${sqlId(arrest, 'n')}, ${sqlId(visit, 'n')}, 'criminal', ${pick(['drugs', 'violence', 'theft or fraud'], 'n / 2')}, ${pick(['female', 'male', 'not known'], 'n / 2')}, 18 + n % 40, ${pick(towns, 'n')}, ${pick(['in custody', 'bailed'], 'n / 2')}, 'Offence', '2026-01-06T10:20:00Z', ${by} ${some(2)}`,
  );
  await run(
    `insert into screenings (id, outcome, screened_by, screened_at, interpreter, recorded_by, recorded_at) select ${sqlId(arrest, 'n')}, ${pick(['no concern', 'concern raised'], 'n / 4')}, 'DC Test', '2026-01-06T11:00:00Z', 'by phone', ${by} ${some(4)}`,
  );
  await run(
    `insert into seizures (id, visit_id, kind, description, pence, currency, recorded_by, recorded_at) select ${sqlId(seizure, 'n')}, ${sqlId(visit, 'n')}, ${pick(['cash', 'phone', 'cash', 'drugs'], 'n / 2')}, 'A thing', 1000 + n % 5000, ${pick(['GBP', 'GBP', 'EUR'], 'n / 2')}, ${by} ${some(2)}`,
  );
  await run(
    `insert into nrm_referrals (id, visit_id, encounter_id, agency_id, outcome, closed_at, person, referred_as, recorded_by, recorded_at) select ${sqlId(referral, 'n')}, ${sqlId(visit, 'n')}, ${sqlId(encounter, 'n * 4')}, '${factId(agency, 0)}', ${pick(['referral', 'notification'], 'n / 5')}, '2026-01-06T12:00:00Z', ${sqlId(encounter, 'n * 4')}, ${pick(['adult', 'child', 'not sure'], 'n / 5')}, ${by} ${some(5)}`,
  );
  await run('vacuum (analyze)');
}
