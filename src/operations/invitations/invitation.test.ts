import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, refuse } from '../../vocabulary/result.ts';
import {
  type AnswerRefusal,
  checkAnswer,
  getPartnerState,
  type InvitationAnswer,
  isAccessWaiting,
  type PartnerState,
} from './invitation.ts';

/** The answer so far, and whether access waits; then the state of the partner, and whether its people wait. */
const states: readonly (readonly [InvitationAnswer | null | 'no invitation', boolean, PartnerState, boolean])[] = [
  ['no invitation', false, 'takes part', false],
  [null, false, 'invited', false],
  [null, true, 'invited', true],
  ['accepted', false, 'takes part', false],
  ['accepted', true, 'takes part', false],
  ['declined', false, 'declined', true],
  ['declined', true, 'declined', true],
];

for (const [answer, accessWaits, state, waits] of states)
  test(`a partner whose answer is ${answer ?? 'missing'}${accessWaits ? ' on a live site' : ''}: ${state}`, () => {
    const invitation = answer === 'no invitation' ? undefined : { answer, accessWaits };
    assert.equal(getPartnerState(invitation), state);
    assert.equal(isAccessWaiting(invitation), waits);
  });

const [valid, missing] = [accept(true), refuse('no DPIA' as const)];
type Case = readonly [
  before: InvitationAnswer | null,
  live: boolean,
  answer: InvitationAnswer,
  agreement: typeof valid | typeof missing,
  refused?: AnswerRefusal,
];
const answers: readonly Case[] = [
  [null, false, 'accepted', valid],
  [null, false, 'accepted', missing],
  [null, true, 'accepted', valid],
  [null, true, 'accepted', missing, 'no DPIA'],
  [null, true, 'declined', missing],
  ['declined', true, 'accepted', valid],
  ['declined', true, 'accepted', missing, 'no DPIA'],
  ['declined', true, 'declined', valid, 'answered already'],
  ['accepted', true, 'accepted', valid, 'answered already'],
  ['accepted', true, 'declined', valid, 'answered already'],
];

for (const [before, live, answer, agreement, refused] of answers)
  test(`${answer} after ${before ?? 'no answer'}${live ? ', live' : ''}${agreement.ok ? '' : ', without a DPIA'}`, () => {
    const allowed = checkAnswer({ answer: before, accessWaits: live }, answer, agreement);
    assert.equal(allowed.ok ? undefined : allowed.refusal, refused);
  });
