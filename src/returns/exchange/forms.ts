/** What the forms of a coordinator accept, and their error messages. */
import { z } from 'zod';
import { readKeyLine } from '../../platform/crypto/exchange-key.ts';
import { CheckboxList, Day, OptionalText, RequiredText, Time } from '../../platform/forms/forms.ts';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { isCountry } from './countries.ts';
import { reporterLevels } from './document/signed-return.ts';
import type { ExchangeWeekId } from './store.ts';
import { findLikelyName, findPersonWords } from './tasking/person-words.ts';
import { readReporterLines } from './weeks/reporter-lines.ts';

/** As much as a form can bring in one go. */
export const maxReporterText = 30_000;

const Reporters = z
  .string('Enter the reporters, one on each line')
  .max(maxReporterText, 'Use a shorter list')
  .transform((text, context) => {
    const read = readReporterLines(text);
    if (read.ok) return read.value;
    context.addIssue({ code: 'custom', message: read.refusal });
    return z.NEVER;
  });

const Editions = z
  .string('Enter the edition of definitions')
  .transform((text) => [
    ...new Set(
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  ])
  .refine((editions) => editions.length > 0, 'Enter the edition of definitions')
  .refine((editions) => editions.length <= 10, 'Enter 10 editions or fewer')
  .refine((editions) => editions.every((one) => one.length <= 60), 'Use 60 characters or fewer for each edition');

/** Empty where the week is part of none. */
const ParentId = z
  .union([z.literal(''), z.uuid('Select a week from the list')], 'Select a week from the list')
  .optional()
  .transform((id) => (id ? (id as ExchangeWeekId) : null));

export const ExchangeWeekForm = z
  .object({
    name: RequiredText('Enter the name of the week', 200),
    parentId: ParentId,
    nationalOperation: OptionalText(200),
    startsOn: Day('Enter the first day'),
    endsOn: Day('Enter the last day'),
    deadline: Day('Enter the day of the deadline'),
    deadlineTime: Time('Enter the time of the deadline'),
    definitions: Editions,
    area: OptionalText(120),
    focus: CheckboxList(exploitations),
    tasking: OptionalText(8_000),
    noPerson: z.string().optional(),
    reporters: Reporters,
  })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, {
    path: ['endsOn'],
    error: 'The last day must not be before the first',
  })
  .refine(({ startsOn, deadline }) => startsOn <= deadline, {
    path: ['deadline'],
    error: 'The deadline must not be before the first day',
  });
export type ExchangeWeekAnswers = z.output<typeof ExchangeWeekForm>;

/** A tasking goes to many: what points at a person is refused, and what may be a name is asked about. */
export function checkPersonWords({ name, area, nationalOperation, tasking, noPerson }: ExchangeWeekAnswers) {
  for (const [field, text] of Object.entries({ name, nationalOperation, area, tasking })) {
    const words = text && findPersonWords(text);
    if (words)
      return {
        [field]: `Remove “${words.found}”. It looks like ${words.kind}, and every partnership gets this text`,
      };
  }
  const likely = tasking && findLikelyName(tasking);
  return likely && noPerson !== 'yes'
    ? { noPerson: `“${likely}” may be the name of a person. Remove it, or tick that it is none` }
    : undefined;
}

export const ExchangeKeyForm = z.object({
  name: RequiredText('Enter the name of the reporter, as its returns say it', 200),
  country: z
    .string('Enter the country')
    .trim()
    .toUpperCase()
    .refine(isCountry, 'Enter the two letters of the country, like GB'),
  level: z.enum(reporterLevels, 'Select the level'),
  key: z.string('Paste the key').transform((text, context) => {
    const key = readKeyLine(text);
    if (key) return key;
    context.addIssue({
      code: 'custom',
      message: 'Paste the whole line of the key, which begins with safelight-exchange-key-1',
    });
    return z.NEVER;
  }),
  /** The fingerprint that the page showed before the box was ticked. */
  shown: z.string().max(60).optional(),
  compared: z.string().optional(),
  /** The received return whose page led here. */
  document: z.uuid().optional().catch(undefined),
  several: z.string().optional(),
});
export type ExchangeKeyAnswers = z.output<typeof ExchangeKeyForm>;

/** Its fields are named for the pairs: `readDecisions` reads them. */
export const DecideForm = z.looseObject({});
