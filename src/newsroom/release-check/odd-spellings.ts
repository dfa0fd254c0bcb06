/** Other readings of a text in which a name is spelt oddly: letters set apart, words run together, signs that look like letters. Pure. */

export type Reading = {
  readonly text: string;
  /** The words as they were typed, from a place in this reading to another. */
  readonly typedAt: (from: number, to: number) => { readonly start: number; readonly end: number };
};

const listed = (pairs: string): readonly (readonly [string, string])[] =>
  pairs
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, -1), pair.slice(-1)] as const);

/** Signs that are no letters of any language we print, with the letter that a reader takes them for. */
const signs: ReadonlyMap<string, string> = new Map(
  listed(`
    ∪u ⋃u ∩n ⋂n ∨v ⋁v ∧a ⋀a ∈e ∊e ⊂c ⊆c ∂d ∑e ∫s ∣l ∥l ⊢f ⊤t ⊥t ∅o ○o ◯o ●o △a ▽v ℮e €e £e ¢c ¥y ₳a ₿b ₵c ₦n ₩w ₲g ₮t ₱p
    ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg ɩi ɹr ʁr ɐa ǝe ɯm ʇt ʌv ʎy ɥh ɔc ſs ʋv ʉu ʊu
    Ꭰd Ꭱr Ꭲt Ꭺa Ꭻj Ꭼe Ꮃw Ꮇm Ꮋh Ꮐg Ꮑn Ꮒh Ꮓz Ꮞr Ꮟb Ꮢr Ꮤw Ꮥs Ꮩv Ꮪs Ꮮl Ꮯc Ꮲp Ꮶk Ꮾb
    ꓐb ꓑp ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz ꓝf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲi ꓳo ꓴu
  `),
);
/** Letters in circles and squares, and the letters of flags. */
const blocks: readonly (readonly [first: number, last: number])[] = [
  [0x1f130, 0x1f149],
  [0x1f150, 0x1f169],
  [0x1f170, 0x1f189],
  [0x1f1e6, 0x1f1ff],
];
export function letterLike(sign: string): string | undefined {
  const known = signs.get(sign);
  if (known) return known;
  const code = sign.codePointAt(0) ?? 0;
  const [first] = blocks.find(([from, to]) => from <= code && code <= to) ?? [];
  return first === undefined ? undefined : String.fromCodePoint(97 + code - first);
}

/** Digits and signs of the keyboard that stand for letters inside a word. */
const typedLetters: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i', '|': 'l' },
};
const keyboardWord = /(?<![\p{L}\p{N}@])\p{L}[\p{L}013457@$!|]*/gu;
const keyboardSign = /[013457@$]|[!|](?=\p{L})/gu;

/** Single letters, or short pieces with a sign between them: "R u a n e", "R.U.A.N.E.", "Ru-a-ne". */
const apart =
  /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}]\p{M}*(?:[ \t\u00a0]{1,3}[\p{L}\p{N}]\p{M}*){2,}|[\p{L}\p{N}]{1,3}(?:[ \t]?[-–—.·•_*/\\|~+=^:,'’][ \t]?[\p{L}\p{N}]{1,3}){2,})(?![\p{L}\p{N}])/gu;
/** "MrRuane", "RUANEDesmond". */
const seam = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

type Change = { readonly start: number; readonly end: number; readonly words: string };

/** The text with these changes, and the way back to its places. A seam has no length: the space in it belongs to both sides. */
function changed(text: string, changes: readonly Change[]): Reading {
  const [starts, ends]: [number[], number[]] = [[], []];
  let [made, at] = ['', 0];
  const add = (words: string, start: (unit: number) => number, end: (unit: number) => number): void => {
    for (let unit = 0; unit < words.length; unit += 1) {
      starts.push(start(unit));
      ends.push(end(unit));
    }
    made += words;
  };
  const copy = (to: number): void => {
    const from = at;
    const whole = text.slice(from, to);
    add(
      whole,
      (unit) => from + unit,
      (unit) => from + unit + 1,
    );
    at = Math.max(at, to);
  };
  for (const { start, end, words } of changes) {
    if (start < at) continue;
    copy(start);
    add(
      words,
      () => start,
      () => end,
    );
    at = end;
  }
  copy(text.length);
  return {
    text: made,
    typedAt: (from, to) => ({ start: starts[from] ?? text.length, end: ends[to - 1] ?? text.length }),
  };
}

const matches = (text: string, pattern: RegExp, words: (typed: string) => string): Change[] =>
  [...text.matchAll(pattern)].map(({ index, 0: typed }) => ({
    start: index,
    end: index + typed.length,
    words: words(typed),
  }));

const after = (first: Reading, then: Reading): Reading => ({
  text: then.text,
  typedAt: (from, to) => {
    const { start, end } = then.typedAt(from, to);
    return start < end ? first.typedAt(start, end) : first.typedAt(start, start + 1);
  },
});

/** Readings that differ from the text itself: none for a text in plain words. */
export function oddReadings(text: string): Reading[] {
  const signsRead = changed(
    text,
    [...text.matchAll(/\P{ASCII}/gu)].flatMap(({ index, 0: sign }) => {
      const letter = letterLike(sign);
      // A small letter: in "R∪ane" the capital is typed.
      return letter === undefined ? [] : [{ start: index, end: index + sign.length, words: letter }];
    }),
  );
  const bare = signsRead.text;
  const next = (pattern: RegExp, words: (typed: string) => string): Reading =>
    after(signsRead, changed(bare, matches(bare, pattern, words)));
  const joined = next(apart, (typed) => typed.replace(/[^\p{L}\p{M}\p{N}]/gu, ''));
  const readings = [
    signsRead,
    next(keyboardWord, (typed) => typed.replace(keyboardSign, (sign) => typedLetters[sign] ?? sign)),
    next(seam, () => ' '),
    joined,
    after(
      joined,
      changed(
        joined.text,
        matches(joined.text, seam, () => ' '),
      ),
    ),
  ];
  return readings.filter(
    (one, at) => one.text !== text && readings.findIndex(({ text: same }) => same === one.text) === at,
  );
}

/** Words in which several may be run together without a capital: marks of a topic, handles, and letters that were set apart. */
export const runTogether = (
  text: string,
): { readonly start: number; readonly end: number; readonly letters: string }[] =>
  [
    ...[...text.matchAll(/(?<=[#@])[\p{L}\p{N}_]{5,}/gu)],
    ...[...text.matchAll(apart)].filter(([typed]) => typed.replace(/[^\p{L}\p{N}]/gu, '').length > 5),
  ].map(({ index, 0: typed }) => ({
    start: index,
    end: index + typed.length,
    letters: typed.replace(/[^\p{L}\p{M}\p{N}]/gu, ''),
  }));
