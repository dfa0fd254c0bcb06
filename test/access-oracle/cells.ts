/** The cells tried by direct SQL: every member at every process, each table, row and verb. Compares the statement with the database. */
import { resolveActor } from '../../src/identity/agencies/index.ts';
import { type Actor, type Verb, verbs } from '../../src/platform/access-policy/access.ts';
import { roleName } from '../../src/platform/access-policy/row-policies.ts';
import { beginReading, beginWriting, type Db } from '../../src/platform/database/database.ts';
import { type Door, type Me, type Oracle, roleOf, storeOf } from './oracle.ts';
import type { Person } from './people.ts';
import {
  add,
  grantsOf,
  inContext,
  isRefused,
  move,
  readAll,
  type Tried,
  touchAll,
  touchBlind,
  tryEach,
} from './probe.ts';
import { asHers, placesFor, sample } from './tried-rows.ts';
import { keyOf, type Row, type Table, type World } from './world.ts';

/** What differed: too much opened, or too little. */
export type Wrong = { readonly kind: 'allow' | 'deny' | 'unclear'; readonly line: string };
export type Tally = {
  cells: number;
  readonly kinds: Set<string>;
  readonly wrong: Map<string, Wrong & { times: number }>;
};
export const newTally = (): Tally => ({ cells: 0, kinds: new Set(), wrong: new Map() });

export const doors: readonly Door[] = [
  ...(['public', 'staff', 'statistics', 'publisher', 'auditor', 'leader'] as const).map((role): Door => `main/${role}`),
  ...(['safeguarding', 'statistics', 'auditor', 'leader', 'public'] as const).map(
    (role): Door => `safeguarding/${role}`,
  ),
];

/** One statement to try, and what must come of it. */
export type Probe = {
  readonly verb: Verb;
  readonly table: Table;
  readonly statement: string;
  /** Keys that it must reach; or whether it must be let through at all. */
  readonly expected: ReadonlySet<string> | boolean;
  /** It tells how many rows it reached, not which: '0' is none. */
  readonly blind?: true;
  readonly about: (key: string) => string;
};

export const actorOf = async ({ application, now }: World, { token }: Person): Promise<Actor | undefined> => {
  const tx = await beginReading(application.databases.for('main', 'staff'));
  return resolveActor(tx, token, now).finally(() => tx.commit().execute());
};

const touches = ['change', 'remove'] as const;

/** Reads and touches whole tables: everything one member reaches by one process. */
export function wholeProbes(
  world: World,
  oracle: Oracle,
  door: Door,
  me: Me | undefined,
  may: ReadonlySet<string>,
  tables: readonly Table[] = world.tables,
): Probe[] {
  const role = roleName(roleOf(door));
  return tables
    .filter(({ store }) => store === storeOf(door))
    .flatMap((whole) => {
      const table = { ...whole, key: keyFor(whole, role, may) };
      const granted = (verb: Verb) =>
        whole.written.some((column) => may.has(`${role} ${verb} ${whole.name} ${column}`));
      const reached = (verb: Verb, asker = me) =>
        new Set(
          table.rows.filter((row) => oracle.may(door, asker, verb, table.name, row)).map((row) => keyOf(table, row)),
        );
      let byKey: Map<string, Row> | undefined;
      const about = (key: string) => {
        byKey ??= new Map(table.rows.map((row) => [keyOf(table, row), row]));
        return describe(table, byKey.get(key));
      };
      const probes: Probe[] = [{ verb: 'read', table, statement: readAll(table), expected: reached('read'), about }];
      const readable = reached('read', me?.writing);
      for (const verb of touches) {
        const expected = new Set([...reached(verb)].filter((key) => readable.has(key)));
        const column = (name: string) => may.has(`${role} ${verb} ${table.name} ${name}`);
        if (granted(verb) || expected.size > 0)
          probes.push({ verb, table, statement: touchAll(table, verb, column), expected, about });
        if (granted(verb)) probes.push(...blindProbe(oracle, door, me, verb, table, whole.written.filter(column)));
      }
      return probes;
    });
}

/** A member cannot change or remove rows they cannot read, even by a statement that reads nothing it touches. */
function blindProbe(
  oracle: Oracle,
  door: Door,
  me: Me | undefined,
  verb: (typeof touches)[number],
  table: Table,
  columns: readonly string[],
): Probe[] {
  // What goes with another column by a check cannot be emptied alone: that would be refused of any row.
  const empty = (name: string) => name !== 'outcome' && table.rows.some((row) => row[name] === null);
  const column = columns.findLast(empty) ?? columns.findLast((name) => name !== 'outcome') ?? '';
  const hers = table.rows.filter((row) => oracle.may(door, me, verb, table.name, row));
  const emptied = (row: Row) => oracle.may(door, me, verb, table.name, { ...row, [column]: null });
  // Where emptying the column would put the row out of the member's reach, a refusal proves nothing.
  if (verb === 'change' && !hers.every(emptied)) return [];
  // Where the column is required, the first row reached causes the refusal: it shows only that there is at least one.
  const expected = verb === 'remove' || empty(column) ? new Set([String(hers.length)]) : hers.length > 0;
  const about = (key: string) => `${key} ${table.name} without reading them`.trim();
  return [{ verb, table, statement: touchBlind(table, verb, column), expected, about, blind: true }];
}

/** A process that may not read the whole key identifies rows by the readable part, or by another name of the row. */
function keyFor(table: Table, role: string, may: ReadonlySet<string>): readonly string[] {
  const readable = (column: string) => may.has(`${role} read ${table.name} ${column}`);
  const key = table.key.filter(readable);
  if (key.length > 0) return key;
  return table.columns.includes('id') && readable('id') ? ['id'] : table.key;
}

/** Rows that a member tries to add: others' rows as they are, others' rows in the member's own name, and rows moved elsewhere. */
export function rowProbes(
  world: World,
  oracle: Oracle,
  door: Door,
  me: Me | undefined,
  may: ReadonlySet<string>,
  tables: readonly Table[] = world.tables,
): Probe[] {
  const probes: Probe[] = [];
  for (const table of tables.filter(({ store }) => store === storeOf(door))) {
    const granted = (verb: Verb) =>
      table.written.some((column) => may.has(`${roleName(roleOf(door))} ${verb} ${table.name} ${column}`));
    const samples = sample(table, 4);
    if (granted('add') || samples.some((row) => oracle.may(door, me, 'add', table.name, row)))
      for (const row of samples.flatMap((base) => asHers(world, table, base, me)))
        probes.push({
          verb: 'add',
          table,
          statement: add(table, row),
          expected: oracle.may(door, me, 'add', table.name, row),
          about: () => `a row like ${describe(table, row)}`,
        });
    if (!granted('change') || !me) continue;
    const own = table.rows.filter(
      (row) => oracle.may(door, me.writing, 'read', table.name, row) && oracle.may(door, me, 'change', table.name, row),
    );
    for (const row of own.slice(0, 2))
      for (const to of placesFor(world, table, row)) {
        const moved = { ...row, ...to };
        const given = oracle.columns(door, 'change', table.name);
        const expected =
          Object.keys(to).every((column) => given.includes(column)) &&
          (['read', 'change'] as const).every((verb) => oracle.may(door, me.writing, verb, table.name, moved));
        const about = () => `${describe(table, row)} moved to ${Object.keys(to)}`;
        probes.push({ verb: 'change', table, statement: move(table, row, to), expected, about });
      }
  }
  return probes;
}

const telling = ['state', 'hadBeenPublic', 'withdrawn_at'];
const describe = (table: Table, row: Row | undefined): string =>
  [
    table.name,
    ...telling.flatMap((column) => (row && column in row && row[column] !== null ? [String(row[column])] : [])),
  ].join(' ');

/** Compares results with expectations, and reports each difference in one line. */
export function judge(
  tally: Tally,
  who: string,
  door: Door,
  probe: Probe,
  tried: Tried,
  rows = probe.table.rows.length,
): boolean {
  const said = (kind: Wrong['kind'], what: string) => {
    const line = `${who} ${kind === 'deny' ? 'may not' : 'may'} ${probe.verb} ${what} as ${roleName(roleOf(door))} in the ${storeOf(door)} store`;
    const known = tally.wrong.get(line);
    if (known) known.times += 1;
    else tally.wrong.set(line, { kind, line, times: 1 });
    return false;
  };
  tally.kinds.add(`${who} ${door} ${probe.verb} ${probe.table.name}`);
  if (typeof probe.expected === 'boolean') {
    tally.cells += 1;
    // A check of the table comes after the row policies: what it refuses, they had let through.
    const through = tried.code === null || tried.code.startsWith('23');
    if (!through && !isRefused(tried)) return said('unclear', `${probe.about('')} (${tried.said})`);
    const done = through && (probe.verb === 'add' || tried.code !== null || tried.keys.some((key) => key !== '0'));
    return done === probe.expected || said(probe.expected ? 'deny' : 'allow', probe.about(''));
  }
  tally.cells += rows;
  // A check constraint that refuses the change shows that a row was reached, but not how many.
  if (tried.code?.startsWith('23') && probe.verb === 'change')
    return (probe.blind ? !probe.expected.has('0') : probe.expected.size > 0) || said('allow', probe.about(''));
  if (tried.code !== null && !isRefused(tried)) return said('unclear', `${probe.table.name} (${tried.said})`);
  const reached = new Set(tried.keys);
  let right = true;
  for (const key of reached) if (!probe.expected.has(key)) right = said('allow', probe.about(key));
  for (const key of probe.expected) if (!reached.has(key)) right = said('deny', probe.about(key));
  return right;
}

export const nameOf = (person: Person | undefined): string =>
  person ? `${person.member.roles.join(' and ')} (${person.side}, ${person.standing})` : 'nobody';

/** One member at one process, logged in with the process's own role. */
export async function tryPerson(
  world: World,
  oracle: Oracle,
  door: Door,
  person: Person | undefined,
  actor: Actor | undefined,
  may: ReadonlySet<string>,
  tally: Tally,
): Promise<void> {
  const me = person && oracle.meOf(person, door);
  const probes = [...wholeProbes(world, oracle, door, me, may), ...rowProbes(world, oracle, door, me, may)];
  const tx = await beginWriting(world.application.databases.for(storeOf(door), roleOf(door)));
  try {
    await inContext(tx as never, world.now, actor);
    const tried = await tryEach(
      tx as never,
      probes.map(({ statement }) => statement),
    );
    for (const [index, probe] of probes.entries()) judge(tally, nameOf(person), door, probe, tried[index] as Tried);
  } finally {
    await tx.rollback().execute();
  }
}

/** Which columns each process may read and write, according to the database and to the statement. */
export function tryGrants(
  oracle: Oracle,
  door: Door,
  tables: readonly Table[],
  may: ReadonlySet<string>,
  tally: Tally,
): void {
  const role = roleName(roleOf(door));
  for (const table of tables.filter(({ store }) => store === storeOf(door))) {
    for (const verb of verbs) {
      const wanted = new Set(oracle.columns(door, verb, table.name));
      for (const column of table.columns) {
        tally.cells += 1;
        const found = may.has(`${role} ${verb} ${table.name} ${column}`);
        if (found === wanted.has(column)) continue;
        const line = `${role} ${found ? 'may' : 'may not'} ${verb} the column ${table.name}.${column} in the ${table.store} store`;
        tally.wrong.set(line, { kind: found ? 'allow' : 'deny', line, times: 1 });
      }
    }
  }
}

/** By store, as the database answers. */
export const grantsOfStores = async ({ application }: World): Promise<(door: Door) => ReadonlySet<string>> => {
  const main = await grantsOf(application.db as Db);
  const apart = await grantsOf(application.safeguardingDb as Db);
  return (door) => (storeOf(door) === 'main' ? main : apart);
};
