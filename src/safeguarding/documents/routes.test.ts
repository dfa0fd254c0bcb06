import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { reads } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const at = (id: string): string => `/staff/safeguarding/people/${id}/documents`;
const photo = async () =>
  withParts(await plainJpeg(), exifOf({ make: 'Inventaphone', place: [51.9, 0.2], at: '2026:09:17 22:14:03' }));
const said = (more: Record<string, string> = {}) => ({
  called: 'Letter of the clinic',
  item: 'papers about health',
  id: newTimelessId(),
  ...more,
});
const lying = async (filesFolder: string, room: string): Promise<string[]> =>
  readdir(join(filesFolder, room)).catch(() => []);

test('seals a photo of a document, shows a clean copy without the camera’s data, deletes it, and logs each view', async (t) => {
  const { signIn, caseworker, colleague, person, config, safeguardingDb } = await aWalkIn(t);
  const her = await signIn(caseworker);
  const form = await her.get(`${at(person.id)}/new`);
  assert.match(form.body, /enctype="multipart\/form-data"/);
  assert.ok(
    form.body.indexOf('name="_csrf"') < form.body.indexOf('type="file"'),
    'what is asked stands before the file',
  );
  const content = await photo();
  const answers = said();
  const added = await her.upload(`${at(person.id)}/new`, answers, { name: 'IMG_0417.jpg', content });
  assert.equal(added.headers.location, at(person.id), plain(added.body));

  assert.deepEqual(await lying(config.filesFolder, 'waiting'), [], 'as it came it is gone');
  const [file] = await lying(config.filesFolder, 'papers');
  const onDisk = await readFile(join(config.filesFolder, 'papers', file ?? ''));
  for (const part of ['Inventaphone', 'JFIF', 'IMG_0417']) assert.ok(!onDisk.includes(part), part);
  const rows = JSON.stringify(await safeguardingDb.selectFrom('personDocuments').selectAll().execute());
  for (const word of ['Letter of the clinic', 'IMG_0417']) assert.ok(!rows.includes(word), `${word} lies open`);

  const list = await her.get(at(person.id));
  assert.match(plain(list.body), /Letter of the clinic .*photo .*Documents about health .*by Officer Cas Worker/);
  const [, paper = ''] = /\/staff\/safeguarding\/documents\/([0-9a-f-]{36})/.exec(list.body) ?? [];
  assert.equal(paper, answers.id);
  const other = await signIn(colleague);
  await reads(other, `/staff/safeguarding/documents/${paper}`, /Letter of the clinic/);
  const copy = await other.get(`/staff/safeguarding/documents/${paper}/copy?part=1`);
  assert.equal(copy.headers['content-type'], 'image/jpeg');
  assert.match(String(copy.headers['content-security-policy']), /^sandbox; default-src 'none'/);
  assert.ok(copy.rawPayload.length > 500 && !copy.rawPayload.includes('Inventaphone'));
  assert.equal((await other.get(`/staff/safeguarding/documents/${paper}/copy?part=2`)).statusCode, 404);
  const trail = await safeguardingDb
    .selectFrom('accessLog')
    .select(['event', 'memberId', 'fields'])
    .where('subject', '=', paper)
    .where('kind', '<>', 'refusal')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    trail.map(({ event, memberId, fields }) => [event, memberId, fields]),
    [
      ['paper.added', caseworker.id, ['called', 'what', 'group', 'content']],
      ['paper.shown', colleague.id, ['called', 'what', 'group']],
      ['paper.shown', colleague.id, ['content']],
    ],
  );
});

test('adds a document once when its form is sent twice', async (t) => {
  const { signIn, caseworker, person, config, safeguardingDb } = await aWalkIn(t);
  const her = await signIn(caseworker);
  const answers = said();
  const file = { name: 'a.jpg', content: await photo() };
  for (let times = 0; times < 2; times += 1)
    assert.equal((await her.upload(`${at(person.id)}/new`, answers, file)).statusCode, 303);
  assert.equal((await safeguardingDb.selectFrom('personDocuments').selectAll().execute()).length, 1);
  assert.equal((await lying(config.filesFolder, 'papers')).length, 1);
});

test('refuses harmful, damaged and unconvertible files with an explanation, and keeps nothing of them', async (t) => {
  const { signIn, caseworker, person, config, safeguardingDb } = await aWalkIn(t);
  const her = await signIn(caseworker);
  const jpeg = await photo();
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['a program', Buffer.from('MZ\x90\0\x03\0\0\0'), /not kept: it is no photo, PDF or film/],
    ['a page that runs', Buffer.from('<html><script>alert(1)</script>'), /not kept: it is no photo, PDF or film/],
    [
      'a picture that is a page too',
      Buffer.concat([jpeg, Buffer.from('<script>x</script>')]),
      /two kinds of file at once/,
    ],
    ['half a picture', jpeg.subarray(0, 700), /it is damaged, or not what it says it is\. Take a photo of it/],
    ['words alone', Buffer.from('A letter, as text'), /no clean copy can be made of its kind\. Take a photo/],
    ['nothing', new Uint8Array(0), /it is empty/],
  ];
  for (const [what, content, words] of cases) {
    const answer = await her.upload(`${at(person.id)}/new`, said(), { name: 'x.jpg', content });
    assert.equal(answer.statusCode, 422, what);
    assert.match(plain(answer.body), words, what);
    assert.match(answer.body, /Letter of the clinic/, 'what was typed comes back');
  }
  assert.match(plain((await her.upload(`${at(person.id)}/new`, said(), undefined)).body), /Select a file/);
  assert.match(plain((await her.post(`${at(person.id)}/new`, said())).body), /Select a file/);
  const unnamed = await her.upload(`${at(person.id)}/new`, said({ called: '' }), { name: 'x.jpg', content: jpeg });
  assert.match(plain(unnamed.body), /Write what it is.*Choose the file again/);
  for (const room of ['waiting', 'papers']) assert.deepEqual(await lying(config.filesFolder, room), [], room);
  assert.equal((await safeguardingDb.selectFrom('personDocuments').selectAll().execute()).length, 0);
});

test('accepts a file only from a member who may add it, with the token of their own form', async (t) => {
  const { signIn, caseworker, elsewhere, officer, person, config, clock, keys, safeguardingDb, app } = await aWalkIn(t);
  const file = { name: 'a.jpg', content: await photo() };
  for (const [who, status] of [
    [elsewhere, 404],
    [officer, 403],
  ] as const) {
    const answer = await (await signIn(who)).upload(`${at(person.id)}/new`, said(), file);
    assert.equal(answer.statusCode, status, who.name);
  }
  const her = await signIn(caseworker);
  const forged = await her.upload(`${at(person.id)}/new`, { ...said(), _csrf: 'forged' }, file);
  assert.ok(forged.statusCode >= 400 && forged.statusCode < 500);
  const nobody = new FormData();
  nobody.append('file', new Blob([new Uint8Array(file.content)]), 'a.jpg');
  const sent = new Response(nobody);
  const outside = await app.inject({
    method: 'POST',
    url: `${at(person.id)}/new`,
    payload: Buffer.from(await sent.arrayBuffer()),
    headers: { 'content-type': sent.headers.get('content-type') ?? '' },
  });
  assert.ok(outside.statusCode >= 300 && outside.statusCode < 500);
  const theirs = await addPerson(safeguardingDb, keys, elsewhere, clock.now());
  assert.equal((await her.upload(`${at(theirs.id)}/new`, said(), file)).statusCode, 404);
  for (const room of ['waiting', 'papers']) assert.deepEqual(await lying(config.filesFolder, room), [], room);
});
