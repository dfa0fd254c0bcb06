/** What the forms for reports by phone and from partners accept. One sentence is required; a professional also says whether the person agrees. */

import { z } from 'zod';
import { kinds } from '../../public/signs/index.ts';
import { reportedAges } from '../../vocabulary/age.ts';
import { choices, mostLetters } from '../intake/questions.ts';
import type { ReportId } from '../report.ts';
import { callers, consents, observations } from './staff-intake.ts';

const OptionalText = z
  .string()
  .trim()
  .max(mostLetters, `Use ${mostLetters.toLocaleString('en-GB')} letters or fewer`)
  .default('');
const OptionalChoice = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  z.enum(options).or(z.literal('')).default('');

/** Minted with the form: sent twice it is kept once. */
const Id = z.uuid().transform((id) => id as ReportId);

const reportFields = {
  id: Id,
  now: OptionalChoice(choices.now),
  what: OptionalText.refine((text) => /\p{L}/u.test(text), 'Write one sentence about the observation'),
  place: OptionalText,
  postcode: OptionalText,
  when: OptionalText,
  people: OptionalText,
  vehicles: OptionalText,
  knows: OptionalText,
  name: OptionalText,
  channel: OptionalText,
  safely: OptionalText,
  never: OptionalText,
  receipt: z.enum(choices.receipt).default('none'),
};

export const PhoneForm = z.object({ ...reportFields, who: OptionalChoice(callers) });

export const PartnerForm = z.object({
  ...reportFields,
  kind: z.enum(kinds).catch('not known'),
  signs: z.preprocess(
    (value) => (value === undefined || value === '' ? [] : [value].flat()),
    z.array(z.string().max(300, 'Tick signs of the list')).max(100, 'Tick signs of the list'),
  ),
  age: z.enum(reportedAges).or(z.literal('')).default(''),
  consent: z.enum(consents, 'Select whether the person agrees to this report'),
  done: OptionalText,
  reference: OptionalText,
});

/** An officer is asked back in person, so a log has no receipt; of a colleague as its source the name alone is asked. */
export const InternalLogForm = z
  .object({ ...reportFields, observed: z.enum(observations, 'Select how you know it') })
  .omit({ receipt: true, channel: true, safely: true, never: true, knows: true });

export const KindQuery = z.object({ kind: z.enum(kinds).optional().catch(undefined) });
