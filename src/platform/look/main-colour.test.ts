import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contrast, formatRatio, type Hex, mix, readHex } from './contrast.ts';
import { contrastByDay, dayColours, findLowContrast, nightColour, nightColours, styleOf } from './main-colour.ts';

/** Relative luminance, worked out by a table of the 256 steps of sRGB and whole numbers of a millionth. */
const linear = Array.from({ length: 256 }, (_, step) =>
  step <= 10 ? step / 3294.6 : Math.exp(2.4 * Math.log((step + 14.025) / 269.025)),
);
const brightness = (hex: string): number => {
  const whole = Number(`0x${hex.slice(1)}`);
  const [red = 0, green = 0, blue = 0] = [whole >> 16, (whole >> 8) & 255, whole & 255].map(
    (step) => linear[step] ?? 0,
  );
  return (2126 * red + 7152 * green + 722 * blue) / 10_000;
};
const ratio = (one: string, other: string): number => {
  const both = [brightness(one) + 0.05, brightness(other) + 0.05];
  return Math.max(...both) / Math.min(...both);
};
const ratioByDay = (colour: string): number => Math.min(ratio(colour, '#ffffff'), ratio(colour, '#fbfaf6'));

test('the ratio is the one of WCAG, as others have worked it out', () => {
  for (const [one, other, known] of [
    ['#000000', '#ffffff', 21],
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
    ['#0000ff', '#ffffff', 8.59],
    ['#ff0000', '#ffffff', 4],
    ['#1d70b8', '#ffffff', 5.17],
  ] as const) {
    assert.ok(Math.abs(contrast(one, other) - known) < 0.01, `${one} on ${other}: ${contrast(one, other)}`);
    assert.equal(contrast(one, other), contrast(other, one));
  }
});

/** Each with its lowest contrast by day, and a darker one that is close where it is refused. */
const table: readonly (readonly [colour: Hex, lowest: string, darker?: Hex])[] = [
  ['#000000', '20.10:1'],
  ['#4c2c92', '9.65:1'],
  ['#005ea5', '6.39:1'],
  ['#00703c', '5.94:1'],
  ['#1d70b8', '4.94:1'],
  ['#d4351c', '4.64:1'],
  ['#737373', '4.54:1'],
  ['#747474', '4.47:1', '#737373'],
  ['#767676', '4.34:1', '#727272'],
  ['#f47738', '2.66:1', '#b55829'],
  ['#ffdd00', '1.28:1', '#857300'],
  ['#ffffff', '1.00:1', '#737373'],
];
for (const [colour, lowest, darker] of table)
  test(`${colour} has ${lowest} by day and is ${darker ? `refused, ${darker} offered` : 'taken'}`, () => {
    assert.equal(formatRatio(contrastByDay(colour)), lowest);
    assert.ok(Math.abs(contrastByDay(colour) - ratioByDay(colour)) < 0.001);
    assert.equal(ratioByDay(colour) < 4.5, darker !== undefined);
    assert.equal(findLowContrast(colour)?.darker, darker);
  });

test('every colour is taken or refused by its ratio; what is offered instead passes and is the nearest step; nights pass too', () => {
  for (let number = 0; number < 4_096; number += 1) {
    const colour = readHex(number.toString(16).padStart(3, '0')) as Hex;
    const low = findLowContrast(colour);
    assert.equal(low === undefined, ratioByDay(colour) >= 4.5, colour);
    if (low) {
      assert.ok(ratioByDay(low.darker) >= 4.5, `${colour}: ${low.darker}`);
      const step = Array.from({ length: 101 }, (_, share) => mix(colour, '#000000', share / 100)).indexOf(low.darker);
      assert.ok(ratioByDay(mix(colour, '#000000', (step - 1) / 100)) < 4.5, `${colour}: a lighter one passes too`);
    }
    const night = nightColour(low?.darker ?? colour).colour;
    for (const beside of ['#100e0b', '#1a1712', '#14120e', mix('#1a1712', night, 0.1)])
      assert.ok(ratio(night, beside) >= 7, `${night} beside ${beside}`);
    for (const [ink, wash] of [
      ['#14120e', mix('#ffffff', low?.darker ?? colour, 0.1)],
      ['#f3e9da', mix('#1a1712', night, 0.1)],
    ] as const)
      assert.ok(ratio(ink, wash) >= 4.5, `words on a notice in ${colour}`);
  }
});

test('the colours beside which it stands are those of the style sheet', () => {
  const theme = readFileSync(join(import.meta.dirname, '../../../assets/scss/_theme.scss'), 'utf8');
  const [, day = '', night = ''] = /@mixin day \{([\s\S]*?)\}[\s\S]*?@mixin night \{([\s\S]*?)\}/.exec(theme) ?? [];
  const said = (part: string, name: string) => new RegExp(`--${name}: (#\\w+)`).exec(part)?.[1];
  assert.deepEqual({ paper: said(day, 'paper'), sheet: said(day, 'sheet') }, dayColours);
  assert.deepEqual(
    { paper: said(night, 'paper'), sheet: said(night, 'sheet'), ink: said(night, 'lamp-ink') },
    nightColours,
  );
  assert.equal(said(day, 'lamp-ink'), '#ffffff');
});

test('a colour is read as people type it', () => {
  for (const [typed, kept] of [
    ['#1D70B8', '#1d70b8'],
    [' 1d70b8 ', '#1d70b8'],
    ['#abc', '#aabbcc'],
    ['red', undefined],
    ['#12345', undefined],
    ['#1d70b8;}', undefined],
    ['', undefined],
  ] as const)
    assert.equal(readHex(typed), kept, typed);
});

test('a ratio is never rounded up to what it does not reach', () => {
  assert.equal(formatRatio(4.4999), '4.49:1');
  assert.equal(formatRatio(4.5), '4.50:1');
});

test('the style says nothing but colours, and paper keeps those of the day', () => {
  assert.equal(
    styleOf('#005ea5'),
    ':root{--bar:#005ea5;--bar-ink:#ffffff;--lamp:#005ea5;--lamp-wash:color-mix(in srgb,var(--lamp) 10%,var(--sheet))}@media screen and (prefers-color-scheme:dark){:root{--lamp:#8cb7d7}}',
  );
});
