/** A witness: a program that a partner runs, which cosigns what it has found consistent. What it must be, how a request of its is known, and when it is silent for too long. Pure. */

import { createPublicKey, hash, verify } from 'node:crypto';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { cosignedAt, type PublicKey, readCheckpoint, readWitnessKey } from '../sealing/checkpoint.ts';

export type Witness = {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  /** As the program printed it. */
  readonly key: string;
  readonly registeredBy: string;
  readonly registeredAt: Date;
  readonly endedAt: Date | null;
};

/** What a signed request says of itself in its header. */
export type Claim = { readonly name: string; readonly time: number; readonly signature: Buffer };

export function readClaim(header: string | undefined): Claim | undefined {
  const [, name, time, signature] =
    /^Safelight-Witness (\S{1,200}) (\d{1,12}) ([A-Za-z0-9+/]{86}==)$/.exec(header ?? '') ?? [];
  if (!name || !time || !signature) return undefined;
  return { name, time: Number(time), signature: Buffer.from(signature, 'base64') };
}

export type SignedRequest = { readonly method: string; readonly url: string; readonly body: string };

const toleranceSeconds = 300;
const ed25519 = Buffer.from('302a300506032b6570032100', 'hex');

/** The key with which this witness signed this request now; undefined when it did not. The signature covers method, address, time and what was sent. */
export function verifyClaim(
  witness: Witness | undefined,
  { time, signature }: Claim,
  { method, url, body }: SignedRequest,
  now: Date,
): PublicKey | undefined {
  const key = witness && !witness.endedAt ? readWitnessKey(witness.key) : undefined;
  if (!key || Math.abs(now.getTime() / 1_000 - time) > toleranceSeconds) return undefined;
  const text = ['safelight witness 1', method, url, time, hash('sha256', body, 'hex'), ''].join('\n');
  const object = createPublicKey({ key: Buffer.concat([ed25519, key.key]), type: 'spki', format: 'der' });
  return verify(null, Buffer.from(text), object, signature) ? key : undefined;
}

export type CosignRefusal = 'no checkpoint' | 'not ours' | 'not cosigned' | 'of another time';

/** The line that a witness put under a checkpoint of ours. */
export function readCosignature(
  posted: string,
  stored: string | undefined,
  key: PublicKey,
  now: Date,
): Result<{ readonly size: number; readonly line: string }, CosignRefusal> {
  const checkpoint = readCheckpoint(posted);
  if (!checkpoint) return refuse('no checkpoint');
  if (!stored || readCheckpoint(stored)?.body !== checkpoint.body) return refuse('not ours');
  for (const line of checkpoint.lines) {
    const at = cosignedAt(key, checkpoint.body, line);
    if (!at) continue;
    if (Math.abs(now.getTime() - at.getTime()) > toleranceSeconds * 1_000) return refuse('of another time');
    return accept({ size: checkpoint.size, line: line.trimEnd() });
  }
  return refuse('not cosigned');
}

/** A witness fetches every ten minutes by default. Two hours of silence mean a refusal, or a computer that is off. */
const maxSilenceMs = 2 * hourMs;

/** `waiting` for its first signature, which a witness that was only just registered cannot have given yet. */
export type WatchState = 'watching' | 'waiting' | 'silent';

/** How it stands with one witness that last cosigned each log at the times given: one that cosigns the one log and not the other may have refused the other. */
export function watchStateOf(
  { registeredAt }: Pick<Witness, 'registeredAt'>,
  last: readonly (Date | undefined)[],
  now: Date,
): WatchState {
  if (last.some((at) => now.getTime() - (at ?? registeredAt).getTime() > maxSilenceMs)) return 'silent';
  return last.length > 0 && last.every((at) => at !== undefined) ? 'watching' : 'waiting';
}
