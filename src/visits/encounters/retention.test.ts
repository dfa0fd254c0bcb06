import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { helpedIn } from '../../../test/fixtures/help-offered.ts';
import { setContext } from '../../platform/database/database.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { readCountableVisits } from '../counts.ts';
import { addArrest, addObservation, addPersonMet } from '../examples.ts';
import { eraseEncounters, saveName } from '../store.ts';

async function addExampleVisit(t: TestContext) {
  const world = await helpedIn(await openApplication(t, { today: '2026-09-18', time: '10:47' }));
  const { databases, clock, db } = world;
  const forward = (days: number) => clock.move(new Date(clock.now().getTime() + days * 86_400_000));
  const upkeep = () => runChore(databases, clock, { name: 'x', everySeconds: 1, run: eraseEncounters });
  const left = async () =>
    (await db.selectFrom('encounters').select(['id', 'language', 'disposedOn']).orderBy('number').execute()) as {
      id: string;
      language: string | null;
      disposedOn: string | null;
    }[];
  const correct = (id: string) =>
    db.transaction().execute(async (tx) => {
      await setContext(tx, { now: clock.now() });
      await sql`update encounters set language = 'Polish' where id = ${id}`.execute(tx);
    });
  return { ...world, forward, upkeep, left, correct };
}

test('who was met without concern is gone on the 28th day: language, place and age, in every version; the counts stay', async (t) => {
  const { db, visit, adviser, metAt, forward, upkeep, left, correct, keys, operation, signIn, member, force, letIn } =
    await addExampleVisit(t);
  const named = await addPersonMet(db, visit, adviser, { language: 'Albanian' });
  await saveName(db, keys, named.id, {
    name: 'Ira Invented',
    reason: 'A witness',
    recordedBy: adviser.id,
    recordedAt: visit.arrivedAt,
  });
  const signed = await addPersonMet(db, visit, adviser, { language: 'Thai' });
  await addObservation(db, visit, adviser, { encounterId: signed.id });
  const noticed = await addPersonMet(db, visit, adviser, { language: 'Welsh' });
  await addObservation(db, visit, adviser, {
    encounterId: noticed.id,
    ofControl: false,
    context: 'A tattoo of a swallow',
  });
  await correct(metAt.encounterId);
  const counts = async () =>
    Object.values(await readCountableVisits(db as never, operation.id)).map((rows) =>
      rows.map((row) => JSON.stringify(row)).sort(),
    );
  const counted = await counts();

  const { get } = await signIn(adviser);
  assert.match((await get(`/staff/encounters/${metAt.encounterId}`)).body, /At least until 16 October 2026/);
  forward(27);
  await upkeep();
  assert.ok(
    (await left()).every(({ disposedOn }) => disposedOn === null),
    'a day too early',
  );
  forward(1);
  await upkeep();
  const after = await left();
  const languageOf = (id: string) => after.find((one) => one.id === id)?.language;
  assert.deepEqual(
    [metAt.encounterId, noticed.id, named.id, signed.id].map(languageOf),
    [null, null, 'Albanian', 'Thai'],
    'a name under seal and a sign of control are concerns; a sign that means nothing alone is none',
  );
  assert.deepEqual(await counts(), counted, 'counts are what they were');
  for (const [table, words] of [
    ['encounters_versions', 'Romanian'],
    ['encounters', 'Polish'],
    ['observations', 'swallow'],
    ['observations_versions', 'swallow'],
  ] as const) {
    const { rows } = await sql<{
      n: string;
    }>`select count(*) as n from ${sql.table(table)} x where to_jsonb(x)::text like ${`%${words}%`}`.execute(db);
    assert.equal(Number(rows[0]?.n), 0, `${words} in ${table}`);
  }
  // The team's own time at the record is over: who directs the operation still sees the row.
  const planner = await member(force, ['planner'], 'Pia Planner');
  await letIn(planner);
  const { body } = await (await signIn(planner)).get(`/staff/encounters/${metAt.encounterId}`);
  assert.match(body, /Let go on 16 October 2026/);
  assert.doesNotMatch(body, /Polish|Romanian/);
});

test('an arrest, an indicator of control or an open request keeps a record; a safeguarding note does not affect it', async (t) => {
  const { db, safeguardingDb, visit, adviser, forward, upkeep, left, advisers } = await addExampleVisit(t);
  await sql`delete from note_facts`.execute(safeguardingDb);
  await addArrest(db, visit, adviser, { encounterId: null });
  forward(40);
  await upkeep();
  assert.ok(
    (await left()).every(({ disposedOn }) => disposedOn === null),
    'nobody said whose arrest it was',
  );
  await sql`delete from arrests_versions`.execute(db);
  await sql`delete from arrests`.execute(db);
  const [met] = await left();
  await sql`insert into subject_access_requests (id, agency_id, about, asker, proof, delivery, reference, opened_by, opened_at)
    select gen_random_uuid(), ${advisers.id}, array[${met?.id}::uuid], 'the person', 'identity document', 'in person',
      'SAR 7', ${adviser.id}, now()`.execute(db);
  await upkeep();
  assert.ok(
    (await left()).every(({ disposedOn }) => disposedOn === null),
    'while she is being answered',
  );
  await sql`delete from subject_access_requests`.execute(db);
  await upkeep();
  assert.ok(
    (await left()).every(({ disposedOn }) => disposedOn !== null),
    'a note of hers is no reason that police keep her',
  );
  assert.equal((await safeguardingDb.selectFrom('notes').select('id').execute()).length, 1);
});

test('a visit’s day in the past lets nobody go before 28 days from the recording, and a correction brings nothing forward', async (t) => {
  const { db, clock, visit, adviser, metAt, forward, upkeep, left, signIn } = await addExampleVisit(t);
  const moveVisit = (arrivedAt: string) =>
    db.transaction().execute(async (tx) => {
      await setContext(tx, { now: clock.now() });
      await sql`update visits set arrived_at = ${arrivedAt}::timestamptz where id = ${visit.id}`.execute(tx);
    });
  const kept = async () => (await (await signIn(adviser)).get(`/staff/encounters/${metAt.encounterId}`)).body;
  await moveVisit('2026-03-18T09:00:00Z');
  assert.match(await kept(), /At least until 16 October 2026/);
  await upkeep();
  assert.ok(
    (await left()).every(({ disposedOn }) => disposedOn === null),
    'a mistyped month lets nobody go',
  );
  await moveVisit('2026-09-20T09:00:00Z');
  await moveVisit('2026-03-18T09:00:00Z');
  assert.match(await kept(), /At least until 18 October 2026/);
  forward(29);
  await upkeep();
  assert.ok(
    (await left()).every(({ disposedOn }) => disposedOn === null),
    'nor earlier than the page once said',
  );
  forward(1);
  await upkeep();
  assert.ok((await left()).every(({ disposedOn }) => disposedOn === '2026-10-18'));
});

test('only the clock erases a record of a person encountered, and nobody can restore it', async (t) => {
  const { databases, metAt, forward, upkeep, correct } = await addExampleVisit(t);
  forward(28);
  await upkeep();
  await assert.rejects(correct(metAt.encounterId), /by the clock, and for good/);
  await assert.rejects(
    sql`select ctx.dispose_encounters(now(), 10)`.execute(databases.for('main', 'staff')),
    /permission denied/,
  );
});

test('the 28-day rule decides about every column of a person met: cleared, or kept for the counts', async (t) => {
  const { db, metAt, forward, upkeep } = await addExampleVisit(t);
  const kept = ['id', 'visitId', 'number', 'spokenTo', 'interpreter', 'recordedBy', 'recordedAt', 'disposedOn'];
  const cleared = {
    place: 'not known',
    age: 'not known',
    language: null,
    noteLeftToColleague: false,
    servicesTold: null,
    servicesToldAt: null,
  };
  forward(28);
  await upkeep();
  const [person] = await db.selectFrom('encounters').selectAll().where('id', '=', metAt.encounterId).execute();
  assert.deepEqual(
    Object.keys(person ?? {}).sort(),
    [...kept, ...Object.keys(cleared)].sort(),
    'a new column: clear it too',
  );
  for (const [column, value] of Object.entries(cleared))
    assert.equal((person as Record<string, unknown>)[column], value, column);
});
