import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { routeContacts } from '../contacts/contact-router.ts';
import { channelsOn, type HelpSeeker, linkOf, type Service } from '../contacts/contacts.ts';
import { translateHours } from '../contacts/translated-hours.ts';
import { english } from '../languages/english.ts';
import { languages, translatorFor } from '../languages/load.ts';
import { readContacts, readGuidance, readSigns } from './content-shape.ts';
import {
  allServices,
  bankHolidays,
  contentVersion,
  framing,
  listGuidance,
  listPlaces,
  listServices,
  listSigns,
} from './load.ts';
import { routesModel } from './pages.ts';
import { cardPage, checkBy, leafletPage, posterPage, servicesOnPaper, sheetPage } from './pages-paper.ts';
import { placeKinds } from './places.ts';
import { isControlSign, isObservable, signsOn } from './signs.ts';

const today = '2026-11-24';
const signs = listSigns(today);

const ofModel = signs.filter(({ model }) => model !== null);

test('the ten signs of the model are all kept, in the two groups', () => {
  assert.deepEqual(
    ofModel.map(({ model }) => model),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  assert.deepEqual(
    ofModel.filter((sign) => !isControlSign(sign)).map(({ id }) => id),
    ['tattoo', 'few words of English', 'women from abroad at one address', 'callers day and night'],
  );
});

test('no sign that may carry advice speaks of where people come from, their language or their sex', () => {
  const grounds = /foreign|nationalit|countr|abroad|migrant|English|language|\bwom[ae]n\b|\bm[ae]n\b|female|male\b/i;
  for (const sign of signs.filter(isControlSign)) {
    assert.doesNotMatch(sign.text, grounds, sign.id);
    assert.doesNotMatch(sign.own ?? '', grounds, sign.id);
  }
});

test('wording for people who ask about themselves says “you”, and covers only signs of control', () => {
  for (const { id, own, group } of signs) {
    if (own === null) continue;
    assert.equal(group, 'control', id);
    assert.match(own, /\b(you|your)\b/i, id);
  }
});

test('signs of other lists than the model’s bear their source, and none of them asks where somebody comes from', () => {
  for (const { id, sources, text } of signs.filter(({ model }) => model === null)) {
    assert.ok(
      sources.some(({ title }) => /Home Office|UNODC/.test(title)),
      id,
    );
    assert.doesNotMatch(text, /come from|nationalit|foreign|abroad|immigra/i, id);
  }
});

test('every sign has an alternative explanation, a caution and a source', () => {
  for (const sign of signs) {
    assert.ok(sign.innocent.length > 20 && sign.caution.length > 20 && sign.why.length > 20, sign.id);
    assert.ok(sign.sources.length > 0);
  }
});

test('the sentences that must accompany the signs are there', () => {
  assert.deepEqual(
    framing.map(({ id }) => id),
    ['neither proof nor disproof', 'together for safety', 'no grounds', 'observe only', 'signs are not added up'],
  );
});

test('every way to help says what it leaves behind, on the phone and on the bill', () => {
  const trace = (id: string, kind: string) => {
    const channel = service(id).channels.find((one) => one.kind === kind);
    assert.ok(channel, `${id} ${kind}`);
    return channel.leaves;
  };
  for (const { id, channels } of allServices)
    for (const { kind, leaves } of channels) {
      assert.ok(leaves.phone.length > 20 && leaves.bill.length > 20, id);
      if (kind === 'phone') assert.match(leaves.phone, /list of calls/, id);
      if (kind === 'web') assert.match(leaves.phone, /history/, id);
    }
  assert.match(trace('beacon', 'phone').bill, /listed on the phone bill/);
  assert.match(trace('childline', 'web').phone, /chat/);
  assert.match(trace('emergency', 'sms').phone, /registered/);
});

test('explains in full how to call 999 without speaking: cough or tap, then 55, and that silence alone brings no help', () => {
  const { notes, channels } = service('emergency');
  const said = [english.emergency.silent, ...notes].join(' ');
  for (const word of [/cough or tap/, /press 55/, /silent call alone brings nobody/, /On a mobile/])
    assert.match(said, word);
  assert.match(channels.find(({ kind }) => kind === 'sms')?.how ?? '', /registered beforehand/);
});

const content = { signs, framing, guidance: listGuidance(today), services: listServices(today), day: today };

test('paper prints services for every kind only', () => {
  const printer = { entrance: 'https://example.org/information', partnership: undefined };
  const words = translatorFor('en');
  const printed = [
    sheetPage(words, content, printer).numbers,
    posterPage(words, content, printer, '').numbers,
    cardPage(words, content, printer, '').numbers,
    leafletPage(words, content, printer).numbers,
  ];
  const forOne = listServices(today).flatMap(({ kinds, channels }) =>
    kinds ? channels.map(({ printed }) => printed) : [],
  );
  assert.ok(forOne.length >= 8);
  for (const numbers of printed) {
    assert.ok(numbers.length >= 4);
    assert.equal(numbers[0]?.number, '999');
    for (const { number } of numbers) assert.ok(!forOne.includes(number), number);
  }
});

test('paper prints no hours that nobody confirmed, and no service that nobody checked for a year', () => {
  for (const who of ['worried person', 'professional'] as const) {
    const services = servicesOnPaper(who, content);
    assert.ok(services.some(({ role, independentOfPolice }) => role === 'support' && independentOfPolice));
    for (const { id, dateChecked } of services) assert.ok(dateChecked >= '2025-11-24', id);
    assert.ok(!services.some(({ id }) => id === 'beacon' || id === 'crimestoppers'));
  }
  const page = posterPage(
    translatorFor('en'),
    content,
    { entrance: 'https://example.org/information', partnership: undefined },
    '',
  );
  assert.equal(page.numbers.find(({ number }) => number === '08000 121 700')?.hours, '');
  assert.doesNotMatch(JSON.stringify(page), /not confirmed/);
});

test('paper prints no hours that Help calls not confirmed, and prints hours that were checked lately', async () => {
  const words = translatorFor('en');
  const printer = { entrance: 'https://example.org/information', partnership: undefined };
  const at = new Date(`${today}T12:00:00Z`);
  const holidays = await bankHolidays();
  const seen = { printed: 0, left: 0 };
  for (const dateChecked of [today, '2026-08-25', '2026-04-21']) {
    const services = listServices(today).map((service) => ({ ...service, dateChecked }));
    const help = (who: HelpSeeker) => {
      const situation = { at, who, danger: false };
      const { emergency, routes } = routesModel(words, situation, routeContacts(situation, services, holidays), today);
      return new Map([emergency, ...routes].map((route) => [route?.name, route?.state]));
    };
    const dated = { ...content, services };
    for (const [who, { numbers }] of [
      ['worried person', posterPage(words, dated, printer, '')],
      ['worried person', cardPage(words, dated, printer, '')],
      ['worried person', leafletPage(words, dated, printer)],
      ['professional', sheetPage(words, dated, printer)],
    ] as const)
      for (const { name, hours } of numbers) {
        const state = help(who).get(name) ?? assert.fail(name);
        if (state === 'not confirmed') assert.equal(hours, '', `${name}, checked on ${dateChecked}`);
        seen[hours ? 'printed' : 'left'] += 1;
      }
  }
  assert.ok(seen.printed > 10 && seen.left > 10, JSON.stringify(seen));
});

test('paper says by which day to check it: when the first of its numbers was checked a year ago, or after half a year', () => {
  const [one] = listServices(today);
  assert.ok(one);
  assert.equal(checkBy([{ ...one, dateChecked: '2026-02-01' }], today), '2027-02-01');
  assert.equal(checkBy([{ ...one, dateChecked: today }], today), '2027-05-26');
  assert.equal(checkBy([{ ...one, dateChecked: today, validTo: '2026-12-31' }], today), '2026-12-31');
});

test('each kind of place names what can be noticed there and signs that there are, with an ordinary reading and a source', () => {
  const places = listPlaces(today);
  assert.deepEqual(
    places.map(({ id }) => id),
    placeKinds,
  );
  for (const { id, noticed, signs: named, innocent, sources } of places) {
    assert.ok(noticed.length >= 2 && noticed.length + named.length <= 6, id);
    assert.ok(innocent.length > 20 && sources.length > 0, id);
    for (const one of named) assert.ok(isControlSign(signs.find((sign) => sign.id === one) ?? assert.fail(one)), one);
    for (const text of noticed)
      assert.doesNotMatch(text, /foreign|nationalit|countr|abroad|migrant|English|language|\bwom[ae]n\b|\bm[ae]n\b/i);
  }
});

test('every kind of exploitation has a support line of its own, with a source, outside the police', () => {
  for (const kind of exploitations) {
    const lines = listServices(today).filter(({ kinds, role }) => role === 'support' && kinds?.includes(kind));
    assert.ok(
      lines.some((one) => one.independentOfPolice && one.sources.length > 0 && one.area !== 'Scotland'),
      kind,
    );
  }
});

test('an agency that enforces says what it told immigration enforcement, and is not said to be outside the police', () => {
  const agencies = listServices(today).filter(({ role }) => role === 'enforcement');
  assert.ok(agencies.length > 0);
  for (const { promise, independentOfPolice } of agencies) {
    assert.match(promise, /police and immigration enforcement/);
    assert.equal(independentOfPolice, false);
  }
});

test('nothing in this area speaks of rescue, or is the sentence of the model', () => {
  const all = JSON.stringify([signs, framing, allServices, listGuidance(today)]);
  assert.doesNotMatch(all, /rescue/i);
  for (const phrase of [
    'branded',
    'closely guarded',
    'limited English vocabulary',
    'scared or intimidated',
    'short time there',
  ])
    assert.ok(!all.includes(phrase), phrase);
});

test('a wording holds from its first day to its last', () => {
  const [sign] = signs;
  assert.ok(sign);
  const old = { ...sign, validFrom: '2020-01-01', validTo: '2020-12-31' };
  for (const [day, count] of [
    ['2019-12-31', 0],
    ['2020-01-01', 1],
    ['2020-12-31', 1],
    ['2021-01-01', 0],
  ] as const)
    assert.equal(signsOn([old], day).length, count, day);
});

const signFile = (more: string, evidence = 'observable'): string => `
framing: [{ id: a, text: A, source: { title: A, url: 'https://example.org' } }]
signs:
  - { id: a, model: null, evidence: ${evidence}, exploitation: labour exploitation, text: A, why: A, innocent: A, caution: A,
      sources: [{ title: A, url: 'https://example.org' }], dateChecked: 2026-11-24, validFrom: 2026-11-24, validTo: null, ${more} }
`;

test('reads a sign with its kinds, its own first, and refuses personal wording for signs that mean nothing alone', () => {
  const kindsOf = (more: string) => readSigns(signFile(`group: control, ${more}`)).signs[0]?.kinds;
  assert.deepEqual(kindsOf('also: []'), ['labour exploitation']);
  assert.deepEqual(kindsOf('also: [labour exploitation, child exploitation]'), [
    'labour exploitation',
    'child exploitation',
  ]);
  assert.equal(kindsOf('also: every kind')?.length, 5);
  assert.equal(kindsOf('also: every kind')?.[0], 'labour exploitation');
  assert.throws(() => readSigns(signFile('group: means nothing alone, own: You')), /not asked of herself/);
});

test('guidance is refused that would ask more than who reads, the kind, and whether there was any sign of control', () => {
  const entry = (more: string) => `
guidance:
  - { id: a, part: do, for: [professional], text: A, source: { title: A, url: 'https://example.org' },
      dateChecked: 2026-11-24, validFrom: 2026-11-24, validTo: null, ${more} }
`;
  assert.equal(readGuidance(entry('when: [a sign of control]')).length, 1);
  for (const more of ['atLeast: 3', 'signs: [tattoo]', 'when: [many signs]', 'kinds: [nationality]'])
    assert.throws(() => readGuidance(entry(more)), more);
});

const service = (id: string): Service => {
  const found = listServices(today).find((one) => one.id === id);
  assert.ok(found, id);
  return found;
};

const links: readonly [id: string, ...links: string[]][] = [
  ['emergency', 'tel:999', 'tel:18000', 'sms:999', 'https://999bsl.co.uk'],
  ['police', 'tel:101', 'tel:18001101'],
  ['helpline', 'tel:+448000121700', 'https://www.modernslaveryhelpline.org'],
  ['crimestoppers', 'tel:+44800555111', 'https://crimestoppers-uk.org'],
  ['salvation army', 'tel:+448008083733'],
  ['beacon', 'tel:+443000115555'],
  ['child trafficking guardians', 'tel:+448000434303'],
];

for (const [id, ...expected] of links) {
  test(`${id} is reached by ${expected.join(', ')}`, () => {
    assert.deepEqual(service(id).channels.map(linkOf), expected);
  });
}

test('what is printed is the number that is dialled', () => {
  for (const { channels } of allServices) {
    for (const { number, printed } of channels) {
      if (number === null) continue;
      assert.equal(number.replace(/^\+44/, '0'), printed.replaceAll(' ', ''));
    }
  }
});

test('sign language by video is offered from the day it began', () => {
  const kinds = (day: string) => channelsOn(service('emergency'), day).map(({ kind }) => kind);
  assert.ok(!kinds('2022-06-16').includes('bsl'));
  assert.ok(kinds('2022-06-17').includes('bsl'));
});

test('hours that nobody confirmed are not called 24 hours', () => {
  assert.equal(service('helpline').hours.usual, 'not confirmed');
  assert.match(service('helpline').hours.says ?? '', /every day of the year/);
});

test('the version of the content is short and changes with it', () => {
  assert.match(contentVersion, /^[0-9a-f]{16}$/);
});

const contacts = (hours: string): string => `
extraHolidays: []
traces: {}
services:
  - id: a
    name: A
    role: support
    runBy: A
    sits: A
    independentOfPolice: true
    area: Scotland
    forWhom: A
    for: { professional: 1 }
    promise: A
    notes: []
    languages: A
    hours: ${hours}
    channels: [{ kind: phone, number: '101', printed: '101', cost: Free, leaves: { phone: A, bill: A } }]
    sources: [{ title: A, url: 'https://example.org' }]
    dateChecked: 2026-11-24
    validFrom: 2026-11-24
    validTo: null
`;

const refusals: readonly [what: string, hours: string][] = [
  ['a time that no clock shows', '{ usual: { Monday: [08:00-25:00] }, bankHolidays: as usual }'],
  ['hours without minutes', '{ usual: { Monday: [8-20] }, bankHolidays: as usual }'],
  ['a weekday that is none', '{ usual: { Mon: [08:00-20:00] }, bankHolidays: as usual }'],
  ['bank holidays of nowhere', '{ usual: 24 hours, bankHolidays: closed }'],
  ['hours not confirmed without a word', '{ usual: not confirmed, bankHolidays: as usual }'],
  [
    'an exception on 30 February',
    '{ usual: 24 hours, bankHolidays: as usual, exceptions: [{ day: 2026-02-30, intervals: [], why: A }] }',
  ],
  ['silence on bank holidays', '{ usual: 24 hours }'],
];

for (const [what, hours] of refusals) {
  test(`the file is refused for ${what}`, () => {
    assert.throws(() => readContacts(contacts(hours)));
  });
}

test('hours are read as they are written, past midnight too', () => {
  const { services } = readContacts(
    contacts('{ usual: { Friday: [22:00-06:00, 00:00-24:00] }, bankHolidays: as usual }'),
  );
  assert.deepEqual(services[0]?.hours.usual, {
    Friday: [
      { from: 1320, to: 1800 },
      { from: 0, to: 1440 },
    ],
  });
  assert.throws(() => readSigns('framing: []\nsigns: []'));
});

test('says of each sign whether an onlooker can observe it', () => {
  const ids = listSigns(today)
    .filter(isObservable)
    .map(({ id }) => id);
  assert.deepEqual(ids, [
    ...['afraid', 'guarded', 'tattoo', 'callers day and night', 'papers held', 'acts as told'],
    ...['child set apart', 'child at unsuitable work', 'child where sex is sold', 'distrust', 'little English'],
    ...['kind of place', 'poor housing', 'child travels'],
  ]);
  assert.equal(readSigns(signFile('group: control', 'disclosed')).signs[0]?.evidence, 'disclosed');
  for (const evidence of ['', 'seen']) assert.throws(() => readSigns(signFile('group: control', evidence)));
});

test('Help says in the language of the reader what a service says of hours that nobody confirmed', () => {
  const { hours } = service('helpline');
  const now = new Date(`${today}T12:00:00Z`);
  const state = { state: 'not confirmed', today: null, opens: null } as const;
  for (const { code } of languages.filter(({ code }) => code !== 'en')) {
    const words = translatorFor(code);
    const own = words.said(hours.says ?? '');
    assert.ok(!own.includes('lang="en"'), code);
    assert.equal(translateHours(words, state, hours, now), `${words.t('hours.unconfirmed')}: ${own}`);
  }
});
