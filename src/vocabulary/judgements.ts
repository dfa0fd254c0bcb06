/** What members decided about pairs, and the clusters that follow from it. Pure. No rule decides: a pair is the same, or kept apart, because a person said so, and each decision can be undone. */
import { accept, type Result, refuse } from './result.ts';

export const verdicts = ['same', 'apart', 'open'] as const;
export type Verdict = (typeof verdicts)[number];

export type Pair = { readonly one: string; readonly other: string };
export type Decision = Pair & { readonly id: string; readonly verdict: Verdict; readonly undone: boolean };
export type Judgement = Pair & { readonly verdict: Verdict };

/** The lesser id first. */
export const pairOf = (a: string, b: string): Pair => (a < b ? { one: a, other: b } : { one: b, other: a });
const keyOf = ({ one, other }: Pair): string => `${one} ${other}`;
const isOf =
  (pair: Pair) =>
  (asked: Pair): boolean =>
    keyOf(asked) === keyOf(pair);

/** Of each pair the last decision that was not undone. Takes decisions in the order in which they were made. */
export function inForce(decisions: readonly Decision[]): readonly Judgement[] {
  const last = new Map<string, Judgement>();
  for (const { one, other, verdict, undone } of decisions) {
    const pair = { one, other, verdict };
    // The later of two stands where the earlier one stood.
    if (!undone) last.set(keyOf(pair), pair);
  }
  return [...last.values()];
}

/** Id → the least id of its cluster: all that are joined by “same”, directly or through others. */
export function findClusters(ids: readonly string[], judgements: readonly Judgement[]): ReadonlyMap<string, string> {
  const parent = new Map<string, string>(ids.map((id) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    parent.set(id, at);
    return at;
  };
  for (const { one, other, verdict } of judgements) {
    if (verdict !== 'same') continue;
    const [a, b] = [root(one), root(other)];
    // The least id is the root, so that the order of decisions does not matter.
    if (a < b) parent.set(b, a);
    else parent.set(a, b);
  }
  return new Map([...parent.keys()].map((id) => [id, root(id)]));
}

/** The pairs kept apart whose two ends are in one cluster. */
function findContradictions(judgements: readonly Judgement[]): readonly Judgement[] {
  const clusters = findClusters([], judgements);
  const clusterOf = (id: string): string => clusters.get(id) ?? id;
  return judgements.filter(({ one, other, verdict }) => verdict === 'apart' && clusterOf(one) === clusterOf(other));
}

export type JudgementRefusal = 'kept apart' | 'joined' | 'decided so' | 'not the last';

const consistent = (judgements: readonly Judgement[], verdict: Verdict | undefined): Result<true, JudgementRefusal> =>
  findContradictions(judgements).length === 0 ? accept(true) : refuse(verdict === 'apart' ? 'joined' : 'kept apart');

/** Whether a member may decide so: not against a decision about other pairs, which is to be undone first. A decision about the same pair is replaced. */
export function mayDecide(decisions: readonly Decision[], asked: Judgement): Result<true, JudgementRefusal> {
  const now = inForce(decisions);
  if (now.find(isOf(asked))?.verdict === asked.verdict) return refuse('decided so');
  return consistent([...now.filter((one) => !isOf(asked)(one)), asked], asked.verdict);
}

/** Whether a decision may be undone: the last of its pair that stands. What the pair was before then stands again, unless it contradicts what was decided since. */
export function mayUndo(decisions: readonly Decision[], id: string): Result<true, JudgementRefusal> {
  const decision = decisions.find((one) => one.id === id);
  const ofPair = decision ? decisions.filter(isOf(decision)).filter(({ undone }) => !undone) : [];
  if (!decision || ofPair.at(-1)?.id !== id) return refuse('not the last');
  const before = decisions.map((one) => (one.id === id ? { ...one, undone: true } : one));
  return consistent(inForce(before), inForce(before).find(isOf(decision))?.verdict);
}
