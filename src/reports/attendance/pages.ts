/** Pages on which a data-protection lead sets who reads reports and when, with earlier versions. */

import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type Section, type SectionsPage } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { summaryRow } from '../page-parts.ts';
import type { IntakeLine } from '../report.ts';
import { type Attendance, lineStates, readingDays } from './attendance.ts';

export const attendedElsewhereErrors: FormErrors = {
  '': 'Another agency attends this line. It has to close it before yours can open it.',
};

const lineDescriptions: Record<IntakeLine, string> = {
  police: 'reports to police',
  help: 'reports to support agencies',
};

const attendanceSection = (one: Attendance): Section => ({
  kind: 'summary',
  title: `Since ${formatMoment(one.setAt)}`,
  rows: [
    summaryRow('The form is', one.state),
    summaryRow('Read on', `${listOf(one.days)}, from ${one.opens} to ${one.closes}, except bank holidays`),
    summaryRow('Each opened within', `${one.promisedHours} reading hours`),
    summaryRow('Who reads', one.readers),
    summaryRow('When they must act', one.mustAct),
    summaryRow('Immigration', one.immigration),
    summaryRow('Privacy notice', one.notice),
    summaryRow('Can reports be kept confidential?', one.keepsConfidence ? 'yes' : 'no'),
    summaryRow('On call', one.onCall),
  ],
});

const notSaidYet: Section = {
  kind: 'states',
  items: [{ kind: 'empty', text: 'Not set yet. The form is closed until you set the reading hours.' }],
};

export const attendancePage = (
  line: IntakeLine,
  all: readonly Attendance[],
  onCall: Section,
  sets: { readonly attendance: boolean; readonly onCall: boolean },
): SectionsPage => ({
  title: `Readers of ${lineDescriptions[line]}`,
  lead: [
    'The public form shows these details and their date before the first question. If you set no details, the form stays closed. If nobody opens the reports within the promised time, the form says so at the start.',
  ],
  actions: [
    ...(sets.attendance ? [{ href: reportPaths[line].newAttendance(), text: 'Change it' }] : []),
    ...(sets.onCall ? [{ href: reportPaths[line].newShift(), text: 'Add an on-call shift' }] : []),
  ],
  sections: [onCall, ...(all.length > 0 ? all.map(attendanceSection) : [notSaidYet])],
});

export const setAttendancePage = (line: IntakeLine, known: Attendance | undefined): FormPage => ({
  title: `Set the readers of ${lineDescriptions[line]}`,
  ...backTo(reportPaths[line].attendance(), 'As it is now'),
  lead: ['Write for a frightened person. This text appears on the public page at once.'],
  action: reportPaths[line].newAttendance(),
  button: 'Publish the reading hours',
  fields: (ask) => [
    ask.one('state', 'The form is', lineStates, { value: known?.state }),
    ask.many('days', 'Days on which somebody reads', readingDays, { value: known?.days }),
    ask.time('opens', 'Reading starts', { value: known?.opens }),
    ask.time('closes', 'Reading ends', { value: known?.closes }),
    ask.count('promisedHours', 'Reading hours within which each report is opened', {
      value: known && String(known.promisedHours),
    }),
    ask.words('readers', 'Who reads', { most: 1_000, value: known?.readers }),
    ask.words('mustAct', 'Information they must act on, whatever the reporter chooses', {
      most: 1_000,
      value: known?.mustAct,
    }),
    ask.words('immigration', 'Information to immigration officers', { most: 1_000, value: known?.immigration }),
    ask.words('notice', 'Privacy notice: content, retention and controller', { most: 1_000, value: known?.notice }),
    ask.yesNo('keepsConfidence', 'Can you keep the source identity confidential?', {
      value: known && (known.keepsConfidence ? 'yes' : 'no'),
    }),
    ask.text('onCall', 'On-call cover when somebody is in danger', { value: known?.onCall }),
  ],
});
