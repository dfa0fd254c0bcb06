/** Reads a week and its parts with all that came for them, and judges and adds them. Six queries, however much came. */
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
import {
  countOnce,
  type Judged,
  judgeWeek,
  type ReadableReturn,
  type ReporterLine,
  reporterKey,
  type Verdict,
} from './inbox.ts';
import { listPairs, type PairList } from './joint-visits.ts';
import { type RollUp, rollUp } from './roll-up.ts';

/** A week that is part of another, as its own page adds it. */
export type WeekPart = { readonly week: NamedWeek; readonly judged: Judged; readonly rolled: RollUp };

export type ReadWeek = PairList & {
  readonly week: NamedWeek;
  /** The week that it is part of. */
  readonly parent: NamedWeek | undefined;
  /** Of the week and its parts. */
  readonly kept: readonly CameDocument[];
  /** Of its own documents, in its own window. */
  readonly judged: Judged;
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
  const keys = await listKeys(db);
  const kept = await listKept(
    db,
    [week, ...inside].map(({ id: one }) => one),
  );
  const decisions = await listDecisions(
    db,
    listDeciding({ week, parent, parts: inside.map((part) => ({ week: part })) }),
  );
  const answers = toDecisions(decisions);
  const judge = (one: NamedWeek): Judged =>
    judgeWeek(one, { keys, documents: kept.filter(({ weekId }) => weekId === one.id) }, now);
  const judged = judge(week);
  const parts = inside.map((part): WeekPart => {
    const own = judge(part);
    return { week: part, judged: own, rolled: rollUp(own, answers) };
  });
  const all = [judged, ...parts.map((part) => part.judged)];
  const readable = all.flatMap((one) => one.readable);
  const { counted, verdicts } = parts.length > 0 ? countOnce(readable) : judged;
  const rolled = rollUp({ counted }, answers);
  return {
    ...{ week, parent, kept, judged, counted, parts, rolled, decisions },
    contradicted: all.flatMap((one) => one.counted).filter(({ id: one }) => refused.includes(verdicts.get(one))),
    lines: joinLines(all),
    alone: parts.length > 0 ? rollUp(judged, answers) : undefined,
    ...listPairs(rolled.added, answers),
  };
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
