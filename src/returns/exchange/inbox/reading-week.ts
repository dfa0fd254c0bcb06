/** Reads a week with all that came for it, and judges and adds it. Four queries, however much came. */
import type { AnyTables, Reader } from '../../../platform/database/database.ts';
import {
  type CameDocument,
  getWeek,
  type KeptDecision,
  listDecisions,
  listKept,
  listKeys,
  type NamedWeek,
  toDecisions,
} from '../store.ts';
import { type Judged, judgeWeek } from './inbox.ts';
import { listPairs, type PairList } from './joint-visits.ts';
import { type RollUp, rollUp } from './roll-up.ts';

export type ReadWeek = PairList & {
  readonly week: NamedWeek;
  readonly kept: readonly CameDocument[];
  readonly judged: Judged;
  readonly rolled: RollUp;
  readonly decisions: readonly KeptDecision[];
};

export async function readWeek(db: Reader<AnyTables>, id: string, now: Date): Promise<ReadWeek> {
  const week = await getWeek(db, id);
  const keys = await listKeys(db);
  const kept = await listKept(db, week.id);
  const decisions = await listDecisions(db, week.id);
  const judged = judgeWeek(week, { keys, documents: kept }, now);
  const answers = toDecisions(decisions);
  const rolled = rollUp(judged, answers);
  return { week, kept, judged, rolled, decisions, ...listPairs(rolled.added, answers) };
}

export const countOpenPairs = ({
  pairs,
  unlisted,
  decisions,
}: Pick<ReadWeek, 'pairs' | 'unlisted' | 'decisions'>): number => {
  const answers = toDecisions(decisions);
  return unlisted + pairs.filter(({ key }) => !answers.has(key)).length;
};
