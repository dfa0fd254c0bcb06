import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { deadlineColour } from './deadline-colour.ts';
import {
  closeMinutes,
  correctMinutes,
  countCorrections,
  createMeeting,
  createMeetingCase,
  decideCase,
  type Meeting,
  planMeeting,
  recordAttendance,
} from './meeting.ts';

const [chair, other] = [newTimelessId() as MemberId, newTimelessId() as MemberId];
const now = new Date('2026-09-18T11:00:00Z');
const plan = { day: '2026-09-18', time: '14:00', place: 'Video call', operationId: null, chairId: chair, invited: [] };
const meeting: Meeting = createMeeting({
  ...{ ...plan, id: newTimelessId(), agencyId: newTimelessId() as AgencyId, authorId: chair },
  ...{ calledAt: now, previousId: null },
});
const attendance = { agenciesPresent: [], present: 'Nia Nurse', apologies: null, nextDay: null };
const entry = { words: 'The date was wrong', by: other, at: now };

test('colours an action by its deadline alone', () => {
  const at = (moment: string, endedAt: Date | null = null) => deadlineColour({ dueAt: new Date(moment), endedAt }, now);
  assert.deepEqual(
    [
      at('2026-09-18T10:59:59Z'),
      at('2026-09-18T11:00:00Z'),
      at('2026-09-18T11:00:01Z'),
      at('2026-09-21T11:00:00Z'),
      at('2026-09-21T11:00:01Z'),
      at('2026-09-18T10:00:00Z', now),
    ],
    ['red', 'red', 'amber', 'amber', 'green', 'green'],
  );
});

test('lets the chair alone close the minutes, once', () => {
  assert.deepEqual(closeMinutes(meeting, other, now), { ok: false, refusal: 'not the chair' });
  const closed = closeMinutes(meeting, chair, now);
  assert.ok(closed.ok);
  assert.deepEqual([closed.value.closedAt, closed.value.closedBy], [now, chair]);
  assert.deepEqual(closeMinutes(closed.value, chair, now), { ok: false, refusal: 'closed already' });
});

test('changes a meeting until it is closed, and then adds corrections only', () => {
  assert.ok(planMeeting(meeting, plan).ok && recordAttendance(meeting, attendance).ok);
  assert.deepEqual(correctMinutes(meeting, entry), { ok: false, refusal: 'still open' });
  const closed = { ...meeting, closedAt: now, closedBy: chair };
  assert.deepEqual(planMeeting(closed, plan), { ok: false, refusal: 'closed already' });
  assert.deepEqual(recordAttendance(closed, attendance), { ok: false, refusal: 'closed already' });
  const corrected = correctMinutes(closed, entry);
  assert.ok(corrected.ok);
  assert.deepEqual(corrected.value.corrections, [entry]);
});

test('adds decisions and keeps earlier ones; an answer without a decision adds none', () => {
  const by = { agencyId: meeting.agencyId, authorId: chair, addedAt: now };
  const added = {
    id: newTimelessId<'case on a meeting'>(),
    meetingId: meeting.id,
    personId: newTimelessId<'person'>(),
  };
  const carried = createMeetingCase({ ...added, ...by, knows: null, reason: null });
  const said = { by: other, at: now, later: false };
  const first = decideCase(carried, { words: 'A bed is found', knows: 'yes', reason: null }, said);
  const second = decideCase(first, { words: null, knows: 'no', reason: 'Not safe to ask' }, said);
  const third = decideCase(
    second,
    { words: 'A bed until Monday', knows: 'no', reason: 'Not safe to ask' },
    {
      ...said,
      later: true,
    },
  );
  assert.deepEqual(
    third.decisions.map(({ words, later }) => [words, later]),
    [
      ['A bed is found', false],
      ['A bed until Monday', true],
    ],
  );
  assert.deepEqual([third.knows, third.reason], ['no', 'Not safe to ask']);
  assert.equal(countCorrections({ corrections: [entry] }, [third]), 2);
});
