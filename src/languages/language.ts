/** What a language of the public pages is, and what its reader is shown where a text is missing or nobody has reviewed it. Pure. */

export type Review = { readonly by: string; readonly on: string };

export type Language = {
  /** As it stands in `lang`. */
  readonly code: string;
  /** As its own speakers write it. */
  readonly name: string;
  readonly english: string;
  readonly direction: 'ltr' | 'rtl';
  /** Of the English texts: the source’s own, or the one that this was translated from. */
  readonly edition: number;
  readonly reviewed: Review | null;
  /** By key, like `exit.button`. */
  readonly texts: Readonly<Record<string, string>>;
};

/** Words that can put somebody in danger when they are wrong. */
export const graveSections = ['emergency', 'confidentiality', 'exit'] as const;
const isGrave = (key: string): boolean => graveSections.some((section) => key.startsWith(`${section}.`));

/** Nobody who speaks it has vouched for the words of today. */
export const isUnproven = (language: Language, source: Language): boolean =>
  language !== source && (language.reviewed === null || language.edition < source.edition);

export type Words = {
  /** As HTML. What is missing comes in English; what is grave and unproven brings its English along. */
  readonly t: (key: string) => string;
  /** For an attribute: one language alone. */
  readonly plain: (key: string) => string;
};

const number = '<a href="tel:999"><bdi>999</bdi></a>';
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const html = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign).replaceAll('{number}', number);
const inEnglish = (text: string, beside = ''): string => `<span${beside} lang="en" dir="ltr">${html(text)}</span>`;

export function wordsIn(language: Language, source: Language): Words {
  const english = (key: string): string => {
    const text = source.texts[key];
    if (text === undefined) throw new Error(`the source has no text ${key}`);
    return text;
  };
  const bringsEnglish = isUnproven(language, source);
  return {
    plain: (key) => language.texts[key] ?? english(key),
    t: (key) => {
      const original = english(key);
      const own = language.texts[key];
      if (own === undefined) return inEnglish(original);
      if (!isGrave(key) || !bringsEnglish) return html(own);
      return `${html(own)} ${inEnglish(original, ' class="sl-beside"')}`;
    },
  };
}

/** What a language still lacks. */
export type Gaps = {
  readonly missing: readonly string[];
  /** The English has changed its meaning since. */
  readonly outdated: boolean;
  readonly unreviewed: boolean;
};

export const gapsOf = (language: Language, source: Language): Gaps => ({
  missing: Object.keys(source.texts).filter((key) => language.texts[key] === undefined),
  outdated: language.edition < source.edition,
  unreviewed: language !== source && language.reviewed === null,
});

const placeholders = (text: string): string => (text.match(/\{\w*\}/g) ?? []).sort().join();

/** What is wrong with a file, beyond what it lacks: keys that the source does not know, placeholders lost or invented, an edition yet to come. */
export function faultsOf(language: Language, source: Language): readonly string[] {
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
