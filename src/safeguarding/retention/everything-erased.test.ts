import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { asLeader } from '../../../test/fixtures/as-leader.ts';
import { carryAcross } from '../../../test/fixtures/custody-notices.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { findPointer } from '../../platform/crypto/crypto.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addTask } from '../actions/examples.ts';
import { addDisclosure } from '../consent/examples.ts';
import { addNotice } from '../custody-notices/examples.ts';
import { queueNotice } from '../custody-notices/store.ts';
import { addDocument } from '../documents/examples.ts';
import { addDecision, addRequest } from '../information-requests/examples.ts';
import { listDecisions } from '../information-requests/store.ts';
import { seedNrmReferral } from '../nrm-drafts/examples.ts';
import { addHelp, addPerson, exampleSubject } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { addReferralForSubject } from '../referrals/examples.ts';
import { eraseDueRecords } from './chores.ts';
import { runRetentionChores } from './examples.ts';
import { addFact, erase } from './store.ts';

/** A walk-in with every kind of help that leaves no note. */
async function aHelpedWalkIn(t: TestContext) {
  const world = await aWalkIn(t);
  const { safeguardingDb: db, db: main, keys, clock, caseworker, nurses, nurse, council, member, officer } = world;
  const now = () => clock.now();
  const protection = await member(council, ['data-protection lead'], 'Dora Lead');
  const helps: Readonly<Record<string, (person: Person) => Promise<unknown>>> = {
    referral: (person) =>
      addReferralForSubject(db, keys, { subject: exampleSubject(person), by: caseworker, at: now() }, nurses, {
        noteId: null,
      }),
    task: (person) => addTask(db, keys, person.id, caseworker, now()),
    disclosure: ({ id }) =>
      addDisclosure(db, keys, { personId: id, operationId: null, at: now() }, officer.agencyId, {
        id: nurse.id,
        agencyId: nurses.id,
      }),
    offer: (person) =>
      addHelp(db, keys, person, { what: 'needs', needs: ['health'], words: 'A doctor' } as never, {
        at: floorToHour(now()),
      }),
    notice: ({ id: personId }) =>
      addNotice(
        db,
        keys,
        { personId, to: officer.agencyId, by: caseworker, at: now() },
        { ground: 'child’s best interests', reasons: 'She says that her uncle sold her' },
      ),
    decision: async ({ id: personId }) => {
      const request = await addRequest(main, keys, { by: officer, to: council.id, at: now() });
      return addDecision(db, keys, { request, by: caseworker, personId, at: now() });
    },
    concern: (person) => seedNrmReferral(db, keys, person, now()),
    paper: (person) => addDocument(db, keys, person, { addedAt: floorToHour(now()) }),
  };
  const ordered = async (id: string) =>
    addFact(db as never, keys, {
      id: newTimelessId<'keeping fact'>(),
      personId: id,
      encounterId: null,
      agencyId: council.id,
      what: 'asked to go',
      detail: 'the person asked',
      reason: 'The person asked for it, and was alone',
      reviewOn: null,
      recordedOn: now().toISOString().slice(0, 10),
      recordedBy: protection.id,
      endedOn: null,
      endedBy: null,
    });
  return {
    ...world,
    protection,
    helps,
    ordered,
    forward: (days: number) => clock.move(new Date(clock.now().getTime() + days * 86_400_000)),
    isThere: async ({ id }: { readonly id: string }) =>
      (await sql`select from persons where id = ${id}`.execute(db)).rows.length === 1,
  };
}

test('every kind of help restarts the period, and continuing help keeps the record, even without a note', async (t) => {
  const world = await aHelpedWalkIn(t);
  const { safeguardingDb: db, keys, clock, caseworker, helps, protection, forward, isThere, person } = world;
  await sql`insert into person_retention_rules (id, agency_id, class, months, source, valid_from, recorded_on, set_by, set_at)
    values (${newTimelessId()}, ${protection.agencyId}, 'person helped', 1, 'Notice', '2026-09-18', '2026-09-18', ${protection.id}, '2026-09-18T09:00:00Z')`.execute(
    db,
  );
  const people = new Map<string, Person>();
  for (const how of Object.keys(helps)) people.set(how, await addPerson(db, keys, caseworker, clock.now()));
  forward(27);
  for (const [how, help] of Object.entries(helps)) await help(people.get(how) as Person);
  forward(9);
  await runRetentionChores(world);
  assert.equal(await isThere(person), false, 'who was never helped goes on the day');
  for (const [how, one] of people) assert.equal(await isThere(one), true, how);
  forward(40);
  await runRetentionChores(world);
  for (const [how, one] of people)
    assert.equal(await isThere(one), how === 'referral' || how === 'task', `${how}, weeks later`);
});

test('stops the erasure if anything is added while the leader process decides', async (t) => {
  const world = await aHelpedWalkIn(t);
  const { safeguardingDb: db, keys, clock, caseworker, helps, ordered, databases, protection } = world;
  const by = { of: 'x', why: 'x' };
  const erased = async (person: Person, between: () => Promise<unknown>): Promise<boolean> => {
    const known = { kind: 'record' as const, id: person.id, agencyId: person.agencyId, seen: 0 };
    await asLeader({ databases, clock }, async (tx) => {
      const { rows } = await sql<{ seen: number }>`
          select seen from ctx.people_kept('00000000-0000-0000-0000-000000000000', 1000) where id = ${person.id}`.execute(
        tx as never,
      );
      known.seen = rows[0]?.seen ?? -1;
    });
    await between();
    let gone = false;
    await asLeader({ databases, clock }, async (tx, now) => {
      gone = await erase(tx, known, now, by);
    });
    return gone;
  };
  for (const [how, help] of Object.entries(helps)) {
    const person = await addPerson(db, keys, caseworker, clock.now());
    assert.equal(await erased(person, () => help(person)), false, how);
  }
  const changed = await addPerson(db, keys, caseworker, clock.now());
  await ordered(changed.id);
  assert.equal(
    await erased(changed, () =>
      db.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql`update retention_facts set ended_on = recorded_on, ended_by = ${protection.id}`.execute(tx);
      }),
    ),
    false,
    'an order that was taken back',
  );
  assert.equal(await erased(changed, async () => {}), true, 'and where nothing came it goes');
});

/** Text about several people, or none, has its own retention period. */
const notHers = ['handovers', 'reception_debriefs', 'case_meetings'];

test('erases and counts every key of the person, and keeps decisions on police requests', async (t) => {
  const world = await aHelpedWalkIn(t);
  const { safeguardingDb: db, keys, helps, ordered, forward, person } = world;
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'wrapped_key'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`.execute(db);
  const { rows: written } = await sql<{ body: string }>`
    select pg_get_functiondef('ctx.erase_hers(uuid, uuid, uuid, timestamptz, timestamptz, text, text)'::regprocedure) as body`.execute(
    db,
  );
  for (const { name } of tables)
    if (!notHers.includes(name)) assert.match(written[0]?.body ?? '', new RegExp(`wrapped_key from ${name} `), name);
  const { rows: hanging } = await sql<{ name: string }>`
    with recursive hers (id) as (select 'persons'::regclass::oid
      union select c.conrelid from pg_constraint c join hers h on h.id = c.confrelid where c.contype = 'f')
    select id::regclass::text as name from hers`.execute(db);
  for (const name of notHers)
    assert.equal(
      hanging.some((one) => one.name === name),
      false,
      `${name} hangs on a person`,
    );

  for (const help of Object.values(helps)) await help(person);
  assert.equal((await ordered(person.id)).ok, true);
  assert.deepEqual(await ordered(person.id), { ok: false, refusal: 'said already' });
  const before = new Set<string>();
  for (const { name } of tables)
    for (const { wrappedKey } of (
      await sql<{ wrappedKey: Buffer | null }>`select wrapped_key from ${sql.table(name)}`.execute(db)
    ).rows)
      if (wrappedKey) before.add(wrappedKey.toString('hex'));
  assert.ok(before.size >= 8, String(before.size));
  forward(1);
  await runRetentionChores(world);
  for (const wrapped of before)
    assert.ok(keys.halves?.isDestroyed(findPointer(Buffer.from(wrapped, 'hex')) as Buffer), wrapped.slice(0, 26));
  const certificate = await db.selectFrom('personErasureCertificates').selectAll().executeTakeFirstOrThrow();
  assert.equal(certificate.keys, before.size);
  const [decision] = await listDecisions(db as never, keys);
  assert.deepEqual([decision?.personId, decision?.outcome], [null, 'give agreed items']);
  assert.match(decision?.reasons ?? '', /let go/);
});

test('two hundred blocked erasures delay no later one', async (t) => {
  const world = await aHelpedWalkIn(t);
  const { safeguardingDb: db, keys, clock, caseworker, ordered, forward, databases, protection } = world;
  const people: string[] = [];
  for (let many = 0; many < 202; many += 1) people.push((await addPerson(db, keys, caseworker, clock.now())).id);
  const last = people.toSorted().at(-1);
  for (const id of people) await ordered(id);
  const told = people.filter((id) => id !== last);
  await sql`insert into subject_access_requests (id, agency_id, about, asker, proof, delivery, reference, safety, opened_by, opened_at)
    values (${newTimelessId()}, ${protection.agencyId}, ${told}::uuid[], 'the person', 'identity document', 'in person', 'SAR/1',
      'She is alone', ${protection.id}, ${clock.now()})`.execute(db);
  forward(1);
  await asLeader({ databases, clock }, (tx, now) => eraseDueRecords(tx, now, keys));
  const { rows } = await sql`select from persons where id = ${last}`.execute(db);
  assert.equal(rows.length, 0);
});

test('erases an undelivered answer to police with the person; a delivered one stays with police, under another key', async (t) => {
  const world = await aHelpedWalkIn(t);
  const { safeguardingDb: db, keys, ordered, forward, person, officer, clock, db: main } = world;
  const sent = async (about: string, to: string) => {
    await queueNotice(db as never, keys, {
      transferId: about as never,
      recipient: to,
      sentence: 'consider section 45',
      reference: 'WD/1234/26',
      withdraws: null,
    });
    const [row] = (
      await sql<{
        wrapped: string;
      }>`select details ->> 'wrapped' as wrapped from outbox where about = ${about}`.execute(db)
    ).rows;
    return findPointer(Buffer.from(row?.wrapped ?? '', 'base64')) as Buffer;
  };
  await addNotice(db, keys, { personId: person.id, to: officer.agencyId, by: world.caseworker, at: clock.now() });
  await addNotice(db, keys, { personId: person.id, to: officer.agencyId, by: world.caseworker, at: clock.now() });
  const [first, second] = (
    await sql<{ id: string }>`select transfer_id as id from custody_notices order by id`.execute(db)
  ).rows;
  const crossed = await sent(String(first?.id), officer.agencyId);
  await carryAcross(world);
  const waiting = await sent(String(second?.id), officer.agencyId);
  await ordered(person.id);
  forward(1);
  await runRetentionChores(world);
  assert.deepEqual((await sql`select from outbox`.execute(db)).rows.length, 0);
  for (const pointer of [crossed, waiting]) assert.ok(keys.halves?.isDestroyed(pointer));
  await carryAcross(world);
  const { rows: theirs } = await sql<{
    id: string;
    wrappedKey: Buffer;
  }>`select id, wrapped_key from received_custody_notices`.execute(main);
  assert.deepEqual(
    theirs.map(({ id }) => id),
    [first?.id],
    'the other never crosses',
  );
  assert.equal(keys.halves?.isDestroyed(findPointer(theirs[0]?.wrappedKey as Buffer) as Buffer), false);
});
