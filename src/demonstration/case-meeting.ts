/** A meeting of support agencies after the week: a case on its list, a decision and actions by deadline. */

import { withQuery } from '../platform/rendering/paging.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import { meetingPaths } from '../vocabulary/paths/safeguarding/meetings.ts';
import type { Stage } from './application-player.ts';
import { dateFields, labelled } from './staff-walker.ts';

export async function holdCaseMeeting(stage: Stage, today: string): Promise<void> {
  stage.at(addDays(today, -1), '16:10');
  const lead = stage.as('lead');
  const last = await lead.fill(meetingPaths.add(), {
    ...dateFields('day', addDays(today, -1)),
    time: '15:00',
    place: 'Video call',
    invited: [labelled('Lea Vale County Council'), labelled('Lea Vale Community Health')],
  });
  await lead.fill(`${last}/cases`, { personId: labelled('C-'), knows: 'yes' });
  const decide = await lead.follow(last, 'Record a decision');
  await lead.fill(decide, {
    words: 'The advisers stay the first contact. The council looks for a place until Monday.',
  });
  const act = await lead.follow(last, 'Add an action');
  await lead.fill(act, { what: 'Ask the council for a place', ...dateFields('due', addDays(today, 1)), owner: 'me' });
  await lead.fill(act, {
    what: 'Arrange an interpreter for the solicitor',
    ...dateFields('due', addDays(today, 7)),
    owner: 'a colleague',
  });
  await lead.fill(`${last}/attendance`, {
    agenciesPresent: [labelled('Harbour')],
    present: 'Ines Castell and Tess Quill of Harbour',
    ...dateFields('nextDay', addDays(today, 3)),
  });
  await lead.fill(`${last}/close`);
  await lead.fill(withQuery(meetingPaths.add(), { from: last.split('/').at(-1) }));
}
