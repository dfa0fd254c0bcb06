import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { dateFields } from '../../src/demonstration/staff-walker.ts';
import { addSubjectRequest, answerAllRequests } from '../../src/oversight/examples.ts';
import { dayOf } from '../../src/platform/clock.ts';
import { findPointer } from '../../src/platform/crypto/crypto.ts';
import { setContext } from '../../src/platform/database/database.ts';
import { addPerson } from '../../src/safeguarding/people/examples.ts';
import { rebuildSearchTerms } from '../../src/safeguarding/people/index.ts';
import { addReferral } from '../../src/safeguarding/referrals/examples.ts';
import { readHelp } from '../../src/safeguarding/referrals/index.ts';
import { eraseDueRecords } from '../../src/safeguarding/retention/chores.ts';
import { runRetentionChores } from '../../src/safeguarding/retention/examples.ts';
import { addDays } from '../../src/vocabulary/calendar/days.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import { referenceOf } from '../../src/vocabulary/reference.ts';
import { asLeader } from '../fixtures/as-leader.ts';
import { sealAll } from '../fixtures/audit-log.ts';
import { because, home, openRetention } from '../fixtures/retention.ts';
import { listed } from '../harness/listed.ts';
import { query } from '../harness/sql.ts';

const people = '/staff/safeguarding/people';

/** A person encountered at a visit, with a note, a referral to support and a record; the advisers who keep it, and their data-protection lead. */
async function aKeptPerson(t: TestContext) {
  const world = await openRetention(t);
  const { safeguardingDb, keys, clock, lead, council, note, metAt, advisers, operation, protection } = world;
  await addReferral(safeguardingDb, keys, note, council, { words: 'Needs a bed by the sea' });
  const person = await addPerson(safeguardingDb, keys, { id: lead.id, agencyId: advisers.id }, clock.now(), {
    called: 'Olga Kovalenko',
    origin: 'met at visit',
    originId: metAt.encounterId,
    operationId: operation.id,
  });
  return {
    ...world,
    person,
    protection: world.dataLead,
    /** The identity of the person is proved; the answer comes separately. */
    asks: () => addSubjectRequest(safeguardingDb, protection, [person.id], 'erasure', clock.now()),
    answered: () => answerAllRequests(safeguardingDb, protection, clock.now()),
    today: () => dayOf(clock.now()),
  };
}

test('a person who asks for erasure is erased the next day with all that was written; counts and a certificate remain', async (t) => {
  const world = await aKeptPerson(t);
  const { person, protection, keeper, rows, safeguardingDb, operation, keys, today, daysLater } = world;
  await query(
    safeguardingDb,
  )`create table before as select wrapped_key from persons union all select wrapped_key from notes
    union all select wrapped_key from referrals union all select wrapped_key from person_grants`;
  const counted = await readHelp(safeguardingDb as never, operation.id);
  assert.ok(counted.facts.length > 0 && counted.referrals.length === 1);
  const ask = { saying: 'asked to go', because };
  assert.match((await keeper.post(`${home}/${person.id}`, ask)).body, /Your data-protection lead decides that/);
  assert.match((await keeper.get(`${home}/${person.id}`)).body, /The record itself/);
  assert.doesNotMatch((await protection.get(`${home}/${person.id}`)).body, /The record itself/);
  await addSubjectRequest(
    safeguardingDb,
    { id: person.authorId, agencyId: world.council.id },
    [person.id],
    'erasure',
    world.clock.now(),
  );
  await addSubjectRequest(
    safeguardingDb,
    { id: person.authorId, agencyId: person.agencyId },
    [person.id],
    'correction',
    world.clock.now(),
  );
  const unproved = await protection.post(`${home}/${person.id}`, ask);
  assert.equal(unproved.statusCode, 422, 'nobody has proved who asks');
  assert.match(unproved.body, /Open a subject access request of the person first/);
  await world.asks();
  assert.equal((await protection.post(`${home}/${person.id}`, ask)).statusCode, 303);
  await daysLater(0, 'persons', 1, 'not on the same day');
  assert.match((await protection.get(home)).body, new RegExp(`${addDays(today(), 1).slice(8)} September 2026`));

  await daysLater(1, 'persons', 1, 'nor before the person was answered');
  await world.answered();
  await runRetentionChores(world);
  for (const table of listed(
    `persons, name_digests, notes, referrals, consents, disclosures, person_grants, retention_facts, keys_to_destroy`,
  ))
    assert.equal(await rows(table), 0, table);
  const after = await readHelp(safeguardingDb as never, operation.id);
  const told = ({ facts, referrals }: typeof after) => [
    facts.map(({ id, town, indicator, part }) => [id, town, indicator, part].join()).sort(),
    new Set(facts.map((one) => one.person)).size,
    referrals,
  ];
  assert.deepEqual(told(after), told(counted), 'counts are what they were');
  assert.equal(
    after.facts.some(({ person: name }) => counted.facts.some((one) => one.person === name)),
    false,
  );
  const wrapped = await query<{ wrappedKey: Buffer }>(safeguardingDb)`select wrapped_key from before`;
  assert.equal(wrapped.length, 4);
  for (const { wrappedKey } of wrapped) assert.ok(keys.halves?.isDestroyed(findPointer(wrappedKey) as Buffer));

  await sealAll(world);
  const { body } = await protection.get(`${home}/certificates`);
  assert.match(body, /The person asked for it, and it was granted/);
  assert.match(body, /4 destroyed: no backup of the database opens it|\d destroyed: no backup/);
  assert.doesNotMatch(body, /Not sealed yet/);
  assert.equal((await keeper.get(`${people}/${person.id}`)).statusCode, 404);
  assert.match(
    (await keeper.post(people, { name: 'Olga Kovalenko', year: '', from: '' })).body,
    /Nobody is found here/,
  );
});

test('a hold keeps what was asked to go and what is due, and ends once; the dry run says so before', async (t) => {
  const { person, protection, keeper, today, safeguardingDb, daysLater, ...world } = await aKeptPerson(t);
  assert.equal((await keeper.post(`${home}/${person.id}`, { saying: 'held', because })).statusCode, 422);
  const hold = { saying: 'held', because, ...dateFields('reviewOn', addDays(today(), 60)) };
  assert.equal((await keeper.post(`${home}/${person.id}`, hold)).statusCode, 303);
  assert.equal((await keeper.post(`${home}/${person.id}`, { saying: 'of no concern', because })).statusCode, 303);
  await world.asks();
  assert.equal((await protection.post(`${home}/${person.id}`, { saying: 'asked to go', because })).statusCode, 303);
  await world.answered();
  await daysLater(40, 'persons', 1);
  const facts = await query<{ id: string }>(safeguardingDb)`select id from retention_facts where what = 'hold'`;
  const end = `${home}/facts/${facts[0]?.id}/end`;
  assert.match((await keeper.get(home)).body, /By your data-protection lead/);
  assert.equal((await keeper.get(end)).statusCode, 403);
  assert.equal((await keeper.post(end)).statusCode, 403, 'whoever works with the record ends no hold');
  assert.equal((await protection.get(end)).statusCode, 200);
  assert.equal((await protection.post(end)).statusCode, 303);
  assert.match((await protection.post(end)).body, /Somebody ended it already/);
  await runRetentionChores({ ...world });
  await daysLater(13, 'persons', 1, 'named for fourteen days first');
  await daysLater(1, 'persons', 0, 'what was asked weeks ago goes when nothing holds it');
});

test('by a rule: named fourteen days before, gone on its day; help since and a second record of the meeting keep what is theirs', async (t) => {
  const world = await aKeptPerson(t);
  const { person, protection, keeper, again, forward, daysLater, safeguardingDb, keys, clock, nurse, metAt } = world;
  const rule = {
    class: 'person helped',
    months: '1',
    notBeforeAge: 'no',
    source: 'Notice of 2026',
    ...dateFields('validFrom', '2026-09-18'),
  };
  assert.equal((await keeper.post(`${home}/rule`, rule)).statusCode, 403);
  assert.equal(
    (await protection.post(`${home}/rule`, { ...rule, ...dateFields('validFrom', '2026-09-17') })).statusCode,
    422,
  );
  assert.equal((await protection.post(`${home}/rule`, rule)).statusCode, 303);
  // Nurses keep a record of the same encounter: the advisers cannot erase it.
  await addPerson(safeguardingDb, keys, nurse, clock.now(), {
    origin: 'met at visit',
    originId: metAt.encounterId,
    operationId: metAt.operationId,
  });
  await daysLater(60, 'persons', 2, 'a request for help that nobody answered goes on');
  await safeguardingDb.transaction().execute(async (tx) => {
    await setContext(tx, { now: new Date('2026-10-01T10:00:00Z') });
    await query(
      tx,
    )`update referrals set state = 'declined', sealed_reason = 'x', decided_by = ${nurse.id}, decided_at = '2026-10-01T10:00:00Z'`;
  });
  forward(-42); // 6 October: five days after help ended.
  assert.match((await keeper.get(home)).body, /Nothing is due for destruction in this period/);
  forward(14);
  assert.match((await keeper.get(home)).body, /Destroyed soon/);
  await daysLater(12, 'persons', 2, 'the last day of its time');
  await daysLater(1, 'persons', 1);
  await daysLater(0, 'notes', 0);
  assert.equal((await again(nurse).get(`${home}/${person.id}`)).statusCode, 404);
});

test('other agencies, other sides and other roles learn nothing, and order nothing, of a record that is not theirs', async (t) => {
  const world = await aKeptPerson(t);
  const { person, again, force, council, member } = world;
  const theirs = await member(council, ['data-protection lead', 'partner caseworker'], 'Other Lead');
  const officer = await member(force, ['data-protection lead', 'planner', 'enforcement'], 'Ollie Officer');
  const volunteer = await member(council, ['volunteer'], 'Vi One');
  for (const address of [home, `${home}/${person.id}`, `${home}/certificates`, `${home}/rule`])
    for (const who of [officer, volunteer]) assert.equal((await again(who).get(address)).statusCode, 403, address);
  const hidden = await again(theirs).get(`${home}/${person.id}`);
  const absent = await again(theirs).get(`${home}/${newTimelessId()}`);
  assert.equal(hidden.statusCode, 404);
  const bare = (body: string) => body.replace(/[0-9a-f-]{36}/g, '').replaceAll(/name="_csrf" value="[^"]*"/g, '');
  assert.equal(bare(hidden.body), bare(absent.body));
  assert.equal((await again(theirs).post(`${home}/${person.id}`, { saying: 'asked to go', because })).statusCode, 404);
  assert.doesNotMatch((await again(theirs).get(home)).body, new RegExp(referenceOf('case', person.id)));
});

test('a person restored from a backup cannot be decrypted or found, and is erased again', async (t) => {
  const world = await aKeptPerson(t);
  const { person, protection, keeper, forward, safeguardingDb, keys, daysLater } = world;
  await query(safeguardingDb)`create table backup as select * from persons`;
  await world.asks();
  await protection.post(`${home}/${person.id}`, { saying: 'asked to go', because });
  await world.answered();
  forward(1);
  await runRetentionChores(world);
  await query(safeguardingDb)`insert into persons select * from backup`;
  await asLeader(world, (tx) => rebuildSearchTerms(tx, keys));
  assert.equal((await keeper.get(`${people}/${person.id}`)).statusCode, 404);
  assert.match(
    (await keeper.post(people, { name: 'Olga Kovalenko', year: '', from: '' })).body,
    /Nobody is found here/,
  );
  await daysLater(0, 'persons', 0);
  assert.match((await protection.get(`${home}/certificates`)).body, /brought back with a backup/);
});

test('what is said while the leader decides is noticed, and a key that could not be destroyed waits', async (t) => {
  const world = await aKeptPerson(t);
  const { person, protection, forward, safeguardingDb, keys, rows, clock, daysLater } = world;
  await world.asks();
  await protection.post(`${home}/${person.id}`, { saying: 'asked to go', because });
  await world.answered();
  forward(1);
  const seen = await query<{
    gone: boolean;
  }>(safeguardingDb)`select ctx.erase_person(${person.id}, 999, ${clock.now()}, 'x', 'x') as gone`;
  assert.equal(seen[0]?.gone, false, 'something came since it was read');
  await asLeader(world, (tx, now) => eraseDueRecords(tx, now, keys));
  assert.ok((await rows('keys_to_destroy')) > 0);
  assert.match((await protection.get(`${home}/certificates`)).body, /still to be destroyed/);
  await daysLater(0, 'keys_to_destroy', 0);
});
