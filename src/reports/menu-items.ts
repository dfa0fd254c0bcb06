/** The pages of reports in the menu and under More: the same on both lines. */
import type { Navigation } from '../platform/menu/menu.ts';
import { capital } from '../vocabulary/languages/english.ts';
import { policeReportPaths, reportPaths } from '../vocabulary/paths/reports.ts';
import { actionOf } from './queue/routes.ts';
import type { IntakeLine } from './report.ts';

const readers: Readonly<Record<IntakeLine, string>> = { police: 'police', help: 'support agencies' };

const internalLog: Navigation = {
  place: 'reports',
  href: policeReportPaths.internalLog(),
  text: 'Internal log',
  says: 'Tell triage of your agency what you saw or heard.',
  action: 'report.log',
};

/** Some are for members who read no reports: custodians, professionals who hand in, and members who set who reads. */
export function listReportPages(line: IntakeLine): readonly Navigation[] {
  const paths = reportPaths[line];
  const to = readers[line];
  const who = capital(to);
  return [
    {
      place: 'reports',
      href: paths.queue(),
      text: `Reports to ${to}`,
      says: 'Read what the public reported, and answer it.',
      potentialVictim: {
        who: `Somebody a caller tells you about, if the report is for ${to}`,
        does: 'Write down the call as a report.',
        href: paths.phone(),
      },
      action: actionOf(line, 'report.read'),
    },
    {
      place: 'reports',
      href: paths.partnerForm(),
      text: `Partner intelligence form to ${to}`,
      says: `Tell ${to} about something that you learned in your work.`,
      potentialVictim: {
        who: `Somebody you learned of in your work: report to ${to}`,
        does: `Write what you know on the partner intelligence form. ${who} read it.`,
      },
      action: actionOf(line, 'report.hand in'),
      otherPaths: [paths.sent()],
    },
    ...(line === 'police' ? [internalLog] : []),
    {
      place: 'reports',
      href: paths.attendance(),
      text: `Reading hours of reports to ${to}`,
      says: 'Set reading hours and on-call shifts.',
      action: actionOf(line, 'attendance.read'),
    },
    {
      place: 'requests',
      href: paths.sourceIdentityRequests(),
      text: `Source identity requests, reports to ${to}`,
      says: 'Approve or refuse requests to learn who sent a report.',
      action: actionOf(line, 'source identity request.decide'),
    },
    {
      place: 'retention',
      href: paths.retention(),
      text: `Retention of reports to ${to}`,
      says: 'Say how long reports are kept.',
      action: actionOf(line, 'retention.read'),
    },
  ];
}
