import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addTask } from '../actions/examples.ts';
import { addPerson } from '../people/examples.ts';
import { addCaseToMeeting, addMeeting } from './examples.ts';

const home = '/staff/safeguarding/meetings';

async function aCouncil(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:20' });
  const { agency, member, safeguardingDb, keys, clock } = application;
  const council = await agency('council', { name: 'Lea Council' });
  const trust = await agency('health', { name: 'Lea Health' });
  const lead = await member(council, ['safeguarding lead'], 'Lina Lead');
  const worker = await member(council, ['partner caseworker'], 'Will Worker');
  const person = await addPerson(safeguardingDb, keys, lead, clock.now());
  return { ...application, council, trust, lead, worker, person, reference: referenceOf('case', person.id) };
}
const when = (name: string, day: string) => {
  const [year, month, date] = day.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const plan = (chairId: string, more: Record<string, unknown> = {}) => ({
  id: newTimelessId(),
  ...when('day', '2026-09-18'),
  time: '14:30',
  place: 'Room <2>, or by phone',
  chairId,
  operationId: '',
  ...more,
});

test('calls a meeting once, lists it and shows it on Home; what was written is sealed', async (t) => {
  const { signIn, lead, worker, trust, safeguardingDb } = await aCouncil(t);
  const at = await signIn(lead);
  await shows(at, home, /No meeting is coming/);
  await shows(at, '/staff/safeguarding/actions', /href="\/staff\/safeguarding\/meetings"/);
  const missing = await at.post(`${home}/new`, { id: newTimelessId() });
  assert.equal(missing.statusCode, 422);
  for (const words of ['Enter the date of the meeting', 'Enter the place', 'Select the chair'])
    assert.ok(missing.body.includes(words), words);
  const called = plan(worker.id, { invited: trust.id });
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${home}/new`, called)).headers.location, `${home}/${called.id}`);
  const rows = await safeguardingDb.selectFrom('caseMeetings').selectAll().execute();
  assert.equal(rows.length, 1);
  assert.deepEqual([rows[0]?.day, rows[0]?.invited, rows[0]?.chairId], ['2026-09-18', [trust.id], worker.id]);
  assert.ok(!rows[0]?.sealedContent.toString('latin1').includes('Room'));
  await shows(at, home, /Friday 18 September 2026[\s\S]*Lea Council[\s\S]*Will Worker[\s\S]*Open/);
  const page = await at.get(`${home}/${called.id}`);
  assert.match(page.body, /Room &lt;2&gt;, or by phone/);
  assert.match(page.body, /A meeting opens no case to anybody/);
  assert.doesNotMatch(page.body, /The colour shows/, 'no word on colours where no case is');
  await shows(at, '/staff', /Go to a meeting about cases[\s\S]*Today/);
  const changed = await at.post(`${home}/${called.id}/edit`, plan(lead.id, { id: called.id, time: '15:00' }));
  assert.equal(changed.headers.location, `${home}/${called.id}`);
  await shows(at, `${home}/${called.id}`, /15:00 on Friday 18 September 2026[\s\S]*No other agency/);
});

test('puts cases on the list, records decisions and adds actions, all with a log entry', async (t) => {
  const { signIn, lead, person, reference, safeguardingDb, keys, clock } = await aCouncil(t);
  const meeting = await addMeeting(safeguardingDb, keys, lead, clock.now());
  let at = await signIn(lead);
  const url = `${home}/${meeting.id}`;
  await shows(at, url, /No case that you can read is on the list/);
  await shows(at, `${url}/cases`, new RegExp(`${person.called}, ${reference}`));
  const wrong = await at.post(`${url}/cases`, { id: newTimelessId(), personId: person.id, knows: 'no', reason: '' });
  assert.match(wrong.body, /Enter why the person does not know/);
  assert.match(
    (await at.post(`${url}/cases`, { id: newTimelessId(), knows: 'yes' })).body,
    /Select a case, or enter one reference/,
  );
  const unknown = await at.post(`${url}/cases`, { id: newTimelessId(), reference: 'C-000-000', knows: 'yes' });
  assert.match(unknown.body, /You can read no case with this reference/);
  const id = newTimelessId();
  const added = { id, reference: reference.toLowerCase(), knows: 'no', reason: 'It is not safe to ask' };
  assert.equal((await at.post(`${url}/cases`, added)).headers.location, url);
  await shows(at, url, new RegExp(`${reference}[\\s\\S]*${person.called}[\\s\\S]*No: It is not safe to ask`));

  const of = `${home}/cases/${id}`;
  assert.match((await at.post(`${of}/decision`, { words: 'A' })).body, /Select whether the person knows/);
  const decided = { words: 'The council finds a bed', knows: 'yes' };
  assert.equal((await at.post(`${of}/decision`, decided)).headers.location, url);
  await shows(at, url, /It does not rate a person, a risk or a place[\s\S]*The council finds a bed/);
  const late = await at.post(`${of}/action`, { id: newTimelessId(), what: 'Ring', ...when('due', '2026-09-17') });
  assert.equal(late.statusCode, 422);
  const ring = { id: newTimelessId(), what: 'Ring the ward', ...when('due', '2026-09-20'), owner: 'me' };
  const write = {
    id: newTimelessId(),
    what: 'Write to the school',
    ...when('due', '2026-10-01'),
    owner: 'a colleague',
  };
  for (const one of [ring, write]) assert.equal((await at.post(`${of}/action`, one)).headers.location, url);
  const page = await at.get(url);
  assert.match(page.body, /Ring the ward[\s\S]*Lina Lead[\s\S]*Lea Council[\s\S]*the end of Sunday 20 September 2026/);
  assert.match(page.body, /Amber: due within 3 days[\s\S]*Write to the school[\s\S]*No owner yet[\s\S]*Green: later/);
  clock.move(new Date(clock.now().getTime() + 4 * 86_400_000));
  at = await signIn(lead);
  await shows(at, url, /Red: overdue/);
  const finish = `/staff/safeguarding/actions/${ring.id}/finish?meeting=${meeting.id}`;
  assert.ok((await at.get(url)).body.includes(finish));
  await shows(at, finish, new RegExp(`action="${finish.replace('?', '\\?')}"`));
  assert.equal((await at.post(finish, { ending: 'done' })).headers.location, url);
  await shows(at, url, /Green: done/);
  const rows = await safeguardingDb.selectFrom('meetingCases').selectAll().execute();
  assert.ok(rows.every(({ sealedContent }) => !sealedContent.toString('latin1').includes('bed')));

  const looks = await logRows(safeguardingDb, [], ['event', 'subject', 'returned', 'ownerId']);
  const logged = (event: string) => looks.filter((one) => one.event === event);
  assert.ok(logged('meeting cases.listed').some(({ returned }) => returned.includes(person.id)));
  assert.ok(logged('meeting case.decided').every(({ returned }) => returned.includes(person.id)));
  assert.ok(logged('case meeting.shown').some((one) => one.subject === meeting.id && one.ownerId === lead.agencyId));
  assert.equal(logged('tasks.added').length, 2);
  assert.doesNotMatch(JSON.stringify(looks), /council finds|Ring|school/);
});

test('brings cases with open actions from the last meeting, and asks again whether the person knows', async (t) => {
  const { signIn, lead, person, safeguardingDb: db, keys, clock } = await aCouncil(t);
  const last = await addMeeting(db, keys, lead, clock.now(), { nextDay: '2026-09-25', place: 'Town hall' });
  const settled = await addPerson(db, keys, lead, clock.now(), { called: 'Settled Sam' });
  for (const { id } of [person, settled]) await addCaseToMeeting(db, keys, [last, id], lead, clock.now());
  await addTask(db, keys, person.id, lead, clock.now(), { meetingId: last.id });
  const at = await signIn(lead);
  const form = await at.get(`${home}/new?from=${last.id}`);
  assert.match(form.body, /Cases with open actions come along from the meeting on 19 September 2026: 1\./);
  assert.match(form.body, /name="day-day"[^>]*value="25"[\s\S]*Town hall/);
  const next = plan(lead.id);
  assert.equal((await at.post(`${home}/new?from=${last.id}`, next)).headers.location, `${home}/${next.id}`);
  const page = await at.get(`${home}/${next.id}`);
  assert.match(page.body, /Not answered yet/);
  assert.doesNotMatch(page.body, /Settled Sam|Bring cases/);
  await addTask(db, keys, settled.id, lead, clock.now());
  await shows(at, `${home}/${next.id}`, /Bring cases from the last meeting/);
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(`${home}/${next.id}/carry-over`)).statusCode, 303);
  await shows(at, `${home}/${next.id}`, /Settled Sam/);
  assert.equal((await db.selectFrom('meetingCases').selectAll().execute()).length, 4);
});

test('takes a case off the list until something is recorded of it', async (t) => {
  const { signIn, lead, person, safeguardingDb: db, keys, clock } = await aCouncil(t);
  const meeting = await addMeeting(db, keys, lead, clock.now());
  const at = await signIn(lead);
  const one = await addCaseToMeeting(db, keys, [meeting, person.id], lead, clock.now());
  await shows(at, `${home}/cases/${one.id}/remove`, /Take this case off the list\?/);
  assert.equal((await at.post(`${home}/cases/${one.id}/remove`)).statusCode, 303);
  await showsNo(at, `${home}/${meeting.id}`, /Take off the list/);
  const two = await addCaseToMeeting(db, keys, [meeting, person.id], lead, clock.now());
  await at.post(`${home}/cases/${two.id}/decision`, { words: 'A bed', knows: 'yes' });
  assert.match((await at.post(`${home}/cases/${two.id}/remove`)).body, /This case stays on the list/);
});

test('the chair closes the minutes; after that a change is a correction with name and hour', async (t) => {
  const { signIn, lead, worker, person, council, safeguardingDb: db, keys, clock } = await aCouncil(t);
  const meeting = await addMeeting(db, keys, lead, clock.now());
  const one = await addCaseToMeeting(db, keys, [meeting, person.id], lead, clock.now());
  const url = `${home}/${meeting.id}`;
  const [at, colleague] = [await signIn(lead), await signIn(worker)];
  const present = {
    agenciesPresent: council.id,
    present: 'Lina Lead',
    apologies: 'Will Worker',
  };
  assert.equal((await at.post(`${url}/attendance`, present)).headers.location, url);
  await shows(at, url, /Agencies present[\s\S]*Lea Council[\s\S]*Will Worker/);
  await shows(at, `${url}/minutes`, /Draft without a version number[\s\S]*/);
  await showsNo(colleague, url, /Close the minutes/);
  assert.match((await colleague.post(`${url}/close`)).body, /Only the chair can close the minutes/);
  assert.equal((await at.post(`${url}/close`)).headers.location, url);
  await shows(at, url, /Closed by Officer Lina Lead/);
  for (const path of ['edit', 'attendance', 'close', 'cases'])
    assert.equal((await at.get(`${url}/${path}`)).headers.location, url, path);
  assert.match((await at.post(`${url}/attendance`, present)).body, /The minutes are closed/);
  assert.equal((await at.post(`${url}/correction`, { words: 'It began at 15:00' })).statusCode, 303);
  assert.equal(
    (await colleague.post(`${home}/cases/${one.id}/decision`, { words: 'Two beds', knows: 'yes' })).statusCode,
    303,
  );
  await shows(at, url, /correction[\s\S]*Two beds[\s\S]*Correction of the minutes[\s\S]*It began at 15:00/);
  const minutes = await at.get(`${url}/minutes`);
  assert.match(minutes.body, /Version 3, made in the hour after/);
  assert.match(minutes.body, /Correction: Two beds \(Officer Will Worker, in the hour after/);
  assert.match(minutes.body, /Printed by Lina Lead, Lea Council/);
  assert.match(minutes.body, /OFFICIAL-SENSITIVE: PERSONAL DATA/);
  assert.ok(!minutes.body.includes(person.called), 'paper names a case by its reference');
  const fingerprint = /Fingerprint ([0-9a-f]{12})/;
  assert.equal(
    fingerprint.exec(minutes.body)?.[1],
    fingerprint.exec((await colleague.get(`${url}/minutes`)).body)?.[1],
    'the same minutes for two readers who can read the same',
  );
});
