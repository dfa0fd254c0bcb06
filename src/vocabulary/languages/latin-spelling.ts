/** How a name in any script is written in plain Latin letters, so that two who write it differently write it alike. Pure. Wrong for many a language, and the same way wrong each time, which is all that a search needs. */

const cyrillic: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    ґ: 'g',
    д: 'd',
    е: 'e',
    ё: 'e',
    є: 'ie',
    ж: 'zh',
    з: 'z',
    и: 'i',
    і: 'i',
    ї: 'i',
  },
  ...{ й: 'i', ј: 'i', к: 'k', л: 'l', љ: 'l', м: 'm', н: 'n', њ: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u' },
  ...{ ў: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ћ: 'ch', џ: 'dj', ђ: 'dj', ш: 'sh', щ: 'sh', ъ: '', ы: 'i', ь: '' },
  ...{ э: 'e', ю: 'iu', я: 'ia', ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h' },
};

const arabic: Readonly<Record<string, string>> = {
  ...{
    ا: 'a',
    أ: 'a',
    إ: 'i',
    آ: 'a',
    ٱ: 'a',
    ب: 'b',
    پ: 'p',
    ت: 't',
    ث: 'th',
    ج: 'j',
    چ: 'ch',
    ح: 'h',
    خ: 'kh',
    د: 'd',
  },
  ...{ ذ: 'dh', ر: 'r', ز: 'z', ژ: 'zh', س: 's', ش: 'sh', ص: 's', ض: 'd', ط: 't', ظ: 'z', ع: 'a', غ: 'gh', ف: 'f' },
  ...{ ق: 'q', ك: 'k', ک: 'k', گ: 'g', ل: 'l', م: 'm', ن: 'n', ه: 'h', ة: 'a', و: 'w', ي: 'y', ی: 'y', ى: 'a', ئ: 'y' },
  ...{ ؤ: 'w', ء: '', ـ: '' },
};

const greek: Readonly<Record<string, string>> = {
  ...{
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'ks',
  },
  ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'i', φ: 'f', χ: 'kh', ψ: 'ps', ω: 'o' },
};

/** The signs of one script and what each is in Latin letters, in the same order. */
const pairUp = (signs: string, plain: string): Readonly<Record<string, string>> => {
  const written = plain.split(' ');
  return Object.fromEntries([...signs].map((sign, at) => [sign, written[at] ?? '']));
};

/** He is sounded as little as a vowel, and vav is most often one: a `w`, as in Arabic. */
const hebrew = pairUp('אבגדהוזחטיכךלמםנןסעפףצץקרשת', 'a b g d a w z kh t y k k l m m n n s a p f ts ts k r sh t');

const georgian = pairUp(
  'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
  'a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h',
);

const armenian = pairUp(
  'աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև',
  'a b g d e z e e t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev',
);

/** Nine scripts of India have their signs in one order, 128 to a block: Devanagari first, Malayalam last. */
const indicBlocks = { from: 0x0900, to: 0x0d80, size: 0x80 };
const indicVowels = 'a a i i u u r l e e e ai o o o au'.split(' ');
const indicConsonants = 'k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'.split(
  ' ',
);
const indicVowelSigns = 'a i i u u r r e e e ai o o o au'.split(' ');
const placeInBlock = (sign: string | undefined): number => {
  const code = sign?.codePointAt(0) ?? 0;
  return code >= indicBlocks.from && code < indicBlocks.to ? code % indicBlocks.size : -1;
};
/** A consonant is followed by an a, unless another vowel or the sign for none follows, or the word ends. */
function indic(sign: string, next: string | undefined): string | undefined {
  const at = placeInBlock(sign);
  if (at < 0) return undefined;
  if (at <= 0x03) return at === 0x03 ? '' : 'n';
  if (at <= 0x14) return indicVowels[at - 0x05] ?? '';
  if (at <= 0x39) {
    const after = placeInBlock(next);
    return `${indicConsonants[at - 0x15] ?? ''}${after < 0 || (after >= 0x3e && after <= 0x4d) ? '' : 'a'}`;
  }
  return at >= 0x3e && at <= 0x4c ? indicVowelSigns[at - 0x3e] : undefined;
}
/** A dot that only changes the consonant before it. */
const nukta = /[\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc]/g;

/** Letters that no mark can be taken off. */
const latin: Readonly<Record<string, string>> = {
  ...{
    đ: 'd',
    ð: 'd',
    ł: 'l',
    ø: 'o',
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ı: 'i',
    þ: 'th',
    ə: 'a',
    ħ: 'h',
    ŋ: 'n',
    ɓ: 'b',
    ɗ: 'd',
  },
};

const letters: Readonly<Record<string, string>> = {
  ...latin,
  ...cyrillic,
  ...arabic,
  ...greek,
};

const moreLetters: Readonly<Record<string, string>> = {
  ...hebrew,
  ...georgian,
  ...armenian,
  /** Gurmukhi has two signs more than the scripts like it. */
  ...{ 'ੰ': 'n', 'ੱ': '' },
};

/** Ethiopic writes a syllable a sign: eight signs to a consonant, from U+1200 on. */
const ethiopicConsonants =
  'h l h m s r s sh q q q q b v t ch h h n ny - k k kh kh w - z zh y d d j g g g t ch p ts ts f p'.split(' ');
const ethiopicVowels = ['e', 'u', 'i', 'a', 'e', '', 'o', 'ua'];
function ethiopic(code: number): string | undefined {
  const consonant = ethiopicConsonants[(code - 0x1200) >> 3];
  if (code < 0x1200 || consonant === undefined) return undefined;
  return (consonant === '-' ? '' : consonant) + ethiopicVowels[code & 7];
}

/** Stand before names and are left out as often as written. */
const particles = new Set(['al', 'el', 'ul', 'ibn', 'bin', 'ben', 'bint', 'de', 'da', 'van', 'von', 'der']);

/** The Arabic article is written together with the word. */
const article = /(?<!\p{L})ال(?=\p{L}{3})/gu;

/** Which scripts are read. Digests of names are stored as `first` reads them; what stores them must not read others. */
export type Scripts = 'first' | 'all';

/** Small plain letters, in the order written; signs of scripts that are not read stay as they are. */
export function toLatin(name: string, scripts: Scripts = 'first'): string {
  let plain = '';
  const composed = name.toLowerCase().normalize('NFC').replace(article, '');
  const signs = [...(scripts === 'all' ? composed.replace(nukta, '').replaceAll('ու', 'u') : composed)];
  for (const [at, sign] of signs.entries()) {
    const more = scripts === 'all' ? (moreLetters[sign] ?? indic(sign, signs[at + 1])) : undefined;
    const known = letters[sign] ?? ethiopic(sign.codePointAt(0) ?? 0) ?? more;
    plain += known ?? sign.normalize('NFKD');
  }
  return [...plain.replace(/\p{M}|['’ʼʻ`´]/gu, '')].map((sign) => letters[sign] ?? sign).join('');
}

/** The names in what was typed: no titles, no particles, none twice; at most so many as anybody bears. */
export function splitName(name: string, scripts: Scripts = 'first'): readonly string[] {
  const parts = toLatin(name, scripts)
    .split(/[^\p{L}\p{N}]+/u)
    .map((part) => part.replace(/\p{N}/gu, ''))
    .filter((part) => part !== '');
  const bare = parts.filter((part) => !particles.has(part));
  return [...new Set(bare.length > 0 ? bare : parts)].slice(0, 6);
}

/** In this order: of two signs for one sound first, then the sounds of one. */
const spellingRules: readonly (readonly [RegExp, string])[] = [
  [/([tdg])h/g, '$1'],
  [/xh|dzh|dj|gj/g, 'j'],
  [/tch|ch|cz/g, 'č'],
  [/sch|sh/g, 's'],
  [/zh|ts|tz/g, 'z'],
  [/ph/g, 'f'],
  [/kh/g, 'h'],
  [/ck|q/g, 'k'],
  [/c(?=[eiy])/g, 'č'],
  [/c/g, 'k'],
  [/ou|oo/g, 'u'],
  [/ee|y/g, 'i'],
  [/w/g, 'v'],
  [/(.)\1+/g, '$1'],
];

/** One spelling for the usual ways of writing a sound, vowels kept: two that differ by a slip of the hand still differ by one letter. */
export const normaliseSpelling = (part: string): string =>
  spellingRules.reduce((spelling, [written, one]) => spelling.replace(written, one), part);

const sounds: Readonly<Record<string, string>> = {
  ...{ b: 'p', p: 'p', f: 'f', v: 'f', t: 't', d: 't', k: 'k', g: 'k', l: 'l', r: 'r', m: 'm', n: 'n' },
  ...{ s: 's', z: 's', č: 's', j: 's' },
};

/** What is left when only the firm sounds are heard, in whatever language it was written down. */
export function toSoundKey(part: string): string {
  const spelling = normaliseSpelling(part.replace(/(?!^)x(?!h)/g, 'ks')).replace(/^x/, 's');
  let [heard, last] = ['', ''];
  for (const sign of spelling) {
    const sound = sounds[sign] ?? (/[a-z]/.test(sign) ? '' : sign);
    if (sound !== last) heard += sound;
    last = sound;
  }
  return /^[aeiouh]/.test(spelling) ? `a${heard}` : heard;
}
