/** Answers that must not tell by length or time what they say: filled up to one length with random letters, which no packing on the way shortens, and sent on the beat. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a room says of such a page to whoever sends it: how long it is to be. Never sent on. */
export const lengthHeader = 'x-safelight-length';

export function padded(page: string, length: number): string {
  const missing = length - Buffer.byteLength(page) - '<!---->'.length;
  if (missing < 0) throw new Error('a page is longer than all of its kind are made to be');
  return `${page}<!--${randomBytes(missing).toString('base64url').slice(0, missing)}-->`;
}

/** In milliseconds: longer than any of them takes to make, shorter than anybody notices. */
const beat = 200;

export const nextBeat = (began: number): Promise<void> => sleep(beat - ((performance.now() - began) % beat));
