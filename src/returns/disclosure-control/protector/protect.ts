/**
 * Protects the tables of one release: rounds them, has the auditor attack them together with all that is known, and tries
 * again until nothing is found. Where no rounding is safe, the cells that were found are not shown. What is not proven
 * safe in time is refused.
 *
 * Which cells are not shown depends on the counts: a reader who repeats the whole procedure for every table that could
 * be behind it may learn more than the auditor's readers do.
 */
import { type AuditInput, auditWith, type Case, type Finding, type KnownNumber, threshold } from '../auditor/index.ts';
import { countFacts } from '../counts.ts';
import {
  type CellKey,
  type Declaration,
  DeclarationError,
  getDeclarationDigest,
  type Layout,
  layOut,
} from '../declaration.ts';
import { base, fewer, type PublishedTables, type Shown, withheld } from '../published.ts';
import { type Solve, withSolver } from '../solver.ts';
import { type Rounding, roundTables, showRounded } from './rounding.ts';

export type ProtectInput = {
  readonly declaration: Declaration;
  /** Releases of the same cases that are already published, oldest first. */
  readonly earlier?: readonly PublishedTables[];
  /** Cases of all releases. This one is the last: its position is the number of earlier ones. */
  readonly cases: readonly Case[];
  readonly elsewhere?: readonly KnownNumber[];
  readonly partners?: readonly string[];
  /** Time for each question to the solver. */
  readonly seconds?: number;
  /** The same for the auditor alone, if it has another. */
  readonly auditorSeconds?: number;
};

export type Protection =
  | { readonly state: 'protected'; readonly tables: PublishedTables }
  /** Fewer than five people came or went: the last release stands, and this is no release of its own. */
  | { readonly state: 'unchanged'; readonly tables: PublishedTables }
  | { readonly state: 'refused'; readonly why: 'not finished' | 'not safe'; readonly findings: readonly Finding[] };

const attempts = 6;
const withholdingRounds = 6;

const isCounted = ({ from, until }: Case, release: number): boolean =>
  from <= release && (until === null || release < until);

export const countRelease = (layout: Layout, cases: readonly Case[], release: number): number[] =>
  countFacts(
    layout,
    cases.filter((one) => isCounted(one, release)).map(({ of }) => of),
  );

const toRounded = (shown: Shown): number | undefined => (shown === withheld ? undefined : shown === fewer ? 0 : shown);

const countChanged = (cases: readonly Case[], release: number): number =>
  new Set(
    cases.filter((one) => isCounted(one, release) !== isCounted(one, release - 1)).map(({ unit }, at) => unit ?? at),
  ).size;

/** Undefined where an earlier release counted codes that are no longer declared. */
function countEarlier(layout: Layout, cases: readonly Case[], release: number): number[] | undefined {
  try {
    return countRelease(layout, cases, release);
  } catch (error) {
    if (error instanceof DeclarationError) return undefined;
    throw error;
  }
}

/** What stays of earlier releases: rounded values by position, and whether one took the extra step. */
type Kept = { readonly values: ReadonlyMap<number, number>; readonly extraStep: boolean };

/**
 * A cell keeps the value that was published last while its count is the same: a change of the number alone would tell of
 * the rounding. Also one that the last release did not show and an earlier one did.
 */
function listKept(layout: Layout, { earlier = [], cases }: ProtectInput, now: readonly number[]): Kept {
  const values = new Map<number, number>();
  let extraStep = false;
  for (const [release, { method, cells }] of earlier.entries()) {
    const before = method.kind === 'rounded' ? countEarlier(layout, cases, release) : undefined;
    if (!before || method.kind !== 'rounded') continue;
    const shown = new Map(cells.map((cell) => [cell.key, cell.shown]));
    for (const [cell, { key }] of layout.cells.entries()) {
      const value = toRounded(shown.get(key) ?? withheld);
      if (value === undefined) continue;
      if (before[cell] !== now[cell]) values.delete(cell);
      else {
        values.set(cell, value);
        extraStep ||= method.extraStep;
      }
    }
  }
  return { values, extraStep };
}

/**
 * A partner knows its own part of a count. If one to four others are left, the number shown is the partner's own part
 * rounded up: it then agrees with no other case, and with more than four.
 */
function listPreferred(layout: Layout, counts: readonly number[], input: ProtectInput, release: number) {
  const preferred = new Map<number, number>();
  for (const partner of input.partners ?? []) {
    const own = countRelease(
      layout,
      input.cases.filter(({ agency }) => agency === partner),
      release,
    );
    for (const [cell, count] of counts.entries()) {
      const others = count - (own[cell] ?? 0);
      if (others > 0 && others < threshold) preferred.set(cell, Math.ceil((own[cell] ?? 0) / base) * base);
    }
  }
  return preferred;
}

const auditingSeconds = 20;

const toAudit = (input: ProtectInput, tables: PublishedTables): AuditInput => ({
  releases: [...(input.earlier ?? []), tables],
  cases: input.cases,
  elsewhere: input.elsewhere ?? [],
  partners: input.partners ?? [],
  seconds: input.auditorSeconds ?? input.seconds ?? auditingSeconds,
});

const hide = (tables: PublishedTables, keys: ReadonlySet<string>): PublishedTables => ({
  ...tables,
  cells: tables.cells.map((cell) => (keys.has(cell.key) ? { ...cell, shown: withheld } : cell)),
});

const roundingSeconds = 120;

/** Other tables or fewer numbers instead would depend on how busy the machine is: the same counts always give the same. */
export const notFinished: Protection = { state: 'refused', why: 'not finished', findings: [] };

export const isUndecided = (findings: readonly Finding[]): boolean =>
  findings.some(({ problem }) => problem === 'not proven');

/** Cells that are not shown stay so until nothing is found, or everything would go. */
async function withhold(
  solve: Solve,
  input: ProtectInput,
  tables: PublishedTables,
  findings: readonly Finding[],
): Promise<Protection> {
  let [shown, left] = [tables, findings];
  const hidden = new Set<CellKey>();
  for (let round = 0; round < withholdingRounds; round++) {
    const found = left.flatMap(({ key, problem }) => (key !== null && problem !== 'false' ? [key] : []));
    if (found.length !== left.length || found.every((key) => hidden.has(key))) break;
    for (const key of found) hidden.add(key);
    shown = hide(tables, hidden);
    left = await auditWith(solve, toAudit(input, shown));
    if (left.length === 0) return { state: 'protected', tables: shown };
    if (isUndecided(left)) return notFinished;
  }
  return { state: 'refused', why: 'not safe', findings: left };
}

/** One table, one solver: its thread ends with the table. */
export const protect = (input: ProtectInput): Promise<Protection> => withSolver((solve) => protectWith(solve, input));

async function protectWith(solve: Solve, input: ProtectInput): Promise<Protection> {
  const { declaration, earlier = [], cases } = input;
  const last = earlier.at(-1);
  const changed = countChanged(cases, earlier.length);
  // Other tables of the same people can be shown: their shared cells keep their numbers, or the tables are refused.
  const isNew = last && getDeclarationDigest(last.declaration) !== getDeclarationDigest(declaration);
  if (last && changed < threshold && !(isNew && changed === 0)) return { state: 'unchanged', tables: last };
  const layout = layOut(declaration);
  const release = earlier.length;
  const counts = countRelease(layout, cases, release);
  const kept = listKept(layout, input, counts);
  const preferred = listPreferred(layout, counts, input, release);
  const round = (wishes: object): Promise<Rounding> =>
    roundTables(layout, counts, { solve, seconds: input.seconds ?? roundingSeconds, preferred, ...wishes });
  let fewest: { readonly tables: PublishedTables; readonly findings: readonly Finding[] } | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    let rounded = await round({ attempt, kept: kept.values, extraStep: kept.extraStep });
    if (rounded === 'none adds up' && kept.values.size > 0 && changed > 0) rounded = await round({ attempt });
    if (rounded === 'not finished') return notFinished;
    if (rounded === 'none adds up') break;
    const tables = showRounded(layout, rounded);
    const findings = await auditWith(solve, toAudit(input, tables));
    if (findings.length === 0) return { state: 'protected', tables };
    if (isUndecided(findings)) return notFinished;
    if (!fewest || findings.length < fewest.findings.length) fewest = { tables, findings };
  }
  if (!fewest) return { state: 'refused', why: 'not safe', findings: [] };
  return withhold(solve, input, fewest.tables, fewest.findings);
}
