/**
 * Protects the tables of one release: rounds them, has the auditor attack them together with all that is known, and tries
 * again until nothing is found. Where no rounding is safe, the cells that were found are not shown. What is not proven
 * safe in time is refused.
 *
 * Which cells are not shown depends on the counts: a reader who repeats the whole procedure for every table that could
 * be behind it may learn more than the auditor's readers do.
 */
import { type AuditInput, audit, type Case, type Finding, type KnownNumber, threshold } from '../auditor/index.ts';
import { countFacts } from '../counts.ts';
import { type Declaration, getDeclarationDigest, type Layout, layOut } from '../declaration.ts';
import { base, fewer, type PublishedTables, type Shown, withheld } from '../published.ts';
import { type Solve, withSolver } from '../solver.ts';
import { type Rounded, roundTables, showRounded } from './rounding.ts';

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
};

export type Protection =
  | { readonly state: 'protected'; readonly tables: PublishedTables }
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

/** Unchanged cells keep the value that is published: a change of the number alone would tell of the rounding. */
function listKept(
  layout: Layout,
  earlier: readonly PublishedTables[],
  before: readonly number[],
  now: readonly number[],
) {
  const last = earlier.at(-1);
  if (last?.method.kind !== 'rounded') return new Map<number, number>();
  const shown = new Map(last.cells.map((cell) => [cell.key, cell.shown]));
  const kept = layout.cells.flatMap(({ key }, cell): [number, number][] => {
    const value = before[cell] === now[cell] ? toRounded(shown.get(key) ?? withheld) : undefined;
    return value === undefined ? [] : [[cell, value]];
  });
  return new Map(kept);
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

const toAudit = (input: ProtectInput, tables: PublishedTables): AuditInput => ({
  releases: [...(input.earlier ?? []), tables],
  cases: input.cases,
  elsewhere: input.elsewhere ?? [],
  partners: input.partners ?? [],
  ...(input.seconds !== undefined && { seconds: input.seconds }),
});

const hide = (tables: PublishedTables, keys: ReadonlySet<string>): PublishedTables => ({
  ...tables,
  cells: tables.cells.map((cell) => (keys.has(cell.key) ? { ...cell, shown: withheld } : cell)),
});

/** Cells that are not shown stay so until nothing is found, or everything would go. */
async function withhold(
  input: ProtectInput,
  tables: PublishedTables,
  findings: readonly Finding[],
): Promise<Protection> {
  let [shown, left] = [tables, findings];
  const hidden = new Set<string>();
  for (let round = 0; round < withholdingRounds; round++) {
    const found = left.flatMap(({ key, problem }) => (key !== null && problem !== 'false' ? [key] : []));
    if (found.length !== left.length || found.every((key) => hidden.has(key))) break;
    for (const key of found) hidden.add(key);
    shown = hide(tables, hidden);
    left = await audit(toAudit(input, shown));
    if (left.length === 0) return { state: 'protected', tables: shown };
  }
  return { state: 'refused', why: 'not safe', findings: left };
}

const roundingSeconds = 120;

export async function protect(input: ProtectInput): Promise<Protection> {
  const { declaration, earlier = [], cases } = input;
  const layout = layOut(declaration);
  const release = earlier.length;
  const counts = countRelease(layout, cases, release);
  const sameTables = earlier.at(-1)?.declaration;
  const isSame = sameTables && getDeclarationDigest(sameTables) === getDeclarationDigest(declaration);
  const kept = isSame ? listKept(layout, earlier, countRelease(layout, cases, release - 1), counts) : new Map();
  const preferred = listPreferred(layout, counts, input, release);
  const round = (solve: Solve, wishes: object): Promise<Rounded | undefined> =>
    roundTables(layout, counts, { solve, seconds: input.seconds ?? roundingSeconds, preferred, ...wishes });
  let fewest: { readonly tables: PublishedTables; readonly findings: readonly Finding[] } | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const rounded = await withSolver(
      async (solve) =>
        (await round(solve, { attempt, kept })) ?? (kept.size > 0 ? round(solve, { attempt }) : undefined),
    );
    if (!rounded) break;
    const tables = showRounded(layout, rounded);
    const findings = await audit(toAudit(input, tables));
    if (findings.length === 0) return { state: 'protected', tables };
    if (!fewest || findings.length < fewest.findings.length) fewest = { tables, findings };
    // What another rounding cannot mend.
    if (findings.some(({ problem }) => problem === 'few changes')) break;
  }
  if (!fewest) return { state: 'refused', why: 'not finished', findings: [] };
  return withhold(input, fewest.tables, fewest.findings);
}
