/** Weeks that agencies coordinate, with keys, received returns and decisions: by coordinators, by others and by programs. */
import { createHash } from 'node:crypto';
import type { Db } from '../../src/platform/database/database.ts';
import { exampleTasking, keyNamed } from '../../src/returns/exchange/document/examples.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { query } from '../harness/sql.ts';
import { type Cast, sometime } from './people.ts';

export async function addExchange(db: Db, { agencies, people }: Cast): Promise<void> {
  for (const agency of [agencies.force, agencies.council, agencies.otherForce]) {
    const here = people.filter((one) => one.agency.id === agency.id).map(({ member }) => member);
    const coordinator = here.find(({ roles }) => roles.includes('coordinator')) ?? here[0];
    if (coordinator) await addReceivedWeek(db, agency.id, coordinator.id);
    await addReleasedNumber(db, agency.id);
    const planner = here.find(({ roles }) => roles.includes('planner')) ?? here[0];
    if (planner) await addReceivedTaskings(db, agency.id, planner.id);
  }
}

/** A number that a release of this agency gave: press of other agencies do not see it. */
const addReleasedNumber = (db: Db, agencyId: string) =>
  query(db)`insert into published_numbers
    (operation_id, agency_id, code_name, source, source_id, version, indicator, part, quantity, at)
    select id, ${agencyId}, 'Operation Invented', 'release', ${newId()}, 1, 'visits.made', 'total',
           '{"kind":"number","value":8,"qualifier":"exact"}', ${sometime} from operations limit 1`;

/** A key in force and an ended one, a tasking that a member imported and one that a program sent, each of its own week. */
export async function addReceivedTaskings(db: Db, agencyId: string, memberId: string): Promise<void> {
  const run = query(db);
  for (const [receivedBy, endedAt] of [
    [memberId, null],
    [null, sometime],
  ]) {
    const coordinator = keyNamed(`${agencyId} ${endedAt}`);
    const { publicKey: key, instanceId } = coordinator;
    const document = exampleTasking({}, coordinator);
    const content = JSON.stringify({ ...document, week: { ...document.week, id: crypto.randomUUID() } });
    const digest = createHash('sha256').update(content).digest('hex');
    await run`insert into coordinator_keys (id, agency_id, name, instance_id, public_key, compared_by, compared_at, ended_at)
      values (${newId()}, ${agencyId}, 'An invented desk', ${instanceId}, ${key}, ${memberId}, ${sometime}, ${endedAt})`;
    await run`insert into received_taskings (id, agency_id, received_at, received_by, public_key, coordinator_week, issued_at, deadline, digest, content)
      values (${newId()}, ${agencyId}, ${sometime}, ${receivedBy}, ${key}, ${newId()}, ${sometime}, ${sometime}, ${digest}, ${content})`;
  }
}

/** One week with a document that was uploaded, one that a program sent, a key, an ended key and two decisions. */
export async function addReceivedWeek(db: Db, agencyId: string, memberId: string): Promise<string> {
  const run = query(db);
  const week = newId();
  await run`insert into exchange_weeks (id, agency_id, name, starts_on, ends_on, deadline, definitions, reporters, made_by, made_at)
    values (${week}, ${agencyId}, 'An invented week', '2026-09-14', '2026-09-20', ${sometime}, '{2026-11}', '[]', ${memberId}, ${sometime})`;
  for (const endedAt of [null, sometime]) {
    const id = newId();
    const key = createHash('sha256').update(id).digest('base64');
    await run`insert into exchange_keys (id, agency_id, name, country, level, public_key, registered_by, registered_at, ended_at)
      values (${id}, ${agencyId}, 'An invented force', 'GB', 'force', ${key}, ${memberId}, ${sometime}, ${endedAt})`;
  }
  for (const receivedBy of [memberId, null]) {
    const id = newId();
    const digest = createHash('sha256').update(id).digest('hex');
    await run`insert into exchange_documents (id, week_id, received_at, received_by, file_name, arrival, faults, digest, content)
      values (${id}, ${week}, ${sometime}, ${receivedBy}, 'invented.json', 'not a return', '{}', ${digest}, '{}')`;
  }
  await run`insert into district_maps (id, agency_id, source, shapes, imported_by, imported_at)
    values (${newId()}, ${agencyId}, 'An invented office', '[]', ${memberId}, ${sometime})
    on conflict (agency_id) do nothing`;
  for (const answer of ['same', 'open'])
    await run`insert into exchange_pair_decisions (id, week_id, pair, answer, decided_by, decided_at)
      values (${newId()}, ${week}, 'an invented pair', ${answer}, ${memberId}, ${sometime})`;
  return week;
}
