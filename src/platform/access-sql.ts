/** The policy table as SQL: grants and row policies, dropped and made anew in full after every migration. */

import {
  databaseRoleFor,
  purposesOf,
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
       for p in select policyname, tablename from pg_policies where schemaname = 'public' and policyname <> 'relations'
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
  for (const [verb, role] of purposesOf(rule).flatMap((purpose) =>
    rule.verbs.map((verb) => [verb, databaseRoleFor[purpose]] as const),
  )) {
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
  if (rule.roles === 'anyone') return undefined;
  if (rule.roles === 'member') return '(select ctx.member()) is not null';
  return `(select ctx.roles()) && array[${rule.roles.map(literal).join(', ')}]::text[]`;
}

function relationClause(table: string, shape: TableShape, relation: Relation): string | undefined {
  const own = ownClause(table, shape, relation);
  if (!shape.parent) return own;
  const [parent, child] = shape.parent;
  const seen = `exists (select 1 from ${quoted(parent)} p where p.id = ${quoted(table)}.${quoted(child)})`;
  return own ? `${seen} and ${own}` : seen;
}

const tellingColumn = {
  'own agency': 'agency',
  partner: 'operation',
  member: 'operation',
  team: 'team',
  author: 'author',
  self: 'self',
  recipient: 'recipient',
} as const;

const contextOf: Record<keyof typeof tellingColumn, string> = {
  'own agency': '= (select ctx.agency())',
  partner: '= any ((select ctx.partner_operations())::uuid[])',
  member: '= any ((select ctx.operations())::uuid[])',
  team: '= any ((select ctx.teams())::uuid[])',
  author: '= (select ctx.member())',
  self: '= (select ctx.member())',
  recipient: '= (select ctx.agency())',
};

/** How the row itself stands to who asks. A child without the telling column leaves that to its parent. */
function ownClause(table: string, shape: TableShape, relation: Relation): string | undefined {
  if (relation === 'any') return undefined;
  if (typeof relation === 'object') return `(${relation.sql})`;
  const column = shape[tellingColumn[relation]];
  if (!column && !shape.parent)
    throw new Error(`the policy of ${table} needs the column that tells its ${tellingColumn[relation]}`);
  return column && `${quoted(column)} ${contextOf[relation]}`;
}
