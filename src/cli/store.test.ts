import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { invent, shapes } from '../../test/assurance/newsroom/release-reading/generator.ts';
import { openApplication, type TestApplication } from '../../test/fixtures/application.ts';
import { openPress, typed } from '../../test/fixtures/terminal.ts';
import { addMember, hashPassword } from '../identity/agencies/index.ts';
import { written } from '../newsroom/imported-releases/examples.ts';
import type { Role } from '../vocabulary/people.ts';

const model = join(import.meta.dirname, '../newsroom/release-reading/fixtures/hertfordshire-2019-09-25.md');
/** Why it leaves, as the command asks. */
const why = ['--reason', 'for the archive of the region'];
const at = { today: '2026-09-24', time: '10:00' } as const;

const kept = (application: TestApplication) =>
  application.db.selectFrom('importedReleases').selectAll().orderBy('fileName').execute();
const theOne = (application: TestApplication) =>
  application.db.selectFrom('importedReleases').selectAll().executeTakeFirstOrThrow();

test('the model is imported with exactly what it claims, and leaves as its own bytes', async (t) => {
  const { application, as, press, folder } = await openPress(t);
  const done = await typed(['release', 'import', model, ...as], { application });
  const cutting = await theOne(application);
  assert.deepEqual(
    [done.code, done.said, done.told],
    [0, [`${cutting.id}  ${model}`, '1 file: 1 imported, 0 already there, 0 bad.'], []],
  );
  assert.deepEqual(cutting.source, readFileSync(model));
  assert.deepEqual(
    [cutting.fileName, cutting.area, cutting.publishedOn, cutting.agencyId, cutting.importedBy],
    ['hertfordshire-2019-09-25.md', 'Hertfordshire', '2019-09-25', press.agencyId, press.id],
  );
  const ofKind = (kind: string) => cutting.claims.filter((claim: { kind: string }) => claim.kind === kind);
  const parts = (kind: string, ...names: string[]) =>
    ofKind(kind).map((claim: Record<string, unknown>) => names.map((name) => claim[name]));
  const exactly = (value: number) => ({ kind: 'number', value, qualifier: 'exact' });
  assert.deepEqual(parts('premises', 'count', 'town'), [
    [exactly(8), null],
    [exactly(4), "Bishop's Stortford"],
    [exactly(3), 'Watford'],
    [exactly(1), 'Hemel Hempstead'],
  ]);
  assert.deepEqual(parts('person arrested', 'sex', 'age', 'home'), [
    ['female', 30, 'Watford'],
    ['female', 32, 'Watford'],
    ['female', 37, 'Watford'],
    ['male', 32, 'Watford'],
  ]);
  assert.deepEqual(
    parts('arrests', 'count', 'town', 'addresses').filter(([, , addresses]: unknown[]) => addresses !== null),
    [[exactly(4), 'Watford', 2]],
  );
  assert.deepEqual(parts('window', 'from', 'to'), [['2019-09-16', '2019-09-22']]);
  assert.equal(ofKind('partner').length, 6);
  assert.equal(ofKind('sign').length, 10);
  assert.equal(ofKind('contact').length, 5);
  assert.deepEqual(parts('social', 'handle'), [['@HertsMSP']]);
  for (const claim of cutting.claims) assert.ok(claim.sentence !== '' && claim.line > 0);

  const exported = await typed(['release', 'export', cutting.id, ...as, ...why], { application });
  assert.deepEqual([exported.code, exported.written.equals(readFileSync(model))], [0, true]);
  const out = await typed(['release', 'export', cutting.id, ...as, ...why, '--out', 'copy.md'], {
    application,
    folder,
  });
  assert.deepEqual([out.code, out.written.length], [0, 0]);
  assert.deepEqual(readFileSync(join(folder, 'copy.md')), readFileSync(model));
  const again = await typed(['release', 'import', join(folder, 'copy.md'), ...as], { application });
  assert.deepEqual(again.said, [
    `${cutting.id}  ${join(folder, 'copy.md')}, already there`,
    '1 file: 0 imported, 1 already there, 0 bad.',
  ]);
  assert.deepEqual(await application.auditTrail(), [
    ...['session.opened', 'imported release imported', 'cuttings imported', 'session.closed'],
    ...['session.opened', 'release exported', 'imported release exported', 'session.closed'],
    ...['session.opened', 'release exported', 'imported release exported', 'session.closed'],
    ...['session.opened', 'session.closed'],
  ]);
  assert.equal(
    (await application.db.selectFrom('sessions').selectAll().where('endedAt', 'is', null).execute()).length,
    0,
  );
});

const faults: Readonly<Record<number, readonly [content: string | Buffer, says: RegExp]>> = {
  3: ['', /^0003\.md, line 1: the file is empty\. Save the release again\.$/],
  141: ['No front matter\n', /^0141\.md, line 1: the file does not begin with front matter/],
  142: ['---\narea: X\n', /^0142\.md, line 1: the front matter that begins here never ends\. Close it/],
  400: [
    Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe]),
    /^0400\.md, line 2: the text is not UTF-8\. Save the file as plain text with the encoding UTF-8\.$/,
  ],
  555: ['---\ntitle: &a x\n---\n', /^0555\.md, line 2: the front matter uses an alias/],
  777: [
    Buffer.alloc(1_100_000, 'x'),
    /^0777\.md: the file has 1,100,000 bytes, and at most 1,000,000 bytes are read\.$/,
  ],
  999: [
    '---\narea: a\narea: b\n---\n',
    /^0999\.md, line 3: a key of the front matter is given twice: area\. Keep one of the two\.$/,
  ],
};

test('of a thousand files, the bad ones are named with line and reason, and the rest go on', async (t) => {
  const { application, as, folder } = await openPress(t);
  for (let index = 0; index < 1_000; index += 1) {
    const content = faults[index]?.[0] ?? invent(index, shapes[index % shapes.length] ?? shapes[0]).file;
    writeFileSync(join(folder, `${String(index).padStart(4, '0')}.md`), content);
  }
  const done = await typed(['release', 'import', folder, ...as], { application });
  assert.equal(done.code, 3);
  assert.equal(done.said.at(-1), '1,000 files: 993 imported, 0 already there, 7 bad.');
  const ids = new Set((await kept(application)).map(({ id, fileName }) => `${id}  ${fileName}`));
  assert.deepEqual(new Set(done.said.slice(0, -1)), ids, 'each with its id');
  const progress = done.told.filter((line) => line.endsWith(' read'));
  assert.deepEqual([progress.length, progress.at(-1)], [10, '1,000 of 1,000 read']);
  const complaints = done.told.filter((line) => /^0\d+\.md/.test(line) && faults[Number(line.slice(0, 4))]);
  assert.equal(complaints.length, 7);
  for (const [, says] of Object.values(faults)) assert.equal(complaints.filter((line) => says.test(line)).length, 1);
  for (const row of await kept(application)) assert.deepEqual(row.source, readFileSync(join(folder, row.fileName)));
  const logged = await application.db
    .selectFrom('accessLog')
    .select(['event', 'kind'])
    .where('event', '=', 'imported release imported')
    .execute();
  assert.equal(logged.length, 993);

  const again = await typed(['release', 'import', join(folder, '00*.md'), ...as], { application });
  assert.deepEqual([again.code, again.said.at(-1)], [3, '100 files: 0 imported, 99 already there, 1 bad.']);
  assert.equal(again.said.filter((line) => line.endsWith('.md, already there')).length, 99);
});

test('finds files, folders and patterns, each file once, and reports missing ones', async (t) => {
  const { application, as, folder } = await openPress(t);
  mkdirSync(join(folder, 'in/deep'), { recursive: true });
  for (const [name, title] of [
    ['a.md', 'A'],
    ['in/b.markdown', 'B'],
    ['in/deep/c.md', 'C'],
    ['in/notes.txt', 'Not asked for'],
  ] as const)
    writeFileSync(join(folder, name), written({ title }));
  mkdirSync(join(folder, 'empty'));
  symlinkSync('/dev/zero', join(folder, 'endless.md'));
  const words = ['release', 'import', 'a.md', './a.md', 'in', 'in/*.txt', 'empty', 'x*.md', 'gone.md', 'endless.md'];
  const done = await typed([...words, ...as], { application, folder });
  assert.equal(done.code, 3);
  assert.equal(done.said.at(-1), '8 files: 4 imported, 0 already there, 4 bad.');
  assert.deepEqual(done.told, [
    'empty: there is no *.md in this folder.',
    'x*.md: no file fits this pattern.',
    'gone.md: there is no such file.',
    'endless.md: this is a pipe, a device or a socket, and not a file.',
  ]);
  const names = (await kept(application)).map(({ fileName }) => fileName);
  assert.deepEqual(names, ['a.md', 'b.markdown', 'c.md', 'notes.txt']);
});

test('what the database refuses in one file does not undo the others', async (t) => {
  const { application, as, folder } = await openPress(t);
  for (const title of ['One', 'Two', 'Three']) writeFileSync(join(folder, `${title}.md`), written({ title }));
  // An extra check constraint simulates a limit that nobody foresaw.
  await application.db.schema
    .alterTable('importedReleases')
    .addCheckConstraint('unforeseen', (await import('kysely')).sql`title <> 'Two'`)
    .execute();
  const done = await typed(['release', 'import', folder, ...as], { application });
  assert.deepEqual([done.code, done.said.at(-1)], [3, '3 files: 2 imported, 0 already there, 1 bad.']);
  assert.deepEqual(done.told, ['Two.md: the database cannot hold it (23514).']);
});

test('on a stop signal it keeps finished work and says how far it came', async (t) => {
  const { application, as, folder } = await openPress(t);
  for (let index = 0; index < 200; index += 1)
    writeFileSync(join(folder, `${index}.md`), written({ title: `${index}` }));
  const stopping = new AbortController();
  const redraw = (line: string): void => {
    if (/ 100 of/.test(line)) stopping.abort();
  };
  const done = await typed(['release', 'import', folder, ...as], { application, redraw, stopped: stopping.signal });
  assert.equal(done.code, 130);
  assert.deepEqual(done.told, ['Stopped. What was finished before is kept.']);
  const [, imported] = /^(\d+) of 200 files: (\d+) imported/.exec(done.said.at(-1) ?? '') ?? [];
  assert.ok(Number(imported) >= 100 && Number(imported) < 200, done.said.at(-1));
  assert.equal((await kept(application)).length, Number(imported));
});

test('the command line keeps to a member’s roles and shows no imported release of another agency', async (t) => {
  const { application, as, force } = await openPress(t);
  const asNew = async (roles: readonly Role[], agency = force) => [
    '--as',
    `${(await application.member(agency, roles)).id}@example.org`,
  ];
  await typed(['release', 'import', model, ...as], { application });
  const cutting = await theOne(application);
  const planner = await asNew(['planner']);
  const outsider = await asNew(['press'], await application.agency('council'));
  const nothing = '00000000-0000-7000-8000-000000000000';
  const forbidden = ['This member’s roles do not allow that: it is for press.'];
  assert.deepEqual((await typed(['release', 'import', model, ...planner], { application })).told, forbidden);
  assert.deepEqual(
    (await typed(['release', 'export', cutting.id, ...planner, ...why], { application })).told,
    forbidden,
  );
  const [theirs, none] = await Promise.all(
    [cutting.id, nothing].map((id) => typed(['release', 'export', id, ...outsider, ...why], { application })),
  );
  assert.deepEqual(theirs, none);
  assert.deepEqual(theirs?.told, ['There is nothing by this id that this member may see.']);
  const everybody = await typed(['release', 'export', cutting.id], { application });
  assert.deepEqual([everybody.code, everybody.written.length], [1, 0]);
  assert.match(everybody.told[0] ?? '', /^Everybody may read nothing by this id/);
  assert.deepEqual(
    (await typed(['release', 'export', nothing, '--as', 'no@example.org', ...why], { application })).told,
    ['Nobody signs in with no@example.org.'],
  );

  const left = { ...(await application.member(force, ['press'])) };
  await application.db
    .updateTable('members')
    .set({ endedAt: new Date('2026-01-01') })
    .where('id', '=', left.id)
    .execute();
  const ended = await typed(['release', 'export', cutting.id, '--as', `${left.id}@example.org`, ...why], {
    application,
  });
  assert.match(ended.told[0] ?? '', /^Nobody signs in with/);
});

test('adds the first user with their agency, and the user signs in', async (t) => {
  const application = await openApplication(t, at);
  const person = [
    '--name',
    'Ada Wren',
    '--title',
    'IT manager',
    '--email',
    'Ada@Example.org',
    '--role',
    'administrator',
  ];
  const agency = ['--agency', 'Leashire Constabulary', '--new-agency', 'police force'];
  const input = 'a long first password\n';
  const add = (...words: string[]) => typed(['user', 'add', ...words, '--password-stdin'], { application, input });
  const first = await add(...agency, ...person);
  assert.deepEqual(
    [first.code, first.said],
    [0, ['Ada Wren of Leashire Constabulary signs in with ada@example.org, as administrator.']],
  );
  const page = await application.app.inject('/staff/sign-in');
  const signedIn = await application.app.inject({
    method: 'POST',
    url: '/staff/sign-in',
    cookies: Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])),
    payload: new URLSearchParams({
      email: 'ada@example.org',
      password: input.trim(),
      _csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '',
    }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(signedIn.statusCode, 303);

  for (const [words, says] of [
    [[...agency, ...person], /^There is an agency “Leashire Constabulary” already/],
    [['--agency', 'Leashire Constabulary', ...person], /^Somebody already signs in with ada@example\.org/],
    [['--agency', 'Leashire Constabulary', ...person, '--email', 'ADA@example.org'], /^Somebody already signs in/],
    [['--agency', 'Leashire Constabulary', ...person, '--email', 'аda@example.org'], /plain letters/],
    [['--agency', 'Nowhere', ...person], /^There is no agency “Nowhere”/],
    [[...agency, ...person, '--role', 'press'], /^An administrator holds no other role/],
    [
      ['--agency', 'Leashire Constabulary', ...person.slice(0, 6), '--role', 'partner caseworker'],
      /cannot hold a safeguarding role/,
    ],
    [['--agency', 'Leashire Constabulary', ...person.slice(0, 6), '--role', 'chief'], /^There is no such --role/],
    [['--agency', 'Leashire Constabulary', ...person.slice(0, 6)], /^Give at least one --role/],
  ] as const) {
    const refused = await add(...words);
    assert.ok(refused.code > 0);
    assert.deepEqual([refused.said, refused.told.length], [[], 1]);
    assert.match(refused.told[0] ?? '', says);
  }
  const short = await typed(['user', 'add', ...agency, ...person, '--password-stdin'], { application, input: 'short' });
  assert.match(short.told[0] ?? '', /12 characters or more/);
  const nobody = await typed(['user', 'add', ...agency, ...person], { application });
  assert.match(nobody.told[0] ?? '', /--password-stdin/);
  assert.equal((await application.db.selectFrom('members').selectAll().execute()).length, 1);
  assert.deepEqual(
    (await application.auditTrail()).filter((event) => event.endsWith('added')),
    ['agency.added', 'account.added'],
  );
});

test('the first account in live mode may be invited: a link for one use, and no password in transit', async (t) => {
  const application = await openApplication(t, at);
  const words = ['user', 'add', '--invite', '--agency', 'Leashire Constabulary', '--new-agency', 'police force'];
  const person = ['--name', 'Ada Wren', '--title', 'Officer', '--email', 'ada@example.org', '--role', 'administrator'];
  const { code, said, told } = await typed([...words, ...person], { application });
  assert.equal(code, 0);
  assert.match(told[0] ?? '', /^Ada Wren of Leashire Constabulary joins with this link, once, within 72 hours/);
  const link = new URL(said[0] ?? '');
  const page = await application.app.inject(link.pathname);
  assert.match(page.body, /Join Leashire Constabulary[\s\S]*the operator of Safelight/);
  assert.equal((await application.db.selectFrom('accounts').selectAll().execute()).length, 0);
  const both = await typed([...words, ...person, '--password-stdin'], { application });
  assert.equal(both.code, 2);
  assert.deepEqual(await application.auditTrail(), ['agency.added', 'invitation.made']);
});

test('asks for a password twice and refuses different ones', async (t) => {
  const application = await openApplication(t, at);
  await application.agency('council', { name: 'Leashire County Council' });
  const words = [
    'user',
    'add',
    '--agency',
    'Leashire County Council',
    '--name',
    'Pat',
    '--title',
    'Officer',
    '--role',
    'press',
  ];
  const answering =
    (...answers: string[]) =>
    async () =>
      answers.shift() ?? '';
  const different = { application, askSecret: answering('a long first password', 'another long password') };
  const refused = await typed([...words, '--email', 'pat@example.org'], different);
  assert.deepEqual([refused.code, refused.told], [1, ['The two were not the same. Nothing was added.']]);
  const same = { application, askSecret: answering('a long first password', 'a long first password') };
  assert.equal((await typed([...words, '--email', 'pat@example.org'], same)).code, 0);
});

test('refuses to seed the demonstration into databases with data or in live mode', async (t) => {
  const application = await openApplication(t, {
    ...at,
    environment: { SAFELIGHT_DATA: mkdtempSync(join(tmpdir(), 'safelight-cli-')) },
  });
  t.after(() => rmSync(application.config.dataFolder, { recursive: true, force: true }));
  await addMember(
    application.db,
    {
      ...(await application.member(await application.agency(), ['press'])),
      id: '01900000-0000-7000-8000-000000000001' as never,
    },
    { email: 'somebody@example.org', passwordHash: await hashPassword('a long first password') },
  );
  assert.deepEqual((await typed(['seed'], { application })).said, [
    'The databases already hold data. Nothing was changed.',
  ]);
  const live = { ...application, config: { ...application.config, mode: 'live' as const } };
  const refused = await typed(['seed'], { application: live });
  assert.deepEqual([refused.code, refused.told.length], [1, 1]);
  assert.match(refused.told[0] ?? '', /^This is a live installation/);
});
