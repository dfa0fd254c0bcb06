/** Row policies, triggers and row security: only those that differ from the database are made again. Making one locks its table. */
import { sql } from 'kysely';
import { roleName } from '../access-policy/row-policies.ts';
import { digest } from '../crypto/crypto.ts';
import type { Db } from './database.ts';
import { changesTable } from './schema-changes.ts';
import { type SchemaFile, splitStatements } from './schema-files.ts';

const relations = roleName('relations');

export type GuardStatements = {
  /** Tables whose row security is on, for their owner too. */
  readonly guarded: readonly string[];
  /** `create policy …` and `create trigger …` */
  readonly statements: readonly string[];
};

type Guard = {
  readonly kind: string;
  readonly table: string;
  readonly name: string;
  readonly statement: string;
};
type StandingGuard = Omit<Guard, 'statement'> & {
  /** A digest of the statement that made it, and of what it was then; null for another's. */
  readonly remark: string | null;
  /** A digest of what it is now. */
  readonly state: string;
};

const shape = /^create (?:or replace )?(?:constraint )?(policy|trigger) ("[^"]+"|\w+)\s[\s\S]*?\bon\s+("[^"]+"|\w+)/i;
const bare = (name = ''): string => name.replaceAll('"', '');

function parseGuard(statement: string): Guard {
  const [, kind = '', name, table] = shape.exec(statement) ?? [];
  return { kind: kind.toLowerCase(), name: bare(name), table: bare(table), statement };
}

/** The statements of a file of triggers. Refuses a file that makes something else. */
export function splitTriggers(file: SchemaFile): string[] {
  const statements = splitStatements(file);
  const other = statements.find((statement) => !shape.test(statement));
  if (other) throw new Error(`${file.name}.sql: this makes no trigger: ${other.slice(0, 80)}`);
  return statements;
}

const keyOf = ({ kind, table, name }: Omit<Guard, 'statement'>): string => `${kind} ${table} ${name}`;
const named = ({ kind, table, name }: Omit<Guard, 'statement'>) =>
  sql`${sql.raw(kind)} ${sql.id(name)} on ${sql.id(table)}`;
/** Whether it was made by this statement, and is still what it was then. */
function standsAs(guard: Guard, standing: ReadonlyMap<string, StandingGuard>): boolean {
  const { remark, state } = standing.get(keyOf(guard)) ?? {};
  return remark === `${digestOfStatement(guard.statement)} ${state}`;
}

const digestOfStatement = (statement: string): string => digest(statement).slice(0, 16);

/** Brings guards to what is wanted. Returns how many were made. Everything that nobody names is taken away. */
export async function settleGuards(tx: Db, wanted: GuardStatements): Promise<number> {
  await turnOnRowSecurity(tx, wanted.guarded);
  const guards = [...wanted.statements, ...(await listDerived(tx, wanted.statements))].map(parseGuard);
  const standing = new Map((await listStanding(tx)).map((one) => [keyOf(one), one]));
  const made = guards.filter((guard) => !standsAs(guard, standing));
  const kept = new Set(guards.filter((guard) => !made.includes(guard)).map(keyOf));
  for (const one of standing.values()) if (!kept.has(keyOf(one))) await sql`drop ${named(one)}`.execute(tx);
  if (made.length === 0) return 0;
  await withTriggerFunctions(tx, async () => {
    for (const { statement } of made) await sql.raw(statement).execute(tx);
  });
  const states = new Map((await listStanding(tx)).map((one) => [keyOf(one), one.state]));
  const remarks = made.map((guard) => {
    const remark = `${digestOfStatement(guard.statement)} ${states.get(keyOf(guard))}`;
    return `comment on ${guard.kind} "${guard.name}" on "${guard.table}" is '${remark}'`;
  });
  await sql.raw(remarks.join(';\n')).execute(tx);
  return made.length;
}

async function turnOnRowSecurity(tx: Db, guarded: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname = any (${[...guarded, changesTable]}::text[]) and not (relrowsecurity and relforcerowsecurity)`.execute(
    tx,
  );
  for (const { name } of rows)
    await sql`alter table ${sql.id(name)} enable row level security, force row level security`.execute(tx);
}

/** What follows from tables and rights. For their callers, functions of safelight_relations see every row of the tables that a rights.sql names. The list of changes is the owner's alone. A table `x` with a table `x_versions` keeps earlier versions. */
async function listDerived(tx: Db, statements: readonly string[]): Promise<string[]> {
  const reads = statements.map((statement) => / on "([^"]+)" for select to "safelight_relations"/.exec(statement)?.[1]);
  const covered = reads.filter((table) => table !== undefined);
  const { rows } = await sql<{ statement: string }>`
    select format('create policy relations on %I for %s to ${sql.raw(relations)} using (true)%s', c.relname,
             case when w.writes then 'all' else 'select' end, case when w.writes then ' with check (true)' end) as statement
      from pg_class c cross join lateral (
             select has_table_privilege(${relations}, c.oid, 'delete')
                 or has_any_column_privilege(${relations}, c.oid, 'insert, update') as writes) w
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and (w.writes or has_table_privilege(${relations}, c.oid, 'select') and c.relname <> all (${covered}::text[]))
    union all select format('create policy owner on %I to %I using (true)', ${changesTable}::text, current_user)
    union all
    select format('create trigger keep_earlier_version before update on %I for each row execute function ctx.keep_earlier_version()', t.tablename)
      from pg_tables t join pg_tables v on v.tablename = t.tablename || '_versions'
     where t.schemaname = 'public' and v.schemaname = 'public'`.execute(tx);
  return rows.map(({ statement }) => statement);
}

async function listStanding(tx: Db): Promise<readonly StandingGuard[]> {
  const { rows } = await sql<StandingGuard>`
    with tables as (select oid, relname from pg_class where relnamespace = 'public'::regnamespace)
    select 'policy' as kind, relname as "table", polname as name, obj_description(p.oid, 'pg_policy') as remark,
           md5(concat_ws(' ', polpermissive, polcmd, polroles, coalesce(polqual::text, '-'), coalesce(polwithcheck::text, '-'))) as state
      from pg_policy p join tables on tables.oid = polrelid
    union all
    select 'trigger', relname, tgname, obj_description(t.oid, 'pg_trigger'), md5(concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid)))
      from pg_trigger t join tables on tables.oid = tgrelid where not tgisinternal`.execute(tx);
  return rows;
}

/** Only a role that may execute a function can create a trigger with it: the grant lasts for this transaction and is invisible outside it. */
async function withTriggerFunctions(tx: Db, create: () => Promise<void>): Promise<void> {
  const forOwner = (verb: string) =>
    sql
      .raw(
        `set local role ${relations};
         do $$ declare one record; begin
           for one in select oid::regprocedure as called from pg_proc where pronamespace = 'ctx'::regnamespace
                         and proowner = current_user::regrole and prorettype = 'trigger'::regtype
           loop execute format('${verb} %I', one.called, session_user); end loop;
         end $$;
         reset role`,
      )
      .execute(tx);
  await forOwner('grant execute on function %s to');
  await create();
  await forOwner('revoke execute on function %s from');
}

/** The tables of row policies and triggers that these statements would make again or take away. Changes nothing. What follows from tables and rights is left out. */
export async function listChangedGuards(db: Db, statements: readonly string[]): Promise<readonly string[]> {
  const standing = new Map((await listStanding(db)).map((one) => [keyOf(one), one]));
  const wanted = statements.map(parseGuard);
  const named = new Set(wanted.map(keyOf));
  const changed = wanted.filter((guard) => !standsAs(guard, standing));
  const gone = [...standing.values()].filter((one) => !named.has(keyOf(one)) && !isDerived(one));
  return [...new Set([...changed, ...gone].map(({ table }) => table))].sort();
}

const isDerived = ({ name }: Pick<Guard, 'name'>): boolean =>
  ['relations', 'owner', 'keep_earlier_version'].includes(name);
