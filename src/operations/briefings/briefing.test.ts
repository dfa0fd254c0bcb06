import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBriefings } from './briefing.ts';

type Content = Parameters<typeof compareBriefings>[0];

const briefing = (visit: object): Content =>
  ({
    visits: [{ place: 'Corner Shop', day: '2026-09-18', hours: 'from 10:00 to 11:00', ...visit }],
  }) as unknown as Content;

test('a field that an older briefing lacks is no change while it is empty', () => {
  assert.deepEqual(compareBriefings(briefing({}), briefing({ storeys: null })), []);
  assert.deepEqual(compareBriefings(briefing({ storeys: null }), briefing({})), []);
});

test('a field that an older briefing lacks is a change when it has a value', () => {
  assert.match(compareBriefings(briefing({}), briefing({ storeys: 3 })).join(), /storeys/);
});
