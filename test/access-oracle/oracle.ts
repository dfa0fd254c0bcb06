/** Decides from the raw rows and the statement alone who may see and do what. Shares no code with the guard, nor with the code that writes row policies. */
import type { StoreName, Verb } from '../../src/platform/access-policy/access.ts';
import type { DatabaseRole } from '../../src/platform/config.ts';
import type { Role, Side } from '../../src/vocabulary/people.ts';
import { statement } from './statement.ts';
import { keyOf, type Row, type World } from './world.ts';

/** The asking member, as the rows of the partnership's tables describe them on this day. */
export type Me = {
  readonly id: string;
  readonly agency: string;
  readonly side: Side;
  readonly is: (...roles: readonly Role[]) => boolean;
  /** Takes part now: by a grant, by agency, or as part of the team. */
  readonly inside: (operation: unknown) => boolean;
  readonly partOf: (operation: unknown) => boolean;
  readonly onTeam: (team: unknown) => boolean;
  /** The raw rows, and which of them the member may read by this process. */
  readonly rows: (table: string) => readonly Row[];
  readonly find: (table: string, id: unknown) => Row | undefined;
  readonly sees: (table: string, id: unknown) => boolean;
  readonly now: Date;
  /** Emergency access, for reading only: the member may read the operation for three hours, and change nothing. */
  readonly glassOn: (operation: unknown) => boolean;
  /** A data request in this store about the member, about records of their agency, or about no agency. */
  readonly askedFor: (id: unknown) => boolean;
  /** Half signed in, with a password only: such a member has only rights that a sentence grants to half sessions. */
  readonly half: boolean;
  /** The same member, with the rights that apply to writing. */
  readonly writing: Me;
};

/** A member, and how far they are signed in. */
export type Asking = { readonly member: { readonly id: string }; readonly standing: string };

/** One sentence of the statement: whether the member may read this row, or write it so. Without a member, `me` is undefined. */
export type Says = (me: Me, row: Row) => boolean;
export type Sentences = Readonly<Partial<Record<Verb, Says>>> & {
  /** Also without a signed-in member. */
  readonly open?: readonly Verb[];
  /** For a half-signed-in member. */
  readonly half?: Readonly<Partial<Record<Verb, Says>>>;
  /** The only columns that this process may change. */
  readonly changes?: readonly string[];
  /** The only columns that this process may read. */
  readonly columns?: readonly string[];
};

/** A process's access to a store, as one of the database's roles. */
export type Door = `${StoreName}/${DatabaseRole}`;
export type Statement = Readonly<Partial<Record<Door, Readonly<Record<string, Sentences>>>>>;

export class Oracle {
  readonly #world: World;
  readonly #alone: boolean;
  readonly #known = new Map<string, Me | undefined>();
  readonly #indexes = new Map<string, Map<string, Row>>();

  /** `alone`: as if every other table stood open, so that each wall must hold by itself. */
  constructor(world: World, { alone = false } = {}) {
    this.#world = world;
    this.#alone = alone;
  }

  /** Undefined where the member no longer works here. */
  meOf(who: Asking, door: Door): Me | undefined {
    const key = `${who.member.id} ${door}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#meet(who, door));
    return this.#known.get(key);
  }

  #meet({ member: { id: memberId }, standing }: Asking, door: Door): Me | undefined {
    const { now } = this.#world;
    if (standing === 'half signed in') {
      const half = { ...nobody(now), id: memberId, half: true } as unknown as { -readonly [Key in keyof Me]: Me[Key] };
      half.writing = half;
      return half;
    }
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
    const glass = this.#world.table('main', 'break_glass').rows.find((row) => {
      const end = new Date(String(row.ended_at ?? row.until));
      return row.member_id === memberId && new Date(String(row.opened_at)) <= now && end > now;
    });
    const invitations = this.#world.table('main', 'partner_invitations').rows;
    const stillTakesPart = this.#world.table('main', 'partners').rows.some(
      (row) =>
        row.operation_id === glass?.operation_id &&
        row.agency_id === member.agency_id &&
        // Nothing opens before the agency accepts.
        invitations.every(({ id, answer }) => id !== row.id || answer === 'accepted'),
    );
    const asked = new Set(
      this.#world
        .table(store, 'subject_access_requests')
        .rows.filter((row) => row.agency_id === member.agency_id && row.state === 'open')
        .flatMap(({ about }) => about as string[])
        .filter((id) => [undefined, member.agency_id].includes(this.#answersFor(store, id))),
    );
    const whole: Omit<Me, 'writing' | 'sees' | 'glassOn'> = {
      id: memberId,
      agency: String(member.agency_id),
      side: agency?.side as Side,
      is: (...roles) => roles.some((role) => held.includes(role)),
      inside: (id) => inside.has(id),
      partOf: (id) => partOf.has(id),
      onTeam: (id) => onTeam.has(id),
      rows: (table) => this.#world.table(store, table).rows,
      find: (table, id) => this.#find(store, table, id),
      askedFor: (id) => asked.has(String(id)),
      half: false,
      now,
    };
    const as = (glassOn: Me['glassOn']): Me => {
      const seen = new Map<string, ReadonlySet<string>>();
      const me: Me = {
        ...whole,
        glassOn,
        sees: (table, id) =>
          this.#alone
            ? this.#find(store, table, id) !== undefined
            : this.#readable(door, me, table, seen).has(String(id)),
        get writing(): Me {
          return writing;
        },
      };
      return me;
    };
    const writing = as(() => false);
    return glass && stillTakesPart ? as((id) => id === glass.operation_id) : writing;
  }

  /** Whose record somebody's own papers are: the agency's that led the operation, or that wrote the note. */
  #answersFor(store: StoreName, id: string): unknown {
    if (store === 'safeguarding') return this.#find(store, 'notes', id)?.agency_id;
    const visit = (this.#find(store, 'encounters', id) ?? this.#find(store, 'arrests', id))?.visit_id;
    return this.#find(store, 'operations', this.#find(store, 'visits', visit)?.operation_id)?.agency_id;
  }

  /** Reading and changing need the row as it is; adding and moving the row as it is to be. */
  may(door: Door, me: Me | undefined, verb: Verb, table: string, row: Row): boolean {
    const sentences = statement[door]?.[table];
    const says = sentences?.[verb] ?? (me?.half ? sentences?.half?.[verb] : undefined);
    if (!says) return false;
    if (sentences?.open?.includes(verb)) return says(me && !me.half ? me : this.#everybody(door, me), row);
    if (me?.half) return sentences?.half?.[verb]?.(me, row) ?? false;
    return me !== undefined && says(verb === 'read' ? me : me.writing, row);
  }

  /** A member who may write a row may write all its columns, unless the sentence lists some. */
  columns(door: Door, verb: Verb, table: string): readonly string[] {
    const sentences = statement[door]?.[table];
    if (!sentences?.[verb]) return [];
    const some = verb === 'read' ? sentences.columns : verb === 'change' ? sentences.changes : undefined;
    return some ?? this.#world.table(storeOf(door), table).columns;
  }

  #readable(door: Door, me: Me, name: string, seen: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
    const known = seen.get(name);
    if (known) return known;
    const table = this.#world.table(storeOf(door), name);
    const keys = new Set(
      table.rows.filter((row) => this.may(door, me, 'read', name, row)).map((row) => keyOf(table, row)),
    );
    seen.set(name, keys);
    return keys;
  }

  /** Of what everybody may read, a sentence can ask other rows. */
  #everybody(door: Door, half: Me | undefined): Me {
    const find = (table: string, id: unknown) => this.#find(storeOf(door), table, id);
    const sees = (table: string, id: unknown): boolean => {
      const row = find(table, id);
      return row !== undefined && (this.#alone || this.may(door, half, 'read', table, row));
    };
    return { ...(half ?? nobody(this.#world.now)), find, sees } as unknown as Me;
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
  rows: () => [],
  find: () => undefined,
  sees: () => false,
  glassOn: () => false,
  askedFor: () => false,
  half: false,
  now,
});
