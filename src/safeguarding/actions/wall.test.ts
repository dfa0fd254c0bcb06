import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { addOperation, addToOperation } from '../../operations/weeks/examples.ts';
import type { Reader } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { getHandover, type HandoverTables } from '../handovers/store.ts';
import { addPerson } from '../people/examples.ts';
import { addHandover, addTask } from './examples.ts';
import { getTask, listOpenTasks, type TaskTables } from './store.ts';

const home = '/staff/safeguarding';

async function aTask(t: TestContext) {
  const application = await openApplication(t);
  const { agency, member, safeguardingDb, keys, clock } = application;
  const council = await agency('council');
  const keeper = await member(council, ['partner caseworker']);
  const person = await addPerson(safeguardingDb, keys, keeper, clock.now());
  const task = await addTask(safeguardingDb, keys, person.id, keeper, clock.now());
  const handover = await addHandover(safeguardingDb, keys, keeper, clock.now());
  return { ...application, council, keeper, person, task, handover };
}

test('refuses police, immigration and other outsiders alike, with or without an action', async (t) => {
  const { agency, member, signIn, task, handover, person, safeguardingDb } = await aTask(t);
  const shown = ({ body }: { readonly body: string }) => body.replace(/name="_csrf" value="[^"]*"/g, '');
  const before = await safeguardingDb.selectFrom('personActions').selectAll().execute();
  const others = roles.filter((role) => !['field', 'safeguarding lead', 'partner caseworker'].includes(role));
  for (const [kind, held] of [
    ['police force', roles],
    ['immigration', roles],
    ['council', others],
  ] as const) {
    const visitor = await signIn(await member(await agency(kind), held));
    const answers = new Set<string>();
    for (const [one, its, of] of [
      [task.id, handover.id, person.id],
      [newTimelessId(), newTimelessId(), newTimelessId()],
    ]) {
      for (const path of [
        '/actions',
        '/actions/arrived',
        '/handovers',
        '/handovers/new',
        '/deadlines',
        '/deadlines/compare',
      ])
        answers.add(shown(await visitor.get(home + path)));
      for (const path of [`/actions/${one}`, `/actions/${one}/finish`, `/handovers/${its}`, `/people/${of}/actions`])
        answers.add(shown(await visitor.get(home + path)));
      for (const path of [`/actions/${one}/take`, `/actions/${one}/finish`, `/handovers/${its}/acknowledge`])
        answers.add(shown(await visitor.post(home + path)));
    }
    assert.equal(answers.size, 1, `${kind} is told one thing`);
    assert.match([...answers][0] ?? '', /not|cannot/);
    for (const page of ['/staff', '/staff/more'])
      await showsNo(visitor, page, />Actions<|To be done|safeguarding\/actions/);
  }
  assert.deepEqual(await safeguardingDb.selectFrom('personActions').selectAll().execute(), before);
});

test('the database refuses too: by side, by agency, by person, and under another member’s name', async (t) => {
  const world = await aTask(t);
  const { agency, member, council, keeper, person, task, handover } = world;
  const seen = (who: Member) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], async (tx) => {
      const counts = [];
      for (const table of ['person_actions', 'handovers'])
        counts.push((await sql`select from ${sql.id(table)}`.execute(tx)).rows.length);
      return counts;
    });
  const colleague = await member(council, ['safeguarding lead']);
  assert.deepEqual(await seen(keeper), [1, 1]);
  assert.deepEqual(await seen(colleague), [1, 1]);
  assert.deepEqual(await seen(await member(council, ['field'])), [0, 1], 'who may not see the person sees no task');
  assert.deepEqual(await seen(await member(await agency('voluntary'), roles)), [0, 0]);
  assert.deepEqual(await seen(await member(await agency('police force'), roles)), [0, 0]);
  const adds = (who: Member, author: string, at: string) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], (tx) =>
      sql`insert into person_actions (id, person_id, agency_id, author_id, sealed_action, added_at)
        values (${newTimelessId()}, ${person.id}, ${at}, ${author}, ${Buffer.of(1)}, '2026-09-18T11:00:00Z')`.execute(
        tx,
      ),
    );
  await adds(colleague, colleague.id, council.id);
  await assert.rejects(adds(colleague, keeper.id, council.id), /row-level security/);
  await assert.rejects(adds(colleague, colleague.id, newTimelessId()), /row-level security/);
  const reads = (who: Member, as: string) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], (tx) =>
      sql`insert into handover_readings values (${handover.id}, ${as}, '2026-09-18T11:00:00Z')`.execute(tx),
    );
  await reads(colleague, colleague.id);
  await assert.rejects(reads(colleague, keeper.id), /row-level security/);
  const moved = asMember(world, keeper, ['safeguarding', 'safeguarding'], (tx) =>
    sql`update person_actions set person_id = ${newTimelessId()} where id = ${task.id}`.execute(tx),
  );
  await assert.rejects(moved, /row-level security|stays whose it is/);
});

test('hides this agency’s actions from a lead of another agency who sees the same person', async (t) => {
  const world = await aTask(t);
  const { agency, member, db, safeguardingDb, keys, keeper, clock, signIn } = world;
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const lead = await member(await agency('sexual violence advisers'), ['safeguarding lead']);
  await addToOperation(db, operation, lead);
  const met = { origin: 'met at visit', originId: newTimelessId(), operationId: operation.id } as const;
  const person = await addPerson(safeguardingDb, keys, keeper, clock.now(), met as never);
  const { id } = await addTask(safeguardingDb, keys, person.id, keeper, clock.now());
  const at = await signIn(lead);
  assert.equal((await at.get(`${home}/people/${person.id}`)).statusCode, 200);
  await shows(at, `${home}/people/${person.id}/actions`, /No open actions/);
  assert.equal((await at.get(`${home}/actions/${id}`)).statusCode, 404);
});

test('keeps ended actions as they are, and erases actions with the person', async (t) => {
  const { safeguardingDb: db, task, person, keeper } = await aTask(t);
  await sql`update person_actions set done_at = '2026-09-18T11:00:00Z', done_by = ${keeper.id} where id = ${task.id}`.execute(
    db,
  );
  await assert.rejects(
    sql`update person_actions set done_at = null, done_by = null where id = ${task.id}`.execute(db),
    /what is done stays done/,
  );
  await db.deleteFrom('persons').where('id', '=', person.id).execute();
  assert.deepEqual(await db.selectFrom('personActions').selectAll().execute(), []);
});

test('opens an action only with its person’s key; a read without a log entry does not compile', async (t) => {
  const { safeguardingDb: db, keys, task, keeper, clock } = await aTask(t);
  const other = await addPerson(db, keys, keeper, clock.now());
  const { wrappedKey } = await db
    .selectFrom('persons')
    .select('wrappedKey')
    .where('id', '=', other.id)
    .executeTakeFirstOrThrow();
  await sql`alter table person_actions disable trigger keep_person_actions`.execute(db);
  await sql`update person_actions set person_id = ${other.id} where id = ${task.id}`.execute(db);
  assert.ok(wrappedKey);
  await assert.rejects(getTask(db as never, keys, task.id), /unable to authenticate/);
  const silent = {} as Reader<TaskTables & HandoverTables>;
  const looks = [
    // @ts-expect-error the read is not logged
    () => getTask(silent, keys, task.id),
    // @ts-expect-error the read is not logged
    () => listOpenTasks(silent, keys),
    // @ts-expect-error the read is not logged
    () => getHandover(silent, keys, 'x' as never),
  ];
  assert.equal(looks.length, 3, 'the compiler is what tests this');
});
