import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { asMember, staying } from '../../../test/fixtures/as-member.ts';
import { openSides } from '../../../test/fixtures/custody-notices.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { addCustodyNotice, addNotice } from './examples.ts';

/** Refused by a row policy, a trigger or a check, not by a mistake of the test. */
const byTheDatabase = ({ code = '' }: { code?: string }): boolean => /^(42501|23\d{3})$/.test(code);
const behind = ['safeguarding', 'safeguarding'] as const;

async function sides(t: TestContext) {
  const world = await openSides(t);
  const { people, force, person, keys, safeguardingDb, clock } = world;
  const of = { personId: person.id, to: force.id, by: people.adviser, at: clock.now() };
  const row = async () => {
    const notice = await addNotice(safeguardingDb, keys, of);
    const found = await safeguardingDb
      .selectFrom('custodyNotices')
      .selectAll()
      .where('id', '=', notice.id)
      .executeTakeFirstOrThrow();
    await safeguardingDb.deleteFrom('custodyNotices').where('id', '=', notice.id).execute();
    return found;
  };
  const adds = async (who: Member, more: Record<string, unknown> = {}) => {
    const values = { ...(await row()), ...more };
    return asMember(world, who, behind, (tx) => tx.insertInto('custodyNotices').values(values).execute());
  };
  return { ...world, adds, row };
}

test('the database refuses a notice that a forged form would make', async (t) => {
  const { adds, people, advisers, force, member, safeguardingDb, keys, agency, clock } = await sides(t);
  await adds(people.adviser);
  const stranger = await member(await agency('council'), ['safeguarding lead']);
  const unknown = await addPerson(safeguardingDb, keys, stranger, clock.now());
  const { adviser, officer, custodian, helpProtection } = people;
  const forged: readonly (readonly [string, Member, Record<string, unknown>])[] = [
    ['in another’s name', people.lead, {}],
    ['for another agency', adviser, { agencyId: force.id }],
    ['of somebody whom she does not know', adviser, { personId: unknown.id }],
    ['of nobody', adviser, { personId: newTimelessId() }],
    ['with a sentence of her own', adviser, { sentence: 'she is pregnant' }],
    ['on a ground of her own', adviser, { ground: 'vital interests' }],
    ['of a child without reasons', adviser, { ground: 'child’s best interests' }],
    ['with other words than their digest', adviser, { wording: 'Sign here' }],
    [
      'taken back already',
      adviser,
      { withdrawnAt: clock.now(), withdrawnBy: adviser.id, withdrawalTransferId: newTimelessId() },
    ],
    ['by the minute', adviser, { givenAt: new Date(clock.now().getTime() + 60_000) }],
    ['by an officer', officer, { authorId: officer.id, agencyId: officer.agencyId }],
    ['by a custodian', custodian, { authorId: custodian.id, agencyId: custodian.agencyId }],
    ['by who answers for data', helpProtection, { authorId: helpProtection.id, agencyId: advisers.id }],
  ];
  for (const [what, who, more] of forged) await assert.rejects(adds(who, more), byTheDatabase, what);
});

test('keeps a notice as it was sent; it is withdrawn once, in the member’s own name', async (t) => {
  const world = await sides(t);
  const { people, safeguardingDb, row, clock } = world;
  const values = await row();
  await safeguardingDb.insertInto('custodyNotices').values(values).execute();
  const hour = new Date(Math.floor(clock.now().getTime() / 3_600_000) * 3_600_000);
  const changes = (who: Member, set: Record<string, unknown>) =>
    asMember(world, who, behind, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('custodyNotices')
        .set(set)
        .where('id', '=', values.id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw Object.assign(new Error('not the member’s own'), { code: '42501' });
    });
  const back = { withdrawnAt: hour, withdrawnBy: people.adviser.id, withdrawalTransferId: newTimelessId() };
  await changes(people.adviser, back);
  for (const [what, who, set] of [
    ['another sentence', people.adviser, { sentence: 'threat to life' }],
    ['another person', people.adviser, { personId: newTimelessId() }],
    ['in another’s name', people.lead, back],
    ['by an officer', people.officer, back],
    ['by who answers for data', people.helpProtection, back],
  ] as const)
    await assert.rejects(changes(who, set), byTheDatabase, what);
  await safeguardingDb.updateTable('custodyNotices').set(back).where('id', '=', values.id).execute();
  await assert.rejects(
    changes(people.adviser, { ...back, withdrawalTransferId: newTimelessId() }),
    byTheDatabase,
    'twice',
  );
});

test('an urgent notice belongs to custodians without a part in operations; one custodian accepts it and passes it on once', async (t) => {
  const world = await sides(t);
  const { db, keys, people, clock, force } = world;
  const id = await addCustodyNotice(db, keys, { to: force.id, at: clock.now() });
  const seen = (who: Member) =>
    asMember(world, who, ['main', 'staff'], async (tx) => {
      const { rows } =
        await sql`select id from received_custody_notices union all select id from custody_urgent_pages`.execute(tx);
      return rows.length;
    });
  for (const [who, count] of [
    [people.custodian, 2],
    [people.second, 2],
    [people.borderCustodian, 0],
    [people.detective, 0],
    [people.officer, 0],
    [people.commander, 0],
    [people.protection, 0],
    [people.lead, 0],
    [people.adviser, 0],
  ] as const)
    assert.equal(await seen(who), count, who.name);
  const hour = new Date(Math.floor(clock.now().getTime() / 3_600_000) * 3_600_000);
  const changes = (who: Member, set: Record<string, unknown>) =>
    staying(world, who, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('custodyUrgentPages')
        .set(set)
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw Object.assign(new Error('not the member’s own'), { code: '42501' });
    });
  const passed = { passedOn: 'custody officer', passedAt: hour };
  await assert.rejects(changes(people.custodian, passed), byTheDatabase, 'before it is taken on');
  const taken = (who: Member) => ({ acknowledgedBy: who.id, acknowledgedAt: hour });
  await assert.rejects(changes(people.custodian, taken(people.second)), byTheDatabase, 'in another’s name');
  await assert.rejects(changes(people.detective, taken(people.detective)), byTheDatabase, 'by who arrests');
  await assert.rejects(changes(people.custodian, { rounds: 0 }), byTheDatabase, 'the minutes are not hers');
  await changes(people.custodian, taken(people.custodian));
  await assert.rejects(changes(people.second, taken(people.second)), byTheDatabase, 'twice');
  await changes(people.second, passed);
  await assert.rejects(
    changes(people.second, { ...passed, passedOn: 'charging officer' }),
    byTheDatabase,
    'passed on twice',
  );
});

test('shows delivery state only to support agencies with the crossing id; only the leader process carries a notice across', async (t) => {
  const world = await sides(t);
  const { db, keys, people, clock, force, databases } = world;
  const id = await addCustodyNotice(db, keys, { to: force.id, at: clock.now() });
  const told = (who: Member) =>
    asMember(world, who, ['main', 'staff'], async (tx) => {
      const { rows } = await sql<
        Record<string, unknown>
      >`select * from ctx.custody_standing(array[${id}]::uuid[])`.execute(tx);
      return rows;
    });
  assert.deepEqual(await told(people.adviser), [{ id, rounds: 0, acknowledged: false }]);
  for (const who of [people.officer, people.commander, people.custodian])
    assert.deepEqual(await told(who), [], who.name);
  for (const role of ['staff', 'statistics', 'auditor', 'public', 'publisher'] as const)
    await assert.rejects(
      sql`select ctx.take_custody_notice(${newTimelessId()}, ${force.id}, 'threat to life', null, null, null)`.execute(
        databases.for('main', role),
      ),
      /permission denied/,
      role,
    );
  await assert.rejects(
    sql`select ctx.take_custody_notice(${newTimelessId()}, ${force.id}, 'she is pregnant', null, null, null)`.execute(
      databases.for('main', 'leader'),
    ),
    /violates/,
    'also the leader brings a sentence of the list, or none',
  );
});
