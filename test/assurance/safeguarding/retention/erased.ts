/** `erased`: people are erased, then searched for in everything that is left: dumps, raw files, write-ahead log, a backup from before, search, the halves of keys, and every key that the unit still has. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { readKey, verifyLog } from '../../../../src/audit/verify/index.ts';
import { addSubjectRequest, answerAllRequests } from '../../../../src/oversight/examples.ts';
import { dayOf } from '../../../../src/platform/clock.ts';
import { digest } from '../../../../src/platform/crypto/crypto.ts';
import type { Db } from '../../../../src/platform/database/database.ts';
import { readHelp } from '../../../../src/safeguarding/notes/counts.ts';
import { runRetentionChores } from '../../../../src/safeguarding/retention/examples.ts';
import { newTimelessId } from '../../../../src/vocabulary/ids.ts';
import { sealAll, testLogKeys } from '../../../fixtures/audit-log.ts';
import { withApplication } from '../../../fixtures/server.ts';
import { count, type Row, row, chance as seeded } from '../../../harness/assurance.ts';
import { fill } from '../people/fill.ts';
import { backUp, type Dumped, dump, type File, found, liveFiles } from './lying.ts';
import { marksIn, singleMarks } from './marks.ts';
import { halvesLeft, halvesOf, keysLeft, openAll, wrongHalves } from './sealed.ts';
import { type Planted, populate, type World } from './world.ts';

const zero = (what: string, many: number, of: string): Row =>
  row(`${what} (must be 0)`, `${count(many)} ${of}`, many === 0);

export async function assureErased({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-erased-'));
  try {
    return await withApplication(async (application) => {
      const many = quick ? { gone: 60, kept: 30 } : { gone: 1_000, kept: 200 };
      const world = await populate(application, many);
      return [...(await seek(world, folder, seed)), await dryRun(world, seed, quick ? 2_000 : 50_000)];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function seek(world: World, folder: string, seed: number): Promise<Row[]> {
  const { application, gone, kept, meetings } = world;
  const { db, safeguardingDb } = application;
  const stores = { main: db, safeguarding: safeguardingDb };
  const people = `of ${count(gone.length)} people let go and ${count(meetings.gone.length)} met without a record, seed ${seed}`;
  const before = await dump(stores);
  const backup = await backUp([safeguardingDb, db], join(folder, 'backup'));
  const halves = halvesOf(before, world);
  const counted = await countsOf(world);
  const opened = openAll(before, world, keysLeft(world));
  const marked = marksIn(await liveFiles([safeguardingDb, db]), world, gone);
  const single = await singleMarks(world);

  await order(world);
  application.clock.move(new Date(application.clock.now().getTime() + 26 * 3_600_000));
  const began = performance.now();
  await runRetentionChores(application);
  const took = (performance.now() - began) / 1_000;

  const after = await dump(stores);
  const live = await liveFiles([safeguardingDb, db]);
  const needles = new Set([...gone, ...kept, ...meetings.gone, ...meetings.kept].flatMap(({ needles: all }) => all));
  const plain = (files: readonly File[]): number =>
    files.reduce((sum, file) => sum + found(file.read(), needles).length, 0);
  const dumped = (rows: readonly Dumped[]): number =>
    found(Buffer.from(rows.map(({ text }) => text).join('\n')), needles).length;
  // Measured before an index is rebuilt, because the old file then disappears.
  const [inFiles, marksInFiles] = [plain(live), marksIn(live, world, gone)];
  const reopened = openAll(before, world, keysLeft(world));
  const lying = halvesLeft(world);
  const left = await singleMarks(world);
  await sql`reindex index name_digests_by_mark`.execute(safeguardingDb);
  const byChance = await singleMarks(world);
  const searched = await search(world);
  const back = await bringBack(world, before);
  const verified = await verify(world);
  const certificates = await safeguardingDb.selectFrom('personErasureCertificates').selectAll().execute();
  return [
    row(
      'sealed values that opened before, with the keys that there were',
      `${count(opened.gone)} of people to be let go, ${count(opened.kept)} of others`,
      opened.gone >= gone.length * 8 && opened.kept >= kept.length * 8,
    ),
    row(
      'people let go, each with a certificate that says that her keys are destroyed',
      `${count(certificates.length)} in ${took.toFixed(1)} s`,
      certificates.filter(({ keysDestroyedAt, wholeKeys }) => keysDestroyedAt && wholeKeys === 0).length >=
        gone.length + meetings.gone.length,
    ),
    zero('sealed values in the dump from before that the keys left still open', reopened.gone, people),
    row(
      'sealed values of others that still open',
      `${count(reopened.kept)} of ${count(opened.kept)}`,
      reopened.kept === opened.kept,
    ),
    zero('of these opened with the half of somebody else’s key', wrongHalves(before, world), people),
    zero(
      'halves of her keys that lie in the folder of halves',
      halves.filter((half) => lying.has(half)).length,
      `of ${count(halves.length)}`,
    ),
    zero('names, numbers and words in dumps of both stores, before and after', dumped(before) + dumped(after), people),
    zero('rows with her id, or of her records, in the dump after', idsIn(after, world), people),
    zero('names, numbers and words in raw files and the write-ahead log', inFiles, `in ${count(live.length)} files`),
    zero('names, numbers and words in the backup from before', plain(backup), `in ${count(backup.length)} files`),
    row(
      'marks of names found in raw files while they were there',
      `${count(marked)} of ${count(gone.length)}`,
      marked === gone.length,
    ),
    zero('marks of names in raw files and the write-ahead log', marksInFiles, people),
    zero('marks of names in the backup from before', marksIn(backup, world, gone), people),
    row(
      'marks in the index that were theirs alone: before, after, and by chance in one made anew (the last two alike)',
      `${count(single)}, ${count(left)}, ${count(byChance)}`,
      single >= gone.length * 5 && left === byChance,
    ),
    zero('people found by the search, and by their address', searched.gone, people),
    row('others found by the search', `${searched.kept} of ${kept.length}`, searched.kept === kept.length),
    zero('people brought back with a backup who open, are found, or stay', back, 'of those brought back'),
    row(
      'faults that a stranger finds in the sealed logs',
      String(verified.faults),
      verified.faults === 0 && verified.size > gone.length,
    ),
    row(
      'what is counted, before and after',
      `${counted} · ${await countsOf(world)}`,
      counted === (await countsOf(world)),
    ),
  ];
}

/** The page that says what would go, when and why, among very many records. */
async function dryRun({ application, lead, protection, operationId }: World, seed: number, many: number): Promise<Row> {
  const chance = seeded(seed);
  const by = { agencyId: lead.agencyId, authorId: lead.id };
  await fill(application, chance, many, () => ({
    ...by,
    operationId: chance() < 0.5 ? operationId : null,
    seen: false,
  }));
  const { get } = await application.signIn(protection);
  const began = performance.now();
  const { statusCode } = await get('/staff/safeguarding/retention');
  const took = (performance.now() - began) / 1_000;
  return row(
    `the dry run as a page, among ${count(many)} records (at most 10 s)`,
    `${took.toFixed(1)} s`,
    statusCode === 200 && took <= 10,
  );
}

/** As the data-protection lead orders it, the first by the page, the others as the page writes it. */
async function order({ application, gone, meetings, protection }: World): Promise<void> {
  const [first, ...others] = gone as [Planted, ...Planted[]];
  const { post } = await application.signIn(protection);
  const [at, because] = [application.clock.now(), 'The person asked for it, and nobody forces her to'];
  await addSubjectRequest(application.safeguardingDb, protection, [first.person.id], 'erasure', at);
  const { statusCode } = await post(`/staff/safeguarding/retention/${first.person.id}`, {
    saying: 'asked to go',
    because,
  });
  if (statusCode !== 303) throw new Error(`the order was answered with ${statusCode}`);
  await answerAllRequests(application.safeguardingDb, protection, at);
  for (const { person } of others)
    await sql`insert into retention_facts (id, person_id, agency_id, what, detail, reason, recorded_on, recorded_by)
      values (${newTimelessId()}, ${person.id}, ${protection.agencyId}, 'asked to go', 'the person asked', ${because}, ${dayOf(at)}, ${protection.id})`.execute(
      application.safeguardingDb,
    );
  for (const { encounterId } of meetings.gone)
    await sql`insert into retention_facts (id, encounter_id, agency_id, what, detail, reason, recorded_on, recorded_by)
      values (${newTimelessId()}, ${encounterId}, ${protection.agencyId}, 'asked to go', 'the person asked', ${because}, ${dayOf(at)}, ${protection.id})`.execute(
      application.safeguardingDb,
    );
}

const idsIn = (dumped: readonly Dumped[], { gone, meetings }: World): number => {
  // Log, outbox, certificate and the person’s own request name the record by its id, which is nobody’s any more.
  const named = /^(access_log|outbox|person_erasure_certificates|subject_access_requests|log_)/;
  const rest = dumped.filter(({ table }) => !named.test(table)).map(({ text }) => text);
  const ids = new Set(rest.flatMap((text) => text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []));
  return (
    gone.filter(({ person }) => ids.has(person.id) || ids.has(String(person.originId))).length +
    meetings.gone.filter(({ encounterId }) => ids.has(encounterId)).length
  );
};

async function search({ application, gone, kept, lead }: World): Promise<{ gone: number; kept: number }> {
  const { get, post } = await application.signIn(lead);
  const home = '/staff/safeguarding/people';
  const isFound = async ({ person }: Planted): Promise<boolean> => {
    const { body } = await post(home, { name: person.called, year: '', from: '' });
    const page = await get(`${home}/${person.id}`);
    return body.includes(person.id) || page.statusCode !== 404;
  };
  const tally = { gone: 0, kept: 0 };
  for (const one of gone) if (await isFound(one)) tally.gone += 1;
  for (const one of kept) if (await isFound(one)) tally.kept += 1;
  return tally;
}

/** Rows of the dump from before, put back as a backup puts them. */
async function bringBack(world: World, before: readonly Dumped[]): Promise<number> {
  const { application, gone, lead } = world;
  const back = gone.slice(0, 5);
  const rows = before
    .filter(({ table }) => table === 'persons')
    .filter(({ text }) => back.some(({ person }) => text.includes(`"${person.id}"`)));
  for (const { text } of rows)
    await sql`insert into persons select * from jsonb_populate_record(null::persons, ${text}::jsonb)`.execute(
      application.safeguardingDb,
    );
  const seen = await search({ ...world, gone: back, kept: [], lead });
  await runRetentionChores(application);
  const { rows: left } = await sql<{ n: number }>`select count(*)::int as n from persons
    where id = any (${back.map(({ person }) => person.id)}::uuid[])`.execute(application.safeguardingDb);
  return seen.gone + (left[0]?.n ?? 0) + (rows.length === back.length ? 0 : 1);
}

export async function verify({ application }: World): Promise<{ faults: number; size: number }> {
  await sealAll(application);
  let [faults, size] = [0, 0];
  for (const [store, db] of [
    ['main', application.db],
    ['safeguarding', application.safeguardingDb],
  ] as const) {
    const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
    address.pathname = `/${(await sql<{ name: string }>`select current_database() as name`.execute(db as Db)).rows[0]?.name}`;
    const client = new pg.Client({ connectionString: address.href });
    await client.connect();
    await client.query('begin');
    const verified = await verifyLog(client, {
      keys: testLogKeys[store].publicKeys.flatMap((line) => readKey(line) ?? []),
    });
    await client.end();
    faults += verified.count;
    size += verified.size;
  }
  return { faults, size };
}

/** A digest of all that is counted of the operation: each fact and request with its day’s place and kind, each person once. */
export async function countsOf({ application, operationId }: World): Promise<string> {
  const { facts, referrals } = await readHelp(application.safeguardingDb as never, operationId);
  const lines = [
    ...facts.map(({ id, town, indicator, part }) => `${id} ${town} ${indicator} ${part}`),
    ...referrals.map(({ id, toAgency, state }) => `${id} ${toAgency} ${state}`),
  ].sort();
  const people = new Set(facts.map(({ person }) => person)).size;
  return `${count(facts.length)} facts of ${count(people)} people, ${count(referrals.length)} requests (${digest(lines.join('\n')).slice(0, 12)})`;
}
