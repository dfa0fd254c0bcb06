/** Example data for tests, seeds and the gallery. Uses a database without restrictions; the content is invented. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Db, setContext } from '../../platform/database/database.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import { type AgencyId, type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { createMeeting, createMeetingCase, type Meeting, type MeetingCase } from './meeting.ts';
import { addMeetingCase, addMeeting as insertMeeting } from './store.ts';

type By = { readonly id: MemberId; readonly agencyId: AgencyId };

/** A meeting of tomorrow, called and chaired by this member. */
export async function addMeeting(
  db: Db,
  keys: UnitKeys,
  { id: authorId, agencyId }: By,
  at: Date,
  more: Partial<Meeting> = {},
): Promise<Meeting> {
  const plan = { day: addDays(dayOf(at), 1), time: '14:00', place: 'Video call', operationId: null, invited: [] };
  const own = { id: newTimelessId<'case meeting'>(), agencyId, authorId, chairId: authorId };
  const meeting = {
    ...createMeeting({ ...plan, ...own, calledAt: floorToHour(at), previousId: null }),
    ...more,
  };
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: floorToHour(at) });
    await insertMeeting(tx, keys, meeting);
  });
  return meeting;
}

export async function addCaseToMeeting(
  db: Db,
  keys: UnitKeys,
  [meeting, personId]: readonly [meeting: Pick<Meeting, 'id'>, personId: string],
  { id: authorId, agencyId }: By,
  at: Date,
  more: Partial<MeetingCase> = {},
): Promise<MeetingCase> {
  const added = { meetingId: meeting.id, personId: personId as PersonId, agencyId, authorId, addedAt: floorToHour(at) };
  const one = {
    ...createMeetingCase({ id: newTimelessId(), ...added, knows: 'yes', reason: null }),
    ...more,
  };
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: floorToHour(at) });
    await addMeetingCase(tx, keys, one);
  });
  return one;
}
