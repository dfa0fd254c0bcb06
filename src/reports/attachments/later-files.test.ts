import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { dbOf, inWords, openAttended } from '../../../test/fixtures/attended-reports.ts';
import { exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { languages } from '../../public/languages/index.ts';
import { type JourneyVisitor, startJourney } from '../../public/private-journey/visitor.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { addFile, addWords } from '../examples.ts';
import { newReceipt } from '../mailbox/receipt.ts';
import { answerBytes } from '../mailbox/routes.ts';
import { readFormValues } from '../visitor.ts';
import { maxFilesPerReport } from './store.ts';

const secret = 'Kiln Row 44';
const photo = async (name = 'IMG_20260917_221000.jpg'): Promise<File> =>
  new File(
    [withParts(await plainJpeg(), exifOf({ make: secret, place: [51.75, 0.34], at: '2026:09:17 22:10:00' }))],
    name,
    { type: 'image/jpeg' },
  );
const voice = new File([Buffer.from('ID3'), Buffer.alloc(9_000, 7), Buffer.from(secret)], 'voice of Ira.mp3');

type AttendedApplication = Awaited<ReturnType<typeof openAttended>>;

async function comeIn(application: AttendedApplication, list: string, language = 'en'): Promise<JourneyVisitor> {
  const walker = await startJourney(application.app, language);
  await walker.go('/report/return');
  await walker.post('/report/return', { press: 'begin' });
  const { step: _step, ...shown } = readFormValues(walker.shown().body);
  await walker.post('/report/return', { ...shown, list, press: 'open' });
  return walker;
}

const bring = (walker: JourneyVisitor, files: readonly File[], more: Record<string, string> = {}) => {
  const { step: _step, files: _files, ...shown } = readFormValues(walker.shown().body);
  return walker.postFiles('/report/return', { ...shown, press: 'add', ...more }, files);
};

const lying = async (application: AttendedApplication): Promise<string[]> =>
  readdir(join(application.config.filesFolder, 'waiting')).catch(() => []);

/** Without what differs from page to page. */
const bare = (html: string): string =>
  html
    .replaceAll(/value="[\w-]{40,}"/g, 'value=""')
    .replaceAll(/name="step" value="[^"]*"/g, '')
    .replace(/<!--[\s\S]*-->/, '');

for (const line of ['police', 'help'] as const)
  test(`on the ${line} line a photo that is added later is sealed as it comes, reopens the report, and the mailbox says no word of it`, async (t) => {
    const application = await openAttended(t);
    const told = await application.told(line, { state: 'closed' });
    const walker = await comeIn(application, inWords(told.receipt));
    const before = bare(walker.shown().body);
    assert.match(before, /Do you have photos or files\?[\s\S]*do not photograph or film anybody/);
    assert.match((await bring(walker, [await photo()])).body, /It was added/);
    const after = walker.shown().body;
    assert.doesNotMatch(bare(after), /IMG_2026|photo 1|jpg|One file/);
    assert.equal(bare(after).replace(/<div class="govuk-inset-text" role="status">.*?<\/div>\n?/, ''), before);
    assert.equal(
      bare((await comeIn(application, inWords(told.receipt))).shown().body),
      before,
      'nor when one comes again',
    );
    await bring(walker, [await photo()], { words: 'And this is the van' });

    const [first = ''] = await lying(application);
    const onDisk = await readFile(join(application.config.filesFolder, 'waiting', first));
    for (const word of [secret, 'Exif', 'IMG_2026']) assert.equal(onDisk.includes(Buffer.from(word)), false, word);
    const reader = await application.signIn(application.readers[line]);
    assert.match((await reader.get(reportPaths[line].queue())).body, /Not answered/i);
    const page = (await reader.get(reportPaths[line].report(told.id))).body;
    assert.match(
      page,
      /photo 1[\s\S]*Added later, in the hour after 12:00 on 18 September 2026|photo 1[\s\S]*added later/,
    );
    assert.match(page, /And this is the van/);
    assert.doesNotMatch(page, /IMG_2026/);
    const { id } = await dbOf(application, line)
      .selectFrom('reportFiles')
      .select('id')
      .orderBy('place')
      .executeTakeFirstOrThrow();
    const at = reportPaths[line].file(id);
    assert.equal((await reader.post(`${at}/clean`)).statusCode, 303);
    assert.equal((await reader.get(`${at}/copy`)).headers['content-type'], 'image/jpeg');
    assert.equal((await lying(application)).includes(id as string), false, 'the file as it came is gone');
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from access_log
      where event = 'report.files added' and subject = ${told.id}`.execute(dbOf(application, line));
    assert.equal(rows[0]?.n, 2);
  });

test('what cannot be kept is said in the words of the telling; what has no clean copy goes only with a yes', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('police');
  const walker = await comeIn(application, inWords(told.receipt));
  const program = new File(['MZ\x90\0\x03'], 'x.exe');
  const double = new File([await plainJpeg(), '<script>alert(1)</script>'], '<b>page.jpg');
  const large = new File([await plainJpeg(), Buffer.alloc(50 * 1024 * 1024)], 'film.jpg');
  const answer = await bring(walker, [program, double, large, await photo()]);
  assert.equal(answer.statusCode, 200);
  assert.match(answer.body, /x\.exe was not kept: it is no photo/);
  assert.match(answer.body, /&lt;b&gt;page\.jpg was not kept: it is two kinds/);
  assert.match(answer.body, /film\.jpg is larger than 50 MB/);
  assert.match(answer.body, /It was added/);
  assert.equal((await lying(application)).length, 1);
  const none = await bring(walker, [voice]);
  assert.match(none.body, /One file was destroyed and not sent/);
  assert.doesNotMatch(none.body, /It was added|Nothing was written/);
  assert.equal((await lying(application)).length, 1);
  assert.match((await bring(walker, [])).body, /Nothing was written yet/);
  assert.match((await bring(walker, [voice], { originals: 'yes' })).body, /It was added/);
  const rows = await application.db.selectFrom('reportFiles').selectAll().orderBy('place').execute();
  assert.deepEqual(
    rows.map(({ place, state, keepsOriginal }) => [place, state, keepsOriginal]),
    [
      [10, 'waiting', false],
      [11, 'as it came', true],
    ],
  );
  const reader = await application.signIn(application.readers.police);
  assert.match((await reader.get(`/staff/reports/${told.id}`)).body, /voice of Ira\.mp3[\s\S]*Export the file, sealed/);
  const many = await Promise.all(Array.from({ length: 12 }, (_, index) => photo(`p${index}.jpg`)));
  assert.match(
    (await bring(walker, many)).body,
    /It was added[\s\S]*p10\.jpg, p11\.jpg was not kept: there are 10 already/,
  );
});

test('with files or without, known or not, every answer has one status and one length, and only a receipt that opens a report adds a file', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('help');
  const gone = await application.told('police');
  const answers = new Set<string>();
  const seen = ({ statusCode, rawPayload, headers }: ReturnType<JourneyVisitor['shown']>): void => {
    answers.add(`${statusCode} ${rawPayload.length} ${Object.keys(headers).sort()}`);
  };
  const left = await comeIn(application, inWords(gone.receipt));
  const other = await comeIn(application, inWords(gone.receipt));
  const { step: _step, files: _files, ...shown } = readFormValues(other.shown().body);
  await other.post('/report/return', { ...shown, press: 'withdraw' });
  seen(other.shown());
  seen(await bring(left, [await photo()], { words: 'More' }));
  assert.match(left.shown().body, /This opens nothing/);
  for (const list of [inWords(newReceipt()), 'three onions', '']) {
    const walker = await comeIn(application, list);
    seen(walker.shown());
    seen(await bring(walker, [await photo(), voice], { originals: 'yes', words: 'More' }));
    assert.match(walker.shown().body, /This opens nothing/);
  }
  assert.deepEqual(await lying(application), []);
  const known = await comeIn(application, inWords(told.receipt));
  seen(known.shown());
  for (const files of [[await photo()], [voice], [new File([''], 'empty.txt')], []]) seen(await bring(known, files));
  assert.deepEqual([...answers].length, 1, [...answers].join(' | '));
  assert.match([...answers].join(), new RegExp(`^200 ${answerBytes} `));
  assert.equal((await lying(application)).length, 1);
  assert.equal((await application.db.selectFrom('reportFiles').select('id').execute()).length, 0);
});

test('the longest page that there can be fits in every language', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('police');
  await addWords(
    application.db,
    'police',
    told,
    { kind: 'asked', place: 1, words: '"'.repeat(1_000), at: application.clock.now() },
    application.readers.police,
  );
  const long = (ending: string, at: number) => `${'"'.repeat(140)}${at}${ending}`;
  const files = [
    ...Array.from({ length: 4 }, (_, at) => new File(['MZ\x90\0'], long('.exe', at))),
    new File([''], long('.txt', 0)),
    new File([await plainJpeg(), '<script>'], long('.jpg', 1)),
    ...(await Promise.all(Array.from({ length: 12 }, (_, at) => photo(long('.jpg', at))))),
    voice,
  ];
  let least = answerBytes;
  for (const { code } of languages) {
    const walker = await comeIn(application, inWords(told.receipt), code);
    const page = await bring(walker, files, { words: 'More' });
    assert.equal(page.statusCode, 200, code);
    assert.equal(page.rawPayload.length, answerBytes, code);
    const left = answerBytes - Buffer.byteLength(page.body.replace(/<!--[\w-]*-->$/, ''));
    least = Math.min(least, left);
  }
  t.diagnostic(`at least ${least} bytes are left`);
  assert.ok(least > 1_000, `${least} bytes are left`);
});

test('how many files came with the report does not show in how many can be added', async (t) => {
  const application = await openAttended(t);
  const added: number[] = [];
  for (const told of [0, 1, 10]) {
    const report = await application.told('police');
    for (let place = 9; place > 9 - told; place -= 1) {
      const id = await addFile(application.db, application.keys, 'police', report.id);
      await sql`update report_files set place = ${place} where id = ${id}`.execute(application.db);
    }
    const walker = await comeIn(application, inWords(report.receipt));
    await bring(walker, [await photo()]);
    const { rows } = await sql<{ place: number }>`
      select place from report_files where report_id = ${report.id} and added_with is not null`.execute(application.db);
    added.push(...rows.map(({ place }) => place));
  }
  assert.deepEqual(added, [10, 10, 10]);
});

test('a press that is sent twice keeps its files once; a report takes ninety later and then no more', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('police');
  const walker = await comeIn(application, inWords(told.receipt));
  const { step: _step, files: _files, ...shown } = readFormValues(walker.shown().body);
  const step = /name="step" value="([^"]+)"/.exec(walker.shown().body)?.[1] ?? '';
  const send = async () => {
    const form = new FormData();
    const fields = { to: '/report/return', way: 'post', language: 'en', step, ...shown };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('files', await photo());
    form.append('press', 'add');
    const sent = new Response(form);
    return application.app.inject({
      method: 'POST',
      url: privateEntrance,
      payload: Buffer.from(await sent.arrayBuffer()),
      headers: { 'content-type': sent.headers.get('content-type') ?? '', 'sec-fetch-site': 'same-origin' },
    });
  };
  for (let time = 0; time < 2; time += 1) assert.match((await send()).body, /It was added/);
  assert.equal((await application.db.selectFrom('reportFiles').select('id').execute()).length, 1);
  assert.equal((await lying(application)).length, 1);
  await sql`update report_files set place = ${maxFilesPerReport - 1}`.execute(application.db);
  const later = await comeIn(application, inWords(told.receipt));
  assert.match((await bring(later, [await photo('last.jpg')])).body, /last\.jpg could not be kept just now/);
  assert.equal((await lying(application)).length, 1);
});
