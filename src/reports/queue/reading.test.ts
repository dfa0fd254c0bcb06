import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { requestInternally } from '../../public/private-journey/visitor.ts';
import { attendanceForm } from '../examples.ts';
import { reportsPerPage } from '../store.ts';
import { openMailbox, sendReport } from '../visitor.ts';

test('the queue has danger on top, what waits before what does not, and says what is late', async (t) => {
  const application = await openAttended(t);
  const { clock, signIn, readers } = application;
  const quiet = await application.told('police', { state: 'closed' });
  const usual = await application.told('police');
  const flood = await application.told('police', { queue: 'second' });
  const danger = await application.told('police', { answers: { now: 'yes', what: 'She is locked in' } });
  clock.move(new Date(clock.now().getTime() + 9 * 3_600_000));
  const reader = await signIn(readers.police);
  const { body } = await reader.get('/staff/reports');
  const places = [danger, usual, flood, quiet].map(({ id }) => body.indexOf(id));
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
  assert.equal(body.match(/Late: /g)?.length, 2);
  const home = (await reader.get('/staff')).body;
  assert.match(home, />Answer a report of danger</);
  assert.match(home, />Answer 2 reports</);
  assert.match(home, /1 report is late/);
});

test('a queue longer than a page has a next page, and each report is on one of them', async (t) => {
  const application = await openAttended(t);
  const told: string[] = [];
  for (let count = 0; count < reportsPerPage + 3; count += 1) told.push((await application.told('help')).id);
  const reader = await application.signIn(application.readers.help);
  const queue = '/staff/safeguarding/reports';
  const [first, second] = [(await reader.get(queue)).body, (await reader.get(`${queue}?page=2`)).body];
  assert.match(first, /href="\/staff\/safeguarding\/reports\?page=2"/);
  assert.equal(told.filter((id) => first.includes(id)).length, reportsPerPage);
  assert.equal(told.filter((id) => second.includes(id)).length, 3);
  assert.deepEqual(
    told.filter((id) => !first.includes(id) && !second.includes(id)),
    [],
  );
});

test('every reading is written down before it is shown, and no word of it', async (t) => {
  const application = await openAttended(t);
  const { db, signIn, readers } = application;
  const told = await application.told('police');
  const reader = await signIn(readers.police);
  await reader.get('/staff/reports');
  await reader.get(`/staff/reports/${told.id}`);
  const rows = await db
    .selectFrom('accessLog')
    .select(['event', 'subject', 'returned', 'ownerId'])
    .where('event', 'in', ['reports.listed', 'report.shown'])
    .orderBy('xid')
    .orderBy('id')
    .execute();
  assert.deepEqual(rows, [
    { event: 'reports.listed', subject: null, returned: [told.id], ownerId: application.agencies.police.id },
    { event: 'report.shown', subject: told.id, returned: [], ownerId: application.agencies.police.id },
  ]);
});

test('staff are warned as they write, and two who write at once do not overwrite each other', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('police');
  const reader = await application.signIn(application.readers.police);
  const form = await reader.get(`/staff/reports/${told.id}/write`);
  assert.match(form.body, /Anybody who has the reporter’s phone or receipt can read this/);
  const send = (message: string) =>
    reader.post(`/staff/reports/${told.id}/write`, { kind: 'asked', message, base: '0' });
  assert.equal((await send('First')).statusCode, 303);
  const late = await send('Second');
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /A new message has arrived[\s\S]*Second/);
  assert.equal(
    (await reader.post(`/staff/reports/${told.id}/write`, { kind: 'asked', message: 'x'.repeat(1_001), base: '1' }))
      .statusCode,
    422,
  );
});

test('without a receipt nobody can write to the reporter, but the report can be closed', async (t) => {
  const application = await openAttended(t);
  await sendReport(application.app, { who: 'worried', what: 'Men sleep there', receipt: 'none' });
  const reader = await application.signIn(application.readers.police);
  const [, id = ''] = /\/staff\/reports\/([0-9a-f-]{36})/.exec((await reader.get('/staff/reports')).body) ?? [];
  const write = (kind: string) =>
    reader.post(`/staff/reports/${id}/write`, { kind, message: 'Thank you', outcome: 'no further action', base: '0' });
  assert.match((await write('asked')).body, /kept no receipt/);
  assert.equal((await write('closed')).statusCode, 303);
});

test('a data-protection lead opens the line with words and a date, and another agency cannot take it over', async (t) => {
  const { app, agency, member, signIn } = await openApplication(t);
  const force = await agency('police force');
  const lead = await signIn(await member(force, ['data-protection lead']));
  const path = '/staff/reports/attendance';
  assert.match((await lead.get(path)).body, /The form is closed until you set/);
  const short = await lead.post(`${path}/set`, {
    ...attendanceForm,
    mustAct: 'Yes',
    closes: '06:00',
    promisedHours: '0',
  });
  assert.equal(short.statusCode, 422);
  for (const words of [/at least a sentence/, /time after the start/, /number from 1 to 48/])
    assert.match(short.body, words);
  assert.match((await requestInternally(app, '/report')).body, /not open here/);
  assert.equal((await lead.post(`${path}/set`, attendanceForm)).statusCode, 303);
  assert.match((await requestInternally(app, '/report')).body, /Two intelligence officers/);
  const other = await signIn(await member(await agency('regional crime unit'), ['data-protection lead']));
  assert.match((await other.post(`${path}/set`, attendanceForm)).body, /Another agency attends this line/);
  assert.equal((await lead.post(`${path}/set`, { ...attendanceForm, state: 'closed' })).statusCode, 303);
  assert.match((await requestInternally(app, '/report')).body, /This form is not open here/);
  assert.equal((await other.post(`${path}/set`, attendanceForm)).statusCode, 303);
  const help = await signIn(await member(await agency('council'), ['data-protection lead']));
  assert.equal((await help.get(path)).statusCode, 403);
});

test('a flood waits in the second queue, and nothing of it is refused', async (t) => {
  const application = await openAttended(t);
  for (let time = 0; time < 9; time += 1)
    await sendReport(application.app, { who: 'worried', what: `Junk ${time}`, receipt: 'none' });
  const rows = await application.db.selectFrom('reports').select('queue').execute();
  assert.equal(rows.length, 9);
  const second = rows.filter(({ queue }) => queue === 'second').length;
  assert.ok(second > 0 && second < 9, `${second} in the second queue`);
});

test('a message with words that could put somebody in danger is checked again before it is sent, and so is a changed text', async (t) => {
  const application = await openAttended(t);
  const told = await application.told('police');
  const reader = await application.signIn(application.readers.police);
  const send = (message: string, looked = '') =>
    reader.post(`/staff/reports/${told.id}/write`, { kind: 'asked', message, base: '0', looked });
  const message = 'The police want to know: are the men fetched\r\non Tuesday?';
  const first = await send(message);
  assert.equal(first.statusCode, 422);
  for (const words of [/“police” says who reads this/, /“Tuesday” is a time/, /“fetched” is from the report/])
    assert.match(first.body, words);
  assert.match(first.body, /It is not sent yet/);
  assert.equal((await send('The police want to know when', message)).statusCode, 422, 'another text');
  const parts = () => application.db.selectFrom('reportParts').select('kind').where('reportId', '=', told.id).execute();
  assert.equal((await parts()).length, 1);
  assert.equal((await send(message, message.replace('\r\n', '\n'))).statusCode, 303);
  assert.equal((await parts()).length, 2);
});

test('a report that was taken back is shown only with a reason, and its reporter is asked about only for a law', async (t) => {
  const application = await openAttended(t);
  const list = await sendReport(application.app, {
    who: 'worried',
    what: 'Men sleep there',
    reach: 'yes',
    name: 'Ira Invented',
  });
  const reader = await application.signIn(application.readers.police);
  const [report = ''] = /\/staff\/reports\/[0-9a-f-]{36}/.exec((await reader.get('/staff/reports')).body) ?? [];
  assert.match((await reader.get(report)).body, /Language of the report[\s\S]*English[\s\S]*Men sleep there/);
  const gone = await (await openMailbox(application.app, list)).press('withdraw');
  assert.match(gone.body, /It is taken back[\s\S]*nobody opens your report/);
  const closed = (await reader.get(report)).body;
  assert.match(closed, /Taken back[\s\S]*No: the reporter took it back/);
  assert.doesNotMatch(closed, /Men sleep there|Ask for source identity/);
  assert.match((await reader.get(`${report}/open`)).body, /Purpose of opening it/);
  const untold = await reader.post(`${report}/open`, { purpose: '', why: 'because' });
  assert.equal(untold.statusCode, 422);
  assert.doesNotMatch(untold.body, /Men sleep there/);
  const why = { purpose: 'life or safety', why: 'The same house was named in a call of today' };
  assert.match((await reader.post(`${report}/open`, why)).body, /Men sleep there/);
  const rows = await application.db
    .selectFrom('accessLog')
    .select('reason')
    .where('event', '=', 'report.shown')
    .where('reason', 'is not', null)
    .execute();
  assert.deepEqual(rows, [{ reason: `${why.purpose}: ${why.why}` }]);

  const ask = (purpose: string) =>
    reader.post(report.replace('reports/', 'reports/source-identity/ask/'), {
      purpose,
      reason: 'We have to know who told it, for the court has asked',
      hours: '4',
    });
  await application.member(application.agencies.police, ['custodian'], 'Cass Custodian');
  const refused = await ask('crime prevention');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /took the report back\. The only purpose left/);
  assert.equal((await ask('legal requirement')).statusCode, 303);
});

test('an answer of the reporter is news in the queue; who kept nothing is not written to', async (t) => {
  const application = await openAttended(t);
  const list = await sendReport(application.app, { who: 'worried', what: 'Men sleep there' });
  const reader = await application.signIn(application.readers.police);
  const queue = async () => (await reader.get('/staff/reports')).body;
  assert.match(await queue(), /Not answered/);
  const [report = ''] = /\/staff\/reports\/[0-9a-f-]{36}/.exec(await queue()) ?? [];
  await reader.post(`${report}/write`, { kind: 'asked', message: 'Can you say more?', base: '0' });
  assert.match(await queue(), /waits for the reporter/);
  await (await openMailbox(application.app, list)).press('add', { words: 'There are seven' });
  assert.match(await queue(), /The reporter wrote more/);
});

test('visits to the queue by another agency are not shown to the public', async (t) => {
  const application = await openAttended(t);
  await application.told('help');
  const opened = async () => {
    const { rows } = await sql<{ at: Date | null }>`select opened_at as at from ctx.attendance_now()`.execute(
      application.safeguardingDb,
    );
    return rows[0]?.at ?? null;
  };
  const stranger = await application.signIn(
    await application.member(await application.agency('council'), ['safeguarding lead']),
  );
  assert.equal((await stranger.get('/staff/safeguarding/reports')).statusCode, 200);
  assert.equal(await opened(), null, 'they see nothing in it');
  await (await application.signIn(application.readers.help)).get('/staff/safeguarding/reports');
  assert.notEqual(await opened(), null);
});
