/** PO files, by gettext-parser: what a translator is given, and what comes back. The same sentences give the same bytes. */
import { po } from 'gettext-parser';
import type { Language } from '../../src/public/languages/language.ts';
import { createReviewCheck } from '../../src/public/languages/reviews.ts';
import { type Sentence, translationIn } from './sentences.ts';

/** An entry as it came back. */
export type PoEntry = { readonly key: string; readonly english: string; readonly own: string; readonly fuzzy: boolean };

/** What a PO file says, or in plain words why it cannot be read. */
export type PoFile =
  | { readonly ok: true; readonly code: string; readonly entries: readonly PoEntry[] }
  | { readonly ok: false; readonly refusals: readonly string[] };

const notes = (language: Language): string =>
  [
    `Safelight, public pages in ${language.english}.`,
    'Sentences marked “needs work” (fuzzy) were translated by a computer, and no speaker has reviewed them.',
    'Take the mark away when a sentence is right. Keep it when you are not sure.',
    'Keep placeholders such as {day}, and phone numbers. Write no HTML.',
  ].join('\n');

const headers = (language: Language): Record<string, string> => ({
  'Project-Id-Version': 'Safelight public pages',
  Language: language.code,
  'MIME-Version': '1.0',
  'Content-Type': 'text/plain; charset=UTF-8',
  'Content-Transfer-Encoding': '8bit',
  'X-Source-Language': 'en',
});

export function writePo(language: Language, sentences: readonly Sentence[]): string {
  const isReviewed = createReviewCheck(language);
  const head = { msgid: '', msgstr: [''], comments: { translator: notes(language) } };
  const contexts = new Map<string, Map<string, object>>([['', new Map([['', head]])]]);
  for (const sentence of sentences) {
    const { key, english, explained } = sentence;
    const own = translationIn(language, sentence);
    const fuzzy = own !== undefined && !isReviewed({ key, english, own });
    const comments = { extracted: explained.join('\n'), ...(fuzzy && { flag: 'fuzzy' }) };
    const entries = contexts.get(key) ?? new Map<string, object>();
    contexts.set(key, entries.set(english, { msgctxt: key, msgid: english, msgstr: [own ?? ''], comments }));
  }
  const translations = Object.fromEntries(
    [...contexts].map(([context, entries]) => [context, Object.fromEntries(entries)]),
  ) as Parameters<typeof po.compile>[0]['translations'];
  return `${po
    .compile({ charset: 'utf-8', headers: headers(language), translations })
    .toString('utf8')
    .trimEnd()}\n`;
}

const refused = (...refusals: readonly string[]): PoFile => ({ ok: false, refusals });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return undefined;
  }
}

/** `pl_PL` and `pl-PL` are Polish, as programs write it. */
const codeOf = (value: string | undefined): string => (value ?? '').trim().split(/[-_@.]/)[0] ?? '';

/** Reads a PO file as any editor writes it. Refuses one that is not UTF-8, not PO, of no language, or with plural forms. */
export function readPo(bytes: Uint8Array): PoFile {
  const text = decode(bytes);
  if (text === undefined) return refused('The file is not in UTF-8. Save it again as UTF-8');
  try {
    const { headers: given, translations } = po.parse(text, { validation: true });
    const code = codeOf(Object.entries(given ?? {}).find(([name]) => name.toLowerCase() === 'language')?.[1]);
    if (code === '')
      return refused('The file does not say its language. Its first entry needs a line like “Language: pl”');
    const all = Object.values(translations).flatMap((entries) => Object.values(entries));
    const sentences = all.filter(({ msgctxt, msgid }) => msgctxt !== undefined || msgid !== '');
    const plurals = sentences.filter(({ msgid_plural }) => msgid_plural !== undefined);
    if (plurals.length > 0)
      return refused(
        ...plurals.map(({ msgctxt }) => `${msgctxt}: no sentence has plural forms. Export the file again`),
      );
    return {
      ok: true,
      code,
      entries: sentences.map(({ msgctxt, msgid, msgstr, comments }) => ({
        key: msgctxt ?? '',
        english: msgid,
        own: (msgstr[0] ?? '').trim(),
        fuzzy: /\bfuzzy\b/.test(comments?.flag ?? ''),
      })),
    };
  } catch (error) {
    return refused(`The file is not a PO file: ${error instanceof Error ? error.message : String(error)}`);
  }
}
