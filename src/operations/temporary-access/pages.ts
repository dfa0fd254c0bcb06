/** Pages about temporary access, and the wording of refusals. */

import { dayOf } from '../../platform/clock.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type ListPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { longDay, shortDay } from '../../vocabulary/calendar/days.ts';
import { formatTimes } from '../../vocabulary/calendar/moments.ts';
import { signInPaths } from '../../vocabulary/paths/identity.ts';
import { temporaryAccessPaths } from '../../vocabulary/paths/operations.ts';
import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import { maxPasses } from './forms.ts';
import type { TemporaryAccessDetails } from './store.ts';
import {
  earlySignInMinutes,
  getTemporaryAccessState,
  maxShiftHours,
  type ShiftRefusal,
  type TemporaryAccess,
  type TemporaryAccessState,
} from './temporary-access.ts';

type Shift = Pick<TemporaryAccess, 'startsAt' | 'endsAt'>;

const formatShortShift = (pass: Shift): string =>
  `${shortDay(dayOf(pass.startsAt))}, ${formatTimes(pass.startsAt, pass.endsAt)}`;
const formatLongShift = (pass: Shift): string =>
  `${longDay(dayOf(pass.startsAt))}, ${formatTimes(pass.startsAt, pass.endsAt)}`;

const tags: Record<TemporaryAccessState, string> = {
  'to come': 'blue',
  open: 'yellow',
  'in use': 'green',
  over: 'grey',
  ended: 'red',
};

export const shiftErrors: Record<ShiftRefusal, FormErrors> = {
  'longer than a shift': { until: `A shift is at most ${maxShiftHours} hours long` },
  'over already': { until: 'This shift is over already' },
  'too far ahead': { day: 'Make passes at most 60 days ahead' },
};

export const temporaryAccessPage = (
  { passes, total }: { readonly passes: readonly TemporaryAccessDetails[]; readonly total: number },
  { now, page, may }: { readonly now: Date; readonly page: number; readonly may: { readonly make: boolean } },
): ListPage => ({
  title: 'Temporary access',
  lead: [
    'A pass lets a volunteer sign in for one shift, with a code on a card. It ends with the shift. The pass shows only the volunteer’s pages, with no names of people met, no premises and no plan.',
  ],
  actions: may.make ? [{ href: temporaryAccessPaths.add(), text: 'Make passes' }] : [],
  list: {
    kind: 'table',
    caption: 'Passes of your agency',
    stack: true,
    columns: ['Name', 'Shift', 'Operation', 'State', 'End it'].map((text) => ({ text })),
    rows: passes.map((pass) => {
      const state = getTemporaryAccessState(pass, now);
      const running = state !== 'over' && state !== 'ended';
      return [
        { text: pass.name },
        { text: formatShortShift(pass) },
        { text: pass.codeName ?? 'not yours to see' },
        { text: state, tag: tags[state] },
        running
          ? { text: 'End', href: temporaryAccessPaths.end(pass.id), hidden: `the pass of ${pass.name}` }
          : { text: '–' },
      ];
    }),
    empty: may.make
      ? 'No passes yet. Make passes when you know who is coming. For each pass, you need only a name.'
      : 'No passes yet. A planner of your agency makes the passes.',
    pages: paginate(page, pageSize, total, (to) => withQuery(temporaryAccessPaths.list(), { page: to })),
  },
});

export const temporaryAccessFormPage = (
  operations: readonly { readonly id: string; readonly codeName: string }[],
  today: string,
): FormPage => ({
  title: 'Give temporary access',
  ...backTo(temporaryAccessPaths.list(), 'Temporary access'),
  lead: [
    'You see the temporary access cards only once. Print them as soon as they appear. Each card has a name, the hours and a code. The card has no details of the operation.',
    `A code works from ${earlySignInMinutes} minutes before the shift until its end.`,
  ],
  ...(operations.length === 0 && {
    closed: true,
    warning: 'You see no operation now that is still to come. Plan one, or ask to be let into it.',
  }),
  action: temporaryAccessPaths.add(),
  button: 'Make the passes',
  fields: (ask) => [
    ask.choose(
      'operationId',
      'Operation',
      operations.map(({ id, codeName }) => ({ value: id, text: codeName })),
    ),
    ask.day('day', 'Day of the shift', { value: today }),
    ask.time('from', 'From'),
    ask.time('until', 'Until', {
      hint: `Use the 24-hour clock. If the end time is before the start time, the shift ends on the next day. A shift lasts at most ${maxShiftHours} hours.`,
    }),
    ask.words('names', 'Names, one on a line', { hint: `Up to ${maxPasses}`, most: 4_000, rows: 6 }),
  ],
});

export type Card = { readonly name: string; readonly code: string };

/** Cards to print and cut. */
export type CardsPage = SectionsPage & {
  readonly cards: readonly Card[];
  readonly shift: string;
  readonly agencyName: string;
  readonly address: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/temporary-access/cards': CardsPage;
  }
}

export const cardsPage = (cards: readonly Card[], shift: Shift, agencyName: string, address: string): CardsPage => ({
  title: 'Cards for the shift',
  back: { href: temporaryAccessPaths.list(), text: 'Temporary access' },
  lead: ['Print these now: the codes are shown this once. Hand each to its volunteer, and to nobody else.'],
  sections: [],
  cards,
  shift: formatLongShift(shift),
  agencyName,
  address,
});

export const endTemporaryAccessPage = (pass: TemporaryAccessDetails): FormPage => ({
  title: `End the pass of ${pass.name}`,
  ...backTo(temporaryAccessPaths.list(), 'Temporary access'),
  lead: [formatLongShift(pass), 'They are signed out at once, and the code opens nothing any more.'],
  action: temporaryAccessPaths.end(pass.id),
  button: 'End the pass',
  dangerous: true,
});

export const codePage = (): FormPage => ({
  title: 'Sign in with a shift pass',
  action: temporaryAccessPaths.signIn(),
  button: 'Start the shift',
  fields: (ask) => [
    ask.text('code', 'Code on your card', {
      hint: 'Twelve letters and figures, like 7K3M-Q9XT-2VBC. Small letters and spaces do no harm.',
      classes: 'govuk-input--width-20',
      spellcheck: false,
    }),
  ],
  more: { href: signInPaths.signIn(), text: 'I have an account: sign in with it' },
});

/** The same for a code that never was, is not open yet, is over or was ended. */
export const codeErrors: FormErrors = {
  code: 'This code opens nothing now. Check it against your card and the hours on it, or ask whoever runs the shift.',
};

export const shiftPage = (pass: TemporaryAccessDetails | undefined, receives: boolean): SectionsPage => ({
  title: pass ? `Your shift, ${pass.name}` : 'Your shift',
  lead: pass
    ? [
        formatLongShift(pass),
        'You are signed out when it ends. Going earlier, or lending the screen to somebody? Sign out above.',
      ]
    : ['You are not here by a shift pass: your account has no shift of its own.'],
  actions: receives ? [{ href: receptionPaths.receptions(), text: 'Reception' }] : [],
  sections: [
    {
      kind: 'list',
      title: 'If somebody needs help',
      items: [{ text: 'Whom to ring, and what is open now', href: '/help' }],
    },
  ],
});
