import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { plainJpeg } from '../../../test/fixtures/files.ts';
import { agrees, aWalkIn, consentTo } from '../../../test/fixtures/walk-in.ts';
import { showsNo } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addDocument } from './examples.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const paperAt = (id: string): string => `/staff/safeguarding/documents/${id}`;
const referAt = (id: string): string => `/staff/safeguarding/people/${id}/refer`;

/** Three documents of two groups on one record, and the person’s consent to share those about health with nurses. */
async function withPapers(t: TestContext, to?: (application: Awaited<ReturnType<typeof aWalkIn>>) => Promise<string>) {
  const application = await aWalkIn(t);
  const { safeguardingDb, keys, person, config, signIn, caseworker, nurses } = application;
  const lying = { filesFolder: config.filesFolder, content: await plainJpeg() };
  const clinic = await addDocument(safeguardingDb, keys, person, {}, lying);
  const scan = await addDocument(safeguardingDb, keys, person, { called: 'X-ray of the wrist' }, lying);
  const passport = await addDocument(
    safeguardingDb,
    keys,
    person,
    { called: 'Passport', item: 'identity documents' },
    lying,
  );
  const at = await signIn(caseworker);
  const recipient = to ? await to(application) : nurses.id;
  const asked = consentTo(recipient);
  const consent = await agrees(at, person.id, { ...asked, items: [...asked.items, 'papers about health'] });
  const sent = (papers: readonly string[]) => ({
    id: newTimelessId(),
    agreed: `consent:${consent}`,
    short: 'yes',
    needs: ['health'],
    words: 'A room',
    papers: [...papers],
  });
  return { ...application, at, clinic, scan, passport, consent, sent };
}

const opens = async (who: Visitor, id: string): Promise<number[]> =>
  Promise.all([paperAt(id), `${paperAt(id)}/copy?part=1`].map(async (url) => (await who.get(url)).statusCode));

test('a referral names and opens only the agreed and chosen documents, one by one; after withdrawal it opens none', async (t) => {
  const world = await withPapers(t);
  const { at, person, clinic, scan, passport, consent, sent, nurse, elsewhere, signIn, safeguardingDb } = world;
  const form = await at.get(`${referAt(person.id)}?consent=${consent}`);
  assert.match(plain(form.body), /Letter of the clinic .*Documents about health: photo/);
  assert.doesNotMatch(form.body, /Passport/, 'what was not agreed is not offered');
  assert.doesNotMatch(form.body, /name="papers"[^>]*checked/, 'nothing is ticked beforehand');

  const refused = await at.post(referAt(person.id), { ...sent([clinic.id, passport.id]), step: 'send' });
  assert.equal(refused.statusCode, 422);
  assert.match(plain(refused.body), /did not agree to share documents of that group/);
  const unknown = await at.post(referAt(person.id), { ...sent([newTimelessId()]), step: 'send' });
  assert.match(plain(unknown.body), /one of these is not on the record/);
  assert.deepEqual(await safeguardingDb.selectFrom('referrals').selectAll().execute(), []);

  const chosen = sent([clinic.id]);
  const preview = await at.post(referAt(person.id), { ...chosen, step: 'preview' });
  assert.match(plain(preview.body), /Documents about health Letter of the clinic \(photo\)/);
  assert.match(preview.body, new RegExp(`name="papers" value="${clinic.id}"`));
  assert.doesNotMatch(preview.body, /X-ray|Passport/);
  assert.equal((await at.post(referAt(person.id), { ...chosen, step: 'send' })).statusCode, 303);

  const asked = await signIn(nurse);
  const shown = await asked.get(`/staff/safeguarding/referrals/${chosen.id}`);
  assert.match(plain(shown.body), /Documents about health Letter of the clinic \(photo\)/);
  assert.deepEqual(
    [...shown.body.matchAll(/safeguarding\/documents\/([0-9a-f-]{36})/g)].map(([, id]) => id),
    [clinic.id],
  );
  assert.deepEqual(await opens(asked, clinic.id), [200, 200]);
  await showsNo(asked, paperAt(clinic.id), /Added|in the hour after/, 'nor when it came there');
  for (const hidden of [scan, passport]) assert.deepEqual(await opens(asked, hidden.id), [404, 404], hidden.called);
  const [first, none] = [await asked.get(paperAt(passport.id)), await asked.get(paperAt(newTimelessId()))];
  const bare = (body: string) => body.replaceAll(/[0-9a-f-]{36}|name="_csrf" value="[^"]*"/g, '');
  assert.equal(bare(first.body), bare(none.body), 'hidden and absent look alike');
  assert.equal((await asked.get(`/staff/safeguarding/people/${person.id}/documents`)).statusCode, 404);
  assert.deepEqual(await opens(await signIn(elsewhere), clinic.id), [404, 404]);

  const reads = async () =>
    (
      await safeguardingDb
        .selectFrom('accessLog')
        .select('id')
        .where('memberId', '=', nurse.id)
        .where('event', '=', 'paper.shown')
        .where('kind', '=', 'consultation')
        .execute()
    ).length;
  const before = await reads();
  await at.post(`/staff/safeguarding/consents/${consent}/withdraw`, { how: 'the person themself' });
  for (const { id } of [clinic, scan, passport]) assert.deepEqual(await opens(asked, id), [404, 404]);
  assert.equal(await reads(), before, 'not one read after it was taken back');
  assert.deepEqual(await opens(at, clinic.id), [200, 200], 'whoever keeps the record has it');
});

test('a partner’s view of changes and authors shows nothing outside the agreed groups', async (t) => {
  const world = await withPapers(t);
  const { at, person, clinic, sent, nurse, signIn } = world;
  const chosen = sent([clinic.id]);
  await at.post(referAt(person.id), { ...chosen, step: 'send' });
  const page = `/staff/safeguarding/referrals/${chosen.id}`;
  const asked = await signIn(nurse);
  await asked.post(`${page}/ask`, { id: newTimelessId(), words: 'Which clinic was that?' });
  // The answer may mention agreed groups only; for another group it is not saved.
  for (const item of ['identity documents', 'wishes']) {
    const answer = await at.post(`${page}/ask`, { id: newTimelessId(), words: 'Her passport says Kovalenko', item });
    assert.equal(answer.statusCode, 422, item);
  }
  const about = { id: newTimelessId(), words: 'The one by the station', item: 'papers about health' };
  assert.equal((await at.post(`${page}/ask`, about)).statusCode, 303);
  // Other changes to the record are not part of the referral.
  await at.post(`/staff/safeguarding/people/${person.id}/offer`, {
    ...{ id: newTimelessId(), help: 'housing', answer: 'declined', words: 'Wants no hostel' },
  });
  const known = { called: 'Olha', others: '', yearOfBirth: '1998', age: 'adult', ageBasis: 'the person says so' };
  const rest = { language: 'Ukrainian', interpreter: 'needed', interpreterGender: 'a woman', contactWay: 'a call' };
  const corrected = await at.post(`/staff/safeguarding/people/${person.id}/correct`, {
    ...{ ...known, ...rest, contactAt: '07700 900999', base: '1', why: 'the person said more' },
  });
  assert.equal(corrected.statusCode, 303, plain(corrected.body));

  const shown = plain((await asked.get(page)).body);
  assert.match(shown, /Answer, about documents about health .*The one by the station/);
  for (const word of ['Passport', 'X-ray', 'Kovalenko', 'Olha', '900999', 'hostel', 'Before', 'Earlier', 'version'])
    assert.ok(!shown.includes(word), `${word} was not agreed`);
  const elsewhere = [
    ...['', '/documents', '/help', '/actions', '/correct'].map(
      (rest) => `/staff/safeguarding/people/${person.id}${rest}`,
    ),
    `/staff/safeguarding/people/${person.id}/consents`,
    referAt(person.id),
  ];
  for (const url of elsewhere) assert.equal((await asked.get(url)).statusCode, 404, url);
  for (const url of [`/staff/oversight/records/${chosen.id}`, `/staff/oversight/records/${clinic.id}`])
    assert.ok([403, 404].includes((await asked.get(url)).statusCode), url);
});

test('the sealed file for a recipient outside Safelight holds the letter and the documents it names, and no other', async (t) => {
  const world = await withPapers(t, async ({ agency }) => (await agency('voluntary', { name: 'Quiet Refuge' })).id);
  const { at, person, clinic, scan, sent, safeguardingDb } = world;
  const chosen = sent([scan.id, clinic.id]);
  await at.post(referAt(person.id), { ...chosen, step: 'send' });
  const shown = await at.get(`/staff/safeguarding/referrals/${chosen.id}`);
  const letter = /href="([^"]+)\/letter"/.exec(shown.body)?.[1] ?? '';
  const paper = plain((await at.get(`${letter}/letter`)).body);
  assert.match(paper, /Documents about health .*Letter of the clinic \(photo\)/);
  assert.doesNotMatch(paper, /Passport/);

  const { Decrypter, generateIdentity, identityToRecipient } = await import('age-encryption');
  const identity = await generateIdentity();
  const file = await at.post(`${letter}/file`, {
    ...{ why: 'for a partner or the coordinator of the operation', words: 'Reference 7' },
    recipient: await identityToRecipient(identity),
  });
  assert.match(String(file.headers['content-disposition']), /letter-2026-09-18-[0-9a-f]{8}\.tar\.[a-z-]+\.age/);
  const opener = new Decrypter();
  opener.addIdentity(identity);
  const entries = untarred(Buffer.from(await opener.decrypt(file.rawPayload)));
  assert.deepEqual([...entries.keys()], ['letter.txt', 'paper-1.jpg', 'paper-2.jpg']);
  const text = String(entries.get('letter.txt'));
  assert.match(text, /paper-1: .*\n+paper-2: /);
  assert.match(text, /Letter of the clinic/);
  assert.doesNotMatch(text, /Passport/);
  for (const name of ['paper-1.jpg', 'paper-2.jpg'])
    assert.deepEqual(entries.get(name), await plainJpeg(), 'the clean copy, byte for byte');
  const log = await logRows(safeguardingDb, ['papers.sealed'], ['kind', 'returned', 'recipient']);
  assert.deepEqual(
    log.map(({ kind, returned }) => [kind, new Set(returned as string[])]),
    [['disclosure', new Set<string>([clinic.id, scan.id])]],
  );
});

/** A separate reader of tar files: name, length and content of each entry. */
function untarred(bytes: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  for (let at = 0; bytes[at] !== 0; ) {
    const name = bytes.toString('latin1', at, bytes.indexOf(0, at));
    const length = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
    entries.set(name, bytes.subarray(at + 512, at + 512 + length));
    at += 512 + Math.ceil(length / 512) * 512;
  }
  return entries;
}
