/** Decides who asks which questions, and in which order, to test a policy in force. Askers that noticed a difference before ask first. */
import type { StoreName, Verb } from '../../src/platform/access-policy/access.ts';
import { roleName } from '../../src/platform/access-policy/row-policies.ts';
import type { Db } from '../../src/platform/database/database.ts';
import type { Role } from '../../src/vocabulary/people.ts';
import { actorOf, judge, nameOf, newTally, type Probe, rowProbes, tryGrants, wholeProbes } from './cells.ts';
import { type Door, Oracle, roleOf, storeOf } from './oracle.ts';
import type { Person } from './people.ts';
import { grantsOf, settingsOf, tryEachAs } from './probe.ts';
import type { World } from './world.ts';

type Asker = { readonly person: Person | undefined; readonly settings: ReturnType<typeof settingsOf> };
/** Some rules of one process; `alone` is one of them, tested with every other table open. */
export type View = {
  readonly door: Door;
  readonly places: readonly { readonly table: string; readonly verb: Verb }[];
  readonly alone: boolean;
};
export type Question = { readonly asker: Asker; readonly probe: Probe; readonly place: string };

/** Number of questions sent together: one that finds a difference saves the rest. */
const together = 400;
/** How many earlier questions to ask first at a place, and how many invented rows to keep. */
const remembered = 12;
const kept = 100_000;

export class Askers {
  readonly #world: World;
  readonly #people: readonly Asker[];
  readonly #may: Record<StoreName, ReadonlySet<string>>;
  readonly #walls: Oracle;
  readonly #wall: Oracle;
  readonly #orders = new Map<string, readonly Asker[]>();
  readonly #sharpest = new Map<string, Question[]>();
  readonly #made = new Map<string, readonly Question[]>();
  #count = 0;

  private constructor(world: World, people: readonly Asker[], may: Record<StoreName, ReadonlySet<string>>) {
    this.#world = world;
    this.#people = people;
    this.#may = may;
    this.#walls = new Oracle(world);
    this.#wall = new Oracle(world, { alone: true });
  }

  static async open(world: World, people: readonly Person[]): Promise<Askers> {
    const askers: Asker[] = [{ person: undefined, settings: settingsOf(world.now, undefined) }];
    for (const person of people) askers.push({ person, settings: settingsOf(world.now, await actorOf(world, person)) });
    const may = {
      main: await grantsOf(world.application.db),
      safeguarding: await grantsOf(world.application.safeguardingDb),
    };
    return new Askers(world, askers, may);
  }

  get many(): number {
    return this.#people.length;
  }

  /** What noticed something at these places last. */
  sharpest({ door, places, alone }: View): readonly Question[] {
    return places.flatMap((place) => this.#sharpest.get(placeOf(door, place, alone)) ?? []);
  }

  /** What some of those ask who hold these roles, and then the others. */
  questions(view: View, first: readonly Role[], from: number, to: number): readonly Question[] {
    return this.#order(first)
      .slice(from, to)
      .flatMap((asker) => this.#questionsOf(view, asker));
  }

  /** The first difference found, as one line. */
  async ask(tx: Db, { door, alone }: View, questions: readonly Question[]): Promise<string | undefined> {
    for (let from = 0; from < questions.length; from += together) {
      const some = questions.slice(from, from + together);
      const tried = await tryEachAs(
        tx,
        some.map(({ asker, probe }) => ({ settings: asker.settings, statement: probe.statement })),
      );
      const tally = newTally();
      for (const [index, question] of some.entries()) {
        if (judge(tally, nameOf(question.asker.person), door, question.probe, tried[index] as never)) continue;
        this.#sharpen(question);
        return `${[...tally.wrong.values()][0]?.line}${alone ? ', were every other table open' : ''}`;
      }
    }
    return undefined;
  }

  /** Whether the columns that a process may use are those of the statement, according to the database itself. */
  async grants(tx: Db, door: Door, names: readonly string[]): Promise<string | undefined> {
    const tally = newTally();
    const tables = this.#world.tables.filter(({ store, name }) => store === storeOf(door) && names.includes(name));
    tryGrants(this.#walls, door, tables, await grantsOf(tx, { role: roleOf(door), tables: names }), tally);
    return [...tally.wrong.keys()][0];
  }

  /** In every standing on either side, before a second one in any of them. */
  #order(first: readonly Role[]): readonly Asker[] {
    const key = first.join();
    const known = this.#orders.get(key);
    if (known) return known;
    const met = new Map<string, number>();
    const ranked = this.#people.map((asker) => {
      const { person } = asker;
      if (!person) return { asker, rank: -1 };
      const named = person.member.roles.some((role) => first.includes(role));
      const among = `${named} ${person.standing} ${person.side}`;
      const before = met.get(among) ?? 0;
      met.set(among, before + 1);
      return { asker, rank: (named ? 0 : this.#people.length) + before };
    });
    const order = ranked.sort((one, other) => one.rank - other.rank).map(({ asker }) => asker);
    this.#orders.set(key, order);
    return order;
  }

  #questionsOf({ door, places, alone }: View, asker: Asker): Question[] {
    return places.flatMap((place) => {
      const { table, verb } = place;
      const key = placeOf(door, place, alone);
      const whole = verb === 'add' ? [] : this.#make(`whole ${door} ${alone} ${table}`, asker, door, alone, table);
      const rows =
        verb === 'add' || verb === 'change'
          ? this.#make(`rows ${door} ${alone} ${table}`, asker, door, alone, table)
          : [];
      return [...whole, ...rows].filter(({ place: one }) => one === key);
    });
  }

  #make(key: string, asker: Asker, door: Door, alone: boolean, name: string): readonly Question[] {
    const whole = `${asker.person?.member.id} ${key}`;
    const known = this.#made.get(whole);
    if (known) return known;
    const oracle = alone ? this.#wall : this.#walls;
    const me = asker.person && oracle.meOf(asker.person, door);
    const make = key.startsWith('whole') ? wholeProbes : rowProbes;
    const table = this.#world.table(storeOf(door), name);
    const questions = make(this.#world, oracle, door, me, this.#may[storeOf(door)], [table]).map((probe) => ({
      asker,
      probe,
      place: placeOf(door, { table: name, verb: probe.verb }, alone),
    }));
    this.#count += questions.length;
    if (this.#count > kept) {
      this.#made.clear();
      this.#count = 0;
    }
    this.#made.set(whole, questions);
    return questions;
  }

  #sharpen(question: Question): void {
    const others = (this.#sharpest.get(question.place) ?? []).filter((one) => one !== question);
    this.#sharpest.set(question.place, [question, ...others].slice(0, remembered));
  }
}

const placeOf = (door: Door, { table, verb }: { readonly table: string; readonly verb: Verb }, alone: boolean) =>
  `${roleName(roleOf(door))} ${storeOf(door)} ${verb} ${table} ${alone}`;
