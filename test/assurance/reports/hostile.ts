/** Input that the public site should expect, and input that it should not: damaged texts. Seeded: the same seed makes the same damage. */
import { chance } from '../../harness/assurance.ts';

export type Hand = {
  readonly below: (most: number) => number;
  readonly one: <Value>(values: readonly Value[]) => Value;
};

export function handOf(seed: number): Hand {
  const random = chance(seed);
  const below = (most: number): number => Math.floor(random() * most);
  return { below, one: (values) => values[below(values.length)] as never };
}

/** What has undone other readers of text: signs that grow when they are folded, halves of signs, words that JavaScript means something by. */
const bad = [
  ...'\0 \u202e \u200b \ufeff \ufdfa \u0301 \u0130 \u0131 ſ ß ﬃ 𝟘 １２ ٣ ৩ ½ ²'.split(' '),
  ...'\ud800 \udfff 😀 👩‍👩‍👧 \r\n \u2028 \t % %zz %00 %C0%AF %F0%9F & = &&== ; + [] .'.split(' '),
  ...'__proto__ constructor toString x NaN -1 1e9 0x10 -year -month=13 \\ " < ${ {{'.split(' '),
  ...['9'.repeat(40), ' '.repeat(300), 'a'.repeat(700), '\u0301'.repeat(200), 'ŁÓ'.repeat(90), '3 '.repeat(100)],
];

const place = ({ below }: Hand, text: string): number => below(text.length + 1);
const piece = (hand: Hand, text: string): string => {
  const from = place(hand, text);
  return text.slice(from, from + 1 + hand.below(24));
};
const putIn = (text: string, at: number, more: string): string => text.slice(0, at) + more + text.slice(at);
const sign = ({ below }: Hand): string => String.fromCodePoint(below(below(3) === 0 ? 0x11_0000 : 0x250));

type Bend = (hand: Hand, text: string) => string;
const bends: readonly Bend[] = [
  (hand, text) => putIn(text, place(hand, text), hand.one(bad)),
  (hand, text) => putIn(text, place(hand, text), sign(hand)),
  (hand, text) => putIn(text, place(hand, text), piece(hand, text)),
  (hand, text) => putIn(text, place(hand, text), piece(hand, text).repeat(hand.below(40))),
  (hand, text) => {
    const at = place(hand, text);
    return text.slice(0, at) + sign(hand) + text.slice(at + 1);
  },
  (hand, text) => {
    const at = place(hand, text);
    return text.slice(0, at) + text.slice(at + 1 + hand.below(hand.one([1, 3, 40])));
  },
  (hand, text) => text.slice(0, place(hand, text)),
  (hand, text) => text.slice(place(hand, text)),
  (_hand, text) => text.toUpperCase(),
  (_hand, text) => text.normalize('NFD'),
  (hand, text) =>
    text
      .split(/(?<=[\s&])/)
      .toSorted(() => hand.below(3) - 1)
      .join(''),
  (hand, text) => text.replaceAll(hand.one([' ', '\n', '=', '&', 'e', '3']), hand.one(bad)),
];

/** A text, bent once or a few times. */
export function bent(hand: Hand, text: string): string {
  let shape = text;
  for (let times = 1 + hand.below(hand.one([1, 3, 8])); times > 0; times -= 1) shape = hand.one(bends)(hand, shape);
  return shape.slice(0, 20_000);
}

/** A text of no meaning. */
export const meaningless = (hand: Hand): string =>
  Array.from({ length: hand.below(hand.one([4, 40, 400, 2_500])) }, () =>
    hand.below(20) === 0 ? hand.one(bad) : sign(hand),
  )
    .join('')
    .slice(0, 20_000);
