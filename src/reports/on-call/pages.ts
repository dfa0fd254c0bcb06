/** The words of the urgent page and of on-call shifts of a reporting line. */

import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { ShiftWords, UrgentWords } from '../../platform/on-call/pages.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { numberOf } from '../page-parts.ts';
import type { IntakeLine } from '../report.ts';
import { escalation, orderChoices } from './on-call.ts';

export const urgentWords = (line: IntakeLine): UrgentWords => ({
  title: { ringing: 'Danger now: take on a report', quiet: 'No urgent report for you' },
  back: { href: reportPaths[line].queue(), text: 'Reports' },
  everybody: 'everybody who reads these reports',
  nameOf: numberOf,
  heading: (number) => `${number} says that somebody is in danger`,
  ringing: (who) =>
    `Nobody has taken this report on yet, so it is shown to ${who}. If you take the report on, read it now, and act or ask others to act.`,
  elsewhere: (number, who) => `${number} waits for ${who}.`,
  quiet: (seconds) =>
    `Keep this page open. The page checks for alerts every ${seconds} seconds and shows them in the title of its tab.`,
  escalation: `After ${escalation.minutes} minutes without an answer, the alert also goes to the next person. After the last person it goes to everybody who reads these reports.`,
  nobody:
    'Nobody is on call. Alerts go to everybody who reads these reports. The public form says that nobody is on call.',
  sound:
    'Alerts make a sound only while this page is open. Safelight makes no calls. It sends an e-mail or text only to members who asked for messages. Your browser makes a sound only if you allow it.',
  takeOn: (id) => reportPaths[line].takingOn(id),
  read: (id) => reportPaths[line].report(id),
  set: { href: reportPaths[line].attendance(), text: 'Add an on-call shift' },
});

const orderField = (ask: FieldBuilder): Field =>
  ask.one(
    'place',
    'Place in the order of alerts',
    orderChoices.map((place) => ({ value: place, text: ['First', 'Second', 'Third'][Number(place) - 1] ?? place })),
    { value: '1' },
  );

export const shiftWords = (line: IntakeLine): ShiftWords => ({
  back: { href: reportPaths[line].attendance(), text: 'Reading hours' },
  table: {
    caption: 'On-call shifts for reports of danger',
    empty: 'No member is on call. The public form tells people this if they report danger.',
    ending: 'State',
    endNow: 'End the shift now',
    cancel: 'Cancel the shift',
  },
  add: {
    title: 'Add an on-call shift',
    lead: `When somebody reports danger, the urgent page of the person on call makes a sound at once. If nobody answers within ${escalation.minutes} minutes, the alert also sounds for the next person. If still nobody answers, an alert sounds for everybody who reads these reports. Keep the urgent page open. Safelight makes no calls. It sends an e-mail or text only to members who asked for messages.`,
    button: 'Save the shift',
    seenBy: 'colleagues who answer these reports, and to support agencies that referred somebody to yours',
    action: reportPaths[line].newShift(),
    order: orderField,
  },
  end: {
    title: 'End this on-call shift',
    button: 'End the shift',
    action: (id) => reportPaths[line].shiftEnd(id),
    consequence: 'If nobody else is on call, the public form says so.',
  },
});
