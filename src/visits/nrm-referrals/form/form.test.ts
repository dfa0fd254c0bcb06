import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { hidden, plain } from '../../../../test/fixtures/referral.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { query } from '../../../../test/harness/sql.ts';
import type { Facts } from '../../../nrm/index.ts';
import { addArrest, addPersonMet, addScreening, addVisit } from '../../examples.ts';
import { addReferralDraft, agreed } from '../examples.ts';

/** A draft of an officer about an adult who was arrested and answered. */
async function aDraft(t: TestContext, answer: 'yes' | 'no' = 'yes', answers: Facts = {}) {
  const world = await aTeam(t, { time: '14:30' });
  const { db, keys, planned, officer, force, signIn } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer);
  const arrest = await addArrest(db, visit, officer, { encounterId: met.id, age: 30, status: 'in custody' });
  await addScreening(db, arrest, officer);
  const consent = agreed.consent && { ...agreed.consent, answer };
  const about = { arrestId: arrest.id, encounterId: met.id };
  const { id } = await addReferralDraft(db, keys, visit, officer, { ...about, content: { consent, answers } });
  const own = `/staff/nrm-referrals/${id}`;
  const at = await signIn(officer);
  const read = async (part: string) => plain((await at.get(`${own}${part}`)).body);
  const open = async (part = '/form?all=yes') => pageOf((await at.get(`${own}${part}`)).body);
  return { ...world, own, at, read, open, form: `${own}/form` };
}

/** What the form carries beside the answers. */
const pageOf = (body: string) => ({
  asked: hidden(body, 'asked'),
  base: hidden(body, 'base').replaceAll('&quot;', '"'),
});
const answering = ({ base }: { readonly base: string }, answers: Record<string, string>) => ({
  ...{ base, asked: Object.keys(answers).join(' ') },
  ...answers,
});
const education = 'what-is-their-background-education';
const living = 'living-conditions';

test('two tabs that answer different questions keep both answers', async (t) => {
  const { at, form, read, open } = await aDraft(t);
  const [one, other] = [await open(), await open()];
  assert.equal((await at.post(form, answering(one, { [living]: 'A shared room', [education]: '' }))).statusCode, 303);
  assert.equal((await at.post(form, answering(other, { [living]: '', [education]: 'Six years' }))).statusCode, 303);
  const draft = await read('/draft');
  assert.match(draft, /A shared room/);
  assert.match(draft, /Six years/);
});

test('two tabs that change one answer: the second is shown what is there now, and keeps what was typed', async (t) => {
  const { at, form, read, open } = await aDraft(t, 'yes', { 'living conditions': 'Unknown' });
  const [one, other] = [await open(), await open()];
  await at.post(form, answering(one, { [living]: 'A shared room', [education]: 'Four years' }));
  const second = await at.post(form, answering(other, { [living]: 'A cellar', [education]: '' }));
  assert.equal(second.statusCode, 422);
  assert.match(plain(second.body), /What is there now [^<]*: A shared room\./);
  assert.match(second.body, />A cellar<\/textarea>/);
  assert.match(second.body, /Four years/, 'what only the other tab changed is theirs');
  assert.doesNotMatch(await read('/draft'), /A cellar/);
  const { base, asked } = pageOf(second.body);
  assert.deepEqual(new Set(asked.split(' ')), new Set([living, education]));
  const again = { base, asked, [living]: 'A cellar', [education]: 'Four years' };
  assert.equal((await at.post(form, again)).statusCode, 303);
  assert.match(await read('/draft'), /Four years[\s\S]*A cellar/);
});

test('a form that does not say what it showed replaces no answer', async (t) => {
  const { at, form, read } = await aDraft(t, 'yes', { 'living conditions': 'A shared room' });
  assert.equal((await at.post(form, { asked: living, [living]: 'A cellar' })).statusCode, 422);
  assert.match(await read('/draft'), /A shared room/);
});

test('after Back, other answers are shown again with what was typed, and saved when they are sent once more', async (t) => {
  const { at, form, read, open } = await aDraft(t);
  const page = await open();
  const token = await at.formToken();
  assert.equal((await at.post(form, { ...answering(page, { [living]: 'A room' }), _csrf: token })).statusCode, 303);
  const back = await at.post(form, { ...answering(page, { [living]: 'A shared room' }), _csrf: token });
  assert.equal(back.statusCode, 422);
  assert.match(plain(back.body), /You already sent this form with other answers/);
  assert.match(plain(back.body), /What is there now [^<]*: A room\./);
  assert.match(back.body, />A shared room<\/textarea>/);
  assert.equal((await at.post(form, answering(pageOf(back.body), { [living]: 'A shared room' }))).statusCode, 303);
  assert.match(await read('/draft'), /A shared room/);
});

const contact = 'fr-alternative-contact';
for (const answer of ['yes', 'no'] as const)
  test(`an answer about the sender that does not fit is named with its field, after a ${answer}`, async (t) => {
    const { at, own, form, read, open } = await aDraft(t, answer);
    const saved = await at.post(form, answering(await open(), { [contact]: 'ask at the desk' }));
    assert.equal(saved.statusCode, 422);
    assert.match(plain(saved.body), /Enter an email address, like team@example.org/);
    const pages = answer === 'yes' ? [''] : ['', '/draft', '/export', '/submission'];
    for (const part of pages) {
      const { body } = await at.get(`${own}${part}`);
      assert.match(plain(body), /e-mail address: Enter an email address/, part);
      assert.ok(body.includes(`${form}#${contact}`), part);
      assert.doesNotMatch(body, /Complete: send it/);
    }
    assert.match((await at.get(form)).body, /value="ask at the desk"/);
    const right = await at.post(form, answering(await open(), { [contact]: 'team@example.org' }));
    assert.equal(right.statusCode, 303);
    assert.doesNotMatch(await read(''), /Answers to change/);
  });

test('after a no, the form asks what is known already and not the person again', async (t) => {
  const { read } = await aDraft(t, 'no');
  const words = await read('/form');
  assert.match(words, /Do not ask the person again/);
  assert.match(words, /As far as you know\./);
  assert.doesNotMatch(words, /Ask the person\./);
});

test('each part but the last has a button that saves the whole form and goes on with the next part', async (t) => {
  const { at, form, read } = await aDraft(t);
  const { body } = await at.get(form);
  const parts = [...body.matchAll(/value="(part-[^"]+)"/g)].map(([, part]) => part);
  assert.ok(parts.length >= 3);
  for (const part of parts) assert.ok(body.includes(`id="${part}"`) || part === 'part-more', part);
  const sent = answering(pageOf(body), { [living]: 'A shared room' });
  const saved = await at.post(form, { ...sent, nextPart: parts[0] ?? '' });
  assert.equal(saved.headers.location, `${form}#${parts[0]}`);
  assert.match(await read('/draft'), /A shared room/);
  const elsewhere = await at.post(form, {
    ...answering(pageOf(body), { [education]: 'None' }),
    nextPart: '//example.org',
  });
  assert.equal(elsewhere.headers.location, form);
});
