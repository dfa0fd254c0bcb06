/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import { findExceededLimit, importedLimits } from '../../vocabulary/text-structure.ts';

/** Enough for any release; more comes by the command line. */
export const maxPastedLength = importedLimits.letters;
const byCommandLine = 'Or import the file by the command line';

/** A browser sends every line end as two characters, whatever the file had: as one it is what the file most likely had. */
const withPlainLineEnds = (text: unknown): unknown => (typeof text === 'string' ? text.replaceAll('\r\n', '\n') : text);

export const ImportForm = z.object({
  fileName: z
    .string()
    .max(200, 'Use 200 characters or fewer')
    .default('')
    .transform((name) => name.replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, ' ').trim()),
  text: z.preprocess(
    withPlainLineEnds,
    z
      .string('Paste the whole file')
      .max(maxPastedLength, 'This is too long to paste. Import the file by the command line')
      .refine((text) => text.trim() !== '', 'Paste the whole file')
      .superRefine((text, context) => {
        const message = findExceededLimit(text, importedLimits);
        if (message) context.addIssue({ code: 'custom', message: `${message}. ${byCommandLine}` });
      }),
  ),
});

const OptionalText = z
  .string()
  .max(100)
  .transform((text) => text.replaceAll(/\p{Cc}/gu, ' ').trim() || undefined)
  .optional()
  .catch(undefined);

export const ImportedReleasesQuery = z.object({
  words: OptionalText,
  area: OptionalText,
  year: z.coerce.number().int().min(1).max(9999).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
