/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import { Count, OptionalText, RequiredText } from '../platform/forms/forms.ts';
import type { Quantity } from '../vocabulary/figures.ts';
import { countPhrases } from './counting/qualify.ts';

const countPhraseNames = Object.keys(countPhrases) as [keyof typeof countPhrases, ...(keyof typeof countPhrases)[]];
const Reason = RequiredText('Say why the exact number is not given', 500);
const maxNumber = 9_999_999;

/** How to qualify a figure. Checks only the fields of the chosen way; "exactly" needs neither words nor reason. */
export const QualifyFigureForm = z.discriminatedUnion(
  'how',
  [
    z.object({ how: z.literal('exactly') }).transform(() => ({ quantity: null, reason: '' })),
    ...(['at least', 'about'] as const).map((qualifier) =>
      z
        .object({ how: z.literal(qualifier), value: Count('Enter a number', maxNumber), reason: Reason })
        .transform(({ value, reason }) => ({
          quantity: { kind: 'number', value, qualifier } satisfies Quantity,
          reason,
        })),
    ),
    z
      .object({ how: z.literal('in words'), words: z.enum(countPhraseNames, 'Select the words'), reason: Reason })
      .transform(({ words, reason }) => ({
        quantity: { kind: 'words', words } satisfies Quantity,
        reason,
      })),
  ],
  'Select how the figure is said',
);

export const DiscardForm = z.object({ reason: RequiredText('Enter why you discard this version', 500) });

export const CountForm = z.object({ note: OptionalText(500) });

export const CountersignForm = z
  .object({
    seen: z.uuid('Reload the page, and look at the figures again'),
    answer: z.enum(['countersign', 'send back'], 'Select whether you countersign or send it back'),
    reason: OptionalText(500),
  })
  .refine(({ answer, reason }) => answer === 'countersign' || reason !== null, {
    path: ['reason'],
    error: 'Enter what the analyst has to correct',
  });

export const SignForm = z.object({
  stage: z.enum(['open', 'final'], 'Select whether more may come'),
  seen: z.string('Reload the page').regex(/^[0-9a-f]{64}$/, 'Reload the page, look at the figures and sign again'),
});
