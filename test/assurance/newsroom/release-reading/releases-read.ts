/** `releases read`: releases with facts written beside them, read and scored. Ours are invented; a folder of real ones may be named. */

import { type Effort, type Row, row } from '../../../harness/assurance.ts';
import { type KindScore, type Score, scoreFolder } from './published-facts.ts';

export const invented = new URL('../../../../src/newsroom/release-reading/fixtures/invented', import.meta.url).pathname;

const precisionWanted = 0.98;
const recallWanted = 0.8;
const longest = 50;

export function totalsOf(scores: readonly Score[]) {
  const sum = (of: (score: Score) => number): number => scores.reduce((total, score) => total + of(score), 0);
  const [wanted, right, claimed, wrong] = [
    sum((score) => score.wanted),
    sum((score) => score.right),
    sum((score) => score.claimed),
    sum((score) => score.wrong.length),
  ];
  return {
    wanted,
    wrong,
    recall: wanted === 0 ? 1 : right / wanted,
    precision: claimed === 0 ? 1 : (claimed - wrong) / claimed,
  };
}

/** The same by kind of fact, over all releases. */
export function kindsOf(scores: readonly Score[]): [string, KindScore][] {
  const kinds = new Map<string, KindScore>();
  for (const [kind, { wanted, right, wrong }] of scores.flatMap((score) => [...score.kinds])) {
    const all = kinds.get(kind) ?? { wanted: 0, right: 0, wrong: 0 };
    kinds.set(kind, { wanted: all.wanted + wanted, right: all.right + right, wrong: all.wrong + wrong });
  }
  return [...kinds].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The rows for one folder: all its releases together, then each. The time is the best of six: other programs disturb. */
function rowsOf(name: string, folder: string): Row[] {
  const scores = scoreFolder(folder);
  const again = Array.from({ length: 5 }, () => scoreFolder(folder));
  const bestOf = (index: number): number => Math.min(...again.map((run) => run[index]?.ms ?? Number.POSITIVE_INFINITY));
  const { wanted, wrong, precision, recall } = totalsOf(scores);
  const slowest = Math.max(...scores.map((_, index) => bestOf(index)));
  const odd = scores.flatMap((score) => score.wrong)[0];
  return [
    row(
      `Releases read, ${name}: precision and recall`,
      `${precision.toFixed(3)} and ${recall.toFixed(3)} of ${wanted} facts in ${scores.length} releases`,
      scores.length > 0 && precision >= precisionWanted && recall >= recallWanted,
    ),
    row(`Releases read, ${name}: claims that fit no fact`, odd ? `${wrong}, as ${odd}` : `${wrong}`, wrong === 0),
    row(`Releases read, ${name}: longest time for one release`, `${Math.round(slowest)} ms`, slowest < longest),
    ...kindsOf(scores).map(([kind, { wanted: all, right, wrong: odd }]) =>
      row(`  ${kind}: facts read`, `${right} of ${all}, ${odd} wrong`, true),
    ),
    ...scores.map((score) =>
      row(
        `  ${score.file}`,
        `${score.right} of ${score.wanted} facts, ${score.wrong.length} wrong, ${score.unread} figures not read`,
        true,
      ),
    ),
  ];
}

/** `--folder`: releases and their facts.json, which the repository does not hold since they are other people's. */
export async function assureReleasesRead({ folder }: Effort): Promise<Row[]> {
  return [...rowsOf('invented', invented), ...(folder ? rowsOf('the folder named', folder) : [])];
}
