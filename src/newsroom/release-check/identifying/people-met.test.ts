import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extras, signedReturn } from '../../drafting/examples.ts';
import { applyPolicy } from '../../drafting/public-figures.ts';
import { getPolicy } from '../../drafting/publication-policy.ts';
import { checkText } from '../figure-check.ts';
import type { CheckContext, Finding } from '../finding.ts';
import { harmOf } from '../harms.ts';

const told = applyPolicy(signedReturn, getPolicy('in force from 2026'), extras.decisions);
const against: CheckContext = { publishOn: extras.publishOn, justifications: [], contacts: ['999', '101'] };
const check = (text: string, more: Partial<CheckContext> = {}): Finding[] =>
  checkText(text, told, { ...against, ...more }).filter(({ blocks }) => blocks);

/** The words that must be found, their harm, and whether a reason may keep them. */
const cases: readonly (readonly [text: string, words: string, harm: string, must: Finding['must']])[] = [
  ['Mrs Tran Thi Hoa was offered help.', 'Mrs Tran Thi Hoa', 'anonymity for life', 'change'],
  ['Mrs. Tran Thi Hoa was offered help.', 'Mrs. Tran Thi Hoa', 'anonymity for life', 'change'],
  ['Ms Nguyen was offered help.', 'Ms Nguyen', 'anonymity for life', 'change'],
  ['MS NGUYEN was offered help.', 'MS NGUYEN', 'anonymity for life', 'change'],
  ['Officers spoke to Mei Lin.', 'Mei Lin', 'anonymity for life', 'change'],
  ['We wrote that Mei Lin was at the address.', 'Mei Lin', 'one person', 'justify'],
  ['Mei Lin, a nurse at heart, was offered help.', 'Mei Lin', 'anonymity for life', 'change'],
  ['Mei Lin said she was locked in.', 'Mei Lin', 'one person', 'justify'],
  ['Dr Petrov opened the door.', 'Dr Petrov', 'one person', 'justify'],
  ['The brothel keeper, Dmitri Ivanov, ran the business.', 'Dmitri Ivanov', 'name before charge', 'justify'],
  ['Mr. Ivanov was arrested.', 'Mr. Ivanov', 'name before charge', 'justify'],
  ['Minh was taken to hospital.', 'Minh', 'one person', 'justify'],
  ['Olena and Iryna are safe.', 'Olena', 'one person', 'justify'],
  ['Olena and Iryna are safe.', 'Iryna', 'one person', 'justify'],
  ['Ana asked us for help.', 'Ana', 'one person', 'justify'],
  ['We met Nguyen.', 'Nguyen', 'one person', 'justify'],
  ['Officers took Linh home.', 'Linh', 'one person', 'justify'],
  ['Thanks go to Elena for speaking to us.', 'Elena', 'one person', 'justify'],
  ['They were taken to a safe house in Luton.', 'safe house in Luton', 'one address', 'change'],
  ['They now live in a refuge near Luton.', 'refuge near Luton', 'one address', 'change'],
  ['It is above the chip shop in Watford.', 'above the chip shop', 'one address', 'change'],
  ['The flat is opposite the station in Watford.', 'opposite the station', 'one address', 'change'],
  ['They came from Hanoi.', 'from Hanoi', 'nationality', 'change'],
  ['They came from Vinh Phuc.', 'came from Vinh Phuc', 'nationality', 'justify'],
  ['The interpreter spoke Mandarin.', 'Mandarin', 'nationality', 'change'],
  ['Several Tigrinya speakers were met.', 'Tigrinya speakers', 'nationality', 'change'],
  ['One of them was pregnant.', 'pregnant', 'one person', 'change'],
  ['Two were found to have HIV.', 'HIV', 'one person', 'change'],
  ['They asked for asylum.', 'asylum', 'one person', 'change'],
  ['They had overstayed.', 'overstayed', 'one person', 'change'],
  ['They are Muslims.', 'Muslims', 'one person', 'change'],
  ['They are Pentecostal Christians.', 'Pentecostal', 'one person', 'change'],
  ['Sikh workers were met.', 'Sikh', 'one person', 'change'],
  ['They came in small boats.', 'in small boats', 'one person', 'change'],
  ['They crossed the Channel last year.', 'crossed the Channel', 'one person', 'change'],
  ['The workers had come in the back of a lorry.', 'in the back of a lorry', 'one person', 'change'],
  ['They now receive methadone.', 'methadone', 'one person', 'change'],
  ['A sexual health check was arranged.', 'sexual health check was arranged', 'one person', 'change'],
  ['A GP raised concerns about a patient.', 'GP', 'one person', 'justify'],
  ['They went to a clinic.', 'to a clinic', 'one person', 'justify'],
  ['They are now staying with relatives in Luton.', 'with relatives in Luton', 'one address', 'change'],
  ['We have rehoused them in Ware.', 'rehoused them in Ware', 'one address', 'change'],
  ['They sleep at St Mary’s church hall.', 'sleep at St Mary’s church hall', 'one address', 'change'],
  ['They stay in a B&B.', 'stay in a B&B', 'one address', 'change'],
  ['They have gone home to Tirana.', 'gone home to Tirana', 'nationality', 'change'],
  ['They spoke the language of Tirana.', 'language of Tirana', 'nationality', 'change'],
  ['Workers from Transylvania were met.', 'from Transylvania', 'nationality', 'change'],
  ['Workers from Kosova were met.', 'from Kosova', 'nationality', 'change'],
  ['The report came from the school next door.', 'the school next door', 'one address', 'change'],
  ['They were freed from their captors.', 'were freed', 'wording', 'change'],
  ['Officers freed people from exploitation.', 'freed', 'wording', 'change'],
  ['They got away from their captors.', 'captors', 'wording', 'change'],
];
for (const [text, words, harm, must] of cases)
  test(`finds “${words}” in “${text}”`, () => {
    const found = check(text).map((one) => [one.typed, harmOf(one), one.must]);
    assert.ok(
      found.some((one) => one.join() === [words, harm, must].join()),
      JSON.stringify(found),
    );
  });

test('leaves alone names that a release may print, and what is said to anybody', () => {
  const known =
    /may be the name|name of a person|named, whatever|Health is|status of people|A city or|by its neighbours|people stay|religion|treatment|came here|went home/;
  for (const text of [
    'Detective Sergeant Robin Hale leads the unit.',
    'A spokesperson for the council, Anna Bell, thanked the teams.',
    '“We will be back,” said Anna Bell.',
    'Mr Hale said that the teams will be back.',
    'The teams went to Milton Keynes and Bury St Edmunds too.',
    'Trading Standards and the British Red Cross took part.',
    'If you are pregnant or have no visa, you can still get help.',
    'Anyone who is seeking asylum can call the helpline.',
    'Officers came from Essex to help.',
    'The helpline is free to call.',
    'Posters were put up at stations.',
    'Watford was given its own team.',
    'Officers found Hertfordshire ready.',
    'We met Harbour and Crimestoppers.',
    'Monday was given to training.',
    'Europol told us of the week.',
    'Everybody is safe.',
    'Interpreters were offered and documents were found.',
    'Cannabis was found.',
    'Muslim charities were asked to help, and they came.',
    'The Salvation Army and church groups were asked to help.',
    'Ask your GP for help.',
    'Patrol boats were ready at the port.',
    'Sexual health nurses took part.',
    'Officers went back to Watford.',
    'If you came to the UK last year, you can still get help.',
  ])
    assert.deepEqual(
      check(text)
        .filter(({ message }) => known.test(message))
        .map(({ typed }) => typed),
      [],
      text,
    );
  assert.deepEqual(check('Robin Hale wrote this.', { speakers: ['Robin Hale'] }), []);
});

test('finds an age once, as an age', () => {
  for (const [text, ...ages] of [
    ['People aged 24 and 31 were met.', '24', '31'],
    ['Those met were aged twenty-four.', 'twenty-four'],
    ['She was 24.', '24'],
    ['They were 24 and 31.', '24', '31'],
    ['The youngest was only seventeen.', 'seventeen'],
    ['A woman of 56 was met.', '56'],
    ['The woman, twenty-four, was met.', 'twenty-four'],
    ['A 19-year-old woman was met.', '19'],
    ['One woman, 34, of Watford, was met.', '34'],
  ] as const) {
    const found = check(text);
    const isAge = (one: Finding): boolean => harmOf(one) === 'exact age';
    assert.deepEqual(
      found.filter(isAge).map(({ typed }) => typed),
      ages,
      text,
    );
    assert.ok(found.filter(isAge).every(({ must }) => must === 'change'));
    assert.deepEqual(
      found.filter(({ kind, typed }) => kind === 'number' && ages.some((age) => typed.includes(age))),
      [],
      text,
    );
  }
  assert.ok(check('Women aged 18 and over can ask for a place.').every((one) => harmOf(one) !== 'exact age'));
  assert.ok(check('There were 24 people.').every((one) => harmOf(one) !== 'exact age'));
});
