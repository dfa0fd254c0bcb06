/** Input that the forms of this module accept, and their errors. */
import { z } from 'zod';
import {
  CheckboxList,
  Day,
  IdOf,
  OptionalCount,
  OptionalDay,
  OptionalText,
  RequiredText,
  Time,
} from '../../platform/forms/forms.ts';
import { nations } from '../../vocabulary/calendar/working-days.ts';
import { type Ending, endings, type HandoverId, spans, type TaskId } from './action.ts';
import { caseClocks, comparisonResults } from './due.ts';
import { notHealth } from './form-pages.ts';

export const TaskPath = z.object({ id: IdOf<TaskId>() });
export const HandoverPath = z.object({ id: IdOf<HandoverId>() });
export const TasksQuery = z.object({ mine: z.enum(['yes']).optional().catch(undefined) });
/** The meeting that the form was opened from, to go back there. */
export const FinishQuery = z.object({ meeting: IdOf<string>().optional().catch(undefined) });
export const CompareQuery = z.object({ clock: z.string().max(60).optional().catch(undefined) });

const formId = <Id extends string>() => IdOf<Id>('Open the form again');
const Where = z.enum(nations, 'Select where the work happens');

export const TaskForm = z.object({
  id: formId<TaskId>(),
  what: RequiredText('Enter the action', 500),
  by: z.enum([...spans, ...caseClocks], 'Select by when'),
  day: Day('Enter the start date'),
  time: Time('Enter the start time'),
  nation: Where,
});

export const OfferForm = z.object({
  id: formId<TaskId>(),
  what: RequiredText('Enter the help offered and the agency that offered it', 500),
  day: Day('Enter the date of the offer'),
  nation: Where,
});

const MaybeTime = z
  .string()
  .trim()
  .optional()
  .transform((text) => text ?? '')
  .pipe(z.union([z.literal(''), Time('')], 'Enter a time on the 24-hour clock, like 09:30'))
  .transform((time) => (time === '' ? null : time));

export const healthForm = (clocks: readonly string[]) =>
  z
    .object({
      id: formId<TaskId>(),
      clocks: CheckboxList(clocks as [string, ...string[]]).refine((all) => all.length > 0, 'Select at least one'),
      day: Day('Enter the date it happened, as near as you know'),
      time: Time('Enter the time, as near as is known'),
      untilDay: OptionalDay(),
      untilTime: MaybeTime,
    })
    .refine(({ untilDay, untilTime }) => (untilDay === null) === (untilTime === null), {
      path: ['untilTime'],
      message: 'Enter both the latest day and the latest time, or neither',
    });

/** For agencies that are not of health: no answer fits. */
export const NotForHealth = z.never(notHealth);

const allEndings = Object.values(endings).flat() as [Ending, ...Ending[]];
export const FinishForm = z.object({
  ending: z.enum(allEndings, 'Select how it ended'),
  endedWith: OptionalText(1_000),
});

export const HandoverForm = z.object({
  id: formId<HandoverId>(),
  words: RequiredText('Enter notes for the next shift, or “nothing”', 4_000),
  named: CheckboxList(['yes']),
  tasks: z
    .preprocess(
      (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
      z.array(IdOf<TaskId>()),
    )
    .catch([]),
});

export const compareForm = (clocks: readonly string[]) =>
  z
    .object({
      id: formId<string>(),
      clock: z.enum(clocks as [string, ...string[]], 'Select the clock that you compared'),
      says: z.enum(comparisonResults, 'Select what the guideline says'),
      hours: OptionalCount(720).refine((hours) => hours !== 0, 'Enter 1 hour or more'),
      source: RequiredText('Write the title and the edition of what you read', 300),
      validFrom: Day('Enter the first day it applies'),
    })
    .refine(({ says, hours }) => (says === 'other hours') === (hours !== null), {
      path: ['hours'],
      message: 'Enter the hours where the guideline says others, and only there',
    });
