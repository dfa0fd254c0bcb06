import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openDemonstration } from '../../../test/fixtures/demonstration.ts';
import { access } from '../../../test/harness/application.ts';
import { staffRoutes } from '../../../test/harness/routes.ts';
import { databaseRoles } from '../../platform/config.ts';
import { beginReading } from '../../platform/database/database.ts';
import { resolveActor } from '../agencies/session.ts';

/** Accounts, partners, configuration and health, and pages about no case: the law, the log's seals, their own sessions. */
const mayOpen =
  /^\/staff(|\/accounts.*|\/single-sign-on.*|\/temporary-access(\/sign-in|\/:id\/end)?|\/sign-in.*|\/signed-in|\/join.*|\/sessions.*|\/credentials.*|\/password.*|\/notifications.*|\/more|\/potential-victim|\/search|\/try|\/role-approvals.*|\/agreements.*|\/settings.*|\/system-health|\/powers.*|\/weeks.*|\/imported-releases|\/log.*|\/access-rules.*)$/;

const mayRead = new Set([
  ...['accounts', 'agencies', 'members', 'member_terms', 'invitations', 'safeguarding_exceptions', 'sessions'],
  ...[
    'single_sign_on',
    'linked_accounts',
    'confirmations',
    'confirmation_decisions',
    'agreements',
    'agreements_versions',
    'public_settings',
    'public_setting_decisions',
    'public_site_open_before_settings',
    'temporary_access',
    'passkeys',
    'code_generators',
    'recovery_codes',
  ],
  'weeks',
]);

test('an administrator finds no case, on any page or under any id', async (t) => {
  const application = await openDemonstration(t);
  const administrator = await application.as('administrator');
  const { db, safeguardingDb } = application;
  const ids: string[] = [];
  const words: string[] = [];
  for (const store of [db, safeguardingDb]) {
    const { rows } = await sql<{ name: string }>`
      select c.table_name as name from information_schema.columns c join pg_tables p on p.tablename = c.table_name
       where p.schemaname = 'public' and c.column_name = 'id' and c.data_type = 'uuid'`.execute(store);
    for (const { name } of rows) {
      const found = await sql<{ id: string }>`select id from ${sql.id(name)} order by id limit 1`.execute(store);
      ids.push(...found.rows.map(({ id }) => id));
    }
  }
  for (const { name } of await db.selectFrom('premises').select('name').execute()) words.push(name);
  for (const { codeName } of await db.selectFrom('operations').select('codeName').execute()) words.push(codeName);
  assert.ok(ids.length > 30 && words.length > 8);
  let opened = 0;
  for (const { methods, path, at } of staffRoutes(application.app)) {
    if (!methods.includes('GET')) continue;
    const tried = /:/.test(path) ? ids : [''];
    let refusals = 0;
    for (const id of tried) {
      // Who may never open a page is refused before its id is read.
      if (refusals > 3) break;
      const { statusCode, body } = await administrator.get(at((name) => (name === 'number' ? '1' : id)));
      for (const word of words) assert.ok(!body.includes(word), `${path} says ${word}`);
      if (statusCode === 403) refusals += 1;
      if (statusCode !== 200) continue;
      opened += 1;
      assert.match(path, mayOpen, `${path} opens under ${id}`);
    }
  }
  assert.ok(opened > 10, `${opened} pages opened`);
});

test('an administrator finds no case by any query, under any role of the database', async (t) => {
  const application = await openDemonstration(t);
  const { token, member } = await application.as('administrator');
  const tables = new Map(
    Object.values(access.policy).flatMap((one) =>
      Object.keys(one.tables).map((name) => [`${one.store ?? 'main'} ${name}`, [one.store ?? 'main', name] as const]),
    ),
  );
  let asked = 0;
  for (const role of databaseRoles) {
    for (const store of ['main', 'safeguarding'] as const) {
      if (!application.databases.has('main', role) || !application.databases.has(store, role)) continue;
      const tx = await beginReading(application.databases.for(store, role));
      try {
        await sql`select set_config('safelight.member', ${member.id}, true), set_config('safelight.agency', ${member.agencyId}, true),
          set_config('safelight.side', 'enforcement', true), set_config('safelight.roles', 'administrator', true)`.execute(
          tx,
        );
        if (store === 'main' && ['staff', 'statistics', 'publisher', 'auditor'].includes(role))
          await resolveActor(tx, token, application.clock.now());
        for (const [place, table] of tables.values()) {
          if (place !== store) continue;
          // A refused query undoes itself alone.
          await sql`savepoint before_query`.execute(tx);
          try {
            const { rows } = await sql<{ seen: boolean }>`select exists (select from ${sql.id(table)}) as seen`.execute(
              tx,
            );
            asked += 1;
            if (rows[0]?.seen) assert.ok(mayRead.has(table) || isForAll(table), `${role} shows ${table}`);
          } catch (error) {
            assert.match(String(error), /permission denied/, `${role} and ${table}`);
            await sql`rollback to savepoint before_query`.execute(tx);
          }
        }
      } finally {
        await tx.rollback().execute();
      }
    }
  }
  assert.ok(asked > 100, `${asked} queries were answered`);
});

/** What the policy opens to everyone, or to every member of any agency. */
const isForAll = (table: string): boolean =>
  Object.values(access.policy).some(
    ({ tables, rules }) =>
      table in tables &&
      rules.some((rule) => rule.verbs.includes('read') && rule.relation === 'any' && typeof rule.roles === 'string'),
  );
