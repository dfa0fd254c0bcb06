/** The scripts that paper shows: which font draws each, what language it tells, and in which direction it runs. Pure. */

export type PaperFont = {
  /** The family, as the font file names it. */
  readonly family: string;
  /** Inside `node_modules`; a bundle has the same file in its folder `fonts`. */
  readonly file: string;
};

type Script = {
  /** As Unicode names it. */
  readonly name: string;
  readonly font: PaperFont;
  /** The language (ISO 639), if the script alone tells it. */
  readonly language?: string;
  readonly fromTheRight?: true;
};

const noto = (script: string): PaperFont => ({
  family: `Noto Sans ${script}`,
  file: `@expo-google-fonts/noto-sans-${script.toLowerCase()}/400Regular/NotoSans${script}_400Regular.ttf`,
});

/** Latin with all its marks, Cyrillic and Greek. */
export const mainFont: PaperFont = {
  family: 'Noto Sans',
  file: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
};
export const headingFontFile = '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf';

/** Also has kana, so Japanese names are drawn. */
const chinese: PaperFont = {
  family: 'Noto Sans S Chinese',
  file: '@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf',
};
/** Other fonts draw the dots of a letter apart, and the programs that read a PDF then find letters twice. */
const arabic: PaperFont = {
  family: 'Amiri',
  file: '@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf',
};
const korean: PaperFont = {
  family: 'NanumGothic',
  file: '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
};

export const scripts: readonly Script[] = [
  { name: 'Latin', font: mainFont, language: 'en' },
  { name: 'Cyrillic', font: mainFont },
  { name: 'Greek', font: mainFont, language: 'el' },
  { name: 'Arabic', font: arabic, fromTheRight: true },
  { name: 'Hebrew', font: noto('Hebrew'), fromTheRight: true },
  { name: 'Ethiopic', font: noto('Ethiopic') },
  { name: 'Devanagari', font: noto('Devanagari') },
  { name: 'Bengali', font: noto('Bengali') },
  { name: 'Gujarati', font: noto('Gujarati'), language: 'gu' },
  { name: 'Gurmukhi', font: noto('Gurmukhi'), language: 'pa' },
  { name: 'Tamil', font: noto('Tamil'), language: 'ta' },
  { name: 'Telugu', font: noto('Telugu'), language: 'te' },
  { name: 'Kannada', font: noto('Kannada'), language: 'kn' },
  { name: 'Malayalam', font: noto('Malayalam'), language: 'ml' },
  { name: 'Sinhala', font: noto('Sinhala'), language: 'si' },
  { name: 'Thai', font: noto('Thai'), language: 'th' },
  { name: 'Lao', font: noto('Lao'), language: 'lo' },
  { name: 'Khmer', font: noto('Khmer'), language: 'km' },
  { name: 'Myanmar', font: noto('Myanmar'), language: 'my' },
  { name: 'Georgian', font: noto('Georgian'), language: 'ka' },
  { name: 'Armenian', font: noto('Armenian'), language: 'hy' },
  { name: 'Han', font: chinese, language: 'zh' },
  { name: 'Hiragana', font: chinese, language: 'ja' },
  { name: 'Katakana', font: chinese, language: 'ja' },
  { name: 'Hangul', font: korean, language: 'ko' },
];

export const paperFonts: readonly PaperFont[] = [...new Set(scripts.map(({ font }) => font))];

const patterns = scripts.map((script) => ({ script, pattern: new RegExp(`\\p{Script=${script.name}}`, 'u') }));

/** The script of a letter; undefined for digits, marks and signs, which belong to none, and for a script that has no font here. */
export const scriptOf = (letter: string): Script | undefined =>
  patterns.find(({ pattern }) => pattern.test(letter))?.script;

/** The first letter that belongs to a script decides the direction and language of a line, as `dir="auto"` does on pages. */
export function leadingScript(text: string): Script | undefined {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter === undefined ? undefined : scriptOf(letter);
}
