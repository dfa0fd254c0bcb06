/** How the named site looks: the partnership's logo and main colour, as a second person approved them. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Hex, isHex } from './contrast.ts';
import { type Logo, LogoContent } from './logo.ts';
import { findLowContrast, styleOf } from './main-colour.ts';

export const lookParts = ['logo', 'colour'] as const;
export type LookPart = (typeof lookParts)[number];

export const ColourContent = z.strictObject({
  colour: z.string().refine((text): text is Hex => isHex(text) && findLowContrast(text) === undefined),
});

export type SiteLook = {
  readonly logo: Logo | undefined;
  readonly colour: Hex | undefined;
  /** Comes after the style sheet in pages of the named site; empty where the partnership set no colour. */
  readonly style: string;
};

/** Takes the approved versions by part. One that says nothing, or cannot be read, leaves the look of Safelight. */
export function composeLook(approved: ReadonlyMap<string, unknown>): SiteLook {
  const logo = LogoContent.safeParse(approved.get('logo')).data;
  const colour = ColourContent.safeParse(approved.get('colour')).data?.colour;
  return { logo, colour, style: colour ? styleOf(colour) : '' };
}

/** As a policy for styles names one that it lets in. */
export const styleHash = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
