import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { newId } from '../../vocabulary/ids.ts';
import {
  callOff,
  checkVisitTiming,
  formatHours,
  isOverlapping,
  moveVisit,
  type PlannedVisit,
  postpone,
} from './planned-visit.ts';

const visit: PlannedVisit = {
  id: newId(),
  operationId: newId(),
  premisesId: newId(),
  teamId: newId(),
  powerId: null,
  day: '2026-09-18',
  starts: '22:00',
  minutes: 180,
  turn: null,
  state: 'planned',
  reason: null,
};

test('two visits overlap exactly when some minute belongs to both', () => {
  const any = fc.record({
    day: fc.integer({ min: 0, max: 2 }).map((days) => addDays('2026-09-18', days)),
    starts: fc
      .integer({ min: 0, max: 1439 })
      .map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`),
    minutes: fc.integer({ min: 5, max: 400 }),
  });
  const minutesOf = ({ day, starts, minutes }: Pick<PlannedVisit, 'day' | 'starts' | 'minutes'>) => {
    const first = Date.parse(`${day}T${starts}:00Z`) / 60_000;
    return new Set(Array.from({ length: minutes }, (_, index) => first + index));
  };
  fc.assert(
    fc.property(any, any, (one, other) => {
      const both = !minutesOf(one).isDisjointFrom(minutesOf(other));
      assert.equal(isOverlapping(one, other), both);
      assert.equal(isOverlapping(other, one), both);
    }),
  );
});

test('a visit can be moved, postponed and cancelled; a cancelled one stays cancelled', () => {
  const timing = { teamId: visit.teamId, powerId: null, day: '2026-09-19', starts: '09:00', minutes: 60, turn: 1 };
  const postponed = postpone(visit, 'Interpreter ill');
  assert.ok(postponed.ok);
  assert.deepEqual([postponed.value.state, postponed.value.reason], ['postponed', 'Interpreter ill']);
  assert.deepEqual(postpone(postponed.value, 'again'), { ok: false, refusal: 'postponed already' });
  const again = moveVisit(postponed.value, timing);
  assert.ok(again.ok);
  assert.deepEqual([again.value.state, again.value.reason, again.value.day], ['planned', null, '2026-09-19']);
  const off = callOff(again.value, 'Closed down');
  assert.ok(off.ok);
  for (const refused of [moveVisit(off.value, timing), postpone(off.value, 'x'), callOff(off.value, 'x')])
    assert.deepEqual(refused, { ok: false, refusal: 'called off already' });
});

test('a visit takes a team of its operation and a power for its place', () => {
  const [team, power] = [{ id: newId<'team'>() }, { id: newId() }];
  assert.ok(checkVisitTiming({ teamId: team.id, powerId: power.id }, [team], [power]).ok);
  assert.ok(checkVisitTiming({ teamId: team.id, powerId: null }, [team], []).ok);
  assert.deepEqual(checkVisitTiming({ teamId: newId(), powerId: null }, [team], []), {
    ok: false,
    refusal: 'team of another operation',
  });
  assert.deepEqual(checkVisitTiming({ teamId: team.id, powerId: newId() }, [team], [power]), {
    ok: false,
    refusal: 'power of another premises',
  });
});

test('hours are read on the wall’s clock, past midnight too', () => {
  assert.equal(formatHours(visit), '22:00 to 01:00');
  assert.equal(formatHours({ starts: '09:05', minutes: 55 }), '09:05 to 10:00');
});
