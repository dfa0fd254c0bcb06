/** The partnership's logo as it is kept and shown. Pure. */
import { z } from 'zod';

/** What a reader's phone fetches beside each page. */
export const mostLogoBytes = 16_000;
/** What is taken in before it is cleaned. */
export const mostUploadBytes = 500_000;
export const longestAlternative = 120;

const Side = z.number().positive().max(100_000);

export const LogoContent = z.strictObject({
  format: z.enum(['svg', 'png']),
  /** The drawing itself, or a PNG in Base64. */
  data: z
    .string()
    .min(1)
    .max(2 * mostLogoBytes),
  width: Side,
  height: Side,
  /** What is read to somebody who does not see it; the name of the partnership where nothing is said. */
  alternative: z.string().trim().min(1).max(longestAlternative).optional(),
});
export type Logo = z.infer<typeof LogoContent>;

/** A logo without the words about it. */
export type LogoPicture = Pick<Logo, 'format' | 'data' | 'width' | 'height'>;

export const bytesOf = ({ format, data }: Pick<Logo, 'format' | 'data'>): Buffer =>
  Buffer.from(data, format === 'svg' ? 'utf8' : 'base64');

export const mediaTypes = { svg: 'image/svg+xml', png: 'image/png' } as const;

/** How many times as wide as high, and as high as wide, so that it fits beside a name on a phone. */
export const widest = 6;
export const highest = 2;

const shownHeight = 40;
/** In the head of a page, in CSS pixels. */
export const shownSize = ({ width, height }: Pick<Logo, 'width' | 'height'>) => ({
  width: Math.max(1, Math.round((shownHeight * width) / height)),
  height: shownHeight,
});

/** As the templates of papers read it, as large as fits. */
export function forPaper(logo: LogoPicture, most: { readonly width: number; readonly height: number }) {
  const scale = Math.min(most.width / logo.width, most.height / logo.height);
  return { format: logo.format, bytes: [...bytesOf(logo)], width: logo.width * scale, height: logo.height * scale };
}
