/** The urgent page and the pages of on-call shifts, the same for each area. An area says its words and addresses. */
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf, plural } from '../../vocabulary/languages/english.ts';
import { getMemberName, type MemberNames } from '../forms/correction.ts';
import type { Field, FieldBuilder } from '../forms/fields.ts';
import type { FormErrors } from '../http/server.ts';
import { backTo, type FormPage, type Link, type Section } from '../rendering/pages.ts';
import { shiftFields } from './form.ts';
import { alertedMembers, type Escalation, isAlerted, type Ringing, type Shift } from './on-call.ts';

/** How often the urgent page reloads, in seconds. */
const reloadSeconds = 15;

export type UrgentWords = {
  readonly title: { readonly ringing: string; readonly quiet: string };
  readonly back: Link;
  /** The members alerted after an unanswered alert, or while no member is on call. */
  readonly everybody: string;
  readonly nameOf: (id: string) => string;
  readonly heading: (name: string) => string;
  /** `who`: the members alerted, and for how many minutes. */
  readonly ringing: (who: string) => string;
  readonly elsewhere: (name: string, who: string) => string;
  readonly quiet: (seconds: number) => string;
  readonly escalation: string;
  readonly nobody: string;
  readonly sound: string;
  readonly takeOn: (id: string) => string;
  /** Where an alert can be read before it is taken on. */
  readonly read?: (id: string) => string;
  /** Where somebody says who is on call. */
  readonly set: Link;
};

declare module '../rendering/views.ts' {
  interface ViewModels {
    'platform/urgent-page': ReturnType<typeof urgentPage>;
  }
}

/** The most important sentence comes first and in the title, large enough to read from a distance. */
export function urgentPage(
  words: UrgentWords,
  escalation: Escalation,
  ringing: readonly Ringing<string>[],
  onCall: readonly Shift<string>[],
  names: MemberNames,
  memberId: string,
) {
  const alerts = ringing.map(({ id, rounds }) => {
    const members = alertedMembers(rounds, onCall, escalation);
    const who = members ? listOf(members.map((one) => getMemberName(names, one))) : words.everybody;
    return { id, rounds, who, name: words.nameOf(id), mine: isAlerted(members, memberId) };
  });
  const mine = alerts.filter((one) => one.mine);
  return {
    ...words,
    title: mine.length > 0 ? words.title.ringing : words.title.quiet,
    every: reloadSeconds,
    rings: mine.map(({ id, rounds, who, name }) => ({
      name,
      heading: words.heading(name),
      words: words.ringing(rounds > 0 ? `${who}, for ${rounds} ${plural(rounds, 'minute')}` : who),
      post: words.takeOn(id),
      href: words.read?.(id),
    })),
    quiet: words.quiet(reloadSeconds),
    others: alerts.filter((one) => !one.mine).map(({ name, who }) => words.elsewhere(name, who)),
    ordered: escalation.oneByOne,
    onCall: onCall.map(
      (one) => `${getMemberName(names, one.memberId)}, until ${formatMoment(one.endsAt)}. ${one.reached}`,
    ),
  };
}

export type ShiftWords = {
  /** The page with the table of shifts. */
  readonly back: { readonly href: string; readonly text: string };
  readonly table: {
    readonly caption: string;
    readonly empty: string;
    readonly ending: string;
    readonly endNow: string;
    readonly cancel: string;
  };
  readonly add: {
    readonly title: string;
    readonly lead: string;
    readonly button: string;
    readonly seenBy: string;
    readonly action: string;
    /** Stands after the member, where those on call are alerted one after another. */
    readonly order?: (ask: FieldBuilder) => Field;
  };
  readonly end: {
    readonly title: string;
    readonly button: string;
    readonly action: (id: string) => string;
    readonly consequence?: string;
  };
};

export const shiftEndErrors: FormErrors = { ends: 'Enter an end after the start, and after now' };

const text = (words: string) => ({ text: words });

/** `placeOf` where those on call have an order; `ends` where the reader can end shifts. */
export const shiftsTable = <One extends Shift<string>>(
  { table, end }: ShiftWords,
  shifts: readonly One[],
  names: MemberNames,
  now: Date,
  { ends, placeOf }: { readonly ends: boolean; readonly placeOf?: (shift: One) => number },
): Section & { readonly kind: 'table' } => ({
  kind: 'table',
  caption: table.caption,
  stack: true,
  columns: ['Who', ...(placeOf ? ['Order'] : []), 'From', 'Until', 'Reached by', table.ending].map(text),
  rows: shifts.map((shift) => {
    const begun = shift.startsAt <= now;
    const hidden = getMemberName(names, shift.memberId);
    return [
      text(hidden),
      ...(placeOf ? [text(String(placeOf(shift)))] : []),
      text(formatMoment(shift.startsAt)),
      text(formatMoment(shift.endsAt)),
      text(shift.reached),
      ends
        ? { text: begun ? table.endNow : table.cancel, hidden, href: end.action(shift.id) }
        : text(begun ? 'on call' : 'to come'),
    ];
  }),
  empty: table.empty,
});

export const newShiftPage = (
  { back, add: { title, lead, button, seenBy, action, order } }: ShiftWords,
  members: readonly { readonly id: string; readonly name: string }[],
  today: string,
): FormPage => ({
  title,
  ...backTo(back.href, back.text),
  lead: [lead],
  action,
  button,
  fields: (ask) => shiftFields(ask, members, today, { seenBy, order: order ? [order(ask)] : [] }),
});

export const endShiftPage = (
  { back, end: { title, button, action, consequence } }: ShiftWords,
  { id, startsAt, endsAt }: Shift<string>,
  name: string,
): FormPage => ({
  title,
  caption: name,
  ...backTo(back.href, back.text),
  lead: [
    [`${name} is on call from ${formatMoment(startsAt)} until ${formatMoment(endsAt)}.`, consequence]
      .filter(Boolean)
      .join(' '),
  ],
  action: action(id),
  button,
});
