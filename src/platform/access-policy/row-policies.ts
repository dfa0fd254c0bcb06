/** The policy table as SQL. Every migration takes all grants away and gives them again; a row policy that stands as it should is left standing. */

import { type DatabaseRole, databaseRoles, storeRoles } from '../config.ts';
import {
  type AreaPolicy,
  databaseRoleFor,
  purposesOf,
  type Relation,
  type Rule,
  type StoreName,
  type TableShape,
  type Verb,
} from './access.ts';

const commands: Record<Verb, string> = { read: 'select', add: 'insert', change: 'update', remove: 'delete' };

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The role's name in the cluster. */
export const roleName = (role: DatabaseRole | 'relations'): string => `safelight_${role}`;

/** What puts the table of one store in force: grants, the tables with row security, and one statement for each row policy. */
export type PolicyParts = {
  readonly grants: readonly string[];
  readonly guarded: readonly string[];
  readonly policies: readonly string[];
};

/** Grants and row policies of one store. */
export function policyStatements(policy: AreaPolicy, store: StoreName): string[] {
  const { grants, policies } = policyParts(policy, store);
  return [...grants, ...policies];
}

/** Refuses two rules that would open each other's fields. */
export function policyParts(policy: AreaPolicy, store: StoreName): PolicyParts {
  const classes = Object.values(policy).filter((recordClass) => (recordClass.store ?? 'main') === store);
  const opened = new Map<string, GrantedAccess>();
  for (const recordClass of classes) {
    for (const [table, shape] of Object.entries(recordClass.tables)) {
      for (const rule of recordClass.rules) addRule(store, [table, shape], rule, opened);
    }
  }
  const roles = databaseRoles.map(roleName).map(quoted).join(', ');
  return {
    grants: [
      `revoke all on all tables in schema public from public, ${roles}`,
      ...[...opened].map(([key, what]) => createGrant(key, what)),
    ],
    guarded: [...new Set(classes.flatMap((recordClass) => Object.keys(recordClass.tables)))],
    policies: [...opened].map(([key, { clauses }]) => createPolicy(key, joinClauses(clauses))),
  };
}

/** What one verb on one table opens under one role of the database, as it grows rule by rule: whom the rules let in, by what must be seen above the row ('' where nothing must). */
type GrantedAccess = {
  readonly columns: readonly string[] | undefined;
  readonly clauses: ReadonlyMap<string, Set<string>>;
};

/** What must be seen above the row is asked for once, however many rules ask it. */
const joinClauses = (clauses: GrantedAccess['clauses']): string =>
  [...clauses]
    .map(([seen, rules]) => {
      const any = [...rules].join('\n or ');
      if (seen === '') return any;
      return rules.has('true') ? seen : `${seen} and (${any})`;
    })
    .join('\n or ');

function addRule(
  store: StoreName,
  [table, shape]: readonly [string, TableShape],
  rule: Rule,
  opened: Map<string, GrantedAccess>,
): void {
  const columns = rule.fields === undefined ? undefined : shape.groups?.[rule.fields];
  if (rule.fields !== undefined && !columns?.length) return;
  for (const purpose of purposesOf(rule)) {
    if (!storeRoles[store].includes(databaseRoleFor[purpose])) continue;
    for (const verb of rule.verbs) {
      if (isEarlierVersion(table, shape) && (verb === 'change' || verb === 'remove')) continue;
      const key = JSON.stringify([table, verb, databaseRoleFor[purpose]]);
      const before = opened.get(key);
      if (before && String(before.columns) !== String(columns)) throw new Error(`${key}: ${mixedFields}`);
      const clauses = new Map(before?.clauses);
      const seen = parentClause(table, shape);
      clauses.set(seen, new Set(clauses.get(seen)).add(clauseOf(table, shape, rule)));
      opened.set(key, { columns, clauses });
    }
  }
}

/** What a record was is kept as it was, whatever may be done to the record. */
const isEarlierVersion = (table: string, { parent }: TableShape): boolean =>
  parent !== undefined && table === `${parent[0]}_versions`;

/** Rows are a policy's to tell apart, columns are a grant's: what one rule hid, another would open for all rows. */
const mixedFields =
  'rules of one role of the database open different fields; give the fields a table or a purpose of their own';

function createGrant(key: string, { columns }: GrantedAccess): string {
  const [table, verb, role] = JSON.parse(key) as [string, Verb, DatabaseRole];
  const listed = columns && verb !== 'remove' ? ` (${columns.map(quoted).join(', ')})` : '';
  return `grant ${commands[verb]}${listed} on ${quoted(table)} to ${quoted(roleName(role))}`;
}

function createPolicy(key: string, expression: string): string {
  const [table, verb, role] = JSON.parse(key) as [string, Verb, DatabaseRole];
  const using = verb === 'add' ? '' : ` using (${expression})`;
  const check = verb === 'add' || verb === 'change' ? ` with check (${expression})` : '';
  const name = quoted(`safelight:${verb}:${role}`);
  return `create policy ${name} on ${quoted(table)} for ${commands[verb]} to ${quoted(roleName(role))}${using}${check}`;
}

/** The readers that one rule lets in to one table, as a condition on a row. Context functions are called in sub-selects, so that a query evaluates them once. */
function clauseOf(table: string, shape: TableShape, rule: Rule): string {
  const parts = [
    whoClause(rule),
    rule.side && `(select ctx.side()) = ${literal(rule.side)}`,
    relationClause(table, shape, rule.relation),
  ].filter(Boolean);
  return parts.length > 0 ? `(${parts.join(' and ')})` : 'true';
}

/** A child is seen only where its parent is, by whatever policy that has. */
const parentClause = (table: string, { parent }: TableShape): string =>
  parent ? `exists (select 1 from ${quoted(parent[0])} p where p.id = ${quoted(table)}.${quoted(parent[1])})` : '';

function whoClause(rule: Rule): string | undefined {
  if (rule.roles === 'anyone') return undefined;
  if (rule.roles === 'member') return '(select ctx.member()) is not null';
  if (rule.roles === 'unfinished') return '(select ctx.unfinished()) is not null';
  return `(select ctx.roles()) && array[${rule.roles.map(literal).join(', ')}]::text[]`;
}

const relationColumn = {
  'own agency': 'agency',
  partner: 'operation',
  member: 'operation',
  team: 'team',
  author: 'author',
  self: 'self',
  recipient: 'recipient',
  custodian: 'custodian',
  opened: 'opened',
  glass: 'operation',
} as const;

const contextConditions: Record<keyof typeof relationColumn, string> = {
  'own agency': '= (select ctx.agency())',
  partner: '= any ((select ctx.partner_operations())::uuid[])',
  member: '= any ((select ctx.operations())::uuid[])',
  team: '= any ((select ctx.teams())::uuid[])',
  author: '= (select ctx.member())',
  self: '= (select ctx.member())',
  recipient: '= (select ctx.agency())',
  custodian: '= (select ctx.agency())',
  opened: '= any ((select ctx.opened())::uuid[])',
  glass: '= (select ctx.glass())',
};

/** The row's relation to the reader. A child table without the column leaves that to its parent. */
export function relationClause(table: string, shape: TableShape, relation: Relation): string | undefined {
  if (relation === 'any') return undefined;
  if (typeof relation === 'object') {
    const narrows = relation.of && !shape[relationColumn[relation.of]];
    if (narrows && shape.parent) return undefined;
    if (narrows) throw new Error(`the policy of ${table} needs the column that tells its ${relation.of}`);
    return `(${relation.sql})`;
  }
  const column = shape[relationColumn[relation]];
  if (!column && !shape.parent)
    throw new Error(`the policy of ${table} needs the column that tells its ${relationColumn[relation]}`);
  return column && `${quoted(column)} ${contextConditions[relation]}`;
}
