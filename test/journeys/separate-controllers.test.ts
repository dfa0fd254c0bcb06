import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../src/platform/database/database.ts';
import { databaseNames } from '../../src/platform/embedded-postgres/embedded.ts';
import { retentionChores } from '../../src/safeguarding/retention/index.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import { helpedIn } from '../fixtures/help-offered.ts';
import {
  type Caller,
  callAs,
  chores,
  openApart,
  openPublicDoor,
  startAgain,
  whereOn,
} from '../fixtures/separate-hosts.ts';

/** Names actions, and no record. */
const rules = `${databaseNames.main} public.policy_versions`;
const persons = '/staff/safeguarding/people';
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

const record = {
  step: 'save',
  called: 'Xhafer',
  others: '',
  yearOfBirth: '1999',
  age: 'adult',
  ageBasis: 'a document was seen',
  language: 'Albanian',
  interpreter: 'needed',
  interpreterGender: 'a man',
  contactWay: 'in person alone',
  contactAt: '',
  contactWhen: '',
  contactNever: '',
  origin: 'walked in',
  cameBy: '',
};
const question = {
  act: 'refer',
  purpose: 'safe place',
  items: ['when we met', 'help needed', 'essential information', 'wishes'],
  days: '28',
  shown: 'other',
};
const answered = {
  language: 'ro',
  interpreted: 'remote interpreter',
  interpreter: 'Interpreter 4471',
  how: 'the person themself',
};

const behind = '/staff/safeguarding';

/** What modules add to a record, by their pages: help accepted, with follow-up questions; a concern with its choice; a hold. */
async function workOn(keeper: Caller, id: string): Promise<{ concern: string; ids: string[]; words: string[] }> {
  const offer = { id: newTimelessId(), help: 'health', answer: 'accepted', words: 'Agreed with Quillwort' };
  const task = {
    ...{ id: newTimelessId(), what: 'Ring Quillwort', by: 'within 48 hours', nation: 'England and Wales' },
    ...{ 'day-day': '18', 'day-month': '9', 'day-year': '2026', time: '09:00' },
  };
  const hold = {
    ...{ saying: 'held', because: 'Proceedings that Quillwort brought' },
    ...{ 'reviewOn-day': '1', 'reviewOn-month': '12', 'reviewOn-year': '2030' },
  };
  for (const [path, answers] of [
    [`${persons}/${id}/offer`, offer],
    [`${persons}/${id}/actions/new`, task],
    [`${behind}/retention/${id}`, hold],
  ] as const) {
    const { status, body } = await keeper.post(path, answers);
    assert.equal(status, 303, `${path}: ${body}`);
  }
  const concern = (await keeper.post(`${persons}/${id}/nrm-referral`, {})).location;
  assert.match(concern, /nrm-referrals\/[0-9a-f-]{36}$/);
  assert.equal((await keeper.post(`${concern}/question?of=doubt`, { answer: 'no' })).status, 303);
  const digest = hidden((await keeper.get(`${concern}/question`)).body, 'digest');
  const said = { digest, answer: 'no', ...answered };
  assert.equal((await keeper.post(`${concern}/question?of=consent`, said)).status, 303);
  const ids = [offer.id, task.id, concern.split('/').at(-1) ?? ''];
  return { concern, ids, words: ['Quillwort', 'concern.', 'task.', 'tasks.', 'kept person.'] };
}

test('with the safeguarding database on another controller’s server, the force holds none of it, its log is there too, and each runs without the other', async (t) => {
  const apart = await openApart(t);
  const { force, council, application } = apart;
  const world = await helpedIn(application);
  const caseworker = await callAs(apart, world.caseworker);
  const id = newTimelessId();
  assert.equal((await caseworker.post(`${persons}/new`, { ...record, id })).location, `${persons}/${id}`);
  assert.match((await caseworker.get(`${persons}/${id}`)).body, /Xhafer/);

  const adviser = await callAs(apart, world.adviser);
  const url = `/staff/safeguarding/people/${world.note.encounterId}/consents/ask`;
  const consent = hidden((await adviser.get(`${url}?act=refer`)).body, 'id');
  const asked = { id: consent, ...question, to: world.council.id };
  const shown = await adviser.post(url, { ...asked, step: 'show' });
  const said = { ...answered, answer: 'yes', digest: hidden(shown.body, 'digest') };
  const saved = await adviser.post(url, { ...asked, ...said, step: 'save' });
  assert.equal(saved.status, 303, saved.body);

  const worker = await callAs(
    apart,
    await application.member(world.council, ['safeguarding lead', 'partner caseworker']),
  );
  const work = await workOn(worker, id);
  assert.match(
    (await worker.get(`${persons}/${id}/actions`)).body,
    /Ring Quillwort[\s\S]*Ask whether it arrived: health/,
  );
  const { body: draft } = await worker.get(`${work.concern}/draft`);
  // The council's server holds the draft, the partnership's database holds which agencies may send it: the page reads both.
  assert.match(draft, /This notification is held back[\s\S]*Only a member of a first responder organisation/);

  for (const word of [id, consent, world.note.id, 'person.', 'consent.', ...work.ids, ...work.words])
    assert.deepEqual(
      (await whereOn(force, word)).filter((table) => table !== rules),
      [],
      `${word} lies with the force`,
    );
  const there = await whereOn(council, id);
  for (const table of ['persons', 'contact_notes', 'person_actions', 'nrm_drafts', 'retention_facts', 'access_log'])
    assert.ok(there.includes(`${databaseNames.safeguarding} public.${table}`), `${table} with the council: ${there}`);
  assert.deepEqual(await whereOn(council, world.operation.codeName), [], 'nor has the council the plan');

  // The credentials of one server do not work at the other.
  for (const role of ['safelight_owner', 'safelight_superuser']) {
    const own = new URL(force.embedded.superuserAddress(databaseNames.safeguarding));
    const other = new URL(council.embedded.superuserAddress(databaseNames.safeguarding));
    [other.username, other.password] = [role, own.password];
    const stranger = openDatabase(other.href, { maxConnections: 1 });
    await assert.rejects(stranger.selectFrom('persons').selectAll().execute(), /password authentication failed/);
    await stranger.destroy();
  }

  await council.embedded.stop();
  const planner = await callAs(apart, await application.member(world.force, ['planner']));
  assert.equal((await planner.get('/staff/operations')).status, 200, 'the force works on');
  assert.equal((await worker.get('/staff')).status, 200, 'a first page without what lies with the council');
  const pages = [
    `${persons}/${id}`,
    `${persons}/${id}/actions`,
    `${behind}/actions`,
    work.concern,
    `${behind}/retention/${id}`,
  ];
  for (const page of pages) {
    const shut = await worker.get(page);
    assert.equal(shut.status, 503, page);
    assert.doesNotMatch(shut.body, /Xhafer|Quillwort/);
  }
  const outside = await openPublicDoor(t, apart);
  assert.equal(
    (await fetch(`${outside}/`)).status,
    200,
    'and so does the public door, which never had the owner’s address',
  );
  await startAgain(council);
  assert.match(
    (await caseworker.get(`${persons}/${id}`)).body,
    /Xhafer/,
    'and is itself again when the council’s is there',
  );
  for (const page of pages) assert.equal((await worker.get(page)).status, 200, page);

  // The person asks for erasure: proved, ordered and answered by the pages, erased by the leader, on the council's server only.
  const protection = await callAs(apart, await application.member(world.council, ['data-protection lead']));
  const asks = {
    ...{ alone: 'yes', wants: 'erasure', asker: 'the person', proof: 'identity document' },
    ...{ delivery: 'in person', reference: 'SAR 21', safety: '', about: id },
  };
  const request = await protection.post('/staff/oversight/safeguarding/requests/new', asks);
  assert.equal(request.status, 303, request.body);
  const order = { saying: 'asked to go', because: 'The person asked, alone with us' };
  assert.equal((await protection.post(`${behind}/retention/${id}`, order)).status, 303);
  assert.equal((await protection.post(`${request.location}/answer`, { outcome: 'done', words: '' })).status, 200);
  const { body: open } = await protection.get(`${behind}/retention`);
  const held = /Proceedings that Quillwort brought[\s\S]*?retention\/facts\/([0-9a-f-]{36})\/end/.exec(open)?.[1];
  assert.equal((await protection.post(`${behind}/retention/facts/${held}/end`, {})).status, 303);
  // After the end of a hold a record is listed for fourteen days before it is erased.
  await chores(apart, retentionChores(application.keys), new Date(Date.now() + 26 * 3_600_000));
  assert.equal((await worker.get(`${persons}/${id}`)).status, 200);
  await chores(apart, retentionChores(application.keys), new Date(Date.now() + 15 * 86_400_000));
  assert.equal((await worker.get(`${persons}/${id}`)).status, 404);
  const left = (await whereOn(council, id)).map((table) => table.replace(/.* public\./, ''));
  assert.deepEqual(
    left.filter(
      (table) => !['access_log', 'person_erasure_certificates', 'outbox', 'subject_access_requests'].includes(table),
    ),
    [],
  );
  for (const one of work.ids)
    assert.deepEqual(
      (await whereOn(council, one)).filter((table) => !/access_log|outbox|log_leaves/.test(table)),
      [],
    );
  assert.deepEqual(
    (await whereOn(force, id)).filter((table) => table !== rules),
    [],
  );
});
