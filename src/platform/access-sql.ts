/** The policy table as SQL: grants and row policies, dropped and made anew in full after every migration. */

import {
  databaseRoleFor,
  type RecordClass,
  type Relation,
  type RoomPolicy,
  type Rule,
  type StoreName,
  type TableShape,
  type Verb,
} from './access.ts';
import { type DatabaseRole, databaseRoles } from './config.ts';

const commands: Record<Verb, string> = { read: 'select', add: 'insert', change: 'update', remove: 'delete' };

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The role's name in the cluster. */
export const roleName = (role: DatabaseRole | 'relations'): string => `safelight_${role}`;

/** The statements that put the table of one store in force, in order. */
export function policyStatements(policy: RoomPolicy, store: StoreName): string[] {
  const classes = Object.values(policy).filter((recordClass) => (recordClass.store ?? 'main') === store);
  const clauses = new Map<string, string[]>();
  const grants = new Set<string>();
  for (const recordClass of classes) {
    for (const [table, shape] of Object.entries(recordClass.tables)) {
      for (const rule of recordClass.rules) addRule(table, shape, rule, clauses, grants);
    }
  }
  return [
    ...dropped(),
    ...forced(classes),
    ...grants,
    ...[...clauses].map(([key, any]) => createPolicy(key, [...new Set(any)].join('\n or '))),
  ];
}

function dropped(): string[] {
  const roles = databaseRoles.map(roleName).map(quoted).join(', ');
  return [
    `do $$ declare p record; begin
       for p in select policyname, tablename from pg_policies where schemaname = 'public' and policyname like 'safelight:%'
       loop execute format('drop policy %I on %I', p.policyname, p.tablename); end loop; end $$`,
    `revoke all on all tables in schema public from public, ${roles}`,
  ];
}

const forced = (classes: readonly RecordClass[]): string[] =>
  [...new Set(classes.flatMap((recordClass) => Object.keys(recordClass.tables)))].flatMap((table) => [
    `alter table ${quoted(table)} enable row level security`,
    `alter table ${quoted(table)} force row level security`,
  ]);

function addRule(
  table: string,
  shape: TableShape,
  rule: Rule,
  clauses: Map<string, string[]>,
  grants: Set<string>,
): void {
  const role = databaseRoleFor[rule.purpose];
  for (const verb of rule.verbs) {
    const columns = shape.columns?.[role];
    if (columns?.length === 0) continue;
    const listed = columns ? ` (${columns.map(quoted).join(', ')})` : '';
    grants.add(
      `grant ${commands[verb]}${verb === 'remove' ? '' : listed} on ${quoted(table)} to ${quoted(roleName(role))}`,
    );
    const key = JSON.stringify([table, verb, role]);
    clauses.set(key, [...(clauses.get(key) ?? []), clauseOf(table, shape, rule)]);
  }
}

function createPolicy(key: string, expression: string): string {
  const [table, verb, role] = JSON.parse(key) as [string, Verb, DatabaseRole];
  const using = verb === 'add' ? '' : ` using (${expression})`;
  const check = verb === 'add' || verb === 'change' ? ` with check (${expression})` : '';
  const name = quoted(`safelight:${verb}:${role}`);
  return `create policy ${name} on ${quoted(table)} for ${commands[verb]} to ${quoted(roleName(role))}${using}${check}`;
}

/** One rule for one table, as a condition on a row. Functions of the context stand in sub-selects, so that a query asks them once. */
export function clauseOf(table: string, shape: TableShape, rule: Rule): string {
  const parts = [
    whoClause(rule),
    rule.side && `(select ctx.side()) = ${literal(rule.side)}`,
    relationClause(table, shape, rule.relation),
  ];
  return `(${parts.filter(Boolean).join(' and ') || 'true'})`;
}

function whoClause(rule: Rule): string | undefined {
  if (rule.purpose === 'upkeep' || rule.roles === 'anyone') return undefined;
  if (rule.roles === 'member') return '(select ctx.member()) is not null';
  return `(select ctx.roles()) && array[${rule.roles.map(literal).join(', ')}]::text[]`;
}

function relationClause(table: string, shape: TableShape, relation: Relation): string | undefined {
  if (shape.parent) {
    const [parent, column] = shape.parent;
    return `exists (select 1 from ${quoted(parent)} p where p.id = ${quoted(table)}.${quoted(column)})`;
  }
  if (typeof relation === 'object') return `(${relation.sql})`;
  switch (relation) {
    case 'any':
      return undefined;
    case 'own agency':
      return `${column(table, shape, 'agency')} = (select ctx.agency())`;
    case 'partner':
      return `${column(table, shape, 'operation')} = any ((select ctx.partner_operations())::uuid[])`;
    case 'member':
      return `${column(table, shape, 'operation')} = any ((select ctx.operations())::uuid[])`;
    case 'team':
      return `${column(table, shape, 'team')} = any ((select ctx.teams())::uuid[])`;
    case 'author':
      return `${column(table, shape, 'author')} = (select ctx.member())`;
    case 'self':
      return `${column(table, shape, 'self')} = (select ctx.member())`;
    case 'recipient':
      return `${column(table, shape, 'recipient')} = (select ctx.agency())`;
  }
}

function column(
  table: string,
  shape: TableShape,
  name: 'operation' | 'team' | 'agency' | 'author' | 'self' | 'recipient',
): string {
  const found = shape[name];
  if (!found) throw new Error(`the policy of ${table} needs the column that tells its ${name}`);
  return quoted(found);
}
