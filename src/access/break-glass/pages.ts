/** Pages for requesting, listing and reviewing emergency access, and the wording of refusals. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type CasePage, type Cell, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { optionsOf } from '../../vocabulary/display-text.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { emergencyAccessPaths } from '../../vocabulary/paths/access.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { type Finding, findings, getEnd, isOpen, isOverdue, type ReviewRefusal } from './break-glass.ts';
import type { BreakGlassDetails, BreakGlassOperation } from './store.ts';

export const breakGlassErrors: Record<'open already' | 'not there', FormErrors> = {
  'open already': {
    '': 'You have emergency access to an operation now. You cannot prolong it. End it or wait until it ends, then start again.',
  },
  'not there': { operationId: 'Select an operation from the list' },
};

export const reviewErrors: Record<ReviewRefusal, FormErrors> = {
  'their own': {
    '': 'This is your own emergency access. Somebody else at the agency that leads the operation must review it.',
  },
  'another agency’s': { '': 'The agency that leads the operation reviews this.' },
  'still open': { '': 'The emergency access is still open. Review it after it ends, when the log is complete.' },
  'reviewed already': { '': 'Somebody has reviewed this already. The findings cannot change.' },
};

const text = (words: string) => ({ text: words });
const row = (key: string, value: string) => ({ key: text(key), value: text(value) });

/** What it does, said before it is done. */
export const breakGlassExplanation = [
  'You can read the plan of one operation: premises, powers of entry, planned visits, teams and briefings. You cannot read records of people encountered or safeguarding records.',
  'Emergency access ends after three hours. You cannot extend emergency access, but you can start it again.',
  'The planners, commanders and data-protection lead of the agency that leads get a notification at once. So do your own commander and data-protection lead.',
  'The access log records everything you open. Another member of the agency that leads the operation must review your access. Until then, the final return of the operation cannot be signed.',
];

const findingText: Readonly<Record<Finding, string>> = {
  needed: 'needed',
  'needed in part': 'needed, but more was opened than needed',
  'not needed': 'not needed',
};

const formatStatus = (glass: BreakGlassDetails, now: Date): { readonly text: string; readonly tag: string } =>
  isOpen(glass, now)
    ? { text: 'open now', tag: 'red' }
    : glass.review
      ? { text: findingText[glass.review.finding], tag: glass.review.finding === 'needed' ? 'green' : 'yellow' }
      : isOverdue(glass, glass.review, now)
        ? { text: 'review overdue', tag: 'red' }
        : { text: 'to be reviewed', tag: 'yellow' };

export const breakGlassRow = (glass: BreakGlassDetails, now: Date): Cell[] => [
  {
    text: glass.memberName,
    hidden: `on ${glass.codeName}, ${formatMoment(glass.openedAt)}`,
    href: emergencyAccessPaths.emergencyAccess(glass.id),
  },
  text(glass.agencyName),
  text(glass.codeName),
  text(formatMoment(glass.openedAt)),
  text(formatMoment(getEnd(glass))),
  formatStatus(glass, now),
];
export const breakGlassColumns = ['Who', 'Of', 'Operation', 'Broken', 'Until', 'State'].map(text);

export const breakGlassListPage = (
  all: readonly BreakGlassDetails[],
  may: { readonly breakGlass: boolean; readonly open: boolean },
  now: Date,
): SectionsPage => ({
  title: 'Emergency access',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'In an emergency, members can open an operation for three hours without being added to it. They must give a reason. Planners, commanders and data-protection leads get a notification. The agency that leads the operation reviews the access.',
  ],
  actions: may.breakGlass
    ? [{ href: emergencyAccessPaths.start(), text: 'Use emergency access', secondary: true }]
    : [],
  sections: [
    {
      kind: 'table',
      caption: 'Emergency access so far, the latest first',
      columns: breakGlassColumns,
      rows: all.map((glass) => {
        const [who = {}, ...rest] = breakGlassRow(glass, now);
        return [may.open ? who : text(glass.memberName), ...rest];
      }),
      empty: 'You have not used emergency access, and you have none to review.',
    },
  ],
});

export const breakGlassFormPage = (
  operations: readonly BreakGlassOperation[],
  asked: string | undefined,
): FormPage => ({
  title: 'Use emergency access to an operation',
  ...backTo(emergencyAccessPaths.list(), 'Emergency access'),
  lead:
    operations.length > 0
      ? breakGlassExplanation
      : ['You can already read all operations of your agency, so you do not need emergency access.'],
  action: emergencyAccessPaths.start(),
  button: 'Start emergency access',
  dangerous: true,
  closed: operations.length === 0,
  fields: (ask) => [
    ask.choose(
      'operationId',
      'Operation',
      operations.map(({ id, codeName, startsOn, endsOn }) => ({
        value: id,
        text: `${codeName}, ${dayRange(startsOn, endsOn)}`,
      })),
      { value: asked },
    ),
    ask.words('reason', 'Why you need to open it now', {
      hint: 'Write at least one sentence. The agency that leads reads it. Do not name anybody who may need help.',
      most: 1_000,
    }),
  ],
});

export function breakGlassPage(
  glass: BreakGlassDetails,
  around: { readonly names: MemberNames; readonly own: boolean; readonly review: boolean; readonly now: Date },
): CasePage {
  const { own, now, review } = around;
  const open = isOpen(glass, now);
  return {
    title: `Emergency access: ${glass.codeName}`,
    caption: `${glass.memberName}, ${glass.agencyName}`,
    back: { href: emergencyAccessPaths.list(), text: 'Emergency access' },
    actions: [
      ...(own && open
        ? [
            { href: operationPaths.operation(glass.operationId), text: `Open ${glass.codeName}` },
            { post: emergencyAccessPaths.end(glass.id), text: 'End it now', secondary: true },
          ]
        : []),
      ...(review ? [{ href: emergencyAccessPaths.review(glass.id), text: 'Review it' }] : []),
    ],
    lead: own && open ? breakGlassExplanation : [],
    sections: [
      {
        kind: 'summary',
        rows: [
          row('State', capital(formatStatus(glass, now).text)),
          row('Why', glass.reason),
          row('Broken', formatMoment(glass.openedAt)),
          row(open ? 'Ends' : 'Ended', formatMoment(getEnd(glass))),
          row('Answers for the operation', glass.ownerName),
          ...(glass.review
            ? [
                row('Found', capital(findingText[glass.review.finding])),
                row('Because', glass.review.reasons),
                row(
                  'Reviewed',
                  `${formatMoment(glass.review.reviewedAt)} by ${getMemberName(around.names, glass.review.reviewedBy)}`,
                ),
              ]
            : [row('Review', open ? 'When it has ended' : `Waits for somebody else of ${glass.ownerName}`)]),
        ],
      },
    ],
  };
}

export const reviewPage = (glass: BreakGlassDetails): FormPage => ({
  title: 'Review emergency access',
  caption: `${glass.memberName}, ${glass.codeName}, ${formatMoment(glass.openedAt)}`,
  ...backTo(emergencyAccessPaths.emergencyAccess(glass.id)),
  lead: [`Reason given: ${glass.reason}`, 'You cannot change your findings later.'],
  action: emergencyAccessPaths.review(glass.id),
  button: 'Write it down',
  fields: (ask) => [
    ask.one('finding', 'Finding', optionsOf(findings, findingText)),
    ask.words('reasons', 'Reasons for the finding', {
      hint: 'Write at least one sentence. The member and their agency read it.',
      most: 1_000,
    }),
  ],
});
