/** Forms sent at the moment in which the record is erased: each page says that it is not found, and no row of the person stays. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { asLeader } from '../../../test/fixtures/as-leader.ts';
import { plainJpeg } from '../../../test/fixtures/files.ts';
import { aWalkIn, type WalkIn } from '../../../test/fixtures/walk-in.ts';
import { countRows } from '../../../test/harness/pressed-twice.ts';
import type { Db } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addConsent } from '../consent/examples.ts';
import { addDocument } from '../documents/examples.ts';
import { addPerson } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { destroyKeys } from './chores.ts';
import { runRetentionChores } from './examples.ts';
import { erase } from './store.ts';

/** Erases the record, and runs `meanwhile` before the commit. */
async function whileSheGoes({ databases, clock }: WalkIn, { id, agencyId }: Person, meanwhile: () => Promise<unknown>) {
  await asLeader({ databases, clock }, async (tx, now) => {
    const { rows } = await sql<{ seen: number }>`
        select seen from ctx.people_kept('00000000-0000-0000-0000-000000000000', 1000) where id = ${id}`.execute(
      tx as Db,
    );
    const seen = rows[0]?.seen ?? -1;
    assert.equal(await erase(tx, { kind: 'record', id, agencyId, seen }, now, { of: 'x', why: 'x' }), true, 'she goes');
    await meanwhile();
  });
}

/** Waits until a request that read the record before the erasure is blocked on writing. */
async function somebodyWaits(db: Db, what: string): Promise<void> {
  for (const until = performance.now() + 20_000; performance.now() < until; await sleep(5)) {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    if (rows.length > 0) return;
  }
  assert.fail(`${what} waits for nobody`);
}

type Answer = { readonly statusCode: number; readonly body: string };
const day = { 'day-day': '18', 'day-month': '9', 'day-year': '2026', nation: 'England and Wales' };

test('answers “not found”, never an error, to a form sent while its record is being erased', async (t) => {
  const world = await aWalkIn(t);
  const { safeguardingDb: db, keys, clock, caseworker, member, council, config, signIn } = world;
  const at = await signIn(caseworker);
  const protection = await signIn(await member(council, ['data-protection lead'], 'Dora Lead'));
  const content = await plainJpeg();
  const of = (person: Person): string => `/staff/safeguarding/people/${person.id}`;
  const id = () => newTimelessId();
  const known = {
    ...{ called: 'Anna', age: 'adult', ageBasis: 'a document was seen', interpreter: 'not needed' },
    ...{ interpreterGender: 'not asked yet', contactWay: 'in person alone', base: '1', why: 'written down wrongly' },
  };
  const paper = { id: id(), called: 'Letter', item: 'papers about health' };
  const hold = { 'reviewOn-day': '1', 'reviewOn-month': '12', 'reviewOn-year': '2026' };
  const because = 'A reason that somebody else can judge';
  const forms: Readonly<Record<string, (person: Person) => Promise<Answer>>> = {
    'a task': (p) =>
      at.post(`${of(p)}/actions/new`, { id: id(), what: 'Ring', by: 'by the next working day', time: '10:00', ...day }),
    'a task of what was offered': (p) => at.post(`${of(p)}/actions/offered`, { id: id(), what: 'A bed', ...day }),
    needs: (p) => at.post(`${of(p)}/needs`, { id: id(), needs: ['shelter'], words: 'A door that locks' }),
    'an offer': (p) => at.post(`${of(p)}/offer`, { id: id(), help: 'health', answer: 'accepted', words: '' }),
    'a concern': (p) => at.post(`${of(p)}/nrm-referral`),
    'a correction': (p) => at.post(`${of(p)}/correct`, known),
    'a paper': (p) => at.upload(`${of(p)}/documents/new`, paper, { name: 'a.jpg', content }),
    'a hold': (p) =>
      protection.post(`/staff/safeguarding/retention/${p.id}`, { id: id(), saying: 'held', because, ...hold }),
  };
  const tables = [
    'person_actions',
    'contact_notes',
    'nrm_drafts',
    'person_documents',
    'retention_facts',
    'persons_versions',
  ];
  for (const [what, send] of Object.entries(forms)) {
    const person = await addPerson(db, keys, caseworker, clock.now());
    let sent: Promise<Answer> | undefined;
    await whileSheGoes(world, person, async () => {
      sent = send(person);
      await Promise.race([somebodyWaits(db, what), sent]);
    });
    const { statusCode, body = '' } = (await sent) ?? {};
    const said = body.replace(/<[^>]*>|\s+/g, ' ');
    if (what === 'a hold') assert.match(said, /This record is already destroyed/);
    else assert.equal(statusCode, 404, `${what}: ${said}`);
    for (const table of tables) assert.equal(await countRows(db, table), 0, `${what} in ${table}`);
  }
  for (const room of ['papers', 'waiting'])
    assert.deepEqual(await readdir(join(config.filesFolder, room)).catch(() => []), [], `no file is left in ${room}`);
});

test('pages opened during an erasure, or after a backup restored rows without keys, show the whole record or “not found”', async (t) => {
  const world = await aWalkIn(t);
  const { safeguardingDb: db, keys, clock, caseworker, nurses, databases, signIn, config } = world;
  const at = await signIn(caseworker);
  const person = await addPerson(db, keys, caseworker, clock.now());
  const consent = await addConsent(
    db,
    keys,
    { personId: person.id, operationId: null, at: clock.now() },
    nurses.id,
    caseworker,
  );
  const paper = await addDocument(
    db,
    keys,
    person,
    {},
    { filesFolder: config.filesFolder, content: await plainJpeg() },
  );
  const home = '/staff/safeguarding';
  const pages = [
    ...[
      `people/${person.id}`,
      `people/${person.id}/documents`,
      `people/${person.id}/actions`,
      `people/${person.id}/export`,
    ],
    ...[
      `people/${person.id}/consents`,
      `consents/${consent.id}`,
      `documents/${paper.id}`,
      `documents/${paper.id}/copy`,
    ],
  ].map((page) => `${home}/${page}`);
  const statuses = async (): Promise<number[]> =>
    (await Promise.all(pages.map((page) => at.get(page)))).map(({ statusCode }) => statusCode);
  const before = await statuses();
  const { rows } = await sql<{ row: string }>`select to_jsonb(c)::text as row from consents c`.execute(db);
  const asked = new Map<string, number>();
  await whileSheGoes(world, person, async () => assert.deepEqual(await statuses(), before, 'until it is committed'));
  const going = asLeader({ databases, clock }, (tx, now) => destroyKeys(tx, now, keys));
  for (const [index, status] of (await statuses()).entries()) asked.set(pages[index] ?? '', status);
  await going;
  assert.deepEqual(
    [...asked].filter(([, status]) => status !== 404 && status !== 200),
    [],
  );
  await sql`insert into consents select * from jsonb_populate_record(null::consents, ${rows[0]?.row}::jsonb)`.execute(
    db,
  );
  const back = (
    await Promise.all(
      [`people/${person.id}/consents`, `consents/${consent.id}`].map((page) => at.get(`${home}/${page}`)),
    )
  ).map(({ statusCode }) => statusCode);
  assert.deepEqual(back, [404, 404]);
  await runRetentionChores(world);
});
