/** The main colour of the named site: what it must reach, by day and by night, and the style that sets it. Pure. */
import { contrast, type Hex, mix, textContrast } from './contrast.ts';

/** The colours of `assets/scss/_theme.scss` beside which the main colour stands. */
export const dayColours = { paper: '#fbfaf6', sheet: '#ffffff' } as const satisfies Record<string, Hex>;
export const nightColours = { paper: '#100e0b', sheet: '#1a1712', ink: '#14120e' } as const satisfies Record<
  string,
  Hex
>;
const white: Hex = '#ffffff';
const black: Hex = '#000000';
/** How much of the main colour is in the background of notices and chosen items. */
const washShare = 0.1;

/** The lowest contrast of a main colour by day: behind the white text of the header and the buttons, and as a link on the page. The header is the same by night. */
export const contrastByDay = (colour: Hex): number =>
  Math.min(...[white, ...Object.values(dayColours)].map((behind) => contrast(colour, behind)));

/** The lowest contrast of a colour by night: as a link on the page, on sheets and on notices, and behind the dark text of buttons. */
const contrastByNight = (colour: Hex): number => {
  const { paper, sheet, ink } = nightColours;
  return Math.min(...[paper, sheet, ink, mix(sheet, colour, washShare)].map((beside) => contrast(colour, beside)));
};

/** What Safelight chooses by itself is easier to read than it must be (WCAG 2.2, 1.4.6, level AAA). */
const chosenContrast = 7;

/** The first of a hundred steps towards another colour that is far enough from what it stands beside. */
function firstStep(colour: Hex, towards: Hex, contrastOf: (one: Hex) => number, least: number): Hex {
  const steps = Array.from({ length: 101 }, (_, step) => mix(colour, towards, step / 100));
  return steps.find((one) => contrastOf(one) >= least) ?? towards;
}

/** Why a colour is refused, and the nearest darker one that is not. */
export type LowContrast = { readonly ratio: number; readonly darker: Hex };

/** Undefined where white text and links on the page are readable. */
export function findLowContrast(colour: Hex): LowContrast | undefined {
  const ratio = contrastByDay(colour);
  return ratio >= textContrast ? undefined : { ratio, darker: firstStep(colour, black, contrastByDay, textContrast) };
}

export type NightColour = { readonly colour: Hex; readonly ratio: number };

/** What takes the place of the main colour in links and buttons by night: no colour is far enough from white and from a black page. */
export function nightColour(colour: Hex): NightColour {
  const lighter = firstStep(colour, white, contrastByNight, chosenContrast);
  return { colour: lighter, ratio: contrastByNight(lighter) };
}

/** Sets the colours of a page of the named site, after its style sheet. Paper is printed in the colours of the day. */
export function styleOf(colour: Hex): string {
  const bar = `--bar:${colour};--bar-ink:${white}`;
  const wash = `--lamp-wash:color-mix(in srgb,var(--lamp) ${washShare * 100}%,var(--sheet))`;
  const night = `@media screen and (prefers-color-scheme:dark){:root{--lamp:${nightColour(colour).colour}}}`;
  return `:root{${bar};--lamp:${colour};${wash}}${night}`;
}
