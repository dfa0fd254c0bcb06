import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../vocabulary/ids.ts';
import type { Mention } from './mentions.ts';
import { timelineOf, timelineSection } from './timeline.ts';

const mention = (happenedFrom: string, happenedTo = happenedFrom, number = '07700 900123', id = newId()): Mention =>
  ({
    entity: { id: newId(), content: { kind: 'phone', number } },
    item: { id, sourceEvaluation: '2', assessment: 'A', handling: 'P', happenedFrom, happenedTo },
  }) as never;
const whenOf = (mentions: readonly Mention[]): readonly string[] =>
  timelineOf(mentions).map(({ title, when }) => (title.startsWith('No item') ? `${title}: ${when}` : when));

test('items are in the order of their days, each once, with its grade and what it names', () => {
  const id = newId();
  const twice = [mention('2026-03-02', '2026-03-04', 'One', id), mention('2026-03-02', '2026-03-04', 'Two', id)];
  const shown = timelineOf([mention('2026-03-09'), ...twice, mention('2026-03-02')]);
  assert.deepEqual(
    shown.map(({ when }) => when),
    ['2 March 2026', '2 to 4 March 2026', '9 March 2026'],
  );
  assert.match(shown[1]?.title ?? '', /^Intelligence I-\w{3}-\w{3}, 2AP$/);
  assert.match(shown[1]?.href ?? '', new RegExp(id));
  assert.equal(shown[1]?.text, 'Source: untested. Information: known directly to the source. Named: One; Two.');
});

test('four weeks and more without an item are said, and an item that lasts longer leaves no gap', () => {
  assert.deepEqual(whenOf([mention('2026-01-01'), mention('2026-01-29')]).length, 2, '27 days between');
  assert.deepEqual(whenOf([mention('2026-01-01'), mention('2026-01-30')]), [
    '1 January 2026',
    'No item for about 4 weeks: 2 to 29 January 2026',
    '30 January 2026',
  ]);
  assert.match(whenOf([mention('2026-01-01'), mention('2026-06-01')])[1] ?? '', /about 5 months/);
  assert.match(whenOf([mention('2022-01-01'), mention('2026-06-01')])[1] ?? '', /about 4 years/);
  const long = [mention('2026-01-01', '2026-12-01'), mention('2026-02-01'), mention('2026-12-20')];
  assert.equal(whenOf(long).length, 3);
});

test('one item alone has no timeline', () => {
  const id = newId();
  assert.deepEqual(
    timelineSection([mention('2026-03-02', '2026-03-02', 'One', id), mention('2026-03-02', '2026-03-02', 'Two', id)]),
    [],
  );
  assert.equal(timelineSection([mention('2026-03-02'), mention('2026-03-03')]).length, 1);
});
