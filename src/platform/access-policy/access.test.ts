import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { access, application } from '../../../test/harness/application.ts';
import { type Role, roles } from '../../vocabulary/people.ts';
import { databaseRoles } from '../config.ts';
import { type Actor, databaseRoleFor, joinPolicies, purposesOf, type Rule } from './access.ts';
import { policyStatements, roleName } from './row-policies.ts';

const actor = (held: readonly Role[]): Actor => ({
  memberId: '',
  memberName: '',
  agencyId: '',
  agencyName: '',
  side: 'enforcement',
  roles: held,
  operations: [],
  partnerOperations: [],
  teams: [],
});

test('what no rule names is refused, and two meanings of one name stop the start', () => {
  assert.throws(() => access.action('visit.fly'), /no policy names/);
  const room = {
    thing: {
      means: 'a thing',
      marking: 'OFFICIAL' as const,
      looks: { none: 'an example' },
      tables: { t: {} },
      rules: [],
      actions: { 'thing.read': ['read', 'operation'] as const },
    },
  };
  assert.throws(() => joinPolicies([room]), /no rule allows thing.read/);
  assert.throws(
    () => joinPolicies([{ thing: { ...room.thing, actions: {} } }, { thing: { ...room.thing, actions: {} } }]),
    /two areas/,
  );
});

test('the guard says yes only to a role that a rule of that verb and purpose names', () => {
  const sees = (action: string) => roles.filter((role) => access.allows(actor([role]), action));
  assert.deepEqual(sees('arrest.record'), ['field', 'enforcement']);
  assert.deepEqual(sees('return.sign'), ['analyst']);
  assert.deepEqual(sees('release.write'), ['press']);
  assert.deepEqual(sees('log.read'), ['data-protection lead', 'auditor']);
  assert.deepEqual(sees('account.add'), ['administrator']);
  assert.equal(access.allows(undefined, 'home.read'), false);
  assert.equal(access.allows(undefined, 'anyone'), true);
});

/** Hashes and signatures of the log: read by the roles that sign for a witness. They hold no records. */
const ofWitnesses = new Set(['safeguarding log.hashes', 'safeguarding log.checkpoint', 'safeguarding log.cosign']);

test('enforcement roles have no action in the safeguarding database', () => {
  const behind = Object.values(application.policy).filter(
    ({ store, rules }) => store === 'safeguarding' && rules.some(({ roles: who }) => who !== 'anyone'),
  );
  for (const { actions, rules } of behind) {
    for (const name of Object.keys(actions).filter((named) => !ofWitnesses.has(named))) {
      assert.equal(access.allows(actor(['enforcement']), name), false, name);
    }
    for (const rule of rules) {
      if (Array.isArray(rule.roles)) assert.ok(!rule.roles.includes('enforcement'));
    }
  }
});

test('no process owns, bypasses or creates anything; every table forces its row policies', async (t) => {
  const { db, safeguardingDb } = await openApplication(t);
  for (const store of [db, safeguardingDb]) {
    const { rows: open } = await sql<{ relname: string }>`
      select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and relkind = 'r' and relname <> 'schema_changes' and not (relrowsecurity and relforcerowsecurity)`.execute(
      store,
    );
    assert.deepEqual(open, []);
    const { rows: strong } = await sql`
      select rolname from pg_roles where rolname like 'safelight\\_%' and rolname not in ('safelight_owner', 'safelight_superuser')
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`.execute(store);
    assert.deepEqual(strong, []);
    const doorNames = databaseRoles.map(roleName);
    const { rows: owning } =
      await sql`select relname from pg_class where pg_get_userbyid(relowner) = any (${doorNames})`.execute(store);
    assert.deepEqual(owning, []);
    const { rows: making } = await sql`
      select rolname from pg_roles where rolname = any (${doorNames})
      and (has_schema_privilege(rolname, 'public', 'create') or has_schema_privilege(rolname, 'ctx', 'create'))`.execute(
      store,
    );
    assert.deepEqual(making, []);
  }
});

test('without a context no login sees a row, and with one it sees no table that its policy does not name', async (t) => {
  const { databases, db, agency, member } = await openApplication(t);
  const force = await agency();
  await member(force, ['planner']);
  const tables = Object.values(application.policy)
    .filter(({ store }) => store !== 'safeguarding')
    .flatMap(({ tables }) => Object.keys(tables));
  for (const role of databaseRoles.filter((name) => name !== 'safeguarding')) {
    const named = Object.values(application.policy)
      .filter(
        ({ store, rules }) =>
          store !== 'safeguarding' &&
          rules.some(
            (rule) =>
              rule.verbs.includes('read') && purposesOf(rule).some((purpose) => databaseRoleFor[purpose] === role),
          ),
      )
      .flatMap((recordClass) => Object.keys(recordClass.tables));
    for (const table of new Set(tables)) {
      const count = sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`;
      try {
        const { rows } = await count.execute(databases.for('main', role));
        assert.equal(rows[0]?.n, 0, `${role} sees ${table}`);
        assert.ok(named.includes(table), `${role} may select from ${table}`);
      } catch (error) {
        assert.equal((error as { code?: string }).code, '42501', `${role} on ${table}: ${error}`);
      }
    }
  }
  assert.equal((await db.selectFrom('members').selectAll().execute()).length, 1, 'there was something to hide');
});

test('nothing of one request’s context is left for the next on the same connection', async (t) => {
  const { signIn, databases } = await openApplication(t);
  const planner = await signIn('home.read');
  await planner.get('/staff');
  const staff = databases.for('main', 'staff');
  for (let round = 0; round < 10; round += 1) {
    const { rows } = await sql<{
      member: string | null;
      roles: string[] | null;
    }>`select ctx.member() as member, ctx.roles() as roles`.execute(staff);
    assert.deepEqual(rows[0], { member: null, roles: null });
  }
});

test('a rule opens its own fields alone, and two rules that would open each other’s stop the migration', () => {
  const rule = { roles: 'member', relation: 'any', verbs: ['read'] } as const;
  const statements = (rules: readonly Rule[]) =>
    policyStatements(
      {
        thing: {
          means: 'a thing',
          marking: 'OFFICIAL',
          looks: { none: 'an example' },
          tables: { t: { groups: { short: ['id', 'town'] } }, other: {} },
          rules,
          actions: {},
        },
      },
      'main',
    ).join('\n');
  const counted = statements([{ ...rule, purpose: 'statistics', fields: 'short' }]);
  assert.match(counted, /grant select \("id", "town"\) on "t" to "safelight_statistics"/);
  assert.doesNotMatch(counted, /on "other" to/);
  assert.throws(
    () =>
      statements([
        { ...rule, purpose: 'operation', fields: 'short' },
        { ...rule, purpose: 'investigation' },
      ]),
    /open different fields/,
  );
});
