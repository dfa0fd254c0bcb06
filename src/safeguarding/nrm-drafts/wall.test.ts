import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { showsNo } from '../../../test/harness/browsing.ts';
import { tablesThatHold } from '../../../test/harness/traces.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { type Role, roles } from '../../vocabulary/people.ts';
import { addPerson } from '../people/examples.ts';
import { seedNrmReferral } from './examples.ts';
import { getNrmReferral, saveNrmReferral } from './store.ts';

const home = '/staff/safeguarding/nrm-referrals';
const shown = ({ body }: { readonly body: string }) => body.replace(/name="_csrf" value="[^"]*"/g, '');
const helpers: readonly Role[] = ['field', 'safeguarding lead', 'partner caseworker'];

async function aConcern(t: TestContext) {
  const application = await openApplication(t, { today: '2026-11-26' });
  const keeper = await application.member(await application.agency('council', { firstResponder: true }), [
    'partner caseworker',
  ]);
  const person = await addPerson(application.safeguardingDb, application.keys, keeper, application.clock.now());
  const concern = await seedNrmReferral(application.safeguardingDb, application.keys, person, application.clock.now(), {
    words: 'She was hit.',
  });
  return { ...application, keeper, person, concern };
}

test('refuses officers alike with or without a concern, whatever roles they hold', async (t) => {
  const { agency, member, signIn, person, concern, safeguardingDb } = await aConcern(t);
  const before = await safeguardingDb.selectFrom('nrmDrafts').selectAll().execute();
  const visitors: [string, readonly Role[]][] = [
    ['police force', roles],
    ['immigration', roles],
    ['regional crime unit', ['field', 'safeguarding lead']],
    ['council', roles.filter((role) => !helpers.includes(role))],
  ];
  for (const [kind, held] of visitors) {
    const visitor = await signIn(await member(await agency(kind as never, { firstResponder: true }), held));
    const answers = new Set<string>();
    const urls = [home];
    for (const id of [concern.id, newTimelessId()])
      for (const path of [
        '',
        '/question',
        '/parts/2',
        '/draft',
        '/export',
        '/first-responder',
        '/submit',
        '/submitted',
        '/decision',
      ])
        urls.push(`${home}/${id}${path}`);
    for (const id of [person.id, newTimelessId()]) urls.push(`/staff/safeguarding/people/${id}/nrm-referral`);
    for (const url of urls) {
      const asked = [
        await visitor.get(url),
        ...(/(nrm-referrals|\/[0-9a-f-]{36}|draft)$/.test(url) ? [] : [await visitor.post(url, { sent: 'yes' })]),
      ];
      for (const answer of asked) {
        assert.ok([403, 404].includes(answer.statusCode), `${kind} ${url} ${answer.statusCode}`);
        answers.add(shown(answer));
      }
    }
    assert.equal(answers.size, 1, `${kind} is told one thing`);
    await showsNo(visitor, '/staff', /safeguarding\/nrm-referrals/);
  }
  assert.deepEqual(await safeguardingDb.selectFrom('nrmDrafts').selectAll().execute(), before);
});

test('the database refuses too: a member who may not read the person reads and writes no concern', async (t) => {
  const world = await aConcern(t);
  const { agency, member, keeper, concern, person } = world;
  const counts = (who: Member) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], async (tx) => {
      const read = await sql`select id from nrm_drafts`.execute(tx);
      const changed = await sql`update nrm_drafts set revision = revision + 1 where id = ${concern.id}`.execute(tx);
      return [read.rows.length, Number(changed.numAffectedRows)];
    });
  assert.deepEqual(await counts(keeper), [1, 1]);
  for (const kind of ['police force', 'immigration', 'voluntary'] as const)
    assert.deepEqual(
      await counts(await member(await agency(kind), kind === 'voluntary' ? helpers : roles)),
      [0, 0],
      kind,
    );
  const stranger = await member(await agency('voluntary'), helpers);
  await assert.rejects(
    asMember(world, stranger, ['safeguarding', 'safeguarding'], (tx) =>
      sql`insert into nrm_drafts values (${newTimelessId()}, ${person.id}, ${stranger.agencyId}, ${stranger.id}, '2026-11-26T10:00:00Z', 1, '\\x00')`.execute(
        tx,
      ),
    ),
    /row-level security/,
  );
});

test('the role of the staff process cannot restore an older version, or replace a concern by another', async (t) => {
  const world = await aConcern(t);
  const { concern, keeper, keys, safeguardingDb } = world;
  const as = <Value>(ask: Parameters<typeof asMember<Value>>[3]) =>
    asMember(world, keeper, ['safeguarding', 'safeguarding'], ask);
  await as(async (tx) => {
    const [before] = (await sql<{ sealed: Buffer }>`select sealed_content as sealed from nrm_drafts`.execute(tx)).rows;
    await saveNrmReferral(tx as never, keys, { ...concern, withdrawnOn: '2026-11-26' });
    // The bytes of the first version, as the second and the third: they do not open as either.
    await sql`update nrm_drafts set sealed_content = ${before?.sealed}, revision = revision + 1`.execute(tx);
    await assert.rejects(getNrmReferral(tx as never, keys, concern.id));
  });
  for (const change of [
    'revision = revision',
    'revision = 1',
    'revision = revision + 2',
    'person_id = gen_random_uuid(), revision = revision + 1',
    "raised_at = raised_at - interval '1 hour', revision = revision + 1",
  ])
    await assert.rejects(
      as((tx) => sql`update nrm_drafts set sealed_content = '\\x01', ${sql.raw(change)}`.execute(tx)),
      /one revision after the other|row-level security|foreign key/,
      change,
    );
  assert.equal((await getNrmReferral(safeguardingDb as never, keys, concern.id)).withdrawnOn, null);
});

test('erases a concern with the person’s record, in every version, and leaves no trace in the main database', async (t) => {
  const { concern, person, safeguardingDb, db, keys } = await aConcern(t);
  await safeguardingDb
    .transaction()
    .execute((tx) => saveNrmReferral(tx as never, keys, { ...concern, withdrawnOn: '2026-11-26' }))
    .catch(() => {});
  assert.deepEqual(await tablesThatHold(db, concern.id), []);
  const { rows: typed } = await sql`select 1 from nrm_drafts c where c::text like '%hit%'`.execute(safeguardingDb);
  assert.deepEqual(typed, []);
  await safeguardingDb.deleteFrom('persons').where('id', '=', person.id).execute();
  for (const table of ['nrm_drafts', 'nrmDraftsVersions'] as const)
    assert.deepEqual(await safeguardingDb.selectFrom(table).selectAll().execute(), [], table);
});
