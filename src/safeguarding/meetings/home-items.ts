/** Meetings of today and tomorrow on the home page. */
import { countedTask, type HomeItems, listDue } from '../../platform/http/home.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { listMeetingsOn } from './store.ts';

export const meetingHomeItems: HomeItems = {
  action: 'case meeting.read',
  waiting: async (_db, { today }, look) => {
    const db = look('case meetings.counted', null, { fields: ['day'] });
    const all = await listMeetingsOn(db, [today, addDays(today, 1)]);
    const [first] = all;
    return listDue([
      {
        what: countedTask(all.length, 'Go to a meeting about cases', 'Go to # meetings about cases'),
        status: 'to do',
        due: first?.day,
        href: first && all.length === 1 ? meetingPaths.meeting(first.id) : meetingPaths.meetings(),
        count: all.length,
      },
    ]);
  },
};
