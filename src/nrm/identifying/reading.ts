/** Normalises a text for searching: one spelling for lookalikes, with offsets into the original. */

export type NormalisedText = {
  readonly written: string;
  /** Without hidden marks, with plain quotes, dashes, digits and Latin letters; without accents. */
  readonly plain: string;
  /** The offset in `written` of each letter of `plain`; one more at the end. */
  readonly at: readonly number[];
};

const hidden = /[\p{Cf}\p{Variation_Selector}\u115f\u1160\u3164]|\u034f/u;
const lookalikes: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‛': "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '·': '.',
  '•': '\n',
  '。': '.',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ð: 'd',
  þ: 'th',
  Þ: 'Th',
};

/** The digit that a sign means in any script: each block of ten begins at zero. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let start = code;
  while (code - start < 9 && /\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((code - start) % 10);
}

function normaliseCharacter(sign: string): string {
  if (hidden.test(sign)) return '';
  const same = lookalikes[sign];
  if (same !== undefined) return same;
  if (/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]/.test(sign)) return ' ';
  const bare = sign.normalize('NFKD').replace(/\p{M}/gu, '');
  return [...bare]
    .map((one) => lookalikes[one] ?? (/\p{Nd}/u.test(one) && !/\d/.test(one) ? digitOf(one) : one))
    .join('');
}

export function normaliseText(written: string): NormalisedText {
  let plain = '';
  const at: number[] = [];
  let place = 0;
  for (const sign of written) {
    for (const unit of normaliseCharacter(sign)) {
      plain += unit;
      for (let extra = 0; extra < unit.length; extra += 1) at.push(place);
    }
    place += sign.length;
  }
  at.push(written.length);
  return { written, plain, at };
}

/** Where hidden marks occur inside a word: nobody types them by chance. A soft hyphen comes from word processors. */
export const hiddenInWords = (written: string): readonly { from: number; to: number }[] =>
  [...written.matchAll(/(?<=[\p{L}\p{N}])[^\P{Cf}\u00ad]+(?=[\p{L}\p{N}])/gu)].map(({ index, 0: marks }) => ({
    from: index,
    to: index + marks.length,
  }));

export const toOriginalRange = (
  { at, written }: NormalisedText,
  from: number,
  to: number,
): { from: number; to: number } => {
  const start = at[from] ?? 0;
  const last = at[to - 1] ?? start;
  const width =
    written.codePointAt(last) !== undefined ? String.fromCodePoint(written.codePointAt(last) ?? 0).length : 1;
  return { from: start, to: Math.max(start, last + width) };
};
