import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { asLeader } from '../../../test/fixtures/as-leader.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { showsNo } from '../../../test/harness/browsing.ts';
import { tablesThatHold } from '../../../test/harness/traces.ts';
import type { Member } from '../../identity/agencies/index.ts';
import type { Reader } from '../../platform/database/database.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { type Role, roles } from '../../vocabulary/people.ts';
import { addNote } from '../referrals/examples.ts';
import { addPerson } from './examples.ts';
import { getPerson, type PersonTables, rebuildSearchTerms, searchPeople } from './store.ts';

const home = '/staff/safeguarding/people';
const shown = ({ body }: { readonly body: string }) => body.replace(/name="_csrf" value="[^"]*"/g, '');
const helpers: readonly Role[] = ['field', 'safeguarding lead', 'partner caseworker'];

async function aPerson(t: TestContext) {
  const application = await openApplication(t);
  const { agency, member, safeguardingDb, keys, clock } = application;
  const keeper = await member(await agency('council'), ['partner caseworker']);
  const person = await addPerson(safeguardingDb, keys, keeper, clock.now());
  return { ...application, keeper, person };
}

test('police, immigration and all outside support get the same refusal in any role, whether the person exists or not', async (t) => {
  const { agency, member, signIn, person, safeguardingDb } = await aPerson(t);
  const before = await safeguardingDb.selectFrom('persons').selectAll().execute();
  const visitors: [string, readonly Role[]][] = [
    ['police force', roles],
    ['immigration', roles],
    ['regional crime unit', ['field', 'safeguarding lead']],
    ['council', roles.filter((role) => !helpers.includes(role))],
  ];
  for (const [kind, held] of visitors) {
    const visitor = await signIn(await member(await agency(kind as never), held));
    const answers = new Set<string>();
    for (const id of [person.id, newTimelessId()])
      for (const path of ['', '/new', `/${id}`, `/${id}/correct`]) {
        const asked = [await visitor.get(`${home}${path}`), await visitor.post(`${home}${path}`, { name: 'Olga' })];
        for (const [index, answer] of asked.entries()) {
          if (path === `/${id}` && index === 1) continue; // No such route, for anybody.
          assert.ok([403, 404].includes(answer.statusCode), `${kind} ${path} ${answer.statusCode}`);
          answers.add(shown(answer));
        }
      }
    assert.equal(answers.size, 1, `${kind} is told one thing`);
    for (const page of ['/staff', '/staff/more']) await showsNo(visitor, page, /Person search|safeguarding\/people/);
  }
  assert.deepEqual(await safeguardingDb.selectFrom('persons').selectAll().execute(), before);
});

test('the database also refuses: no role reads marks, and only support agencies get ids from a search', async (t) => {
  const world = await aPerson(t);
  const { agency, member, keeper, safeguardingDb, person } = world;
  const { rows } = await sql<{ marks: number[] }>`select marks from name_digests`.execute(safeguardingDb);
  const marks = rows[0]?.marks ?? [];
  const asked = `{${marks}}`;
  const pattern = '0'.repeat(256);
  const liking = (who: Member) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], async (tx) => {
      const like = await sql<{ id: string }>`select id from ctx.people_like(
        ${asked}::integer[], '{}', ${pattern}::bit(256), '{}', '{}')`.execute(tx);
      const read = await sql<{ id: string }>`select id from persons`.execute(tx);
      return [like.rows.length, read.rows.length];
    });
  assert.deepEqual(await liking(keeper), [1, 1]);
  assert.deepEqual(await liking(await member(await agency('police force'), roles)), [0, 0]);
  assert.deepEqual(await liking(await member(await agency('immigration'), roles)), [0, 0]);
  assert.deepEqual(await liking(await member(await agency('voluntary'), ['auditor', 'volunteer'])), [0, 0]);
  const stranger = await member(await agency('voluntary'), ['safeguarding lead']);
  assert.deepEqual(await liking(stranger), [1, 0], 'an id that opens nothing');
  for (const role of ['safeguarding', 'statistics', 'auditor', 'leader', 'public'] as const)
    await assert.rejects(
      sql`select * from name_digests`.execute(world.databases.for('safeguarding', role)),
      /permission denied/,
      role,
    );
  const remark = (who: Member) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], (tx) =>
      sql`select ctx.mark_person(${person.id}, '{1}', ${pattern}::bit(256), null)`.execute(tx),
    );
  for (const who of [stranger, await member(await agency('police force'), roles)])
    await assert.rejects(remark(who), /not hers to mark/);
});

test('no dump contains marks: the table is unlogged, and rows are deleted with the person', async (t) => {
  const { safeguardingDb, person } = await aPerson(t);
  const { rows } = await sql<{ kept: string }>`select relpersistence as kept from pg_class
    where relname in ('name_digests', 'name_digests_by_mark', 'name_digests_pkey')`.execute(safeguardingDb);
  assert.deepEqual(
    rows.map(({ kept }) => kept),
    ['u', 'u', 'u'],
  );
  await safeguardingDb.deleteFrom('persons').where('id', '=', person.id).execute();
  assert.deepEqual(await safeguardingDb.selectFrom('nameDigests').selectAll().execute(), []);
});

test('when the marks are lost, searches fail until the leader makes them again', async (t) => {
  const { safeguardingDb, signIn, keeper, person, keys, clock, databases } = await aPerson(t);
  const at = await signIn(keeper);
  await sql`truncate name_digests`.execute(safeguardingDb);
  assert.equal((await at.post(home, { name: 'Olga Kovalenko' })).statusCode, 503);
  const later = await addPerson(safeguardingDb, keys, keeper, clock.now());
  assert.equal((await at.post(home, { name: 'Olga Kovalenko' })).statusCode, 503, 'nor when somebody came since');
  await asLeader({ databases, clock }, (tx) => rebuildSearchTerms(tx, keys));
  const { body } = await at.post(home, { name: 'Olga Kovalenko' });
  for (const { id } of [person, later]) assert.ok(body.includes(id));
});

test('a person’s record leaves no trace in the main store', async (t) => {
  const { db, person } = await aPerson(t);
  assert.deepEqual(await tablesThatHold(db, person.id), []);
});

test('opening a record of a person met leaves no entry in the log that police can read', async (t) => {
  const world = await aTeam(t);
  const { db, safeguardingDb, keys, clock, planned, adviser, signIn, operation } = world;
  const visit = await addVisit(db, planned, adviser);
  const { id: encounterId } = await addPersonMet(db, visit, adviser);
  const note = await addNote(
    safeguardingDb,
    keys,
    { encounterId, visitId: visit.id, operationId: operation.id, at: clock.now() },
    adviser,
  );
  const at = await signIn(adviser);
  await at.get(`/staff/encounters/${encounterId}`);
  await at.post(home, { name: 'Olga' });
  const written = () => db.selectFrom('accessLog').select(['id', 'event', 'subject']).orderBy('id').execute();
  const before = await written();
  const from = `note:${note.id}`;
  const answers = [
    await at.get(`${home}?from=${from}`),
    await at.post(home, { name: 'Olga', from }),
    await at.get(`${home}/new?from=${from}`),
    await at.post(`${home}/new`, { from, step: 'begin', called: 'Olga' }),
    await at.get(`/staff/safeguarding/notes/${note.id}`),
    await at.get(`/staff/safeguarding/notes/${note.id}/refer`),
    await at.get(`/staff/safeguarding/people/${encounterId}/consents`),
    await at.get(`/staff/safeguarding/people/${encounterId}/refer`),
  ];
  for (const [place, { statusCode }] of answers.entries()) assert.equal(statusCode, 200, String(place));
  assert.match(answers[2]?.body ?? '', /Romanian/, 'what the visit wrote down is not asked again');
  assert.deepEqual(await written(), before);
});

test('unlogged reads do not compile', () => {
  const silent = {} as Reader<PersonTables>;
  const looks = [
    // @ts-expect-error this read is not logged
    () => getPerson(silent, {} as never, 'x' as never),
    // @ts-expect-error this read is not logged
    () => searchPeople(silent, {} as never, { name: '', yearOfBirth: null }),
  ];
  assert.equal(looks.length, 2, 'the compiler is what tests this');
});
