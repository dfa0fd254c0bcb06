/** Which languages of the public pages the partnership offers. English is always offered. Pure. */
import { z } from 'zod';

/** A language of the public pages. */
export type ReaderLanguage = { readonly code: string; readonly name: string; readonly direction: 'ltr' | 'rtl' };

export const alwaysOffered = 'en';

const Codes = z
  .array(z.string().regex(/^[a-z]{2,3}$/))
  .max(60)
  .transform((codes) => [...new Set([alwaysOffered, ...codes])].sort());

/** As it is stored and as the file says it: “all”, also of languages that come later, or codes. */
export const LanguageChoice = z.union([z.literal('all'), Codes], 'must be "all" or a list of codes, like ["en", "pl"]');
export type LanguageChoice = z.infer<typeof LanguageChoice>;

export const isOffered = (choice: LanguageChoice, code: string): boolean =>
  code === alwaysOffered || choice === 'all' || choice.includes(code);

/** The codes of a choice that no language has. */
export const findUnknownCodes = (choice: LanguageChoice, all: readonly ReaderLanguage[]): string[] =>
  choice === 'all' ? [] : choice.filter((code) => !all.some((one) => one.code === code));
