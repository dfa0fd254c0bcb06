import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemberId } from '../../vocabulary/ids.ts';
import {
  assignTask,
  checkStart,
  countArrivals,
  derivedId,
  endings,
  endTask,
  handOverTask,
  type Task,
  taskKinds,
} from './action.ts';

const nurse = 'nurse' as MemberId;
const other = 'other' as MemberId;
const at = new Date('2026-09-18T11:00:00Z');
const open = {
  way: 'a thing to do',
  ending: null,
  takenBy: null,
  takenAt: null,
  handoverId: null,
  doneAt: null,
} as Task;
const held = <Value>(result: { ok: boolean; value?: Value; refusal?: string }): Value => {
  assert.ok(result.ok, result.refusal);
  return result.value as Value;
};

test('the last member to take an action has it; handing over leaves it untaken', () => {
  const hers = held(assignTask(open, nurse, at));
  assert.equal(hers.takenBy, nurse);
  assert.equal(held(assignTask(hers, other, at)).takenBy, other);
  const handed = held(handOverTask(hers, 'h' as never));
  assert.deepEqual([handed.takenBy, handed.takenAt, handed.handoverId], [null, null, 'h']);
  assert.equal(held(assignTask(handed, other, at)).handoverId, 'h', 'it stays with the handover that left it');
});

test('an ended action cannot be taken, handed over or ended again, and each kind has its own endings', () => {
  for (const way of taskKinds)
    for (const ending of taskKinds.flatMap((one) => endings[one])) {
      const ended = endTask({ ...open, way }, { ending, endedWith: null }, nurse, at);
      assert.equal(ended.ok, (endings[way] as readonly string[]).includes(ending), `${way}: ${ending}`);
      if (!ended.ok) continue;
      assert.equal(ended.value.doneBy, nurse);
      for (const again of [
        assignTask(ended.value, nurse, at),
        handOverTask(ended.value, 'h' as never),
        endTask(ended.value, { ending, endedWith: null }, nurse, at),
      ])
        assert.deepEqual(again, { ok: false, refusal: 'done already' });
    }
});

test('refuses a start in the future, and an end before the start', () => {
  const [before, after] = [new Date(at.getTime() - 1), new Date(at.getTime() + 1)];
  assert.ok(checkStart(before, at, at).ok);
  assert.deepEqual(checkStart(at, before, at), { ok: false, refusal: 'ends before it begins' });
  assert.deepEqual(checkStart(before, after, at), { ok: false, refusal: 'not yet' });
});

test('rows of one form have ids of their own, the same each time', () => {
  const id = 'b7b3a1f0-3c0c-4d6b-9a63-0d1e8a1c2f00';
  const made = Array.from({ length: 20 }, (_, nth) => derivedId(id, nth));
  assert.equal(new Set(made).size, 20);
  assert.ok(made.every((one) => /^[0-9a-f-]{36}$/.test(one)));
  assert.deepEqual(
    made,
    Array.from({ length: 20 }, (_, nth) => derivedId(id, nth)),
  );
});

test('counts people who were not asked, and not as helped', () => {
  const now = new Date('2026-12-31T12:00:00Z');
  const due = new Date('2026-12-01T17:00:00Z');
  const asked = (ending: Task['ending']) => ({ ending, doneAt: now, dueAt: due });
  const counted = countArrivals(
    [
      asked('the help arrived'),
      asked('part of it arrived'),
      asked('it did not arrive'),
      asked('asking was not safe'),
      asked('nobody could be reached'),
      asked('the person did not want it'),
      { ending: null, doneAt: null, dueAt: due },
      { ending: null, doneAt: null, dueAt: new Date('2027-01-01T17:00:00Z') },
      { ending: 'the help arrived', doneAt: now, dueAt: new Date('2027-01-01T17:00:00Z') },
    ],
    now,
  );
  assert.deepEqual(counted, {
    due: 8,
    asked: 5,
    arrived: 2,
    partly: 1,
    notArrived: 1,
    notWanted: 1,
    notAnswered: 2,
    notAsked: 1,
  });
});
