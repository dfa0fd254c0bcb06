import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentences } from '../../../test/assurance/nrm/sentences.ts';
import { findIdentifying, sentDetails } from './check.ts';
import { nothingKnown } from './known.ts';
import { normaliseText, toOriginalRange } from './reading.ts';

const { about, clean } = sentences.first;
const kindsIn = (text: string, known = nothingKnown) =>
  findIdentifying([{ field: 'a', text }], known, ['origin']).map(({ kind }) => kind);

test('stops every identifying sentence of a list written by hand before the check existed', () => {
  for (const text of Object.values(sentences.first.identifying).flat())
    assert.notEqual(findIdentifying([{ field: 'a', text }], about, ['origin']).length, 0, text);
});

test('lets text that identifies no person through', () => {
  for (const text of clean) assert.deepEqual(kindsIn(text, about), [], text);
});

const cases: readonly [string, string][] = [
  ['Ring her on 07700 900 982.', 'a phone number'],
  ['Ring ٠٧٧٠٠٩٠٠٤٤٣ now.', 'a phone number'],
  ['oh seven seven double oh nine', 'a phone number'],
  ['it costs £07700900982', 'a phone number'],
  ['07,700,900,982', 'a phone number'],
  ['£7 700 900 982', 'a phone number'],
  ['see 6964-0903-2109-5391', 'a phone number'],
  ['2019-2023-0915-4471', 'a phone number'],
  ['NI QQ 12 34 56 C', 'a number'],
  ['the van is KX19 ZRT', 'a vehicle'],
  ['at 27 Larkspur Avenue', 'an address'],
  ['postcode WD18 7QH', 'an address'],
  ['write to a.b@mail.example', 'online'],
  ['born 14 March 1997', 'a date of birth'],
  ['her friend ሰላም', 'other letters'],
  ['Mir\u200bela', 'hidden marks'],
  ['a man nicknamed Zeus', 'a nickname'],
  ['M-I-R-E-L-A', 'spelled out'],
  ['D. Hoxha', 'initials'],
  ['she was hit by tony', 'a name'],
  ['his mate baz held the keys', 'a name'],
  ['They called her Mouse', 'a nickname'],
  ['Mouse is what they called her', 'a nickname'],
  ['everybody there calls her the duchess', 'a nickname'],
  ['she is known there as blossom', 'a nickname'],
  ['Her working name was candy', 'a nickname'],
  ['Her advert says cherry, new in town', 'a nickname'],
  ['they took her to hitchin', 'a place'],
  ['she gave birth on the second Tuesday of March', 'a date of birth'],
  ['Her birthday is the fourteenth of the third', 'a date of birth'],
  ['She turned eighteen on Christmas Day of 2015', 'a date of birth'],
  ['Her phone ends in nine four one seven', 'a phone number'],
  ['the reference is forty one slash one two three four', 'a number'],
  ['Room 12 of the premier inn by the motorway', 'an address'],
  ['blossom underscore wd', 'online'],
  ['found on vivastreet under new in town cherry', 'online'],
  ['She was the only Somali girl at the hotel', 'told apart from all others'],
  ['🅜🅘🅡🅔🅛🅐 came', 'other letters'],
  ['🇲🇮🇷🇪🇱🇦 came', 'other letters'],
  ['ᴍɪʀᴇʟᴀ came', 'other letters'],
  ['ɯᴉɹǝlɐ came', 'other letters'],
  ['numele ei este floare', 'another language'],
  ["elle s'appelle rose", 'another language'],
  ['siedem siedem zero zero dziewiec zero zero', 'another language'],
  ['null sieben sieben null null neun', 'another language'],
  ['shtatë shtatë zero zero nëntë', 'another language'],
  ['double seven, then nine hundred nine hundred eighty-two', 'a phone number'],
  ['seven million seven hundred thousand nine hundred and eighty two', 'a phone number'],
  ['call 077 then 00 then 900 then 982', 'a phone number'],
  ['her dob is 14 3 97', 'a date of birth'],
  ['she was born 14/3', 'a date of birth'],
  ['fb/mir.h has pictures', 'online'],
  ['discord mir#1234', 'online'],
  ['2001:db8::1 was on the screen', 'online'],
  ['rose told us she was tired', 'a name'],
];
for (const [text, kind] of cases)
  test(`“${text}” is ${kind}`, () =>
    assert.ok(
      kindsIn(text).some((one) => one === kind),
      kindsIn(text).join(),
    ));

const harmless = [
  '£12,000, 20000 euros, 15% and 12 hours a day',
  'between 2019 and 2023, since 2021',
  'from 0900-2100, or 1800 to 0200',
  '£1,200,000 or £350.50, £ 3 000, 12,500 lek, $20000 and 1,500 euros',
  'about 30 to 40 men came',
  'The Home Office and the Police were told on Monday.',
  'In her thirties, from Albania.',
  'He called her names.',
  'She goes by bus to work and is watched.',
  'They called her family and asked for money.',
  'He called her a thief in front of the others.',
  'She was taken to work by night and to hospital once.',
  'She recieved no wages and was definately afraid.',
  'The ratio was 3:1, and she slept from 22:00 to 04:30:00.',
  'About 40 to 50 cars a day, or 20 and then 30 at weekends.',
  'She was paid two hundred and fifty pounds, and then one hundred and ten.',
];
for (const text of harmless) test(`“${text}” identifies no person`, () => assert.deepEqual(kindsIn(text), []));

test('allows one detail; refuses two rare ones, or a rare one with several common ones', () => {
  assert.deepEqual(kindsIn('She is 34 years old.'), []);
  assert.deepEqual(new Set(kindsIn('She is 34 years old. It was on 3 June.')), new Set(['exact age', 'exact day']));
  assert.deepEqual(kindsIn('She is 34 years old and pregnant.'), []);
  assert.deepEqual(
    new Set(kindsIn('She is 34 years old, pregnant, and works in a nail bar.')),
    new Set(['exact age', 'family', 'work']),
  );
});

test('finds the right position, whatever text comes before it', () => {
  const text = '“Ａ”\u200d🙂 ٣ Ring 07700 900 982, please.';
  const [finding] = findIdentifying([{ field: 'a', text }], nothingKnown, []).filter(
    ({ kind }) => kind === 'a phone number',
  );
  assert.equal(finding?.found, '07700 900 982');
  const reading = normaliseText('🙂e\u0301x');
  assert.deepEqual(toOriginalRange(reading, reading.plain.length - 1, reading.plain.length), { from: 4, to: 5 });
});

test('counts details in fields of their own by how many people share them', () => {
  assert.deepEqual(sentDetails('RO', []), ['origin']);
  assert.deepEqual(sentDetails('BT', []), ['rare origin']);
  assert.deepEqual(sentDetails('GB', []), ['origin']);
  assert.deepEqual(sentDetails(null, ['types-of-exploitation-organs-removed']), ['told apart from all others']);
});

test('handles any text quickly, however long or strange', () => {
  const strange = [
    'a'.repeat(15_000),
    '1 '.repeat(7_500),
    'A. '.repeat(5_000),
    '\u200b'.repeat(5_000),
    '"'.repeat(5_000),
    'x-'.repeat(7_000),
    '@.'.repeat(7_000),
    'Aa '.repeat(5_000),
    '0'.repeat(15_000),
    'a.'.repeat(7_500),
    'a*'.repeat(7_500),
    `${'a*'.repeat(14)}b `.repeat(500),
    'AB12'.repeat(3_750),
    'ﷺ'.repeat(500),
  ];
  for (const text of strange) assert.ok(Array.isArray(kindsIn(text)));
});

test('finds a birthday of the record in words and without its year, and its number across words', () => {
  const held = { names: [], numbers: ['1997-03-14', '07700900982'], places: [] };
  for (const text of [
    'it was on the fourteenth of march',
    'on 14 March they came',
    'fourteenth march nineteen ninety seven',
  ])
    assert.ok(kindsIn(text, held).includes('a date of birth'), text);
  assert.ok(kindsIn('it ends 900 and then 982', held).includes('a known number'));
  assert.deepEqual(kindsIn('on 15 March they came', held), []);
});

test('finds a name that is also a word only where it is used as a name', () => {
  const may = { names: ['May', 'Hope', 'An'], numbers: [], places: ['12 Gravel Hill'] };
  for (const text of [
    'We spoke to May at length.',
    'It was Hope who refused.',
    'hope said that she was locked in.',
    'With An, we waited.',
    'They live on gravel hill.',
  ])
    assert.ok(
      kindsIn(text, may).some((kind) => kind.startsWith('a known')),
      text,
    );
  for (const text of ['She may not go out.', 'There is no hope of an answer.', 'The van stood on a hill of gravel.'])
    assert.deepEqual(kindsIn(text, may), [], text);
});
