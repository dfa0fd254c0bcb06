import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { sql } from 'kysely';
import { access } from '../../src/app.ts';
import { exportAs } from '../../src/cli/commands/agency-export.ts';
import { listOwnedTables, whyLeftOut } from '../../src/cli/leaving/owned-tables.ts';
import type { Contents } from '../../src/cli/leaving/write-export.ts';
import { addPlanFile } from '../../src/operations/plan-files/examples.ts';
import type { StoreName } from '../../src/platform/access-policy/access.ts';
import { changesTable } from '../../src/platform/database/schema-changes.ts';
import { addDocument } from '../../src/safeguarding/documents/examples.ts';
import type { Person } from '../../src/safeguarding/people/person.ts';
import type { OperationId } from '../../src/vocabulary/ids.ts';
import type { TestApplication } from '../fixtures/application.ts';
import { type DemonstrationApplication, openDemonstration } from '../fixtures/demonstration.ts';
import { plainJpeg } from '../fixtures/files.ts';
import { openWithFiles } from '../fixtures/report-originals.ts';
import { openedFor, typed } from '../fixtures/terminal.ts';

type Line = Readonly<Record<string, unknown>>;
type Taken = {
  readonly contents: Contents;
  readonly rows: (store: StoreName, table: string) => readonly Line[];
  readonly files: ReadonlyMap<string, Buffer>;
};

const stores = ['main', 'safeguarding'] as const;

async function addressOf(application: TestApplication, store: StoreName): Promise<string> {
  const db = store === 'main' ? application.db : application.safeguardingDb;
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const address = new URL(process.env.SAFELIGHT_TEST_SERVER ?? '');
  address.pathname = `/${rows[0]?.name}`;
  return address.href;
}

/** A reader of tar that shares no code with what writes it. */
function unpack(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; archive[at]; ) {
    const name = archive.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    assert.ok(!files.has(name), name);
    files.set(name, archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

async function take(application: TestApplication, email: string): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-leaving-'));
  try {
    const identity = await generateX25519Identity();
    const path = join(folder, 'all.age');
    const wanted = { email, reason: 'the agency leaves', path, recipient: await identityToRecipient(identity) };
    const addresses = {
      main: await addressOf(application, 'main'),
      safeguarding: await addressOf(application, 'safeguarding'),
    };
    const terminal = { redraw: undefined, stopped: new AbortController().signal };
    const { contents, sha256 } = await exportAs(openedFor(application), wanted, addresses, terminal);
    assert.equal(createHash('sha256').update(readFileSync(path)).digest('hex'), sha256);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const files = unpack(Buffer.from(await decrypter.decrypt(readFileSync(path))));
    const written = JSON.parse(String(files.get('contents.json'))) as Contents;
    assert.deepEqual(written, JSON.parse(JSON.stringify(contents)));
    const rows = (store: StoreName, table: string): readonly Line[] =>
      [...files]
        .filter(([name]) => new RegExp(`^${store}\\.${table}\\.\\d{4}\\.ndjson$`).test(name))
        .flatMap(([, content]) => content.toString().trim().split('\n'))
        .map((line) => JSON.parse(line) as Line);
    return { contents, rows, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The name of every field of every row, and of earlier versions. */
function keysIn({ contents, rows }: Taken): ReadonlySet<string> {
  const lines = contents.tables.flatMap(({ database, table }) => rows(database, table));
  return new Set(lines.flatMap((line) => [...Object.keys(line), ...Object.keys(line.record ?? {})]));
}

const tablesOf = async (application: DemonstrationApplication, store: StoreName): Promise<string[]> => {
  const db = store === 'main' ? application.db : application.safeguardingDb;
  const { rows } = await sql<{
    name: string;
  }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(db);
  return rows.map(({ name }) => name).filter((name) => name !== changesTable);
};

/** One data-protection lead for each agency. */
async function leads(
  application: DemonstrationApplication,
): Promise<{ email: string; agencyId: string; side: string }[]> {
  const { rows } = await sql<{ id: string; side: string }>`select id, side from agencies`.execute(application.db);
  const made: { email: string; agencyId: string; side: string }[] = [];
  for (const { id, side } of rows) {
    const member = await application.member({ id } as never, ['data-protection lead'], `Lead of ${id}`);
    made.push({ email: `${member.id}@example.org`, agencyId: id, side });
  }
  return made;
}

test('every table goes with its agency or is left out with a reason, and no name in the lists is of no table', async (t) => {
  const application = await openDemonstration(t);
  for (const store of stores) {
    for (const side of ['enforcement', 'help'] as const) {
      const owned = listOwnedTables(access.policy, store, side).map(({ name }) => name);
      const tables = await tablesOf(application, store);
      for (const table of tables)
        assert.ok(owned.includes(table) !== (whyLeftOut(table, side) !== undefined), `${store} ${table}`);
      for (const table of owned) assert.ok(tables.includes(table), table);
    }
  }
});

test('a support agency that leads an operation gets no table that enforcement alone may read', () => {
  const readers = new Map<string, Set<string>>();
  const work = ['operation', 'investigation', 'safeguarding', 'administration'];
  for (const [name, { tables, rules, store = 'main' }] of Object.entries(access.policy)) {
    if (store !== 'main' || name.endsWith('who asks')) continue;
    const sides = rules
      .filter(({ verbs, purpose }) => verbs.includes('read') && [purpose].flat().some((one) => work.includes(one)))
      .map(({ side = 'any' }) => side as string);
    for (const table of Object.keys(tables)) readers.set(table, new Set([...(readers.get(table) ?? []), ...sides]));
  }
  const alone = [...readers]
    .filter(([, sides]) => sides.size === 1 && sides.has('enforcement'))
    .map(([table]) => table);
  assert.ok(alone.includes('arrests'));
  const taken = listOwnedTables(access.policy, 'main', 'help')
    .filter(({ belongs }) => belongs.includes('operations o'))
    .map(({ name }) => name);
  assert.deepEqual(
    alone.filter((table) => taken.includes(table)),
    [],
  );
});

test('the files of all agencies hold every row, every sealed value opens, and each row is in the file of its owner', async (t) => {
  const application = await openDemonstration(t);
  const held = new Map<string, number>();
  for (const lead of await leads(application)) {
    const taken = await take(application, lead.email);
    assert.deepEqual(
      taken.contents.tables.filter(({ closed }) => closed > 0).map(({ table, closed }) => [table, closed]),
      [],
    );
    for (const { database, table, rows } of taken.contents.tables) {
      assert.equal(taken.rows(database, table).length, rows, table);
      held.set(`${database} ${table}`, (held.get(`${database} ${table}`) ?? 0) + rows);
    }
    for (const row of taken.rows('main', 'members'))
      if (row.agency_id !== lead.agencyId) assert.deepEqual(Object.keys(row).sort(), ['agency_id', 'id', 'name']);
    if (lead.side !== 'help') assert.ok(![...taken.files.keys()].some((name) => name.startsWith('safeguarding')));
    for (const table of ['persons', 'notes', 'consents'])
      for (const row of taken.rows('safeguarding', table)) assert.equal(row.agency_id, lead.agencyId, table);
    for (const name of keysIn(taken)) assert.doesNotMatch(name, /^sealed|_key$|_hash$|^look_up$/);
  }
  for (const store of stores) {
    const db = store === 'main' ? application.db : application.safeguardingDb;
    for (const { name, shared } of listOwnedTables(access.policy, store, 'enforcement')) {
      if (name === 'access_log' || shared) continue;
      const { rows } = await sql<{ many: number }>`select count(*)::int as many from ${sql.table(name)}`.execute(db);
      assert.equal(held.get(`${store} ${name}`) ?? 0, rows[0]?.many, `${store} ${name}`);
    }
  }
});

test('clean copies go along without keys, and copies that are gone or damaged are counted', async (t) => {
  const application = await openDemonstration(t);
  const { filesFolder } = application.config;
  const plan = await plainJpeg(64, 48);
  const letter = await plainJpeg(48, 64);
  const operationId = (await application.mainOperation()) as OperationId;
  const planner = await application.memberOf('planner');
  const file = await addPlanFile(
    application.db,
    application.keys,
    { operationId, premisesId: null },
    planner,
    {},
    {
      filesFolder,
      content: plan,
    },
  );
  await addPlanFile(application.db, application.keys, { operationId, premisesId: null }, planner);
  const person = (await application.safeguardingDb
    .selectFrom('persons')
    .selectAll()
    .executeTakeFirstOrThrow()) as Person;
  const document = await addDocument(
    application.safeguardingDb,
    application.keys,
    person,
    {},
    {
      filesFolder,
      content: letter,
    },
  );
  const damaged = await addDocument(
    application.safeguardingDb,
    application.keys,
    person,
    {},
    { filesFolder, content: letter },
  );
  const [path = ''] = globSync(join(filesFolder, '**', `${damaged.fileId}*`));
  const sealed = readFileSync(path);
  writeFileSync(path, sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1));
  const all = await leads(application);
  const takeFor = async (agencyId: string): Promise<Taken> =>
    take(application, all.find((lead) => lead.agencyId === agencyId)?.email ?? '');

  const ofForce = await takeFor(planner.agencyId);
  assert.deepEqual(ofForce.files.get(`file.plan_files.${file.id}.1.jpg`), plan);
  const plans = ofForce.contents.tables.find(({ table }) => table === 'plan_files');
  assert.deepEqual([plans?.rows, plans?.files, plans?.erased, plans?.missing], [2, 1, 0, 1]);

  const ofHelp = await takeFor(person.agencyId);
  assert.deepEqual(ofHelp.files.get(`file.person_documents.${document.id}.1.jpg`), letter);
  const documents = ofHelp.contents.tables.find(({ table }) => table === 'person_documents');
  assert.deepEqual([documents?.rows, documents?.files, documents?.closed], [2, 1, 1]);
  const row = ofHelp.rows('safeguarding', 'person_documents').find(({ id }) => id === document.id);
  assert.deepEqual(row?.document, { called: 'Letter of the clinic', kind: 'jpeg', parts: 1 });
});

test('a report is opened with its file, and without the name of the reporter', async (t) => {
  const { application, agency, reader, at, ids } = await openWithFiles(t, 'police', [
    { content: await plainJpeg(), name: 'yard.jpg', originals: 'no' },
  ]);
  const cleaned = await reader.post(at(ids[0] ?? '', '/clean'), {});
  assert.equal(cleaned.statusCode, 303);
  const lead = await application.member(agency, ['data-protection lead']);
  const { rows, files, contents } = await take(application, `${lead.id}@example.org`);
  assert.match(JSON.stringify(rows('main', 'report_parts')), /"said":\{/);
  assert.equal(contents.tables.find(({ table }) => table === 'report_files')?.files, 1);
  assert.ok([...files.keys()].some((name) => name.startsWith('file.report_files.')));
  assert.ok(![...files.keys()].some((name) => name.includes('report_contacts')));
});

test('the log names every record that left, for whom and why, before the file is there', async (t) => {
  const application = await openDemonstration(t);
  const [lead] = (await leads(application)).filter(({ side }) => side === 'help');
  const { contents, rows } = await take(application, lead?.email ?? '');
  for (const store of stores) {
    const db = store === 'main' ? application.db : application.safeguardingDb;
    const logged = await db
      .selectFrom('accessLog')
      .select(['returned', 'ownerId', 'kind', 'recipient', 'reason', 'fields'])
      .where('event', '=', 'records of the agency exported')
      .execute();
    for (const row of logged) {
      assert.deepEqual([row.kind, row.recipient], ['disclosure', lead?.agencyId]);
      assert.match(row.reason ?? '', /^the agency leaves \(encrypted to age1[\da-z]+\)$/);
      if (!['agencies', 'information_requests', 'members'].includes(row.fields[0] ?? ''))
        assert.equal(row.ownerId, lead?.agencyId);
    }
    for (const { database, table } of contents.tables.filter((one) => one.database === store)) {
      const listed = new Set(logged.filter(({ fields }) => fields[0] === table).flatMap(({ returned }) => returned));
      for (const { id } of rows(database, table))
        if (typeof id === 'string') assert.ok(listed.has(id), `${table} ${id}`);
    }
  }
});

test('other roles are refused, a file that is there is not written over, and what is stopped leaves nothing', async (t) => {
  const application = await openDemonstration(t);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-leaving-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const recipient = await identityToRecipient(await generateX25519Identity());
  const addresses = {
    main: await addressOf(application, 'main'),
    safeguarding: await addressOf(application, 'safeguarding'),
  };
  const [lead] = await leads(application);
  const write = (email: string, path: string, stopped = new AbortController().signal) =>
    exportAs(openedFor(application), { email, reason: 'because', path, recipient }, addresses, {
      redraw: undefined,
      stopped,
    });
  const planner = await application.memberOf('planner');
  const { email } = await application.db
    .selectFrom('accounts')
    .select('email')
    .where('memberId', '=', planner.id)
    .executeTakeFirstOrThrow();
  await assert.rejects(write(email as string, join(folder, 'a')), /name a data-protection lead of the agency/);
  await assert.rejects(write('no.one@example.org', join(folder, 'a')), /Nobody signs in/);
  writeFileSync(join(folder, 'there'), 'kept');
  await assert.rejects(write(lead?.email ?? '', join(folder, 'there')), /is there already/);
  await assert.rejects(write(lead?.email ?? '', join(folder, 'no', 'folder')), /cannot be written \(ENOENT\)/);
  await assert.rejects(write(lead?.email ?? '', join(folder, 'b'), AbortSignal.abort()), /Stopped/);
  const wrong = { ...addresses, main: addresses.main.replace(/[^/]+$/, 'postgres') };
  await assert.rejects(
    exportAs(
      openedFor(application),
      { email: lead?.email ?? '', reason: 'because', path: join(folder, 'd'), recipient },
      wrong,
      {
        redraw: undefined,
        stopped: new AbortController().signal,
      },
    ),
  );
  writeFileSync(join(folder, 'e.unfinished'), 'of another export');
  await assert.rejects(write(lead?.email ?? '', join(folder, 'e')), /another export writes it, or one broke off/);
  rmSync(join(folder, 'e.unfinished'));
  assert.deepEqual(readdirSync(folder), ['there']);
  assert.equal(readFileSync(join(folder, 'there'), 'utf8'), 'kept');

  const given = [
    'agency',
    'export',
    '--as',
    'a@example.org',
    '--reason',
    'why',
    '--to',
    join(folder, 'c'),
    '--recipient',
  ];
  const secret = await typed([...given, await generateX25519Identity()]);
  assert.equal(secret.code, 2);
  assert.match(secret.told.join(), /That is a secret key/);
  assert.equal((await typed([...given, 'age1nothing'])).code, 2);
});
