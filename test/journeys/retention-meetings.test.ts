import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { addSubjectRequest, answerAllRequests } from '../../src/oversight/examples.ts';
import { findPointer } from '../../src/platform/crypto/crypto.ts';
import { setContext } from '../../src/platform/database/database.ts';
import { addDisclosure } from '../../src/safeguarding/consent/examples.ts';
import { addPerson } from '../../src/safeguarding/people/examples.ts';
import { addNote, addReferral } from '../../src/safeguarding/referrals/examples.ts';
import { readHelp } from '../../src/safeguarding/referrals/index.ts';
import { runRetentionChores } from '../../src/safeguarding/retention/examples.ts';
import { floorToHour } from '../../src/vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../src/vocabulary/ids.ts';
import { referenceOf } from '../../src/vocabulary/reference.ts';
import { because, home, openRetention } from '../fixtures/retention.ts';

/** A person encountered on 18 September, with an adviser's note and no record. */
async function aMeeting(t: TestContext) {
  const world = await openRetention(t);
  const { safeguardingDb: db, keys, clock, lead, advisers, protection, metAt, operation } = world;
  return {
    ...world,
    page: `${home}/${metAt.encounterId}`,
    opened: () =>
      addPerson(db, keys, lead, clock.now(), {
        origin: 'met at visit',
        originId: metAt.encounterId,
        operationId: operation.id,
      }),
    rule: (months: number) =>
      sql`insert into person_retention_rules (id, agency_id, class, months, source, valid_from, recorded_on, set_by, set_at)
        values (${newTimelessId()}, ${advisers.id}, 'person helped', ${months}, 'Notice', '2026-09-18', '2026-09-18', ${protection.id}, '2026-09-18T09:00:00Z')`.execute(
        db,
      ),
  };
}

test('who agreed to nothing and has no record is gone 28 days after the meeting: named before, counted after, with a certificate', async (t) => {
  const world = await aMeeting(t);
  const { keeper, adviser, again, dataLead, note, page, forward, rows, safeguardingDb, keys, operation, daysLater } =
    world;
  const { rows: wrapped } = await sql<{ wrappedKey: Buffer }>`select wrapped_key from notes`.execute(safeguardingDb);
  const counted = await readHelp(safeguardingDb as never, operation.id);
  const told = /until 16 October 2026 unless the person consents or a record is opened/;
  assert.match((await again(adviser).get(`/staff/safeguarding/notes/${note.id}`)).body, told);
  assert.match((await keeper.get(page)).body, /Encounter E-\w{3}-\w{3}, no record[\s\S]*Destroyed on 16 October 2026/);
  forward(13);
  assert.match((await keeper.get(home)).body, /Nothing is due for destruction in this period/);
  forward(1);
  const soon = await dataLead.get(home);
  assert.match(soon.body, /Encounter E-\w{3}-\w{3}, no record[\s\S]*16 October 2026[\s\S]*Destroyed soon/);
  await daysLater(13, 'notes', 1, 'the last day');
  forward(1);
  await runRetentionChores(world);
  for (const table of ['notes', 'notes_versions', 'note_acknowledgements', 'keys_to_destroy', 'retention_facts'])
    assert.equal(await rows(table), 0, table);
  for (const { wrappedKey } of wrapped) assert.ok(keys.halves?.isDestroyed(findPointer(wrappedKey) as Buffer));
  const after = await readHelp(safeguardingDb as never, operation.id);
  const facts = (all: typeof after) => all.facts.map(({ id, indicator, part }) => [id, indicator, part].join()).sort();
  assert.deepEqual(facts(after), facts(counted), 'counts are what they were');
  assert.equal(
    after.facts.some(({ person }) => counted.facts.some((one) => one.person === person)),
    false,
  );
  assert.match(
    (await dataLead.get(`${home}/certificates`)).body,
    /Met without concern: at most 28 days[\s\S]*1 destroyed/,
  );
  assert.equal((await keeper.get(page)).statusCode, 404);
});

test('an agreement, a request for help or what the law let somebody tell keeps it as that of a person helped, and goes with it', async (t) => {
  const world = await aMeeting(t);
  const { safeguardingDb: db, keys, clock, note, council, nurse, advisers, metAt, lead, daysLater, rows } = world;
  await world.rule(2);
  const referral = await addReferral(db, keys, note, council);
  const other = await addNote(
    db,
    keys,
    { ...metAt, encounterId: newTimelessId() as never },
    { id: lead.id, agencyId: advisers.id },
  );
  await addDisclosure(
    db,
    keys,
    { personId: other.encounterId as never, operationId: null, at: clock.now() },
    council.id,
    { id: lead.id, agencyId: advisers.id },
    { basis: 'child' },
  );
  await daysLater(40, 'notes', 2, 'neither after 28 days');
  await daysLater(22, 'notes', 1, 'what was told once goes by the rule; a request that nobody answered goes on');
  assert.equal(await rows('disclosures'), 0);
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: floorToHour(clock.now()) });
    await sql`update referrals set state = 'declined', sealed_reason = 'x', decided_by = ${nurse.id},
      decided_at = date_trunc('hour', ${clock.now()}::timestamptz) where id = ${referral.id}`.execute(tx);
  });
  await daysLater(75, 'notes', 0);
  for (const table of ['referrals', 'consents', 'person_grants', 'withdrawn_grants'])
    assert.equal(await rows(table), 0, table);
  assert.equal(await rows('disposed_referrals'), 1);
});

test('a hold keeps it, a record that is opened takes hold and clock over, and what is left of another agency is that agency’s', async (t) => {
  const world = await aMeeting(t);
  const { keeper, dataLead, page, safeguardingDb: db, keys, metAt, council, caseworker, opened, daysLater } = world;
  const hold = { saying: 'held', because, 'reviewOn-day': '1', 'reviewOn-month': '12', 'reviewOn-year': '2026' };
  assert.equal((await keeper.post(page, hold)).statusCode, 303);
  await addNote(db, keys, metAt, { id: caseworker.id, agencyId: council.id });
  await daysLater(30, 'notes', 1, 'the other agency’s note goes, and this one is held');
  assert.match(
    (await dataLead.get(home)).body,
    /Records on hold, and erasure requests[\s\S]*Encounter E-\w{3}-\w{3}, no record/,
  );
  const person = await opened();
  assert.equal((await keeper.get(page)).statusCode, 404, 'the meeting has no time of its own any more');
  assert.match((await keeper.get(`${home}/${person.id}`)).body, /Kept while the record is on hold/);
  const { rows: facts } = await sql<{ personId: string; encounterId: string | null }>`
    select person_id, encounter_id from retention_facts`.execute(db);
  assert.deepEqual(facts, [{ personId: person.id, encounterId: null }]);
  await daysLater(60, 'notes', 1, 'a record without a rule stays');
});

test('the note is erased the day after the person’s request is granted and answered; a hold in between stops it', async (t) => {
  const world = await aMeeting(t);
  const { dataLead, keeper, page, safeguardingDb: db, protection, clock, metAt, note, daysLater } = world;
  assert.equal(
    (await dataLead.post(page, { saying: 'asked to go', because })).statusCode,
    422,
    'nobody proved who asks',
  );
  await addSubjectRequest(db, protection, [note.id], 'erasure', clock.now());
  assert.equal((await keeper.post(page, { saying: 'asked to go', because })).statusCode, 422, 'not theirs to order');
  assert.equal((await dataLead.post(page, { saying: 'asked to go', because })).statusCode, 303);
  assert.match((await dataLead.post(page, { saying: 'asked to go', because })).body, /This is already granted/);
  await daysLater(1, 'notes', 1, 'while she is being told of it all of it stays');
  await answerAllRequests(db, protection, clock.now());
  const seen = await sql<{ seen: number }>`
    select seen from ctx.meetings_kept('00000000-0000-0000-0000-000000000000', 10)`.execute(db);
  const erased = async (known: number) =>
    (
      await sql<{
        gone: boolean;
      }>`select ctx.erase_meeting(${metAt.encounterId}, ${protection.agencyId}, ${known}, ${clock.now()}, 'x', 'x') as gone`.execute(
        db,
      )
    ).rows[0]?.gone;
  const known = seen.rows[0]?.seen ?? -1;
  assert.equal(await erased(known + 1), false, 'something came since it was judged');
  const held = sql`insert into retention_facts (id, encounter_id, agency_id, what, detail, reason, review_on, recorded_on, recorded_by)
    values (${newTimelessId()}, ${metAt.encounterId}, ${protection.agencyId}, 'hold', 'legal hold', ${because}, '2026-12-01', '2026-09-19', ${protection.id})`;
  await held.execute(db);
  assert.equal(await erased(known + 1), false, 'held');
  await sql`delete from retention_facts where what = 'hold'`.execute(db);
  await daysLater(0, 'notes', 0);
  await assert.rejects(held.execute(db), /of a record of the agency/, 'and nothing is said of what is gone');
});

test('other agencies and other sides learn nothing of it, and a fact stays with what it was said of', async (t) => {
  const world = await aMeeting(t);
  const { again, page, force, council, member, safeguardingDb: db, metAt, keeper, opened } = world;
  const theirs = await member(council, ['data-protection lead', 'partner caseworker'], 'Other Lead');
  const officer = await member(force, ['data-protection lead', 'planner', 'enforcement'], 'Ollie Officer');
  assert.equal((await again(officer).get(page)).statusCode, 403);
  assert.equal((await again(theirs).get(page)).statusCode, 404);
  assert.equal((await again(theirs).post(page, { saying: 'helped', because })).statusCode, 404);
  assert.doesNotMatch((await again(theirs).get(home)).body, new RegExp(referenceOf('encounter', metAt.encounterId)));
  assert.equal((await keeper.post(page, { saying: 'helped', because })).statusCode, 303);
  const elsewhere = await addPerson(db, world.keys, world.lead, world.clock.now());
  await assert.rejects(
    sql`update retention_facts set person_id = ${elsewhere.id}, encounter_id = null`.execute(db),
    /ended once/,
  );
  await assert.rejects(
    sql`update retention_facts set person_id = ${elsewhere.id}`.execute(db),
    /retention_facts_check|ended once/,
  );
  await opened();
  assert.equal((await sql`select from retention_facts where encounter_id is not null`.execute(db)).rows.length, 0);
});

test('the reason for a hold is sealed, opened for members who may read it, and erased with the key; earlier ones too', async (t) => {
  const world = await aMeeting(t);
  const { dataLead, keeper, page, safeguardingDb: db, keys, protection, metAt, forward } = world;
  const hold = { saying: 'held', 'reviewOn-day': '1', 'reviewOn-month': '12', 'reviewOn-year': '2026' };
  assert.equal((await keeper.post(page, { ...hold, because: 'Proceedings that Quillwort brought' })).statusCode, 303);
  await sql`insert into retention_facts (id, encounter_id, agency_id, what, detail, reason, recorded_on, recorded_by)
    values (${newTimelessId()}, ${metAt.encounterId}, ${protection.agencyId}, 'happening', 'reply from the person',
      'Bindweed rang once more and asked', '2026-09-18', ${protection.id})`.execute(db);
  assert.match((await keeper.get(page)).body, /Bindweed rang once more/, 'also before it is sealed');
  await runRetentionChores(world);
  const { rows: facts } = await sql<{ row: string; wrappedKey: Buffer | null }>`
    select to_jsonb(f)::text as row, wrapped_key from retention_facts f`.execute(db);
  assert.equal(facts.length, 2);
  for (const { row, wrappedKey } of facts) {
    assert.doesNotMatch(row, /Quillwort|Bindweed/);
    assert.ok(wrappedKey);
  }
  for (const url of [page, home]) assert.match((await dataLead.get(url)).body, /Proceedings that Quillwort brought/);
  assert.match((await keeper.get(page)).body, /Bindweed rang once more/);
  await sql`delete from retention_facts where what = 'hold'`.execute(db);
  forward(40);
  await runRetentionChores(world);
  const rest = facts.map(({ wrappedKey }) => keys.halves?.isDestroyed(findPointer(wrappedKey as Buffer) as Buffer));
  assert.equal(rest.filter(Boolean).length, 1, 'of what was there when it went');
});

test('a note of a meeting whose day was mistyped goes 28 days after it was written, and not at once', async (t) => {
  const world = await aMeeting(t);
  const { keeper, adviser, again, note, page, forward, rows, safeguardingDb } = world;
  await sql`alter table notes disable trigger user`.execute(safeguardingDb);
  await sql`update notes set day = '2026-03-18'`.execute(safeguardingDb);
  await sql`alter table notes enable trigger user`.execute(safeguardingDb);
  assert.match((await again(adviser).get(`/staff/safeguarding/notes/${note.id}`)).body, /until 16 October 2026 unless/);
  assert.match((await keeper.get(page)).body, /Destroyed on 16 October 2026/);
  await runRetentionChores(world);
  assert.equal(await rows('notes'), 1, 'on the day on which it was written');
  forward(28);
  await runRetentionChores(world);
  assert.equal(await rows('notes'), 0);
});
