/** How a language is written in its file; what is not so is refused when it is read. */
import { z } from 'zod';
import { isDay } from '../../vocabulary/calendar/days.ts';
import { parseYaml } from '../../vocabulary/read-yaml.ts';
import { textsOf } from './english.ts';
import type { Language } from './language.ts';

const Text = z.string('A text is words').trim().min(1, 'A text is not empty');
const Section = z.record(z.string().regex(/^[a-z]+$/, 'A key is one word in small letters'), Text);

const LanguageHead = z.object({
  name: Text,
  english: Text,
  direction: z.enum(['ltr', 'rtl']),
  edition: z.number().int().min(1),
});

const Review = z.strictObject({
  by: Text,
  on: z.string().refine(isDay, 'A day is written like 2026-01-01'),
  of: z.array(Text),
});

const LanguageFile = LanguageHead.extend({
  content: z.array(z.strictObject({ en: Text, own: Text })).default([]),
  reviews: z.array(Review).default([]),
}).catchall(Section);

/** Reads the part before a file's first section: all that the public site needs to know of a language. */
export const readHead = (file: string): z.infer<typeof LanguageHead> =>
  LanguageHead.parse(parseYaml(file.startsWith('{') ? file : (file.split(/^[a-z]+:$/m)[0] ?? '')));

/** Refuses, with what is wrong, a file that is not written as it must be. */
export function readLanguage(code: string, file: string): Language {
  const { name, english, direction, edition, content, reviews, ...sections } = LanguageFile.parse(parseYaml(file));
  return {
    code,
    name,
    english,
    direction,
    edition,
    reviews,
    texts: textsOf(sections),
    content: Object.fromEntries(content.map(({ en, own }) => [en, own])),
  };
}
