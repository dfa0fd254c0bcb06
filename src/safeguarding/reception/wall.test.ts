import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { showsNo } from '../../../test/harness/browsing.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { addOperation, addPartner, addToOperation } from '../../operations/weeks/examples.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { addPerson } from '../people/examples.ts';
import { addBand, addNeed, addReception, addShift } from './examples.ts';

const home = '/staff/safeguarding/reception';
const behind = ['safeguarding', 'safeguarding'] as const;

async function aCentre(t: TestContext) {
  const application = await openApplication(t);
  const { agency, member, db, safeguardingDb, keys, clock } = application;
  const force = await agency('police force');
  const planner = await member(force, ['planner']);
  const operation = await addOperation(db, force, planner);
  const help = await agency('sexual violence advisers');
  const relief = await agency('voluntary');
  for (const partner of [help, relief]) await addPartner(db, operation, partner);
  const lead = await member(help, ['safeguarding lead']);
  await addToOperation(db, operation, lead);
  const volunteer = await member(relief, ['volunteer']);
  const reception = await addReception(safeguardingDb, operation.id, lead);
  const band = await addBand(safeguardingDb, reception);
  await addNeed(safeguardingDb, band);
  const person = await addPerson(safeguardingDb, keys, lead, clock.now());
  await safeguardingDb
    .insertInto('wristbandPeople')
    .values({ wristbandId: band.id, personId: person.id, memberId: lead.id })
    .execute();
  return { ...application, force, operation, help, relief, lead, volunteer, reception, band, person };
}

test('refuses police and immigration alike, with or without a reception, though they are on the operation', async (t) => {
  const { agency, member, signIn, db, operation, reception, band } = await aCentre(t);
  const shown = ({ body }: { readonly body: string }) => body.replace(/name="_csrf" value="[^"]*"/g, '');
  for (const kind of ['police force', 'immigration', 'regional crime unit'] as const) {
    const at = await agency(kind);
    await addPartner(db, operation, at);
    const officer = await member(at, roles);
    await addToOperation(db, operation, officer);
    const visitor = await signIn(officer);
    const answers = new Set<string>();
    for (const [of, one] of [
      [reception.id, band.id],
      [newTimelessId(), newTimelessId()],
    ]) {
      for (const path of [
        '',
        '/new',
        `/${of}`,
        `/${of}/plan`,
        `/${of}/capacity`,
        `/${of}/debrief`,
        `/wristbands/${one}`,
      ])
        answers.add(shown(await visitor.get(home + path)));
      for (const path of ['/start', `/${of}/wristbands`, `/${of}/capacity`, `/wristbands/${one}/leave`])
        answers.add(shown(await visitor.post(home + path)));
    }
    assert.equal(answers.size, 1, `${kind} is told one thing`);
    await showsNo(visitor, '/staff', /safeguarding\/reception/);
  }
});

test('the database shows a volunteer numbers and needs while on shift, never identities', async (t) => {
  const world = await aCentre(t);
  const { volunteer, reception, safeguardingDb, relief, member, agency, lead, db, operation } = world;
  const tables = [
    'wristbands',
    'wristband_needs',
    'wristband_people',
    'first_nights',
    'persons',
    'notes',
    'person_actions',
  ];
  const counts = (who: Member) =>
    asMember(world, who, behind, async (tx) => {
      const found = [];
      for (const table of tables) {
        const { rows } = await sql`select from ${sql.id(table)}`.execute(tx);
        found.push(rows.length);
      }
      return found;
    });
  const nothing = tables.map(() => 0);
  assert.deepEqual(await counts(volunteer), nothing, 'before her shift');
  const shift = await addShift(safeguardingDb, reception, volunteer);
  assert.deepEqual(await counts(volunteer), [1, 1, 0, 0, 0, 0, 0]);
  const other = await member(relief, ['volunteer']);
  assert.deepEqual(await counts(other), nothing, 'a colleague who is not on shift');
  await addShift(safeguardingDb, reception, other, { startsAt: new Date('2026-09-18T12:00:00Z') });
  assert.deepEqual(await counts(other), nothing, 'an hour before it');
  const gone = await member(relief, ['volunteer']);
  await addShift(safeguardingDb, reception, gone, { endsAt: new Date('2026-09-18T11:00:00Z') });
  assert.deepEqual(await counts(gone), nothing, 'in the hour after it');
  await sql`update reception_rota set ended_at = '2026-09-18T11:00:00Z' where id = ${shift.id}`.execute(safeguardingDb);
  assert.deepEqual(await counts(volunteer), nothing, 'taken off');
  const force = await member(world.force, ['volunteer', 'field']);
  await addToOperation(db, operation, force);
  await addShift(safeguardingDb, reception, force);
  assert.deepEqual(await counts(force), nothing, 'a volunteer of the police');
  const stranger = await member(await agency('voluntary'), ['volunteer']);
  await addShift(safeguardingDb, reception, stranger);
  assert.deepEqual(await counts(stranger), nothing, 'of an agency that takes no part');
  assert.deepEqual((await counts(lead)).slice(0, 3), [1, 1, 1]);
});

test('a volunteer can only start their own shift, now, where it is open; numbers are sent in one’s own name', async (t) => {
  const world = await aCentre(t);
  const { volunteer, reception, operation, lead, relief, safeguardingDb } = world;
  const start = (more: Record<string, unknown> = {}) =>
    asMember(world, volunteer, behind, (tx) =>
      tx
        .insertInto('receptionRota')
        .values({
          id: newTimelessId(),
          receptionId: reception.id,
          operationId: operation.id,
          agencyId: relief.id,
          authorId: volunteer.id,
          memberId: volunteer.id,
          work: 'looks after people',
          startsAt: new Date('2026-09-18T11:00:00Z'),
          endsAt: new Date('2026-09-18T17:00:00Z'),
          ...more,
        })
        .execute(),
    );
  await start();
  for (const more of [
    { memberId: lead.id },
    { authorId: lead.id },
    { agencyId: lead.agencyId },
    { startsAt: new Date('2026-09-18T12:00:00Z') },
    { memberId: null },
  ])
    await assert.rejects(start(more), /row-level security/, JSON.stringify(more));
  await sql`update reception_centres set stood_down_at = '2026-09-18T11:00:00Z', stood_down_by = ${lead.id}`.execute(
    safeguardingDb,
  );
  await assert.rejects(start(), /row-level security/, 'stood down');
  const tells = (by: string) =>
    asMember(world, lead, ['main', 'staff'], (tx) =>
      sql`insert into capacity_reports values (${newTimelessId()}, ${operation.id}, ${lead.agencyId}, ${by}, '2026-09-18T11:00:00Z', 1, 1, 1, 1, 1)`.execute(
        tx,
      ),
    );
  await tells(lead.id);
  await assert.rejects(tells(volunteer.id), /row-level security/);
});

test('volunteers write only list values: no name fits in a column they can reach', async (t) => {
  const { safeguardingDb, band } = await aCentre(t);
  for (const [kind, detail] of [
    ['food', 'Olga'],
    ['name', 'anything'],
    ['interpreter', 'no pork'],
  ])
    await assert.rejects(
      sql`insert into wristband_needs values (${newTimelessId()}, ${band.id}, ${kind}, ${detail}, '2026-09-18T11:00:00Z', null)`.execute(
        safeguardingDb,
      ),
      /check/,
    );
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_name in ('wristbands', 'wristband_needs') and data_type in ('text', 'bytea', 'jsonb') order by 1`.execute(
    safeguardingDb,
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['detail', 'kind'],
  );
});

test('hides another agency’s record: its number seems free, by page and by database, and each agency sees its own record', async (t) => {
  const world = await aCentre(t);
  const { relief, member, db, safeguardingDb, keys, clock, operation, signIn, reception, band, lead, person } = world;
  const other = await member(relief, ['safeguarding lead']);
  await addToOperation(db, operation, other);
  const free = await addBand(safeguardingDb, reception, 2);
  const left = await addBand(safeguardingDb, reception, 3, { leftAt: new Date('2026-09-18T09:00:00Z') });
  const at = await signIn(other);
  const links = async (number: string) => {
    const hers = await addPerson(safeguardingDb, keys, other, clock.now());
    const { statusCode, headers, body } = await at.post(`/staff/safeguarding/people/${hers.id}/wristband`, {
      ...{ receptionId: reception.id, number },
    });
    const events = await safeguardingDb
      .selectFrom('accessLog')
      .select(['event', 'fields', 'returned'])
      .where(
        'requestId',
        '=',
        sql<string>`(select request_id from access_log where subject = ${hers.id} and event = 'wristband.linked' limit 1)` as never,
      )
      .orderBy('id')
      .execute();
    return {
      hers,
      answer: [statusCode, String(headers.location ?? '').replace(/[0-9a-f-]{36}/, 'ID'), body, JSON.stringify(events)],
      location: String(headers.location),
    };
  };
  const [known, nobodys] = [await links('1'), await links('2')];
  assert.deepEqual(known.answer, nobodys.answer, 'of another agency’s record, and of none');
  assert.equal(known.location, `${home}/wristbands/${band.id}`);
  assert.equal(nobodys.location, `${home}/wristbands/${free.id}`);
  assert.equal((await links('3')).location, `${home}/wristbands/${left.id}`);
  const nowhere = (await links('9')).answer;
  assert.equal(nowhere[0], 422);
  assert.match(String(nowhere[2]), /This number cannot be used here\. Ask the reception lead/);

  const page = (await at.get(known.location)).body;
  assert.match(page, new RegExp(`people/${known.hers.id}`));
  assert.ok(!page.includes(person.id));
  const leads = (await (await signIn(lead)).get(known.location)).body;
  assert.match(leads, new RegExp(`people/${person.id}`));
  assert.ok(!leads.includes(known.hers.id));
  // Two members of one agency at once: both records are readable, so one of them gets a refusal.
  const both = [await addPerson(safeguardingDb, keys, other, clock.now()), known.hers];
  await addBand(safeguardingDb, reception, 4);
  const answers = await Promise.all(
    both.map(({ id }) =>
      at.post(`/staff/safeguarding/people/${id}/wristband`, { receptionId: reception.id, number: '4' }),
    ),
  );
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).toSorted(), [303, 422]);
  // A forged form gets no revealing database error either.
  const mine = await addPerson(safeguardingDb, keys, other, clock.now());
  const forged = (wristbandId: string) =>
    asMember(world, other, behind, async (tx) => {
      await sql`insert into wristband_people values (${wristbandId}, ${mine.id}, ${other.id})`.execute(tx);
      const { rows } = await sql`select person_id from wristband_people where wristband_id = ${wristbandId}`.execute(
        tx,
      );
      return rows.length;
    });
  const unlinked = await addBand(safeguardingDb, reception, 5);
  assert.equal(await forged(unlinked.id), 1);
  await safeguardingDb
    .deleteFrom('wristbandPeople')
    .where('memberId', '=', other.id as never)
    .execute();
  assert.equal(await forged(band.id), 1);
});
