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
  police: 'what is told to police',
  help: 'what people tell the support side of themselves',
};

const attendanceSection = (one: Attendance): Section => ({
  kind: 'summary',
  title: `Since ${formatMoment(one.setAt)}`,
  rows: [
    summaryRow('The form is', one.state),
    summaryRow('Read on', `${listOf(one.days)}, from ${one.opens} to ${one.closes}, bank holidays aside`),
    summaryRow('Each opened within', `${one.promisedHours} reading hours`),
    summaryRow('Who reads', one.readers),
    summaryRow('What must be acted on', one.mustAct),
    summaryRow('Immigration', one.immigration),
    summaryRow('Privacy notice', one.notice),
    summaryRow('Can be kept confidential', one.keepsConfidence ? 'yes' : 'no'),
    summaryRow('On call', one.onCall),
  ],
});

const notSaidYet: Section = {
  kind: 'states',
  items: [{ kind: 'empty', text: 'Nobody has said it yet: the form is not open.' }],
};

export const attendancePage = (
  line: IntakeLine,
  all: readonly Attendance[],
  onCall: Section,
  sets: { readonly attendance: boolean; readonly onCall: boolean },
): SectionsPage => ({
  title: `Who reads ${lineDescriptions[line]}`,
  lead: [
    'The public is told this before the first question, with its date. Without it the form does not open. Where nobody opens the queue as promised, the form says so first.',
  ],
  actions: [
    ...(sets.attendance ? [{ href: reportPaths[line].newAttendance(), text: 'Say it anew' }] : []),
    ...(sets.onCall ? [{ href: reportPaths[line].newShift(), text: 'Say who is on call' }] : []),
  ],
  sections: [onCall, ...(all.length > 0 ? all.map(attendanceSection) : [notSaidYet])],
});

export const setAttendancePage = (line: IntakeLine, known: Attendance | undefined): FormPage => ({
  title: `Say who reads ${lineDescriptions[line]}`,
  ...backTo(reportPaths[line].attendance(), 'As it is now'),
  lead: ['In words that somebody in fear understands. What you write here stands on the public page from now on.'],
  action: reportPaths[line].newAttendance(),
  button: 'Put it on the public page',
  fields: (ask) => [
    ask.one('state', 'The form is', lineStates, { value: known?.state }),
    ask.many('days', 'Days on which somebody reads', readingDays, { value: known?.days }),
    ask.time('opens', 'Reading starts', { value: known?.opens }),
    ask.time('closes', 'Reading ends', { value: known?.closes }),
    ask.count('promisedHours', 'Each report is opened within how many reading hours', {
      value: known && String(known.promisedHours),
    }),
    ask.words('readers', 'Who reads', { most: 1_000, value: known?.readers }),
    ask.words('mustAct', 'What they must act on, whatever the reporter chooses', {
      most: 1_000,
      value: known?.mustAct,
    }),
    ask.words('immigration', 'Whether immigration may be told', { most: 1_000, value: known?.immigration }),
    ask.words('notice', 'What is kept, for how long, and whose it is', { most: 1_000, value: known?.notice }),
    ask.yesNo('keepsConfidence', 'Can you keep confidential who told it?', {
      value: known && (known.keepsConfidence ? 'yes' : 'no'),
    }),
    ask.text('onCall', 'Who is on call when somebody is in danger', { value: known?.onCall }),
  ],
});
