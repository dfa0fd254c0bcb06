/** A custodian's pages of a notice: whether it is open, its text and the next step; and who is on call. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { type ShiftWords, shiftsTable, type UrgentWords } from '../../platform/on-call/pages.ts';
import {
  backTo,
  type CasePage,
  type Cell,
  type FormPage,
  type SectionsPage,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { optionsOf } from '../../vocabulary/display-text.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { receivedNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { sentenceOn } from '../custody-notices/sentence.ts';
import {
  type CustodyNotice,
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

const text = (words: string): { readonly text: string } => ({ text: words });
const row = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });
const nameOfNotice = (id: string): string => `Notice ${referenceOf('request', id)}`;

export const urgentWords: UrgentWords = {
  title: { ringing: 'Urgent notice: acknowledge it', quiet: 'No urgent notices' },
  back: { href: receivedNoticePaths.notices(), text: 'Custody safeguarding notices' },
  everybody: 'every custodian here',
  nameOf: nameOfNotice,
  heading: (name) => `${name} has a message to pass on`,
  ringing: (who) =>
    `Nobody has taken this notice on yet, so it is shown to ${who}. If you take the notice on, read it now and pass it on to custody staff.`,
  elsewhere: (name, who) => `${name} is open for ${who}.`,
  quiet: (seconds) =>
    `Keep this page open. The page checks for notices every ${seconds} seconds and shows them in the title of its tab.`,
  escalation: `After ${minutesToAnswer} minutes without an answer, the notice goes to every custodian here.`,
  nobody: 'Nobody is on call. Every custodian of your agency gets the urgent notices.',
  sound:
    'Notices make a sound only while this page is open. Safelight makes no calls. It sends an e-mail or text only to members who asked for messages. Your browser makes a sound only if you allow it.',
  takeOn: (id) => receivedNoticePaths.takeOn(id),
  set: { href: receivedNoticePaths.onCall(), text: 'Set who is on call' },
};

const stateOf = ({ acknowledgedBy, passedOn }: UrgentNotice): Cell => {
  if (!acknowledgedBy) return { text: 'Rings', tag: 'red' };
  return passedOn ? { text: 'Passed on', tag: 'green' } : { text: 'To be passed on', tag: 'yellow' };
};

export const noticesPage = (rings: readonly UrgentNotice[], names: MemberNames): SectionsPage => ({
  title: 'Custody safeguarding notices',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'A support worker sends a notice so that a person in custody stays safe. The notice is one short message. Pass the message to the officer who makes the decision about the person. You do not learn who sent the sentence.',
  ],
  actions: [
    { href: receivedNoticePaths.urgent(), text: 'Urgent page' },
    { href: receivedNoticePaths.onCall(), text: 'Custodians on call', secondary: true },
  ],
  sections: [
    {
      kind: 'table' as const,
      caption: 'Notices: those that need action are first',
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
  const { ring, withdraws, reference } = notice;
  const sentence = sentenceOn(notice.sentence, notice.arrivedAt.toISOString().slice(0, 10));
  return {
    title: withdraws ? 'A notice is withdrawn' : sentence.words,
    caption: nameOfNotice(notice.id),
    back: { href: receivedNoticePaths.notices(), text: 'Custody safeguarding notices' },
    lead: withdraws
      ? [`This is withdrawn: “${sentence.words}” Inform the officers who had it.`]
      : [
          'Give this sentence, word for word, and the reference to the officer who makes the decision about the person. Do not ask who sent the notice, or who it is about.',
        ],
    actions: [
      ...(may.takesOn ? [{ post: receivedNoticePaths.takeOn(notice.id), text: 'Take this on' }] : []),
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
  button: 'Record the action',
  fields: (ask) => [ask.one('passedOn', 'Action taken', optionsOf(passOnMethods, passOnText))],
});

export const passOnErrors: Record<'not yours to pass on', FormErrors> = {
  'not yours to pass on': { '': 'Nobody has acknowledged this notice yet, or somebody has already passed it on.' },
};

export const shiftWords: ShiftWords = {
  back: { href: receivedNoticePaths.onCall(), text: 'Custodians on call' },
  table: {
    caption: 'On call, now and to come',
    empty: 'No custodian is on call. A notice that arrives shows on the urgent page of all custodians of your agency.',
    ending: 'End',
    endNow: 'End it now',
    cancel: 'Cancel the shift',
  },
  add: {
    title: 'Add a custodian on call',
    lead: 'Safelight makes no calls. It sends an e-mail or text only to members who asked for messages. Custodians on call must keep the page open.',
    button: 'Save the decision',
    seenBy: 'custodians and the data-protection lead',
    action: receivedNoticePaths.addShift(),
  },
  end: { title: 'End this on-call shift', button: 'End it', action: (id) => receivedNoticePaths.endShift(id) },
};

export const rotaPage = (turns: readonly OnCallShift[], names: MemberNames, now: Date): SectionsPage => ({
  title: 'Custodians on call',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    `A notice alerts the custodians on call. If nobody answers for ${minutesToAnswer} minutes, the notice alerts all custodians.`,
  ],
  actions: [{ href: receivedNoticePaths.addShift(), text: 'Add a custodian on call' }],
  sections: [shiftsTable(shiftWords, turns, names, now, { ends: true })],
});
