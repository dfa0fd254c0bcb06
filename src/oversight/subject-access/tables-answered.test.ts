import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { aTeam } from '../../../test/fixtures/visit.ts';
import { setContext } from '../../platform/database/database.ts';
import { addHandover, addTask } from '../../safeguarding/actions/examples.ts';
import { addConsent, addDisclosure, addGrant } from '../../safeguarding/consent/examples.ts';
import { addNotice } from '../../safeguarding/custody-notices/examples.ts';
import { addDocument } from '../../safeguarding/documents/examples.ts';
import { addDecision, addRequest } from '../../safeguarding/information-requests/examples.ts';
import { addCaseToMeeting, addMeeting } from '../../safeguarding/meetings/examples.ts';
import { seedNrmReferral } from '../../safeguarding/nrm-drafts/examples.ts';
import { addSafeguardingPaper } from '../../safeguarding/papers/examples.ts';
import { ofGrant, ofHandover } from '../../safeguarding/papers/store.ts';
import { addHelp, addPerson, exampleSubject } from '../../safeguarding/people/examples.ts';
import { addBand, addEntry, addNeed, addReception } from '../../safeguarding/reception/examples.ts';
import { addNote, addReferral, addReferralForSubject } from '../../safeguarding/referrals/examples.ts';
import { addMessage } from '../../safeguarding/referrals/store.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { tablesWithoutClientData, withheldTables } from './withheld-tables.ts';

const path = '/staff/oversight/safeguarding/requests';

/** Two people with the same data, in every table that can hold something about a person. */
async function addRecordsOfTwoPeople(t: TestContext) {
  const world = await aTeam(t);
  const { safeguardingDb: db, keys, clock, advisers, adviser, force, officer, operation, member, agency } = world;
  const council = await agency('council', { name: 'Lea Council' });
  const now = clock.now();
  const reception = await addReception(db, operation.id, adviser);
  const shelter = await addEntry(db, reception, adviser, {
    work: 'first-night shelter',
    beds: 4,
    forWhom: 'anybody',
  } as never);
  const visit = await addVisit(world.db, world.planned, officer);
  const hold = async (word: string, number: number) => {
    const { id: encounterId } = await addPersonMet(world.db, visit, officer);
    const metAt = { encounterId, visitId: visit.id, operationId: operation.id, at: now };
    const note = await addNote(db, keys, metAt, adviser, { wants: `wants ${word}`, metNumber: number });
    await addReferral(db, keys, note, council, { words: `asked ${word}` });
    const person = await addPerson(db, keys, adviser, now, {
      ...{ origin: 'met at visit', originId: encounterId, operationId: operation.id, called: `called ${word}` },
    } as never);
    const asked = await addReferralForSubject(
      db,
      keys,
      { subject: exampleSubject(person), by: adviser, at: now },
      council,
      {
        words: `record ${word}`,
      },
    );
    await addMessage(db, keys, {
      ...{ id: newTimelessId(), referralId: asked.id, agencyId: council.id, authorId: adviser.id, item: null },
      ...{ words: `message ${word}`, writtenAt: new Date('2026-09-18T09:00:00Z') },
    } as never);
    await addHelp(db, keys, person, { what: 'offer', help: 'health', answer: 'declined', words: `act ${word}` });
    await addDocument(db, keys, person as never, { called: `paper ${word}` });
    const task = await addTask(db, keys, person.id, adviser, now, { what: `task ${word}` });
    const handover = await addHandover(db, keys, adviser, now);
    await addSafeguardingPaper(
      db,
      ofHandover(handover.id),
      { agencyId: advisers.id, madeBy: adviser.id, madeAt: now },
      [task.id],
    );
    const meeting = await addMeeting(db, keys, adviser, now);
    await addCaseToMeeting(db, keys, [meeting, person.id], adviser, now, {
      decisions: [{ words: `decided ${word}`, by: adviser.id, at: now, later: false }],
    });
    await seedNrmReferral(db, keys, person, now, { words: `treated ${word}`, again: true });
    await addNotice(db, keys, { personId: person.id, to: force.id, by: adviser, at: now }, {
      ...{ ground: 'child’s best interests', reasons: `reasons ${word}` },
    } as never);
    const request = await addRequest(world.db, keys, { by: officer, to: advisers.id, at: now });
    await addDecision(db, keys, { request, by: adviser, personId: person.id, at: now });
    const known = { personId: person.id, operationId: operation.id, at: now };
    const consent = await addConsent(db, keys, known, council.id, adviser, { act: 'share', items: ['when we met'] });
    const grant = await addGrant(db, keys, { consent }, [{ item: 'when we met', words: `shown ${word}` }], adviser);
    await addSafeguardingPaper(db, ofGrant(grant.id), { agencyId: advisers.id, madeBy: adviser.id, madeAt: now });
    await addDisclosure(db, keys, known, council.id, adviser, { basis: 'court order' });
    const band = await addBand(db, reception, number);
    await addNeed(db, band);
    await db
      .insertInto('wristbandPeople')
      .values({ wristbandId: band.id, personId: person.id, memberId: adviser.id })
      .execute();
    await db
      .insertInto('firstNights')
      .values({ wristbandId: band.id, rotaId: shelter.id, memberId: adviser.id })
      .execute();
    await db.transaction().execute(async (tx) => {
      await setContext(tx, { now });
      await sql`insert into note_acknowledgements (note_id, operation_id, member_id, taken_at)
        values (${note.id}, ${operation.id}, ${adviser.id}, date_trunc('hour', ${now}::timestamptz))`.execute(tx);
      await sql`insert into retention_facts (id, person_id, agency_id, what, detail, reason, review_on, recorded_on, recorded_by)
        values (gen_random_uuid(), ${person.id}, ${advisers.id}, 'hold', 'legal hold', ${`held because of ${word}, it says`}, '2027-01-01', '2026-09-18', ${adviser.id})`.execute(
        tx,
      );
    });
    return { person, encounterId };
  };
  const hers = await hold('Quillwort', 1);
  await hold('Bindweed', 2);
  const lead = await world.signIn(await member(advisers, ['data-protection lead'], 'Hedi Lead'));
  return { ...world, hers, lead };
}

test('an answer includes every table that holds data about a person, or the code names the reason why not', async (t) => {
  const { lead, hers, safeguardingDb } = await addRecordsOfTwoPeople(t);
  const opened = await lead.post(`${path}/new`, {
    ...{
      alone: 'yes',
      wants: 'access',
      asker: 'the person',
      proof: 'identity document',
      delivery: 'in person',
    },
    ...{ reference: 'SAR 9', safety: '', about: `${hers.person.id}\n${hers.encounterId}` },
  });
  assert.equal(opened.statusCode, 303, opened.body);
  const { body } = await lead.get(String(opened.headers.location));
  for (const word of [
    'wants',
    'asked',
    'called',
    'record',
    'message',
    'act',
    'task',
    'decided',
    'treated',
    'reasons',
    'shown',
  ])
    assert.ok(body.includes(`${word} Quillwort`), word);
  assert.match(body, /held because of Quillwort/);
  for (const title of ['Letters to another agency about you', 'Printed handovers that say what was to be done for you'])
    assert.equal(body.split(title).length, 2, title);
  for (const label of ['Which of those met at the visit you were', 'Whether the other agency was to take over'])
    assert.ok(body.includes(label), label);
  assert.doesNotMatch(body, /Bindweed/, 'and nothing of anybody else');
  for (const reason of Object.values(withheldTables)) assert.ok(body.includes(reason.slice(0, 40)), reason);

  const answer = (await lead.post(`${String(opened.headers.location)}/answer`)).body;
  for (const word of ['wants', 'asked', 'called', 'record', 'treated', 'shown'])
    assert.ok(answer.includes(`${word} Quillwort`), word);
  for (const word of ['message', 'reasons', 'act', 'task', 'decided'])
    assert.ok(!answer.includes(`${word} Quillwort`), `${word}: a mark stands`);
  const data = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(answer)?.[1] ?? '';
  const { parts } = JSON.parse(data) as { parts: { lines: { key: string }[] }[] };
  const told = new Set(parts.flatMap(({ lines }) => lines.map(({ key }) => key.split('/')[0] as string)));

  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'
    order by 1`.execute(safeguardingDb);
  const tables = rows.map(({ name }) => name).filter((name) => name !== 'schema_changes');
  assert.ok(tables.length > 40);
  const named = (table: string) => table in withheldTables || tablesWithoutClientData.has(table);
  // Earlier versions have the key of their record.
  const base = (table: string) => table.replace(/_versions$/, '');
  const missing = tables.filter((table) => !told.has(base(table)) && !named(base(table)));
  assert.deepEqual(missing, [], 'neither told nor named');
  assert.deepEqual(
    [...told].filter((table) => named(table) && table !== 'access_log'),
    [],
    'told, and named as not told',
  );
  assert.deepEqual(
    [...Object.keys(withheldTables), ...tablesWithoutClientData].filter((table) => !tables.includes(table)),
    [],
    'named, and no table',
  );
});
