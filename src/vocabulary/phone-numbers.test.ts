import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findPhone, phoneAddress } from './phone-numbers.ts';

test('a link dials the number that it shows, with the country where one has it', () => {
  for (const [shown, address] of [
    ['999', 'tel:999'],
    ['101', 'tel:101'],
    ['116 123', 'tel:116123'],
    ['18000', 'tel:18000'],
    ['18001 101', 'tel:18001101'],
    ['18001 0800 555 111', 'tel:180010800555111'],
    ['0800 1111', 'tel:+448001111'],
    ['0800 555 111', 'tel:+44800555111'],
    ['08000 121 700', 'tel:+448000121700'],
    ['(01632) 960 111', 'tel:+441632960111'],
    ['+44 (0)1632 960111', 'tel:+441632960111'],
    ['0044 1632 960111', 'tel:+441632960111'],
    ['+353 1 234 5678', 'tel:+35312345678'],
    ['call us', undefined],
    ['0800 555 111 (24 hours)', undefined],
    ['1234', undefined],
    ['', undefined],
  ] as const)
    assert.equal(phoneAddress(shown), address, shown);
});

test('of what somebody wrote, the first whole number is dialled: no hours, no extension, no second number', () => {
  for (const [text, shown, address] of [
    ['01632 960 111, ask for duty', '01632 960 111', 'tel:+441632960111'],
    ['01632 960 230 (24 hours)', '01632 960 230', 'tel:+441632960230'],
    ['01632 960230 24 hours', '01632 960230', 'tel:+441632960230'],
    ['01632 960230-24h', '01632 960230', 'tel:+441632960230'],
    ['0800 555 111 9 to 5', '0800 555 111', 'tel:+44800555111'],
    ['07700 900123 07700 900456', '07700 900123', 'tel:+447700900123'],
    ['07700 900123 - 07700 900456', '07700 900123', 'tel:+447700900123'],
    ['01632 960111 ext 204', '01632 960111', 'tel:+441632960111'],
    ['09:00 to 17:00 01632 960111', '01632 960111', 'tel:+441632960111'],
    ['0900-1700 01632 960111', undefined, undefined],
    ['Ruth (+44 (0)1632 960111)', '+44 (0)1632 960111', 'tel:+441632960111'],
    ['(01632) 960111', '(01632) 960111', 'tel:+441632960111'],
    ['phone:01632 960111.', undefined, undefined],
    ['phone: 01632 960111.', '01632 960111', 'tel:+441632960111'],
    ['+353 1 234 5678', '+353 1 234 5678', 'tel:+35312345678'],
    ['ring the desk', undefined, undefined],
    ['2026-11-28', undefined, undefined],
    ['01632 9601', undefined, undefined],
    ['', undefined, undefined],
  ] as const)
    assert.deepEqual(findPhone(text), shown === undefined ? undefined : { shown, address }, text);
});

test('whatever surrounds a British number, either that number is dialled or none', () => {
  const number = fc.tuple(fc.constantFrom('01632', '07700', '020'), fc.integer({ min: 100000, max: 999999 }));
  const around = fc.constantFrom(
    '',
    ' ',
    ', ',
    '24 hours',
    ' (24 hours)',
    ' ext 12',
    ' 9-5',
    '/',
    ' 07700 900456',
    'x9',
  );
  fc.assert(
    fc.property(number, around, around, ([code, rest], before, after) => {
      const whole = code === '020' ? `020 7946 ${String(rest).slice(0, 4)}` : `${code} ${rest}`;
      const found = findPhone(`${before}${whole}${after}`);
      if (!found) return;
      const dialled = [phoneAddress(whole), ...(`${before}${after}`.includes('07700') ? ['tel:+447700900456'] : [])];
      assert.ok(dialled.includes(found.address), `${before}${whole}${after}: ${found.address}`);
    }),
  );
});
