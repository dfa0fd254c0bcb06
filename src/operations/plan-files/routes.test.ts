import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import exifr from 'exifr';
import { pdfOf } from '../../../test/assurance/platform/files/material.ts';
import { exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { reads, readsNo } from '../../../test/harness/browsing.ts';
import { submitTwice } from '../../../test/harness/pressed-twice.ts';
import { sweepGroup } from '../../platform/files/stored-copies.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPlannedVisit, addPremises, addTeam, letIn } from '../plan/examples.ts';
import { addPlanFile } from './examples.ts';
import { filterKeptFiles } from './store.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const photo = async () =>
  withParts(await plainJpeg(), exifOf({ make: 'Inventaphone', place: [51.9, 0.2], at: '2026:09:17 22:14:03' }));
const said = (more: Record<string, string> = {}) => ({
  title: 'Ground floor',
  kind: 'site plan',
  id: newTimelessId(),
  ...more,
});
const stored = (folder: string, group = 'plans'): Promise<string[]> => readdir(join(folder, group)).catch(() => []);
const twoPages = pdfOf([
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
]);
const idIn = (body: string): string => /\/staff\/plan-files\/([0-9a-f-]{36})/.exec(body)?.[1] ?? '';

test('a planner adds a file to premises; the team reads a clean copy without the camera’s data, and each view is logged', async (t) => {
  const { signIn, planner, officer, premises, planned, config, db } = await aTeam(t);
  const plans = await signIn(planner);
  const page = `/staff/premises/${premises.id}`;
  await reads(plans, page, /Files .*No files yet\. Add a risk assessment or a site plan/);
  const content = await photo();
  assert.equal((await exifr.gps(content))?.latitude.toFixed(1), '51.9', 'the photo says where it was taken');
  const answers = said();
  const added = await plans.upload(`${page}/files/new`, answers, { name: 'IMG_0417.jpg', content });
  assert.equal(added.headers.location, `${page}#files`, plain(added.body));
  await reads(plans, page, /Ground floor .*Site plan .*photo/);
  assert.deepEqual(await stored(config.filesFolder, 'waiting'), [], 'as it came it is gone');
  const [file = ''] = await stored(config.filesFolder);
  const onDisk = await readFile(join(config.filesFolder, 'plans', file));
  for (const part of ['Inventaphone', 'JFIF']) assert.ok(!onDisk.includes(part), part);

  const team = await signIn(officer);
  const visit = await team.get(`/staff/visits/${planned.id}`);
  assert.match(plain(visit.body), /Files about the place .*Ground floor/);
  assert.equal(idIn(visit.body), answers.id);
  await reads(team, `/staff/plan-files/${answers.id}`, /Ground floor .*each team with a visit to these premises/);
  await readsNo(team, `/staff/plan-files/${answers.id}`, /Remove the file/);
  const copy = await team.get(`/staff/plan-files/${answers.id}/copy?part=1`);
  assert.equal(copy.headers['content-type'], 'image/jpeg');
  assert.match(String(copy.headers['content-security-policy']), /^sandbox; default-src 'none'/);
  assert.ok(copy.rawPayload.length > 500 && !copy.rawPayload.includes('Inventaphone'));
  assert.equal(await exifr.gps(copy.rawPayload).catch(() => undefined), undefined);
  assert.equal((await team.get(`/staff/plan-files/${answers.id}/copy?part=2`)).statusCode, 404);
  const trail = await db
    .selectFrom('accessLog')
    .select(['event', 'memberId', 'fields'])
    .where('subject', '=', answers.id)
    .where('kind', '<>', 'refusal')
    .orderBy('id')
    .execute();
  assert.deepEqual(
    trail.map(({ event, memberId, fields }) => [event, memberId, fields]),
    [
      ['plan file.added', planner.id, ['title', 'kind', 'content']],
      ['plan file.shown', officer.id, ['title', 'kind']],
      ['plan file.shown', officer.id, ['title', 'kind']],
      ['plan file.shown', officer.id, ['content']],
    ],
  );
});

test('a file of the whole operation is for planners and commanders; a PDF is shown page by page', async (t) => {
  const { signIn, planner, officer, operation, force, member, db } = await aTeam(t);
  const plans = await signIn(planner);
  const list = `/staff/operations/${operation.id}/premises`;
  const answers = said({ title: 'Assessment of the week', kind: 'risk assessment' });
  const added = await plans.upload(`/staff/operations/${operation.id}/files/new`, answers, {
    name: 'risks.pdf',
    content: twoPages,
  });
  assert.equal(added.headers.location, `${list}#files`, plain(added.body));
  await reads(plans, list, /Files of the operation .*Assessment of the week .*Risk assessment .*PDF of 2 pages/);
  await reads(plans, `/staff/plan-files/${answers.id}`, /Page 1 .*Page 2 .*Teams do not/);
  const commander = await member(force, ['commander'], 'Cora Commander');
  await letIn(db, operation, commander);
  const directs = await signIn(commander);
  await reads(directs, list, /Assessment of the week/);
  assert.equal((await directs.get(`/staff/plan-files/${answers.id}/remove`)).statusCode, 403);
  assert.equal((await (await signIn(officer)).get(`/staff/plan-files/${answers.id}`)).statusCode, 404);
});

test('another team, a team before its briefing and immigration officers who are kept out find no file', async (t) => {
  const application = await aTeam(t);
  const { signIn, db, keys, planner, officer, operation, force, team, member, agency, clock } = application;
  const shut = await addPremises(db, operation, { name: 'Shut Door', immigrationEntry: 'not present' });
  await addPlannedVisit(db, shut, team);
  const file = await addPlanFile(db, keys, { operationId: operation.id, premisesId: shut.id }, planner);
  const other = await addTeam(db, operation, { name: 'Team 2' });
  const elsewhere = await member(force, ['field', 'enforcement'], 'Uma Other');
  await letIn(db, operation, elsewhere, { team: other });
  const border = await member(await agency('immigration'), ['field', 'enforcement'], 'Lena Border');
  await letIn(db, operation, border, { team });
  const stranger = await member(await agency('police force', { name: 'Elsewhere' }), ['planner']);
  for (const [who, status] of [
    [officer, 200],
    [elsewhere, 404],
    [border, 404],
    [stranger, 404],
  ] as const)
    assert.equal((await (await signIn(who)).get(`/staff/plan-files/${file.id}`)).statusCode, status, who.name);
  clock.move(new Date('2026-09-10T09:00:00Z'));
  assert.equal(
    (await (await signIn(officer)).get(`/staff/plan-files/${file.id}`)).statusCode,
    404,
    'before the briefing',
  );
  const plans = await signIn(stranger);
  for (const url of [`/staff/premises/${shut.id}/files/new`, `/staff/operations/${operation.id}/files/new`]) {
    assert.equal((await plans.get(url)).statusCode, 404, url);
    assert.equal((await plans.upload(url, said(), { name: 'a.jpg', content: await photo() })).statusCode, 404, url);
  }
});

test('a form that is sent twice adds one file, and a press on “Remove” five times removes it once', async (t) => {
  const { signIn, planner, premises, config, db } = await aTeam(t);
  const plans = await signIn(planner);
  const answers = said();
  const file = { name: 'a.jpg', content: await photo() };
  for (let times = 0; times < 2; times += 1)
    assert.equal((await plans.upload(`/staff/premises/${premises.id}/files/new`, answers, file)).statusCode, 303);
  assert.equal((await db.selectFrom('planFiles').select('id').execute()).length, 1);
  assert.equal((await stored(config.filesFolder)).length, 1);
  await reads(plans, `/staff/plan-files/${answers.id}/remove`, /Nobody can open it again/);
  await submitTwice(plans, `/staff/plan-files/${answers.id}/remove`, {}, { db, table: 'plan_files', more: -1 });
  assert.deepEqual(await stored(config.filesFolder), []);
  assert.equal((await plans.get(`/staff/plan-files/${answers.id}`)).statusCode, 404);
});

test('refuses what has no clean copy and a form that is not complete, and keeps nothing of them', async (t) => {
  const { signIn, planner, premises, config, db } = await aTeam(t);
  const plans = await signIn(planner);
  const url = `/staff/premises/${premises.id}/files/new`;
  const cases: readonly (readonly [Record<string, string>, Uint8Array, RegExp])[] = [
    [said(), Buffer.from('PK\u0003\u0004 a letter'), /not kept: it is no photo, PDF or film/],
    [said(), Buffer.from('Words alone'), /save it as a PDF/],
    [said({ title: '' }), await photo(), /Enter a title.*Choose the file again/],
    [said({ kind: 'a secret' }), await photo(), /Select what it is/],
  ];
  for (const [answers, content, words] of cases) {
    const refused = await plans.upload(url, answers, { name: 'x', content });
    assert.equal(refused.statusCode, 422);
    assert.match(plain(refused.body), words);
  }
  assert.match(plain((await plans.post(url, said())).body), /Select a file/);
  for (const group of ['waiting', 'plans']) assert.deepEqual(await stored(config.filesFolder, group), [], group);
  assert.deepEqual(await db.selectFrom('planFiles').select('id').execute(), []);
});

test('the sweep destroys a copy without a row, and leaves the others', async (t) => {
  const { db, keys, planner, operation, config, databases, clock } = await aTeam(t);
  const place = { operationId: operation.id, premisesId: null };
  const copy = { filesFolder: config.filesFolder, content: await plainJpeg() };
  const kept = await addPlanFile(db, keys, place, planner, {}, copy);
  const gone = await addPlanFile(db, keys, place, planner, {}, copy);
  await db.deleteFrom('planFiles').where('id', '=', gone.id).execute();
  clock.move(new Date(clock.now().getTime() + 24 * hourMs));
  const run = sweepGroup(config.filesFolder, 'plans', filterKeptFiles);
  await runChore(databases, clock, { name: 'sweep', everySeconds: 1, run });
  assert.deepEqual(await stored(config.filesFolder), [kept.fileId]);
});
