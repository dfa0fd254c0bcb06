/**
 * Walks through the tables of whole numbers that agree with everything a reader knows, one case more, less or elsewhere
 * at a time. Each table met is a witness: its counts are possible. What the walk does not meet is left to the solver.
 */
import { type CellCodes, type Declaration, getCellKey, readTrees } from '../declaration.ts';
import type { Case, Observation } from './knowledge.ts';

/** An invented case: its codes, and from which release on. */
export type Atom = {
  readonly name: string;
  readonly of: CellCodes;
  readonly from: number;
  readonly until: number | null;
};

/** Pseudo-random numbers from 0 to below 1; the same for the same audit. */
function createChance(): () => number {
  let state = 0x2545f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

export type Universe = {
  readonly observations: readonly Observation[];
  readonly leavesOf: ReadonlyMap<string, readonly string[]>;
  /** The observations that count an atom: positions. */
  readonly find: (atom: Atom) => readonly number[];
  /** The leaves under a code of a dimension. */
  readonly leavesUnder: (name: string, code: string) => readonly string[];
  readonly nameAtom: (of: CellCodes, from: number, until: number | null) => Atom;
  readonly releases: number;
};

/** Joins the declarations of all releases: a dimension with its codes above each leaf. */
export function createUniverse(declarations: readonly Declaration[], observations: readonly Observation[]): Universe {
  const pathsOf = new Map<string, Map<string, readonly string[]>>();
  for (const declaration of declarations)
    for (const [name, tree] of readTrees(declaration)) {
      const paths = pathsOf.get(name) ?? new Map<string, readonly string[]>();
      // Divisions of one area need not nest: a place lies in a part of each.
      for (const leaf of tree.leaves) paths.set(leaf, [...new Set([...(paths.get(leaf) ?? []), ...tree.pathOf(leaf)])]);
      pathsOf.set(name, paths);
    }
  // A code that one release leaves whole and another divides is no leaf.
  for (const paths of pathsOf.values())
    for (const above of [...paths.values()].flatMap((path) => path.slice(1))) paths.delete(above);
  // Observations by which dimensions they name, so that an atom looks its own up by key.
  const byShape = new Map<string, { readonly names: readonly string[]; readonly at: Map<string, number[]> }>();
  for (const [index, { of, key }] of observations.entries()) {
    const names = Object.keys(of).sort();
    const shape = byShape.get(names.join()) ?? { names, at: new Map<string, number[]>() };
    shape.at.set(key, [...(shape.at.get(key) ?? []), index]);
    byShape.set(names.join(), shape);
  }
  const keysOf = (names: readonly string[], of: CellCodes): string[] =>
    names
      .map((name) => pathsOf.get(name)?.get(of[name] ?? '') ?? [])
      .reduce<CellCodes[]>(
        (found, path, i) => found.flatMap((known) => path.map((code) => ({ ...known, [names[i] as string]: code }))),
        [{}],
      )
      .map(getCellKey);
  const inPlace = new Map<string, readonly number[]>();
  const findPlace = (of: CellCodes): readonly number[] => {
    const name = getCellKey(of);
    const known = inPlace.get(name);
    if (known) return known;
    const found = [...byShape.values()].flatMap(({ names, at }) =>
      keysOf(names, of).flatMap((key) => at.get(key) ?? []),
    );
    inPlace.set(name, found);
    return found;
  };
  const inRelease = new Map<string, readonly number[]>();
  const find = ({ name, of, from, until }: Atom): readonly number[] => {
    const known = inRelease.get(name);
    if (known) return known;
    const found = findPlace(of).filter((index) => {
      const release = observations[index]?.release ?? 0;
      return release >= from && (until === null || release < until);
    });
    inRelease.set(name, found);
    return found;
  };
  return {
    observations,
    leavesOf: new Map([...pathsOf].map(([name, paths]) => [name, [...paths.keys()]])),
    find,
    leavesUnder: (name, code) => {
      const under = [...(pathsOf.get(name) ?? [])].filter(([, path]) => path.includes(code));
      return under.map(([leaf]) => leaf);
    },
    nameAtom: (of, from, until) => ({ name: `${from} ${until} ${getCellKey(of)}`, of, from, until }),
    releases: declarations.length,
  };
}

/** A table of whole numbers that agrees with what is known, and every count met so far. */
export class PossibleTables {
  private readonly random = createChance();
  private units: Atom[] = [];
  /** While it is kept: what undoes each move, newest last. */
  private journal: (() => void)[] | undefined;
  readonly values: number[];
  /** For each observation the counts that some table had. */
  readonly met: Set<number>[];
  private readonly universe: Universe;

  /** `fixed` cases are known to the reader and never move; `movable` ones are where the walk begins. */
  constructor(universe: Universe, fixed: readonly Case[], movable: readonly Case[]) {
    this.universe = universe;
    this.values = universe.observations.map(() => 0);
    this.met = universe.observations.map(() => new Set<number>());
    for (const { of, from, until } of fixed) this.count(universe.nameAtom(of, from, until), 1);
    for (const { of, from, until } of movable) this.put(universe.nameAtom(of, from, until));
    for (const [index, value] of this.values.entries()) this.met[index]?.add(value);
  }

  /** Whether the table as it stands agrees with everything: false means that what was published is not true of the cases. */
  agrees(): boolean {
    return this.universe.observations.every(({ least, most }, i) => {
      const value = this.values[i] ?? 0;
      return value >= least && value <= most;
    });
  }

  private count(atom: Atom, by: number): void {
    for (const index of this.universe.find(atom)) this.values[index] = (this.values[index] ?? 0) + by;
  }

  private put(atom: Atom): void {
    this.units.push(atom);
    this.count(atom, 1);
  }

  private isAllowed(index: number): boolean {
    const { least, most } = this.universe.observations[index] as Observation;
    const value = this.values[index] ?? 0;
    return value >= least && value <= most;
  }

  /** Takes away units (by place in the list, largest first) and puts atoms there, if everything known still holds. */
  private tryMove(taken: readonly number[], put: readonly Atom[]): boolean {
    const gone = taken.map((at) => this.units[at] as Atom);
    for (const atom of gone) this.count(atom, -1);
    for (const atom of put) this.count(atom, 1);
    const touched = [...gone, ...put].flatMap((atom) => this.universe.find(atom));
    if (!touched.every((index) => this.isAllowed(index))) {
      for (const atom of gone) this.count(atom, 1);
      for (const atom of put) this.count(atom, -1);
      return false;
    }
    const before = this.journal ? [...this.units] : undefined;
    for (const at of [...taken].sort((a, b) => b - a)) {
      this.units[at] = this.units.at(-1) as Atom;
      this.units.pop();
    }
    this.units.push(...put);
    if (before)
      this.journal?.push(() => {
        this.units = before;
        for (const atom of put) this.count(atom, -1);
        for (const atom of gone) this.count(atom, 1);
      });
    for (const index of touched) this.met[index]?.add(this.values[index] ?? 0);
    return true;
  }

  private pick<One>(from: readonly One[]): One {
    return from[Math.floor(this.random() * from.length)] as One;
  }

  /** Another atom that differs in one or two dimensions, or in its release. */
  private near({ of, from, until }: Atom): Atom {
    const names = [...this.universe.leavesOf.keys()];
    const changed: Record<string, string> = { ...of };
    const many = this.random() < 0.7 ? 1 : 2;
    for (let i = 0; i < many && names.length > 0; i++) {
      const name = this.pick(names);
      changed[name] = this.pick(this.universe.leavesOf.get(name) ?? []);
    }
    const moves = this.universe.releases > 1 && this.random() < 0.4;
    return this.universe.nameAtom(changed, moves ? Math.floor(this.random() * this.universe.releases) : from, until);
  }

  private anyAtom(of: CellCodes): Atom {
    const codes: Record<string, string> = {};
    for (const [name, leaves] of this.universe.leavesOf) codes[name] = of[name] ?? this.pick(leaves);
    return this.universe.nameAtom(codes, Math.floor(this.random() * this.universe.releases), null);
  }

  /** One move of chance. */
  private step(): boolean {
    const chance = this.random();
    if (this.units.length === 0 || chance < 0.2) return this.tryMove([], [this.anyAtom({})]);
    const at = Math.floor(this.random() * this.units.length);
    if (chance < 0.4) return this.tryMove([at], []);
    return this.tryMove([at], [this.near(this.units[at] as Atom)]);
  }

  /** So many moves of chance. */
  wander(steps: number): void {
    for (let i = 0; i < steps; i++) this.step();
  }

  /** The same search from where the walk stands, and back to it. */
  seekFromHere(index: number, wanted: number, tries: number): boolean {
    this.journal = [];
    const found = this.seek(index, wanted, tries);
    for (const undo of this.journal.reverse()) undo();
    this.journal = undefined;
    return found;
  }

  /** Goes on from another table that agrees with everything known; false if this one does not. */
  moveTo(atoms: readonly Atom[]): boolean {
    const before = this.units;
    for (const atom of before) this.count(atom, -1);
    this.units = [];
    for (const atom of atoms) this.put(atom);
    if (!this.agrees()) {
      for (const atom of this.units) this.count(atom, -1);
      this.units = [];
      for (const atom of before) this.put(atom);
      return false;
    }
    for (const [index, value] of this.values.entries()) this.met[index]?.add(value);
    return true;
  }

  /** Tries to bring one observed count towards a value; true as soon as it was met. */
  seek(index: number, wanted: number, tries: number): boolean {
    let inside: number[] | undefined;
    for (let i = 0; i < tries && !this.met[index]?.has(wanted); i++) {
      const value = this.values[index] ?? 0;
      if (value <= wanted) this.raise(index);
      else {
        inside ??= this.listInside(index);
        this.lower(index, inside);
      }
      const rests = i % 16 === 15;
      if (rests) this.wander(8);
      if (rests || this.values[index] !== value) inside = undefined;
    }
    return this.met[index]?.has(wanted) ?? false;
  }

  /** Places of the units that an observation counts. */
  private listInside(index: number): number[] {
    return this.units.flatMap((atom, at) => (this.universe.find(atom).includes(index) ? [at] : []));
  }

  private lower(index: number, inside: readonly number[]): void {
    if (inside.length === 0) return;
    const at = this.pick(inside);
    const atom = this.units[at] as Atom;
    if (this.tryMove([at], [])) return;
    for (let i = 0; i < 6; i++) {
      const one = this.near(atom);
      if (this.universe.find(one).includes(index)) continue;
      if (this.tryMove([at], [one])) return;
      const other = this.near(atom);
      if (!this.universe.find(other).includes(index) && this.tryMove([at], [one, other])) return;
    }
  }

  private raise(index: number): void {
    const { of, release } = this.universe.observations[index] as Observation;
    const chosen = this.anyAtom(of);
    const leaf = this.universe.nameAtom(this.toLeaves(chosen.of), Math.min(chosen.from, release), null);
    if (!this.universe.find(leaf).includes(index)) return;
    if (this.tryMove([], [leaf]) || this.units.length === 0) return;
    for (let i = 0; i < 6; i++) {
      const at = Math.floor(this.random() * this.units.length);
      if (this.universe.find(this.units[at] as Atom).includes(index)) continue;
      if (this.tryMove([at], [leaf])) return;
    }
  }

  /** Codes that have others under them are replaced by one of their leaves. */
  private toLeaves(of: CellCodes): CellCodes {
    return Object.fromEntries(
      Object.entries(of).map(([name, code]) => {
        const leaves = this.universe.leavesOf.get(name) ?? [];
        if (leaves.includes(code)) return [name, code];
        const under = this.universe.leavesUnder(name, code);
        return [name, this.pick(under)];
      }),
    );
  }
}
