import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { dueRows } from '../../../test/fixtures/home.ts';
import { hidden, plain } from '../../../test/fixtures/referral.ts';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { query } from '../../../test/harness/sql.ts';
import { addArrest, addChildNotification, addObservation, addPersonMet, addScreening, addVisit } from '../examples.ts';
import { saveName } from '../store.ts';
import { addReferralDraft } from './examples.ts';

const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';

/** An officer of a force that is a first responder, at a visit with a person met who was arrested and screened. */
async function screenedArrest(t: TestContext, { age = 30 as number | null, met = true, firstResponder = true } = {}) {
  const world = await aTeam(t, { time: '14:30' });
  const { db, keys, planned, officer, force, signIn } = world;
  await query(db)`update agencies set first_responder = ${firstResponder} where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const person = met
    ? await addPersonMet(db, visit, officer, { age: age === null ? 'not known' : age < 18 ? 'under 18' : 'adult' })
    : undefined;
  if (person) {
    await saveName(db, keys, person.id, {
      ...{ name: 'Ana Marin', reason: 'A witness' },
      ...{ recordedBy: officer.id, recordedAt: visit.arrivedAt },
    });
    await addObservation(db, visit, officer, { encounterId: person.id });
  }
  const arrest = await addArrest(db, visit, officer, { encounterId: person?.id ?? null, age, status: 'in custody' });
  await addScreening(db, arrest, officer);
  const at = await signIn(officer);
  const begin = async (): Promise<string> =>
    idIn((await at.post(`/staff/arrests/${arrest.id}/nrm-referral`, {})).headers.location);
  return { ...world, visit, person, arrest, at, begin, page: `/staff/arrests/${arrest.id}` };
}

const agrees = {
  ...{ answer: 'yes', language: 'Romanian', interpreted: 'remote interpreter', interpreter: 'Line 4471' },
};
type Reader = Awaited<ReturnType<typeof screenedArrest>>['at'];

const baseIn = (body: string): string => hidden(body, 'base').replaceAll('&quot;', '"');

/** What the form shows, with these words in each empty box and the first option of each choice. */
async function fillForm(at: Reader, address: string, words: string): Promise<Record<string, string | string[]>> {
  const { body } = await at.get(address);
  const asked = /name="asked" value="([^"]*)"/.exec(body)?.[1] ?? '';
  const answers: Record<string, string | string[]> = { asked, base: baseIn(body) };
  for (const key of asked.split(' ')) {
    const tag = new RegExp(`<(?:input|textarea|select)[^>]*name="${key}"[^>]*>([^<]*)`).exec(body);
    const value = /value="([^"]*)"/.exec(tag?.[0] ?? '')?.[1];
    if (!tag) continue;
    if (tag[0].includes('type="checkbox"') || tag[0].includes('type="radio"')) answers[key] = value ?? '';
    else if (tag[0].startsWith('<select')) answers[key] = 'RO';
    else if (key === 'does-pv-have-children-yes-amount') answers[key] = '2';
    else if (/phone/.test(key)) answers[key] = '01632 960 001';
    else if (/alternative-contact/.test(key)) answers[key] = 'team@example.org';
    else answers[key] = value || tag[1]?.trim() || words;
  }
  return answers;
}

const digestOn = async (at: Reader, address: string): Promise<string> =>
  /name="digest" value="([^"]*)"/.exec((await at.get(address)).body)?.[1] ?? '';

async function consent(at: Reader, id: string, said: Record<string, string>) {
  const address = `/staff/nrm-referrals/${id}/consent`;
  return at.post(address, { ...agrees, ...said, digest: await digestOn(at, address) });
}

/** Answers the form, page by page, until nothing is missing. */
async function complete(at: Reader, id: string, words = 'As the person said it'): Promise<void> {
  const address = `/staff/nrm-referrals/${id}/form`;
  for (let turn = 0; turn < 4; turn += 1) {
    const answered = await at.post(address, await fillForm(at, address, words));
    if (answered.headers.location === `/staff/nrm-referrals/${id}`) return;
    assert.equal(answered.headers.location, address, plain(answered.body).slice(-400));
  }
}

const sentAt = { time: '14:20', 'day-day': '18', 'day-month': '9', 'day-year': '2026' };

test('a screened arrest leads to a referral in one press, and what the records say is not asked again', async (t) => {
  const { at, begin, page } = await screenedArrest(t);
  assert.match((await at.get(page)).body, /Begin an NRM referral/);
  const id = await begin();
  const shown = plain((await at.get(`/staff/nrm-referrals/${id}`)).body);
  assert.match(shown, /Ask the person/);
  assert.equal((await at.post(`/staff/nrm-referrals/${id}/consent`, { ...agrees, digest: 'other' })).statusCode, 422);
  const consent = await at.get(`/staff/nrm-referrals/${id}/consent`);
  assert.match(plain(consent.body), /This is your choice/);
  const digest = /name="digest" value="([^"]*)"/.exec(consent.body)?.[1] ?? '';
  const answered = await at.post(`/staff/nrm-referrals/${id}/consent`, { ...agrees, digest });
  assert.equal(answered.headers.location, `/staff/nrm-referrals/${id}/form`);
  const form = (await at.get(`/staff/nrm-referrals/${id}/form`)).body;
  const words = plain(form);
  for (const known of [
    /Sex or gender\s+Female/,
    /Language\s+Romanian/,
    /Under 18 now\s+No/,
    /Police force\s+Some police force in full/,
  ])
    assert.match(words, known);
  assert.match(form, /name="pv-name-first-name"[^>]*value="Ana"/);
  assert.match(form, /Their role there, as recorded: works there/);
  assert.match(form, /A man stood by the door/);
  assert.match(plain((await at.get(page)).body), /Go on with the NRM referral/);
});

test('a complete referral is recorded as sent, with its number and time, and stays as it was', async (t) => {
  const { at, begin, page, db, planned } = await screenedArrest(t);
  const id = await begin();
  const own = `/staff/nrm-referrals/${id}`;
  assert.deepEqual(
    (await dueRows(at)).filter(({ what }) => what.startsWith('Finish an NRM referral')).map(({ href }) => href),
    [own],
  );
  await consent(at, id, {});
  await complete(at, id);
  assert.match(plain((await at.get(own)).body), /Complete: send it/);
  const draft = plain((await at.get(`${own}/draft`)).body);
  for (const words of ['Ana', 'Marin', 'Romanian', 'C/2026/81', 'team@example.org'])
    assert.ok(draft.includes(words), words);
  const digest = await digestOn(at, `${own}/submission`);
  const late = await at.post(`${own}/submission`, { ...sentAt, time: '14:40', reference: '', digest });
  assert.match(plain(late.body), /This time is in the future/);
  const sent = await at.post(`${own}/submission`, { ...sentAt, reference: 'NRM 4471', digest });
  assert.equal(sent.headers.location, own);
  assert.match(plain((await at.get(own)).body), /Referred to the NRM, 14:20 on 18 September 2026 Number: NRM 4471/);
  assert.equal(
    (await at.post(`${own}/form`, { asked: 'pv-name-first-name', 'pv-name-first-name': 'Eve' })).statusCode,
    422,
  );
  assert.match(plain((await at.get(`${own}/draft`)).body), /First name Ana/);
  assert.match(plain((await at.get(page)).body), /Open the NRM referral/);
  assert.match(plain((await at.get(`/staff/visits/${planned.id}`)).body), /NRM referrals[\s\S]*Referred to the NRM/);
  assert.equal((await dueRows(at)).filter(({ what }) => what.startsWith('Finish an NRM referral')).length, 0);
  const [row] = await query<{ outcome: string; text: string }>(
    db,
  )`select outcome, sealed_content, to_jsonb(c)::text as text
    from nrm_referrals r join nrm_referral_contents c on c.id = r.id`;
  assert.equal(row?.outcome, 'referral');
  assert.doesNotMatch(String(row?.text), /Marin|Line 4471|As the person/);
  const [versions] = await query<{ all: number }>(db)`select count(*)::int as all from nrm_referral_contents_versions`;
  assert.ok(Number(versions?.all) >= 3, 'each change keeps the version before it');
});

test('an adult who does not agree is notified of without anything that identifies them', async (t) => {
  const { at, begin } = await screenedArrest(t);
  const id = await begin();
  const own = `/staff/nrm-referrals/${id}`;
  await consent(at, id, { answer: 'no' });
  const form = await at.get(`${own}/form`);
  for (const secret of ['Ana', 'Marin', 'Watford', 'Blue Door', 'C/2026/81', '18 September', 'Noor'])
    assert.doesNotMatch(plain(form.body).replace(/^[\s\S]*known already/, ''), new RegExp(`\\b${secret}\\b`));
  assert.doesNotMatch(form.body, /name="pv-name-first-name"/);
  const answers = await fillForm(at, `${own}/form`, 'They were not paid');
  const named = await at.post(`${own}/form`, { ...answers, 'living-conditions': 'Marin slept in the shop in Watford' });
  assert.match(plain(named.body), /It is not sent as it is/);
  assert.match(plain(named.body), /“Marin”/);
  assert.match(plain((await at.get(own)).body), /Held back/);
  assert.match(plain((await at.get(`${own}/draft`)).body), /This notification is held back/);
  const base = baseIn((await at.get(`${own}/form`)).body);
  await at.post(`${own}/form`, { asked: 'living-conditions', base, 'living-conditions': 'They slept at work' });
  await complete(at, id, 'They were not paid');
  const draft = plain((await at.get(`${own}/draft`)).body).replace(/^[\s\S]*Draft of a Duty to Notify/, '');
  for (const secret of ['Ana', 'Marin', 'Watford', 'Blue Door', 'C/2026/81'])
    assert.ok(!draft.includes(secret), secret);
  const digest = await digestOn(at, `${own}/submission`);
  await at.post(`${own}/submission`, { ...sentAt, reference: '', digest });
  assert.match(plain((await at.get(own)).body), /Duty to Notify sent, without a name/);
});

for (const age of [15, null])
  test(`nobody asks a person of age ${age ?? 'not known'} for consent, and the form names the council`, async (t) => {
    const { at, begin, db, arrest, officer } = await screenedArrest(t, { age });
    await addChildNotification(db, arrest, officer);
    const id = await begin();
    const own = `/staff/nrm-referrals/${id}`;
    const shown = plain((await at.get(own)).body);
    assert.match(shown, /no consent is needed/);
    assert.match(shown, /Fill in the form/);
    assert.equal((await at.get(`${own}/consent`)).headers.location, own);
    assert.match((await at.get(`${own}/form`)).body, /value="Lea council, Bea Brook"/);
    await complete(at, id);
    assert.match(plain((await at.get(own)).body), /Complete: send it/);
  });

test('an adult who may not be able to decide is assessed first, and a second person decides for them', async (t) => {
  const { at, begin } = await screenedArrest(t);
  const id = await begin();
  const own = `/staff/nrm-referrals/${id}`;
  await consent(at, id, { answer: 'in doubt', interpreted: '', interpreter: '' });
  assert.match(plain((await at.get(own)).body), /To be assessed/);
  assert.equal((await at.get(`${own}/form`)).headers.location, own);
  const said = {
    ...{ assessor: 'Noor Ash', service: 'Nurse, custody suite', able: 'no' },
    ...{ decisionMaker: 'Noor Ash', decisionService: 'Nurse', decision: 'do not refer' },
  };
  assert.match(plain((await at.post(`${own}/assessment`, said)).body), /Name somebody else/);
  await at.post(`${own}/assessment`, { ...said, decisionMaker: 'Bea Brook', decisionService: 'Social worker' });
  assert.match(plain((await at.get(own)).body), /Duty to Notify, without a name/);
  const yes = await consent(at, id, {});
  assert.match(plain(yes.body), /The assessment says that the person cannot decide this/);
});

test('somebody met and not arrested is referred too, as an adult on evidence alone', async (t) => {
  const { at, person } = await screenedArrest(t);
  const of = `/staff/encounters/${person?.id}`;
  assert.match((await at.get(of)).body, /NRM referral/);
  const { db, on, visit, officer: author } = await screenedArrest(t, { met: false });
  const officer = await on(['enforcement']);
  const { id } = await addPersonMet(db, visit, author);
  const begun = idIn((await officer.post(`/staff/encounters/${id}/nrm-referral`, {})).headers.location);
  const looks = await consent(officer, begun, { ageBasis: 'how the person looks, and nothing else' });
  assert.equal(looks.headers.location, `/staff/nrm-referrals/${begun}/form`);
  assert.match(plain((await officer.get(`/staff/nrm-referrals/${begun}`)).body), /a child until assessed/);
});

test('how colleagues reach the officer is taken from their last referral, and that look is logged', async (t) => {
  const { at, begin, db, keys, visit, officer } = await screenedArrest(t);
  const met = await addPersonMet(db, visit, officer);
  const answers = { 'your telephone': '01632 960 777', 'other contact': 'desk@example.org' };
  const { id: before } = await addReferralDraft(db, keys, visit, officer, {
    encounterId: met.id,
    content: { answers },
  });
  const id = await begin();
  await consent(at, id, {});
  const form = (await at.get(`/staff/nrm-referrals/${id}/form`)).body;
  assert.match(form, /value="01632 960 777"[\s\S]*value="desk@example.org"/);
  const looks = await query<{ fields: string[] }>(db)`select fields from access_log
    where subject = ${before} and event = 'officer referral.shown'`;
  assert.ok(looks.length > 0);
});

test('two presses begin one referral, and an agency that is no first responder begins none', async (t) => {
  const { begin, db } = await screenedArrest(t);
  const first = await begin();
  assert.equal(await begin(), first);
  const [{ all } = { all: 0 }] = await query<{ all: number }>(db)`select count(*)::int as all from nrm_referrals`;
  assert.equal(all, 1);
  const none = await screenedArrest(t, { firstResponder: false });
  assert.doesNotMatch((await none.at.get(none.page)).body, /Begin an NRM referral/);
  assert.equal((await none.at.post(`${none.page}/nrm-referral`, {})).statusCode, 409);
});

test('a referral that is not sent is closed with a reason, and opened again', async (t) => {
  const { at, begin } = await screenedArrest(t);
  const own = `/staff/nrm-referrals/${await begin()}`;
  assert.equal((await at.post(`${own}/close`, {})).statusCode, 422);
  await at.post(`${own}/close`, { why: 'another agency referred the person' });
  assert.match(plain((await at.get(own)).body), /Closed without sending[\s\S]*another agency referred the person/);
  assert.equal((await dueRows(at)).filter(({ what }) => what.startsWith('Finish an NRM referral')).length, 0);
  await at.post(`${own}/open-again`, {});
  assert.match(plain((await at.get(own)).body), /Ask for consent/);
});

test('the file of a complete referral asks why it leaves, bears its marking and is logged as a disclosure', async (t) => {
  const { at, begin, db } = await screenedArrest(t);
  const id = await begin();
  await consent(at, id, {});
  await complete(at, id);
  const address = `/staff/nrm-referrals/${id}/export`;
  const why = { why: 'another reason', words: '' };
  assert.doesNotMatch((await at.get(`/staff/nrm-referrals/${id}/draft`)).body, /Your role cannot print/);
  assert.match((await at.get(`/staff/nrm-referrals/${id}`)).body, /Your role cannot print/, 'the page of its state');
  assert.equal((await at.post(address, why)).statusCode, 422);
  const file = await at.post(address, { ...why, words: 'To attach it to the form of the Home Office' });
  assert.equal(file.headers['content-type'], 'application/pdf');
  assert.equal(file.headers['x-safelight-marking'], 'OFFICIAL-SENSITIVE: PERSONAL DATA');
  assert.match(String(file.headers['content-disposition']), /\.official-sensitive-personal-data\.pdf/);
  assert.equal(file.rawPayload.subarray(0, 5).toString(), '%PDF-');
  const rows = await db.selectFrom('accessLog').select(['kind', 'subject']).where('kind', '=', 'disclosure').execute();
  assert.deepEqual(rows, [{ kind: 'disclosure', subject: id }]);
});

test('a person recorded as an adult is referred as a child where a linked arrest says that they are one', async (t) => {
  const { db, visit, officer, at } = await screenedArrest(t, { met: false });
  const person = await addPersonMet(db, visit, officer, { age: 'adult' });
  const begun = await at.post(`/staff/encounters/${person.id}/nrm-referral`, {});
  const id = idIn(begun.headers.location);
  const before = await at.get(`/staff/nrm-referrals/${id}`);
  assert.match(plain(before.body), /consent/i);
  await addArrest(db, visit, officer, { encounterId: person.id, age: 17, status: 'in custody' });
  const { body } = await at.get(`/staff/nrm-referrals/${id}`);
  assert.match(plain(body), /Under 18: a referral is made, and no consent is needed/);
  const consentPage = await at.get(`/staff/nrm-referrals/${id}/consent`);
  assert.equal(consentPage.statusCode, 303, 'a child is not asked for consent');
});
