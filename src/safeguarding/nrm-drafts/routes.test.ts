import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication, type Visitor } from '../../../test/fixtures/application.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { formVersions } from '../../nrm/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addConsent } from '../consent/examples.ts';
import { addPerson } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { answersBy, typedFacts } from './examples.ts';
import type { NrmReferral } from './nrm-referral.ts';
import { getNrmReferral, saveNrmReferral } from './store.ts';

const today = '2026-11-26';

async function world(t: TestContext, more: Partial<Person> = {}) {
  const application = await openApplication(t, { today });
  const council = await application.agency('council', { name: 'Lea Council', firstResponder: true });
  const nurses = await application.agency('health', { name: 'Lea Nurses' });
  const lead = await application.member(council, ['safeguarding lead'], 'Ravi Menon');
  const nurse = await application.member(nurses, ['safeguarding lead'], 'Nia Nurse');
  const person = await addPerson(application.safeguardingDb, application.keys, lead, application.clock.now(), more);
  const hers = await addPerson(application.safeguardingDb, application.keys, nurse, application.clock.now(), more);
  return {
    ...application,
    lead,
    nurse,
    person,
    hers,
    worker: await application.signIn(lead),
    helper: await application.signIn(nurse),
  };
}
type World = Awaited<ReturnType<typeof world>>;

async function raise(visitor: Visitor, person: { readonly id: string }): Promise<string> {
  const answer = await visitor.post(`/staff/safeguarding/people/${person.id}/nrm-referral`);
  assert.equal(answer.statusCode, 303, answer.body);
  return String(answer.headers.location);
}

const wordsOf = /name="digest" value="([^"]+)"/;
async function ask(visitor: Visitor, at: string, answer: 'yes' | 'no'): Promise<void> {
  assert.equal((await visitor.post(`${at}/question?of=doubt`, { answer: 'no' })).statusCode, 303);
  const digest = wordsOf.exec((await visitor.get(`${at}/question`)).body)?.[1];
  const consent = {
    digest,
    answer,
    how: 'the person themself',
    language: 'ro',
    interpreted: 'interpreter present',
    interpreter: 'I 7',
  };
  const kept = await visitor.post(`${at}/question?of=consent`, consent);
  assert.equal(kept.statusCode, 303, kept.body);
}

/** Confirms that the draft on the page was sent. */
async function submit(visitor: Visitor, at: string, more: Record<string, string> = {}) {
  const digest = wordsOf.exec((await visitor.get(`${at}/submit`)).body)?.[1] ?? '';
  return await visitor.post(`${at}/submit`, { digest, sent: 'yes', short: 'yes', ...more });
}

/** Stores what a worker would have typed, without the pages. */
async function know({ safeguardingDb, keys, lead, clock }: World, at: string, more: Record<string, unknown> = {}) {
  const id = at.split('/').at(-1) as NrmReferral['id'];
  await safeguardingDb.transaction().execute(async (tx) => {
    const { setContext } = await import('../../platform/database/database.ts');
    await setContext(tx, { now: clock.now() });
    const concern = await getNrmReferral(tx as never, keys, id);
    const answers = answersBy({ ...typedFacts, ...more } as never, { by: lead.id, on: today });
    await saveNrmReferral(tx as never, keys, { ...concern, answers });
  });
}

test('shows known facts of the person with their source, and does not ask them again', async (t) => {
  const { worker, person } = await world(t);
  const at = await raise(worker, person);
  await ask(worker, at, 'yes');
  const number = formVersions
    .find(({ id }) => id === 'nrm-2026')
    ?.sections.findIndex(({ title }) => title === 'Person');
  const { body } = await worker.get(`${at}/parts/${number}`);
  assert.match(body, /Olga \(from the person’s record\)/);
  assert.match(body, /Ukrainian \(from the person’s record\)/);
  assert.doesNotMatch(body, /name="pv-name-first-name"/);
  assert.match(body, /name="pv-nationality"/, 'what the record does not hold is asked');
  const all = await worker.get(`${at}/parts/${number}?all=yes`);
  assert.match(all.body, /name="pv-name-first-name"[^>]*value="Olga"/);
});

test('keeps the answers of a part, shows what follows from them, and leads on', async (t) => {
  const { worker, person } = await world(t);
  const at = await raise(worker, person);
  await ask(worker, at, 'yes');
  const part = `${at}/parts/4`;
  const asked = {
    asked: 'still-in-exploitative-situation how-they-were-treated',
    'still-in-exploitative-situation': 'no',
    'how-they-were-treated': 'Olga was hit.',
  };
  const first = await worker.post(part, asked);
  assert.equal(first.headers.location, part, 'the same part, since how it ended is asked now');
  const again = await worker.get(part);
  assert.match(again.body, /name="how-why-did-they-leave-the-situation"/);
  assert.match(again.body, /Olga was hit\. \(written down by Officer Ravi Menon on 26 November 2026\)/);
  const wrong = await worker.post(part, { asked: 'when-last-contact', 'when-last-contact': 'never' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Select one of the list/);
});

test('after a no, asks nothing that a notification may not hold, and names the person in no draft', async (t) => {
  const application = await world(t);
  const { worker, person } = application;
  const at = await raise(worker, person);
  const open = await worker.get(at);
  assert.doesNotMatch(open.body, /Background<\/a>/, 'nor before it is known which way it goes');
  await ask(worker, at, 'no');
  await know(application, at);
  const draft = await worker.get(`${at}/draft`);
  assert.equal(draft.statusCode, 200);
  assert.match(draft.body, /Draft of a Duty to Notify/);
  const json = await worker.post(`${at}/export`, { shape: 'json', why: 'another reason', words: 'Desk 4' });
  assert.equal(json.statusCode, 200, json.body.slice(0, 2000));
  const answers = JSON.parse(json.body);
  assert.equal(answers.branch, 'notification');
  for (const secret of ['Olga', 'Коваленко', '07700 900461', 'Vaslui', 'Hemel', 'Ukrainian', '1998'])
    for (const text of [draft.body.replace(/<header[\s\S]*?<\/header>/, ''), json.body])
      assert.ok(!text.replaceAll(/[0-9a-f-]{36}/g, '').includes(secret), secret); // Ids may hold the same digits.
});

test('stops a name typed into a notification in its field, says why and keeps it; by page, file and post alike', async (t) => {
  const application = await world(t);
  const { worker, person } = application;
  const at = await raise(worker, person);
  await ask(worker, at, 'no');
  await know(application, at);
  const typed = { asked: 'how-they-were-treated', 'how-they-were-treated': 'Olga was hit, ring 07700 900 982.' };
  const stopped = await worker.post(`${at}/parts/4`, typed);
  assert.equal(stopped.statusCode, 422);
  assert.match(stopped.body, /“Olga”: This is a name from the record/);
  assert.match(stopped.body, /A phone number leads to one person/);
  assert.match(stopped.body, />Olga was hit, ring 07700 900 982\.<\/textarea>/);
  for (const shape of ['pdf', 'json']) {
    const taken = await worker.post(`${at}/export`, { shape, why: 'another reason', words: 'Desk 4' });
    assert.equal(taken.headers['content-disposition'], undefined);
    assert.match(taken.body, /held back/);
  }
  const sent = await submit(worker, at);
  assert.equal(sent.statusCode, 422);
  await shows(worker, `${at}/draft`, /There is no way to send it as it is/);
  // A field that a notification never sends is not accepted this way either.
  const name = await worker.post(`${at}/parts/4`, {
    asked: 'pv-name-first-name how-they-were-treated',
    'pv-name-first-name': 'Olga',
    'how-they-were-treated': 'The person was hit.',
  });
  assert.equal(name.statusCode, 303);
  const { body } = await worker.post(`${at}/export`, { shape: 'json', why: 'another reason', words: 'Desk 4' });
  assert.ok(!body.includes('pv-name'));
});

test('keeps a submission as it was read; asks first if the draft changed or has gaps', async (t) => {
  const application = await world(t);
  const { worker, person } = application;
  const at = await raise(worker, person);
  await ask(worker, at, 'yes');
  const read = wordsOf.exec((await worker.get(`${at}/submit`)).body)?.[1] ?? '';
  const gaps = await worker.post(`${at}/submit`, { digest: read, sent: 'yes' });
  assert.equal(gaps.statusCode, 422);
  assert.match(gaps.body, /Fill in what is missing first/);
  await know(application, at, { nationality: 'UA' });
  const stale = await worker.post(`${at}/submit`, { digest: read, sent: 'yes', short: 'yes' });
  assert.equal(stale.statusCode, 422);
  assert.match(stale.body, /The draft is another than when you opened this page/);
  await shows(worker, at, /Not submitted yet/);
  assert.equal((await submit(worker, at)).headers.location, at);
});

test('refers an adult who says yes: frozen, with its clocks and the test of each day', async (t) => {
  const application = await world(t);
  const { worker, person, clock, keys, safeguardingDb } = application;
  const at = await raise(worker, person);
  await ask(worker, at, 'yes');
  await know(application, at, { nationality: 'UA' });
  const sent = await submit(worker, at, { reference: 'NRM/26/0417' });
  assert.equal(sent.headers.location, at, sent.body);
  const page = await worker.get(at);
  assert.match(page.body, /Five working days from the referral/);
  assert.match(page.body, /3 December 2026/);
  assert.match(page.body, /NRM\/26\/0417/);
  const toDo = async () => (await worker.get(`/staff/safeguarding/people/${person.id}/actions`)).body;
  assert.match(await toDo(), /Has the reasonable grounds decision arrived\?[\s\S]*3 December 2026/);
  assert.doesNotMatch(await toDo(), /recovery period/);
  const again = await worker.post(`${at}/parts/4`, {
    asked: 'how-they-were-treated',
    'how-they-were-treated': 'Other',
  });
  assert.equal(again.statusCode, 422, 'nothing in it changes any more');
  const day = { 'day-day': '26', 'day-month': '11', 'day-year': '2026' };
  const early = await worker.post(`${at}/decision`, { what: 'conclusive grounds', outcome: 'positive', ...day });
  assert.match(early.body, /A positive decision on reasonable grounds comes first/);
  assert.equal(
    (await worker.post(`${at}/decision`, { what: 'reasonable grounds', outcome: 'positive', ...day })).statusCode,
    303,
  );
  const decided = await worker.get(at);
  assert.match(decided.body, /Objective evidence is no longer required in every case/);
  assert.match(decided.body, /26 December 2026/, 'thirty days of recovery');
  assert.equal(
    (await worker.get(`/staff/safeguarding/people/${person.id}/nrm-referral`)).headers.location,
    at,
    'one referral for one person',
  );
  const held = await getNrmReferral(safeguardingDb as never, keys, at.split('/').at(-1) as NrmReferral['id']);
  assert.equal(held.submission?.responderId, 'councils-england-wales');
  assert.equal(held.submission?.digest.length, 64);
  assert.ok(clock.now());
});

test('keeps of a submission what a return counts, without the person, the draft and the day', async (t) => {
  const visit = { origin: 'met at visit', originId: newTimelessId(), operationId: newTimelessId() } as Partial<Person>;
  const application = await world(t, visit);
  const { worker, person, lead, safeguardingDb, keys, clock } = application;
  const walkedIn = await addPerson(safeguardingDb, keys, lead, clock.now());
  for (const whom of [person, walkedIn]) {
    const at = await raise(worker, whom);
    await ask(worker, at, 'yes');
    assert.equal((await submit(worker, at)).headers.location, at);
  }
  const [kept, ...others] = await safeguardingDb.selectFrom('submittedNrmReferrals').selectAll().execute();
  assert.deepEqual(others, [], 'who walked in belongs to no operation');
  const { id, person: pseudonym, ...rest } = kept ?? {};
  assert.deepEqual(rest, {
    operationId: visit.operationId,
    agencyId: lead.agencyId,
    responder: 'council',
    outcome: 'referral',
  });
  const [draft] = await safeguardingDb.selectFrom('nrmDrafts').select('id').where('personId', '=', person.id).execute();
  const led = [person.id, visit.originId, draft?.id];
  assert.ok(!led.includes(id) && !led.includes(pseudonym));
});

test('a member who may not submit raises it and reads which agency can; by post too', async (t) => {
  const application = await world(t);
  const { helper, hers } = application;
  const raising = await helper.get(`/staff/safeguarding/people/${hers.id}/nrm-referral`);
  assert.match(raising.body, /Your agency cannot submit it/);
  assert.match(raising.body, /Lea Council, in Safelight/);
  const at = await raise(helper, hers);
  await ask(helper, at, 'yes');
  await know(application, at);
  const form = await helper.get(`${at}/submit`);
  assert.match(form.body, /Send it to Lea Council/);
  assert.doesNotMatch(form.body, /name="sent"/);
  const sent = await submit(helper, at);
  assert.equal(sent.statusCode, 422);
  await shows(helper, at, /Not submitted yet/);
});

test('asks a person of unknown age no fork question and refers them as a child', async (t) => {
  const { worker, person } = await world(t, {
    age: 'not known',
    ageBasis: 'how the person looks, and nothing else',
    yearOfBirth: null,
  });
  const at = await raise(worker, person);
  const page = await worker.get(at);
  assert.match(page.body, /a child until assessed/);
  assert.doesNotMatch(page.body, /next question/);
  assert.equal((await worker.get(`${at}/question?of=consent`)).headers.location, at);
  const asked = await worker.post(`${at}/question?of=doubt`, { answer: 'no' });
  assert.equal(asked.statusCode, 422);
  const json = await worker.post(`${at}/export`, { shape: 'json', why: 'another reason', words: 'Desk 4' });
  const draft = JSON.parse(json.body);
  assert.equal(draft.branch, 'referral');
  assert.ok(!json.body.includes('pv-want-to-submit-nrm'), 'consent is not asked of a child');
});

test('capacity: different named people, and a doubt that is withdrawn only with a reason', async (t) => {
  const { worker, person, safeguardingDb, keys } = await world(t);
  const at = await raise(worker, person);
  const say = (of: string, answers: Record<string, string>) => worker.post(`${at}/question?of=${of}`, answers);
  await say('doubt', { answer: 'yes' });
  assert.match((await say('assessor', { name: 'X', service: 'Memory clinic' })).body, /as people know it, in letters/);
  assert.match((await say('assessor', { name: 'Ada Quill' })).body, /Enter the role, and where/);
  assert.equal((await say('assessor', { name: 'Dr Ada Quill', service: 'Memory clinic' })).statusCode, 303);
  await say('able', { answer: 'no' });
  const same = await say('decisionMaker', { name: 'Quill, Ada', service: 'Adult social care' });
  assert.equal(same.statusCode, 422);
  assert.match(same.body, /Name somebody else: this is who assesses/);
  assert.equal((await say('decisionMaker', { name: 'Lin Reed', service: 'Adult social care' })).statusCode, 303);
  await say('decision', { answer: 'refer' });
  const unsaid = await say('doubt', { answer: 'no' });
  assert.equal(unsaid.statusCode, 422);
  assert.match(unsaid.body, /Say why there is no doubt any more/);
  assert.match((await say('doubt', { answer: 'no', why: 'no' })).body, /Write at least a sentence/);
  const held = () => getNrmReferral(safeguardingDb as never, keys, at.split('/').at(-1) as NrmReferral['id']);
  assert.equal((await held()).fork.decision?.answer, 'refer', 'nothing was turned');
  assert.equal(
    (await say('doubt', { answer: 'no', why: 'She was seen again, rested, and understood it all.' })).statusCode,
    303,
  );
  const { fork } = await held();
  assert.deepEqual([fork.assessor, fork.decision, fork.doubt?.turned?.length], [null, null, 1]);
  await shows(worker, at, /It was in doubt for .+ and not any more for .+ She was seen again, rested/s);
});

test('the same worker need not type the interpreter again within the hour', async (t) => {
  const { worker, person, safeguardingDb, keys, clock, nurse, lead } = await world(t);
  const at = await raise(worker, person);
  await worker.post(`${at}/question?of=doubt`, { answer: 'no' });
  const known = { personId: person.id, operationId: null, at: clock.now() };
  await addConsent(safeguardingDb, keys, known, nurse.agencyId, nurse, { interpreter: 'Another 17' });
  await showsNo(worker, `${at}/question`, /Another 17/, 'a colleague wrote it');
  await addConsent(safeguardingDb, keys, known, nurse.agencyId, lead);
  await shows(worker, `${at}/question`, /value="Interpreter 4471"/);
  clock.move(new Date(clock.now().getTime() + 3_600_000));
  await showsNo(worker, `${at}/question`, /Interpreter 4471|Another 17/);
});

test('keeps consent with the wording shown, and shows changed wording again', async (t) => {
  const { worker, person, safeguardingDb, keys } = await world(t);
  const at = await raise(worker, person);
  await worker.post(`${at}/question?of=doubt`, { answer: 'no' });
  const { body } = await worker.get(`${at}/question`);
  assert.match(body, /A referral tells the police\. It is recorded as a crime against you\./);
  assert.match(body, /You do not have to speak to the police/);
  const consent = {
    digest: 'other',
    answer: 'yes',
    how: 'the person themself',
    language: 'en',
    interpreted: 'nobody was needed',
    interpreter: '',
  };
  assert.match((await worker.post(`${at}/question?of=consent`, consent)).body, /The words have changed since/);
  const alone = { ...consent, digest: wordsOf.exec(body)?.[1], language: 'ro' };
  assert.match((await worker.post(`${at}/question?of=consent`, alone)).body, /Select the interpreter/);
  const page = (await worker.get(`${at}/question`)).body;
  assert.match(page, /<option value="uk" selected>/, 'the record says Ukrainian');
  for (const [more, says] of [
    [{ language: 'en' }, /needs an interpreter/],
    [{ language: 'en', interpreted: 'shared language' }, /needs an interpreter/],
    [{ language: 'other', interpreted: 'shared language' }, /Enter the language of the explanation/],
  ] as const)
    assert.match((await worker.post(`${at}/question?of=consent`, { ...alone, ...more })).body, says);
  const spoken = { ...alone, language: 'uk', interpreted: 'shared language' };
  assert.equal((await worker.post(`${at}/question?of=consent`, spoken)).statusCode, 303);
  const held = await getNrmReferral(safeguardingDb as never, keys, at.split('/').at(-1) as NrmReferral['id']);
  assert.deepEqual([held.fork.consent?.answer, held.fork.consent?.wordingId], ['yes', 'told-2026-11']);
  await shows(worker, at, /Yes, said by the person/);
  // A changed mind before submission.
  await ask(worker, at, 'no');
  await shows(worker, at, /Duty to Notify/);
});

test('two members who raise one at the same moment get the same concern', async (t) => {
  const { worker, person, safeguardingDb } = await world(t);
  const [one, other] = await Promise.all([raise(worker, person), raise(worker, person)]);
  assert.equal(one, other);
  assert.equal((await safeguardingDb.selectFrom('nrmDrafts').select('id').execute()).length, 1);
});

test('logs every view of a concern, its changes and its downloads', async (t) => {
  const { worker, person, safeguardingDb } = await world(t, { age: 'under 18', yearOfBirth: 2012 });
  const at = await raise(worker, person);
  await worker.get(at);
  await worker.post(`${at}/export`, { shape: 'pdf', why: 'another reason', words: 'Desk 4' });
  const rows = await logRows(safeguardingDb, [], ['event', 'kind', 'subject']);
  const id = at.split('/').at(-1);
  const said = new Set(rows.filter(({ subject }) => subject === id).map(({ event, kind }) => `${kind}: ${event}`));
  for (const wanted of [
    'collection: nrm referral.raised',
    'consultation: nrm referral.shown',
    'disclosure: nrm referral exported',
  ])
    assert.ok(said.has(wanted), [...said].join());
  assert.ok(rows.some(({ event, subject }) => event === 'person.shown' && subject === person.id));
});

test('makes a file of the draft: a document that starts as a PDF, with its marking in its name', async (t) => {
  const { worker, person } = await world(t, { age: 'under 18', yearOfBirth: 2012 });
  const at = await raise(worker, person);
  const paper = await worker.post(`${at}/export`, { shape: 'pdf', why: 'another reason', words: 'Desk 4' });
  assert.match(
    String(paper.headers['content-disposition']),
    /concern-[0-9a-f]{8}\.official-sensitive-personal-data\.pdf/,
  );
  assert.equal(paper.rawPayload.subarray(0, 8).toString(), '%PDF-1.7');
});
