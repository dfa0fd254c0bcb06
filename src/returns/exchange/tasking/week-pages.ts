/** Forms that fill a week of this instance from a tasking: a new week, or one that is there, with what differs. */
import type { Field, FieldBuilder } from '../../../platform/forms/fields.ts';
import { backTo, type FormPage } from '../../../platform/rendering/pages.ts';
import { exploitations } from '../../../vocabulary/exploitation.ts';
import { taskingPaths } from '../../../vocabulary/paths/exchange.ts';
import { type ReceivedTasking, readFocus, type TakenField, type WeekDifference } from './received.ts';

export const addWeekPage = ({ id, document }: ReceivedTasking): FormPage => ({
  title: 'Add a week from this tasking',
  caption: `Tasking of ${document.instance.name}`,
  ...backTo(taskingPaths.tasking(id), 'The tasking'),
  lead: ['The answers come from the tasking. Change what is different for you.'],
  action: taskingPaths.addWeek(id),
  fields: (ask) => [
    ask.text('name', 'Name of the week', { value: document.week.name, hint: 'News releases print it.' }),
    ask.text('lead', 'Lead country or agency', { value: document.instance.name }),
    ask.many('focus', 'Focus', exploitations, { value: readFocus(document) }),
    ask.day('starts', 'First official day', { value: document.week.window.from }),
    ask.day('ends', 'Last official day', { value: document.week.window.until }),
  ],
});

const fieldWords: Readonly<Record<TakenField, string>> = { name: 'Name', dates: 'Official dates', focus: 'Focus' };

const takeField = (ask: FieldBuilder, differences: readonly WeekDifference[]): Field[] =>
  differences.length === 0
    ? []
    : [
        ask.many(
          'take',
          'Take from the tasking',
          differences.map(({ field, own, asked }) => ({
            value: field,
            text: `${fieldWords[field]}: ${asked}`,
            hint: { text: `Now: ${own}` },
          })),
          { hint: 'What you do not tick stays as it is, and the week shows the conflict.' },
        ),
      ];

export const useWeekPage = (
  { id, document }: ReceivedTasking,
  week: { readonly id: string; readonly name: string },
  differences: readonly WeekDifference[],
  conflicts: readonly string[],
): FormPage => ({
  title: `Use the tasking for ${week.name}`,
  caption: `Tasking of ${document.instance.name}`,
  ...backTo(taskingPaths.tasking(id), 'The tasking'),
  lead: [
    differences.length === 0
      ? 'The week and the tasking agree on name, dates and focus.'
      : 'The week and the tasking differ. Tick what the week takes from the tasking.',
    'The week then shows the deadline and the editions of definitions. A new plan in it starts with the area.',
    ...conflicts,
  ],
  action: taskingPaths.useWeek(id),
  fields: (ask) => [ask.kept('into', week.id), ...takeField(ask, differences)],
});
