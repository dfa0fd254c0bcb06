import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDue, type HomeItem, homeRow, sortHomeItems } from './home-item.ts';

const now = new Date('2026-11-28T10:00:00Z');
const item = (what: string, more: Partial<HomeItem> = {}): HomeItem => ({
  what,
  status: 'to do',
  href: '/staff',
  count: 1,
  ...more,
});
const titles = (items: readonly HomeItem[]): string[] => sortHomeItems(items).map(({ what }) => what);

test('urgent items come first, then pressing ones, then the others by deadline, and those without one last', () => {
  const items = [
    item('without'),
    item('next week', { due: '2026-12-05' }),
    item('today', { due: '2026-11-28' }),
    item('in an hour', { due: new Date('2026-11-28T11:00:00Z') }),
    item('late', { due: new Date('2026-11-27T11:00:00Z') }),
    item('pressing without', { urgency: 'pressing' }),
    item('pressing soon', { urgency: 'pressing', due: '2026-11-29' }),
    item('urgent', { urgency: 'urgent' }),
  ];
  assert.deepEqual(titles(items), [
    ...['urgent', 'pressing soon', 'pressing without'],
    ...['late', 'in an hour', 'today', 'next week', 'without'],
  ]);
});

test('sorting keeps every item', () => {
  const anItem = fc.record({
    what: fc.string(),
    due: fc.option(fc.date({ noInvalidDate: true })),
    urgency: fc.constantFrom(undefined, 'urgent' as const, 'pressing' as const),
  });
  fc.assert(
    fc.property(fc.array(anItem), (drawn) => {
      const items = drawn.map(({ what, ...more }) => item(what, more));
      assert.deepEqual(new Set(sortHomeItems(items)), new Set(items));
    }),
  );
});

test('a moment is overdue from that moment on, and a day when it is over', () => {
  const overdue = (due: Date | string | undefined) => homeRow(item('x', { due }), now).overdue;
  assert.equal(overdue(now), true);
  assert.equal(overdue(new Date(now.getTime() + 1)), false);
  assert.equal(overdue('2026-11-27'), true);
  assert.equal(overdue('2026-11-28'), false);
  assert.equal(overdue(undefined), false);
});

test('days near today have names, and midnight is the end of the day before', () => {
  for (const [due, words] of [
    [new Date('2026-11-28T14:30:00Z'), 'Today at 14:30'],
    ['2026-11-28', 'Today'],
    ['2026-11-29', 'Tomorrow'],
    [new Date('2026-11-27T09:00:00Z'), 'Yesterday at 09:00'],
    [new Date('2026-11-29T00:00:00Z'), 'Today'],
    [new Date('2026-12-03T17:00:00Z'), '3 December 2026 at 17:00'],
    ['2027-01-04', '4 January 2027'],
  ] as const)
    assert.equal(formatDue(due, now), words);
});
