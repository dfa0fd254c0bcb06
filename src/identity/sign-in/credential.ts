/** What sign-in asks for, and which ways in a member may give up. Pure: no clock, no database, no wording. */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** Live mode asks for two factors or a passkey; a demonstration takes a password alone, where nothing more was set up. */
export type Mode = 'demonstration' | 'live';

export type SecondFactors = { readonly hasCode: boolean; readonly hasPasskey: boolean };

/** What a right password leads to. */
export type NextStep = 'open' | 'ask for a code' | 'ask for a recovery code' | 'set up';

export function nextStepAfterPassword({ hasCode, hasPasskey }: SecondFactors, mode: Mode): NextStep {
  if (hasCode) return 'ask for a code';
  if (mode === 'demonstration') return 'open';
  // A person who knows only the password must not be able to add a second factor.
  return hasPasskey ? 'ask for a recovery code' : 'set up';
}

export type HeldCredentials = { readonly passkeys: number; readonly hasCode: boolean };

/** The last way in stays until there is another; where a password is enough, there is one. */
export function mayRemove(way: 'passkey' | 'code', held: HeldCredentials, mode: Mode): Result<true, 'last way in'> {
  const left = way === 'passkey' ? { ...held, passkeys: held.passkeys - 1 } : { ...held, hasCode: false };
  return mode === 'live' && left.passkeys < 1 && !left.hasCode ? refuse('last way in') : accept(true);
}

/** How long after signing in a member may change their ways in without signing in again. */
export const recentSignInMinutes = 15;

export const isRecentSignIn = (startedAt: Date | undefined, now: Date): boolean =>
  startedAt !== undefined && now.getTime() - startedAt.getTime() < recentSignInMinutes * 60_000;
