/** How far two colours are apart, as WCAG 2.2 measures it. Pure. */

/** Red, green and blue, 0 to 255. */
type Channels = readonly [number, number, number];

/** `#1d70b8`, in small letters: the one way in which colours are kept. */
export type Hex = `#${string}`;

export const isHex = (text: string): text is Hex => /^#[\da-f]{6}$/.test(text);

/** Takes a colour as people type it, gives it as it is kept; undefined for what is none. */
export function readHex(typed: string): Hex | undefined {
  const [, digits] = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(typed.trim()) ?? [];
  if (!digits) return undefined;
  const whole = digits.length === 3 ? digits.replace(/./g, (digit) => digit + digit) : digits;
  return `#${whole.toLowerCase()}`;
}

const channelsOf = (colour: Hex): Channels =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Channels;

/** A colour with a share of another in it, from 0 to 1, as `color-mix(in srgb, …)` mixes them. */
export function mix(colour: Hex, other: Hex, share: number): Hex {
  const [from, to] = [channelsOf(colour), channelsOf(other)];
  const mixed = from.map((one, index) => Math.round(one + ((to[index] ?? 0) - one) * share));
  return `#${mixed.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance (WCAG 2.2, definitions). */
function luminance(colour: Hex): number {
  const [red, green, blue] = channelsOf(colour).map((one) => {
    const share = one / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio, from 1 to 21. */
export function contrast(one: Hex, other: Hex): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What text of any size needs against what is behind it (WCAG 2.2, 1.4.3, level AA). */
export const textContrast = 4.5;

/** “4.49:1”: never rounded up to what it does not reach. */
export const formatRatio = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;
