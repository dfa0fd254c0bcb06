import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type HeldCredentials,
  isRecentSignIn,
  type Mode,
  mayRemove,
  type NextStep,
  nextStepAfterPassword,
} from './credential.ts';

test('what a right password leads to', () => {
  const cases: readonly (readonly [hasCode: boolean, hasPasskey: boolean, mode: Mode, step: NextStep])[] = [
    [false, false, 'live', 'set up'],
    [false, true, 'live', 'ask for a recovery code'],
    [true, false, 'live', 'ask for a code'],
    [true, true, 'live', 'ask for a code'],
    [false, false, 'demonstration', 'open'],
    [false, true, 'demonstration', 'open'],
    [true, false, 'demonstration', 'ask for a code'],
    [true, true, 'demonstration', 'ask for a code'],
  ];
  for (const [hasCode, hasPasskey, mode, step] of cases)
    assert.equal(nextStepAfterPassword({ hasCode, hasPasskey }, mode), step, `${hasCode} ${hasPasskey} ${mode}`);
});

test('the last way in stays until there is another', () => {
  const cases: readonly (readonly [way: 'passkey' | 'code', held: HeldCredentials, mode: Mode, may: boolean])[] = [
    ['passkey', { passkeys: 1, hasCode: false }, 'live', false],
    ['passkey', { passkeys: 1, hasCode: true }, 'live', true],
    ['passkey', { passkeys: 2, hasCode: false }, 'live', true],
    ['code', { passkeys: 0, hasCode: true }, 'live', false],
    ['code', { passkeys: 1, hasCode: true }, 'live', true],
    ['passkey', { passkeys: 1, hasCode: false }, 'demonstration', true],
    ['code', { passkeys: 0, hasCode: true }, 'demonstration', true],
  ];
  for (const [way, held, mode, may] of cases)
    assert.equal(mayRemove(way, held, mode).ok, may, `${way} ${JSON.stringify(held)} ${mode}`);
});

test('asks for a way in again a quarter of an hour after signing in', () => {
  const began = new Date('2026-10-25T00:50:00Z'); // The clocks go back in between.
  assert.equal(isRecentSignIn(began, new Date('2026-10-25T01:04:59Z')), true);
  assert.equal(isRecentSignIn(began, new Date('2026-10-25T01:05:00Z')), false);
  assert.equal(isRecentSignIn(undefined, began), false);
});
