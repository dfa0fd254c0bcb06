import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { withoutTriggers } from '../../../test/harness/sql.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { letIn } from '../../operations/plan/examples.ts';
import { addNote } from '../../safeguarding/referrals/examples.ts';
import { addArrest, addObservation, addPersonMet, addScreening, addSeizure, addVisit } from '../../visits/examples.ts';
import { addReferralDraft } from '../../visits/nrm-referrals/examples.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addAnswers } from '../store.ts';

/** A person encountered and arrested; a lead for each side, an auditor for each, and another agency’s lead. */
async function addAccesses(t: TestContext, more: Parameters<typeof addVisit>[3] = {}) {
  const world = await aTeam(t);
  const { db, officer, planned, force, advisers, member, agency, operation } = world;
  const visit = await addVisit(db, planned, officer, more);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id });
  await addScreening(db, arrest, officer);
  await addObservation(db, visit, officer, { encounterId: met.id, context: 'Beside her stood Mr Pavel Stan' });
  await addSeizure(db, visit, officer);
  // The terms of members made by a test begin when the test runs, long after its clock.
  const lead = await member(force, ['data-protection lead'], 'Nora Lead');
  const helpLead = await member(advisers, ['data-protection lead'], 'Hedi Lead');
  const auditor = await member(force, ['auditor'], 'Aud Itor');
  const helpAuditor = await member(await agency('council'), ['auditor'], 'Hal Auditor');
  const stranger = await member(await agency('regional crime unit'), ['data-protection lead'], 'Stan Stranger');
  await db
    .updateTable('memberTerms')
    .set({ since: new Date('2026-01-01T00:00:00Z') })
    .execute();
  const metAt = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: world.clock.now() };
  return { ...world, visit, met, arrest, lead, helpLead, auditor, helpAuditor, stranger, metAt };
}

const words = ({ body }: { body: string }): string =>
  body
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&#39;', '’');

test('a lead sees who viewed a record of their agency, with fields and purpose, but never its content', async (t) => {
  const { signIn, officer, lead, helpLead, stranger, auditor, planner, met, arrest } = await addAccesses(t);
  await (await signIn(officer)).get(`/staff/encounters/${met.id}`);
  await (await signIn(officer)).get(`/staff/arrests/${arrest.id}`);
  for (const who of [lead, auditor]) {
    const page = words(await (await signIn(who)).get(`/staff/oversight/records/${met.id}`));
    assert.match(page, /Officer Olu Officer Leashire Police Encounter shown \(consultation\) place, spoken to/);
    assert.doesNotMatch(page, /Romanian|Pavel Stan/);
    assert.match(page, /This person encountered of the row at/);
    assert.doesNotMatch(page, /This record of the row/);
  }
  for (const who of [helpLead, stranger]) {
    const page = words(await (await signIn(who)).get(`/staff/oversight/records/${met.id}`));
    assert.match(page, /Nobody read or changed this record on these days/, 'it is another agency’s');
  }
  assert.equal((await (await signIn(planner)).get(`/staff/oversight/records/${met.id}`)).statusCode, 403);
  const found = await (await signIn(lead)).post('/staff/oversight/find', {
    record: `https://safelight.example/staff/encounters/${met.id}#name`,
  });
  assert.equal(found.headers.location, `/staff/oversight/records/${met.id}`);
  assert.equal((await (await signIn(lead)).post('/staff/oversight/find', { record: 'Moraru' })).statusCode, 422);
});

test('a list logs what it returned, and each owner sees only its own records there', async (t) => {
  const { signIn, db, adviser, helpLead, member, force, advisers, safeguardingDb, keys, metAt, operation } =
    await addAccesses(t);
  const mine = await addNote(safeguardingDb, keys, metAt, adviser);
  const officerOfForce = await member(force, ['field'], 'Fay Field');
  const theirs = await addNote(safeguardingDb, keys, metAt, officerOfForce);
  const leads = await member(advisers, ['safeguarding lead'], 'Sal Guarding');
  await letIn(db, operation, leads);
  assert.equal((await (await signIn(leads)).get('/staff/safeguarding')).statusCode, 200);
  const rows = await safeguardingDb
    .selectFrom('accessLog')
    .select(['ownerId', 'returned', 'requestId'])
    .where('event', '=', 'notes.listed')
    .execute();
  assert.deepEqual(
    new Map(rows.map(({ ownerId, returned }) => [ownerId, returned])),
    new Map([
      [advisers.id, [mine.id]],
      [force.id, [theirs.id]],
    ]),
  );
  assert.equal(new Set(rows.map(({ requestId }) => requestId)).size, 1);
  const ours = words(await (await signIn(helpLead)).get('/staff/oversight/ours'));
  assert.match(ours, /Officer Sal Guarding Some|Officer Sal Guarding Lea Advisers Notes listed/);
});

test('enforcement’s lead and auditor learn nothing of the safeguarding log, by page or by SQL', async (t) => {
  const world = await addAccesses(t);
  const { signIn, adviser, lead, auditor, helpLead, helpAuditor, safeguardingDb, keys, metAt } = world;
  const note = await addNote(safeguardingDb, keys, metAt, adviser);
  const paths = [
    `/records/${note.id}`,
    `/records/${note.id}/possible-access`,
    `/records/${metAt.encounterId}`,
    `/members/${adviser.id}`,
    '/ours',
    '/unusual',
  ];
  const pagesOf = async (who: Member) => {
    const visitor = await signIn(who);
    const pages = [];
    for (const path of paths) {
      const { statusCode, body } = await visitor.get(`/staff/oversight${path}`);
      assert.equal(statusCode, 200, path);
      assert.doesNotMatch(body, /behind the wall/i, path);
      pages.push(words({ body }));
    }
    return pages;
  };
  await (await signIn(adviser)).get(`/staff/safeguarding/notes/${note.id}`);
  for (const page of [...(await pagesOf(auditor)), ...(await pagesOf(lead))]) assert.doesNotMatch(page, /Note shown/i);
  for (const path of ['/safeguarding/requests/new', '/safeguarding/answer', `/safeguarding/requests/${newId()}`])
    assert.equal((await (await signIn(lead)).get(`/staff/oversight${path}`)).statusCode, 403, path);
  const rows = (who: Member) =>
    asMember(world, who, ['safeguarding', 'auditor'], async (tx) =>
      (await tx.selectFrom('accessLog').select('event').where('kind', '<>', 'refusal').execute()).map(
        ({ event }) => event,
      ),
    );
  assert.deepEqual(await rows(lead), []);
  assert.deepEqual(await rows(auditor), []);
  assert.deepEqual(await rows(helpLead), ['note.shown']);
  assert.deepEqual(await rows(helpAuditor), ['note.shown']);
  const asks = await signIn(helpLead);
  for (const path of ['possible-access', ''])
    await asks.get(`/staff/oversight/records/${note.id}/${path}`.replace(/\/$/, ''));
  const naming = (of: typeof world.db) => of.selectFrom('accessLog').select('event').where('subject', '=', note.id);
  const asked = ['access.worked out', 'log.shown'];
  const byHelp = (of: typeof world.db) => naming(of).where('memberId', '=', helpLead.id).orderBy('event').execute();
  assert.deepEqual(await byHelp(world.db), [], 'the main store names no note that help’s side asks about');
  assert.deepEqual(
    (await byHelp(safeguardingDb as never)).map(({ event }) => event as string),
    asked,
  );
  const shown = words(await asks.get(`/staff/oversight/records/${note.id}`));
  assert.match(shown, /Safeguarding database, with times to the hour .* Officer Ada Adviser Lea Advisers Note shown/);
});

test('shows who could have seen a record by rule and time, next to who did', async (t) => {
  const { signIn, db, officer, adviser, lead, stranger, met, arrest, member, force, visit } = await addAccesses(t);
  await member(force, ['field'], 'Una Unrelated');
  await (await signIn(officer)).get(`/staff/arrests/${arrest.id}`);
  const could = async (id: string, who = lead) =>
    words(await (await signIn(who)).get(`/staff/oversight/records/${id}/possible-access`));
  await (await signIn(lead)).get(`/staff/oversight/records/${met.id}`);
  await could(met.id);
  const onPerson = await could(met.id);
  assert.doesNotMatch(onPerson, /(yes|perhaps) once|\d times/, 'who asks about the log has not looked at the person');
  assert.match(onPerson, /Officer Olu Officer Leashire Police .* As field or enforcement/);
  assert.match(onPerson, /Officer Ada Adviser Lea Advisers/, 'she is on the team');
  assert.match(onPerson, /Officer Pat Planner/);
  assert.doesNotMatch(onPerson, /Una Unrelated/);
  const onArrest = await could(arrest.id);
  assert.match(onArrest, /Officer Olu Officer .* once/);
  assert.doesNotMatch(onArrest, /Ada Adviser/, 'arrests are enforcement’s');
  await db
    .updateTable('grants')
    .set({ until: new Date('2026-09-18T09:00:00Z') })
    .where('memberId', '=', adviser.id)
    .execute();
  assert.match(await could(visit.id), /Officer Ada Adviser Lea Advisers .{0,60} 10:00 on 18 September 2026/);
  assert.match(await could(met.id, stranger), /This page has no members to show you/);
});

test('names no immigration officer of the team whom the plan keeps out of the visit', async (t) => {
  const world = await addAccesses(t);
  const { signIn, db, member, agency, operation, team, lead, met, visit } = world;
  const border = await member(await agency('immigration'), ['field', 'enforcement'], 'Lena Border');
  await letIn(db, operation, border, { team });
  await db
    .updateTable('memberTerms')
    .set({ since: new Date('2026-01-01T00:00:00Z') })
    .execute();
  const at = await signIn(lead);
  const could = async (id: string) => words(await at.get(`/staff/oversight/records/${id}/possible-access`));
  const asOneOfTheTeam = /Lena Border Some immigration .{0,60} As field or enforcement, (on the team|with no other)/;
  for (const id of [visit.id, met.id]) assert.match(await could(id), asOneOfTheTeam);
  // As if the plan had said so from the beginning: no earlier version is kept.
  await withoutTriggers(db, (run) => run`update premises set immigration_entry = 'not present'`);
  for (const id of [visit.id, met.id]) {
    assert.doesNotMatch(await could(id), asOneOfTheTeam);
    assert.match(await could(id), /Olu Officer/);
  }
  assert.doesNotMatch(await could(met.id), /Lena Border/);
});

test('an export needs a reason, is marked, safe for spreadsheets, and logged', async (t) => {
  const { signIn, db, officer, lead, force, met, auditor } = await addAccesses(t);
  await (await signIn(officer)).get(`/staff/encounters/${met.id}`);
  await db.updateTable('members').set({ name: '=cmd()', title: '' }).where('id', '=', officer.id).execute();
  const at = await signIn(lead);
  const url = `/staff/oversight/records/${met.id}/export`;
  const why = { why: 'to answer somebody who asks or complains', words: 'complaint 12 of the day' };
  assert.equal((await at.post(url, { ...why, words: ' ' })).statusCode, 422);
  assert.equal((await at.post(url, { ...why, why: 'because' })).statusCode, 422);
  const file = await at.post(url, why);
  assert.match(String(file.headers['content-type']), /text\/csv/);
  assert.match(file.body, /^"OFFICIAL-SENSITIVE: PERSONAL DATA"/);
  assert.match(file.body, /"'=cmd\(\)"/);
  const row = await db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'log.exported')
    .executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.kind, row.reason, row.recipient, row.subject, row.ownerId],
    ['disclosure', 'to answer somebody who asks or complains: complaint 12 of the day', force.id, met.id, force.id],
  );
  for (const path of [`/records/${met.id}/possible-access`, `/members/${officer.id}`, '/ours'])
    assert.equal((await at.post(`/staff/oversight${path}/export`, why)).statusCode, 200, path);
  const auditing = await signIn(auditor);
  assert.doesNotMatch((await auditing.get('/staff/oversight/ours')).body, /Export this list/);
  const refused = await auditing.post(url, why);
  assert.equal(refused.statusCode, 403);
  assert.match(refused.body, /This may not leave Safelight/);
});

test('dates narrow a list; an invalid date gives an error and keeps the input', async (t) => {
  const { signIn, officer, lead, met } = await addAccesses(t);
  await (await signIn(officer)).get(`/staff/encounters/${met.id}`);
  const at = await signIn(lead);
  const of = (day: string) => `/staff/oversight/records/${met.id}?from-day=${day}&from-month=9&from-year=2026`;
  assert.match(words(await at.get(of('18'))), /Encounter shown/);
  assert.match(words(await at.get(of('19'))), /Nobody read or changed this record on these days/);
  const wrong = await at.get(of('31'));
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /value="31"/);
});

test('an unusual access has its reason in words and can be answered; nothing is summed', async (t) => {
  const times = { arrivedAt: new Date('2026-06-01T11:00:00Z'), leftAt: new Date('2026-06-01T12:00:00Z') };
  const closed = { ...times, finishedAt: times.leftAt };
  const { signIn, officer, lead, met, auditor, planner } = await addAccesses(t, closed);
  await (await signIn(officer)).get(`/staff/encounters/${met.id}`);
  const at = await signIn(lead);
  const page = await at.get('/staff/oversight/unusual');
  assert.match(
    words(page),
    /After the record was closed 1 Record 1 .{0,80} The record had been closed for more than 28 days/,
  );
  const href = /href="(\/staff\/oversight\/unusual\/answer[^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const asked = new URL(href, 'http://house').searchParams;
  const answer = Object.fromEntries(asked);
  assert.equal((await at.post('/staff/oversight/unusual/answer', answer)).statusCode, 422);
  assert.equal(
    (await at.post('/staff/oversight/unusual/answer', { ...answer, words: 'Asked for by the court' })).statusCode,
    303,
  );
  const own = await at.post('/staff/oversight/unusual/answer', { ...answer, member: lead.id, words: 'All is well' });
  assert.equal(own.statusCode, 422);
  assert.match(words(own), /your own access/);
  assert.match(words(await at.get('/staff/oversight/unusual')), /Asked for by the court \(Officer Nora Lead/);
  assert.match(words(await (await signIn(auditor)).get('/staff/oversight/unusual')), /Asked for by the court/);
  assert.equal((await (await signIn(auditor)).post('/staff/oversight/unusual/answer', answer)).statusCode, 403);
  assert.equal((await (await signIn(planner)).get('/staff/oversight/unusual')).statusCode, 403);
});

test('a record that shares the id of the record above it does not stop the check of accesses', async (t) => {
  const { db, keys, signIn, officer, lead, visit, met, arrest } = await addAccesses(t);
  const draft = await addReferralDraft(db, keys, visit, officer, { arrestId: arrest.id, encounterId: met.id });
  const reader = await signIn(officer);
  for (const path of [`nrm-referrals/${draft.id}`, `arrests/${arrest.id}`, `encounters/${met.id}`])
    assert.equal((await reader.get(`/staff/${path}`)).statusCode, 200, path);
  const at = await signIn(lead);
  for (const path of ['/staff', '/staff/oversight/unusual', `/staff/oversight/records/${draft.id}/possible-access`])
    assert.equal((await at.get(path)).statusCode, 200, path);
});

test('the database refuses an answer for one’s own access, or in another member’s name', async (t) => {
  const world = await addAccesses(t);
  const { lead, helpLead, officer } = world;
  for (const [who, store] of [
    [lead, 'main'],
    [helpLead, 'safeguarding'],
  ] as const) {
    const answer = (about: string, by: string) =>
      asMember(world, who, [store, 'auditor'], (tx) =>
        addAnswers(tx as never, [
          {
            id: newId(),
            agencyId: who.agencyId,
            sort: 'at an hour far from her shift',
            memberId: about,
            requestId: newId(),
            words: 'On call that night',
            answeredBy: by,
            answeredAt: world.clock.now(),
          },
        ]),
      );
    await answer(officer.id, who.id);
    await assert.rejects(answer(who.id, who.id), /row-level security/, `${store}: her own`);
    await assert.rejects(answer(who.id, officer.id), /row-level security/, `${store}: her own, in another’s name`);
    await assert.rejects(answer(officer.id, officer.id), /row-level security/, `${store}: in another’s name`);
  }
});

test('the first page shows a data-protection lead open requests and unanswered accesses, and nothing else', async (t) => {
  const times = { arrivedAt: new Date('2026-06-01T11:00:00Z'), leftAt: new Date('2026-06-01T12:00:00Z') };
  const { signIn, officer, lead, auditor, met } = await addAccesses(t, { ...times, finishedAt: times.leftAt });
  const at = await signIn(lead);
  const home = async (who = at) => words(await who.get('/staff'));
  const told = /request for their data|unusual access/;
  assert.doesNotMatch(await home(), told);
  await (await signIn(officer)).get(`/staff/encounters/${met.id}`);
  assert.match(await home(), /Check an unusual access In the last 7 days\. Operational records/);
  assert.doesNotMatch(await home(await signIn(auditor)), told, 'an auditor answers none');
  assert.doesNotMatch(await home(await signIn(officer)), told);
  const opened = await at.post('/staff/oversight/requests/new', {
    alone: 'yes',
    wants: 'access',
    asker: 'the person',
    proof: 'identity document',
    delivery: 'in person',
    reference: 'SAR 7',
    safety: '',
    about: met.id,
  });
  assert.match(await home(), /Answer a person’s request for their data Operational records 18 October 2026/);
  await at.post(`${opened.headers.location}/withdraw`);
  const page = await at.get('/staff/oversight/unusual');
  const href = /href="(\/staff\/oversight\/unusual\/answer[^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const answer = Object.fromEntries(new URL(href, 'http://house').searchParams);
  await at.post('/staff/oversight/unusual/answer', { ...answer, words: 'Asked for by the court' });
  assert.doesNotMatch(await home(), told);
});

test('recent entries are found by time in either database, and the count of a very long list stops at a limit', async (t) => {
  const { signIn, db, safeguardingDb, lead, officer } = await addAccesses(t);
  for (const store of [db, safeguardingDb]) {
    const { rows } = await sql<{ definition: string }>`
      select indexdef as definition from pg_indexes where indexname = 'access_log_by_time'`.execute(store);
    assert.match(rows[0]?.definition ?? '', /using brin \(at\)/i);
  }
  await sql`
    insert into access_log (at, kind, event, action, purpose, member_id, agency_id, roles, fields, returned, request_id)
    select '2026-09-18T10:00:00Z', 'consultation', 'visits.listed', 'visit.read', 'operation', ${officer.id},
           ${officer.agencyId}, '{field}', '{}', '{}', gen_random_uuid() from generate_series(1, 10050)`.execute(db);
  const at = await signIn(lead);
  const list = `/staff/oversight/members/${officer.id}`;
  assert.match(words(await at.get(list)), /Page 1 of 500 , more than 10,000 in all: choose days to see the others/);
  assert.match(words(await at.get(`${list}?page=500`)), /Visits listed/);
  assert.equal((await at.get(`${list}?page=501`)).headers.location, `${list}?page=500`);
});

test('for another agency’s record a lead gets the answer for an unknown id, and every such answer is padded in time', async (t) => {
  const { app, met, arrest, visit, stranger, lead, signIn } = await addAccesses(t);
  await (await signIn(lead)).get(`/staff/oversight/records/${met.id}`);
  const asks = await signIn(stranger);
  const taking = { why: 'for a meeting, or our own file', words: 'Reference 7' };
  for (const hidden of [met.id, arrest.id, visit.id]) {
    const absent = newId();
    const shown = async (id: string): Promise<string[]> => {
      const told: string[] = [];
      for (const what of ['records', 'glass', 'records'])
        for (const path of what === 'glass'
          ? ['', '/export']
          : ['', '/export', '/possible-access', '/possible-access/export']) {
          const url = `/staff/oversight/${what}/${id}${path}`;
          const answers = [await asks.get(url), ...(path.endsWith('/export') ? [await asks.post(url, taking)] : [])];
          for (const { statusCode, body } of answers)
            told.push(
              `${url} ${statusCode} ${body}`
                .replaceAll(id, 'ASKED')
                .replaceAll(/name="_csrf" value="[^"]*"/g, '')
                // Each line of a file ends with its request.
                .replaceAll(/,"[0-9a-f-]{36}"$/gm, ''),
            );
        }
      return told;
    };
    assert.deepEqual(await shown(hidden), await shown(absent));
  }
  const open = app.offered.filter(({ url }) =>
    /^\/staff\/oversight\/(records|emergency-access|members)\/:id/.test(url),
  );
  assert.ok(open.length > 10);
  assert.deepEqual(
    open.filter(({ onTheBeat }) => !onTheBeat).map(({ url }) => url),
    [],
  );
});
