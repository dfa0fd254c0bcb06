import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTimelessId } from '../vocabulary/ids.ts';
import {
  compareReports,
  hoursToWait,
  isOverdue,
  mayWrite,
  messageKinds,
  queues,
  type Report,
  type ReportState,
  states,
} from './report.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 8, 18, hour));
const report = (more: Partial<Report> = {}): Report => ({
  id: newTimelessId(),
  agencyId: newTimelessId(),
  way: 'public form',
  receivedAt: at(9),
  actedAt: at(9),
  dueAt: at(17),
  danger: false,
  queue: 'first',
  state: 'open',
  unread: true,
  answerable: true,
  ...more,
});

test('what may be written to whom, by the state of the report', () => {
  const cases: [ReportState, boolean, readonly string[]][] = [
    ['open', true, ['asked', 'open', 'closed']],
    ['asked', true, ['asked', 'open', 'closed']],
    ['closed', true, ['closed', 'closed', 'closed']],
    ['withdrawn', true, ['withdrawn', 'withdrawn', 'withdrawn']],
    ['open', false, ['nobody can read it', 'nobody can read it', 'closed']],
  ];
  for (const [state, answerable, expected] of cases)
    for (const [index, kind] of messageKinds.entries()) {
      const written = mayWrite({ state, answerable }, kind);
      assert.equal(written.ok ? written.value : written.refusal, expected[index], `${state} ${answerable} ${kind}`);
    }
});

test('danger is never behind anything that is not, and the second queue is behind the first', () => {
  const every = states.flatMap((state) =>
    queues.flatMap((queue) =>
      [true, false].flatMap((danger) =>
        [9, 12].map((hour) => report({ state, queue, danger, dueAt: at(hour), unread: state === 'open' })),
      ),
    ),
  );
  const sorted = every.toSorted(compareReports);
  const open = sorted.filter(({ state }) => state === 'open');
  assert.deepEqual(sorted.slice(0, open.length), open, 'what waits stands before what does not');
  assert.deepEqual(
    open.map(({ danger, queue, dueAt }) => [danger, queue, dueAt.getUTCHours()]),
    [true, false].flatMap((danger) => queues.flatMap((queue) => [9, 12].map((hour) => [danger, queue, hour]))),
  );
});

test('danger waits an hour however it came, and a flood longer than an honest report', () => {
  assert.equal(hoursToWait(8, true, 'first'), 1);
  assert.equal(hoursToWait(8, true, 'second'), 1);
  assert.equal(hoursToWait(8, false, 'first'), 8);
  assert.ok(hoursToWait(8, false, 'second') > 8);
});

test('only what waits can be late', () => {
  assert.ok(isOverdue(report(), at(17)));
  assert.ok(!isOverdue(report(), at(16)));
  assert.ok(!isOverdue(report({ state: 'closed', unread: false }), at(20)));
  assert.ok(isOverdue(report({ state: 'closed', unread: true }), at(20)), 'the reporter wrote again');
});
