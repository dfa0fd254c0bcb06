import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { agrees, aWalkIn, consentTo, type WalkIn } from '../../../test/fixtures/walk-in.ts';
import { reads, shows } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { councilDuty } from '../referrals/form-pages.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const agreed = ['when we met', 'wishes', 'contact details'];

/** The person agreed that the nurses are told how to reach them, without asking for help. */
async function told({ signIn, caseworker, person, nurses }: WalkIn, items: readonly string[] = agreed) {
  const at = await signIn(caseworker);
  const share = consentTo(nurses.id, { act: 'share', items, purpose: 'safety planning' });
  const consent = await agrees(at, person.id, share);
  const url = `/staff/safeguarding/consents/${consent}/share`;
  return { at, consent, url, form: { id: newTimelessId(), words: '' } };
}

test('sharing without a referral: previewed, word for word what the recipient sees, until it is withdrawn', async (t) => {
  const world = await aWalkIn(t);
  const { signIn, nurse, elsewhere, person, safeguardingDb } = world;
  const { at, consent, url, form } = await told(world);
  await shows(at, `/staff/safeguarding/people/${person.id}/consents`, /Share the information now/);
  const asked = await at.get(url);
  assert.doesNotMatch(asked.body, /<(textarea|select|input type="(text|radio|checkbox))/, 'all of it is known');
  const preview = plain((await at.post(url, { ...form, step: 'preview' })).body);
  assert.match(preview, /Agreed, but not recorded, so not shared: the person’s wishes/);
  assert.deepEqual(await safeguardingDb.selectFrom('personGrants').selectAll().execute(), []);
  assert.equal((await at.post(url, { ...form, step: 'send' })).statusCode, 303);

  const reader = await signIn(nurse);
  const list = await reader.get('/staff/safeguarding/received-information');
  assert.match(plain(list.body), /Lea Council when we met and how to reach the person safely/);
  const page = `/staff/safeguarding/received-information/${form.id}`;
  const seen = await reader.get(page);
  const rows = (text: string) => /From Lea Council .*no voice messages\./.exec(text)?.[0];
  assert.ok(rows(plain(seen.body)));
  assert.equal(rows(plain(seen.body)), rows(preview));
  assert.doesNotMatch(seen.body, /Olga|Коваленко|Accept or decline/);
  assert.equal((await (await signIn(elsewhere)).get(page)).statusCode, 404);

  await at.post(`/staff/safeguarding/consents/${consent}/withdraw`, { how: 'the person themself' });
  assert.equal((await reader.get(page)).statusCode, 404);
  await reads(reader, '/staff/safeguarding/received-information', /No information shared with your agency yet/);
  assert.equal(
    (await at.get(`/staff/safeguarding/grants/${form.id}/letter`)).statusCode,
    404,
    'no letter of what is over',
  );
  assert.equal((await at.get(url)).statusCode, 404);
  await reads(reader, '/staff/safeguarding/ended-grants', /Shared information from Lea Council.*Withdrawn/);
});

test('expired consents share nothing, and no consent covers another purpose', async (t) => {
  const world = await aWalkIn(t);
  const { signIn, nurse, nurses, person, clock } = world;
  const { at, url, form } = await told(world);
  await at.post(url, { ...form, step: 'send' });
  const referring = await agrees(at, person.id, consentTo(nurses.id));
  assert.equal((await at.get(`/staff/safeguarding/consents/${referring}/share`)).statusCode, 404);
  const none = await told(world, ['wishes']);
  const empty = await at.post(none.url, { ...none.form, step: 'send' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /nothing to share/);
  const reader = await signIn(nurse);
  assert.equal((await reader.get(`/staff/safeguarding/received-information/${form.id}`)).statusCode, 200);
  clock.move(new Date('2026-10-16T23:30:00Z'));
  const later = await signIn(nurse);
  assert.equal((await later.get(`/staff/safeguarding/received-information/${form.id}`)).statusCode, 404);
});

test('a partner outside Safelight gets a letter or a file for its own key, with the same rows, and sending is logged', async (t) => {
  const world = await aWalkIn(t);
  const { signIn, nurse, colleague, elsewhere, officer, safeguardingDb } = world;
  const { at, url, form } = await told(world);
  await at.post(url, { ...form, step: 'send' });
  const letter = `/staff/safeguarding/grants/${form.id}/letter`;
  const paper = plain((await at.get(letter)).body);
  assert.match(paper, /To Lea Nurses/);
  assert.match(paper, /Do not pass it on, unless a law requires it or somebody is in danger/);
  assert.doesNotMatch(paper, /section 52/, 'the duty of a council');
  const [duty] = councilDuty('council');
  assert.match(duty ?? '', /section 52.*any child, and an adult who agrees, to the NRM.*Duty to Notify without a name/);
  assert.match(paper, /Printed by Cas Worker, Lea Council\..*This letter shows only the items below/);
  assert.match(paper, /How to reach the person safely A text message: 07700 900461/);
  assert.doesNotMatch(paper, /Olga|Коваленко|1998|Not for paper/);

  const secret = await generateX25519Identity();
  const key = await identityToRecipient(secret);
  const why = { why: 'for a partner or the coordinator of the operation', words: 'Their lead rang us back' };
  const file = `/staff/safeguarding/grants/${form.id}/file`;
  const made = await at.post(file, { ...why, recipient: key });
  assert.equal(made.statusCode, 200);
  assert.match(String(made.headers['content-disposition']), /letter-2026-09-18-[0-9a-f]{8}[^"]*\.age/);
  assert.ok(!made.rawPayload.includes('900461'), 'nothing of it is in the open');
  const decrypter = new Decrypter();
  decrypter.addIdentity(secret);
  const text = Buffer.from(await decrypter.decrypt(new Uint8Array(made.rawPayload))).toString();
  assert.match(text, /How to reach the person safely: A text message: 07700 900461/);
  assert.doesNotMatch(text, /Olga|Коваленко|1998/);
  const log = await logRows(safeguardingDb, ['letter.sealed'], ['kind', 'recipient', 'reason', 'subject']);
  assert.equal(log.length, 1);
  assert.equal(log[0]?.kind, 'disclosure');
  assert.match(String(log[0]?.reason), /Their lead rang us back; sealed to age1/);

  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ ...why, recipient: secret }, /That was a secret key/],
    [{ ...why, recipient: 'age1nothing' }, /This is not a public key of the kind that the program “age” makes/],
    [{ ...why, recipient: '' }, /Enter the public key|This is not a public key/],
    [{ recipient: key }, /Select why/],
  ];
  for (const [typed, says] of wrong) {
    const refused = await at.post(file, typed);
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, says);
    assert.ok(!refused.body.includes(String(secret)), 'a secret key is shown to nobody again');
  }
  assert.equal((await (await signIn(colleague)).get(letter)).statusCode, 200, 'who keeps the record may send it');
  for (const [who, status] of [
    [nurse, 404],
    [elsewhere, 404],
    [officer, 403],
  ] as const) {
    const visitor = await signIn(who);
    for (const path of [letter, file]) assert.equal((await visitor.get(path)).statusCode, status, path);
    assert.equal((await visitor.post(file, { ...why, recipient: key })).statusCode, status);
  }
});
