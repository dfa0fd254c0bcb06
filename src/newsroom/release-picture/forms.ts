/** What the forms of a release’s picture accept, and their error messages. */
import { z } from 'zod';
import { CheckboxList, Day, OptionalLine, RequiredLine, RequiredText } from '../../platform/forms/forms.ts';
import { line, tidy } from '../releases/forms.ts';
import { peopleShown } from './picture.ts';

/** What must not be seen in a picture. */
export const unseenThings = ['plates', 'doors', 'signs'] as const;
const braces = 'Take out the curly brackets: no figure can stand here';
const noBraces = (text: string): boolean => !/[{}]/.test(text);
const clean = (text: string): string => line(String(tidy(text)));

/** `today` is the last day on which it can have been cleared. */
export const pictureForm = (today: string) =>
  z
    .object({
      base: z.coerce.number().int().catch(0),
      alternative: RequiredText('Enter what the picture shows, for readers who do not see it', 250)
        .transform(clean)
        .refine(noBraces, braces),
      caption: OptionalLine(250)
        .transform((text) => clean(text ?? ''))
        .refine(noBraces, braces),
      credit: RequiredLine('Enter who took the picture', 120).transform(clean).refine(noBraces, braces),
      people: z.enum(peopleShown, 'Select who can be recognised'),
      record: OptionalLine(200).transform((text) => text ?? ''),
      unseen: CheckboxList(unseenThings).refine(
        (seen) => seen.length === unseenThings.length,
        'Check for each of the three. If one can be recognised, choose another picture',
      ),
      by: RequiredLine('Enter who cleared the picture', 120),
      on: Day('Enter the day on which it was cleared').refine(
        (day) => day <= today,
        'The day must not be in the future',
      ),
    })
    .superRefine(({ people, record }, context) => {
      if (people !== 'nobody' && record === '')
        context.addIssue({
          code: 'custom',
          path: ['record'],
          message: 'Enter where the consent or the charge is recorded',
        });
    });
