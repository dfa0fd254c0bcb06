import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExchangeWeekId } from '../store.ts';
import { checkPart, listPossibleParents, mostParts } from './part-of.ts';

const weekOf = (id: string, parent: string | null = null, dates = ['2026-09-14', '2026-09-20']) => ({
  id: id as ExchangeWeekId,
  parentId: parent as ExchangeWeekId | null,
  startsOn: dates[0] ?? '',
  endsOn: dates[1] ?? '',
});
const said = (week: ReturnType<typeof weekOf>, ...others: ReturnType<typeof weekOf>[]): string => {
  const placed = checkPart(week, [week, ...others]);
  return placed.ok ? 'ok' : placed.refusal;
};

test('a week is part of one that is part of none, with dates that meet', () => {
  const whole = weekOf('whole');
  assert.equal(said(weekOf('a'), whole), 'ok');
  assert.equal(said(weekOf('a', 'whole'), whole), 'ok');
  assert.equal(said(weekOf('a', 'whole', ['2026-09-20', '2026-10-02']), whole), 'ok', 'its own window can be longer');
  assert.equal(said(weekOf('a', 'whole', ['2026-09-21', '2026-10-02']), whole), 'other dates');
  assert.equal(said(weekOf('a', 'a'), whole), 'part of itself');
  assert.equal(said(weekOf('a', 'gone'), whole), 'not there');
  assert.equal(said(weekOf('a', 'b'), whole, weekOf('b', 'whole')), 'is a part');
  assert.equal(said(weekOf('a', 'whole'), whole, weekOf('b', 'a')), 'has parts');
  const many = Array.from({ length: mostParts }, (_, index) => weekOf(`part ${index}`, 'whole'));
  assert.equal(said(weekOf('a', 'whole'), whole, ...many), 'too many parts');
});

test('the form offers what the week can be part of', () => {
  const weeks = [weekOf('whole'), weekOf('a', 'whole'), weekOf('other')];
  const offered = (id: string | undefined) => listPossibleParents(weeks, id).map((one) => String(one.id));
  assert.deepEqual(offered(undefined), ['whole', 'other']);
  assert.deepEqual(offered('a'), ['whole', 'other']);
  assert.deepEqual(offered('whole'), [], 'it has parts');
});
