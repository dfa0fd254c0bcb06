/** What the form that copies a week accepts, and its error messages. */
import { z } from 'zod';
import { CheckboxList, Day, OptionalDay, RequiredText } from '../../platform/forms/forms.ts';
import { copiedParts } from './copied-plan.ts';

const codeName = 'codeName-';
export const codeNameField = (operationId: string): string => `${codeName}${operationId}`;

/** The operations that got a new code name, by their ids. */
const readCodeNames = (answers: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(answers).flatMap(([field, value]) => {
      const name = field.startsWith(codeName) ? String(value).trim() : '';
      return name === '' ? [] : [[field.slice(codeName.length), name] as const];
    }),
  );

const fields = z.object({
  name: RequiredText('Enter the name of the new week', 120),
  starts: Day('Enter the first day'),
  ends: OptionalDay(),
  inside: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.uuid('Select weeks from the list')),
  ),
  copied: CheckboxList(copiedParts),
});

export const CopyWeekForm = z
  .record(z.string(), z.unknown())
  .transform((answers, context) => {
    const codeNames = readCodeNames(answers);
    for (const [id, name] of codeNames)
      if (name.length > 120)
        context.addIssue({ code: 'custom', path: [codeNameField(id)], message: 'Use 120 characters or fewer' });
    return { ...answers, codeNames };
  })
  .pipe(fields.extend({ codeNames: z.map(z.string(), z.string()) }));
export type CopyWeekValues = z.output<typeof CopyWeekForm>;
