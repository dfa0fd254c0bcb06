import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, type WeekId } from '../../vocabulary/ids.ts';
import { checkOwnUnit, checkPartnerCanLeave, getOperationState } from './operation.ts';
import { checkWeek, countDays, isWithinWeek } from './week.ts';

test('a week can be inside another, never inside itself', () => {
  const [a, b, c] = [newId<'week'>(), newId<'week'>(), newId<'week'>()];
  const dates = { name: 'Week', startsOn: '2026-09-14', endsOn: '2026-09-20' };
  const cases: readonly (readonly [string, WeekId, WeekId | null, string | true])[] = [
    ['alone', a, null, true],
    ['inside another', b, a, true],
    ['inside one that is inside another', c, b, true],
    ['its own parent', a, a, 'stands inside itself'],
    ['inside its own child', a, b, 'stands inside itself'],
    ['inside its child’s child', a, c, 'stands inside itself'],
  ];
  const others = [
    { ...dates, id: a, parentId: null, name: 'Week A' },
    { ...dates, id: b, parentId: a, name: 'Week B' },
    { ...dates, id: c, parentId: b, name: 'Week C' },
  ];
  for (const [name, id, parentId, expected] of cases) {
    const result = checkWeek({ id, parentId, ...dates }, others);
    assert.deepEqual(result, expected === true ? { ok: true, value: true } : { ok: false, refusal: expected }, name);
  }
  const backwards = checkWeek(
    { ...dates, id: a, parentId: null, startsOn: '2026-09-20', endsOn: '2026-09-14' },
    others,
  );
  assert.deepEqual(backwards, { ok: false, refusal: 'ends before it starts' });
  const refusal = (week: Partial<typeof dates>) => {
    const result = checkWeek({ ...dates, id: newId<'week'>(), parentId: null, ...week }, others);
    return result.ok ? undefined : result.refusal;
  };
  assert.equal(refusal({ endsOn: '2026-10-14' }), undefined, '31 days');
  assert.equal(refusal({ endsOn: '2026-10-15' }), 'too long');
  assert.equal(refusal({ name: ' week  a' }), 'already there');
  assert.equal(refusal({ name: 'Week A', endsOn: '2026-09-21' }), undefined);
});

test('weeks that hold, lengths and standings', () => {
  const week = { startsOn: '2026-09-14', endsOn: '2026-09-20' };
  assert.equal(isWithinWeek(week, week), true);
  assert.equal(isWithinWeek(week, { startsOn: '2026-09-13', endsOn: '2026-09-20' }), false);
  assert.equal(countDays(week), 7);
  for (const [day, standing] of [
    ['2026-09-13', 'to come'],
    ['2026-09-14', 'within its dates'],
    ['2026-09-20', 'within its dates'],
    ['2026-09-21', 'over'],
  ] as const)
    assert.equal(getOperationState(week, day), standing);
});

test('an own unit belongs to the leading agency; a partner may leave when none of its people takes part', () => {
  const [leading, other] = [newId<'agency'>(), newId<'agency'>()];
  const operation = { agencyId: leading };
  assert.ok(checkOwnUnit(operation, { agencyId: leading, ownUnit: true }).ok);
  assert.ok(checkOwnUnit(operation, { agencyId: other, ownUnit: false }).ok);
  assert.ok(!checkOwnUnit(operation, { agencyId: other, ownUnit: true }).ok);
  assert.ok(!checkOwnUnit(operation, { agencyId: leading, ownUnit: false }).ok);
  const partner = { id: newId<'partner'>(), leads: false };
  assert.ok(checkPartnerCanLeave(partner, [{ partnerId: newId() }]).ok);
  assert.deepEqual(checkPartnerCanLeave(partner, [{ partnerId: partner.id }]), {
    ok: false,
    refusal: 'people take part',
  });
  assert.deepEqual(checkPartnerCanLeave({ ...partner, leads: true }, []), { ok: false, refusal: 'leading unit' });
});
