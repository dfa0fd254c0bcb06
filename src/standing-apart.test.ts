import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpedIn } from './consent/helped.testing.ts';
import { openDatabase } from './platform/database.ts';
import { databaseNames } from './platform/embedded.ts';
import { callAs, openApart, openPublicDoor, startAgain, whereOn } from './standing-apart.testing.ts';
import { newTimelessId } from './vocabulary/ids.ts';

/** What may be done is named there, and no record. */
const rules = `${databaseNames.main} public.policy_versions`;
const persons = '/staff/safeguarding/persons';
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
  purpose: 'to find a safe place to stay',
  items: ['when we met', 'what help is asked for', 'what they need to know', 'what the person wants'],
  days: '28',
};
const answered = {
  language: 'ro',
  interpreted: 'an interpreter by telephone or video',
  interpreter: 'Interpreter 4471',
  how: 'the person themself',
};

test('behind the wall on another controller’s server: the force holds none of it, the log of it lies there too, and each stands without the other', async (t) => {
  const apart = await openApart(t);
  const { force, council, house } = apart;
  const world = await helpedIn(house);
  const caseworker = await callAs(apart, world.caseworker);
  const id = newTimelessId();
  assert.equal((await caseworker.post(`${persons}/new`, { ...record, id })).location, `${persons}/${id}`);
  assert.match((await caseworker.get(`${persons}/${id}`)).body, /Xhafer/);

  const adviser = await callAs(apart, world.adviser);
  const url = `/staff/safeguarding/people/${world.note.encounterId}/agreed/ask`;
  const consent = hidden((await adviser.get(`${url}?act=refer`)).body, 'id');
  const asked = { id: consent, ...question, to: world.council.id };
  const shown = await adviser.post(url, { ...asked, step: 'show' });
  const saved = await adviser.post(url, { ...asked, ...answered, digest: hidden(shown.body, 'digest'), step: 'save' });
  assert.equal(saved.status, 303, saved.body);

  for (const word of [id, consent, world.note.id, 'person.', 'consent.'])
    assert.deepEqual(
      (await whereOn(force, word)).filter((table) => table !== rules),
      [],
      `${word} lies with the force`,
    );
  const there = await whereOn(council, id);
  for (const table of ['persons', 'access_log'])
    assert.ok(there.includes(`${databaseNames.safeguarding} public.${table}`), `${table} with the council: ${there}`);
  assert.deepEqual(await whereOn(council, world.operation.codeName), [], 'nor has the council the plan');

  // What opens one server opens nothing at the other.
  for (const role of ['safelight_owner', 'safelight_superuser']) {
    const own = new URL(force.embedded.superuserAddress(databaseNames.safeguarding));
    const other = new URL(council.embedded.superuserAddress(databaseNames.safeguarding));
    [other.username, other.password] = [role, own.password];
    const stranger = openDatabase(other.href, { most: 1 });
    await assert.rejects(stranger.selectFrom('persons').selectAll().execute(), /password authentication failed/);
    await stranger.destroy();
  }

  await council.embedded.stop();
  const planner = await callAs(apart, await house.member(world.force, ['planner']));
  assert.equal((await planner.get('/staff/operations')).status, 200, 'the force works on');
  const shut = await caseworker.get(`${persons}/${id}`);
  assert.equal(shut.status, 503);
  assert.doesNotMatch(shut.body, /Xhafer/);
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
});
