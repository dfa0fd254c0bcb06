import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import {
  agreedItems,
  digestIn,
  handed,
  hands,
  idOf,
  know,
  plain,
  raise,
  saysYes,
  world,
} from '../../../test/fixtures/nrm-draft-handover.ts';
import { reads, shows, showsNo } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import { getNrmReferral } from '../nrm-drafts/store.ts';
import { addPerson } from '../people/examples.ts';

test('shows the whole draft before it is handed over, without facts about the submitter; the request has agency, purpose and document preset', async (t) => {
  const w = await world(t);
  const { her, person, council } = w;
  const at = await raise(her, person);
  await showsNo(her, at, /\/first-responder"/, 'not while the way is open');
  assert.equal((await her.get(`${at}/first-responder`)).headers.location, at);
  const decided = await raise(her, person, 'yes');
  await know(w, decided);
  const concern = await her.get(decided);
  assert.match(concern.body, new RegExp(`href="${decided}/first-responder"[^>]*>Hand it to Lea Council`));
  assert.match(concern.body, new RegExp(`${decided}/first-responder\\?to=${council.id}`));
  const page = await her.get(`${decided}/first-responder`);
  assert.match(plain(page.body), /Draft of a referral to the National Referral Mechanism .*First name Olga/);
  assert.doesNotMatch(plain(page.body), /Your role Nurse/, 'the one who submits fills in who they are');

  const { asked, paper } = await hands(w, decided);
  const form = await her.get(asked);
  assert.match(form.body, new RegExp(`value="${council.id}" checked`));
  assert.match(form.body, new RegExp(`value="${paper}" checked`));
  assert.match(form.body, new RegExp(`<option value="${nrmPurpose}" selected`));
  assert.match(form.body, /Please submit the enclosed draft to the National Referral Mechanism/);
  const first = /href="([^"]+)"[^>]*>Not asked yet\? Ask for consent first/
    .exec(form.body)?.[1]
    ?.replaceAll('&amp;', '&');
  const question = await her.get(String(first));
  assert.match(question.body, new RegExp(`value="${council.id}" checked`));
  assert.match(question.body, new RegExp(`value="${draftGroup}" checked`));
  const consent = await saysYes(w);
  const agreed = await her.get(`/staff/safeguarding/people/${person.id}/consents`);
  assert.match(agreed.body, new RegExp(`refer\\?consent=${consent}`));
  const later = await her.get(`/staff/safeguarding/people/${person.id}/refer?consent=${consent}`);
  assert.match(later.body, new RegExp(`value="${paper}" checked`), 'the one draft that there is');
  const on = await her.get(asked);
  assert.match(plain(on.body), /Refer to Lea Council/, 'what was agreed is not asked again');
  assert.match(on.body, new RegExp(`value="consent:${consent}"`));
  assert.match(on.body, new RegExp(`value="${paper}" checked`));
});

test('explains the effects of a referral before the yes; other requests say nothing about it', async (t) => {
  const { her, person, council } = await world(t);
  const url = `/staff/safeguarding/people/${person.id}/consents/ask`;
  const ask = (purpose: string) =>
    her.post(url, {
      ...{ id: newTimelessId(), act: 'refer', to: council.id, purpose, days: '28', shown: 'other', step: 'show' },
      items: agreedItems.filter((item) => item !== draftGroup || purpose === nrmPurpose),
    });
  const words = plain((await ask(nrmPurpose)).body);
  assert.match(words, /the whole draft of your referral to the National Referral Mechanism/);
  assert.match(
    words,
    /The police will record a crime committed against you, with you as the victim\. You do not have to speak to them\./,
  );
  assert.match(words, /Once the referral is sent, taking this back does not undo it/);
  assert.doesNotMatch(plain((await ask('safety planning')).body), /record a crime/);
});

test('makes one document for repeated or simultaneous requests, another for another draft, and none if the draft changed since the page was read', async (t) => {
  const w = await world(t);
  const { her, council, person, safeguardingDb } = w;
  const at = await raise(her, person, 'yes');
  await know(w, at);
  const digest = digestIn(await her.get(`${at}/first-responder`));
  const both = await Promise.all([1, 2].map(() => her.post(`${at}/first-responder`, { digest, to: council.id })));
  assert.equal(new Set(both.map(({ headers }) => headers.location)).size, 1);
  assert.deepEqual(
    both.map(({ statusCode }) => statusCode),
    [303, 303],
  );
  const lying = () => readdirSync(join(w.config.filesFolder, 'papers')).length;
  const papers = async () => (await safeguardingDb.selectFrom('personDocuments').select(['item']).execute()).length;
  assert.equal(await papers(), 1);
  assert.equal(lying(), 1, 'nor a file of which nobody knows');
  const again = await hands(w, at);
  assert.equal(await papers(), 1);
  await know(w, at, { nationality: 'UA' });
  const stale = await her.post(`${at}/first-responder`, { digest, to: council.id });
  assert.equal(stale.statusCode, 422);
  assert.match(plain(stale.body), /The draft has changed since you opened this page/);
  assert.equal(await papers(), 1);
  const anew = await hands(w, at);
  assert.notEqual(anew.paper, again.paper);
  const listed = plain((await her.get(`/staff/safeguarding/people/${person.id}/documents`)).body);
  assert.match(listed, /Draft of a referral to the NRM, 26 November 2026, version 2/);
  const nobody = await her.post(`${at}/first-responder`, {
    digest: digestIn(await her.get(`${at}/first-responder`)),
    to: newTimelessId(),
  });
  assert.match(plain(nobody.body), /Select the first responder/);
});

test('the council opens the document, accepts it and gives the number; the nurse reads it and records the submission', async (t) => {
  const w = await handed(t);
  const { her, him, at, request, paperAt, paper, council, person, safeguardingDb, keys } = w;
  const shown = await him.get(request);
  assert.match(plain(shown.body), /Draft of a referral to the NRM, 26 November 2026/);
  await reads(him, paperAt, /Ask the sender whether it is still correct/);
  const copy = await him.get(`${paperAt}/copy?part=1`);
  assert.equal(copy.headers['content-type'], 'application/pdf');
  assert.match(copy.rawPayload.toString('latin1', 0, 5), /%PDF-/);
  await reads(her, at, /Lea Council: asked, and no answer yet/);
  assert.equal((await her.get(`${at}/submitted`)).headers.location, at, 'nobody took it on yet');
  await him.post(`${request}/decide`, { decision: 'accepted', reason: 'Ring Cas' });
  await reads(her, at, /Lea Council: taken on/);
  const day = { 'day-day': '26', 'day-month': '11', 'day-year': '2026' };
  const id = idOf(request);

  await know(w, at, { nationality: 'UA' });
  await reads(her, at, /what they hold is of 26 November 2026\. Send it again/);
  const before = plain((await him.get(request)).body);
  assert.doesNotMatch(before, /changed|version/, 'that something was written since is not theirs to know');

  const number = 'NRM/26/0417';
  const finishing = await him.get(`${request}/finish`);
  assert.match(plain(finishing.body), /We submitted it .*We do not submit it .*the number that the service gave/);
  const done = await him.post(`${request}/finish`, { outcome: 'help given', number, ...day });
  assert.equal(done.statusCode, 303, plain(done.body));
  assert.equal((await him.get(paperAt)).statusCode, 404, 'finished: seen no longer');
  const home = async () => (await her.get('/staff')).body;
  assert.match(plain(await home()), /Record the submission of an NRM referral Lea Council submitted your draft/);
  assert.match(await home(), new RegExp(`href="${at}/submitted"`));
  assert.doesNotMatch(await home(), new RegExp(`${person.called}|NRM/26|Referral finished`), 'nobody’s name, and once');
  await showsNo(him, '/staff', /NRM\/26|Record the submission|not submitted/);
  const told = plain((await her.get(at)).body);
  assert.match(
    told,
    /they say that it was submitted .*Submitted on 26 November 2026\. Number of the service: NRM\/26\/0417/,
  );
  assert.match(told, /Submitted: record it here Lea Council says that they submitted it on 26 November 2026/);
  assert.doesNotMatch(told, /Not submitted yet|Hand it to|Add missing answers/, 'one state, and not handed over again');
  await reads(her, request, /Submitted .*On 26 November 2026\. The number that the service gave: NRM\/26\/0417/);
  const form = await her.get(`${at}/submitted`);
  assert.match(form.body, new RegExp(`value="${number}"`), 'nobody types it again');
  assert.match(form.body, /name="day-day"[^>]*value="26"/, 'nor the day');
  const wrong: [Record<string, string>, RegExp][] = [
    [{ request: newTimelessId(), ...day }, /Select an agency that took it on/],
    [{ request: id, ...day, 'day-day': '25' }, /They were handed it after that day/],
    [{ request: id, ...day, 'day-day': '27' }, /Enter a day that has been/],
  ];
  for (const [typed, says] of wrong) {
    const answer = await her.post(`${at}/submitted`, { ...typed, reference: number });
    assert.equal(answer.statusCode, 422);
    assert.match(plain(answer.body), says);
    assert.match(answer.body, new RegExp(`value="${number}"`), 'what was typed stays');
  }
  const kept = await her.post(`${at}/submitted`, { request: id, ...day, reference: number });
  assert.equal(kept.headers.location, at, plain(kept.body));
  assert.equal((await her.post(`${at}/submitted`, { request: id, ...day })).headers.location, at, 'once');
  assert.doesNotMatch(await home(), /NRM\/26|Record the submission|not submitted/, 'written down: it is done');
  const page = plain((await her.get(at)).body);
  assert.match(
    page,
    /submitted by Lea Council on 26 November 2026\. From the draft of 26 November 2026, as .*Nia Nurse wrote/,
  );
  assert.match(page, /Five working days from the referral/);
  const { submission, handed: drafts } = await getNrmReferral(safeguardingDb as never, keys, idOf(at));
  const [draft] = drafts;
  assert.deepEqual(
    [submission?.agencyId, submission?.responderId, submission?.digest, submission?.reference, draft?.paperId],
    [council.id, 'councils-england-wales', draft?.digest, number, paper],
  );
  assert.notEqual(submission?.facts.nationality, 'UA', 'what they held, not what was written since');
  await shows(her, `/staff/safeguarding/people/${person.id}/actions`, /reasonable grounds/);
  assert.equal((await her.get(`${at}/first-responder`)).headers.location, at, 'nothing is handed after that');
});

test('shows on the home page that they ended it without submitting, until the draft is handed over again', async (t) => {
  const w = await handed(t);
  const { her, him, at, request } = w;
  await him.post(`${request}/decide`, { decision: 'accepted', reason: 'Ring Cas' });
  await him.post(`${request}/finish`, { outcome: 'person withdrew' });
  const home = async () => plain((await her.get('/staff')).body);
  assert.match(await home(), /Lea Council did not submit your draft/);
  await know(w, at, { nationality: 'UA' });
  await hands(w, at);
  assert.doesNotMatch(await home(), /did not submit your draft/);
});

test('declined or withdrawn by the person, the document is closed at once, and the concern says so', async (t) => {
  for (const how of ['declined', 'taken back'] as const)
    await t.test(how, async (each) => {
      const { her, him, at, request, paperAt, consent } = await handed(each);
      const opens = async () =>
        Promise.all([paperAt, `${paperAt}/copy?part=1`].map(async (url) => (await him.get(url)).statusCode));
      assert.deepEqual(await opens(), [200, 200]);
      if (how === 'declined') await him.post(`${request}/decide`, { decision: 'declined', reason: 'Another county' });
      else await her.post(`/staff/safeguarding/consents/${consent}/withdraw`, { how: 'the person themself' });
      assert.deepEqual(await opens(), [404, 404]);
      assert.equal((await her.get(paperAt)).statusCode, 200);
      await reads(her, at, new RegExp(`Lea Council: ${how} .*nothing of it any more`));
      assert.equal((await her.get(`${at}/submitted`)).headers.location, at);
    });
});

test('after a change the same agency can be asked again with the later document, but not with the same one', async (t) => {
  const w = await handed(t);
  const { her, him, at, refer, send } = w;
  const twice = await her.post(refer, { ...send, id: newTimelessId() });
  assert.equal(twice.statusCode, 422);
  assert.match(plain(twice.body), /already has a referral for this help/);
  await know(w, at, { nationality: 'UA' });
  const anew = await hands(w, at);
  const id = newTimelessId();
  assert.equal((await her.post(refer, { ...send, id, papers: [anew.paper] })).statusCode, 303);
  await reads(him, `/staff/safeguarding/referrals/${id}`, /26 November 2026, version 2/);
});

test('a first responder outside the partnership gets a sealed file, and the sender records the answer', async (t) => {
  const w = await world(t);
  const { her, person, agency, safeguardingDb, keys } = w;
  const county = await agency('council', { name: 'Far County', firstResponder: true });
  const at = await raise(her, person, 'yes');
  const page = await her.get(`${at}/first-responder`);
  assert.match(plain(page.body), /Hand it to a first responder .*Who is it for\? Far County Lea Council/);
  const pressed = await her.post(`${at}/first-responder`, { digest: digestIn(page), to: county.id });
  const { pathname: refer, searchParams } = new URL(String(pressed.headers.location), 'http://x');
  const id = newTimelessId();
  const papers = [String(searchParams.get('paper'))];
  const form = {
    id,
    to: county.id,
    agreed: 'agreed',
    papers,
    purpose: nrmPurpose,
    needs: ['safety'],
    words: 'Please.',
  };
  const sent = await her.post(refer, { ...form, step: 'send' });
  const request = String(sent.headers.location);
  assert.equal(request, `/staff/safeguarding/referrals/${id}`, plain(sent.body));
  const letter = /href="([^"]+)\/letter"/.exec((await her.get(request)).body)?.[1] ?? '';
  const { Decrypter, generateIdentity, identityToRecipient } = await import('age-encryption');
  const identity = await generateIdentity();
  const file = await her.post(`${letter}/file`, {
    ...{ why: 'for a partner or the coordinator of the operation', words: 'Reference 7' },
    recipient: await identityToRecipient(identity),
  });
  const opener = new Decrypter();
  opener.addIdentity(identity);
  const tar = Buffer.from(await opener.decrypt(file.rawPayload)).toString('latin1');
  assert.match(tar, /paper-1\.pdf[\s\S]*%PDF-/);
  await her.post(`${request}/decide`, { decision: 'accepted', reason: '' });
  const day = { 'day-day': '26', 'day-month': '11', 'day-year': '2026' };
  const done = await her.post(`${request}/finish`, { outcome: 'help given', number: 'NRM/26/0418', ...day });
  assert.equal(done.statusCode, 303, plain(done.body));
  await shows(her, `${at}/submitted`, /value="NRM\/26\/0418"/);
  await her.post(`${at}/submitted`, { request: id, ...day, reference: 'NRM/26/0418' });
  const { submission } = await getNrmReferral(safeguardingDb as never, keys, idOf(at));
  assert.deepEqual([submission?.agencyId, submission?.reference], [county.id, 'NRM/26/0418']);
});

test('hands over no notification, by page or by post; and a submitting member does not hand over', async (t) => {
  const w = await world(t);
  const { her, person, council, member, signIn, safeguardingDb, keys, clock } = w;
  const at = await raise(her, person, 'no');
  await know(w, at);
  await showsNo(her, at, /\/first-responder["?]/);
  for (const answer of [
    await her.get(`${at}/first-responder`),
    await her.post(`${at}/first-responder`, { digest: 'x', to: council.id }),
  ])
    assert.equal(answer.headers.location, at);
  const lead = await member(council, ['safeguarding lead'], 'Ravi Menon');
  const theirs = await addPerson(safeguardingDb, keys, lead, clock.now());
  const own = await signIn(lead);
  const submits = await raise(own, theirs, 'yes');
  assert.equal((await own.get(`${submits}/first-responder`)).headers.location, submits);
  assert.deepEqual(await safeguardingDb.selectFrom('personDocuments').selectAll().execute(), []);
});

test('shows what was handed over to nobody elsewhere: police of any role, other support agencies, the council beyond its request', async (t) => {
  const { at, paperAt, request, him, member, agency, signIn, person } = await handed(t);
  const force = await agency('police force', { firstResponder: true });
  const others = await agency('voluntary', { name: 'Open Door' });
  const police = await signIn(await member(force, ['field', 'enforcement', 'safeguarding lead', 'partner caseworker']));
  const elsewhere = await signIn(await member(others, ['partner caseworker', 'safeguarding lead'], 'Els Where'));
  const urls = [`${at}/first-responder`, `${at}/submitted`, paperAt, `${paperAt}/copy`, request];
  for (const [who, visitor] of Object.entries({ police, elsewhere }))
    for (const url of urls) {
      const answer = await visitor.get(url);
      assert.ok([403, 404].includes(answer.statusCode), `${who} ${url}`);
    }
  for (const visitor of [police, elsewhere, him])
    for (const url of [`${at}/first-responder`, `${at}/submitted`]) {
      const posted = await visitor.post(url, { digest: 'x', to: force.id });
      assert.ok([403, 404].includes(posted.statusCode), url);
    }
  assert.equal((await him.get(at)).statusCode, 404, 'the concern is not handed with the draft');
  assert.equal((await him.get(`/staff/safeguarding/people/${person.id}`)).statusCode, 404);
});

test('only the recipient of the draft itself records a number, and no file can be added to its group', async (t) => {
  const { her, person, request, safeguardingDb, officer, nurse } = await handed(t);
  const form = await her.get(`/staff/safeguarding/people/${person.id}/documents/new`);
  assert.doesNotMatch(form.body, new RegExp(draftGroup));
  const write = (agencyId: string, item: string | null) =>
    sql`insert into referral_messages (id, referral_id, agency_id, author_id, item, sealed_words, wrapped_key, written_at)
      values (${newTimelessId()}, ${idOf(request)}, ${agencyId}, ${officer.id}, ${item}, '\\x01', '\\x01', '2026-11-26T10:00:00Z')`.execute(
      safeguardingDb,
    );
  await write(officer.agencyId, draftGroup);
  await write(officer.agencyId, null);
  await write(nurse.agencyId, draftGroup);
  await assert.rejects(write(officer.agencyId, 'essential information'), /about what was agreed/);
  await assert.rejects(write(nurse.agencyId, 'wishes'), /about what was agreed/);
});
