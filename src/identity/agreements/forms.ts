/** What the form of an agreement accepts, and its error messages. */
import { z } from 'zod';
import { Day, type FormErrors, OptionalDay, OptionalText, RequiredText } from '../../platform/forms/forms.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { DateRefusal } from './agreement.ts';

const AgencyIds = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid('Select agencies from the list').transform((id) => id as AgencyId)),
);

/** The days in order, and the DPIA whole or not at all. That no day lies ahead is the route's to ask: it knows today. */
export const AgreementForm = z
  .object({
    agencies: AgencyIds.refine((ids) => new Set(ids).size >= 2, 'Select at least two agencies'),
    reference: RequiredText('Enter the reference of the agreement', 120),
    signed: Day('Enter the date of the last signature'),
    review: Day('Enter the review date'),
    dpiaReference: OptionalText(120),
    dpia: OptionalDay(),
  })
  .refine(({ signed, review }) => review > signed, {
    path: ['review'],
    error: 'The review must be after the last signature',
  })
  .refine(({ dpiaReference, dpia }) => dpiaReference === null || dpia !== null, {
    path: ['dpia'],
    error: 'Enter the day of the DPIA',
  })
  .refine(({ dpiaReference, dpia }) => dpia === null || dpiaReference !== null, {
    path: ['dpiaReference'],
    error: 'Enter the reference of the DPIA',
  });
/** What is said of a date that cannot be right. */
export const dateErrors: Record<DateRefusal, FormErrors> = {
  'signed too early': {
    signed: 'Enter a date from 2015 on: agreements from before the Modern Slavery Act do not count',
  },
  'review too late': { review: 'The review must be within 5 years from today' },
  'too old for a review': {
    review: 'An agreement counts for 10 years at most. Sign a new one, or enter an earlier review',
  },
};

export type AgreementAnswers = z.output<typeof AgreementForm>;

export const WithdrawForm = z.object({ reason: RequiredText('Enter why your agency withdraws', 500) });
