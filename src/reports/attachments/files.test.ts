import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import exifr from 'exifr';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { commentOf, exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { openObjectServer } from '../../../test/harness/object-server.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { openObjectStore } from '../../platform/files/index.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { type JourneyVisitor, startJourney } from '../../public/private-journey/visitor.ts';
import { intakeLines } from '../report.ts';
import { readFormValues } from '../visitor.ts';
import { sweepDestroyed, sweepFiles } from './sweep.ts';

const secret = 'Kiln Row 44';
const photo = async (): Promise<File> =>
  new File(
    [
      withParts(
        await plainJpeg(),
        exifOf({ make: secret, place: [51.75, 0.34], at: '2026:09:17 22:10:00', turnedBy: 6 }),
        commentOf(secret),
      ),
    ],
    'IMG_20260917_221000.jpg',
    { type: 'image/jpeg' },
  );

/** As far as the question for files. */
async function toFiles(
  application: Awaited<ReturnType<typeof openAttended>>,
  who = 'worried',
): Promise<JourneyVisitor> {
  const walker = await startJourney(application.app);
  await walker.post('/report', { press: 'begin' });
  for (let steps = 0; !/id="files"/.test(walker.shown().body); steps += 1) {
    assert.ok(steps < 12, walker.shown().body);
    const { step: _step, ...shown } = readFormValues(walker.shown().body);
    await walker.post('/report', {
      ...shown,
      who,
      reader: 'support',
      what: 'Six men sleep above the shop',
      press: 'next',
    });
  }
  return walker;
}

const bring = (walker: JourneyVisitor, files: readonly File[], more: Record<string, string> = {}) => {
  const { step: _step, ...shown } = readFormValues(walker.shown().body);
  return walker.postFiles('/report', { ...shown, ...more }, files);
};

async function onward(walker: JourneyVisitor, more: Record<string, string> = {}): Promise<void> {
  for (let steps = 0; !/sl-receipt/.test(walker.shown().body); steps += 1) {
    assert.ok(steps < 8, walker.shown().body);
    const { step: _step, ...shown } = readFormValues(walker.shown().body);
    const press = /value="send"/.test(walker.shown().body) ? 'send' : 'next';
    const form = { receipt: 'digits', ...shown, ...more, press };
    await (/id="files"/.test(walker.shown().body)
      ? walker.postFiles('/report', form, [])
      : walker.post('/report', form));
  }
}

const lying = async (application: { config: { filesFolder: string } }, room: string): Promise<string[]> =>
  readdir(join(application.config.filesFolder, room)).catch(() => []);

async function told(t: TestContext, files: readonly File[], more: Record<string, string> = {}, who = 'worried') {
  const application = await openAttended(t);
  const walker = await toFiles(application, who);
  await bring(walker, files, { ...more, press: 'files' });
  const asked = walker.shown().body;
  await onward(walker, more);
  return { application, walker, asked };
}

test('a photo is sealed as it comes, cleaned when somebody opens it, and then gone as it came', async (t) => {
  const { application, walker, asked } = await told(t, [await photo()]);
  assert.match(asked, /IMG_20260917_221000\.jpg/);
  assert.match(asked, /do not photograph or film anybody, and do not confront/);
  assert.match(walker.shown().body, /One file goes with it/);
  const [waiting = '', ...others] = await lying(application, 'waiting');
  assert.deepEqual(others, []);
  const path = join(application.config.filesFolder, 'waiting', waiting);
  const onDisk = await readFile(path);
  for (const word of [secret, 'Exif', '\xff\xd8\xff\xe1', 'IMG_2026'])
    assert.equal(onDisk.includes(Buffer.from(word, 'latin1')), false, word);
  assert.equal((onDisk.length - 25) % (65_536 + 17), 0, 'its length is rounded up');
  const { mode, mtime } = await stat(path);
  assert.equal(mode & 0o777, 0o600);
  assert.equal(mtime.getTime() % 3_600_000, 0);

  const officer = await application.signIn(application.readers.police);
  const [, report = ''] = /\/staff\/reports\/([\da-f-]{36})/.exec((await officer.get('/staff/reports')).body) ?? [];
  const page = await officer.get(`/staff/reports/${report}`);
  assert.match(page.body, /photo 1/);
  assert.doesNotMatch(page.body, /IMG_20260917/, 'its name would say when');
  const [, file = ''] = /\/staff\/report-files\/([\da-f-]{36})/.exec(page.body) ?? [];
  const before = await officer.get(`/staff/report-files/${file}`);
  assert.match(before.body, /Make the clean copy/);
  assert.equal((await officer.get(`/staff/report-files/${file}/copy`)).statusCode, 404);
  assert.equal((await officer.post(`/staff/report-files/${file}/clean`, {})).statusCode, 303);
  assert.match((await officer.get(`/staff/report-files/${file}`)).body, /Open the picture/);
  const copy = await officer.get(`/staff/report-files/${file}/copy`);
  assert.equal(copy.headers['content-type'], 'image/jpeg');
  assert.match(String(copy.headers['content-security-policy']), /^sandbox; default-src 'none'/);
  assert.equal(copy.headers['x-content-type-options'], 'nosniff');
  assert.equal(copy.headers['cache-control'], 'no-store');
  const { exif: found } = { exif: await exifr.parse(copy.rawPayload, true).catch(() => undefined) };
  assert.deepEqual(
    Object.keys(found ?? {}).filter(
      (name) => !/^(JFIF|ThumbnailWidth|ThumbnailHeight|ResolutionUnit|XResolution|YResolution)/.test(name),
    ),
    [],
  );
  assert.equal(copy.rawPayload.includes(Buffer.from(secret)), false);
  assert.deepEqual(
    [
      copy.rawPayload.readUInt16BE(copy.rawPayload.indexOf(Buffer.of(0xff, 0xc0)) + 5),
      copy.rawPayload.readUInt16BE(copy.rawPayload.indexOf(Buffer.of(0xff, 0xc0)) + 7),
    ],
    [64, 48],
    'upright',
  );
  assert.deepEqual(await lying(application, 'waiting'), []);
  assert.equal((await lying(application, 'police')).length, 1);
  const row = await application.db.selectFrom('reportFiles').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.state, row.sealedKey], ['ready', null]);
  const events = await application.auditTrail();
  for (const event of ['report.files added', 'file.shown', 'file.cleaned'])
    assert.ok(events.includes(event), `${event} in ${events}`);
});

test('with the reporter’s yes the file stays as it came, sealed; sound and text are sent with it alone', async (t) => {
  const note = new File(['They come at five.'], 'note.txt');
  const without = await told(t, [await photo(), note]);
  assert.match(without.asked, /no clean copy can be made/);
  assert.match(without.walker.shown().body, /One file was destroyed and not sent/);
  assert.equal((await lying(without.application, 'waiting')).length, 1);
  const withYes = await told(t, [await photo(), note], { originals: 'yes' });
  assert.equal((await lying(withYes.application, 'waiting')).length, 2);
  const rows = await withYes.application.db.selectFrom('reportFiles').selectAll().orderBy('place').execute();
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['waiting', 'as it came'],
  );
  const officer = await withYes.application.signIn(withYes.application.readers.police);
  await officer.post(`/staff/report-files/${rows[0]?.id}/clean`, {});
  const after = await withYes.application.db
    .selectFrom('reportFiles')
    .selectAll()
    .orderBy('place')
    .executeTakeFirstOrThrow();
  assert.equal(after.state, 'ready');
  assert.ok(after.sealedKey);
  assert.equal((await lying(withYes.application, 'waiting')).length, 2);
});

test('a report with a file is sent while the store of files is away, and the file is read when it is back', async (t) => {
  const server = await openObjectServer(t);
  const application = await openAttended(t, { environment: server.environment });
  const walker = await toFiles(application);
  await bring(walker, [await photo()], { press: 'files' });
  assert.match(walker.shown().body, /IMG_20260917_221000/);
  for (const [name, { bytes }] of server.store.objects) {
    assert.match(name, /^unit\/waiting\/[\da-f-]{36}$/);
    for (const word of [secret, 'Exif']) assert.ok(!bytes.includes(word), word);
  }
  await server.stop();
  await bring(walker, [new File([await plainJpeg()], 'second.jpg')], { press: 'files' });
  assert.match(walker.shown().body, /second\.jpg/, 'the page says that it was not kept');
  await onward(walker);
  assert.match(walker.shown().body, /One file goes with it/);
  await server.start();
  const officer = await application.signIn(application.readers.police);
  const [, report = ''] = /\/staff\/reports\/([\da-f-]{36})/.exec((await officer.get('/staff/reports')).body) ?? [];
  const page = await officer.get(`/staff/reports/${report}`);
  const [, file = ''] = /\/staff\/report-files\/([\da-f-]{36})/.exec(page.body) ?? [];
  const { filesPlace } = application;
  if (typeof filesPlace !== 'string') await openObjectStore(filesPlace).check();
  assert.equal((await officer.post(`/staff/report-files/${file}/clean`, {})).statusCode, 303);
  assert.equal((await officer.get(`/staff/report-files/${file}/copy`)).headers['content-type'], 'image/jpeg');
  assert.deepEqual(
    [...server.store.objects.keys()].map((name) => name.split('/')[1]),
    ['police'],
    'as it came it is gone',
  );
});

test('files of the support side are closed to police, by page and by copy', async (t) => {
  const { application } = await told(t, [await photo()], {}, 'me');
  const { id } = await application.safeguardingDb.selectFrom('reportFiles').select('id').executeTakeFirstOrThrow();
  assert.equal((await application.db.selectFrom('reportFiles').selectAll().execute()).length, 0);
  const officer = await application.signIn(application.readers.police);
  for (const address of [`/staff/report-files/${id}`, `/staff/report-files/${id}/copy`])
    assert.equal((await officer.get(address)).statusCode, 404);
  for (const address of [`/staff/safeguarding/report-files/${id}`, `/staff/safeguarding/report-files/${id}/copy`])
    assert.equal((await officer.get(address)).statusCode, 403);
  const adviser = await application.signIn(application.readers.help);
  assert.equal((await adviser.post(`/staff/safeguarding/report-files/${id}/clean`, {})).statusCode, 303);
  assert.equal(
    (await adviser.get(`/staff/safeguarding/report-files/${id}/copy`)).headers['content-type'],
    'image/jpeg',
  );
});

test('what cannot be kept is said in place, nothing typed is lost, and the report goes on', async (t) => {
  const application = await openAttended(t);
  const walker = await toFiles(application);
  const large = new File([await plainJpeg(), Buffer.alloc(50 * 1024 * 1024)], 'film.jpg');
  const refused: readonly (readonly [File, RegExp])[] = [
    [
      new File(['<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'], 'x.svg'),
      /x\.svg was not kept: it is no photo/,
    ],
    [new File(['MZ\x90\0\x03'], 'x.exe'), /x\.exe was not kept/],
    [
      new File([await plainJpeg(), 'PK\x05\x06', Buffer.alloc(18)], 'both.jpg'),
      /both\.jpg was not kept: it is two kinds/,
    ],
    [new File([await plainJpeg(), '<script>alert(1)</script>'], 'page.jpg'), /page\.jpg was not kept: it is two kinds/],
    [large, /film\.jpg is larger than 50 MB/],
  ];
  for (const [file, words] of refused) {
    const page = await bring(walker, [file], { press: 'next' });
    assert.equal(page.statusCode, 422);
    assert.match(page.body, words);
  }
  assert.deepEqual(await lying(application, 'waiting'), []);
  const many = await Promise.all(Array.from({ length: 12 }, () => photo()));
  assert.match((await bring(walker, many, { press: 'next' })).body, /there are 10 already/);
  assert.equal((await lying(application, 'waiting')).length, 10);
  const [, gone = ''] = /value="without ([\da-f-]{36})"/.exec(walker.shown().body) ?? [];
  await bring(walker, [], { press: `without ${gone}` });
  assert.equal((await lying(application, 'waiting')).includes(gone), false);
  await onward(walker);
  const officer = await application.signIn(application.readers.police);
  assert.match((await officer.get('/staff/reports')).body, /Report/);
  assert.equal((await application.db.selectFrom('reportFiles').select('id').execute()).length, 9);
});

test('without a live draft, a live step or from a page of another site no file is taken in', async (t) => {
  const application = await openAttended(t);
  const walker = await toFiles(application);
  const { step: _step, ...shown } = readFormValues(walker.shown().body);
  for (const more of [{ draft: 'x'.repeat(43) }, { step: 'none' }, { to: '/report/return' }]) {
    const other = await startJourney(application.app);
    await other.postFiles('/report', { ...shown, ...more }, [await photo()]);
  }
  const form = new FormData();
  form.append('to', '/report');
  form.append('files', await photo());
  const sent = new Response(form);
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, {}])
    await application.app.inject({
      method: 'POST',
      url: privateEntrance,
      payload: Buffer.from(await sent.clone().arrayBuffer()),
      headers: { 'content-type': sent.headers.get('content-type') ?? '', ...headers } as never,
    });
  assert.deepEqual(await lying(application, 'waiting'), []);
});

test('what is left behind is swept, what is left on purpose goes at once, and what was sent is kept', async (t) => {
  const application = await openAttended(t);
  const sent = await toFiles(application);
  await bring(sent, [await photo()]);
  await onward(sent);
  const leaver = await toFiles(application);
  await bring(leaver, [await photo()], { press: 'files' });
  assert.equal((await lying(application, 'waiting')).length, 2);
  await leaver.post('/report/leave', { draft: readFormValues(leaver.shown().body).draft ?? '' });
  assert.equal((await lying(application, 'waiting')).length, 1);
  await bring(await toFiles(application), [await photo()], { press: 'files' });
  const sweep = () =>
    runChore(application.databases, application.clock, {
      name: 'sweep',
      everySeconds: 1,
      run: sweepFiles(application.config.filesFolder, application.databases),
    });
  await sweep();
  assert.equal((await lying(application, 'waiting')).length, 2, 'a draft may still bring it');
  application.clock.move(new Date(application.clock.now().getTime() + 5 * 3_600_000));
  await sweep();
  assert.deepEqual(await lying(application, 'waiting'), []);
  assert.equal((await lying(application, 'police')).length, 1);
  const { id } = await application.db.selectFrom('reportFiles').select('id').executeTakeFirstOrThrow();
  assert.deepEqual(await lying(application, 'police'), [id]);
  const sweepLines = () =>
    runChore(application.databases, application.clock, {
      name: 'sweep destroyed files',
      everySeconds: 1,
      run: sweepDestroyed(application.config.filesFolder, application.databases),
    });
  application.clock.move(new Date(application.clock.now().getTime() + 5 * 3_600_000));
  await sweepLines();
  assert.deepEqual(await lying(application, 'police'), [id], 'a report has it');
  await application.db.deleteFrom('reportFiles').execute();
  await sweepLines();
  assert.deepEqual(await lying(application, 'police'), [], 'its report was destroyed');
  assert.equal(intakeLines.length, 2);
});
