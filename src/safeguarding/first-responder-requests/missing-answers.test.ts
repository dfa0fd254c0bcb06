import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { handed, hands, idOf, know, plain, raise, world } from '../../../test/fixtures/nrm-draft-handover.ts';
import { textOfPdf } from '../../../test/fixtures/pdf.ts';
import { reads } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { nrmPurpose } from '../../vocabulary/information-shared.ts';
import { getNrmReferral, saveNrmReferral } from '../nrm-drafts/store.ts';

const numbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const numberOf = (word: string | undefined): number =>
  numbers.includes(String(word).toLowerCase()) ? numbers.indexOf(String(word).toLowerCase()) : Number(word);

test('shows the same count of missing answers on the concern and on the handover page; what the submitter fills in is counted apart and not asked here', async (t) => {
  const w = await world(t);
  const at = await raise(w.her, w.person, 'yes');
  for (const filled of [false, true]) {
    if (filled) await know(w, at);
    const concern = plain((await w.her.get(at)).body);
    const hand = plain((await w.her.get(`${at}/first-responder`)).body);
    const missing = Number(/Missing answers (\d+)/.exec(concern)?.[1]);
    const there = /(\S+) answers? (?:is|are) not known yet/.exec(hand)?.[1];
    assert.equal(there ? numberOf(there) : 0, missing, hand.slice(0, 900));
    assert.ok(filled || missing > 20, concern);
    const apart = /The first responder fills in (\S+) answers about themselves/;
    assert.equal(apart.exec(concern)?.[1], apart.exec(hand)?.[1]);
    assert.ok(numberOf(apart.exec(concern)?.[1]) >= 3, concern);
  }
  for (let part = 0; part < 16; part += 1) {
    const page = await w.her.get(`${at}/parts/${part}?all=yes`);
    assert.doesNotMatch(plain(page.body), /Your role|Your telephone|Your first name/, String(part));
  }
});

test('marks facts about the submitter as “yours to fill in” on the page, the document and the downloaded draft', async (t) => {
  const { her, him, at, paperAt } = await handed(t);
  const theirs = /Your role Yours to fill in: about whoever submits it/;
  const unknown = /Your (role|telephone|first name) Not known yet/;
  const copy = await him.get(`${paperAt}/copy?part=1`);
  const taken = await her.post(`${at}/export`, {
    shape: 'pdf',
    why: 'for a partner or the coordinator of the operation',
    words: 'R 7',
  });
  for (const text of [
    (await textOfPdf(copy.rawPayload)).join(' ').replace(/\s+/g, ' '),
    (await textOfPdf(taken.rawPayload)).join(' ').replace(/\s+/g, ' '),
    plain((await her.get(`${at}/first-responder`)).body),
    plain((await her.get(`${at}/draft`)).body),
  ]) {
    assert.match(text, theirs);
    assert.doesNotMatch(text, unknown);
    assert.match(text, /answers are about whoever submits it/);
  }
});

test('a nurse who cannot hand over a notification sees what to do instead, and no count', async (t) => {
  const w = await world(t);
  const at = await raise(w.her, w.person);
  await know(w, at);
  const decided = await raise(w.her, w.person, 'no');
  assert.equal(decided, at);
  const page = await w.her.get(at);
  const text = plain(page.body);
  assert.match(text, /Your agency cannot send it\. See below what you can do/);
  assert.match(text, /call a first responder, without a name.*0800 808 3733.*Other help/);
  assert.doesNotMatch(text, /Missing answers|answers? missing|nothing missing|\d+ of \d+|what is missing/);
  assert.match(page.body, new RegExp(`href="/staff/safeguarding/people/${w.person.id}/help"`));
});

/** About a possible child: requested without consent, with a draft as a document. */
async function askedWithout(t: TestContext) {
  const unknown = { age: 'not known', ageBasis: 'how the person looks, and nothing else', yearOfBirth: null } as const;
  const w = await world(t, unknown);
  const { her, person, member, nurses, council, signIn } = w;
  const second = await signIn(await member(nurses, ['safeguarding lead'], 'Sec Ond'));
  const protects = await signIn(await member(nurses, ['data-protection lead'], 'Dot Protector'));
  const at = await raise(her, person);
  await know(w, at, { 'how treated': 'They were hit with a belt.' });
  const { refer, paper } = await hands(w, at);
  const rest = { needs: ['safety'], words: 'Please submit it.', purpose: nrmPurpose, answer: 'within four hours' };
  const form = { to: council.id, agreed: 'treated as child', papers: [paper], step: 'send', ...rest };
  const asked = await her.post(refer, { ...form, id: newTimelessId() });
  assert.equal(asked.statusCode, 303, plain(asked.body));
  return { ...w, second, protects, at, paper, refer, form, disclosure: String(asked.headers.location) };
}

test('without consent a second person reads the frozen draft in a logged view, in either role, and that version is sent whatever was written since', async (t) => {
  const w = await askedWithout(t);
  const { her, him, second, protects, at, paper, disclosure, safeguardingDb } = w;
  await reads(her, at, /is ready .*or not approved yet/);
  assert.equal((await him.get(`/staff/safeguarding/documents/${paper}`)).statusCode, 404);
  await know(w, at, { 'how treated': 'Nobody touched them.' });
  await hands(w, at);
  let read = '';
  for (const who of [second, protects]) {
    const page = await who.get(`${disclosure}/answer`);
    const text = plain(page.body);
    assert.match(text, /The draft as it was frozen on 26 November 2026.*goes as it stands here/);
    assert.match(text, /They were hit with a belt\..*Your role Yours to fill in/);
    assert.doesNotMatch(text, /Nobody touched them/);
    read = /name="read" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    assert.match(read, /^\S{20,}$/);
  }
  const looks = await sql<{ id: string; fields: string[] }>`select distinct member_id as id, fields from access_log
    where event = 'reasons.shown' and subject = ${idOf(disclosure)} and 'plan' = any (fields)`.execute(safeguardingDb);
  assert.equal(looks.rows.length, 2, 'both looks at the words are in the log');
  for (const blind of [{}, { read: 'another' }]) {
    const refused = await second.post(`${disclosure}/answer`, { answer: 'approve', said: '', ...blind });
    assert.equal(refused.statusCode, 422);
    assert.match(plain(refused.body), /Read the draft on this page first/);
  }
  const approved = await second.post(`${disclosure}/answer`, { answer: 'approve', said: '', read });
  assert.equal(approved.statusCode, 303, plain(approved.body));
  const sent = await her.post(`${disclosure}/send`, { step: 'send' });
  assert.equal(sent.statusCode, 303, plain(sent.body));
  await reads(her, String(sent.headers.location), /The referral is sent\. Lea Council finds it/);
  const copy = await him.get(`/staff/safeguarding/documents/${paper}/copy?part=1`);
  const pdf = (await textOfPdf(copy.rawPayload)).join(' ');
  assert.match(pdf, /They were hit with a belt/);
  assert.doesNotMatch(pdf, /Nobody touched them/);
  await reads(her, at, /Lea Council: asked, and no answer yet/);
});

test('does not send a draft other than the approved one, and does not request approval for one that cannot be rebuilt', async (t) => {
  const w = await askedWithout(t);
  const { her, second, at, refer, form, disclosure, safeguardingDb, keys, clock } = w;
  const read = /name="read" value="([^"]+)"/.exec((await second.get(`${disclosure}/answer`)).body)?.[1];
  await second.post(`${disclosure}/answer`, { answer: 'approve', said: '', read });
  await safeguardingDb.transaction().execute(async (tx) => {
    const { setContext } = await import('../../platform/database/database.ts');
    await setContext(tx, { now: clock.now() });
    const concern = await getNrmReferral(tx as never, keys, idOf(at));
    const swapped = concern.handed.map((one) => ({ ...one, facts: { ...one.facts, 'how treated': 'Well.' } }));
    await saveNrmReferral(tx as never, keys, { ...concern, handed: swapped });
  });
  const sent = await her.post(`${disclosure}/send`, { step: 'send' });
  assert.equal(sent.statusCode, 422);
  assert.match(plain(sent.body), /the draft has changed since approval\. Make it again/);
  const anew = await her.post(refer, { ...form, id: newTimelessId() });
  assert.equal(anew.statusCode, 422);
  assert.match(plain(anew.body), /cannot read this draft\. Make it again/);
  assert.deepEqual(await safeguardingDb.selectFrom('referrals').selectAll().execute(), []);
});

test('the recipient says that they will not submit it and why; the sender reads that, and what to do next', async (t) => {
  const { her, him, at, request, person, signIn, nurse } = await handed(t);
  await him.post(`${request}/decide`, { decision: 'accepted', reason: 'Ring Cas' });
  const toDo = async () => /Submit an NRM referral/.test((await him.get('/staff')).body);
  assert.equal(await toDo(), true);
  const form = plain((await him.get(`${request}/finish`)).body);
  assert.match(form, /We submitted it We do not submit it/);
  assert.doesNotMatch(form, /did not come/);
  const day = { 'day-day': '26', 'day-month': '11', 'day-year': '2026' };
  const why = 'The exploitation was in another country, and we know too little.';
  const wrong: [Record<string, string>, RegExp][] = [
    [{ outcome: 'not submitted' }, /Say why it is not submitted/],
    [{ outcome: 'not submitted', why: 'no' }, /Write at least a sentence/],
    [{ outcome: 'not submitted', why, number: '7' }, /Leave this empty where it was not submitted/],
    [{ outcome: 'help given' }, /Enter the day on which it was submitted/],
    [{ outcome: 'help given', ...day, 'day-day': '27' }, /Enter a day that has been/],
    [{ outcome: 'help given', ...day, 'day-day': '25' }, /on which the draft had been handed/],
    [{ outcome: 'help given', ...day, why }, /Leave this empty where it was submitted/],
    [{ outcome: 'did not attend' }, /Select how it ended from this list/],
  ];
  for (const [typed, says] of wrong) {
    const answer = await him.post(`${request}/finish`, typed);
    assert.equal(answer.statusCode, 422, JSON.stringify(typed));
    assert.match(plain(answer.body), says);
  }
  const done = await him.post(`${request}/finish`, { outcome: 'not submitted', why, ...day });
  assert.equal(done.headers.location, '/staff/safeguarding/referrals?done=finished', plain(done.body));
  assert.equal(await toDo(), false);
  await reads(him, String(done.headers.location), /Finished\. The agency that sent it reads this on its Home page/);
  const concern = await her.get(at);
  assert.match(
    plain(concern.body),
    /Lea Council: they do not submit it .*Why: The exploitation was in another country/,
  );
  assert.match(plain(concern.body), /Hand it to another first responder\. Every other help goes on/);
  assert.match(concern.body, new RegExp(`${at}/first-responder`));
  assert.equal((await her.get(`${at}/submitted`)).headers.location, at, 'nothing was submitted');
  const told = await her.get(request);
  assert.match(plain(told.body), /Not submitted .*Why it was not submitted .*in another country/);
  assert.match(told.body, new RegExp(`/people/${person.id}/nrm-referral"[^>]*>Ask another first responder`));
  assert.match(told.body, new RegExp(`/people/${person.id}/help"`));
  const home = plain((await (await signIn(nurse)).get('/staff')).body);
  assert.match(home, /Lea Council did not submit your draft/);
});
