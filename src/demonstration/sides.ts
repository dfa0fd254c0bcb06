/** One person and two sides: a custody safeguarding notice that the person agreed to, and a victim information request from police. */
import { custodyNoticePaths } from '../vocabulary/paths/safeguarding/custody-notices.ts';
import { informationRequestPaths } from '../vocabulary/paths/safeguarding/information-requests.ts';
import type { Player, Stage } from './application-player.ts';
import { labelled } from './staff-walker.ts';

export const sendCustodyNotice = (
  adviser: Player,
  personId: string,
  notice: Readonly<Record<'sentence' | 'reference', string>>,
): Promise<string> =>
  adviser.fillBoth(
    custodyNoticePaths.send(personId),
    { ...notice, to: labelled('Lea Vale Constabulary'), shown: 'other' },
    { interpreted: 'interpreter present', answer: 'yes, to these words' },
  );

/** Asked the evening before, so that the request still waits for a decision. */
export async function requestVictimInformation(stage: Stage, day: string): Promise<void> {
  stage.at(day, '20:10');
  await stage.as('commander').fill(informationRequestPaths.add(), {
    to: labelled('Harbour Sexual Violence Advisers'),
    who: 'Mara',
    reference: 'LV/3320/26',
    kinds: ['contact dates'],
    test0: 'An adviser stood with our team at the door, and spoke with the woman.',
    test1: 'To find out who used the woman’s name to rent rooms and telephone numbers.',
    test2:
      'The tenancy agreement names only her. If this woman does not tell police what happened, she could be charged for what somebody else did.',
    test3: 'Whether she was in contact in the week of the visit, yes or no.',
    test4: 'The landlord and the telephone company were asked. They know only her name.',
    test5: '',
    handling: 'The officer in the case reads it; it is kept with the case and listed for the defence.',
    notice: 'later',
    exception: 'telling the person is not reasonably practicable',
    noticeWhy: 'We have no address where only she would open the letter.',
  });
}
