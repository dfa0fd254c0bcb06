import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityContent } from '../entities/entity.ts';
import { compareEntities, leastTotal } from './comparison.ts';
import { evidenceWords } from './evidence-words.ts';
import { linkingTerms } from './linking-terms.ts';
import { findPossibleLinks, mostSharing } from './possible-links.ts';

const person = (name: string, born: string | null = null, ...aliases: readonly string[]): EntityContent => ({
  kind: 'person',
  name,
  aliases,
  born,
});
const premises = (address: string, postcode: string | null = null): EntityContent => ({
  kind: 'premises',
  address,
  postcode,
});
const vehicle = (registration: string, description: string | null = null): EntityContent => ({
  kind: 'vehicle',
  registration,
  description,
});
const phone = (number: string): EntityContent => ({ kind: 'phone', number });
const account = (name: string, provider: string | null = null): EntityContent => ({
  kind: 'account',
  account: name,
  provider,
});
const organisation = (name: string, number: string | null = null, ...aliases: readonly string[]): EntityContent => ({
  kind: 'organisation',
  name,
  aliases,
  number,
});

type Case = readonly [says: string, one: EntityContent, other: EntityContent];

const offered: readonly Case[] = [
  ['full name alone', person('Marta Bellow'), person('Marta Bellow')],
  ['other order', person('Marta Bellow'), person('BELLOW, Marta')],
  ['slip in the last letters', person('Marta Bellow'), person('Marta Belloq')],
  ['slip in the first letter', person('Marta Bellow'), person('Narta Bellow')],
  ['letters swapped', person('Dorin Velescu'), person('Dorin Velsecu')],
  ['sounds alike', person('Xhafer Mordani'), person('Dzhafer Mordany')],
  ['single name and date', person('Lala', '1994-03-02'), person('Lala', '1994-03-02')],
  ['one name missing, date', person('Dorin', '1994-03-02'), person('Dorin Velescu', '1994-03-02')],
  ['written as one word', person('Abdul Rahmat'), person('Abdulrahmat')],
  ['day and month swapped', person('Dorin Velescu', '1994-03-02'), person('Dorin Velescu', '1994-02-03')],
  ['year known only', person('Dorin Velescu', '1994'), person('Dorin Velesku', '1994-03-02')],
  ['one alias is the name', person('Dorin Velescu', null, 'Kostin Mard'), person('Kostin Mard')],
  ['Cyrillic', person('Ольга Тарвенко'), person('Olga Tarvenko')],
  ['Arabic', person('يوسف المرزي'), person('Yusuf al-Marzi')],
  ['Greek', person('Γιώργος Μαλίδης'), person('Giorgos Malidis')],
  ['Ethiopic', person('ሰላም ተስፋሚ'), person('Selam Tesfami')],
  ['Hebrew', person('יוסף ברנדל'), person('Yosef Brandel')],
  ['Devanagari', person('मोहन करवाल'), person('Mohan Karwal')],
  ['Georgian', person('გიორგი მარაძე'), person('Giorgi Maradze')],
  ['Armenian', person('Արմեն Տարունյան'), person('Armen Tarunyan')],
  ['Bengali', person('রহিম করদার'), person('Rahim Kardar')],
  ['Gurmukhi', person('ਗੁਰਪ੍ਰੀਤ ਸਿੰਘਾਰ'), person('Gurpreet Singhar')],
  ['Arabic and Cyrillic', person('يوسف مراد'), person('Юсуф Мурад')],
  ['Han', person('李伟民'), person('李 伟民')],
  ['Hangul', person('김민준'), person('김 민준')],
  ['Thai', person('สมชาย ใจดี'), person('สมชาย ใจดี')],
  ['flat and house', premises('Flat 3, 12 Mill Lane', 'WD17 1AA'), premises('12 Mill Ln, flat 3', 'wd171aa')],
  ['street with a slip', premises('12 Mill Lane, Watford', 'WD17 1AA'), premises('12 Mil Lane', 'WD17 1AA')],
  ['postcode in the address', premises('12b Mill Lane, WD17 1AA'), premises('Flat B, 12 Mill Lane', 'WD17 1AA')],
  ['town for postcode', premises('12 Mill Lane, Watford'), premises('12 Mill Lane, Watford', 'WD17 1AA')],
  ['place without a number', premises('Old Quarry Caravan Site', 'WD17'), premises('The Old Quarry Caravan Site')],
  ['registration', vehicle('AB12 CDE'), vehicle('ab12cde', 'white van')],
  ['letter read for a digit', vehicle('AB12 CDO'), vehicle('A812 CD0')],
  ['registration with a sign left out', vehicle('AB12 CDE'), vehicle('AB12 CE')],
  ['phone in two forms', phone('07700 900123'), phone('+44 7700 900123')],
  ['phone without its country', phone('7700 900123'), phone('+44 7700 900123')],
  ['account', account('12-34-56 12345678'), account('12345612345678', 'Velm Bank')],
  ['name on two sites', account('RedKite_77', 'Velm'), account('redkite77', 'Tarn')],
  ['organisation without its form', organisation('Velmo Ltd'), organisation('VELMO LIMITED')],
  ['organisation with a slip', organisation('Velmo Tarnic GmbH'), organisation('Velmo Tranic')],
  ['register number', organisation('Velmo Ltd', '01234567'), organisation('Tarnic Foods LLP', '1234567')],
];

const refused: readonly Case[] = [
  ['first name alone', person('Marta'), person('Marta')],
  ['first name the same', person('Marta Bellow'), person('Marta Krasnodar')],
  ['first name and single name', person('Marta Bellow'), person('Marta')],
  ['father and son', person('Dorin Velescu', '1961-04-09'), person('Marin Tarm Velescu', '1989-11-20')],
  ['siblings', person('Dorin Velescu', '1990-04-09'), person('Anca Velescu', '1992-11-20')],
  ['twins', person('Dorin Velescu', '1990-04-09'), person('Anca Velescu', '1990-04-09')],
  ['same name, other date', person('Dorin Velescu', '1961-04-09'), person('Dorin Velescu', '1989-11-20')],
  ['same name, other year', person('Dorin Velescu', '1961'), person('Dorin Velescu', '1989-11-20')],
  ['three names, other date', person('Dorin Ion Velescu', '1961-04-09'), person('Dorin Ion Velescu', '1989-11-20')],
  ['strangers in two scripts', person('Ольга Тарвенко'), person('Marta Bellow')],
  ['single name, 1 January', person('Lala', '1990-01-01'), person('Lala Marnok', '1961-01-01')],
  [
    'flats of one house',
    premises('Flat 3, 12 Mill Lane, Watford', 'WD17 1AA'),
    premises('Flat 4, 12 Mill Lane, Watford', 'WD17 1AA'),
  ],
  ['neighbours', premises('12 Mill Lane, Watford', 'WD17 1AA'), premises('14 Mill Lane, Watford', 'WD17 1AA')],
  ['other town', premises('12 Mill Lane, Watford'), premises('12 Mill Lane, Oxley')],
  ['number and postcode area', premises('12 Mill Lane', 'WD17 1AA'), premises('12 Quarry Road', 'WD17 4XY')],
  ['slip, other vehicle', vehicle('AB12 CDE', 'white van'), vehicle('AB12 CDF', 'red estate')],
  ['other registration', vehicle('AB12 CDE'), vehicle('XY65 KLM')],
  ['other phone', phone('07700 900123'), phone('07700 900124')],
  ['same end in two countries', phone('+44 7700 900123'), phone('+40 7700 900123')],
  ['short name on two sites', account('kite', 'Velm'), account('kite', 'Tarn')],
  ['other account', account('12-34-56 12345678'), account('12-34-56 12345679')],
  ['common words alone', organisation('Velmo Nails Ltd'), organisation('Tarnic Nails Ltd')],
  ['one word, other business', organisation('Velmo Nails'), organisation('Velmo Foods')],
  ['other register number', organisation('Velmo Ltd', '1234567'), organisation('Velmo Ltd', '7654321')],
];

const all = [...offered, ...refused];
const total = (evidence: readonly { readonly weight: number }[]): number =>
  evidence.reduce((tenths, { weight }) => tenths + Math.round(weight * 10), 0);

test('offers the same written otherwise, and says why', () => {
  for (const [says, one, other] of offered) {
    const comparison = compareEntities(one, other);
    assert.ok(comparison.total >= leastTotal, `${says}: ${JSON.stringify(comparison)}`);
  }
});

test('does not offer neighbours, relatives and namesakes', () => {
  for (const [says, one, other] of refused) {
    const comparison = compareEntities(one, other);
    assert.ok(comparison.total < leastTotal, `${says}: ${JSON.stringify(comparison)}`);
  }
});

test('the total is the sum of the evidence shown, and every evidence has words', () => {
  for (const [says, one, other] of all) {
    const comparison = compareEntities(one, other);
    assert.ok(comparison.evidence.length > 0, says);
    assert.equal(Math.round(comparison.total * 10), total(comparison.evidence), says);
    for (const { says: kind, weight } of comparison.evidence) {
      assert.equal(weight, Math.round(weight * 10) / 10, says);
      assert.notEqual(weight, 0, says);
      assert.ok(evidenceWords[kind].length > 0, says);
    }
  }
});

test('is the same either way round, with the values swapped', () => {
  for (const [says, one, other] of all) {
    const there = compareEntities(one, other);
    const back = compareEntities(other, one);
    const swapped = back.evidence.map(({ values: [a, b], ...rest }) => ({ ...rest, values: [b, a] }));
    assert.deepEqual({ total: back.total, evidence: swapped }, there, says);
  }
});

test('lists what speaks against, and nothing for what is missing', () => {
  const against = (one: EntityContent, other: EntityContent): readonly string[] =>
    compareEntities(one, other).evidence.flatMap(({ says, weight }) => (weight < 0 ? [says] : []));
  assert.deepEqual(against(person('Dorin Velescu', '1961-04-09'), person('Marin Velescu', '1989-11-20')), [
    'name part differs',
    'born differs',
  ]);
  assert.deepEqual(against(premises('Flat 3, 12 Mill Lane'), premises('Flat 4, 12 Mill Lane')), ['flat differs']);
  assert.deepEqual(against(person('Dorin Velescu', '1961-04-09'), person('Dorin Velescu')), []);
  assert.deepEqual(
    compareEntities(person('Dorin Velescu', '1961-04-09'), person('Dorin Velescu')).evidence.map(({ says }) => says),
    ['name same'],
  );
});

test('refuses to compare different kinds', () => {
  assert.throws(() => compareEntities(phone('07700 900123'), account('07700 900123')), TypeError);
});

test('what is offered shares a term, and the terms are few and distinct', () => {
  for (const [says, one, other] of offered) {
    const terms = new Set(linkingTerms(one));
    assert.ok(
      linkingTerms(other).some((term) => terms.has(term)),
      says,
    );
  }
  for (const name of ['Marta Bellow', 'Ольга Тарвенко', 'Dorin Velescu']) {
    const terms = linkingTerms(person(name, '1990-05-07'));
    assert.equal(new Set(terms).size, terms.length, name);
    assert.ok(terms.length >= 10 && terms.length <= 25, `${name}: ${terms.length}`);
  }
  assert.deepEqual(linkingTerms(person('?')), []);
});

test('links pairs of different items in order of their ids, each once', () => {
  const at = (id: string, itemId: string, content: EntityContent) => ({ id, itemId, content });
  const entities = [
    at('d', '1', person('Marta Bellow', '1990-05-07')),
    at('b', '2', person('Bellow Marta', '1990-05-07')),
    at('c', '2', person('Marta Below', '1990-05-07')),
    at('a', '3', phone('07700 900123')),
    at('e', '4', phone('+447700900123')),
    at('f', '5', account('07700 900123')),
  ];
  assert.deepEqual(
    findPossibleLinks(entities).map(({ one, other }) => `${one}${other}`),
    ['ae', 'bd', 'cd'],
  );
  for (const { total } of findPossibleLinks(entities)) assert.ok(total >= leastTotal);
});

test('a term that too many share links nothing by itself, but a rarer one does', () => {
  const crowd = (many: number) =>
    Array.from({ length: many }, (_, at) => ({
      id: `p${at}`,
      itemId: `i${at}`,
      content: phone('07700 900123'),
    }));
  assert.equal(findPossibleLinks(crowd(mostSharing)).length, (mostSharing * (mostSharing - 1)) / 2);
  assert.deepEqual(findPossibleLinks(crowd(mostSharing + 1)), []);
  const named = crowd(mostSharing + 1).map((one, at) => ({
    ...one,
    content: person('Marta Bellow', at < 2 ? '1990-05-07' : null),
  }));
  assert.deepEqual(
    findPossibleLinks(named).map(({ one, other }) => [one, other]),
    [['p0', 'p1']],
  );
});
