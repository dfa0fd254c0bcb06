/** Reads a week and its parts with all that came for them and for the week around them, and judges and adds them. Seven queries, however much came. */
import type { AnyTables, Reader } from '../../../platform/database/database.ts';
import {
  type CameDocument,
  type ExchangeWeekId,
  getWeek,
  type KeptDecision,
  listDecisions,
  listKept,
  listKeys,
  listParts,
  type NamedWeek,
  toDecisions,
} from '../store.ts';
import { countOnce, type Judged, type ReadableReturn, type ReporterLine, reporterKey, type Verdict } from './inbox.ts';
import { listPairs, type PairDecisions, type PairList } from './joint-visits.ts';
import { judgeWithNewer } from './newer-elsewhere.ts';
import { type RollUp, rollUp } from './roll-up.ts';

/** A week that is part of another, as its own page adds it. */
export type WeekPart = { readonly week: NamedWeek; readonly judged: Judged; readonly rolled: RollUp };

/** A newer version of a return of this week that came to a week around it. */
export type NewerReturn = { readonly came: Pick<CameDocument, 'id' | 'document'>; readonly to: NamedWeek };

export type ReadWeek = PairList & {
  readonly week: NamedWeek;
  /** The week that it is part of. */
  readonly parent: NamedWeek | undefined;
  /** Of the week and its parts. */
  readonly kept: readonly CameDocument[];
  /** Of its own documents, and of newer versions of them that came to a week around it, in its own window. */
  readonly judged: Judged;
  readonly newer: readonly NewerReturn[];
  /** What counts of its own and of its parts: each operation once. */
  readonly counted: readonly ReadableReturn[];
  /** Returns of an operation that two weeks contradict each other on, or that came from two reporters. */
  readonly contradicted: readonly ReadableReturn[];
  /** Reporters of the week and of its parts. */
  readonly lines: readonly ReporterLine[];
  readonly parts: readonly WeekPart[];
  /** Its own documents alone, where it has parts. */
  readonly alone: RollUp | undefined;
  readonly rolled: RollUp;
  readonly decisions: readonly KeptDecision[];
};

/** Weeks whose decisions hold here: one on a pair of returns holds in the week, in its parts and in the week that it is part of. */
export const listDeciding = ({
  week,
  parent,
  parts,
}: Pick<ReadWeek, 'week' | 'parent'> & {
  readonly parts: readonly Pick<WeekPart, 'week'>[];
}): readonly ExchangeWeekId[] =>
  [week, ...(parent ? [parent] : []), ...parts.map((part) => part.week)].map(({ id }) => id);

export async function readWeek(db: Reader<AnyTables>, id: string, now: Date): Promise<ReadWeek> {
  const week = await getWeek(db, id);
  const parent = week.parentId ? await getWeek(db, week.parentId) : undefined;
  const inside = await listParts(db, week.id);
  const beside = parent ? await listParts(db, parent.id) : [];
  const family = [week, ...inside, ...(parent ? [parent] : []), ...beside.filter((one) => one.id !== week.id)];
  const keys = await listKeys(db);
  const all = await listKept(
    db,
    family.map(({ id: one }) => one),
  );
  const decisions = await listDecisions(
    db,
    listDeciding({ week, parent, parts: inside.map((part) => ({ week: part })) }),
  );
  const answers = toDecisions(decisions);
  const judge = (one: NamedWeek) => judgeWithNewer(one, { keys, kept: all }, now);
  const { judged, newer } = judge(week);
  const parts = inside.map((part): WeekPart => {
    const own = judge(part).judged;
    return { week: part, judged: own, rolled: rollUp(own, answers) };
  });
  const here = new Set<string>([week, ...inside].map(({ id: one }) => one));
  return {
    ...{ week, parent, parts, decisions },
    judged: parts.length > 0 ? { ...judged, lines: judged.lines.map((line) => takeFromParts(line, parts)) } : judged,
    newer: newer.flatMap((came) => family.filter(({ id: one }) => one === came.weekId).map((to) => ({ came, to }))),
    kept: all.filter(({ weekId }) => here.has(weekId)),
    alone: parts.length > 0 ? rollUp(judged, answers) : undefined,
    ...addTogether([judged, ...parts.map((part) => part.judged)], answers),
  };
}

/** A week with its parts: each operation once. */
function addTogether(all: readonly Judged[], answers: PairDecisions) {
  const [judged] = all;
  const readable = [...new Map(all.flatMap((one) => one.readable).map((one) => [one.id, one])).values()];
  const { counted, verdicts } = judged && all.length === 1 ? judged : countOnce(readable);
  const rolled = rollUp({ counted }, answers);
  return {
    ...{ counted, rolled, lines: joinLines(all) },
    contradicted: all.flatMap((one) => one.counted).filter(({ id }) => refused.includes(verdicts.get(id))),
    ...listPairs(rolled.added, answers),
  };
}

/** A reporter of the larger week that sent its return to a part has sent it. */
function takeFromParts(line: ReporterLine, parts: readonly WeekPart[]): ReporterLine {
  if (line.state !== 'waiting' && line.state !== 'missing') return line;
  const there = parts.flatMap((part) =>
    part.judged.lines
      .filter(({ reporter }) => reporterKey(reporter) === reporterKey(line.reporter))
      .map((found) => ({ ...found, reporter: line.reporter, expected: line.expected, inPart: part.week.name })),
  );
  return there.find(({ counted }) => counted.length > 0) ?? there.find(({ expected }) => expected) ?? line;
}

const refused: readonly (Verdict | undefined)[] = ['contradiction', 'operation of another reporter'];

/** A reporter that two weeks expect is one. */
function joinLines(all: readonly Judged[]): readonly ReporterLine[] {
  const lines = Map.groupBy(
    all.flatMap((one) => one.lines),
    ({ reporter }) => reporterKey(reporter),
  );
  return [...lines.values()].flatMap(([line, ...others]) =>
    line
      ? {
          ...line,
          expected: [line, ...others].some(({ expected }) => expected),
          counted: [line, ...others].flatMap(({ counted }) => counted),
        }
      : [],
  );
}

export const countOpenPairs = ({
  pairs,
  unlisted,
  decisions,
}: Pick<ReadWeek, 'pairs' | 'unlisted' | 'decisions'>): number => {
  const answers = toDecisions(decisions);
  return unlisted + pairs.filter(({ key }) => !answers.has(key)).length;
};
