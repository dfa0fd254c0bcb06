/** A custodian's pages of a notice: whether it is open, its text and the next step; and who is on call. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { shiftFields } from '../../platform/on-call/form.ts';
import {
  backTo,
  type CasePage,
  type Cell,
  type FormPage,
  type Link,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { optionsOf } from '../../vocabulary/display-text.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { receivedNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { sentenceOn } from '../custody-notices/sentence.ts';
import {
  type CustodyNotice,
  findAlertedMembers,
  isAlerted,
  minutesToAnswer,
  type OnCallShift,
  type PassOnMethod,
  passOnMethods,
  type UrgentNotice,
} from './urgent-page.ts';

const passOnText: Readonly<Record<PassOnMethod, string>> = {
  'custody officer': 'told the custody officer',
  'charging officer': 'told the officer who decides on the charge',
  'detention officer': 'told whoever decides on detention or removal',
  'not held there': 'nobody is held there under this reference',
};

/** Seconds between reloads of the page. */
export const reloadSeconds = 15;

const text = (words: string): { readonly text: string } => ({ text: words });
const row = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });
const nameOfNotice = (id: string): string => `Notice ${referenceOf('request', id)}`;

export type UrgentPageData = {
  readonly ringing: readonly UrgentNotice[];
  readonly onCall: readonly OnCallShift[];
  readonly names: MemberNames;
  readonly memberId: string;
};

/** What the page that custodians keep open shows. */
export type UrgentPage = {
  readonly title: string;
  readonly back: Link;
  /** Seconds between its reloads. */
  readonly every: number;
  readonly rings: readonly {
    readonly name: string;
    readonly post: string;
    readonly rung: string;
    readonly minutes: number;
  }[];
  readonly others: readonly string[];
  readonly minutesToAnswer: number;
  readonly onCall: readonly { readonly name: string; readonly until: string; readonly reached: string }[];
  readonly set: string;
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/custody-notices-received/urgent-page': UrgentPage;
  }
}

/** Readable from across an office: the one sentence comes first and in the title. */
export function urgentNoticesPage({ ringing, onCall, names, memberId }: UrgentPageData): UrgentPage {
  const rung = ringing.map((ring) => ({ ring, who: findAlertedMembers(ring, onCall) }));
  const mine = rung.filter(({ who }) => isAlerted(who, memberId));
  const said = (who: ReturnType<typeof findAlertedMembers>): string =>
    who === 'every custodian' ? 'every custodian here' : listOf(who.map((one) => getMemberName(names, one)));
  return {
    title: mine.length > 0 ? 'Urgent notice: acknowledge it' : 'No urgent notices',
    back: { href: receivedNoticePaths.notices(), text: 'Custody safeguarding notices' },
    every: reloadSeconds,
    rings: mine.map(({ ring, who }) => ({
      name: nameOfNotice(ring.id),
      post: receivedNoticePaths.takeOn(ring.id),
      rung: said(who),
      minutes: ring.rounds,
    })),
    others: rung
      .filter((one) => !mine.includes(one))
      .map(({ ring, who }) => `${nameOfNotice(ring.id)} rings for ${said(who)}.`),
    minutesToAnswer,
    onCall: onCall.map(({ memberId: id, endsAt, reached }) => ({
      name: getMemberName(names, id),
      until: formatMoment(endsAt),
      reached,
    })),
    set: receivedNoticePaths.onCall(),
  };
}

const stateOf = ({ acknowledgedBy, passedOn }: UrgentNotice): Cell => {
  if (!acknowledgedBy) return { text: 'Rings', tag: 'red' };
  return passedOn ? { text: 'Passed on', tag: 'green' } : { text: 'To be passed on', tag: 'yellow' };
};

export const noticesPage = (rings: readonly UrgentNotice[], names: MemberNames): SectionsPage => ({
  title: 'Custody safeguarding notices',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'A support worker sends one sentence to keep a person in custody safe. Pass it to the officer who decides. You do not learn who sent it.',
  ],
  actions: [
    { href: receivedNoticePaths.urgent(), text: 'Urgent page' },
    { href: receivedNoticePaths.onCall(), text: 'Custodians on call', secondary: true },
  ],
  sections: [
    {
      kind: 'table' as const,
      caption: 'Notices, those that wait first',
      stack: true,
      columns: ['Notice', 'State', 'Taken on by', 'Passed on'].map(text),
      rows: rings.map((ring) => [
        { text: nameOfNotice(ring.id), href: receivedNoticePaths.notice(ring.id) },
        stateOf(ring),
        text(ring.acknowledgedBy ? getMemberName(names, ring.acknowledgedBy) : 'No owner yet'),
        text(ring.passedOn ? capital(passOnText[ring.passedOn]) : 'not yet'),
      ]),
      empty: 'No notice has come for you to pass on.',
    },
  ],
});

export function noticePage(
  notice: CustodyNotice & { readonly ring: UrgentNotice },
  names: MemberNames,
  may: { readonly takesOn: boolean; readonly passesOn: boolean },
): CasePage {
  const { ring, takesBack, reference } = notice;
  const sentence = sentenceOn(notice.sentence, notice.arrivedAt.toISOString().slice(0, 10));
  return {
    title: takesBack ? 'A notice is withdrawn' : sentence.words,
    caption: nameOfNotice(notice.id),
    back: { href: receivedNoticePaths.notices(), text: 'Custody safeguarding notices' },
    lead: takesBack
      ? [`This is withdrawn: “${sentence.words}” Inform the officers who had it.`]
      : [
          'Pass this sentence on word for word, with the reference, to the officer who decides. Do not ask who sent it, or about whom.',
        ],
    actions: [
      ...(may.takesOn ? [{ post: receivedNoticePaths.takeOn(notice.id), text: 'I take it on' }] : []),
      ...(may.passesOn ? [{ href: receivedNoticePaths.passOn(notice.id), text: 'Say that it is passed on' }] : []),
    ],
    sections: [
      {
        kind: 'summary' as const,
        rows: [
          row('Custody reference', reference ?? 'forgotten, as all are after 28 days'),
          row('Meaning', sentence.means),
          row('Source', sentence.source),
          row('Came', `before ${formatMoment(notice.arrivedAt)}`),
          row('Taken on', ring.acknowledgedBy ? `by ${getMemberName(names, ring.acknowledgedBy)}` : 'by nobody yet'),
          ...(ring.acknowledgedBy ? [row('Rang for', `${ring.rounds} minutes`)] : []),
          row('Passed on', ring.passedOn ? capital(passOnText[ring.passedOn]) : 'not yet'),
        ],
      },
    ],
  };
}

export const passOnPage = (id: string): FormPage => ({
  title: 'Say that it is passed on',
  caption: nameOfNotice(id),
  ...backTo(receivedNoticePaths.notice(id), nameOfNotice(id)),
  lead: [
    'Record the details in the custody record. Safelight keeps only that you passed it on. The sender is not notified.',
  ],
  action: receivedNoticePaths.passOn(id),
  button: 'Write it down',
  fields: (ask) => [ask.one('passedOn', 'Action taken', optionsOf(passOnMethods, passOnText))],
});

export const passOnErrors: Record<'not yours to pass on', FormErrors> = {
  'not yours to pass on': { '': 'It is not acknowledged yet, or already passed on.' },
};
export const shiftErrors: Record<'not later', FormErrors> = {
  'not later': { ends: 'Enter an end after the start, and after now' },
};

export const rotaPage = (turns: readonly OnCallShift[], names: MemberNames, now: Date): SectionsPage => ({
  title: 'Custodians on call',
  back: { href: staffSite, text: 'Your work' },
  lead: [`A notice pages the custodians on call, and after ${minutesToAnswer} minutes every custodian.`],
  actions: [{ href: receivedNoticePaths.addShift(), text: 'Add a custodian on call' }],
  sections: [
    {
      kind: 'table' as const,
      caption: 'On call, now and to come',
      stack: true,
      columns: ['Who', 'From', 'Until', 'Reached by', 'End'].map(text),
      rows: turns.map((turn) => [
        text(getMemberName(names, turn.memberId)),
        text(formatMoment(turn.startsAt)),
        text(formatMoment(turn.endsAt)),
        text(turn.reached),
        {
          text: turn.startsAt <= now ? 'End it now' : 'Take it away',
          hidden: getMemberName(names, turn.memberId),
          href: receivedNoticePaths.endShift(turn.id),
        },
      ]),
      empty: 'No custodian is on call. A notice pages every custodian here.',
    },
  ],
});

export const shiftPage = (
  members: readonly { readonly id: string; readonly name: string }[],
  today: string,
): FormPage => ({
  title: 'Add a custodian on call',
  ...backTo(receivedNoticePaths.onCall(), 'Custodians on call'),
  lead: ['Safelight sends no text messages and makes no calls. Custodians on call must keep the page open.'],
  action: receivedNoticePaths.addShift(),
  button: 'Save the decision',
  fields: (ask) => shiftFields(ask, members, today, { seenBy: 'custodians and the data-protection lead' }),
});

export const endShiftPage = (turn: OnCallShift, name: string): FormPage => ({
  title: 'End this turn on call',
  caption: name,
  ...backTo(receivedNoticePaths.onCall(), 'Custodians on call'),
  lead: [`${name} is on call from ${formatMoment(turn.startsAt)} until ${formatMoment(turn.endsAt)}.`],
  action: receivedNoticePaths.endShift(turn.id),
  button: 'End it',
});
