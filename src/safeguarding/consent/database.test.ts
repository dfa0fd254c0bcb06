import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { actorOf } from '../../../test/fixtures/as-member.ts';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { beginReading, beginWriting, setContext, type Transaction } from '../../platform/database/database.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newId, newTimelessId } from '../../vocabulary/ids.ts';
import type { AgencyKind, Role } from '../../vocabulary/people.ts';
import { addReferral } from '../referrals/examples.ts';
import { addConsent, addDisclosure } from './examples.ts';

const tables = ['consents', 'disclosures', 'person_grants', 'withdrawn_grants', 'referrals', 'referrals_versions'];

/** Refused by a row policy, a trigger or a check, not because of a mistake in our SQL. */
const byTheDatabase = ({ code = '' }: { code?: string }): boolean => /^(42501|23\d{3})$/.test(code);

async function world(t: TestContext) {
  const application = await aHelpedPerson(t);
  const { safeguardingDb, keys, note, council, nurses, adviser } = application;
  const known = { personId: note.encounterId, operationId: note.operationId, at: note.writtenAt };
  const to = (agency: { readonly id: string }, more = {}) =>
    addReferral(safeguardingDb, keys, note, agency as never, more);
  /** Runs in the member’s name with the role of the safeguarding store, and commits on success. */
  const as = async <Value>(who: Member, act: (tx: Transaction) => Promise<Value>): Promise<Value> => {
    const actor = await actorOf(application, who);
    const tx = await beginWriting(application.databases.for('safeguarding', 'safeguarding'));
    try {
      await setContext(tx, { now: floorToHour(application.clock.now()), actor });
      const done = await act(tx);
      await tx.commit().execute();
      return done;
    } catch (error) {
      await tx.rollback().execute();
      throw error;
    }
  };
  const counts = (who: Member) =>
    as(who, async (tx) => {
      const seen: number[] = [];
      for (const table of tables) {
        const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.id(table)}`.execute(tx);
        seen.push(rows[0]?.count ?? -1);
      }
      return seen;
    });
  return { ...application, known, to, as, counts, council, nurses, adviser };
}

const takesBack = (tx: Transaction, id: string) =>
  sql`update consents set withdrawn_at = '2020-01-01T00:00:00Z', withdrawn_by = ${newId()}, withdrawn_how = 'the person themself'
    where id = ${id}`.execute(tx);
const consentOf = async (db: Transaction | never, referral: { readonly id: string }): Promise<string> => {
  const { rows } = await sql<{
    id: string;
  }>`select consent_id as id from person_grants where referral_id = ${referral.id}`.execute(db);
  return rows[0]?.id ?? '';
};

test('a withdrawal ends everything that rests on it in its own transaction, and nothing else', async (t) => {
  const { to, as, counts, council, nurses, adviser, caseworker, nurse, safeguardingDb } = await world(t);
  const [first, other] = [await to(council), await to(nurses)];
  const kept = await to(council);
  assert.deepEqual(await counts(caseworker), [0, 0, 2, 0, 2, 0]);
  const consent = await consentOf(safeguardingDb as never, first);

  await assert.rejects(
    as(adviser, async (tx) => {
      await takesBack(tx, consent);
      throw new Error('and then it fails');
    }),
    /and then it fails/,
  );
  assert.deepEqual(await counts(caseworker), [0, 0, 2, 0, 2, 0], 'none of it, or all of it');

  await as(adviser, (tx) => takesBack(tx, consent));
  assert.deepEqual(await counts(caseworker), [0, 0, 1, 1, 1, 0]);
  assert.deepEqual(await counts(nurse), [0, 0, 1, 0, 1, 0], 'what was agreed for others stands');
  const row = await safeguardingDb
    .selectFrom('consents')
    .selectAll()
    .where('id', '=', consent)
    .executeTakeFirstOrThrow();
  assert.equal(row.withdrawnBy, adviser.id, 'by whoever did it, whatever was typed');
  assert.equal(row.withdrawnAt.toISOString(), '2026-09-18T09:00:00.000Z', 'now, whatever was typed');
  const ends = await safeguardingDb.selectFrom('withdrawnGrants').selectAll().execute();
  assert.deepEqual(
    ends.map(({ recipient, ended }) => [recipient, ended]),
    [[council.id, 'taken back']],
  );
  const states = await safeguardingDb.selectFrom('referrals').select(['id', 'ended']).execute();
  const ended = new Map(states.map((one) => [one.id, one.ended]));
  assert.deepEqual(
    [first, other, kept].map(({ id }) => ended.get(id)),
    ['taken back', null, null],
  );
});

test('a consent expires by its date alone, without any action', async (t) => {
  const { to, counts, council, caseworker, clock } = await world(t);
  await to(council);
  clock.move(new Date('2026-10-16T08:59:00Z'));
  assert.deepEqual(await counts(caseworker), [0, 0, 1, 0, 1, 0]);
  clock.move(new Date('2026-10-16T09:00:00Z'));
  assert.deepEqual(await counts(caseworker), [0, 0, 0, 0, 0, 0]);
});

test('the database itself refuses what a forged form would make', async (t) => {
  const { to, as, known, council, nurses, adviser, other, caseworker, safeguardingDb, keys, note } = await world(t);
  const by = { id: adviser.id, agencyId: adviser.agencyId };
  const refer = await addConsent(safeguardingDb, keys, known, council.id, by);
  const share = await addConsent(safeguardingDb, keys, known, council.id, by, {
    act: 'share',
    items: ['where we met'],
  });
  const gone = await addConsent(safeguardingDb, keys, known, council.id, by);
  await as(adviser, (tx) => takesBack(tx, gone.id));
  const child = await addDisclosure(safeguardingDb, keys, known, council.id, by);
  const referral = await to(council);
  await sql`delete from person_grants where referral_id = ${referral.id}`.execute(safeguardingDb);
  const grant = (who: Member, more: Record<string, unknown>) =>
    as(who, (tx) =>
      tx
        .insertInto('personGrants')
        .values({
          id: newTimelessId(),
          personId: note.encounterId,
          operationId: note.operationId,
          fromAgency: who.agencyId,
          authorId: who.id,
          recipient: council.id,
          act: 'refer',
          purpose: refer.purpose,
          items: ['when we met'],
          consentId: refer.id,
          disclosureId: null,
          referralId: referral.id,
          sealedContent: Buffer.from('x'),
          wrappedKey: Buffer.from('x'),
          madeAt: note.writtenAt,
          until: refer.until,
          ...more,
        })
        .execute(),
    );
  const hour = 3_600_000;
  const forged: readonly (readonly [string, Member, Record<string, unknown>])[] = [
    ['on nothing', adviser, { consentId: null }],
    ['on two grounds', adviser, { disclosureId: child.id }],
    ['on what was taken back', adviser, { consentId: gone.id }],
    ['on what another act was agreed for', adviser, { consentId: share.id }],
    ['to share on what was agreed to refer', adviser, { act: 'share', referralId: null }],
    ['for another person', adviser, { personId: newId() }],
    ['to another agency', adviser, { recipient: nurses.id }],
    ['for another purpose', adviser, { purpose: 'safety planning' }],
    ['of more items', adviser, { items: ['when we met', 'wishes'] }],
    ['of no item', adviser, { items: [] }],
    ['for longer', adviser, { until: new Date(refer.until.getTime() + hour) }],
    ['for no time', adviser, { until: note.writtenAt }],
    ['with no referral', adviser, { referralId: null }],
    ['with nobody’s referral', adviser, { referralId: newTimelessId() }],
    ['ended before it began', adviser, { endedAt: note.writtenAt, ended: 'finished' }],
    ['in another’s name', adviser, { authorId: other.id }],
    ['for another agency’s', adviser, { fromAgency: council.id }],
    ['on what she cannot read', other, {}],
    ['by the recipient', caseworker, {}],
  ];
  for (const [what, who, more] of forged) await assert.rejects(grant(who, more), byTheDatabase, what);
  await grant(adviser, {});
  await assert.rejects(grant(adviser, {}), byTheDatabase, 'twice');
});

test('nobody rewrites a consent, grant or confirmation, or changes or repeats a withdrawal', async (t) => {
  const { to, as, council, adviser, lead, caseworker, other, safeguardingDb } = await world(t);
  const referral = await to(council);
  const consent = await consentOf(safeguardingDb as never, referral);
  const tries: readonly (readonly [string, Member, ReturnType<typeof sql>])[] = [
    ['the items', adviser, sql`update consents set items = '{where we met}'`],
    ['the recipient', adviser, sql`update consents set recipient = ${newId()}`],
    ['the words', lead, sql`update consents set wording = 'Other words'`],
    [
      'the words and their digest',
      lead,
      sql`update consents set wording = 'x', wording_digest = encode(sha256('x'), 'hex')`,
    ],
    ['the day', adviser, sql`update consents set until = until + interval '1 day'`],
    [
      'more than the withdrawal',
      adviser,
      sql`update consents set withdrawn_at = '2026-09-18T09:00:00Z', withdrawn_by = ${adviser.id}, withdrawn_how = 'the person themself', recipient = ${newId()}`,
    ],
    ['who is asked', caseworker, sql`update referrals set needs = '{money}'`],
  ];
  for (const [what, who, change] of tries)
    await assert.rejects(
      as(who, (tx) => change.execute(tx)),
      byTheDatabase,
      what,
    );
  for (const table of tables.slice(0, 4))
    for (const who of [adviser, lead, caseworker])
      await assert.rejects(
        as(who, (tx) => sql`delete from ${sql.id(table)}`.execute(tx)),
        /permission denied/,
      );
  for (const who of [adviser, lead, caseworker]) {
    await assert.rejects(
      as(who, (tx) => sql`update person_grants set ended = null`.execute(tx)),
      /permission denied/,
    );
    await assert.rejects(
      as(who, (tx) => sql`insert into withdrawn_grants select * from withdrawn_grants`.execute(tx)),
      /permission denied/,
    );
  }
  const byStranger = await as(other, (tx) => takesBack(tx, consent));
  assert.equal(byStranger.numAffectedRows, 0n);
  await as(lead, (tx) => takesBack(tx, consent));
  await assert.rejects(
    as(adviser, (tx) => takesBack(tx, consent)),
    byTheDatabase,
  );
  await assert.rejects(
    as(adviser, (tx) =>
      sql`update consents set withdrawn_at = null, withdrawn_by = null, withdrawn_how = null`.execute(tx),
    ),
    byTheDatabase,
  );
  await as(caseworker, (tx) =>
    sql`update withdrawn_grants set confirmed_at = '2020-01-01', confirmed_by = ${newId()}`.execute(tx),
  );
  await assert.rejects(
    as(caseworker, (tx) => sql`update withdrawn_grants set confirmed_at = null, confirmed_by = null`.execute(tx)),
    byTheDatabase,
  );
  const end = await safeguardingDb.selectFrom('withdrawnGrants').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([end.confirmedBy, end.confirmedAt.toISOString()], [caseworker.id, '2026-09-18T09:00:00.000Z']);
});

test('a grant made while its consent is taken back is refused, or ended with it: in both orders', async (t) => {
  const application = await world(t);
  const { to, as, council, adviser, caseworker, counts, safeguardingDb } = application;
  for (const grantFirst of [true, false]) {
    const referral = await to(council);
    const { rows } = await sql<
      Record<string, unknown>
    >`select to_jsonb(g) as grant from person_grants g where referral_id = ${referral.id}`.execute(safeguardingDb);
    const was = rows[0]?.grant as Record<string, string>;
    await sql`delete from person_grants where id = ${was.id}`.execute(safeguardingDb);
    const regrant = (tx: Transaction) =>
      sql`insert into person_grants select * from jsonb_populate_record(null::person_grants, ${JSON.stringify(was)}::jsonb)`.execute(
        tx,
      );
    const withdraws = (tx: Transaction) => takesBack(tx, String(was.consent_id));
    const [first, second] = grantFirst ? [regrant, withdraws] : [withdraws, regrant];
    let waiting: Promise<unknown> | undefined;
    await as(adviser, async (tx) => {
      await first(tx);
      waiting = as(adviser, (later) => second(later)).then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
      // The other transaction waits for the lock on the consent’s row.
      for (let blocked = 0; blocked === 0; ) {
        const { rows: locks } = await sql<{
          count: number;
        }>`select count(*) as count from pg_locks where not granted`.execute(safeguardingDb);
        blocked = locks[0]?.count ?? 0;
      }
    });
    assert.equal(await waiting, grantFirst ? 'done' : '23514');
    assert.deepEqual((await counts(caseworker)).slice(2, 3), [0], grantFirst ? 'ended with it' : 'refused');
  }
});

test('police, immigration and every role outside support read nothing, before, during and after', async (t) => {
  const application = await world(t);
  const { to, as, counts, council, adviser, agency, member, letIn, databases, safeguardingDb, clock } = application;
  const referral = await to(council);
  const officers: Member[] = [];
  for (const [kind, held] of [
    ['police force', ['enforcement']],
    ['police force', ['field']],
    ['police force', ['safeguarding lead', 'partner caseworker']],
    ['police force', ['planner', 'commander', 'triage', 'custodian', 'analyst', 'press']],
    ['immigration', ['enforcement']],
    ['immigration', ['field', 'safeguarding lead', 'partner caseworker']],
    ['council', ['planner', 'enforcement', 'administrator', 'volunteer']],
  ] as readonly (readonly [AgencyKind, readonly Role[]])[]) {
    const one = await member(await agency(kind), held);
    await letIn(one);
    officers.push(one);
  }
  const police = await actorOf(application, officers[0] as Member);
  const nothing = async (when: string) => {
    for (const one of officers)
      assert.deepEqual(await counts(one), [0, 0, 0, 0, 0, 0], `${one.roles.join(' ')} ${when}`);
    for (const role of ['staff', 'field', 'publisher'] as const)
      assert.throws(() => databases.for('safeguarding', role), /no address/);
    for (const role of ['public', 'statistics', 'leader', 'auditor'] as const)
      for (const table of tables.slice(0, 4)) {
        const tx = await beginReading(databases.for('safeguarding', role));
        await setContext(tx, { now: floorToHour(clock.now()), actor: police });
        const seen = await sql`select * from ${sql.id(table)}`.execute(tx).then(
          ({ rows }) => rows.length,
          () => 0,
        );
        await tx.rollback().execute();
        assert.equal(seen, 0, `${role} ${table} ${when}`);
      }
  };
  await nothing('before');
  const consent = await consentOf(safeguardingDb as never, referral);
  await as(adviser, (tx) => takesBack(tx, consent));
  await nothing('after');
});
