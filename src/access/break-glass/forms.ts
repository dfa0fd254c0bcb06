/** Validation of this area's forms, and their error messages. */
import { z } from 'zod';
import { Sentence } from '../../platform/forms/forms.ts';
import type { OperationId } from '../../vocabulary/ids.ts';
import { findings } from './break-glass.ts';

export const BreakGlassForm = z.object({
  operationId: z.uuid('Select the operation').transform((id) => id as OperationId),
  reason: Sentence('Enter why you need to open it now'),
});

export const ReviewForm = z.object({
  finding: z.enum(findings, 'Select your finding'),
  reasons: Sentence('Enter the reasons for the finding'),
});
