import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import { findLookalikeCharacters, toPlainText } from './lookalike-characters.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);
const against = { publishOn: '2026-09-25', justifications: [], contacts: [] };
const blocking = (text: string, form: 'markdown' | 'plain' = 'plain') =>
  checkText(text, told, against, form).filter(({ blocks }) => blocks);

const everyPoint = Array.from({ length: 0x110000 }, (_, point) => point).filter(
  (point) => point > 0x7f && !(point >= 0xd800 && point <= 0xdfff),
);
const of = (pattern: RegExp): string[] =>
  everyPoint.map((point) => String.fromCodePoint(point)).filter((sign) => pattern.test(sign));
const numbers = of(/[\p{Nd}\p{Nl}\p{No}]/u);
const sign = fc.constantFrom(...numbers);
const around = fc.stringMatching(/^[a-z ]{0,12}$/);

test('stops on every number sign of Unicode that is no ordinary digit', () => {
  assert.ok(numbers.length > 1_500);
  for (const number of numbers) {
    const [found] = findLookalikeCharacters(`We went to ${number} addresses.`);
    assert.equal(found?.must, 'change', `${number} U+${number.codePointAt(0)?.toString(16)}`);
  }
});

test('stops on such a sign wherever it stands, and among ordinary digits and letters too', () => {
  fc.assert(
    fc.property(
      around,
      fc.array(sign, { minLength: 1, maxLength: 4 }),
      around,
      fc.boolean(),
      (before, signs, after, markdown) => {
        const found = blocking(`The ${before}${signs.join('')}${after} addresses`, markdown ? 'markdown' : 'plain');
        assert.ok(found.some(({ must }) => must === 'change'));
      },
    ),
  );
});

/** Digits as a reader takes them, in the forms in which they can be written. */
const forms: readonly ((digit: number) => string)[] = [
  (digit) => String.fromCodePoint(0xff10 + digit),
  (digit) => String.fromCodePoint(0x1d7ce + digit),
  (digit) => String.fromCodePoint(0x1d7d8 + digit),
  (digit) => String.fromCodePoint(0x1d7f6 + digit),
  (digit) => String.fromCodePoint(0x660 + digit),
  (digit) => String.fromCodePoint(0x966 + digit),
  (digit) => String.fromCodePoint(0x2080 + digit),
  (digit) => (digit === 0 ? '⓪' : String.fromCodePoint(0x2460 + digit - 1)),
  (digit) => (digit === 0 ? '⓿' : String.fromCodePoint(0x2776 + digit - 1)),
  (digit) => `${digit}`,
  (digit) => `${digit}\u20e3`,
  (digit) => `\u200b${digit}`,
];

test('stops on any number that the return does not bear out, in whatever digits it is written', () => {
  const digits = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(...forms)), {
    minLength: 3,
    maxLength: 5,
  });
  fc.assert(
    fc.property(digits, (written) => {
      const text = written.map(([digit, form], index) => form(index === 0 && digit === 0 ? 7 : digit)).join('');
      assert.ok(blocking(`In all ${text} people were met.`).length > 0, text);
    }),
  );
});

test('stops on a sign inside a word, and on a word of several alphabets', () => {
  for (const word of [
    'R∪ane',
    'Rᴜane',
    'Rυane',
    'Ruаne',
    'Ru\u200bane',
    'Ru\u00adane',
    'Ru\u2060ane',
    'αлα',
    'ꓣuane',
    '🆁uane',
  ])
    assert.ok(
      findLookalikeCharacters(`We met ${word} there.`).some(({ must }) => must === 'change'),
      word,
    );
});

test('stops on fractions, look-alikes and hidden signs', () => {
  for (const text of [
    ...['½ of them', '1⁄2 of them', '2/3 of them', '⅓', '8½ addresses', 'a 3∕4 share'],
    ...[
      'еighteen people',
      'ѕіх people',
      'Ｅighteen people',
      '𝐞ighteen people',
      '𝓮𝓲𝓰𝓱𝓽',
      'éighteen people',
      'e\u0301ighteen people',
    ],
    ...[
      'eight\u00adeen people',
      'eigh\u200bteen people',
      'eigh\u2060teen',
      '\u202e84\u202c people',
      'fıfteen people',
      'ﬁfteen people',
    ],
    ...[
      'l7 people',
      '1O people',
      'IO people',
      'lO people',
      'l people',
      'O people',
      'f0ur people',
      'VIII people',
      'Ⅷ people',
    ],
    ...[
      '🔟 people',
      '⚅ people',
      '八 people',
      '㊇ people',
      '８％ of them',
      'ᴇight people',
      'a score of people',
      'the ninth arrest',
    ],
    ...['48\u00a0people', 'twenty\u2011nine people', '8 000 people', "8'000 people", '8.000 people'],
  ])
    assert.ok(blocking(text).length > 0, `${text} of the text`);
});

test('lets ordinary writing pass', () => {
  for (const text of [
    'Zoë Łukasiewicz of Bishop’s Stortford said: “We want to help…”',
    'Officers – and nurses — went there. It isn’t over.',
    'I asked what I can do. Café, naïve, Việt Nam, Straße, smørrebrød.',
    'Call Sergeant Ó Dálaigh about Operation Lantern™ © Lea Vale.',
  ])
    assert.deepEqual(findLookalikeCharacters(text), [], text);
});

test('reads a text letter by letter in its own length', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => toPlainText(text).length === text.length));
  assert.equal(toPlainText('Zoë\u00a0Łódź\u2011é'), 'Zoe Lodz-e');
});

test('stops on words that only the source of a link shows', () => {
  for (const text of ['[us](/help "48 people rescued")', '[us][1]\n\n[1]: /help "48 people"', '[48 people]: x'])
    assert.ok(blocking(`Words. ${text}\n\n${text}`, 'markdown').length > 0, text);
});

test('stops on a number that Markdown would hide where a field is printed letter by letter', () => {
  for (const text of ['[x]: 48-people', '<!-- 48 people -->', '`48 people`', '\\48 people'])
    assert.ok(blocking(text, 'plain').length > 0, text);
});

test('stops on a charge that no record holds, and on a kind of business that the policy withholds', () => {
  const found = (text: string) => blocking(text).map(({ typed, must }) => `${typed} ${must}`);
  assert.deepEqual(found('People were charged.'), ['charged justify']);
  assert.deepEqual(found('The person in charge was kind. Tenants are charged for beds.'), []);
  assert.deepEqual(found('Teams went to massage parlours and a Nail Bar.'), ['massage justify', 'Nail Bar justify']);
  const open = applyPolicy(signedReturn, getPolicy('as practised in 2019'), []);
  assert.deepEqual(
    checkText('Teams went to nail bars.', open, against).filter(({ blocks }) => blocks),
    [],
  );
});
