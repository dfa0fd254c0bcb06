/**
 * The auditor. It attacks what is about to be published as a reader would who knows the rule and everything published
 * before, as a partner would who takes its own records away, and with numbers known from elsewhere. It is given the
 * cases only to know which counts are small. What it cannot prove safe in time is not safe.
 */
import type { CellCodes, CellKey } from '../declaration.ts';
import type { PublishedTables } from '../published.ts';
import { type Solve, withSolver } from '../solver.ts';
import { type Case, type KnownNumber, listObservations, type Observation } from './knowledge.ts';
import { createUniverse, PossibleTables, type Universe } from './possible-tables.ts';
import { createSystem, listAtoms, type Reach } from './reach.ts';

/** Counts below this are small, and so many values must stay possible for every protected count. */
export const threshold = 5;
/** A partner that takes its own records away from a small count must be left with so many values, nobody among them. */
const leftForPartners = 3;

export type Problem =
  /** What is shown is not true of the cases. */
  | 'false'
  /** A reader can tell that somebody is counted in a cell with fewer than five. */
  | 'presence'
  /** Fewer than five values are left. */
  | 'narrow'
  /** Fewer than five cases came or went since the last release, and a number changed. */
  | 'few changes'
  /** Not decided in time. */
  | 'not proven';
export type Finding = {
  readonly problem: Problem;
  readonly key: CellKey | null;
  readonly of: CellCodes;
  readonly release: number;
  /** The partner who could tell; null for every reader. */
  readonly reader: string | null;
};

export type AuditInput = {
  /** All releases of the same cases, oldest first; the last one is about to be published. Withdrawn ones are still known. */
  readonly releases: readonly PublishedTables[];
  readonly cases: readonly Case[];
  readonly elsewhere?: readonly KnownNumber[];
  /** Partners who can take their own records away. */
  readonly partners?: readonly string[];
  /** For each question to the solver. */
  readonly seconds?: number;
};

const isCounted = ({ from, until }: Case, release: number): boolean =>
  from <= release && (until === null || release < until);

/** A correction that few cases make is not published alone: readers who know of the case would see where it is counted. */
function findFewChanges({ releases, cases }: AuditInput): Finding[] {
  const last = releases.length - 1;
  const before = releases[last - 1];
  const now = releases[last];
  if (!before || !now) return [];
  const shownBefore = new Map(before.cells.map(({ key, shown }) => [key, shown]));
  const isChanged = now.cells.some(({ key, shown }) => shownBefore.has(key) && shownBefore.get(key) !== shown);
  const changed = cases.filter((one) => isCounted(one, last) !== isCounted(one, last - 1));
  const changes = new Set(changed.map(({ unit }, at) => unit ?? at)).size;
  if (!isChanged || changes === 0 || changes >= threshold) return [];
  return [{ problem: 'few changes', key: null, of: {}, release: last, reader: null }];
}

type Attack = {
  readonly universe: Universe;
  readonly observations: readonly Observation[];
  readonly tables: PossibleTables;
  /** Counts of what the reader knows exactly. */
  readonly fixed: readonly number[];
  readonly truth: readonly number[];
  readonly reader: string | null;
};

function createAttack(universe: Universe, cases: readonly Case[], reader: string | null): Attack {
  const own = reader === null ? [] : cases.filter(({ agency }) => agency === reader);
  const others = reader === null ? cases : cases.filter(({ agency }) => agency !== reader);
  const tables = new PossibleTables(universe, own, others);
  return {
    universe,
    observations: universe.observations,
    tables,
    fixed: new PossibleTables(universe, own, []).values,
    truth: [...tables.values],
    reader,
  };
}

/**
 * What must be possible for a count: five values, and nobody where fewer than five are counted. Where numbers from
 * elsewhere leave fewer by themselves, all of those: what is published adds nothing to them.
 */
function listWanted({ observations, fixed, truth, tables, reader }: Attack, index: number): number[] {
  const { least, most, isProtected, before } = observations[index] as Observation;
  const rest = (truth[index] ?? 0) - (fixed[index] ?? 0);
  // A partner that knows all, or whose rest is large, learns of no single person.
  if (!isProtected || (reader !== null && (rest === 0 || rest >= threshold))) return [];
  const met = tables.met[index] as ReadonlySet<number>;
  const nobody = fixed[index] ?? 0;
  const mayBeNobody = before[0] <= nobody;
  const wanted = mayBeNobody && rest > 0 && rest < threshold && !met.has(nobody) ? [nobody] : [];
  const left = before[1] - Math.max(before[0], nobody) + 1;
  const enough = Math.min(reader === null ? threshold : leftForPartners, left);
  if (met.size + wanted.length >= enough) return wanted;
  const value = truth[index] ?? 0;
  const near = Array.from({ length: 4 * threshold }, (_, i) => value + (i % 2 === 0 ? i / 2 + 1 : -(i + 1) / 2));
  const open = near.filter((one) => one >= Math.max(least, nobody) && one <= most && !met.has(one));
  return [...wanted, ...open.filter((one) => !wanted.includes(one))];
}

const isSettled = (attack: Attack, index: number): boolean => listWanted(attack, index).length === 0;

/** Walks at random until little new is met. */
function wander({ observations, tables, ...attack }: Attack): void {
  const countOpen = (): number =>
    observations.filter((_, index) => !isSettled({ observations, tables, ...attack }, index)).length;
  for (let open = countOpen(), before = Number.POSITIVE_INFINITY; open > 0 && open < before * 0.9; ) {
    tables.wander(40 * observations.length);
    before = open;
    open = countOpen();
  }
}

const listOpen = (attack: Attack): number[] =>
  attack.observations.flatMap((_, index) => (isSettled(attack, index) ? [] : [index]));

function seekAll(attack: Attack, tries: number): void {
  for (const index of listOpen(attack))
    for (const wanted of listWanted(attack, index)) {
      if (isSettled(attack, index)) break;
      attack.tables.seekFromHere(index, wanted, tries);
    }
}

/** Asks the solver about one count that no witness settled. */
async function ask(attack: Attack, index: number, asking: (wanted: number) => Promise<Reach>): Promise<Problem | null> {
  const nobody = attack.fixed[index] ?? 0;
  const rest = (attack.truth[index] ?? 0) - nobody;
  let undecided = false;
  for (const wanted of listWanted(attack, index)) {
    if (isSettled(attack, index)) return null;
    const answer = await asking(wanted);
    if (answer === 'possible') attack.tables.met[index]?.add(wanted);
    if (answer === 'not decided') undecided = true;
    if (wanted === nobody && rest > 0 && rest < threshold && answer === 'impossible') return 'presence';
  }
  if (isSettled(attack, index)) return null;
  return undecided ? 'not proven' : 'narrow';
}

/** Witnesses first, by chance and from the middle of what is shown; then the solver, for each count that is left. */
async function decide(attack: Attack, cases: readonly Case[], solve: Solve, seconds: number): Promise<Finding[]> {
  const { universe, observations, fixed, tables, reader } = attack;
  const toFinding = (problem: Problem, index: number): Finding => {
    const { key, of, release } = observations[index] as Observation;
    return { problem, key, of, release, reader };
  };
  wander(attack);
  if (listOpen(attack).length === 0) return [];
  const atoms = listAtoms(universe, cases);
  if (!atoms) return listOpen(attack).map((index) => toFinding('not proven', index));
  const system = createSystem(universe, atoms, fixed);
  const shown = observations.map((one) => one.shown);
  const middle = await system.findMiddle(shown, solve, seconds);
  if (middle) tables.moveTo(middle);
  for (const tries of [12, 60, 240]) seekAll(attack, tries);
  const findings: Finding[] = [];
  for (const index of listOpen(attack)) {
    const problem = await ask(attack, index, (wanted) => system.reach(index, wanted, solve, seconds));
    if (problem) findings.push(toFinding(problem, index));
  }
  return findings;
}

/** Every weakness found; none means that what is published is proven safe against these readers. */
export const audit = (input: AuditInput): Promise<Finding[]> => withSolver((solve) => auditWith(solve, input));

/** The same with a solver that is running already. */
export async function auditWith(solve: Solve, input: AuditInput): Promise<Finding[]> {
  const { releases, cases, elsewhere = [], partners = [], seconds = 5 } = input;
  const observations = listObservations(releases, elsewhere);
  const universe = createUniverse(
    releases.map(({ declaration }) => declaration),
    observations,
  );
  const outsider = createAttack(universe, cases, null);
  const findings = findFewChanges(input);
  if (!outsider.tables.agrees()) return [...findings, ...listFalse(outsider)];
  for (const reader of [null, ...partners]) {
    const attack = reader === null ? outsider : createAttack(universe, cases, reader);
    findings.push(...(await decide(attack, cases, solve, seconds)));
  }
  return findings;
}

const listFalse = ({ observations, truth }: Attack): Finding[] =>
  observations
    .filter(({ least, most }, i) => (truth[i] ?? 0) < least || (truth[i] ?? 0) > most)
    .map(({ key, of, release }) => ({ problem: 'false', key, of, release, reader: null }));
