/** What a policy puts in force at each place: one verb on one table under one role of the database. */
import type { AreaPolicy, StoreName, Verb } from '../../src/platform/access-policy/access.ts';
import { policyStatements, roleName } from '../../src/platform/access-policy/row-policies.ts';
import type { DatabaseRole } from '../../src/platform/config.ts';

export type Place = { readonly table: string; readonly verb: Verb; readonly role: DatabaseRole };
export type InForce = Place & { readonly grant: string; readonly create: string };
export type Places = ReadonlyMap<string, InForce>;

const verbOf: Readonly<Record<string, Verb>> = { select: 'read', insert: 'add', update: 'change', delete: 'remove' };
const commandOf: Record<Verb, string> = { read: 'select', add: 'insert', change: 'update', remove: 'delete' };

export const keyOfPlace = ({ table, verb, role }: Place): string => `${table} ${verb} ${role}`;

/** Of some tables, or of all. Classes that say nothing of those tables change nothing there, and are not asked. */
export function placesOf(policy: AreaPolicy, store: StoreName, tables?: ReadonlySet<string>): Places {
  const found = new Map<string, InForce>();
  const say = (place: Place, what: Partial<InForce>) => {
    const key = keyOfPlace(place);
    found.set(key, { ...place, grant: '', create: '', ...found.get(key), ...what });
  };
  const at = (table = '', command = '', role = ''): Place => ({
    table,
    verb: verbOf[command] as Verb,
    role: role as DatabaseRole,
  });
  for (const statement of policyStatements(tables ? about(policy, tables) : policy, store)) {
    const grant = /^grant (\w+)(?: \([^)]*\))? on "([^"]+)" to "safelight_(\w+)"/.exec(statement);
    if (grant) say(at(grant[2], grant[1], grant[3]), { grant: statement });
    const create = /^create policy "[^"]+" on "([^"]+)" for (\w+) to "safelight_(\w+)"/.exec(statement);
    if (create) say(at(create[1], create[2], create[3]), { create: statement });
  }
  return found;
}

const about = (policy: AreaPolicy, tables: ReadonlySet<string>): AreaPolicy =>
  Object.fromEntries(
    Object.entries(policy).map(([name, recordClass]) => [
      name,
      {
        ...recordClass,
        tables: Object.fromEntries(Object.entries(recordClass.tables).filter(([table]) => tables.has(table))),
      },
    ]),
  );

/** One statement that puts these in the place of what is in force; rights that stay as they are stay untouched. */
export function changing(places: readonly { readonly before?: InForce; readonly after?: InForce }[]): string {
  const lines = places.flatMap(({ before, after }) => {
    const same = before?.grant === after?.grant;
    const on = before && `on "${before.table}"`;
    return [
      before && `drop policy "safelight:${before.verb}:${before.role}" ${on}`,
      before && !same && `revoke ${commandOf[before.verb]} ${on} from "${roleName(before.role)}"`,
      after && !same && after.grant,
      after?.create,
    ].filter((line) => typeof line === 'string');
  });
  return `do $changing$ begin\n${lines.map((line) => `${line};`).join('\n')}\nend $changing$`;
}

/** Whether the rule in force there reads another table. Functions of the context run with their owner's rights, so they do not count. */
export const asksAnotherTable = (place: InForce | undefined): boolean => /\bfrom\b/.test(place?.create ?? '');
