/** Validation of this area's forms, and their error messages. */
import { z } from 'zod';
import { RequiredText } from '../../platform/forms/forms.ts';
import { readWitnessKey } from '../sealing/checkpoint.ts';

export const WitnessForm = z.object({
  key: RequiredText('Enter the public key that the witness printed', 400)
    .transform((text) => text.replace(/\s+/g, ''))
    .refine((text) => readWitnessKey(text) !== undefined, {
      error: 'Enter the whole key as the witness printed it, like witness.example/council+1a2b3c4d+BPq…',
    }),
});
