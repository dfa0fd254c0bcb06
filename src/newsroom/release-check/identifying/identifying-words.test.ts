import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jurisdictions } from '../../../vocabulary/jurisdictions.ts';
import { extras, signedReturn } from '../../drafting/examples.ts';
import { applyPolicy } from '../../drafting/public-figures.ts';
import { getPolicy } from '../../drafting/publication-policy.ts';
import { checkText } from '../figure-check.ts';
import type { CheckContext, Finding } from '../finding.ts';
import { harmOf } from '../harms.ts';
import { anonymityOn, anonymityPacks } from './anonymity.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);
const against: CheckContext = { publishOn: extras.publishOn, justifications: [], contacts: ['999', '101'] };
const check = (text: string, more: Partial<CheckContext> = {}): Finding[] =>
  checkText(text, told, { ...against, ...more });
const harmsIn = (text: string): string[] =>
  check(text)
    .filter(({ blocks }) => blocks)
    .map(harmOf);

const leaks: readonly (readonly [harm: string, texts: readonly string[]])[] = [
  [
    'exact age',
    [
      'A woman aged 34 from Watford was arrested.',
      'Officers arrested a 34-year-old man from Watford.',
      'The woman (34) lives in Watford.',
      'One woman, 34, of Watford, was arrested.',
      'A man in his thirties was arrested in Watford.',
      'The suspect was born in 1991 and lives in Watford.',
      'Workers in their thirties were met.',
      'People in their forties were met.',
      'Workers barely out of their teens were met.',
      'They were in their early twenties.',
      'They are in their teens.',
      'They were all teenagers.',
      'A schoolgirl was found at a business.',
      'School leavers were found asleep in a shop.',
      'Underage workers were met.',
      'Twentysomething workers were met.',
      'A newborn was among those met.',
      'Kids were found at the premises.',
      'Minors were met.',
      'Students were met.',
      'The workers were young.',
      'They are retired.',
    ],
  ],
  [
    'nationality',
    [
      'Two Moldovan women were met in Watford.',
      'The people met were from Vietnam.',
      'A Romanian-born man was arrested.',
      'Several workers were returned to Albania.',
      'Three Eastern European men were there.',
      'Foreign nationals were met.',
      'The victims are Nepalese.',
      'People from Hanoi accepted help.',
      'Nationals of Vietnam were referred to the NRM.',
      'Citizens of Albania were met.',
      'From Vietnam, the people met had come by lorry.',
      'The workers grew up in Benin City.',
      'Several people met were from around Tirana.',
      'People met have family in Ho Chi Minh City.',
      'The people met were from Iași.',
    ],
  ],
  [
    'one address',
    [
      'Officers visited an address in Hemel Hempstead.',
      'The business in Hemel Hempstead was visited.',
      'In Hemel Hempstead, a shop was visited.',
      'A massage parlour was visited.',
      'The Hemel Hempstead premises was visited.',
    ],
  ],
  [
    'arrest and help',
    [
      'Four people were arrested and the potential victims were safeguarded.',
      'A potential victim was found and a man was charged.',
      'Survivors were offered help and the owner was fined.',
    ],
  ],
  [
    'name before charge',
    ['Ion Munteanu was arrested.', 'Officers arrested Ion Munteanu at the scene.', 'The suspect is Ion Munteanu.'],
  ],
  [
    'active proceedings',
    [
      'The man confessed to officers.',
      'One of them has previous convictions.',
      'They appeared before Watford Magistrates on Monday.',
      'The gang led the network.',
    ],
  ],
  [
    'anonymity for life',
    [
      'The potential victim, Ana Munteanu, asked for help.',
      'A potential victim works at Lotus Nails.',
      'The survivor is a pupil at Meadow School.',
      'The potential victim is the daughter of the owner.',
      'The potential victim is pictured with an officer.',
    ],
  ],
];
for (const [harm, texts] of leaks)
  test(`finds words of the harm “${harm}”`, () => {
    for (const text of texts) assert.ok(harmsIn(text).includes(harm), `${text} ${harmsIn(text)}`);
  });

test('leaves alone what leads to nobody', () => {
  for (const text of [
    'The helpline answers in Romanian and Vietnamese.',
    'Women aged 18 and over can ask for a place.',
    'French police took part in the week.',
    'The British Red Cross helped to plan the week.',
    'Detective Sergeant Robin Hale said that nobody was named.',
    'Anyone can be exploited: a child or an adult, from here or from abroad.',
    'People worked for Open Door Relief.',
    'Please polish your words before you send them.',
    'Students can learn the signs.',
    'Does a shop let minors work late?',
    'Young people should know their rights.',
    'The building had minor damage.',
    'Teams from schools told students about the signs.',
  ])
    assert.deepEqual(
      harmsIn(text).filter((harm) => leaks.some(([known]) => known === harm) && !['nationality'].includes(harm)),
      [],
      text,
    );
  assert.deepEqual(harmsIn('French police took part in the week.'), []);
});

test('lets a reason stand only where the law leaves a choice', () => {
  const isChoice = (text: string, harm: string): boolean =>
    check(text).some((finding) => harmOf(finding) === harm && finding.must === 'justify');
  assert.ok(isChoice('Ion Munteanu was arrested.', 'name before charge'));
  assert.ok(!isChoice('The man confessed to officers.', 'active proceedings'));
  assert.ok(!isChoice('The potential victim, Ana Munteanu, asked for help.', 'anonymity for life'));
  assert.ok(!isChoice('A woman aged 34 from Watford was arrested.', 'exact age'));
});

test('lets a quote keep its own words with a reason, and never words that expose somebody', () => {
  const must = (text: string, voice: 'ours' | 'quoted'): string | undefined =>
    check(text, { voice }).find((finding) => /wording|nationality|proceedings/.test(harmOf(finding)))?.must;
  assert.equal(must('We want to rescue people.', 'ours'), 'change');
  assert.equal(must('We want to rescue people.', 'quoted'), 'justify');
  assert.equal(must('Two Moldovan women were met.', 'quoted'), 'change');
  assert.equal(must('The man confessed to officers.', 'quoted'), 'change');
});

test('offers safer words for those that it marks', () => {
  const safer = (text: string): (string | undefined)[] => check(text).map((finding) => finding.safer);
  assert.ok(safer('Officers rescued people.').includes('helped'));
  assert.ok(safer('The week began on Monday 15 September 2026.').includes('Tuesday 15 September 2026'));
  assert.ok(safer('Two Moldovan women were met.').includes(''), 'the word is taken out');
  assert.ok(safer('The victims were met.').includes('potential victims'));
});

test('stops a contact that does not hold, or that nobody has checked for long', () => {
  const staleContacts = [{ way: '+443000115555', why: 'This contact held until 1 May 2026.' }];
  const [found] = check('Call 03000 11 55 55.', { staleContacts });
  assert.deepEqual([found && harmOf(found), found?.message], ['contact', 'This contact held until 1 May 2026.']);
});

test('has a pack of anonymity for each jurisdiction, one after another', () => {
  for (const jurisdiction of jurisdictions) {
    const packs = anonymityPacks().filter((pack) => pack.jurisdiction === jurisdiction);
    assert.equal(packs.filter(({ to }) => to === null).length, 1, jurisdiction);
    for (const [at, pack] of packs.entries()) assert.ok(at === 0 || (packs[at - 1]?.to ?? '') < pack.from);
    assert.ok(anonymityOn(jurisdiction, '2026-09-25').keeps.includes('name'));
    assert.equal(anonymityOn(jurisdiction, '1980-01-01'), packs[0], 'no day is without a rule');
  }
});

test('names law and date of the jurisdiction, and says which law nobody has read', () => {
  const messageIn = (jurisdiction: CheckContext['jurisdiction'], harm: string): string =>
    check(harm === 'anonymity for life' ? 'The victim lives above Golden Spa.' : 'John Smithson was arrested.', {
      jurisdiction,
    }).find((one) => harmOf(one) === harm)?.message ?? '';
  const forLife = 'anonymity for life';
  const usual = messageIn(undefined, forLife);
  assert.equal(usual, messageIn('England and Wales', forLife));
  assert.match(
    usual,
    /Sexual Offences \(Amendment\) Act 1992, section 1, from 2 March 1992; checked on 28 November 2026\)/,
  );
  assert.doesNotMatch(usual, /Not read/);
  assert.match(
    messageIn('Northern Ireland', forLife),
    /as it extends to Northern Ireland.*Not read: the Justice \(Sexual/,
  );
  assert.match(messageIn('Scotland', forLife), /this policy’s own rule.*from 1 January 2026.*Not read: the Victims/);
  const charge = 'name before charge';
  assert.match(messageIn('England and Wales', charge), /College of Policing/);
  for (const one of ['Scotland', 'Northern Ireland'] as const) {
    assert.match(messageIn(one, charge), new RegExp(`the guidance in ${one} was not read`));
    assert.doesNotMatch(messageIn(one, charge), /College of Policing/);
  }
});
