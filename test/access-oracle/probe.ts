/** Tries statements as one role of the database with one person's context, each undone before the next: what it reached, or that it was refused. */
import { sql } from 'kysely';
import type { Actor, Verb } from '../../src/platform/access-policy/access.ts';
import { roleName } from '../../src/platform/access-policy/row-policies.ts';
import { type DatabaseRole, databaseRoles } from '../../src/platform/config.ts';
import { type Db, setContext } from '../../src/platform/database/database.ts';
import { keySql, type Row, type Table } from './world.ts';

export type Tried = { readonly code: string | null; readonly keys: readonly string[]; readonly said: string };

const refused = '42501';
export const isRefused = ({ code }: Tried): boolean => code === refused;

/** Business rules in triggers and foreign keys belong to other tests: here only row policies and grants apply. */
export async function openProbes(db: Db, tables: readonly Table[]): Promise<void> {
  await sql`create schema probes`.execute(db);
  await sql`create function probes.each(statements text[]) returns table (number int, code text, keys text[], said text)
    language plpgsql as $$
    begin
      for i in 1 .. coalesce(array_length(statements, 1), 0) loop
        number := i; code := null; keys := '{}'; said := '';
        begin
          -- As a page reads: broken glass opens nothing to who may also write.
          if statements[i] like 'select %' then perform set_config('transaction_read_only', 'on', true); end if;
          execute statements[i] into keys;
          raise exception using errcode = 'PRB01';
        exception
          when sqlstate 'PRB01' then null;
          when others then code := sqlstate; said := sqlerrm;
        end;
        return next;
      end loop;
    end $$`.execute(db);
  // The same for many members, each in their own context: for a policy that is tried in a transaction and rolled back.
  await sql`create function probes.each_as(settings jsonb[], who int[], statements text[]) returns table (number int, code text, keys text[], said text)
    language plpgsql as $$
    declare one record; before int := 0;
    begin
      for i in 1 .. coalesce(array_length(statements, 1), 0) loop
        if who[i] <> before then
          for one in select s.name, s.value from jsonb_each_text(settings[who[i]]) as s (name, value) loop
            perform set_config('safelight.' || one.name, one.value, true);
          end loop;
          before := who[i];
        end if;
        for one in select * from probes.each(statements[i:i]) loop
          number := i; code := one.code; keys := one.keys; said := one.said;
          return next;
        end loop;
      end loop;
    end $$`.execute(db);
  const names = sql.join(databaseRoles.map((role) => sql.id(roleName(role))));
  await sql`grant usage on schema probes to ${names}`.execute(db);
  await sql`grant execute on all functions in schema probes to ${names}`.execute(db);
  for (const { name } of tables) await sql`alter table ${sql.id(name)} disable trigger all`.execute(db);
}

/** Runs in a transaction of the role, with the context of the asking member. */
export async function tryEach(tx: Db, statements: readonly string[]): Promise<Tried[]> {
  const { rows } =
    await sql<Tried>`select code, coalesce(keys, '{}') as keys, said from probes.each(${sql.val([...statements])}) order by number`.execute(
      tx,
    );
  return rows;
}

/** All that a context says, also what it leaves empty: the one before must not shine through. */
export const settingsOf = (now: Date, actor: Actor | undefined): Readonly<Record<string, string>> => ({
  now: now.toISOString(),
  reason: '',
  member: '',
  agency: '',
  side: '',
  roles: '',
  operations: '',
  partner_operations: '',
  teams: '',
  glass: '',
  unfinished: '',
  ...(actor?.unfinished ? { unfinished: actor.memberId } : actor && settingsOfWhole(actor)),
});

const settingsOfWhole = (actor: Actor): Readonly<Record<string, string>> => ({
  member: actor.memberId,
  agency: actor.agencyId,
  side: actor.side,
  roles: actor.roles.join(','),
  operations: `{${actor.operations.join(',')}}`,
  partner_operations: `{${actor.partnerOperations.join(',')}}`,
  teams: `{${actor.teams.join(',')}}`,
  glass: actor.glassOperation ?? '',
});

export async function tryEachAs(
  tx: Db,
  asked: readonly { readonly settings: Readonly<Record<string, string>>; readonly statement: string }[],
): Promise<Tried[]> {
  const people = [...new Set(asked.map(({ settings }) => settings))];
  const numbers = new Map(people.map((settings, index) => [settings, index + 1]));
  const { rows } = await sql<Tried>`select code, coalesce(keys, '{}') as keys, said from probes.each_as(
    array(select jsonb_array_elements(${JSON.stringify(people)}::jsonb)),
    ${sql.val(asked.map(({ settings }) => numbers.get(settings)))}::int[],
    ${sql.val(asked.map(({ statement }) => statement))}) order by number`.execute(tx);
  return rows;
}

const besideName = (role: DatabaseRole): string => `probes_${role}`;

/** Adds a paired role for each process, with the same functions and with every table open to read: one rule must not depend on another. */
export async function openBeside(db: Db, tables: readonly Table[]): Promise<void> {
  for (const role of databaseRoles) {
    const { rows } = await sql`select from pg_roles where rolname = ${besideName(role)}`.execute(db);
    if (rows.length === 0) await sql`create role ${sql.id(besideName(role))} nologin`.execute(db);
    const functions = await sql<{ name: string }>`select p.oid::regprocedure::text as name
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'ctx', 'probes') and has_function_privilege(${roleName(role)}, p.oid, 'execute')`.execute(
      db,
    );
    const names = functions.rows.map(({ name }) => name).join(', ');
    await sql`grant execute on function ${sql.raw(names)} to ${sql.id(besideName(role))}`.execute(db);
  }
  const besides = sql.join(databaseRoles.map((role) => sql.id(besideName(role))));
  await sql`grant usage on schema public, ctx, probes to ${besides}`.execute(db);
  for (const { name } of tables) {
    await sql`grant select on ${sql.id(name)} to ${besides}`.execute(db);
    await sql`create policy beside on ${sql.id(name)} for select to ${besides} using (true)`.execute(db);
  }
}

/** Switches to one role of the database. Undone with the savepoint. */
export const standAs = async (tx: Db, role: DatabaseRole): Promise<void> =>
  void (await sql`set local role ${sql.id(roleName(role))}`.execute(tx));

/** Switches to the paired role, and closes the table to it with these statements of the original role. */
export async function standBeside(tx: Db, role: DatabaseRole, table: string, wall: readonly string[]): Promise<void> {
  const beside = `"${besideName(role)}"`;
  const statements = wall.map((one) =>
    one
      .replaceAll(`to "${roleName(role)}"`, `to ${beside}`)
      .replace('create policy "safelight:', 'create policy "beside:'),
  );
  await sql
    .raw(`do $beside$ begin
      revoke select on "${table}" from ${beside};
      drop policy beside on "${table}";
      ${statements.map((one) => `${one};`).join('\n')}
    end $beside$`)
    .execute(tx);
  await sql`set local role ${sql.raw(beside)}`.execute(tx);
}

export const inContext = (tx: Db, now: Date, actor: Actor | undefined): Promise<void> =>
  setContext(tx as never, { now, actor });

const quoted = (name: string): string => `"${name}"`;
const literal = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;

export const readAll = (table: Table): string => `select array_agg(${keySql(table)}) from ${quoted(table.name)}`;
/** Touches each row without changing it; tells which it reached. */
export function touchAll(table: Table, verb: 'change' | 'remove', may: (column: string) => boolean): string {
  const key = table.written.filter((name) => table.key.includes(name));
  const column = quoted(key.find(may) ?? table.written.find(may) ?? key[0] ?? table.written[0] ?? '');
  const command =
    verb === 'remove' ? `delete from ${quoted(table.name)}` : `update ${quoted(table.name)} set ${column} = ${column}`;
  return `with touched as (${command} returning ${keySql(table)} as key) select array_agg(key) from touched`;
}
/** Reads nothing it touches, so that only the rules for change and removal can refuse it. Returns the number of rows. */
export function touchBlind(table: Table, verb: 'change' | 'remove', column: string): string {
  const command =
    verb === 'remove'
      ? `delete from ${quoted(table.name)}`
      : `update ${quoted(table.name)} set ${quoted(column)} = null`;
  return `with touched as (${command} returning 1) select array[count(*)::text] from touched`;
}
export const move = (table: Table, row: Row, to: Row): string =>
  `with touched as (update ${quoted(table.name)} set ${Object.entries(to)
    .map(([column, value]) => `${quoted(column)} = ${value === null ? 'null' : literal(value)}`)
    .join(', ')} where ${table.key.map((name) => `${quoted(name)} = ${literal(row[name])}`).join(' and ')} returning 1)
   select array_agg('moved'::text) from touched`;
/** What the row leaves out is the database's to fill in. */
export const add = (table: Table, row: Row): string => {
  const columns = table.written
    .filter((column) => column in row)
    .map(quoted)
    .join(', ');
  return `with added as (insert into ${quoted(table.name)} (${columns})
   select ${columns} from jsonb_populate_record(null::${quoted(table.name)}, ${literal(JSON.stringify(row))}::jsonb))
   select array[]::text[]`;
};

/** Whether a role may use a verb on a table, or on a column of it: as the database itself answers. */
export async function grantsOf(
  db: Db,
  only?: { readonly role: DatabaseRole; readonly tables: readonly string[] },
): Promise<Set<string>> {
  const words: Record<Verb, string> = { read: 'SELECT', add: 'INSERT', change: 'UPDATE', remove: 'DELETE' };
  const { rows } = await sql<{ grant: string }>`
    select concat_ws(' ', r.rolname, v.verb, c.relname, a.attname) as grant
    from pg_roles r
    cross join (values ${sql.join(Object.entries(words).map(([verb, word]) => sql`(${verb}, ${word})`))}) as v (verb, word)
    cross join pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where r.rolname like 'safelight\\_%' and c.relkind in ('r', 'v', 'm')
      ${only ? sql`and r.rolname = ${roleName(only.role)} and c.relname = any (${sql.val([...only.tables])})` : sql``}
      and case when v.word = 'DELETE' then has_table_privilege(r.rolname, c.oid, 'DELETE')
               else has_column_privilege(r.rolname, c.oid, a.attnum, v.word) end`.execute(db);
  return new Set(rows.map(({ grant }) => grant));
}
