import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../vocabulary/ids.ts';
import {
  calculateAccessEnd,
  getAccessState,
  getBriefingTime,
  resolveBriefingTime,
  type SetBriefingTime,
} from './briefing-time.ts';

const operation = { startsOn: '2026-09-14', endsOn: '2026-09-20' };

test('a team is briefed at its own time, else at the operation’s, else on the eve at four', () => {
  const [team, other] = [newId<'team'>(), newId<'team'>()];
  const set = (teamId: typeof team | null, day: string): SetBriefingTime => ({
    id: newId(),
    operationId: newId(),
    teamId,
    day,
    time: '09:00',
    place: 'Room 2',
    opensAt: new Date(`${day}T08:00:00Z`),
    reason: 'Agreed',
    setBy: newId(),
    setAt: new Date('2026-09-01T10:00:00Z'),
  });
  const [own, earlier, all] = [set(team, '2026-09-12'), set(team, '2026-09-11'), set(null, '2026-09-10')];
  const cases: readonly (readonly [readonly SetBriefingTime[], typeof team, string, string])[] = [
    [[], team, '2026-09-13T15:00:00.000Z', 'nobody yet'],
    [[all], team, '2026-09-10T08:00:00.000Z', 'the operation'],
    [[own, all], team, '2026-09-12T08:00:00.000Z', 'the team'],
    [[all, own], team, '2026-09-12T08:00:00.000Z', 'the team'],
    [[own, earlier], team, '2026-09-12T08:00:00.000Z', 'the team'],
    [[own, all], other, '2026-09-10T08:00:00.000Z', 'the operation'],
    [[own], other, '2026-09-13T15:00:00.000Z', 'nobody yet'],
  ];
  for (const [times, of, at, from] of cases) {
    const time = getBriefingTime(operation, of, times);
    assert.deepEqual([time.opensAt.toISOString(), time.from], [at, from]);
  }
});

test('a briefing is at a time that there is on that day, in summer, in winter and where clocks change', () => {
  const spring = { endsOn: '2026-04-03' };
  const autumn = { endsOn: '2026-10-30' };
  const cases = [
    ['in winter', spring, '2026-03-28', '16:00', '2026-03-28T16:00:00.000Z'],
    ['before the clocks go forward', spring, '2026-03-29', '00:59', '2026-03-29T00:59:00.000Z'],
    ['while they go forward', spring, '2026-03-29', '01:00', 'no such time'],
    ['still', spring, '2026-03-29', '01:59', 'no such time'],
    ['after they went forward', spring, '2026-03-29', '02:00', '2026-03-29T01:00:00.000Z'],
    ['in summer', autumn, '2026-10-24', '16:00', '2026-10-24T15:00:00.000Z'],
    ['an hour that comes twice is the earlier', autumn, '2026-10-25', '01:30', '2026-10-25T00:30:00.000Z'],
    ['after it came twice', autumn, '2026-10-25', '02:00', '2026-10-25T02:00:00.000Z'],
    ['on the last day', autumn, '2026-10-30', '09:00', '2026-10-30T09:00:00.000Z'],
    ['after the last day', autumn, '2026-10-31', '09:00', 'after the operation'],
  ] as const;
  for (const [name, of, day, time, expected] of cases) {
    const opens = resolveBriefingTime(of, { day, time });
    assert.equal(opens.ok ? opens.value.toISOString() : opens.refusal, expected, name);
  }
});

test('what opens at the briefing closes fifteen midnights after the last day, whatever the clocks did between', () => {
  assert.equal(calculateAccessEnd({ endsOn: '2026-09-20' }).toISOString(), '2026-10-04T23:00:00.000Z');
  assert.equal(calculateAccessEnd({ endsOn: '2026-10-20' }).toISOString(), '2026-11-04T00:00:00.000Z', 'into winter');
  assert.equal(calculateAccessEnd({ endsOn: '2026-03-20' }).toISOString(), '2026-04-03T23:00:00.000Z', 'into summer');
  const [opens, closes] = [new Date('2026-09-13T15:00:00Z'), calculateAccessEnd(operation)];
  for (const [now, expected] of [
    ['2026-09-13T14:59:59.999Z', 'sealed'],
    ['2026-09-13T15:00:00Z', 'open'],
    ['2026-10-04T22:59:59.999Z', 'open'],
    ['2026-10-04T23:00:00Z', 'closed'],
  ] as const)
    assert.equal(getAccessState(opens, closes, new Date(now)), expected, now);
});
