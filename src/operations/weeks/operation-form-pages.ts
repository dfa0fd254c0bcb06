/** The form of an operation. A planner whose week is not there yet adds it on the same page. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { moveDays } from '../copied-plan/copied-plan.ts';
import { type CopyChoice, copyFields } from '../copied-plan/new-operation.ts';
import type { OperationInWeek } from './operation.ts';
import { createBaseFields, getOperationFields } from './pages.ts';
import type { Week } from './week.ts';

export type OperationFormParts = {
  /** Of a new operation: the same where the form is shown again. */
  readonly id?: string;
  readonly operation?: OperationInWeek;
  readonly weeks: readonly Week[];
  readonly week?: string | undefined;
  /** A commander decided that it goes ahead: moving its dates ends that decision. */
  readonly goes?: boolean;
  readonly today?: string;
  /** For a new operation, what it may start with. */
  readonly copy?: CopyChoice;
  /** The area that a coordinator's tasking names. */
  readonly area?: string | undefined;
};

/** The week that a new operation belongs to, where it is known before anybody chooses. */
const findWeekOf = ({ operation, weeks, week, today }: OperationFormParts): Week | undefined => {
  const ahead = weeks.filter(({ endsOn }) => endsOn >= (today ?? ''));
  const only = ahead.length === 1 ? ahead[0] : undefined;
  return weeks.find(({ id }) => id === (operation?.weekId ?? week ?? only?.id));
};

const weekChoice = (ask: FieldBuilder, weeks: readonly Week[], chosen: string | undefined): Field =>
  ask.choose(
    'weekId',
    'Week of action',
    weeks.map(({ id, name, startsOn, endsOn }) => ({ value: id, text: `${name}, ${dayRange(startsOn, endsOn)}` })),
    { value: chosen },
  );

/** A week that is added with the operation. Its other answers can be added on its own page. */
const newWeekFields = (ask: FieldBuilder, first: boolean): Field =>
  ask.group(
    'newWeek',
    first ? 'Week of action' : '',
    [
      ask.text('weekName', 'Name of the week', {
        hint: `Use the announced name, or your own. News releases print it.${first ? '' : ' It is used in place of the week above.'}`,
      }),
      ask.text('weekLead', 'Lead country or agency of the week'),
      ask.many('weekFocus', 'Focus of the week', exploitations),
      ask.day('weekStarts', 'First official day of the week'),
      ask.day('weekEnds', 'Last official day of the week'),
    ],
    first ? {} : { fold: 'Your week is not in the list: add it here' },
  );

export function operationFormPage(parts: OperationFormParts): FormPage {
  const { id, operation, weeks, goes = false, copy } = parts;
  const week = findWeekOf(parts);
  const known = operation ?? copy?.plan?.operation;
  const days = operation ?? (week && copy?.plan ? moveDays(copy.plan.operation, week) : week);
  return {
    title: operation ? `Change ${operation.codeName}` : 'Plan an operation',
    ...backTo(operation ? operationPaths.operation(operation.id) : operationPaths.list()),
    lead: operation
      ? [
          ...(goes
            ? [
                'A commander decided to go ahead. If you move the dates, that decision ends and a commander must decide again.',
              ]
            : []),
          'If you change the dates, the teams’ access changes with them. If nobody has set a briefing time and the dates change, the usual briefing time changes with them.',
        ]
      : weeks.length === 0
        ? ['An operation belongs to a week of action. No week is recorded yet: add yours below.']
        : [],
    action: operation ? operationPaths.change(operation.id) : operationPaths.add(),
    fields: (ask) => [
      ...(weeks.length === 0 ? [] : [weekChoice(ask, weeks, week?.id)]),
      ...(operation ? [] : [newWeekFields(ask, weeks.length === 0)]),
      ...(copy ? copyFields(ask, copy) : []),
      ask.text('codeName', 'Code name', {
        value: operation?.codeName,
        hint: 'A word that says nothing about the place or the people',
      }),
      ask.text('unit', 'Unit that leads it', {
        value: known?.unit,
        hint: 'The name to print, for example Modern Slavery Unit. Enter the code name in its own field.',
      }),
      ask.text('area', 'Area', {
        value: known?.area ?? parts.area,
        hint: 'The county or region, as a news release would name it',
      }),
      ask.day('starts', 'First local day', {
        value: days?.startsOn,
        hint: 'Leave the days empty to use the dates of the week of action',
      }),
      ask.day('ends', 'Last local day', { value: days?.endsOn }),
      ...(goes
        ? [
            ask.words('why', 'Why the dates move', {
              hint: 'Leave it empty if you do not move them. The policy log keeps this reason.',
              rows: 3,
            }),
          ]
        : []),
      ...(id ? [ask.formId(id)] : []),
      ...createBaseFields(ask, operation, getOperationFields(weeks)),
    ],
  };
}
