/** No silent look, held by machine: which tables a transaction read is seen as it asks, and a page made of records whose looks are written down is not sent without its row in the log. */
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { type AreaPolicy, databaseRoleFor, purposesOf } from '../access-policy/access.ts';
import type { DatabaseRole } from '../config.ts';
import type { Transaction } from '../database/database.ts';

const tablesByPolicy = new WeakMap<AreaPolicy, ReadonlyMap<string, ReadonlySet<string>>>();

/** Tables, by database name, where each read under this role is logged. Reads of a rule's limited field group, used for counts, are not. */
export function loggedTables(policy: AreaPolicy, role: DatabaseRole): ReadonlySet<string> {
  const all = tablesByPolicy.get(policy) ?? tablesByRole(policy);
  tablesByPolicy.set(policy, all);
  return all.get(role) ?? new Set();
}

function tablesByRole(policy: AreaPolicy): ReadonlyMap<string, ReadonlySet<string>> {
  const byRole = new Map<string, Set<string>>();
  for (const { looks, rules, tables } of Object.values(policy)) {
    if (looks !== 'each') continue;
    for (const rule of rules) {
      if (rule.fields !== undefined || !rule.verbs.includes('read')) continue;
      for (const purpose of purposesOf(rule)) {
        const role = databaseRoleFor[purpose];
        const names = byRole.get(role) ?? new Set();
        for (const table of Object.keys(tables)) names.add(table);
        byRole.set(role, names);
      }
    }
  }
  return byRole;
}

/** In the database's own words; a statement names one of some hundred tables. */
const snakes = new Map<string, string>();
function snake(name: string): string {
  let snake = snakes.get(name);
  if (snake === undefined) {
    snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakes.set(name, snake);
  }
  return snake;
}

/** Lists the tables that a statement reads, however deeply nested. */
function visitTables(node: unknown, tell: (table: string) => void): void {
  if (typeof node !== 'object' || node === null || node instanceof Date) return;
  if (Array.isArray(node)) {
    for (const one of node) visitTables(one, tell);
    return;
  }
  const { kind, table } = node as { kind?: string; table?: { identifier?: { name: string } } };
  if (kind === 'ValueNode' || kind === 'IdentifierNode') return;
  if (kind === 'TableNode') {
    if (table?.identifier) tell(snake(table.identifier.name));
    return;
  }
  for (const part of Object.values(node)) visitTables(part, tell);
}

/** The same transaction, which also reports the tables it reads. */
export function trackReads(tx: Transaction, looked: ReadonlySet<string>, tell: (table: string) => void): Transaction {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }: { node: RootOperationNode }) => {
      visitTables(node, (table) => looked.has(table) && tell(table));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return looked.size === 0 ? tx : tx.withPlugin(plugin);
}
