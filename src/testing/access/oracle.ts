/** Decides who may see and do what from the raw rows and the statement alone: it shares no code with the guard, nor with what writes the row policies. */
import type { StoreName, Verb } from '../../platform/access.ts';
import type { DatabaseRole } from '../../platform/config.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import { statement } from './statement.ts';
import { keyOf, type Row, type World } from './world.ts';

/** Who asks, as her rows in the partnership's tables say on this day. */
export type Me = {
  readonly id: string;
  readonly agency: string;
  readonly side: Side;
  readonly is: (...roles: readonly Role[]) => boolean;
  /** Let in herself; by her agency; on the team: now. */
  readonly inside: (operation: unknown) => boolean;
  readonly partOf: (operation: unknown) => boolean;
  readonly onTeam: (team: unknown) => boolean;
  /** What the raw rows hold, and what she may read of them by this door. */
  readonly rows: (table: string) => readonly Row[];
  readonly find: (table: string, id: unknown) => Row | undefined;
  readonly sees: (table: string, id: unknown) => boolean;
  readonly now: Date;
};

/** One sentence of the statement: whether this row is hers to read, or to write so. Without anybody, `me` is undefined. */
export type Says = (me: Me, row: Row) => boolean;
export type Sentences = Readonly<Partial<Record<Verb, Says>>> & {
  /** Also without anybody being signed in. */
  readonly open?: readonly Verb[];
  /** The only columns to be read by this door. */
  readonly columns?: readonly string[];
};

/** A door into a store, as one of the database's roles. */
export type Door = `${StoreName}/${DatabaseRole}`;
export type Statement = Readonly<Partial<Record<Door, Readonly<Record<string, Sentences>>>>>;

export class Oracle {
  readonly #world: World;
  readonly #alone: boolean;
  readonly #indexes = new Map<string, Map<string, Row>>();
  readonly #seen = new Map<string, ReadonlySet<string>>();

  /** `alone`: as if every other table stood open, so that each wall must hold by itself. */
  constructor(world: World, { alone = false } = {}) {
    this.#world = world;
    this.#alone = alone;
  }

  /** Undefined where she works here no longer. */
  meOf(memberId: string, door: Door): Me | undefined {
    const { now } = this.#world;
    const store = storeOf(door);
    const inForce = (row: Row) =>
      new Date(String(row.since)) <= now && (row.until === null || new Date(String(row.until)) > now);
    const member = this.#find('main', 'members', memberId);
    if (!member || (member.ended_at !== null && new Date(String(member.ended_at)) <= now)) return undefined;
    const agency = this.#find('main', 'agencies', member.agency_id);
    const given = this.#world
      .table('main', 'grants')
      .rows.filter((row) => (row.member_id === memberId || row.agency_id === member.agency_id) && inForce(row));
    const subjects = (relation: string) =>
      new Set(given.filter((row) => row.relation === relation).map(({ subject }) => subject));
    const [inside, partOf, onTeam] = [subjects('member'), subjects('partner'), subjects('team')];
    const held = member.roles as readonly Role[];
    const me: Me = {
      id: memberId,
      agency: String(member.agency_id),
      side: agency?.side as Side,
      is: (...roles) => roles.some((role) => held.includes(role)),
      inside: (id) => inside.has(id),
      partOf: (id) => partOf.has(id),
      onTeam: (id) => onTeam.has(id),
      rows: (table) => this.#world.table(store, table).rows,
      find: (table, id) => this.#find(store, table, id),
      sees: (table, id) =>
        this.#alone ? this.#find(store, table, id) !== undefined : this.#readable(door, me, table).has(String(id)),
      now,
    };
    return me;
  }

  /** Reading and changing need the row as it is; adding and moving the row as it is to be. */
  may(door: Door, me: Me | undefined, verb: Verb, table: string, row: Row): boolean {
    const sentences = statement[door]?.[table];
    const says = sentences?.[verb];
    if (!says) return false;
    if (sentences?.open?.includes(verb)) return says((me ?? nobody(this.#world.now)) as Me, row);
    return me !== undefined && says(me, row);
  }

  /** Whoever may write a row at all may write the whole of it. */
  columns(door: Door, verb: Verb, table: string): readonly string[] {
    const sentences = statement[door]?.[table];
    if (!sentences?.[verb]) return [];
    return (verb === 'read' && sentences.columns) || this.#world.table(storeOf(door), table).columns;
  }

  #readable(door: Door, me: Me, name: string): ReadonlySet<string> {
    const known = this.#seen.get(`${door} ${me.id} ${name}`);
    if (known) return known;
    const table = this.#world.table(storeOf(door), name);
    const keys = new Set(
      table.rows.filter((row) => this.may(door, me, 'read', name, row)).map((row) => keyOf(table, row)),
    );
    this.#seen.set(`${door} ${me.id} ${name}`, keys);
    return keys;
  }

  #find(store: StoreName, name: string, id: unknown): Row | undefined {
    let index = this.#indexes.get(`${store}/${name}`);
    if (!index) {
      const table = this.#world.table(store, name);
      index = new Map(table.rows.map((row) => [keyOf(table, row), row]));
      this.#indexes.set(`${store}/${name}`, index);
    }
    return index.get(String(id));
  }
}

export const storeOf = (door: Door): StoreName => door.split('/')[0] as StoreName;
export const roleOf = (door: Door): DatabaseRole => door.split('/')[1] as DatabaseRole;

const nobody = (now: Date) => ({
  id: '',
  agency: '',
  is: () => false,
  inside: () => false,
  partOf: () => false,
  onTeam: () => false,
  sees: () => false,
  now,
});
