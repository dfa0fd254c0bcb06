import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseState, chooseNextAction, type NextAction, nextActions } from './next-action.ts';

const everything = new Set(nextActions);
/** An adult who was asked and wants nothing now. */
const quiet: CaseState = {
  adultUnconfirmed: false,
  treatedAsChild: false,
  childrensServicesAsked: false,
  wantsHelp: false,
  unusedConsent: false,
  referral: 'none',
  agreedToNrm: false,
  nrmReferral: 'none',
  recordedSince: false,
};

const cases: readonly (readonly [string, Partial<CaseState>, NextAction])[] = [
  ['nothing is pending', {}, 'add a contact note'],
  [
    'recorded as an adult and not confirmed: whether to ask for consent depends on the age',
    { treatedAsChild: true, adultUnconfirmed: true, wantsHelp: true },
    'confirm the age',
  ],
  [
    'not confirmed, and children’s services were asked',
    { treatedAsChild: true, adultUnconfirmed: true, childrensServicesAsked: true, wantsHelp: true },
    'refer to an agency',
  ],
  ['a child, and nobody asked', { treatedAsChild: true }, 'ask children’s services'],
  [
    'a child who also wants help and agreed to a referral',
    { treatedAsChild: true, wantsHelp: true, unusedConsent: true },
    'ask children’s services',
  ],
  [
    'a child whom children’s services help',
    { treatedAsChild: true, childrensServicesAsked: true, wantsHelp: true, referral: 'sent' },
    'add a contact note',
  ],
  [
    'a child for whom other help is wanted: no consent is needed',
    { treatedAsChild: true, childrensServicesAsked: true, wantsHelp: true },
    'refer to an agency',
  ],
  ['wants help, and agreed to nothing yet', { wantsHelp: true }, 'ask for consent'],
  ['agreed to a referral', { wantsHelp: true, unusedConsent: true }, 'refer to an agency'],
  ['agreed to a referral while another waits', { unusedConsent: true, referral: 'sent' }, 'refer to an agency'],
  ['a referral waits for an answer', { wantsHelp: true, referral: 'sent' }, 'add a contact note'],
  ['agreed to the NRM', { agreedToNrm: true }, 'start the NRM referral'],
  ['an unfinished NRM referral', { agreedToNrm: true, nrmReferral: 'draft' }, 'go on with the NRM referral'],
  ['a submitted NRM referral', { agreedToNrm: true, nrmReferral: 'submitted' }, 'add a contact note'],
  ['an accepted referral', { wantsHelp: true, referral: 'accepted' }, 'record what was done'],
  [
    'an accepted referral with a contact note since',
    { wantsHelp: true, referral: 'accepted', recordedSince: true },
    'add a contact note',
  ],
];

for (const [when, state, action] of cases)
  test(`offers “${action}” when this holds: ${when}`, () => {
    assert.equal(chooseNextAction({ ...quiet, ...state }, everything), action);
  });

test('puts help before the NRM, whatever the person said to the NRM', () => {
  for (const nrmReferral of ['none', 'draft', 'submitted'] as const)
    for (const agreedToNrm of [true, false]) {
      const state = { ...quiet, wantsHelp: true, nrmReferral, agreedToNrm };
      assert.equal(chooseNextAction(state, everything), 'ask for consent');
      assert.equal(chooseNextAction({ ...state, treatedAsChild: true }, everything), 'ask children’s services');
    }
});

test('offers only what the reader may do', () => {
  const state = { ...quiet, wantsHelp: true, unusedConsent: true, nrmReferral: 'draft' } as const;
  assert.equal(chooseNextAction(state, new Set(['go on with the NRM referral'])), 'go on with the NRM referral');
  assert.equal(chooseNextAction(state, new Set(['add a contact note'])), 'add a contact note');
  assert.equal(chooseNextAction(state, new Set()), undefined);
});
