import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import exifr from 'exifr';
import { exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { reads, readsNo } from '../../../test/harness/browsing.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { setContext } from '../../platform/database/database.ts';
import { newTimelessId, type VisitId } from '../../vocabulary/ids.ts';
import { addVisit } from '../examples.ts';
import { addPhoto } from './examples.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const camera = { make: 'Inventaphone', place: [51.9, 0.2], at: '2026:09:18 10:35:03' } as const;
const photo = async () => withParts(await plainJpeg(), exifOf({ ...camera, place: [51.9, 0.2] }));
const said = (more: Record<string, string> = {}) => ({
  caption: 'Three mattresses on the floor',
  room: 'Back room',
  id: newTimelessId(),
  ...more,
});
const why = { reason: 'A person can be seen in the mirror' };
const stored = (folder: string, group = 'visits'): Promise<string[]> => readdir(join(folder, group)).catch(() => []);

async function underWay(t: Parameters<typeof aTeam>[0]) {
  const application = await aTeam(t);
  const { signIn, officer, planned } = application;
  const team = await signIn(officer);
  const page = `/staff/visits/${planned.id}`;
  assert.equal((await team.post(`${page}/arrive`, arrival([officer]))).statusCode, 303);
  return { ...application, visitor: team, page };
}

test('a team adds a photo of a room: the page warns of people, the camera opens, and the copy says neither place nor time', async (t) => {
  const { visitor, page, config, signIn, adviser, planner, officer, db } = await underWay(t);
  await reads(visitor, page, /Add a photo of a room or object/);
  const form = await visitor.get(`${page}/photos/new`);
  assert.match(plain(form.body), /Photograph rooms and objects only\. Do not photograph people here/);
  assert.match(form.body, /type="file" accept="image\/jpeg,image\/png,image\/webp" capture="environment"/);
  const content = await photo();
  assert.ok((await exifr.parse(content))?.Make, 'the photo says which phone took it');
  const answers = said();
  const added = await visitor.upload(`${page}/photos/new`, answers, { name: 'IMG_1.jpg', content });
  assert.equal(added.headers.location, `${page}#photos`, plain(added.body));
  assert.deepEqual(await stored(config.filesFolder, 'waiting'), [], 'as it came it is gone');
  await reads(visitor, page, /Photos of rooms and objects .*Three mattresses on the floor .*Back room/);

  const here = `/staff/visit-photos/${answers.id}`;
  for (const who of [adviser, planner]) {
    const reader = await signIn(who);
    await reads(reader, here, /Three mattresses on the floor .*As long as the record of the visit/);
    const copy = await reader.get(`${here}/copy?part=1`);
    assert.equal(copy.headers['content-type'], 'image/jpeg');
    assert.match(String(copy.headers['content-security-policy']), /^sandbox; default-src 'none'/);
    assert.ok(copy.rawPayload.length > 500 && !copy.rawPayload.includes('Inventaphone'));
    assert.equal(await exifr.parse(copy.rawPayload).catch(() => undefined), undefined);
  }
  await readsNo(await signIn(planner), here, /Remove the photo/);
  const trail = await db
    .selectFrom('accessLog')
    .select(['event', 'memberId', 'fields'])
    .where('subject', '=', answers.id)
    .where('kind', '<>', 'refusal')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    trail.slice(0, 3).map(({ event, memberId, fields }) => [event, memberId, fields]),
    [
      ['visit photo.added', officer.id, ['caption', 'room', 'content']],
      ['visit photo.shown', adviser.id, ['caption', 'room']],
      ['visit photo.shown', adviser.id, ['content']],
    ],
  );
});

test('only the team of the visit adds photos, and immigration officers who are kept out see none', async (t) => {
  const { db, keys, operation, team, officer, force, member, agency, signIn, planner } = await underWay(t);
  const shut = await addPremises(db, operation, { name: 'Shut Door', immigrationEntry: 'not present' });
  const visit = await addVisit(db, await addPlannedVisit(db, shut, team), officer);
  const taken = await addPhoto(db, keys, visit, officer);
  const other = await member(force, ['field', 'enforcement'], 'Uma Other');
  await letIn(db, operation, other, { team: await addTeam(db, operation, { name: 'Team 2' }) });
  const border = await member(await agency('immigration'), ['field', 'enforcement'], 'Lena Border');
  await letIn(db, operation, border, { team });
  for (const [who, read, adds] of [
    [officer, 200, 200],
    [planner, 200, 403],
    [other, 404, 404],
    [border, 404, 404],
  ] as const) {
    const at = await signIn(who);
    assert.equal((await at.get(`/staff/visit-photos/${taken.id}`)).statusCode, read, who.name);
    assert.equal((await at.get(`/staff/visits/${visit.id}/photos/new`)).statusCode, adds, who.name);
    if (who !== officer)
      assert.ok((await at.post(`/staff/visit-photos/${taken.id}/remove`, why)).statusCode >= 400, who.name);
  }
  assert.equal((await db.selectFrom('visitPhotos').select('id').execute()).length, 1);
});

test('a photo that is sent twice is kept once, and is removed once with its copy', async (t) => {
  const { visitor, page, config, db } = await underWay(t);
  const answers = said();
  const file = { name: 'a.jpg', content: await photo() };
  for (let times = 0; times < 2; times += 1)
    assert.equal((await visitor.upload(`${page}/photos/new`, answers, file)).statusCode, 303);
  assert.equal((await stored(config.filesFolder)).length, 1);
  await submitTwice(visitor, `/staff/visit-photos/${answers.id}/remove`, why, { db, table: 'visit_photos', more: -1 });
  assert.deepEqual(await stored(config.filesFolder), []);
});

/** Ends the visit, as after its last page. */
const finish = (
  { db, clock }: Pick<Awaited<ReturnType<typeof aTeam>>, 'db' | 'clock'>,
  { id }: { readonly id: VisitId },
) =>
  db.transaction().execute(async (tx) => {
    await setContext(tx, { now: clock.now() });
    const ended = { leftAt: clock.now(), finishedAt: clock.now(), basis: 'consent' };
    await tx.updateTable('visits').set(ended).where('id', '=', id).execute();
  });

test('who took a photo removes it, or who leads the team or commands for the same agency; no other agency does', async (t) => {
  const { db, keys, operation, team, officer, adviser, planned, force, member, agency, signIn } = await underWay(t);
  const border = await member(await agency('immigration'), ['field', 'enforcement'], 'Bo Border');
  const colleague = await member(force, ['field', 'enforcement'], 'Uma Colleague');
  const leader = await member(force, ['field', 'enforcement'], 'Lee Leader');
  const commander = await member(force, ['commander'], 'Cas Commander');
  for (const one of [border, colleague, leader]) await letIn(db, operation, one, { team });
  await letIn(db, operation, commander);
  await db.updateTable('teams').set({ leadId: leader.id }).where('id', '=', team.id).execute();
  for (const [taker, remover, status] of [
    [officer, adviser, 403],
    [officer, border, 403],
    [officer, colleague, 403],
    [adviser, leader, 403],
    [adviser, commander, 403],
    [adviser, adviser, 303],
    [officer, officer, 303],
    [officer, leader, 303],
    [officer, commander, 303],
  ] as const) {
    const label = `${remover.name} removes what ${taker.name} took`;
    const { id } = await addPhoto(db, keys, planned, taker);
    const at = await signIn(remover);
    const page = `/staff/visit-photos/${id}`;
    assert.equal(/>\s*Remove the photo\s*</.test((await at.get(page)).body), status === 303, label);
    assert.equal((await at.get(`${page}/remove`)).statusCode, status === 303 ? 200 : 403, label);
    assert.equal((await at.post(`${page}/remove`, why)).statusCode, status, label);
    assert.equal((await at.get(page)).statusCode, status === 303 ? 404 : 200, label);
  }
});

test('a photo goes with a reason that the log keeps, and not once the visit is finished', async (t) => {
  const { db, keys, planned, clock, officer, visitor, page } = await underWay(t);
  const [first, second] = [await addPhoto(db, keys, planned, officer), await addPhoto(db, keys, planned, officer)];
  const remove = (photo: { readonly id: string }) => `/staff/visit-photos/${photo.id}/remove`;
  const without = await visitor.post(remove(first), { reason: ' ' });
  assert.equal(without.statusCode, 422);
  assert.match(plain(without.body), /Enter why the photo must go/);
  assert.equal((await visitor.post(remove(first), why)).statusCode, 303);
  const kept = await db
    .selectFrom('accessLog')
    .select(['memberId', 'kind', 'reason'])
    .where('subject', '=', first.id)
    .where('event', '=', 'visit photo.removed')
    .execute();
  assert.deepEqual(kept, [{ memberId: officer.id, kind: 'erasure', reason: why.reason }]);
  await finish({ db, clock }, planned);
  const words = /This visit is finished\. To add or remove a photo, open the visit again first/;
  for (const address of [remove(second), `${page}/photos/new`]) await reads(visitor, address, words);
  const late = await visitor.post(remove(second), why);
  assert.equal(late.statusCode, 422);
  assert.match(plain(late.body), words);
  assert.equal((await db.selectFrom('visitPhotos').select('id').execute()).length, 1);
});

test('refuses a film, a document and a form that is not complete, before the arrival and after the end', async (t) => {
  const { visitor, page, planned, config, db, signIn, officer, clock } = await underWay(t);
  const form = `${page}/photos/new`;
  const cases: readonly (readonly [Record<string, string>, Uint8Array, RegExp])[] = [
    [said(), Buffer.from('%PDF-1.7 a letter'), /it is no photo\. Take a photo/],
    [said(), Buffer.from('<html><script>alert(1)</script>'), /it is no photo, PDF or film/],
    [
      said({ caption: '', room: '' }),
      await photo(),
      /Enter what the photo shows .*Enter the room .*Choose the file again/,
    ],
  ];
  for (const [answers, content, words] of cases) {
    const refused = await visitor.upload(form, answers, { name: 'x', content });
    assert.equal(refused.statusCode, 422);
    assert.match(plain(refused.body), words);
  }
  const later = await addPlannedVisit(db, await addPremises(db, { id: planned.operationId }), { id: planned.teamId });
  assert.equal((await (await signIn(officer)).get(`/staff/visits/${later.id}/photos/new`)).statusCode, 404);
  await finish({ db, clock }, planned);
  const late = await visitor.upload(form, said(), { name: 'a.jpg', content: await photo() });
  assert.equal(late.statusCode, 422, plain(late.body));
  for (const group of ['waiting', 'visits']) assert.deepEqual(await stored(config.filesFolder, group), [], group);
});
