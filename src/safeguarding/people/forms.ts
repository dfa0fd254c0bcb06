/** Form schemas of people’s records, with their error messages. */

import { z } from 'zod';
import { CheckboxList, IdOf, OptionalText, RequiredText } from '../../platform/forms/forms.ts';
import { ageBases, ages, noAgeEvidence } from '../../vocabulary/age.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { interpreterGenders, interpreterNeeds } from '../../vocabulary/interpreting.ts';
import { correctionReasons } from '../notes/note.ts';
import { aids, contactWays, type Origin } from './person.ts';

export const PersonPath = z.object({ id: IdOf<PersonId>() });

/** The source that the record is opened from: `note:…`, `report:…` or `referral:…`. Anything else is ignored. */
const RecordSource = z
  .string()
  .regex(/^(note|report|referral):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .optional()
  .catch(undefined);
/** The person gave no name. */
const NoName = z.literal('yes').optional().catch(undefined);
export const SearchQuery = z.object({ from: RecordSource });
export const OpeningQuery = z.object({ from: RecordSource, noName: NoName });

const Year = z
  .string()
  .trim()
  .regex(/^((19|20)\d\d)?$/, 'Enter a year of birth in four figures, like 1998, or leave it empty')
  .optional()
  .transform((year) => (year ? Number(year) : null));

const longestName = 120;

export const SearchForm = z
  .object({
    name: z.string().trim().max(longestName, 'Use 120 characters or fewer').catch(''),
    year: Year,
    from: RecordSource,
  })
  .refine(({ name, year }) => name !== '' || year !== null, {
    path: ['name'],
    message: 'Type a name or a year of birth',
  });

/** One name a line. */
const OtherNames = z
  .string()
  .optional()
  .transform((text) =>
    [...new Set((text ?? '').split(/\r?\n/).map((line) => line.trim()))].filter((line) => line !== ''),
  )
  .refine((names) => names.length <= 8, 'Write eight other names or fewer')
  .refine((names) => names.every(({ length }) => length <= longestName), 'Use 120 characters or fewer for a name');

const PersonDetailsFields = {
  called: RequiredText('Enter the name the person wants to be called', longestName),
  others: OtherNames,
  yearOfBirth: Year,
  age: z.enum(ages, 'Select the age'),
  /** Empty where the age is not known; for another age it is asked again. */
  ageBasis: z
    .enum([...ageBases, ''], 'Select the evidence of age')
    .optional()
    .transform((basis) => basis || noAgeEvidence),
  language: OptionalText(60),
  interpreter: z.enum(interpreterNeeds, 'Select whether an interpreter is needed'),
  interpreterGender: z.enum(interpreterGenders, 'Select the gender, or “not asked yet”'),
  aids: CheckboxList(aids),
  contactWay: z.enum(contactWays, 'Select the safe way of contact, or “no way is safe”'),
  contactAt: OptionalText(200),
  contactWhen: OptionalText(500),
  contactNever: OptionalText(500),
  cameBy: OptionalText(1_000),
};

/** Origins without an encounter or a report: the person walked in, or a partner is worried. */
const originsWithoutSource = ['a partner’s concern', 'walked in'] as const satisfies readonly Origin[];
export const OpenForm = z.object({
  ...PersonDetailsFields,
  id: IdOf<PersonId>('Open the form again'),
  from: RecordSource,
  origin: z.enum(originsWithoutSource).optional().catch(undefined),
  /** The name and year of the last search. If they changed since, the form searches again before saving. */
  checked: z.string().catch(''),
});
/** For a person who gave no name: nobody has to invent one. */
export const UnnamedOpenForm = OpenForm.extend({
  called: z
    .string()
    .optional()
    .transform(() => ''),
});

export const formatSearchCheck = ({ called, yearOfBirth }: { called: string; yearOfBirth: number | null }): string =>
  `${called.trim()}, ${yearOfBirth ?? ''}`;

export { originsWithoutSource as unmet };

export const CorrectForm = z.object({
  ...PersonDetailsFields,
  called: z.string().trim().max(longestName, 'Use 120 characters or fewer').catch(''),
  noName: NoName,
  base: z.coerce.number('Open the form again').int(),
  why: z.enum(correctionReasons, 'Select why you correct this'),
});
