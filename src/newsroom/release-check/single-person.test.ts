import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type SignedReturn } from '../../vocabulary/figures.ts';
import { draftRelease } from '../drafting/draft.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { publicMarkdown } from '../drafting/placeholder.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding, Justification } from './finding.ts';
import type { Form } from './reader.ts';

const now = getPolicy('in force from 2026');
const many = applyPolicy(signedReturn, now, extras.decisions);
const visited = (addresses: number, towns: readonly string[], met = 14): PublishableReturn => {
  const byTown = towns.map((town) => ({ of: { town }, quantity: exactly(addresses / towns.length) }));
  const figures: SignedReturn['figures'] = {
    ...signedReturn.figures,
    'premises.visited': { indicator: 'premises.visited', total: exactly(addresses), breakdowns: { byTown } },
    'people.spokenTo': { indicator: 'people.spokenTo', total: exactly(met), breakdowns: {} },
  };
  return applyPolicy({ ...signedReturn, figures }, now, extras.decisions);
};
const one = visited(1, ['Watford']);
const persons = (
  text: string,
  publishable = many,
  form: Form = 'plain',
  justifications: readonly Justification[] = [],
): Finding[] =>
  checkText(text, publishable, { publishOn: extras.publishOn, justifications, contacts: [] }, form).filter(
    ({ message }) => /describes one person/.test(message),
  );

const describeOne: readonly (readonly [text: string, ...typed: string[]])[] = [
  // The words that a new user published.
  [
    'Officers visited a business in Hertford. A young woman who works there asked for help and left with advisers that night.',
    'A young woman',
  ],
  ['The manager kept her passport. She told us she wants to leave.', 'The manager', 'She'],
  ['A woman asked for help.', 'A woman'],
  ['A 23-year-old left with our nurses.', 'A 23-year-old'],
  ['A girl aged 16 was given advice.', 'A girl'],
  ['One of them told us that he is not paid.', 'One of them'],
  ['One of the women has left.', 'One of the women'],
  ['One of the workers wants to leave.', 'One of the workers'],
  ['Teams met a frightened teenager at the back of the shop.', 'a frightened teenager'],
  ['The worker told officers where the passports were.', 'The worker'],
  ['A victim was freed.', 'A victim'],
  ['The survivor is now safe.', 'The survivor'],
  ['Our client accepted a place in a refuge. She sleeps well now.', 'She'],
  ['The client accepted a place in a refuge.', 'The client'],
  ['Advisers helped a cleaner who slept in the kitchen.', 'a cleaner'],
  ['We freed a man.', 'a man'],
  ['Somebody asked for help at the address.', 'Somebody'],
  ['Someone who works there left with advisers.', 'Someone'],
  ['The youngest told us that she owes money.', 'The youngest'],
  ['He was locked in at night.', 'He'],
  ['Her passport was in a till.', 'Her'],
  ['His wages were kept from him.', 'His'],
  ['A mother and her two children are in a refuge.', 'A mother'],
  ['A person was given advice through an interpreter.', 'A person'],
  ['Nurses spoke to a child.', 'a child'],
  ['A member of staff disclosed that the doors are locked.', 'A member of staff'],
  ['A member of the public told us about the address.', 'A member of the public'],
  ['A neighbour reported the address.', 'A neighbour'],
  ['The owner said that nobody sleeps there.', 'The owner'],
  ['Detective Sergeant Robin Hale said a woman told her that she wants to leave.', 'a woman'],
  ['A detective said: “She asked for help.”', 'She'],
  ['A nurse came too. She wants to leave and her passport is gone.', 'She'],
  ['Woman asked for help at Hertfordshire business', 'Woman'],
  ['Teenager helped in week of action', 'Teenager'],
  ['A woman was arrested and her sister was given advice.', 'A woman'],
  // A place is no agency, and a question tells as much as a statement.
  ['A woman at a unit in Vicarage Road asked for help.', 'A woman'],
  ['A woman from a unit in Vicarage Road asked for help.', 'A woman'],
  ['A woman from Service Road asked for help.', 'A woman'],
  ['Did you know that a woman asked officers for help?', 'a woman'],
  ['A man was arrested after a woman told officers that he hit her.', 'a woman'],
  ['A worker at the business', 'A worker at the business'],
  ['When a woman told us that she was afraid, our team helped her.', 'a woman'],
  ['A lone female was inside.', 'A lone female'],
  ['A person working there was found in tears.', 'A person'],
  ['We were able to support one individual.', 'one individual'],
  ['The business owner is known to police.', 'The business owner'],
  ['Somebody’s passport was found in a till.', 'Somebody’s passport'],
  ['I asked for help and they freed me.', 'I asked for help'],
  ['A schoolboy told us what happened.', 'A schoolboy'],
  ['A minor was met.', 'A minor'],
  ['A lad was found at the premises.', 'A lad'],
  ['A granny was met.', 'A granny'],
  ['A widow was met.', 'A widow'],
  ['A cousin was met.', 'A cousin'],
  ['A receptionist was met.', 'A receptionist'],
  ['A beautician accepted help.', 'A beautician'],
  ['A chiropodist asked us for help.', 'A chiropodist'],
  ['A female accepted help.', 'A female'],
  ['Someone we met has asked for help.', 'Someone'],
  ['The younger of the women has asked for help.', 'The younger of the women'],
  ['The tallest of them spoke to nurses.', 'The tallest of them'],
  ['The latter is now safe.', 'The latter'],
  ['The eldest has been found a home.', 'The eldest'],
  ['The only person present was taken to a place of safety.', 'The only person'],
  ['The first to speak accepted help.', 'The first to speak'],
  ['The owner’s brother was arrested.', 'The owner’s brother'],
  ['A councillor’s husband was among those arrested.', 'A councillor’s husband'],
  ['The wife of the owner was arrested.', 'The wife of the owner'],
  ['The tip came from a former employee.', 'a former employee'],
  ['Each of the workers spoke to us. The other woman is with her family.', 'The other woman'],
];

const describeNobody: readonly string[] = [
  'A detective said the week went well.',
  'A detective sergeant told us that the teams will go back.',
  'Detective Sergeant Robin Hale leads the unit. She said that people who need help will get it.',
  'Robin Hale, who leads the unit, said that she is proud of the teams.',
  'A spokesperson said: “We go to people who need help.” She thanked the partners.',
  'The nurse in charge said she was glad of the training.',
  'Councillor Ash Verity said he supports the week.',
  'The police and crime commissioner visited the teams and gave them her thanks.',
  'A woman officer went with each team.',
  'A support worker went on each visit.',
  'A manager of the charity said that the line is open.',
  'A worker from Open Door Relief went with each team and explained the line.',
  'A man or a woman can be exploited.',
  'Anyone can be exploited: a child or an adult, from here or from abroad.',
  'If a woman seems afraid, tell somebody.',
  'Tell somebody if something seems wrong.',
  'A person may be kept from leaving.',
  'A child can never agree to be exploited.',
  'Does a worker have control of his or her passport?',
  'Look for a worker who never leaves the shop.',
  'An arrest does not mean that a person has done wrong.',
  'Anyone who thinks she is controlled can call.',
  'No woman is turned away.',
  'A property might have male callers day and night.',
  'Child exploitation is a crime.',
  'A victim navigator took part in the plan.',
  'Several people were given safeguarding advice.',
  'Teams spoke to somebody whom they met.',
  'Eight business addresses were visited. One of them was closed.',
  'His Majesty’s Inspectorate wrote the report.',
  'People who are controlled by others seldom ask for help. Our teams go to them. If something near you seems wrong, please tell us.',
  'We go where people may need us, and we will go again.',
  'One person was arrested.',
  'A minor change was made to the plan.',
  'A female officer asked the questions.',
  'The rest of the women’s sector took part.',
  'The latter is open all night.',
  'The first to join was the council.',
  'The council’s partner in the week was the fire service.',
  'A charity was given help by the council.',
  'A target was met.',
];

test('a text that describes one person without a name is found, wherever it stands', () => {
  for (const [text, ...typed] of describeOne)
    for (const form of ['plain', 'markdown'] as const) {
      const found = persons(text, many, form);
      assert.deepEqual(
        found.map((finding) => finding.typed),
        typed,
        text,
      );
      assert.ok(
        found.every(({ blocks, kind, must }) => blocks && kind === 'identifying' && must === 'justify'),
        text,
      );
    }
});

test('officers, spokespeople, readers and people in general are not described', () => {
  for (const text of describeNobody)
    for (const form of ['plain', 'markdown'] as const)
      assert.deepEqual(
        persons(text, many, form).map(({ typed }) => typed),
        [],
        text,
      );
});

test('with few addresses, one town or few people met, no reason lets the description stand', () => {
  for (const [few, why] of [
    [one, 'few addresses were visited'],
    [visited(4, ['Watford', 'Ware']), 'few addresses were visited'],
    [visited(6, ['Watford']), 'one town was visited'],
    [visited(6, ['Watford', 'Ware'], 4), 'few people were met'],
  ] as const)
    for (const [text, ...typed] of describeOne) {
      const found = persons(text, few);
      const reasons = found.map(
        (finding): Justification => ({ ...finding, reason: 'somebody else', by: 'press officer' }),
      );
      const still = persons(text, few, 'plain', reasons).filter(({ blocks }) => blocks);
      assert.deepEqual(
        still.map((finding) => finding.typed),
        typed,
        text,
      );
      assert.ok(
        still.every(({ must, message }) => must === 'change' && message.includes(why)),
        text,
      );
    }
  const text = 'The worker told officers where the passports were.';
  const [found] = persons(text);
  const reason = { ...(found as Finding), reason: 'This is a worker of the council.', by: 'press officer' };
  assert.deepEqual(
    persons(text, many, 'plain', [reason]).map(({ blocks }) => blocks),
    [false],
  );
});

test('what a figure prints describes nobody: nobody typed it', () => {
  for (const signed of [signedReturn, one.counted]) {
    const told = applyPolicy(signed, now, extras.decisions);
    const { body, title, description, keyPoints } = draftRelease(signed, now, extras);
    for (const text of [title, description, ...keyPoints, body]) assert.deepEqual(persons(text, told, 'markdown'), []);
    assert.ok(publicMarkdown(body, told).ok);
  }
});

test('a text made to be slow is read in time', () => {
  for (const part of [
    'a a-',
    'A-',
    'Aa Bb ',
    'she ',
    'a woman ',
    'a worker told ',
    'the a the a ',
    'one of the x ',
    'workers a b c d ',
    'if a ',
  ]) {
    // As much as a release may hold.
    const text = Array.from({ length: 13 }, () => part.repeat(1_400 / part.length)).join('\n\n');
    const began = performance.now();
    persons(text, one, 'plain');
    assert.ok(performance.now() - began < 3_000, part);
  }
});

test('with few addresses, the number planned may not be typed either', () => {
  const against = { publishOn: extras.publishOn, justifications: [], contacts: [] };
  const found = checkText('Nine addresses were on the plan.', one, against);
  assert.deepEqual(
    found.filter(({ blocks, must }) => blocks && must === 'change').map(({ kind, typed }) => `${kind}: ${typed}`),
    ['withheld: Nine'],
  );
});

test('with few addresses, what happened to people there must come out, even that nothing happened', () => {
  const tied = (text: string, publishable = one): Finding[] =>
    checkText(text, publishable, { publishOn: extras.publishOn, justifications: [], contacts: [] }).filter(
      ({ message }) => message.startsWith('Fewer than 5 addresses were visited'),
    );
  for (const text of [
    'Teams spoke to somebody whom they met.',
    'An interpreter helped.',
    'People spoke through an interpreter.',
    'Safeguarding advice was given.',
    'Nobody was given advice.',
    'The nurses gave people advice.',
    'No referral was made for help.',
    'Workers were referred for support.',
    'Some asked for help.',
    'The workers there told us that the doors are locked.',
    'The women want to leave.',
    'Those who work there left with advisers.',
    'The manager’s family kept their passports.',
  ]) {
    assert.ok(
      tied(text).some(({ blocks, must }) => blocks && must === 'change'),
      text,
    );
    assert.deepEqual(tied(text, many), [], text);
  }
  for (const text of [
    'Speak to somebody whom you trust.',
    'If you need advice, call.',
    'People who know something can tell us.',
    'A sign: somebody else keeps a worker’s passport.',
    'The work was planned with Harbour Sexual Violence Advisers.',
    'The aim was to find people harmed by sexual exploitation and to offer them help.',
  ])
    assert.deepEqual(tied(text), [], text);
});
