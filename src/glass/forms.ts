/** What the forms of this room accept, and what they say when they do not. */
import { z } from 'zod';
import { Words } from '../platform/forms.ts';
import type { OperationId } from '../vocabulary/ids.ts';
import { findings } from './break-glass.ts';

/** The database asks the same: three words, twenty letters. */
const sentence = (missing: string) =>
  Words(missing, 1_000).refine(
    (text) => text.length >= 20 && text.split(/\s+/).length >= 3,
    'Write at least a sentence, so that somebody else can judge it',
  );

export const BreakForm = z.object({
  operationId: z.uuid('Select the operation').transform((id) => id as OperationId),
  reason: sentence('Say why you need to open it now'),
});

export const ReviewForm = z.object({
  finding: z.enum(findings, 'Select what you found'),
  reasons: sentence('Say how you came to that'),
});
