/** Puts each mutant of the policy in force inside a transaction that is taken back, and asks the cells of the tables that it touches whether they notice. */
import { sql } from 'kysely';
import {
  type Access,
  type Actor,
  joinPolicies,
  type RoomPolicy,
  type StoreName,
  type Verb,
} from '../../platform/access.ts';
import { policyStatements, roleName } from '../../platform/access-sql.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import { beginWriting, type Db } from '../../platform/database.ts';
import { actorOf, judge, nameOf, newTally, type Probe, rowProbes, tryGrants, wholeProbes } from './cells.ts';
import { tryGuard } from './guard.ts';
import type { Mutant } from './mutants.ts';
import { type Door, Oracle, roleOf, storeOf } from './oracle.ts';
import type { Person } from './people.ts';
import { grantsOf, settingsOf, tryEachAs } from './probe.ts';
import { stores, type Table, type World } from './world.ts';

/** Who noticed, or that nobody did. */
export type Judged = { readonly mutant: string; readonly noticed: string | undefined };

type Statements = ReadonlyMap<string, { readonly grant: string; readonly create: string }>;
type Asker = { readonly person: Person | undefined; readonly actor: Actor | undefined };

const perAsk = 40;

export class PolicyMutation {
  readonly #world: World;
  readonly #oracle: Oracle;
  readonly #alone: Oracle;
  readonly #askers: readonly Asker[];
  readonly #whole: Record<StoreName, Statements>;
  readonly #may: Record<StoreName, ReadonlySet<string>>;

  private constructor(
    world: World,
    policy: RoomPolicy,
    askers: readonly Asker[],
    may: Record<StoreName, ReadonlySet<string>>,
  ) {
    this.#world = world;
    this.#oracle = new Oracle(world);
    this.#alone = new Oracle(world, { alone: true });
    this.#askers = askers;
    this.#whole = {
      main: statementsOf(policyStatements(policy, 'main')),
      safeguarding: statementsOf(policyStatements(policy, 'safeguarding')),
    };
    this.#may = may;
  }

  static async open(world: World, policy: RoomPolicy, people: readonly Person[]): Promise<PolicyMutation> {
    const askers: Asker[] = [{ person: undefined, actor: undefined }];
    for (const person of people) askers.push({ person, actor: await actorOf(world, person) });
    const may = { main: await grantsOf(world.house.db), safeguarding: await grantsOf(world.house.safeguardingDb) };
    return new PolicyMutation(world, policy, askers, may);
  }

  /** Undefined where it is no mutant. */
  async judge(mutant: Mutant): Promise<Judged | undefined> {
    const noticed = (who: string | undefined): Judged => ({ mutant: mutant.name, noticed: who });
    const bare = this.#world.tables.find(
      ({ name, store }) =>
        !Object.values(mutant.policy).some((one) => (one.store ?? 'main') === store && name in one.tables),
    );
    if (bare) return noticed(`the migration refuses: no policy covers the table ${bare.name}`);
    let access: Access;
    let statements: readonly string[];
    try {
      access = joinPolicies([mutant.policy]);
      statements = policyStatements(mutant.policy, mutant.store);
    } catch (error) {
      return noticed(`it does not start: ${(error as Error).message}`);
    }
    const guard = tryGuard(access, { first: true }).wrong[0];
    if (guard) return noticed(guard);
    if (mutant.widens && this.#changed(mutant.store, statementsOf(statements)).length === 0) return undefined;
    return noticed(await this.tryStatements(mutant.store, statements, mutant.roles));
  }

  /** By the database's rows, in place of the policies in force. */
  async tryStatements(
    store: StoreName,
    statements: readonly string[],
    first: Mutant['roles'] = [],
  ): Promise<string | undefined> {
    const whole = this.#whole[store];
    const changed = statementsOf(statements);
    const keys = this.#changed(store, changed);
    if (keys.length === 0) return undefined;
    const db = store === 'main' ? this.#world.house.db : this.#world.house.safeguardingDb;
    const tx = await beginWriting(db);
    try {
      for (const key of keys) await putInForce(tx as never, key, whole.get(key), changed.get(key));
      return await this.#notice(tx as never, store, keys, first);
    } finally {
      await tx.rollback().execute();
    }
  }

  #changed(store: StoreName, statements: Statements): string[] {
    const whole = this.#whole[store];
    return [...new Set([...whole.keys(), ...statements.keys()])].filter(
      (key) => JSON.stringify(whole.get(key)) !== JSON.stringify(statements.get(key)),
    );
  }

  async #notice(
    tx: Db,
    store: StoreName,
    keys: readonly string[],
    first: Mutant['roles'],
  ): Promise<string | undefined> {
    const places = keys.map((key) => JSON.parse(key) as [string, Verb, DatabaseRole]);
    for (const role of new Set(places.map(([, , one]) => one))) {
      const door: Door = `${store}/${role}`;
      const touched = places.filter(([, , one]) => one === role);
      const tables = this.#world.tables.filter(
        (table) => table.store === store && touched.some(([name]) => name === table.name),
      );
      const granted = await this.#grants(tx, door, tables);
      if (granted) return granted;
      const verbs = new Set(touched.map(([, verb]) => verb));
      await sql`set local role ${sql.id(roleName(role))}`.execute(tx);
      const found = await this.#ask(tx, door, tables, verbs, first, this.#oracle);
      await sql`reset role`.execute(tx);
      if (found) return found;
    }
    for (const [name, verb, role] of places) {
      const found = await this.tryAlone(tx, `${store}/${role}`, name, new Set([verb]), first);
      if (found) return found;
    }
    return undefined;
  }

  /** With every other table open: what one wall holds may not lean on what the next one does. */
  async tryAlone(
    tx: Db,
    door: Door,
    name: string,
    verbs: ReadonlySet<Verb>,
    first: Mutant['roles'] = [],
  ): Promise<string | undefined> {
    const role = sql.id(roleName(roleOf(door)));
    await sql`savepoint alone`.execute(tx);
    for (const table of this.#world.tables.filter((one) => one.store === storeOf(door) && one.name !== name)) {
      await sql`grant select on ${sql.id(table.name)} to ${role}`.execute(tx);
      await sql`create policy alone on ${sql.id(table.name)} for select to ${role} using (true)`.execute(tx);
    }
    await sql`set local role ${role}`.execute(tx);
    const found = await this.#ask(tx, door, [this.#world.table(storeOf(door), name)], verbs, first, this.#alone);
    await sql`rollback to savepoint alone`.execute(tx);
    await sql`reset role`.execute(tx);
    return found && `${found}, were every other table open`;
  }

  /** Every wall as it stands, alone: which of them leans on another. */
  async leaning(): Promise<{ readonly walls: number; readonly wrong: string[] }> {
    const wrong: string[] = [];
    let walls = 0;
    for (const store of stores) {
      const tx = await beginWriting(store === 'main' ? this.#world.house.db : this.#world.house.safeguardingDb);
      for (const key of this.#whole[store].keys()) {
        const [name, verb, role] = JSON.parse(key) as [string, Verb, DatabaseRole];
        walls += 1;
        const found = await this.tryAlone(tx as never, `${store}/${role}`, name, new Set([verb]));
        if (found) wrong.push(found);
      }
      await tx.rollback().execute();
    }
    return { walls, wrong };
  }

  async #grants(tx: Db, door: Door, tables: readonly Table[]): Promise<string | undefined> {
    const may = await grantsOf(tx, { role: roleOf(door), tables: tables.map(({ name }) => name) });
    const tally = newTally();
    tryGrants(this.#oracle, door, tables, may, tally);
    return [...tally.wrong.keys()][0];
  }

  async #ask(
    tx: Db,
    door: Door,
    tables: readonly Table[],
    verbs: ReadonlySet<Verb>,
    first: Mutant['roles'],
    oracle: Oracle,
  ): Promise<string | undefined> {
    const may = new Set(this.#may[door.split('/')[0] as StoreName]);
    for (const table of tables)
      for (const verb of verbs)
        for (const column of table.columns)
          if (verb !== 'read') may.add(`${roleName(roleOf(door))} ${verb} ${table.name} ${column}`);
    const named = ({ person }: Asker) => (person?.member.roles.some((role) => first.includes(role)) ? 0 : 1);
    const askers = [...this.#askers].sort((one, other) => named(one) - named(other));
    for (let from = 0; from < askers.length; from += perAsk) {
      const probes = askers
        .slice(from, from + perAsk)
        .flatMap((asker) => this.#probes(oracle, door, tables, verbs, asker, may));
      const tried = await tryEachAs(
        tx,
        probes.map(({ asker, probe }) => ({
          settings: settingsOf(this.#world.now, asker.actor),
          statement: probe.statement,
        })),
      );
      const tally = newTally();
      for (const [index, { asker, probe }] of probes.entries())
        if (!judge(tally, nameOf(asker.person), door, probe, tried[index] as never))
          return [...tally.wrong.values()][0]?.line;
    }
    return undefined;
  }

  #probes(
    oracle: Oracle,
    door: Door,
    tables: readonly Table[],
    verbs: ReadonlySet<Verb>,
    asker: Asker,
    may: ReadonlySet<string>,
  ): { asker: Asker; probe: Probe }[] {
    const me = asker.person && oracle.meOf(asker.person, door);
    const whole = wholeProbes(this.#world, oracle, door, me, may, tables);
    const rows = verbs.has('add') || verbs.has('change') ? rowProbes(this.#world, oracle, door, me, may, tables) : [];
    return [...whole, ...rows].filter(({ verb }) => verbs.has(verb)).map((probe) => ({ asker, probe }));
  }
}

/** By table, verb and role. */
function statementsOf(statements: readonly string[]): Statements {
  const found = new Map<string, { grant: string; create: string }>();
  const words: Record<string, Verb> = { select: 'read', insert: 'add', update: 'change', delete: 'remove' };
  const at = (table: string, command: string, role: string) => {
    const key = JSON.stringify([table, words[command], role]);
    if (!found.has(key)) found.set(key, { grant: '', create: '' });
    return found.get(key) as { grant: string; create: string };
  };
  for (const statement of statements) {
    const grant = /^grant (\w+)(?: \([^)]*\))? on "([^"]+)" to "safelight_(\w+)"/.exec(statement);
    if (grant) at(grant[2] ?? '', grant[1] ?? '', grant[3] ?? '').grant = statement;
    const create = /^create policy "[^"]+" on "([^"]+)" for (\w+) to "safelight_(\w+)"/.exec(statement);
    if (create) at(create[1] ?? '', create[2] ?? '', create[3] ?? '').create = statement;
  }
  return found;
}

async function putInForce(
  tx: Db,
  key: string,
  before: { create: string } | undefined,
  after: { grant: string; create: string } | undefined,
): Promise<void> {
  const [table, verb, role] = JSON.parse(key) as [string, Verb, DatabaseRole];
  const command = { read: 'select', add: 'insert', change: 'update', remove: 'delete' }[verb];
  if (before) {
    await sql`drop policy ${sql.id(`safelight:${verb}:${role}`)} on ${sql.id(table)}`.execute(tx);
    await sql`revoke ${sql.raw(command)} on ${sql.id(table)} from ${sql.id(roleName(role))}`.execute(tx);
  }
  if (!after) return;
  await sql.raw(after.grant).execute(tx);
  await sql.raw(after.create).execute(tx);
}
