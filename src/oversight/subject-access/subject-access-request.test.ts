import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { addDocument } from '../../safeguarding/documents/examples.ts';
import { addPerson } from '../../safeguarding/people/examples.ts';
import { addNote, addReferral } from '../../safeguarding/referrals/examples.ts';
import { addArrest, addObservation, addPersonMet, addScreening, addVisit } from '../../visits/examples.ts';
import { markNames } from './name-redaction.ts';
import { isWithheld, redactParts } from './subject-access-request.ts';

async function addRequester(t: TestContext) {
  const world = await aTeam(t);
  const { db, officer, adviser, planned, force, advisers, member, operation, signIn } = world;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id });
  await addScreening(db, arrest, officer);
  await addObservation(db, visit, officer, { encounterId: met.id, context: 'Beside her stood Mr Pavel Stan' });
  await (await signIn(officer)).post(`/staff/encounters/${met.id}/name/record`, {
    name: 'Ilinca Moraru',
    reason: 'A witness',
    base: '1',
  });
  const lead = await signIn(await member(force, ['data-protection lead'], 'Nora Lead'));
  const helpLead = await signIn(await member(advisers, ['data-protection lead'], 'Hedi Lead'));
  const metAt = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: world.clock.now() };
  return { ...world, visit, met, arrest, lead, helpLead, metAt, adviser };
}

const asking = (about: string) => ({
  alone: 'yes',
  wants: 'access',
  asker: 'the person',
  proof: 'identity document',
  delivery: 'in person',
  reference: 'SAR 7',
  safety: '',
  about,
});
const open = async (who: Visitor, about: string, path = '/staff/oversight/requests'): Promise<string> => {
  const opened = await who.post(`${path}/new`, asking(about));
  assert.equal(opened.statusCode, 303, opened.body);
  return String(opened.headers.location);
};

test('a request opens the data, redacts what is about others, and its answer is logged as a disclosure', async (t) => {
  const { lead, met, db, arrest } = await addRequester(t);
  const url = await open(lead, `https://safelight.example/staff/encounters/${met.id}`);
  const shown = await lead.get(url);
  for (const word of ['Ilinca Moraru', 'Romanian', 'Mr Pavel Stan', 'Olu Officer', arrest.matter])
    assert.ok(shown.body.includes(word), `the preview says ${word}`);
  const key = `observations/${(await db.selectFrom('observations').select('id').executeTakeFirstOrThrow()).id}/context`;
  assert.equal((await lead.post(`${url}/marks`, { key, kept: 'no', why: '' })).statusCode, 422);
  assert.equal(
    (await lead.post(`${url}/marks`, { key, kept: 'no', why: 'he is a figure of public life' })).statusCode,
    303,
  );
  assert.match((await lead.get(url)).body, /Decided: he is a figure of public life/);

  const answer = await lead.post(`${url}/answer`);
  assert.equal(answer.statusCode, 200);
  assert.match(
    String(answer.headers['content-disposition']),
    /attachment; filename="answer-sar-7\.official-sensitive-personal-data\.html"/,
  );
  for (const word of ['Ilinca Moraru', 'Romanian', 'Pavel Stan', 'OFFICIAL-SENSITIVE: PERSONAL DATA', 'SAR 7'])
    assert.ok(answer.body.includes(word), `the answer says ${word}`);
  assert.doesNotMatch(answer.body, /Olu Officer|src=|href=/, 'members by part alone, and nothing from elsewhere');
  assert.match(answer.body, /Your place there, as it was written down/);
  assert.match(
    answer.body,
    /A member of staff who goes on visits and an enforcement officer, who is one person, wrote down your name/,
  );
  assert.doesNotMatch(
    answer.body,
    /works as|Where she|Spoken to|Encounter|consultation|>Context</,
    'words of the house',
  );
  const json = /<script type="application\/json" id="data">([\s\S]+)<\/script>/.exec(answer.body)?.[1] ?? '';
  assert.equal(JSON.parse(json).reference, 'SAR 7');

  const again = await lead.get(url);
  assert.match(again.body, /This request and its records are closed/);
  assert.doesNotMatch(again.body, /Ilinca|Romanian/, 'with it the records are closed again');
  assert.equal((await lead.post(`${url}/answer`)).statusCode, 422);
  const row = await db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'request.answered')
    .executeTakeFirstOrThrow();
  assert.deepEqual([row.kind, row.returned, row.purpose], ['disclosure', [met.id], 'audit']);
  assert.equal(row.recipient, url.split('/').at(-1));
});

test('no log row holds what a record says', async (t) => {
  const { lead, met, db } = await addRequester(t);
  const url = await open(lead, met.id);
  await lead.get(url);
  await lead.post(`${url}/answer`);
  const log = JSON.stringify(await db.selectFrom('accessLog').selectAll().execute());
  for (const value of ['Ilinca', 'Moraru', 'Romanian', 'Pavel', 'Watford', 'Leashire'])
    assert.ok(!log.includes(value), `the log says ${value}`);
});

test('without a request a lead sees no record; a request opens only records of the lead’s own agency', async (t) => {
  const world = await addRequester(t);
  const { lead, helpLead, met, signIn, member, force } = world;
  const rows = (who: Visitor) =>
    asMember(world, who.member, ['main', 'auditor'], async (tx) =>
      Promise.all(
        ['encounters', 'encounterNames', 'arrests', 'screenings', 'observations', 'visits', 'seizures'].map(
          async (table) => (await tx.selectFrom(table).select('id').execute()).length,
        ),
      ),
    );
  const none = [0, 0, 0, 0, 0, 0, 0];
  assert.deepEqual(await rows(lead), none);
  const theirs = await open(helpLead, met.id);
  assert.deepEqual(await rows(helpLead), none, 'the force answers for what it saw');
  assert.match((await helpLead.get(theirs)).body, /Your agency holds no data under these ids/);
  assert.equal((await helpLead.post(`${theirs}/answer`)).statusCode, 422);
  const url = await open(lead, met.id);
  assert.deepEqual(await rows(lead), [1, 1, 1, 1, 1, 1, 0]);
  assert.deepEqual(await rows(await signIn(await member(force, ['auditor']))), none);
  assert.equal((await helpLead.get(url)).statusCode, 404);
  await lead.post(`${url}/withdraw`);
  assert.deepEqual(await rows(lead), none);
});

test('only the lead who answers sees sealed names of others at the same visit', async (t) => {
  const world = await addRequester(t);
  const { db, lead, met, officer, visit, signIn, member, force } = world;
  const beside = await addPersonMet(db, visit, officer);
  await (await signIn(officer)).post(`/staff/encounters/${beside.id}/name/record`, {
    name: 'Pavel Stan',
    reason: 'A witness',
    base: '1',
  });
  await open(lead, met.id);
  const told = (who: Visitor) =>
    asMember(world, who.member, ['main', 'auditor'], async (tx) =>
      (await sql<{ id: string }>`select id from ctx.names_beside()`.execute(tx)).rows.map(({ id }) => id),
    );
  assert.deepEqual(await told(lead), [beside.id]);
  assert.deepEqual(await told(await signIn(await member(force, ['auditor', 'planner', 'administrator']))), []);
});

test('the safeguarding database gives its own lead the full text; enforcement’s lead has no access', async (t) => {
  const { helpLead, lead, adviser, met, safeguardingDb, keys, metAt, force, member, signIn } = await addRequester(t);
  const note = await addNote(safeguardingDb, keys, metAt, adviser, { wants: 'To see the sea' });
  await addReferral(safeguardingDb, keys, note, force);
  const person = await addPerson(safeguardingDb, keys, adviser, metAt.at, {
    origin: 'met at visit',
    originId: met.id,
    operationId: metAt.operationId,
  });
  await addDocument(safeguardingDb, keys, person, { called: 'Letter of the clinic' });
  const path = '/staff/oversight/safeguarding/requests';
  assert.equal((await lead.post(`${path}/new`, asking(met.id))).statusCode, 403);
  const url = await open(helpLead, met.id, path);
  assert.match((await helpLead.get(url)).body, /To see the sea/);
  assert.match((await helpLead.get(url)).body, /What you wish to be called[\s\S]*Olga/);
  const answer = await helpLead.post(`${url}/answer`);
  assert.match(answer.body, /To see the sea/);
  assert.match(answer.body, /On weekdays before noon/);
  assert.match(answer.body, /A paper or photo[\s\S]*Letter of the clinic[\s\S]*documents about health/);
  assert.doesNotMatch(answer.body, /Ada Adviser|07700 900461/);
  const other = await signIn(await member(force, ['data-protection lead'], 'Una Other'));
  assert.equal((await other.get(url)).statusCode, 403);
});

test('a request that may be forced is not opened, and the page says what to answer instead', async (t) => {
  const { helpLead, met, safeguardingDb } = await addRequester(t);
  const path = '/staff/oversight/safeguarding/requests';
  assert.match((await helpLead.get(`${path}/new`)).body, /An exploiter could force the person to make this request/);
  const refused = await helpLead.post(`${path}/new`, { ...asking(met.id), alone: 'no' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Do not say whether data is held/);
  assert.equal((await helpLead.post(`${path}/new`, { ...asking(met.id), alone: '' })).statusCode, 422);
  assert.equal((await safeguardingDb.selectFrom('subjectAccessRequests').select('id').execute()).length, 0);
});

test('an answer by enforcement is identical to the byte whether or not a safeguarding record exists', async (t) => {
  const { lead, met, adviser, signIn, safeguardingDb } = await addRequester(t);
  const answer = async () => {
    const url = await open(lead, met.id);
    const preview = (await lead.get(url)).body;
    const { body } = await lead.post(`${url}/answer`);
    const id = url.split('/').at(-1) ?? '';
    return [preview, body].map((text) => text.replaceAll(id, 'ID').replaceAll(/name="_csrf" value="[^"]*"/g, ''));
  };
  const before = await answer();
  const helper = await signIn(adviser);
  const form = `/staff/safeguarding/encounters/${met.id}/note`;
  const page = await helper.get(form);
  const sent = await helper.post(form, {
    id: /name="id" value="([^"]+)"/.exec(page.body)?.[1],
    advice: ['health'],
    understood: 'yes',
    needs: ['shelter'],
    outcomes: ['wants help now'],
    wants: 'To see the sea',
  });
  assert.equal(sent.statusCode, 303, sent.body);
  assert.equal((await safeguardingDb.selectFrom('notes').select('id').execute()).length, 1);
  await helper.get('/staff/safeguarding');
  assert.deepEqual(await answer(), before);
});

test('a redaction stays until it is lifted with a reason, and its text is nowhere in the answer', () => {
  const parts = [{ title: 'T', lines: [{ key: 'k', label: 'L', text: 'secret', third: 'another person' as const }] }];
  const [line] = parts[0]?.lines ?? [];
  assert.ok(line && isWithheld(line, {}));
  assert.doesNotMatch(JSON.stringify(redactParts(parts, {})), /secret/);
  assert.match(JSON.stringify(redactParts(parts, { k: { kept: false, why: 'hers' } })), /secret/);
  assert.doesNotMatch(JSON.stringify(redactParts(parts, { k: { kept: true, why: 'his' } })), /secret/);
});

test('names of others in free text are found and redacted one by one: members and people at the same visit', async (t) => {
  const { lead, met, db, officer, visit, signIn, helpLead } = await addRequester(t);
  const beside = await addPersonMet(db, visit, officer);
  const recorded = await (await signIn(officer)).post(`/staff/encounters/${beside.id}/name/record`, {
    name: 'Pavel Stan',
    reason: 'A witness',
    base: '1',
  });
  assert.equal(recorded.statusCode, 303);
  const custodyRef = 'Named by STÁN, Pavel to Olu  Officer; not by Stanislav or Ilinca Moraru';
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id, custodyRef });
  const url = await open(lead, met.id);
  const shown = await lead.get(url);
  assert.match(shown.body, /“STÁN, Pavel” is the name of another person/);
  assert.match(shown.body, /“Olu {2}Officer” is the name of a member/);
  const key = `arrests/${arrest.id}/custodyRef/name of ${officer.id}`;
  assert.equal((await lead.post(`${url}/marks`, { key, kept: 'no', why: 'she gave her name' })).statusCode, 303);
  assert.match((await lead.get(url)).body, /Decided: she gave her name/);
  const answer = await lead.post(`${url}/answer`);
  assert.match(answer.body, /Named by \[a name\] to Olu {2}Officer; not by Stanislav or Ilinca Moraru/);
  assert.doesNotMatch(answer.body, /STÁN|Pavel/);
  const compared = await db.selectFrom('accessLog').selectAll().where('event', '=', 'names.compared').execute();
  assert.deepEqual(compared[0]?.returned, [beside.id], 'that they were opened is written down');
  const theirs = await open(helpLead, met.id);
  assert.doesNotMatch((await helpLead.get(theirs)).body, /Pavel|STÁN/, 'nothing is opened to who answers for nothing');
});

test('a name is found with its words in either order, and never inside another word', () => {
  const text = 'Ana Pop and pop ANA, not Anapop, Ana Popa or Ana';
  const parts = [{ title: 'T', lines: [{ key: 'k', label: 'L', text }] }];
  const marked = markNames(parts, [{ id: 'i', name: 'Ána Pop', third: 'another person' }]);
  assert.equal(redactParts(marked, {})[0]?.lines[0]?.text, '[a name] and [a name], not Anapop, Ana Popa or Ana');
  assert.equal(redactParts(marked, { 'k/name of i': { kept: false, why: 'hers' } })[0]?.lines[0]?.text, text);
});
