import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type SignedReturn } from '../../vocabulary/figures.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';
import type { Finding, Justification } from './finding.ts';

const now = getPolicy('in force from 2026');
const named = applyPolicy(signedReturn, now, extras.decisions);
const unnamed = applyPolicy(signedReturn, now);
const check = (
  text: string,
  given: PublishableReturn,
  justifications: readonly Justification[] = [],
  form: 'markdown' | 'plain' = 'markdown',
): Finding[] => checkText(text, given, { publishOn: extras.publishOn, justifications, contacts: [] }, form);
const stops = (text: string, given: PublishableReturn): string[] =>
  check(text, given).flatMap(({ typed, must, blocks }) => (blocks ? [`${must}: ${typed}`] : []));

const withFigures = (figures: SignedReturn['figures']): PublishableReturn =>
  applyPolicy({ ...signedReturn, figures: { ...signedReturn.figures, ...figures } }, now, extras.decisions);
const cell = (of: object) => ({ of, quantity: exactly(2) });
const forSlavery = withFigures({
  'arrests.made': {
    indicator: 'arrests.made',
    total: exactly(2),
    breakdowns: { byKind: [cell({ kind: 'criminal' })], byMatter: [cell({ matter: 'slavery or trafficking' })] },
  },
});
const attended = (partners: readonly string[]): PublishableReturn =>
  withFigures({
    'people.deployed': {
      indicator: 'people.deployed',
      total: exactly(2),
      breakdowns: { byPartner: partners.map((partner) => cell({ partner })) },
    },
  });

test('a crime beside arrests that were for no crime stops the release, in a headline too, and no reason lifts it', () => {
  const text = 'The arrests were on suspicion of controlling prostitution and keeping a brothel.';
  for (const given of [named, unnamed])
    assert.deepEqual(
      stops(text, given).filter((one) => one.startsWith('change')),
      ['change: controlling prostitution', 'change: keeping a brothel'],
    );
  assert.ok(stops('Arrests in a week against sexual exploitation', named).includes('change: sexual exploitation'));
  const week = `${signedReturn.facts.weekName}: people arrested`;
  assert.ok(stops(week, named).includes('change: sexual exploitation'), 'the name of the week is no exception');
  const [found] = check(text, unnamed);
  const reason = { typed: found?.typed ?? '', sentence: found?.sentence ?? '', reason: 'So I heard', by: 'Ann Press' };
  assert.equal(check(text, unnamed, [reason])[0]?.blocks, true);
  assert.match(found?.message ?? '', /leaves out the reasons for arrests/);
  assert.doesNotMatch(found?.message ?? '', /immigration/, 'the approver may not know');
  assert.match(check(text, named)[0]?.message ?? '', /detained over immigration matters/);
});

test('a crime that the return counts passes, and another can be justified by name', () => {
  assert.deepEqual(stops('The arrests were on suspicion of modern slavery.', forSlavery), []);
  const text = 'The arrests were on suspicion of drug dealing and supplying cannabis.';
  const [found] = check(text, forSlavery);
  assert.deepEqual([found?.must, found?.blocks, found?.typed], ['justify', true, 'drug']);
  const { typed = '', sentence = '' } = found ?? {};
  assert.equal(
    check(text, forSlavery, [{ typed, sentence, reason: 'The second offence', by: 'Ann Press' }])[0]?.blocks,
    false,
  );
  assert.deepEqual(stops('Teams gave out leaflets about drugs and modern slavery.', forSlavery), []);
});

test('exploitation of the people met is not stated as a fact', () => {
  for (const text of [
    'The women had been forced to sell sex.',
    'They were being exploited.',
    'Workers were made to work at night.',
    'Someone forced them to work.',
  ]) {
    const found = check(text, named).filter(({ message }) => /Nobody has decided that this happened/.test(message));
    assert.deepEqual([found.length, found[0]?.must], [1, 'justify'], text);
  }
  for (const text of [
    'Anyone can be exploited.',
    'Officers saw signs that people may have been exploited.',
    'Help is there for people who have been forced to work.',
    'The door was forced.',
  ])
    assert.deepEqual(
      check(text, named).filter(({ message }) => /Nobody has decided that this happened/.test(message)),
      [],
      text,
    );
});

test('an agency that was not at a visit, or is not named, was not there', () => {
  const text = 'Colleagues from the Home Office were there.';
  assert.deepEqual(stops(text, unnamed), ['change: Home Office']);
  assert.deepEqual(stops(text, attended(['Open Door Relief'])), ['change: Home Office']);
  assert.deepEqual(stops(text, attended(['Immigration and Border Compliance East'])), []);
  assert.deepEqual(stops('Immigration officers came with the team.', unnamed), ['change: Immigration officers']);
  assert.deepEqual(stops('Open Door Relief joined the visits.', attended(['Eastern Counties Crime Unit'])), [
    'justify: Open Door Relief',
  ]);
  assert.deepEqual(stops('Open Door Relief joined the visits.', attended(['Open Door Relief'])), []);
  for (const plain of [
    'The work was planned with Open Door Relief.',
    'The services that help do not tell the Home Office.',
    'The Home Office runs the National Referral Mechanism.',
  ])
    assert.deepEqual(stops(plain, attended(['Eastern Counties Crime Unit'])), [], plain);
});

test('messages offer what to write instead, in short sentences', () => {
  for (const { message } of check('They were trafficked. Immigration officers came. Arrests over drugs.', unnamed))
    for (const sentence of message.split(/(?<=\.) /)) assert.ok(sentence.split(' ').length <= 22, sentence);
});
