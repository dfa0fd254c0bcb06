/** Invented names of six peoples and how each is written: in its own script, in Latin letters, and with slips. Shares no table with the code that it tests. */

export type Random = () => number;

export const below = (random: Random, most: number): number => Math.floor(random() * most);
export const pick = <One>(random: Random, all: readonly One[]): One => all[below(random, all.length)] as One;

/** Takes from a list as names occur: the share of each falls with its rank (Zipf and Mandelbrot). */
export function byRank<One>(all: readonly One[], offset: number): (random: Random) => One {
  const sums: number[] = [];
  let sum = 0;
  for (const rank of all.keys()) {
    sum += 1 / (rank + offset);
    sums.push(sum);
  }
  return (random) => {
    const sought = random() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < sought) low = middle + 1;
      else high = middle;
    }
    return all[low] as One;
  };
}

type Sounds = {
  readonly starts: string;
  readonly vowels: string;
  readonly middles: string;
  readonly firstEnds: string;
  readonly lastEnds: string;
  /** Latin letters and how the script writes each. */
  readonly script: Readonly<Record<string, string>> | null;
};

const cyrillic = {
  ...{
    shch: 'щ',
    sh: 'ш',
    ch: 'ч',
    kh: 'х',
    zh: 'ж',
    ts: 'ц',
    ya: 'я',
    yu: 'ю',
    a: 'а',
    b: 'б',
    v: 'в',
    g: 'г',
    d: 'д',
  },
  ...{
    e: 'е',
    z: 'з',
    i: 'и',
    y: 'й',
    k: 'к',
    l: 'л',
    m: 'м',
    n: 'н',
    o: 'о',
    p: 'п',
    r: 'р',
    s: 'с',
    t: 'т',
    u: 'у',
    f: 'ф',
  },
};
const arabic = {
  ...{ sh: 'ش', kh: 'خ', gh: 'غ', th: 'ث', dh: 'ذ', ee: 'ي', oo: 'و', aa: 'ا', b: 'ب', d: 'د', f: 'ف', h: 'ح', j: 'ج' },
  ...{ k: 'ك', l: 'ل', m: 'م', n: 'ن', q: 'ق', r: 'ر', s: 'س', t: 'ت', w: 'و', y: 'ي', z: 'ز', i: '', u: '', a: '' },
};
const greek = {
  ...{
    th: 'θ',
    ph: 'φ',
    kh: 'χ',
    ps: 'ψ',
    x: 'ξ',
    a: 'α',
    b: 'μπ',
    v: 'β',
    g: 'γ',
    d: 'δ',
    e: 'ε',
    z: 'ζ',
    i: 'ι',
    k: 'κ',
  },
  ...{ l: 'λ', m: 'μ', n: 'ν', o: 'ο', p: 'π', r: 'ρ', s: 'σ', t: 'τ', f: 'φ' },
};
const georgian = {
  ...{
    sh: 'შ',
    ch: 'ჩ',
    kh: 'ხ',
    zh: 'ჟ',
    ts: 'ც',
    dz: 'ძ',
    gh: 'ღ',
    a: 'ა',
    b: 'ბ',
    g: 'გ',
    d: 'დ',
    e: 'ე',
    v: 'ვ',
    z: 'ზ',
  },
  ...{ t: 'თ', i: 'ი', k: 'კ', l: 'ლ', m: 'მ', n: 'ნ', o: 'ო', p: 'პ', r: 'რ', s: 'ს', u: 'უ', j: 'ჯ', h: 'ჰ' },
};
const devanagari = {
  ...{
    sh: 'श',
    ch: 'च',
    kh: 'ख',
    bh: 'भ',
    dh: 'ध',
    th: 'थ',
    gh: 'घ',
    k: 'क',
    g: 'ग',
    j: 'ज',
    t: 'त',
    d: 'द',
    n: 'न',
    p: 'प',
  },
  ...{ b: 'ब', m: 'म', y: 'य', r: 'र', l: 'ल', v: 'व', s: 'स', h: 'ह' },
};

const peoples: readonly Sounds[] = [
  {
    starts: 'b br c cl d dr f g gr h k l m n p r s st t tr w wh th',
    vowels: 'a e i o u ea oo ai',
    middles: 'n l r m rd st nd ll rt ck mb t d',
    firstEnds: 'n a y el ie en er is',
    lastEnds: 'ton ley ford man er well son by worth ock ham',
    script: null,
  },
  {
    starts: 'b v g d zh z k l m n p r s t kh ch sh dr sv st vl gr',
    vowels: 'a e i o u a o',
    middles: 'n l r m d v k t zh rk st nk ld b sh',
    firstEnds: 'a iya slav mir an ei ina ko',
    lastEnds: 'enko ov in sky uk ich yak ets ushko',
    script: cyrillic,
  },
  {
    starts: 'b d f h j k kh l m n q r s sh t w y z',
    vowels: 'a i u aa ee oo a i',
    middles: 'm n r l s d b q f y h z',
    firstEnds: 'a eem oor aan id ah in',
    lastEnds: 'i aani oori eed aawi een ar ali',
    script: arabic,
  },
  {
    starts: 'k l m n p s t d g th v st kr',
    vowels: 'a e i o a i',
    middles: 'r l n m k t s d st rg nt',
    firstEnds: 'os is as i a ios',
    lastEnds: 'akis idis opos atos elis iotis enas',
    script: greek,
  },
  {
    starts: 'b g d v z t k l m n sh ch kh j ts gh',
    vowels: 'a e i o u a',
    middles: 'r l n m g b d v z rg rt kh',
    firstEnds: 'i a o ili ana iko',
    lastEnds: 'adze shvili ia uri ava eli iani',
    script: georgian,
  },
  {
    starts: 'k g j t d n p b m r l v s sh ch bh h',
    vowels: 'a i u e o a',
    middles: 'n r l m t d sh k j v b',
    firstEnds: 'a esh it an ita i deep',
    lastEnds: 'ar al kar ani ra wal ia oda',
    script: devanagari,
  },
];

export type Pool = {
  readonly first: (random: Random) => string;
  readonly last: (random: Random) => string;
  readonly script: Sounds['script'];
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function inventWords(random: Random, many: number, sounds: Sounds, ends: string, longer: number): readonly string[] {
  const [starts, vowels, middles, last] = [sounds.starts, sounds.vowels, sounds.middles, ends].map((all) =>
    all.split(' '),
  ) as [string[], string[], string[], string[]];
  const words = new Set<string>();
  while (words.size < many) {
    let word = pick(random, starts) + pick(random, vowels) + pick(random, middles);
    if (random() < longer) word += pick(random, vowels) + pick(random, middles);
    words.add(capital(word + pick(random, last)));
  }
  return [...words];
}

/**
 * 7,200 surnames and 600 first names. The offsets make two people of one people bear the same full name about once in
 * 15,000, and two of any once in 90,000.
 */
export const inventPools = (random: Random): readonly Pool[] =>
  peoples.map((sounds) => ({
    first: byRank(inventWords(random, 100, sounds, sounds.firstEnds, 0.2), 6),
    last: byRank(inventWords(random, 1_200, sounds, sounds.lastEnds, 0.6), 12),
    script: sounds.script,
  }));

const vowelSigns: Readonly<Record<string, readonly [alone: string, after: string]>> = {
  ...{ a: ['अ', ''], i: ['इ', 'ि'], u: ['उ', 'ु'], e: ['ए', 'े'], o: ['ओ', 'ो'], ee: ['ई', 'ी'], w: ['व', 'व'] },
};

/** A name in its own script, each word letter by letter. */
export function inScript(name: string, script: Readonly<Record<string, string>>): string {
  const isIndic = script === devanagari;
  return name.replace(/[A-Za-z]+/g, (word) => {
    const letters = word.toLowerCase().match(/shch|sh|ch|kh|zh|ts|ya|yu|gh|th|dh|bh|ph|ps|dz|ee|oo|aa|./g) ?? [];
    const written = letters.map((letter, at) => {
      if (isIndic) return indicSign(letter, letters[at - 1], letters[at + 1]);
      // A short vowel at an end is written in Arabic.
      const isEnd = at === 0 || at === letters.length - 1;
      if (script === arabic && isEnd && /^[aiu]$/.test(letter)) return { a: 'ا', i: 'ي', u: 'و' }[letter] ?? '';
      return script[letter] ?? [...letter].map((one) => script[one] ?? '').join('');
    });
    return written.join('').replace(/σ$/, 'ς');
  });
}

function indicSign(letter: string, before: string | undefined, next: string | undefined): string {
  const isVowel = (one: string | undefined): boolean => one !== undefined && one in vowelSigns && one !== 'w';
  if (letter in vowelSigns) return vowelSigns[letter]?.[before !== undefined && !isVowel(before) ? 1 : 0] ?? '';
  // A virama joins two consonants.
  return (devanagari[letter as keyof typeof devanagari] ?? '') + (next !== undefined && !isVowel(next) ? '्' : '');
}

/** Ways in which clerks spell the same sound. */
const variants: readonly (readonly [RegExp, string])[] = [
  ...([
    [/sh/, 'sch'],
    [/kh/, 'h'],
    [/ee/, 'i'],
    [/oo/, 'ou'],
    [/aa/, 'a'],
    [/y/, 'i'],
    [/k/, 'c'],
    [/v/, 'w'],
  ] as const),
  ...([
    [/ph/, 'f'],
    [/q/, 'k'],
    [/ei/, 'ey'],
    [/([lnrst])(?=[aeiou])/, '$1$1'],
    [/ou|oo/, 'u'],
    [/j/, 'dj'],
  ] as const),
];

/** Another spelling of the same sounds, where there is one. */
export function spelledOtherwise(random: Random, word: string): string {
  const [written, other] = pick(random, variants);
  return capital(word.toLowerCase().replace(written, other));
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/** One slip: a letter left out, put in, changed or swapped with the next. */
export function withSlip(random: Random, word: string): string {
  const letters = [...word.toLowerCase()];
  if (letters.length < 3) return word;
  const at = below(random, letters.length);
  const kind = below(random, 4);
  if (kind === 0) letters.splice(at, 1);
  else if (kind === 1) letters.splice(at, 0, pick(random, [...alphabet]));
  else if (kind === 2) letters[at] = pick(random, [...alphabet]);
  else {
    const from = Math.min(at, letters.length - 2);
    letters.splice(from, 2, letters[from + 1] ?? '', letters[from] ?? '');
  }
  return capital(letters.join(''));
}
