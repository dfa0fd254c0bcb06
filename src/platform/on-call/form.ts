/** The form that says who is on call: what it accepts and its fields. The words around it belong to each area. */
import { z } from 'zod';
import type { Field, FieldBuilder } from '../forms/fields.ts';
import { Day, RequiredText, Time } from '../forms/forms.ts';

/** The member, the times and the other way to reach them. */
export const shiftAnswers = {
  member: z.uuid('Select who is on call'),
  startDay: Day('Enter the first day'),
  starts: Time('Enter the time at which it starts'),
  endDay: Day('Enter the last day'),
  ends: Time('Enter the time at which it ends'),
  reached: RequiredText('Enter another way for colleagues to reach them', 200),
};
export type ShiftAnswers = z.output<z.ZodObject<typeof shiftAnswers>>;

/** `order` stands after the member, where those on call are rung one after another. */
export const shiftFields = (
  ask: FieldBuilder,
  members: readonly { readonly id: string; readonly name: string }[],
  today: string,
  { seenBy, order = [] }: { readonly seenBy: string; readonly order?: readonly Field[] },
): Field[] => [
  ask.choose(
    'member',
    'Who',
    members.map(({ id, name }) => ({ value: id, text: name })),
  ),
  ...order,
  ask.day('startDay', 'First day', { value: today }),
  ask.time('starts', 'From what time'),
  ask.day('endDay', 'Last day', { value: today }),
  ask.time('ends', 'Until what time'),
  ask.text('reached', 'How colleagues reach them beside the page', {
    hint: `Enter the number of a duty phone. It is visible to ${seenBy}.`,
  }),
];
