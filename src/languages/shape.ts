/** How a language is written in its file; what is not so is refused when it is read. */
import { parse } from 'yaml';
import { z } from 'zod';
import { isDay } from '../vocabulary/days.ts';
import type { Language } from './language.ts';

const Text = z.string('A text is words').trim().min(1, 'A text is not empty');
const Section = z.record(z.string().regex(/^[a-z]+$/, 'A key is one word in small letters'), Text);

const LanguageFile = z
  .object({
    name: Text,
    english: Text,
    direction: z.enum(['ltr', 'rtl']),
    edition: z.number().int().min(1),
    reviewed: z.strictObject({ by: Text, on: z.string().refine(isDay, 'A day is written like 2026-01-01') }).nullable(),
  })
  .catchall(Section);

/** Refuses, with what is wrong, a file that is not written as it must be. */
export function readLanguage(code: string, file: string): Language {
  const { name, english, direction, edition, reviewed, ...sections } = LanguageFile.parse(parse(file));
  const texts = Object.entries(sections).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, text]) => [`${section}.${key}`, text] as const),
  );
  return { code, name, english, direction, edition, reviewed, texts: Object.fromEntries(texts) };
}
