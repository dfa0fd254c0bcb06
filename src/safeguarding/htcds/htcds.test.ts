import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLanguageByCode, findLanguageIn, languages } from '../../vocabulary/languages/language-codes.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import { olga } from '../people/examples.ts';
import { contactWays } from '../people/person.ts';
import { gaps, supportedFields, toHtcds } from './htcds.ts';

const made = { owner: 'Lea Council', made: '2026-09-18' };
test('every field we fill is in the standard, every other field is a named gap, and the file contains all of it', () => {
  const file = toHtcds(olga, made);
  assert.deepEqual(file.record, {
    prs_FirstName: 'Olga',
    prs_PrimaryLanguage: 'ukr',
    cas_CaseOwner: 'Lea Council',
  });
  assert.deepEqual(
    Object.keys(file.record).filter((field) => !supportedFields.includes(field as never)),
    [],
  );
  assert.deepEqual(Object.fromEntries(file.gaps.map(({ field, says }) => [field, says])), gaps);
  for (const field of ['prs_SecondName', 'prs_Birthdate', 'prs_Gender', 'prs_Citizenship', 'con_Consent'])
    assert.match(gaps[field] ?? '', /^Left out/);
  assert.equal(file.beside.contactNever, 'No calls, no voice messages', 'what must never be done goes along');
});

test('number and address go into a shared field only if the record sets no conditions', () => {
  for (const contactWay of contactWays)
    for (const [contactWhen, contactNever] of [
      [null, null],
      ['Before noon', null],
      [null, 'No call that was not agreed by text'],
    ] as const)
      for (const contactAt of ['07700 900461', 'olga@post.example']) {
        const { record } = toHtcds({ ...olga, contactWay, contactAt, contactWhen, contactNever }, made);
        const open = contactWhen === null && contactNever === null;
        const phone = open && contactWay === 'a call' && contactAt === '07700 900461';
        const mail = open && contactWay === 'an e-mail' && contactAt === 'olga@post.example';
        assert.deepEqual(
          [record.prs_MobilePhone, record.prs_Email],
          [phone ? '+447700900461' : undefined, mail ? contactAt : undefined],
          `${contactWay}, ${contactAt}, ${contactWhen}, ${contactNever}`,
        );
      }
});

test('converts phone numbers to international format', () => {
  const cases: [string, string | undefined][] = [
    ['07700 900461', '+447700900461'],
    ['+44 (0)7700 900461', '+447700900461'],
    ['0040 721 000 000', '+40721000000'],
    ['+355-69-123-4567', '+355691234567'],
    ['07700 900461 (Ana)', undefined],
    ['900461', undefined],
    ['+0123456789', undefined],
    ['+4477009004610000000', undefined],
    ['', undefined],
  ];
  for (const [text, number] of cases) assert.equal(toE164(text), number, text);
});

test('reads languages by code and name, each code once; two languages give none', () => {
  const codes = languages.flatMap(({ two, three }) => [three, ...(two ? [two] : [])]);
  assert.equal(new Set(codes).size, codes.length);
  for (const { two, three, names } of languages) {
    assert.match(three, /^[a-z]{3}$/);
    assert.ok(two === null || /^[a-z]{2}$/.test(two));
    for (const name of names) assert.equal(findLanguageIn(name)?.three, three, name);
    assert.equal(findLanguageByCode(three)?.three, three);
  }
  assert.equal(findLanguageByCode('alb')?.names[0], 'Albanian');
  assert.equal(findLanguageByCode('VI')?.three, 'vie');
  assert.equal(findLanguageByCode('xx'), undefined);
  assert.equal(findLanguageIn('Albanian, Gheg dialect')?.three, 'sqi');
  assert.equal(findLanguageIn('Thai or Lao'), undefined);
  assert.equal(findLanguageIn('the language of her village'), undefined);
});
