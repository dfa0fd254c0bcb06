/** The urgent page, which is kept open, and the form for who is on call. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors, Answers as Typed } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { addressOf } from '../queue/pages.ts';
import type { IntakeLine } from '../report.ts';
import { type Alert, escalationMinutes, isAlerted, listAlerted, type OnCallShift, orderChoices } from './on-call.ts';

export const onCallAddress = (line: IntakeLine): string => `${addressOf[line]}/on-call`;
/** How often the page reloads. */
export const reloadSeconds = 15;

const text = (words: string): Model => ({ text: words });
const numberOf = (id: string): string => `Report ${id.slice(-6)}`;

export type UrgentPageInput = {
  readonly line: IntakeLine;
  readonly ringing: readonly Alert[];
  readonly onCall: readonly OnCallShift[];
  readonly names: MemberNames;
  readonly memberId: string;
};

/** The most important sentence comes first and in the title, large enough to read from a distance. */
export function urgentPage({ line, ringing, onCall, names, memberId }: UrgentPageInput): Model {
  const alerted = ringing.map((alert) => ({ alert, who: listAlerted(alert, onCall) }));
  const mine = alerted.filter(({ who }) => isAlerted(who, memberId));
  const others = alerted.filter((one) => !mine.includes(one));
  const said = (who: ReturnType<typeof listAlerted>): string =>
    who === 'all who read' ? 'everybody who reads this line' : listOf(who.map((one) => getMemberName(names, one)));
  return {
    title: mine.length > 0 ? 'Danger now: take it on' : 'Nothing rings for you',
    back: { href: addressOf[line], text: 'Reports' },
    every: reloadSeconds,
    rings: mine.map(({ alert, who }) => ({
      number: numberOf(alert.id),
      href: `${addressOf[line]}/${alert.id}`,
      post: `${onCallAddress(line)}/${alert.id}/take-on`,
      rung: said(who),
      minutes: alert.rounds,
    })),
    others: others.map(({ alert, who }) => `${numberOf(alert.id)} rings for ${said(who)}.`),
    minutesToNext: escalationMinutes,
    onCall: onCall.map(({ memberId: id, place, endsAt, reached }) => ({
      name: getMemberName(names, id),
      place,
      until: formatMoment(endsAt),
      reached,
    })),
    set: `${addressOf[line]}/attendance`,
  };
}

/** On the page that says who reads. */
export const shiftsSection = (
  line: IntakeLine,
  turns: readonly OnCallShift[],
  names: MemberNames,
  now: Date,
  { sets, rings }: { readonly sets: boolean; readonly rings: boolean },
): Model => ({
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
          text: turn.startsAt <= now ? 'End it now' : 'Take it away',
          hidden: getMemberName(names, turn.memberId),
          href: `${addressOf[line]}/attendance/on-call/${turn.id}/end`,
        }
      : text(turn.startsAt <= now ? 'on call' : 'to come'),
  ]),
  empty: 'Nobody is on call, and the public form says so to whoever says that somebody is in danger.',
  links: rings ? [{ href: onCallAddress(line), text: 'The page that rings' }] : [],
});

export const shiftEndErrors: FormErrors = { ends: 'Enter an end after the start, and after now' };

export function newShiftPage(
  line: IntakeLine,
  members: readonly { readonly id: string; readonly name: string }[],
  today: string,
  typed: Typed = {},
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  const address = `${addressOf[line]}/attendance`;
  return {
    title: 'Say who is on call',
    back: { href: address, text: 'Who reads, and when' },
    lead: [
      `A report that says that somebody is in danger rings on their page at once, on the next person’s as well when nobody took it on for ${escalationMinutes} minutes, and at last on the page of everybody who reads the line. Safelight sends no text message and rings no telephone: the page must be open.`,
    ],
    action: `${address}/on-call`,
    cancel: address,
    button: 'Say it',
    errors,
    fields: [
      ask.choose(
        'member',
        'Who',
        members.map(({ id, name }) => ({ value: id, text: name })),
      ),
      ask.one(
        'place',
        'In which order they are rung',
        orderChoices.map((place) => ({ value: place, text: ['First', 'Second', 'Third'][Number(place) - 1] ?? place })),
        { value: '1' },
      ),
      ask.day('startDay', 'From which day', { value: today }),
      ask.time('starts', 'From what time'),
      ask.day('endDay', 'Until which day', { value: today }),
      ask.time('ends', 'Until what time'),
      ask.text('reached', 'How colleagues reach them beside the page', {
        hint: 'A duty telephone. It is shown to colleagues who read this line.',
      }),
    ],
  };
}

export const endShiftPage = (line: IntakeLine, turn: OnCallShift, name: string): Model => ({
  title: 'End this turn on call',
  caption: name,
  back: { href: `${addressOf[line]}/attendance`, text: 'Who reads, and when' },
  lead: [
    `${name} is on call from ${formatMoment(turn.startsAt)} until ${formatMoment(turn.endsAt)}. Where nobody else is, the public form says that nobody is.`,
  ],
  action: `${addressOf[line]}/attendance/on-call/${turn.id}/end`,
  cancel: `${addressOf[line]}/attendance`,
  button: 'End it',
  fields: [],
});
