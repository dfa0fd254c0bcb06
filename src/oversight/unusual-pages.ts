/** Accesses that stand out, each with its reason in words and, where somebody has looked into it, what she found. */
import { momentOf, nameOf } from '../platform/earlier.ts';
import { Asking } from '../platform/fields.ts';
import type { Answers, FormErrors } from '../platform/forms.ts';
import { addressWith, type Pages } from '../platform/paging.ts';
import type { Model } from '../platform/views.ts';
import { capital } from '../vocabulary/english.ts';
import { type Around, frame } from './log-pages.ts';
import type { Answer } from './store.ts';
import type { Thresholds } from './thresholds.ts';
import { type Finding, mayAnswer } from './unusual.ts';

export type Found = {
  readonly findings: readonly Finding[];
  readonly answers: readonly Answer[];
  readonly pages: Pages;
};

export const isAnswerTo =
  ({ sort, memberId, requestId }: Finding) =>
  (answer: Answer): boolean =>
    answer.sort === sort && answer.memberId === memberId && answer.requestId === requestId;

const section = (
  caption: string,
  { findings, answers, pages }: Found,
  { names }: Around,
  path: string,
  may: { readonly answer: boolean; readonly who: string },
): Model => ({
  kind: 'table',
  stack: true,
  caption,
  columns: ['When', 'Who', 'What stands out', 'Why', 'What was found'].map((text) => ({ text })),
  rows: findings.map((finding) => {
    const { sort, memberId, requestId, at, words } = finding;
    const found = answers.filter(isAnswerTo(finding));
    const when = momentOf(new Date(at));
    return [
      { text: when },
      { text: nameOf(names, memberId), href: `/staff/oversight/members/${memberId}` },
      { text: capital(sort) },
      { text: words },
      found.length > 0
        ? {
            text: found
              .map((one) => `${one.words} (${nameOf(names, one.answeredBy)}, ${momentOf(one.answeredAt)})`)
              .join(' '),
          }
        : !may.answer
          ? { text: 'Nobody has said yet' }
          : !mayAnswer(finding, may.who)
            ? { text: 'Your own: another lead says' }
            : {
                text: 'Say what you found',
                hidden: `of ${sort}, ${when}`,
                href: addressWith(path, { sort, member: memberId, request: requestId }),
              },
    ];
  }),
  empty: 'Nothing stands out in these days.',
  pages,
});

export const unusualPage = (
  { main, behind }: { readonly main: Found; readonly behind?: Found | undefined },
  around: Around,
  { days, many, night, closedDays, why }: Thresholds,
  may: { readonly main: boolean; readonly behind: boolean; readonly who: string },
): Model => ({
  ...frame,
  title: 'Accesses that stand out',
  lead: [
    `Of the last ${days} days. Nothing was blocked, and to stand out is no fault: each has a reason, and whoever looks into it says what she found. Nobody answers for her own.`,
    `What stands out: records of more than ${many.people} people within ${many.minutes} minutes; work between ${night.from} and ${night.until} without a team; a record closed more than ${closedDays} days before; an operation that one was not let into; a name like one’s own; broken glass. ${why}`,
  ],
  sections: [
    section(behind ? 'Before the wall' : 'What stands out', main, around, '/staff/oversight/unusual/answer', {
      answer: may.main,
      who: may.who,
    }),
    ...(behind
      ? [
          section('Behind the wall', behind, around, '/staff/oversight/behind/answer', {
            answer: may.behind,
            who: may.who,
          }),
        ]
      : []),
  ],
});

export const ownAccess: FormErrors = {
  '': 'This was your own access. Another data-protection lead of your agency says what was found.',
};

export function answerPage(action: string, typed: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    ...frame,
    back: { href: '/staff/oversight/unusual', text: 'Accesses that stand out' },
    title: 'What did you find?',
    caption: capital(String(typed.sort ?? '')),
    errors,
    action,
    lead: ['It stays beside the access, with your name. It changes nothing about the member or the record.'],
    fields: [
      ...['sort', 'member', 'request'].map((name) => ask.hidden(name, String(typed[name] ?? ''))),
      ask.words('words', 'What you found', { hint: 'No names of people whom records are about', most: 1_000 }),
    ],
    cancel: '/staff/oversight/unusual',
  };
}
