import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageBases, ages } from '../../vocabulary/age.ts';
import { interpreterGenders, interpreterNeeds } from '../../vocabulary/interpreting.ts';
import { findLanguageByCode, findLanguageIn, languages } from '../../vocabulary/languages/language-codes.ts';
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import { olga } from '../people/examples.ts';
import { aids, contactWays, type PersonDetails } from '../people/person.ts';
import { fromHtcds, gaps, supportedFields, toHtcds } from './htcds.ts';

const made = { owner: 'Lea Council', made: '2026-09-18' };
const written = (known: PersonDetails): string => JSON.stringify(toHtcds(known, made));
const readBack = (text: string) => {
  const read = fromHtcds(text);
  assert.ok(read.ok, text);
  return read.value;
};

/** A random number generator with a fixed seed. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

test('reads back what it wrote: a thousand records with any content', () => {
  const next = numbers(20_261_125);
  const one = <One>(all: readonly One[]): One => all[next(all.length)] as One;
  const words = [
    'Olga',
    'Ольга Ковалeнко',
    '李伟',
    'حسن',
    'O’Neill "x"',
    '{"prs_FirstName":1}',
    '+44 7700 900123',
    'a@b.example',
  ];
  const maybe = () => (next(3) === 0 ? null : one(words));
  for (let times = 0; times < 1_000; times += 1) {
    const known: PersonDetails = {
      called: one(words),
      others: words.filter(() => next(4) === 0),
      yearOfBirth: next(3) === 0 ? null : 1950 + next(70),
      age: one(ages),
      ageBasis: one(ageBases),
      language:
        next(4) === 0 ? null : one([...languages.map(({ names }) => names[0] ?? ''), 'Gheg Albanian', 'Thai or Lao']),
      interpreter: one(interpreterNeeds),
      interpreterGender: one(interpreterGenders),
      aids: aids.filter(() => next(3) === 0),
      contactWay: one(contactWays),
      contactAt: one([null, '07700 900461', '+40 721 000 000', 'a@b.example', 'through Ana, 07700 900461']),
      contactWhen: maybe(),
      contactNever: maybe(),
      cameBy: maybe(),
    };
    assert.deepEqual(readBack(written(known)).known, known);
  }
});

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

test('reads a file of another service by the standard’s fields, and names what is left out', () => {
  const { known, left } = readBack(
    JSON.stringify({
      prs_FirstName: 'Thi Lan',
      prs_SecondName: 'Nguyen',
      prs_Birthdate: '1998-04-02',
      prs_Gender: 'Feminine',
      prs_Citizenship: 'VN',
      prs_PrimaryLanguage: 'vie',
      prs_HomePhone: '0044 (0)1632 960123',
      vic_TypeOfExploitation: ['ForcedLabour'],
      con_Consent: true,
      anything: 'else',
    }),
  );
  assert.deepEqual(known, {
    called: 'Thi Lan Nguyen',
    language: 'Vietnamese',
    yearOfBirth: 1998,
    contactAt: '+441632960123',
  });
  assert.deepEqual(left, ['con_Consent', 'prs_Citizenship', 'prs_Gender', 'vic_TypeOfExploitation']);
});

test('refuses files of other formats with one word, and trusts nothing in a file', () => {
  for (const text of ['', '{', '[]', 'null', '3', '{"name":"Olga"}', '{"record":[]}', '{"record":{"prs":1}}'])
    assert.deepEqual(fromHtcds(text), { ok: false, refusal: 'no file of the standard' }, text);
  assert.deepEqual(fromHtcds(JSON.stringify({ standard: { version: '1.0' }, record: { prs_FirstName: 'x' } })), {
    ok: false,
    refusal: 'another version',
  });
  const { known } = readBack(
    JSON.stringify({
      record: { prs_FirstName: ['x'], prs_Birthdate: 'soon', prs_MobilePhone: 'ring Ana', prs_PrimaryLanguage: 7 },
      beside: {
        others: 'x',
        yearOfBirth: '1998',
        aids: [1, 'lip reading'],
        cameBy: 'x'.repeat(9_000),
        id: 'y',
        agencyId: 'z',
      },
    }),
  );
  assert.deepEqual(known, { aids: ['lip reading'], cameBy: 'x'.repeat(1_000) });
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

test('a malicious file breaks nothing, and puts nothing into a wrong field', () => {
  const odd = { toString: 1, valueOf: 1 };
  const hostile: readonly string[] = [
    JSON.stringify({ prs_FirstName: 'Zef', prs_Birthdate: odd, prs_MobilePhone: [odd], prs_Email: { __proto__: odd } }),
    '{"__proto__":{"prs_FirstName":"Zef"},"prs_FirstName":"Zef","constructor":{"prototype":{"age":"adult"}}}',
    '{"record":{"prs_FirstName":"Zef"},"beside":{"__proto__":{"age":"adult"},"others":{"length":4e9},"aids":[{}]}}',
    `{"prs_FirstName":"Zef","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    '{"standard":{"version":{}},"prs_FirstName":"Zef"}',
    '[[[[',
    '"prs_FirstName"',
    'null',
    '{"record":null,"prs_FirstName":"Zef"}',
    '\u0000',
  ];
  for (const text of hostile) {
    const read = fromHtcds(text);
    if (!read.ok) continue;
    assert.equal(read.value.known.called, 'Zef', text.slice(0, 60));
    assert.deepEqual(
      Object.keys(read.value.known).filter((field) => !['called', 'others', 'aids'].includes(field)),
      [],
      text.slice(0, 60),
    );
  }
  assert.equal(({} as { age?: string }).age, undefined);
});
