/** Pages about the policy log, and the form for a new entry. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { backTo, type FormPage, type ListPage } from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import type { Decision, DecisionKind } from './decision.ts';

const text = (words: string) => ({ text: words });

const tags: Partial<Record<DecisionKind, string>> = { go: 'green', 'no-go': 'red' };

export const policyLogPage = (
  operation: OperationInWeek,
  decisions: readonly Decision[],
  names: MemberNames,
  pages: Pages,
): ListPage => ({
  title: 'Policy log',
  caption: operation.codeName,
  back: { href: operationPaths.operation(operation.id), text: operation.codeName },
  lead: [
    'Each entry says who decided, the reasons and the options considered. You cannot change or remove an entry. Add a new entry to correct it.',
  ],
  actions: [
    { href: operationPaths.addDecision(operation.id), text: 'Write a decision down' },
    { href: operationPaths.goDecision(operation.id), text: 'Go or no-go', secondary: true },
  ],
  list: {
    kind: 'table',
    caption: 'Decisions, the latest first',
    columns: [
      'Decision',
      'Kind',
      'Reason',
      'Alternative weighed',
      'Problems at the time',
      'Decided by',
      'Written down',
    ].map(text),
    rows: decisions.map(({ words, kind, reason, alternative, against, despite, decidedBy, recordedBy, recordedAt }) => [
      text(words),
      { text: kind, tag: tags[kind] ?? 'grey' },
      text(reason),
      text(alternative ?? 'none written down'),
      text([...against, ...(despite ? [`Gone ahead all the same: ${despite}`] : [])].join(' ') || 'nothing kept'),
      text(decidedBy),
      text(`${formatMoment(recordedAt)} by ${getMemberName(names, recordedBy)}`),
    ]),
    empty: 'Nothing is written down yet. Write down the first decision, or go or no-go.',
    pages,
  },
});

export const decisionFormPage = (operation: OperationInWeek): FormPage => ({
  title: 'Write a decision down',
  caption: operation.codeName,
  ...backTo(operationPaths.decisions(operation.id), 'Policy log'),
  lead: ['It cannot be changed afterwards. Leave out the names of people who may need help.'],
  action: operationPaths.addDecision(operation.id),
  button: 'Write it down',
  fields: (ask) => [
    ask.words('words', 'Decision', { most: 500 }),
    ask.text('decidedBy', 'Who decided', { hint: 'Name and rank or job. They need no account.' }),
    ask.words('reason', 'Why'),
    ask.words('alternative', 'Options considered', { hint: 'Leave it empty if there were none' }),
  ],
});
