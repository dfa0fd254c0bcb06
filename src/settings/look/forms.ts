/** The forms by which the partnership sets its logo and its main colour, and the content that their answers make. */
import { z } from 'zod';
import type { SentFile } from '../../platform/files/public-uploads.ts';
import { OptionalText } from '../../platform/forms/forms.ts';
import { formatRatio, readHex, textContrast } from '../../platform/look/contrast.ts';
import { longestAlternative, mostUploadBytes } from '../../platform/look/logo.ts';
import { findLowContrast, type LowContrast } from '../../platform/look/main-colour.ts';

/** What the site is to show: the file of this form, the logo that is set already, or none. */
export const logoChoices = ['file', 'kept', 'none'] as const;

export const LogoForm = z.object({
  show: z.enum(logoChoices, 'Select what the site shows'),
  alternative: OptionalText(longestAlternative),
});

const lowContrastMessage = ({ ratio, darker }: LowContrast): string =>
  `The contrast of this colour with the page is ${formatRatio(ratio)}. Text needs ${textContrast}:1 or more. Choose a darker colour, such as ${darker}`;

export const ColourForm = z
  .object({
    colour: OptionalText(20).transform((typed, context) => {
      if (typed === null) return null;
      const colour = readHex(typed);
      const low = colour && findLowContrast(colour);
      if (colour && !low) return colour;
      const message = low ? lowContrastMessage(low) : 'Enter a colour as # and six letters or digits, like #1d70b8';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  })
  .transform(({ colour }) => (colour === null ? {} : { colour }));

/** The first file of a form, in memory: no more of it than is taken in, and a byte that shows that there was more. */
export class FileInMemory {
  #bytes: Buffer | undefined;

  get bytes(): Buffer | undefined {
    return this.#bytes;
  }

  readonly take = async ({ content }: SentFile): Promise<unknown> => {
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of content) {
      if (length <= mostUploadBytes) pieces.push(piece as Buffer);
      length += (piece as Buffer).length;
    }
    this.#bytes ??= Buffer.concat(pieces).subarray(0, mostUploadBytes + 1);
    return undefined;
  };

  readonly drop = async (): Promise<void> => {
    this.#bytes = undefined;
  };
}
