import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { letIn } from '../../operations/plan/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addTask } from '../actions/examples.ts';
import type { ContactNoteId } from '../help/help.ts';
import { addHelp, addPerson } from '../people/examples.ts';
import { addNote, addReferral } from '../referrals/examples.ts';

const minutesOn = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * 60_000);

/** A person who wants help now; two leads of one agency and one of another. */
async function aTakenOnPerson(...args: Parameters<typeof aHelpedPerson>) {
  const world = await aHelpedPerson(...args);
  const { db, safeguardingDb, keys, metAt, adviser, member, advisers, council, operation, signIn, lead } = world;
  const met = { ...metAt, encounterId: newTimelessId<'encounter'>() };
  const note = await addNote(safeguardingDb, keys, met, adviser, { outcomes: ['wants help now'], town: 'Hertford' });
  const second = await member(advisers, ['safeguarding lead'], 'Sam Second');
  const stranger = await member(council, ['safeguarding lead'], 'Sol Stranger');
  for (const one of [second, stranger]) await letIn(db, operation, one);
  const url = `/staff/safeguarding/notes/${note.id}`;
  const at = await signIn(lead);
  const rows = async (who: typeof lead) =>
    (await dueRows(await signIn(who))).filter(({ what }) => /help|Help/.test(what));
  const state = async () =>
    /<strong[^>]*>\s*([^<]+?)\s*<\/strong>/.exec(
      (await at.get('/staff/safeguarding')).body.split(`notes/${note.id}"`)[1] ?? '',
    )?.[1];
  return { ...world, met, note, second, stranger, url, at, rows, state };
}

test('somebody who wants help now stands above what is overdue, with place and time', async (t) => {
  const { signIn, lead, council, adviser, clock, safeguardingDb, keys, metAt, url } = await aTakenOnPerson(t);
  const late = await addNote(safeguardingDb, keys, { ...metAt, encounterId: newTimelessId() }, adviser);
  const answerBy = new Date('2026-09-18T08:00:00Z');
  await addReferral(safeguardingDb, keys, late, council, { answerBy });
  clock.move(minutesOn(clock.now(), 15));
  const [first, ...others] = await dueRows(await signIn(lead));
  assert.ok(others.some(({ status }) => status === 'Overdue'));
  assert.equal(
    first?.what,
    'Help a person who wants help now Said in the hour after 10:00 on 18 September 2026, about 1 hour ago.',
  );
  assert.deepEqual([first?.for, first?.status], ['Hertford', 'Urgent']);
  assert.ok(url);
});

test('who is taken on stays on the home pages of the lead and of their agency until something is recorded', async (t) => {
  const { at, url, lead, second, stranger, note, met, adviser, rows, state, safeguardingDb, keys, clock } =
    await aTakenOnPerson(t);
  const page = (await at.get(url)).body;
  assert.match(page, /Next step[\s\S]*Take this on\. Other leads see your name/);
  assert.match(page, /<button class="govuk-button"[^>]*>\s*Take this on/, 'the one main button');
  assert.equal((await at.post(`${url}/take-up`)).statusCode, 303);
  clock.move(minutesOn(clock.now(), 15));
  const [mine, ...more] = await rows(lead);
  assert.deepEqual(more, []);
  assert.match(
    String(mine?.what),
    /^Help the person you took on The person wants help now\. Taken on in the hour after 10:00 on 18 September 2026, about 1 hour ago\. No referral/,
  );
  assert.match(String(mine?.for), /^Person E-\w{3}-\w{3}, Hertford$/);
  assert.equal(mine?.href, url);
  assert.match(String((await rows(second))[0]?.what), /^Help a person taken on by Lee Lead /);
  assert.deepEqual(await rows(stranger), [], 'another agency cannot see what the agency records');
  assert.equal(await state(), 'Taken on by Lee Lead, nothing recorded yet');

  const taken = (await at.get(url)).body;
  assert.match(taken, /This person wants help now\. Nothing is recorded yet[\s\S]*Taken on by Officer Lee Lead/);
  assert.match(taken, /Next step[\s\S]*Open a record of this person\. Then/);
  assert.match(taken, /Sam Second of Lea Advisers/);
  assert.match(taken, /<a class="govuk-button" [^>]*>\s*Open a record of this person/, 'the next step');

  const origin = { origin: 'met at visit', originId: met.encounterId, operationId: note.operationId } as const;
  const person = await addPerson(safeguardingDb, keys, lead, clock.now(), origin);
  const copied = { what: 'needs', needs: ['shelter'], words: null } as const;
  await addHelp(safeguardingDb, keys, person, copied, { id: String(person.id) as ContactNoteId });
  await addHelp(safeguardingDb, keys, person, copied);
  assert.equal((await rows(lead)).length, 1, 'a record with needs is no help yet');
  const asked = { what: 'offer', help: 'safe accommodation', answer: 'offered, no answer yet', words: null } as const;
  await addHelp(safeguardingDb, keys, person, asked);
  assert.equal((await rows(lead)).length, 1, 'an offer without an answer');
  const declined = { ...asked, answer: 'declined' } as const;
  await addHelp(safeguardingDb, keys, person, declined);
  for (const who of [lead, second]) assert.deepEqual(await rows(who), [], 'help was declined');
  assert.equal(await state(), 'Taken on by Lee Lead');
  assert.ok(adviser);
});

test('an action or a referral also ends the reminder', async (t) => {
  const world = await aTakenOnPerson(t);
  const { at, url, lead, note, met, rows, state, safeguardingDb, keys, clock, council } = world;
  await at.post(`${url}/take-up`);
  assert.equal((await rows(lead)).length, 1);
  const origin = { origin: 'met at visit', originId: met.encounterId, operationId: note.operationId } as const;
  const person = await addPerson(safeguardingDb, keys, lead, clock.now(), origin);
  await addTask(safeguardingDb, keys, person.id, lead, clock.now());
  assert.deepEqual(await rows(lead), []);
  await addReferral(safeguardingDb, keys, note, council);
  assert.equal(await state(), 'Referral made');
});
