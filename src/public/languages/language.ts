/** What a language of the public pages is, and what its reader is shown where a text is missing or nobody has reviewed it. Pure. */
import { dateFormat } from '../../vocabulary/calendar/date-format.ts';
import type { TextKey } from './english.ts';
import { contentKey, countReviewed, createReviewCheck, findWholeReview, type Review } from './reviews.ts';

export type Language = {
  /** The value for `lang`. */
  readonly code: string;
  /** As its own speakers write it. */
  readonly name: string;
  readonly english: string;
  readonly direction: 'ltr' | 'rtl';
  /** Of the English texts: the source’s own, or the one that this was translated from. */
  readonly edition: number;
  /** Who reviewed which sentences. What no review names, a speaker has not reviewed. */
  readonly reviews: readonly Review[];
  /** By key, like `exit.button`. */
  readonly texts: Readonly<Record<string, string>>;
  /** Translations of signs, guidance and contacts, keyed by their dated English text. A new English wording is then a gap, and never shows an old translation. */
  readonly content: Readonly<Record<string, string>>;
};

/** Words that can put somebody in danger when they are wrong. */
export const safetyCriticalSections = ['emergency', 'confidentiality', 'exit'] as const;
export const isSafetyCritical = (key: string): boolean =>
  safetyCriticalSections.some((section) => key.startsWith(`${section}.`));

/** What goes into the places of a text: `{day}`. */
export type TextValues = Readonly<Record<string, string | number>>;

export type Translator = {
  readonly language: string;
  /** As HTML. Missing texts come in English; grave texts without review also show their English. */
  readonly t: (key: TextKey, fills?: TextValues) => string;
  /** For an attribute: one language alone. */
  readonly plain: (key: TextKey, fills?: TextValues) => string;
  /** As HTML, a sentence of the signs, the guidance or the contacts, given in English. */
  readonly said: (english: string, grave?: 'grave') => string;
  /** The same without a mark of its language, for a place within another text. */
  readonly saidPlain: (english: string) => string;
  /** As HTML, what is kept in English alone: names of sources, hours in full. */
  readonly kept: (english: string) => string;
  readonly time: (at: Date) => string;
  readonly weekday: (at: Date) => string;
  readonly day: (at: Date) => string;
};

const emergencyLink = '<a href="tel:999"><bdi>999</bdi></a>';
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
/** A text as HTML in its language alone, also where nobody has reviewed it. */
export const ownWords = ({ plain }: Pick<Translator, 'plain'>, key: TextKey): string =>
  escapeHtml(plain(key, { number: numberMark })).replaceAll(numberMark, emergencyLink);

const numberMark = '\uE000';
const markEnglish = (text: string, attributes = ''): string => `<span${attributes} lang="en" dir="ltr">${text}</span>`;
const fillPlaceholders = (text: string, fills: TextValues): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(fills[name] ?? place));

const clockZone = 'Europe/London';
/** The digits of the phone numbers, whatever others the language has. */
const createDateFormats = (code: string) => {
  const locale = `${code === 'en' ? 'en-GB' : code}-u-nu-latn-ca-gregory`;
  const written = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, { timeZone: clockZone, ...options });
  return {
    time: written({ hour: 'numeric', minute: '2-digit', hour12: false }),
    weekday: written({ weekday: 'long' }),
    day: written({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  };
};

export function createTranslator(language: Language, source: Language): Translator {
  const english = (key: string): string => {
    const text = source.texts[key];
    if (text === undefined) throw new Error(`the source has no text ${key}`);
    return text;
  };
  const isSource = language === source;
  const isReviewed = createReviewCheck(language);
  const withEnglish = (own: string, original: string): string =>
    `${own} ${markEnglish(original, ' class="sl-beside"')}`;
  const shown = (text: string, fills: TextValues): string =>
    fillPlaceholders(
      escapeHtml(text),
      Object.fromEntries(Object.entries(fills).map(([name, fill]) => [name, escapeHtml(String(fill))])),
    );
  return {
    language: language.code,
    ...createDateFormats(language.code),
    plain: (key, fills = {}) => fillPlaceholders(language.texts[key] ?? english(key), { number: 999, ...fills }),
    t: (key, fills = {}) => {
      const original = shown(english(key), fills).replaceAll('{number}', emergencyLink);
      const own = language.texts[key];
      if (own === undefined) return markEnglish(original);
      const said = shown(own, fills).replaceAll('{number}', emergencyLink);
      if (isSource || !isSafetyCritical(key) || isReviewed({ key, english: english(key), own })) return said;
      return withEnglish(said, original);
    },
    said: (text, grave) => {
      if (isSource) return escapeHtml(text);
      const own = language.content[text];
      if (own === undefined) return markEnglish(escapeHtml(text));
      if (!grave || isReviewed({ key: contentKey, english: text, own })) return escapeHtml(own);
      return withEnglish(escapeHtml(own), escapeHtml(text));
    },
    saidPlain: (text) => language.content[text] ?? text,
    kept: (text) => (isSource ? escapeHtml(text) : markEnglish(escapeHtml(text))),
  };
}

/** What a language still lacks. */
export type Gaps = {
  readonly missing: readonly string[];
  /** The English has changed its meaning since. */
  readonly outdated: boolean;
  /** Of the sentences that it translates, how many a speaker has reviewed as they are now, and how many not. */
  readonly reviewed: number;
  readonly unreviewed: number;
  /** Of the content that it was asked for, how many sentences have no translation. */
  readonly untranslated: number;
};

export const findGaps = (language: Language, source: Language, content: readonly string[] = []): Gaps => ({
  missing: Object.keys(source.texts).filter((key) => language.texts[key] === undefined),
  outdated: language.edition < source.edition && findWholeReview(language, source) === null,
  ...countReviewed(language, source),
  untranslated: language === source ? 0 : content.filter((text) => language.content[text] === undefined).length,
});

export const placeholders = (text: string): string => (text.match(/\{\w*\}/g) ?? []).sort().join();

/** What is wrong with a file, beyond what it lacks: keys that the source does not know, placeholders lost or invented, an edition yet to come. */
export function findFaults(language: Language, source: Language): readonly string[] {
  const faults = Object.entries(language.texts).flatMap(([key, text]) => {
    const original = source.texts[key];
    if (original === undefined) return [`${key} is not a text of the source`];
    return placeholders(text) === placeholders(original)
      ? []
      : [`${key} must hold ${placeholders(original) || 'no placeholder'}, as the source does`];
  });
  return language.edition > source.edition
    ? [...faults, `edition ${language.edition} is later than the source’s ${source.edition}`]
    : faults;
}
