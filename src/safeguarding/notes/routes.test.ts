import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { replan } from '../../../test/fixtures/replan.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newId, newTimelessId } from '../../vocabulary/ids.ts';
import { addNote, addReferral } from '../referrals/examples.ts';
import { readHelp } from './counts.ts';

/** An adviser and a nurse who met one person at a visit; a council with a lead and a caseworker. */
async function anEvening(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '10:47' });
  const { agency, member, db, signIn } = application;
  const force = await agency('police force');
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const council = await agency('council', { name: 'Lea Council' });
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const adviser = await member(advisers, ['field'], 'Ada Adviser');
  const nurse = await member(await agency('health'), ['field'], 'Nia Nurse');
  for (const one of [adviser, nurse]) await letIn(db, operation, one, { team });
  const lead = await member(council, ['safeguarding lead'], 'Lee Lead');
  await letIn(db, operation, lead);
  const caseworker = await member(council, ['partner caseworker'], 'Cas Worker');
  const planned = await addPlannedVisit(db, await addPremises(db, operation), team);
  const visit = await addVisit(db, planned, adviser);
  const met = await addPersonMet(db, visit, adviser);
  const metAt = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: application.clock.now() };
  const write = `/staff/safeguarding/encounters/${met.id}/note`;
  return {
    ...application,
    signIn,
    force,
    council,
    operation,
    team,
    adviser,
    nurse,
    lead,
    caseworker,
    visit,
    met,
    metAt,
    write,
  };
}

const note = (more: Record<string, unknown> = {}) => ({
  id: newTimelessId(),
  advice: ['health', 'rights at work'],
  understood: 'yes',
  needs: ['shelter'],
  outcomes: ['wants help later', 'declined police contact'],
  wants: 'To see the <sea>',
  ...more,
});
const idIn = (html: string): string => /name="id" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('the adviser writes a note from the encounter, and the visit gets no copy and no event', async (t) => {
  const { signIn, adviser, visit, met, write, db, safeguardingDb, operation } = await anEvening(t);
  const at = await signIn(adviser);
  const form = await at.get(write);
  assert.equal(form.statusCode, 200);
  assert.match(form.body, /Person 1, Blue Door/);
  assert.match(form.body, /does not depend on speaking to police, or on immigration status/);
  const before = await db.selectFrom('outbox').selectAll().execute();
  const sent = await at.post(write, note({ id: idIn(form.body) }));
  assert.equal(sent.headers.location, `/staff/safeguarding/notes/${idIn(form.body)}`);

  const row = await safeguardingDb.selectFrom('notes').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.encounterId, row.town, row.day, row.operationId],
    [met.id, 'Watford', '2026-09-18', operation.id],
  );
  assert.equal(row.writtenAt.toISOString(), '2026-09-18T09:00:00.000Z', 'the hour, no minute');
  assert.equal(row.id[14], '4', 'an id that tells no time');
  assert.deepEqual(row.outcomes, ['advice given', 'wants help later', 'declined police contact']);
  assert.ok(!row.sealedWants.includes('sea'));
  assert.deepEqual(await db.selectFrom('outbox').selectAll().execute(), before);
  const news = await safeguardingDb.selectFrom('outbox').selectAll().execute();
  assert.deepEqual(news, [], 'that a note came tells police that somebody was helped');
  const log = await logRows(safeguardingDb, [], ['event', 'at', 'reason']);
  assert.ok(log.some(({ event }) => event === 'note.written'));
  assert.ok(log.every((one) => one.at.getUTCMinutes() === 0));

  const saved = await at.get(String(sent.headers.location));
  assert.match(saved.body, /role="status">Note saved\.</);
  assert.match(saved.body, new RegExp(`/staff/visits/${visit.id}"[^>]*>Back to the visit`));
  const page = await at.get(`/staff/safeguarding/notes/${row.id}`);
  assert.match(page.body, /To see the &lt;sea&gt;/);
  assert.equal((await at.get(write)).headers.location, `/staff/safeguarding/notes/${row.id}`, 'one note of one person');
});

test('writes a note once when its form is sent twice', async (t) => {
  const { signIn, adviser, write, safeguardingDb } = await anEvening(t);
  const at = await signIn(adviser);
  const once = note();
  for (let times = 0; times < 2; times += 1) assert.equal((await at.post(write, once)).statusCode, 303);
  assert.equal((await safeguardingDb.selectFrom('notes').select('id').execute()).length, 1);
  assert.equal((await safeguardingDb.selectFrom('noteFacts').select('id').execute()).length, 4);
});

test('an invalid form comes back with what was typed', async (t) => {
  const { signIn, adviser, write } = await anEvening(t);
  const at = await signIn(adviser);
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ understood: '' }, /whether the advice was understood/],
    [{ advice: [], outcomes: [], needs: [] }, /Select at least one outcome/],
    [{ outcomes: ['wants nothing now', 'wants help now'] }, /either that the person wants help/],
    [{ outcomes: ['referral agreed', 'no referral offered'] }, /either “no referral offered” or what the person said/],
  ];
  for (const [more, says] of cases) {
    const answer = await at.post(write, note(more));
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, says);
    assert.match(answer.body, /To see the &lt;sea&gt;/);
  }
});

test('when the safeguarding store fails, the page names what was saved and keeps what was typed', async (t) => {
  const { signIn, adviser, write, safeguardingDb, db, met } = await anEvening(t);
  const at = await signIn(adviser);
  await at.get(write);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(safeguardingDb);
  const name = rows[0]?.name ?? '';
  const cut = async (off: boolean) => {
    await sql.raw(`alter database ${name} allow_connections ${off ? 'false' : 'true'}`).execute(db);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and usename = 'safelight_safeguarding'`.execute(
      db,
    );
  };
  await cut(true);
  const typed = note();
  const failed = await at.post(write, typed);
  assert.equal(failed.statusCode, 503);
  assert.match(failed.body, /Person 1 is saved with the visit\. What the person said is not saved/);
  assert.match(failed.body, /To see the &lt;sea&gt;/);
  assert.match(failed.body, /value="health" checked/);
  assert.match(failed.body, new RegExp(`name="id" value="${typed.id}"`));
  const read = await at.get(write);
  assert.equal(read.statusCode, 503);
  assert.match(read.body, /Nothing was shown and nothing was changed/);
  await shows(at, '/staff', /Some of your tasks cannot be shown/, 'the other rooms stay open');
  assert.equal((await db.selectFrom('encounters').select('id').execute())[0]?.id, met.id);
  await cut(false);
  // A connection pooler may need a few tries until it notices that the database is back.
  let back = await at.post(write, typed);
  for (let tries = 0; back.statusCode === 503 && tries < 50; tries += 1) {
    await sleep(200);
    back = await at.post(write, typed);
  }
  assert.equal(back.statusCode, 303);
});

test('when its log cannot be written, a note is neither shown nor written, and what was typed is kept', async (t) => {
  const { signIn, adviser, write, safeguardingDb, keys, metAt } = await anEvening(t);
  const written = await addNote(safeguardingDb, keys, metAt, adviser, { wants: 'a quiet room' });
  const at = await signIn(adviser);
  await sql`revoke insert on access_log from safelight_safeguarding`.execute(safeguardingDb);
  for (const url of ['/staff/safeguarding', `/staff/safeguarding/notes/${written.id}`]) {
    const page = await at.get(url);
    assert.equal(page.statusCode, 503);
    for (const word of ['quiet', 'shelter', 'Watford']) assert.ok(!page.body.includes(word), `${url} says ${word}`);
  }
  const sent = await at.post(write, note());
  assert.equal(sent.statusCode, 503);
  assert.match(sent.body, /To see the &lt;sea&gt;/);
  assert.equal((await safeguardingDb.selectFrom('notes').select('id').execute()).length, 1);
});

test('only the author corrects a note; the earlier version stays readable, and counts use the current one', async (t) => {
  const { signIn, adviser, lead, safeguardingDb, keys, metAt } = await anEvening(t);
  const written = await addNote(safeguardingDb, keys, metAt, adviser, { wants: 'a quiet room' });
  const url = `/staff/safeguarding/notes/${written.id}`;
  const at = await signIn(adviser);
  assert.match((await at.post(`${url}/correct`, note({ base: '1' }))).body, /Select why you correct this/);
  const answers = note({
    base: '1',
    why: 'the person said more',
    advice: ['safety'],
    outcomes: ['took a card'],
    needs: [],
  });
  assert.equal((await at.post(`${url}/correct`, answers)).statusCode, 303);
  const page = await at.get(url);
  assert.match(page.body, /To see the &lt;sea&gt;/);
  assert.match(page.body, /Wants: a quiet room\./);
  assert.match(page.body, /Advised about: health and rights at work\./);
  assert.match(page.body, /Replaced because: the person said more/);
  assert.match(page.body, /Replaced by [^<]+ in the hour after 10:00/);
  const facts = await safeguardingDb.selectFrom('noteFacts').select(['indicator', 'part']).execute();
  assert.deepEqual(facts, [{ indicator: 'people.advised', part: 'safety' }]);

  const later = await at.post(`${url}/correct`, answers);
  assert.match(later.body, /Somebody else changed this while you were writing/);
  assert.match(later.body, /name="base" value="2"/);
  const leads = await signIn(lead);
  await shows(leads, url, /a quiet room/, 'a lead of the operation reads it, its past too');
  for (const page of [await leads.get(`${url}/correct`), await leads.post(`${url}/correct`, answers)])
    assert.equal(page.statusCode, 404, 'and corrects none of it');
});

test('a person whom two helpers advised counts once, and counts identify no one', async (t) => {
  const { adviser, nurse, safeguardingDb, keys, metAt, operation, met } = await anEvening(t);
  await addNote(safeguardingDb, keys, metAt, adviser);
  await addNote(safeguardingDb, keys, metAt, nurse, { advice: ['sexual health', 'health'] });
  await addNote(safeguardingDb, keys, { ...metAt, encounterId: newId() }, nurse);
  const { facts } = await readHelp(safeguardingDb, operation.id);
  const advised = facts.filter(({ indicator }) => indicator === 'people.advised');
  assert.equal(new Set(advised.map(({ person }) => person)).size, 2);
  assert.ok(!JSON.stringify(facts).includes(met.id));
});

test('a referral is previewed word for word, sent as a disclosure, and decided by the recipient', async (t) => {
  const { signIn, adviser, caseworker, council, force, safeguardingDb, keys, metAt } = await anEvening(t);
  const written = await addNote(safeguardingDb, keys, metAt, adviser, { wants: 'a quiet room' });
  const at = await signIn(adviser);
  const url = `/staff/safeguarding/notes/${written.id}/refer`;
  const form = await at.get(url);
  assert.match(form.body, /Lea Council/);
  assert.doesNotMatch(form.body, /Some police force/, 'police are not asked');
  const asked = {
    id: idIn(form.body),
    to: council.id,
    needs: ['shelter'],
    words: 'A room from <Monday>',
    agreed: 'agreed',
    step: 'preview',
  };
  assert.match((await at.post(url, { ...asked, to: force.id })).body, /agency of the list/);
  const refused = await at.post(url, { ...asked, agreed: 'not agreed' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /an adult decides for themselves\. If the age is not known/);

  const preview = await at.post(url, asked);
  assert.equal(preview.statusCode, 200);
  const rowsOf = (html: string) => /<dl class="govuk-summary-list">[\s\S]*?<\/dl>/.exec(html)?.[0];
  assert.match(rowsOf(preview.body) ?? '', /A room from &lt;Monday&gt;/);
  assert.equal((await safeguardingDb.selectFrom('referrals').selectAll().execute()).length, 0, 'nothing is sent yet');
  assert.match((await at.post(url, { ...asked, step: 'change' })).body, /A room from &lt;Monday&gt;<\/textarea>/);
  for (let times = 0; times < 2; times += 1)
    assert.equal((await at.post(url, { ...asked, step: 'send' })).statusCode, 303);

  const row = await safeguardingDb.selectFrom('referrals').selectAll().executeTakeFirstOrThrow();
  assert.ok(!row.sealedWords.includes('Monday'));
  const log = await safeguardingDb.selectFrom('accessLog').selectAll().where('event', '=', 'referral.made').execute();
  assert.equal(log[0]?.kind, 'disclosure');
  assert.equal(log[0]?.recipient, council.id);
  assert.deepEqual(log[0]?.fields, ['when we met', 'help needed', 'essential information']);

  const worker = await signIn(caseworker);
  await shows(worker, '/staff', />Answer a referral</);
  const seen = await worker.get(`/staff/safeguarding/referrals/${row.id}`);
  assert.equal(rowsOf(seen.body), rowsOf(preview.body), 'exactly what was previewed');
  assert.doesNotMatch(seen.body, /quiet|rights at work|did not wish/);
  assert.equal((await worker.get(`/staff/safeguarding/notes/${written.id}`)).statusCode, 404);

  const decide = `/staff/safeguarding/referrals/${row.id}/decide`;
  assert.match(
    (await worker.post(decide, { decision: 'declined', reason: '' })).body,
    /Give the reason, so that the sender/,
  );
  assert.equal((await worker.post(decide, { decision: 'declined', reason: 'No bed' })).statusCode, 303);
  assert.equal(
    (await worker.post(decide, { decision: 'accepted', reason: '' })).statusCode,
    404,
    'what was declined is gone',
  );
  assert.equal((await worker.get(`/staff/safeguarding/referrals/${row.id}`)).statusCode, 404);
  assert.equal((await at.get(decide)).statusCode, 404, 'whoever asks does not decide');
  const told = await at.get(`/staff/safeguarding/referrals/${row.id}`);
  assert.match(told.body, /Declined[\s\S]*No bed/);
  await shows(at, `/staff/safeguarding/notes/${written.id}`, /declined/);
});

test('no page needs more queries when there are more rows, and lists are paged', async (t) => {
  const { app, signIn, lead, adviser, caseworker, council, safeguardingDb, keys, metAt, countQueries } =
    await anEvening(t);
  const written = await addNote(safeguardingDb, keys, metAt, adviser);
  await addReferral(safeguardingDb, keys, written, council);
  const visitors = await Promise.all([lead, adviser, caseworker].map((who) => signIn(who)));
  const urls = [
    '/staff',
    '/staff/safeguarding',
    '/staff/safeguarding/referrals',
    `/staff/safeguarding/notes/${written.id}`,
  ];
  const cost = async () => {
    const costs: number[] = [];
    for (const visitor of visitors)
      for (const url of urls) {
        await app.refusals.settled();
        countQueries();
        await visitor.get(url);
        await app.refusals.settled();
        costs.push(countQueries());
      }
    return costs;
  };
  await cost();
  const few = await cost();
  for (let more = 0; more < 45; more += 1) {
    const another = await addNote(safeguardingDb, keys, { ...metAt, encounterId: newId() }, adviser);
    await addReferral(safeguardingDb, keys, more % 2 ? another : written, council);
  }
  assert.deepEqual(await cost(), few);
  assert.match((await visitors[0]?.get('/staff/safeguarding?page=3'))?.body ?? '', /Page <b>3<\/b> of <b>3<\/b>/);
  const looks = await logRows(safeguardingDb, ['notes.listed'], ['returned']);
  assert.ok(
    looks.some(({ returned }) => returned.length === 20),
    'the log says which notes a list showed',
  );
});

test('urgent help: shows phone contacts and readers of the note, and waits until a lead takes it up', async (t) => {
  const application = await anEvening(t);
  const { signIn, adviser, lead, write, visit, db, operation, safeguardingDb, force, member, team, council } =
    application;
  const onCall = { referrerId: council.id, referrerOnCall: 'Ruth A', referrerContact: '01632 960 111, ask for duty' };
  await replan(application, 'premises', onCall);
  const officer = await member(force, ['field'], 'Olu Officer');
  await letIn(db, operation, officer, { team });
  const at = await signIn(officer);
  const form = await at.get(write);
  assert.match(form.body, /You can read this. Lee Lead of Lea Council, who leads safeguarding/);
  const sent = await at.post(write, note({ outcomes: ['wants help now'] }));
  const saved = await at.get(String(sent.headers.location));
  assert.match(
    saved.body,
    /The person wants help now[\s\S]*call 999 first[\s\S]*href="tel:\+441632960111"[^>]*>Ring now: Ruth A, Lea Council, 01632 960 111<[\s\S]*How to reach them: 01632 960 111, ask for duty/,
  );
  assert.equal((await at.post(`/staff/safeguarding/notes/${newId()}/take-up`)).statusCode, 403);

  const leads = await signIn(lead);
  await shows(leads, '/staff', /Help a person who wants help now/);
  const waiting = await leads.get('/staff/safeguarding?waiting=yes');
  const url = `/staff/safeguarding/notes/${/notes\/([0-9a-f-]{36})/.exec(waiting.body)?.[1]}`;
  await shows(leads, url, /This person wants help now[\s\S]*No one is dealing with it/);
  for (let times = 0; times < 2; times += 1) assert.equal((await leads.post(`${url}/take-up`)).statusCode, 303);
  await shows(leads, url, /Taken on by[^<]*Lee Lead/);
  await showsNo(leads, '/staff', /Help a person who wants help now/);
  await shows(leads, '/staff', /Help the person you took on/);
  await showsNo(at, url, /Taken on/, 'the officer is told nothing of what follows');
  assert.equal((await safeguardingDb.selectFrom('noteAcknowledgements').selectAll().execute()).length, 1);

  await db.deleteFrom('operationMembers').where('memberId', '=', lead.id).execute();
  await shows(at, url, /Only you can read this/);
  assert.match(
    (await (await signIn(adviser)).get(`/staff/safeguarding?visit=${visit.id}`)).body,
    /Only you can read this/,
  );
});

test('shows all errors of a note at once, in the order of the page', async (t) => {
  const { signIn, adviser, write } = await anEvening(t);
  const at = await signIn(adviser);
  const wrong = {
    understood: '',
    needs: ['nothing now', 'money'],
    outcomes: ['advice declined'],
    wants: 'x'.repeat(2_001),
  };
  const { body } = await at.post(write, note(wrong));
  assert.match(
    body,
    /There is a problem[\s\S]*was understood[\s\S]*“nothing now”[\s\S]*“advice declined” does not hold[\s\S]*2,000 characters[\s\S]*<h1/,
  );
  const outcomes = [...['advice declined', 'wants help now', 'wants nothing now', 'no indicators', 'indicators seen']];
  assert.match(
    (await at.post(write, note({ outcomes }))).body,
    /“advice declined” does not hold[^<]*either that the person wants help[^<]*“no indicators” or “indicators seen”/,
  );
});

test('a refused member is not advised to ask an administrator for access to the safeguarding pages', async (t) => {
  const { signIn, force, member } = await anEvening(t);
  const { statusCode, body } = await (await signIn(await member(force, ['enforcement']))).get('/staff/safeguarding');
  assert.equal(statusCode, 403);
  assert.match(body, /for those who help them/);
  assert.doesNotMatch(body, /administrator/);
});
