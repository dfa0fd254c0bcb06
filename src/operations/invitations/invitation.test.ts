import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, refuse } from '../../vocabulary/result.ts';
import {
  type AnswerRefusal,
  checkAnswer,
  getPartnerState,
  type InvitationAnswer,
  type PartnerState,
} from './invitation.ts';

const states: readonly (readonly [InvitationAnswer | null | 'no invitation', PartnerState])[] = [
  ['no invitation', 'takes part'],
  [null, 'invited'],
  ['accepted', 'takes part'],
  ['declined', 'declined'],
];

for (const [answer, state] of states)
  test(`a partner whose answer is ${answer ?? 'missing'}: ${state}`, () => {
    assert.equal(getPartnerState(answer === 'no invitation' ? undefined : { answer }), state);
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
    const allowed = checkAnswer({ answer: before, needsAgreement: live }, answer, agreement);
    assert.equal(allowed.ok ? undefined : allowed.refusal, refused);
  });
