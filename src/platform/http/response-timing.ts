/** Answers that must not tell by length or time what they say: filled up to one length with random letters, which no packing on the way shortens, and sent on the beat. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** The length that an area asks for when it answers with such a page. Never sent to the reader. */
export const lengthHeader = 'x-safelight-length';

export function padPage(page: string, length: number): string {
  const missing = length - Buffer.byteLength(page) - '<!---->'.length;
  if (missing < 0) throw new Error('a page is longer than all of its kind are made to be');
  return `${page}<!--${randomBytes(missing).toString('base64url').slice(0, missing)}-->`;
}

/** In milliseconds: an answer whose time must not tell what it says leaves at a whole multiple of this since its request began. Longer than the work takes, shorter than anybody notices. */
export type ResponseTiming = {
  /** Of what is not found, or must look so. */
  readonly notFound: number;
  /** Of the public journey's padded pages. */
  readonly padded: number;
};

export const responseTiming: ResponseTiming = { notFound: 100, padded: 200 };

/** Waits for the next whole multiple of `interval` milliseconds since `began` (as `performance.now()` gives it). */
export const nextInterval = (began: number, interval: number): Promise<void> =>
  sleep(interval - ((performance.now() - began) % interval));
