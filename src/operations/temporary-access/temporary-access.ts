/** Temporary access of volunteers: when it is valid, and the format of its code. Pure: no clock, database or wording. */
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export const maxShiftHours = 16;
/** A volunteer may sign in this many minutes before the shift. */
export const earlySignInMinutes = 30;
const maxDaysAhead = 60;

export type TemporaryAccess = {
  readonly id: string;
  readonly agencyId: AgencyId;
  readonly operationId: OperationId;
  /** The volunteer: a member for as long as the shift, and no longer. */
  readonly memberId: MemberId;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly madeBy: MemberId;
  readonly madeAt: Date;
  readonly usedAt: Date | null;
  readonly endedAt: Date | null;
};

export type ShiftRefusal = 'longer than a shift' | 'over already' | 'too far ahead';

/** Whether a shift may be given passes. */
export function checkShift(startsAt: Date, endsAt: Date, now: Date): Result<true, ShiftRefusal> {
  if (endsAt.getTime() - startsAt.getTime() > maxShiftHours * hourMs) return refuse('longer than a shift');
  if (endsAt <= now) return refuse('over already');
  if (startsAt.getTime() > now.getTime() + maxDaysAhead * 24 * hourMs) return refuse('too far ahead');
  return accept(true);
}

export const temporaryAccessStates = ['to come', 'open', 'in use', 'over', 'ended'] as const;
export type TemporaryAccessState = (typeof temporaryAccessStates)[number];

export function getTemporaryAccessState(
  { startsAt, endsAt, usedAt, endedAt }: TemporaryAccess,
  now: Date,
): TemporaryAccessState {
  if (endedAt) return 'ended';
  if (endsAt <= now) return 'over';
  if (usedAt) return 'in use';
  return startsAt.getTime() - earlySignInMinutes * 60_000 <= now.getTime() ? 'open' : 'to come';
}

/** Crockford's letters: none is taken for another, and what people read for one is known for it. */
const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const codeLength = 12;

/** Sixty bits as twelve letters in three groups. Takes the first five bits of each byte, so that each letter is as likely. */
export function encodeCode(bytes: Uint8Array): string {
  if (bytes.length !== codeLength) throw new Error(`a code needs ${codeLength} bytes`);
  const written = [...bytes].map((byte) => codeAlphabet.charAt(byte & 31)).join('');
  return written.replace(/(.{4})(?=.)/g, '$1-');
}

/** Normalises a typed code; undefined if it cannot be one. */
export function parseCode(typed: string): string | undefined {
  const plain = typed
    .toUpperCase()
    .replace(/[\s\-–]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (plain.length !== codeLength || [...plain].some((letter) => !codeAlphabet.includes(letter))) return undefined;
  return plain;
}
