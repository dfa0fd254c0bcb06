import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertedMembers, shiftsAt } from '../../platform/on-call/on-call.ts';
import { deliveryStatusOf, escalation, minutesToAnswer } from '../custody-notices-received/urgent-page.ts';
import { composeNoticeWording } from './consent-wording.ts';
import { groundFor, grounds, maySendNotice, referenceOf } from './notice.ts';
import { sentenceNames, sentenceOn, sentences, sentencesOn } from './sentence.ts';

test('only an adult consents; for a child best interests decide, with reasons; there is no third ground', () => {
  assert.equal(groundFor('adult'), 'the person agreed');
  for (const child of ['child', 'not sure'] as const) assert.equal(groundFor(child), 'child’s best interests');
  for (const [ground, agreed, reasons, crosses] of [
    ['the person agreed', true, null, true],
    ['the person agreed', false, null, false],
    ['the person agreed', false, 'It would be good for her', false],
    ['child’s best interests', false, 'It would be good for the child', true],
    ['child’s best interests', true, null, false],
    ['child’s best interests', false, '', false],
  ] as const)
    assert.equal(maySendNotice(ground, { agreed, reasons }).ok, crosses, `${ground} ${agreed} ${reasons}`);
  assert.equal(grounds.length, 2);
});

test('accepts a reference, and neither a name nor a message in its place', () => {
  for (const [typed, kept] of [
    ['WD/1234/26', 'WD/1234/26'],
    ['  41wa/001234/26 ', '41WA/001234/26'],
    ['A1234567', 'A1234567'],
    ['HO 1234 5678', 'HO 1234 5678'],
    ['EAW/2026-118', 'EAW/2026-118'],
  ])
    assert.equal(referenceOf(typed ?? ''), kept);
  for (const typed of [
    '',
    'Olga',
    'Olga Kovalenko',
    'Olga 123',
    'VICTIM 123',
    'VIC/TIM/123',
    'V1I2C3T4I5M6',
    'AGED 1234',
    'V I C T I M 123',
    'V.I.C.T.I.M 123',
    'she is 14',
    '07700900461 olga',
    'WD/1234/26 and she is pregnant',
    'Ольга 123',
    '12',
    'WD/1234/26\nraped',
    '07700900461',
    '07700 900461',
    '+447700900461',
    '01/02/1998',
    '1998-02-01',
    '1234567890123456789012',
  ])
    assert.equal(referenceOf(typed), undefined, typed);
});

test('the list is fixed and dated: one sentence per name and day, none before its law, each with a source', () => {
  for (const day of ['2015-07-30', '2015-07-31', '2023-01-29', '2023-01-30', '2026-11-26'])
    assert.equal(new Set(sentencesOn(day).map(({ name }) => name)).size, sentencesOn(day).length, day);
  assert.deepEqual(
    sentencesOn('2015-07-30').map(({ name }) => name),
    ['threat to life'],
  );
  assert.equal(sentencesOn('2026-11-26').length, sentenceNames.length);
  assert.throws(() => sentenceOn('consider section 45', '2015-07-30'));
  for (const { words, source, from, checked } of sentences) {
    assert.ok(words.length < 80, words);
    assert.match(source, /\d{4}/);
    assert.match(`${from} ${checked}`, /^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
    assert.ok(
      composeNoticeWording({ sentence: { words }, authority: 'An invented force' }).includes(`“${words}”`),
      'the person hears the sentence itself',
    );
  }
});

test('notifies the custodian on call, after 15 minutes every custodian, and all if none is on call', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 8, 18, hour));
  const turns = [
    { memberId: 'day' as never, startsAt: at(8), endsAt: at(20) },
    { memberId: 'night' as never, startsAt: at(20), endsAt: at(23) },
  ];
  const day = shiftsAt(turns, at(8));
  for (const [rounds, rung] of [
    [0, ['day']],
    [minutesToAnswer - 1, ['day']],
    [minutesToAnswer, undefined],
    [100_000, undefined],
  ] as const)
    assert.deepEqual(alertedMembers(rounds, day, escalation), rung);
  assert.equal(alertedMembers(0, [], escalation), undefined);
});

test('shows the sender how far it is, and never the outcome', () => {
  for (const [found, standing] of [
    [undefined, 'on its way'],
    [{ rounds: 0, acknowledged: false }, 'rings'],
    [{ rounds: 15, acknowledged: false }, 'rings on'],
    [{ rounds: 15, acknowledged: true }, 'a custodian has it'],
  ] as const)
    assert.equal(deliveryStatusOf(found), standing);
});
