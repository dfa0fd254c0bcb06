/** Puts each mutant of the policy in force inside a transaction that is taken back, and asks the cells of the tables that it touches whether they notice. */
import { sql } from 'kysely';
import { type Access, type AreaPolicy, joinPolicies, type StoreName } from '../../src/platform/access-policy/access.ts';
import { beginWriting, type Db } from '../../src/platform/database/database.ts';
import { Askers, type View } from './askers.ts';
import { tryGuard } from './guard.ts';
import type { Mutant } from './mutants.ts';
import { type Door, roleOf, storeOf } from './oracle.ts';
import type { Person } from './people.ts';
import { asksAnotherTable, changing, type InForce, keyOfPlace, type Places, placesOf } from './places.ts';
import { standAs, standBeside } from './probe.ts';
import { stores, type World } from './world.ts';

/** Who noticed, or that nobody did. */
export type Judged = { readonly mutant: string; readonly noticed: string | undefined };
/** One rule as it is in force. */
export type Wall = { readonly store: StoreName; readonly place: InForce };
type Changed = { readonly before?: InForce; readonly after?: InForce };

/** A few from everywhere, then more, then all: most are noticed by the first. */
const rounds = [6, 32, 100, 250, 450, Number.POSITIVE_INFINITY];

/** Log rows of reads are tested by the operation of the record: every safeguarding table with that column must give it. Names the first that does not. */
export function withoutOperation(policy: AreaPolicy, { tables }: Pick<World, 'tables'>): string | undefined {
  const named = new Set(
    Object.values(policy).flatMap((one) =>
      one.store === 'safeguarding' ? Object.keys(one.tables).filter((table) => one.tables[table]?.operation) : [],
    ),
  );
  const found = tables.find(
    ({ store, name, columns }) => store === 'safeguarding' && columns.includes('operation_id') && !named.has(name),
  );
  return found && `nobody is told of which operation a row of ${found.name} is`;
}

export class PolicyMutation {
  readonly #world: World;
  readonly #askers: Askers;
  readonly #whole: Record<StoreName, Places>;
  /** Earlier results of the same statements. */
  readonly #known = new Map<string, string | undefined>();

  private constructor(world: World, policy: AreaPolicy, askers: Askers) {
    this.#world = world;
    this.#askers = askers;
    this.#whole = { main: placesOf(policy, 'main'), safeguarding: placesOf(policy, 'safeguarding') };
  }

  static async open(world: World, policy: AreaPolicy, people: readonly Person[]): Promise<PolicyMutation> {
    return new PolicyMutation(world, policy, await Askers.open(world, people));
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
    let changed: readonly Changed[];
    try {
      access = joinPolicies([mutant.policy]);
      changed = this.#changed(mutant);
    } catch (error) {
      return noticed(`it does not start: ${(error as Error).message}`);
    }
    const guard = tryGuard(access, { first: true, only: mutant.actions }).wrong[0];
    if (guard) return noticed(guard);
    const unweighed = withoutOperation(mutant.policy, this.#world);
    if (changed.length === 0) return mutant.widens ? undefined : noticed(unweighed);
    const key = `${mutant.store} ${JSON.stringify(changed.map(({ before, after }) => [before && keyOfPlace(before), after]))}`;
    if (!this.#known.has(key)) this.#known.set(key, await this.#inForce(mutant, changed));
    return noticed(this.#known.get(key) ?? unweighed);
  }

  #changed({ policy, store, tables }: Mutant): Changed[] {
    const names = new Set(tables);
    const before = new Map([...this.#whole[store]].filter(([, { table }]) => names.has(table)));
    const after = placesOf(policy, store, names);
    return [...new Set([...before.keys(), ...after.keys()])]
      .map((key): Changed => ({ before: before.get(key) as InForce, after: after.get(key) as InForce }))
      .filter((one) => one.before?.grant !== one.after?.grant || one.before?.create !== one.after?.create);
  }

  async #inForce(mutant: Mutant, changed: readonly Changed[]): Promise<string | undefined> {
    const tx = await this.#begin(mutant.store);
    try {
      await sql.raw(changing(changed)).execute(tx);
      return await this.#notice(tx, mutant, changed);
    } finally {
      await tx.rollback().execute();
    }
  }

  #begin(store: StoreName) {
    return beginWriting(store === 'main' ? this.#world.application.db : this.#world.application.safeguardingDb);
  }

  async #notice(tx: Db, { store, named }: Mutant, changed: readonly Changed[]): Promise<string | undefined> {
    const views: View[] = [];
    for (const role of new Set(changed.map(({ before, after }) => (after ?? before)?.role as InForce['role']))) {
      const door: Door = `${store}/${role}`;
      const own = changed.filter(({ before, after }) => (after ?? before)?.role === role);
      const places = own.map(({ before, after }) => (after ?? before) as InForce);
      if (own.some(({ before, after }) => before?.grant !== after?.grant)) {
        const granted = await this.#askers.grants(tx, door, [...new Set(places.map(({ table }) => table))]);
        if (granted) return granted;
      }
      views.push({ door, places, alone: false });
      // A rule that reads no other table, before and after mutation, can be tested alone.
      for (const { before, after } of own)
        if (asksAnotherTable(before) || asksAnotherTable(after))
          views.push({ door, places: [(after ?? before) as InForce], alone: true });
    }
    for (const view of views) {
      const found = await this.#askBy(tx, view, this.#askers.sharpest(view), changed);
      if (found) return found;
    }
    for (const [index, to] of rounds.entries())
      for (const view of views) {
        const asked = this.#askers.questions(view, named, rounds[index - 1] ?? 0, to);
        const found = await this.#askBy(tx, view, asked, changed);
        if (found) return found;
      }
    return undefined;
  }

  async #askBy(
    tx: Db,
    view: View,
    questions: ReturnType<Askers['sharpest']>,
    changed: readonly Changed[] = [],
  ): Promise<string | undefined> {
    const { door, places, alone } = view;
    if (questions.length === 0) return undefined;
    await sql`savepoint view`.execute(tx);
    const table = places[0]?.table ?? '';
    if (alone) await standBeside(tx, roleOf(door), table, this.#wall(door, table, changed));
    else await standAs(tx, roleOf(door));
    const found = await this.#askers.ask(tx, view, questions);
    await sql`rollback to savepoint view`.execute(tx);
    return found;
  }

  /** All that is in force on a table for one process. */
  #wall(door: Door, table: string, changed: readonly Changed[]): string[] {
    const inForce = new Map(this.#whole[storeOf(door)]);
    for (const { before, after } of changed) {
      if (before) inForce.delete(keyOfPlace(before));
      if (after) inForce.set(keyOfPlace(after), after);
    }
    return [...inForce.values()]
      .filter((place) => place.table === table && place.role === roleOf(door))
      .flatMap(({ grant, create }) => [grant, create]);
  }

  /** Every rule as it is in force. */
  walls(): Wall[] {
    return stores.flatMap((store) => [...this.#whole[store].values()].map((place) => ({ store, place })));
  }

  /** Whether it depends on another rule: tests who notices when every other table is open. */
  async leans({ store, place }: Wall): Promise<string | undefined> {
    const view: View = { door: `${store}/${place.role}`, places: [place], alone: true };
    // One that asks no other table is held by the cells of access already: a few from every standing will do.
    const most = asksAnotherTable(place) ? this.#askers.many : 32;
    for (let from = 0; from < most; from += 32) {
      const tx = await this.#begin(store);
      try {
        const found = await this.#askBy(tx, view, this.#askers.questions(view, [], from, from + 32));
        if (found) return found;
      } finally {
        await tx.rollback().execute();
      }
    }
    return undefined;
  }
}
