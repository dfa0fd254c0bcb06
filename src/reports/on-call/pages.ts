/** The urgent page, which is kept open, and the form for who is on call. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { shiftFields } from '../../platform/on-call/form.ts';
import { backTo, type FormPage, type Link, type Section } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { numberOf, text } from '../page-parts.ts';
import type { IntakeLine } from '../report.ts';
import { type Alert, escalationMinutes, isAlerted, listAlerted, type OnCallShift, orderChoices } from './on-call.ts';

/** How often the page reloads. */
export const reloadSeconds = 15;

export type UrgentPageInput = {
  readonly line: IntakeLine;
  readonly ringing: readonly Alert[];
  readonly onCall: readonly OnCallShift[];
  readonly names: MemberNames;
  readonly memberId: string;
};

type UrgentPage = {
  readonly title: string;
  readonly back: Link;
  /** Seconds after which it reloads. */
  readonly every: number;
  readonly rings: readonly {
    readonly number: string;
    readonly href: string;
    readonly post: string;
    readonly rung: string;
    readonly minutes: number;
  }[];
  readonly others: readonly string[];
  readonly minutesToNext: number;
  readonly onCall: readonly {
    readonly name: string;
    readonly place: number;
    readonly until: string;
    readonly reached: string;
  }[];
  readonly set: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'reports/on-call': UrgentPage;
  }
}

/** The most important sentence comes first and in the title, large enough to read from a distance. */
export function urgentPage({ line, ringing, onCall, names, memberId }: UrgentPageInput): UrgentPage {
  const alerted = ringing.map((alert) => ({ alert, who: listAlerted(alert, onCall) }));
  const mine = alerted.filter(({ who }) => isAlerted(who, memberId));
  const others = alerted.filter((one) => !mine.includes(one));
  const said = (who: ReturnType<typeof listAlerted>): string =>
    who === 'all who read' ? 'everybody who reads this line' : listOf(who.map((one) => getMemberName(names, one)));
  return {
    title: mine.length > 0 ? 'Danger now: take on a report' : 'No urgent report for you',
    back: { href: reportPaths[line].queue(), text: 'Reports' },
    every: reloadSeconds,
    rings: mine.map(({ alert, who }) => ({
      number: numberOf(alert.id),
      href: reportPaths[line].report(alert.id),
      post: reportPaths[line].takingOn(alert.id),
      rung: said(who),
      minutes: alert.rounds,
    })),
    others: others.map(({ alert, who }) => `${numberOf(alert.id)} waits for ${said(who)}.`),
    minutesToNext: escalationMinutes,
    onCall: onCall.map(({ memberId: id, place, endsAt, reached }) => ({
      name: getMemberName(names, id),
      place,
      until: formatMoment(endsAt),
      reached,
    })),
    set: reportPaths[line].attendance(),
  };
}

/** On the page that says who reads. */
export const shiftsSection = (
  line: IntakeLine,
  turns: readonly OnCallShift[],
  names: MemberNames,
  now: Date,
  { sets, rings }: { readonly sets: boolean; readonly rings: boolean },
): Section => ({
  kind: 'table',
  caption: 'On call when somebody is in danger',
  stack: true,
  columns: ['Who', 'Order', 'From', 'Until', 'Reached by', 'State'].map(text),
  rows: turns.map((turn) => [
    text(getMemberName(names, turn.memberId)),
    text(String(turn.place)),
    text(formatMoment(turn.startsAt)),
    text(formatMoment(turn.endsAt)),
    text(turn.reached),
    sets
      ? {
          text: turn.startsAt <= now ? 'End the shift now' : 'Cancel the shift',
          hidden: getMemberName(names, turn.memberId),
          href: reportPaths[line].shiftEnd(turn.id),
        }
      : text(turn.startsAt <= now ? 'on call' : 'to come'),
  ]),
  empty: 'Nobody is on call. People who report danger read that on the public form.',
  links: rings ? [{ href: reportPaths[line].onCall(), text: 'Urgent page' }] : [],
});

export const shiftEndErrors: FormErrors = { ends: 'Enter an end after the start, and after now' };

export const newShiftPage = (
  line: IntakeLine,
  members: readonly { readonly id: string; readonly name: string }[],
  today: string,
): FormPage => ({
  title: 'Add an on-call shift',
  ...backTo(reportPaths[line].attendance(), 'Reading hours'),
  lead: [
    `A report of danger sounds on their urgent page at once. After ${escalationMinutes} minutes without an answer it also sounds for the next person, and at last for all readers of the line. Keep the urgent page open. Safelight sends no text messages and makes no calls.`,
  ],
  action: reportPaths[line].newShift(),
  button: 'Save the shift',
  fields: (ask) =>
    shiftFields(ask, members, today, { seenBy: 'colleagues on this reporting line', order: [orderField(ask)] }),
});

const orderField = (ask: FieldBuilder): Field =>
  ask.one(
    'place',
    'Place in the order of alerts',
    orderChoices.map((place) => ({ value: place, text: ['First', 'Second', 'Third'][Number(place) - 1] ?? place })),
    { value: '1' },
  );

export const endShiftPage = (line: IntakeLine, turn: OnCallShift, name: string): FormPage => ({
  title: 'End this on-call shift',
  caption: name,
  ...backTo(reportPaths[line].attendance(), 'Reading hours'),
  lead: [
    `${name} is on call from ${formatMoment(turn.startsAt)} until ${formatMoment(turn.endsAt)}. If nobody else is on call, the public form says so.`,
  ],
  action: reportPaths[line].shiftEnd(turn.id),
  button: 'End the shift',
});
