/** Pages about the policy log, and the form for a new entry. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
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
  go: boolean,
): ListPage => ({
  title: 'Policy log',
  caption: operation.codeName,
  lead: [
    'Each entry says who decided, the reasons and the options considered. You cannot change or remove an entry. To correct an entry, add a new one.',
  ],
  actions: [
    { href: operationPaths.addDecision(operation.id), text: 'Record a decision' },
    ...(go
      ? [{ href: operationPaths.goDecision(operation.id), text: 'Decide whether it goes ahead', secondary: true }]
      : []),
  ],
  list: {
    kind: 'table',
    caption: 'Decisions, the latest first',
    stack: true,
    columns: ['Decision', 'Kind', 'Reason', 'Options considered', 'Problems at the time', 'Decided by', 'Recorded'].map(
      text,
    ),
    rows: decisions.map(({ words, kind, reason, alternative, against, despite, decidedBy, recordedBy, recordedAt }) => [
      text(words),
      { text: kind, tag: tags[kind] ?? 'grey' },
      text(reason),
      text(alternative ?? 'none recorded'),
      text([...against, ...(despite ? [`Reason to proceed: ${despite}`] : [])].join(' ') || 'none'),
      text(decidedBy),
      text(`${formatMoment(recordedAt)} by ${getMemberName(names, recordedBy)}`),
    ]),
    empty: 'No decisions yet. Record the first one, or decide whether the operation goes ahead.',
    pages,
  },
});

/** Filled in with the name of the person at the form, who is most often the one who decides. */
export const decidedByField = (ask: FieldBuilder, name: string): Field =>
  ask.text('decidedBy', 'Who decided', {
    value: name,
    hint: 'Name and rank or job. If somebody else decided, enter that person’s name. They need no account.',
  });

export const decisionFormPage = (operation: OperationInWeek, name: string): FormPage => ({
  title: 'Record a decision',
  caption: operation.codeName,
  ...backTo(operationPaths.decisions(operation.id), 'Policy log'),
  lead: ['You cannot change the entry afterwards. Leave out the names of people who may need help.'],
  action: operationPaths.addDecision(operation.id),
  button: 'Record the decision',
  fields: (ask) => [
    ask.words('words', 'Decision', { most: 500 }),
    decidedByField(ask, name),
    ask.words('reason', 'Why'),
    ask.words('alternative', 'Options considered', { hint: 'Leave it empty if there were none' }),
  ],
});
