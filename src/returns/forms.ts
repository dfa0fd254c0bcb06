/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import { Count, OptionalText, RequiredText } from '../platform/forms/forms.ts';
import type { Quantity } from '../vocabulary/figures.ts';
import { countWords } from './counting/qualify.ts';

const wordsForCounts = Object.keys(countWords) as [keyof typeof countWords, ...(keyof typeof countWords)[]];
const Reason = RequiredText('Say why the exact number is not given', 500);
const most = 9_999_999;

/** How to qualify a figure. Checks only the fields of the chosen way; "exactly" needs neither words nor reason. */
export const SayForm = z.discriminatedUnion(
  'how',
  [
    z.object({ how: z.literal('exactly') }).transform(() => ({ quantity: null, reason: '' })),
    ...(['at least', 'about'] as const).map((qualifier) =>
      z
        .object({ how: z.literal(qualifier), value: Count('Enter a number', most), reason: Reason })
        .transform(({ value, reason }) => ({
          quantity: { kind: 'number', value, qualifier } satisfies Quantity as Quantity,
          reason,
        })),
    ),
    z
      .object({ how: z.literal('in words'), words: z.enum(wordsForCounts, 'Select the words'), reason: Reason })
      .transform(({ words, reason }) => ({
        quantity: { kind: 'words', words } satisfies Quantity as Quantity,
        reason,
      })),
  ],
  'Select how the figure is said',
);

export const CountForm = z.object({ note: OptionalText(500) });

export const SignForm = z.object({
  stage: z.enum(['open', 'final'], 'Select whether more may come'),
  seen: z.string('Reload the page').regex(/^[0-9a-f]{64}$/, 'Reload the page, look at the figures and sign again'),
});
