/** Where agencies come together: meetings about cases, and reception with its rota, wristbands and nights. */
import type { Address, Making } from './addresses.ts';

const empty = { empty: true } as const;

export const meetingAddresses = ({
  helpPage,
  helpForm,
  at,
}: Readonly<Record<'helpPage' | 'helpForm', Making>> & {
  readonly at: (before: string, after?: string) => Address['url'];
}): Address[] => [
  ...['', '/minutes'].map((what) => helpPage('case meeting.read', 'case_meetings', at('safeguarding/meetings', what))),
  helpPage('meeting case.add', 'case_meetings', at('safeguarding/meetings', '/cases'), { ...empty, leadsOn: true }),
  ...['/edit', '/correction'].map((what) =>
    helpForm('case meeting.change', 'case_meetings', at('safeguarding/meetings', what), { ...empty, leadsOn: true }),
  ),
  ...['/attendance', '/close'].map((what) =>
    helpForm('case meeting.change', 'case_meetings', at('safeguarding/meetings', what), { leadsOn: true }),
  ),
  helpForm('meeting case.decide', 'meeting_cases', at('safeguarding/meetings/cases', '/decision'), empty),
  helpPage('task.add', 'meeting_cases', at('safeguarding/meetings/cases', '/action'), empty),
  helpPage('meeting case.remove', 'meeting_cases', at('safeguarding/meetings/cases', '/remove')),
  // Off shift a volunteer is led to where a shift is started.
  helpPage('wristband.read', 'reception_centres', at('safeguarding/reception'), { leadsOn: true }),
  helpPage('night.read', 'reception_centres', at('safeguarding/reception', '/plan')),
  helpForm('reception.plan', 'reception_centres', at('safeguarding/reception', '/rota'), empty),
  helpForm('reception.change', 'reception_centres', at('safeguarding/reception', '/stand-down')),
  helpPage('capacity.tell', 'reception_centres', at('safeguarding/reception', '/capacity')),
  helpPage('debrief.write', 'reception_centres', at('safeguarding/reception', '/debrief'), empty),
  helpPage('debrief.read', 'reception_centres', at('safeguarding/reception', '/debriefs')),
  helpForm('rota.end', 'reception_rota', at('safeguarding/reception/rota', '/end')),
  helpPage('wristband.read', 'wristbands', at('safeguarding/reception/wristbands')),
  helpPage('need.add', 'wristbands', at('safeguarding/reception/wristbands', '/need'), empty),
  helpPage('wristband.leave', 'wristbands', at('safeguarding/reception/wristbands', '/leave'), {
    leadsOn: true,
    ...empty,
  }),
  helpPage('night.give', 'wristbands', at('safeguarding/reception/wristbands', '/night'), empty),
  helpPage('wristband.link', 'persons', at('safeguarding/people', '/wristband'), empty),
];
