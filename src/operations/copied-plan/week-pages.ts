/** The form that copies a week, and its error texts. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { weekPaths } from '../../vocabulary/paths/operations.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import { weekErrors } from '../weeks/pages.ts';
import type { Week } from '../weeks/week.ts';
import { codeNameField } from './forms.ts';
import { copiedPartOptions, usualParts, whatIsNeverCopied } from './new-operation.ts';

export type WeekCopyData = {
  readonly id: string;
  readonly week: Week;
  readonly inside: readonly Week[];
  readonly operations: readonly OperationInWeek[];
};

export const copyWeekErrors: Record<keyof typeof weekErrors, FormErrors> = {
  ...weekErrors,
  'already there': { name: 'There is already a week with this name and these dates. Use that one' },
};

export const copyWeekPage = ({ id, week, inside, operations }: WeekCopyData): FormPage => ({
  title: `Copy ${week.name}`,
  ...backTo(weekPaths.week(week.id), week.name),
  lead: [
    `The new week has the same lead, ${week.lead}, the same focus, ${listOf(week.focus)}, and the same countries.`,
    'All dates move by the same number of days. You can change them afterwards.',
  ],
  button: 'Copy the week',
  fields: (ask) => [
    ask.text('name', 'Name of the new week', {
      value: week.name,
      hint: 'Use the announced name, or your own. News releases print it.',
    }),
    ask.day('starts', 'First official day', { hint: `${week.name} was ${dayRange(week.startsOn, week.endsOn)}` }),
    ask.day('ends', 'Last official day', { hint: 'Leave it empty if the new week has as many days' }),
    ...(inside.length > 0
      ? [
          ask.many(
            'inside',
            'Local weeks to copy',
            inside.map((one) => ({ value: one.id, text: `${one.name}, ${dayRange(one.startsOn, one.endsOn)}` })),
            { value: inside.map((one) => one.id) },
          ),
        ]
      : []),
    ...operationFields(ask, operations),
    ask.formId(id),
  ],
});

const operationFields = (ask: FieldBuilder, operations: readonly OperationInWeek[]): Field[] =>
  operations.length === 0
    ? []
    : [
        ask.heading(
          'operations',
          'Operations to copy',
          'Enter a new code name for each operation that you want to copy. Leave the others empty.',
        ),
        ...operations.map(({ id, codeName, startsOn, endsOn }) =>
          ask.text(codeNameField(id), `New code name for the copy of ${codeName}`, {
            hint: `${codeName} was ${dayRange(startsOn, endsOn)}`,
          }),
        ),
        ask.many('copied', 'What to copy of each', copiedPartOptions, { value: usualParts, hint: whatIsNeverCopied }),
      ];
