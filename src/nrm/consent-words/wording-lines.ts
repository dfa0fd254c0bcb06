/** The lines of a wording: one sentence or one item of a list each, in the language in which it is shown. Pure, but for reading a language file once. */
import type { Language } from '../../public/languages/index.ts';
import { dateFormat } from '../../vocabulary/calendar/date-format.ts';
import type { ConsentTextKey } from './languages/english.ts';
import { consentLanguageOf, consentSource, isReviewed } from './languages/load.ts';

/** Before a line that is an item of a list: a name, a purpose or a group of data. No language bends these. */
const bullet = '• ';
export const listItem = (text: string): string => `${bullet}${text.replace(/\s+/gu, ' ')}`;

/** Words that somebody typed, as items: each of their lines is one. */
export const typedItems = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(listItem);

/** How a wording speaks in one language. */
export type Speaker = {
  readonly say: (key: ConsentTextKey) => string;
  /** Who vouches for the translation, before the words. Empty in English. */
  readonly status: readonly string[];
  /** Lines that only a translation has. */
  readonly translated: <Line>(...lines: readonly Line[]) => readonly Line[];
  /** In the calendar and the digits that papers in this country have. */
  readonly day: (day: string) => string;
};

/** Throws on a code without a language file. */
export function speakerOf(code: string): Speaker {
  const language = consentLanguageOf(code);
  const say = (key: ConsentTextKey): string => textOf(language, key);
  const english = language === consentSource;
  return {
    say,
    status: english ? [] : [say(isReviewed(language) ? 'translation.reviewed' : 'translation.unreviewed')],
    translated: (...lines) => (english ? [] : lines),
    day: (day) => formatDayIn(language, day),
  };
}

function textOf({ code, texts }: Language, key: ConsentTextKey): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`the consent words in ${code} lack ${key}`);
  return text;
}

const keysByText = new Map(Object.entries(consentSource.texts).map(([key, text]) => [text, key as ConsentTextKey]));
/** The key of English words that another area keeps, dated. Undefined where they are not word for word what was translated. */
export const findKey = (text: string): ConsentTextKey | undefined => keysByText.get(text);

const formats = new Map<string, (at: Date) => string>();
function formatDayIn({ code }: Language, day: string): string {
  const locale = `${code === 'en' ? 'en-GB' : code}-u-nu-latn-ca-gregory`;
  const format =
    formats.get(code) ?? dateFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  formats.set(code, format);
  return format(new Date(`${day}T00:00:00Z`));
}

/** A sentence, or the items of a list. */
export type WordingBlock = { readonly text: string } | { readonly items: readonly string[] };

/** The lines of a wording as a page shows them: items that follow each other are one list. */
export function blocksOf(wording: string): WordingBlock[] {
  const blocks: ({ text: string } | { items: string[] })[] = [];
  for (const line of wording.split('\n')) {
    const last = blocks.at(-1);
    if (!line.startsWith(bullet)) blocks.push({ text: line });
    else if (last && 'items' in last) last.items.push(line.slice(bullet.length));
    else blocks.push({ items: [line.slice(bullet.length)] });
  }
  return blocks;
}
