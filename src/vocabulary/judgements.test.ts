import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Decision, findClusters, inForce, mayDecide, mayUndo, pairOf, type Verdict } from './judgements.ts';

const made = (id: string, a: string, b: string, verdict: Verdict, undone = false): Decision => ({
  ...pairOf(a, b),
  ...{ id, verdict, undone },
});
const refusalOf = (answer: ReturnType<typeof mayDecide>): string => (answer.ok ? 'done' : answer.refusal);

test('no decision overrules another person’s: it has to be undone first', () => {
  const joined = [made('1', 'a', 'b', 'same'), made('2', 'b', 'c', 'same')];
  const cases: readonly [decisions: readonly Decision[], asked: Decision, expected: string][] = [
    [[], made('9', 'a', 'b', 'same'), 'done'],
    [joined, made('9', 'a', 'c', 'same'), 'done'],
    [joined, made('9', 'a', 'c', 'open'), 'done'],
    [joined, made('9', 'a', 'c', 'apart'), 'joined'],
    [joined, made('9', 'a', 'b', 'apart'), 'done'],
    [joined, made('9', 'b', 'a', 'same'), 'decided so'],
    [[made('1', 'a', 'b', 'same'), made('2', 'a', 'c', 'apart')], made('9', 'b', 'c', 'same'), 'kept apart'],
    [[made('1', 'a', 'b', 'same'), made('2', 'a', 'c', 'apart', true)], made('9', 'b', 'c', 'same'), 'done'],
    [[made('1', 'a', 'b', 'apart')], made('9', 'a', 'b', 'same'), 'done'],
  ];
  for (const [decisions, asked, expected] of cases)
    assert.equal(refusalOf(mayDecide(decisions, asked)), expected, JSON.stringify(asked));
});

test('only the last decision of a pair is undone, and what stood before must still be possible', () => {
  const twice = [made('1', 'a', 'b', 'same'), made('2', 'a', 'b', 'apart')];
  assert.equal(refusalOf(mayUndo(twice, '1')), 'not the last');
  assert.equal(refusalOf(mayUndo(twice, '2')), 'done');
  assert.equal(refusalOf(mayUndo([...twice.slice(0, 1), made('2', 'a', 'b', 'apart', true)], '2')), 'not the last');
  const since = [...twice, made('3', 'b', 'c', 'same'), made('4', 'a', 'c', 'apart')];
  assert.equal(refusalOf(mayUndo(since, '2')), 'kept apart', 'a and b would be the same again');
  assert.equal(refusalOf(mayUndo([], '7')), 'not the last');
});

/** Small and seeded, so that a failure can be repeated. */
function createRandom(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % most;
  };
}

test('random sequences keep every decision that stands, and an undo gives back what was before', () => {
  const ids = [...'abcdefg'];
  let [done, undone, refused] = [0, 0, 0];
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = createRandom(seed);
    let decisions: Decision[] = [];
    let latest = { id: '', before: '' };
    const seen = (): string => JSON.stringify([...findClusters(ids, inForce(decisions))]);
    for (let step = 0; step < 40; step += 1) {
      const id = String(step);
      if (random(3) === 0) {
        const asked = decisions[random(decisions.length + 1)]?.id ?? '';
        if (!mayUndo(decisions, asked).ok) {
          refused += 1;
          continue;
        }
        decisions = decisions.map((one) => (one.id === asked ? { ...one, undone: true } : one));
        undone += 1;
        if (latest.id === asked) assert.equal(seen(), latest.before, `seed ${seed}: the undo is exact`);
        latest = { id: '', before: '' };
      } else {
        const [a, b] = [ids[random(ids.length)] ?? 'a', ids[random(ids.length)] ?? 'b'];
        const asked = made(id, a, b, (['same', 'apart', 'open'] as const)[random(3)] ?? 'open');
        if (a === b || !mayDecide(decisions, asked).ok) {
          refused += 1;
          continue;
        }
        latest = { id, before: seen() };
        decisions = [...decisions, asked];
        done += 1;
      }
      const clusters = findClusters(ids, inForce(decisions));
      for (const { one, other, verdict } of inForce(decisions)) {
        if (verdict === 'same') assert.equal(clusters.get(one), clusters.get(other), `seed ${seed}, step ${step}`);
        if (verdict === 'apart') assert.notEqual(clusters.get(one), clusters.get(other), `seed ${seed}, step ${step}`);
      }
    }
  }
  assert.ok(done > 3_000 && undone > 500 && refused > 500, `${done} done, ${undone} undone, ${refused} refused`);
});
