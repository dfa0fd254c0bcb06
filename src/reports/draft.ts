/** A half-told report: found by a token that the page in the browser carries, sealed under a key made of it and kept nowhere. */
import { hash as hashed, randomBytes } from 'node:crypto';
import type { Answers, Step } from './journey.ts';
import type { PartId, ReportId } from './report.ts';
import { openUnder, sealUnder } from './sealing.ts';
import type { DraftFile } from './told-files.ts';

/** What is told, or what is come back for. */
export type Draft =
  | {
      readonly kind: 'telling';
      readonly reportId: ReportId;
      readonly answers: Answers;
      /** Sealed on disk already; their keys stand here alone. */
      readonly files?: readonly DraftFile[];
      readonly step: Step;
      /** The check page has been seen once: it is one press away. */
      readonly checked: boolean;
      /** From the check page back to one question: Continue leads there again. */
      readonly changing?: boolean | undefined;
      /** Something that was written reached us before a browser had sealed it. */
      readonly plainly?: boolean;
      /** Made with the draft, so that a report sent twice has one. */
      readonly receipt: string;
      /** What a script worked out meanwhile: found good when it came, and not used yet. */
      readonly work?: string | undefined;
    }
  | {
      readonly kind: 'returning';
      readonly receipt: string | null;
      /** Of what is written next: sent twice it is kept once. */
      readonly partId: PartId;
    };

export type Telling = Extract<Draft, { readonly kind: 'telling' }>;

export const newToken = (): string => randomBytes(32).toString('base64url');

/** What a token of 256 random bits is found by, and the key that it makes: two halves of one hash, of which neither tells the other. */
export type Found = { readonly hash: Buffer; readonly key: Buffer };

export function foundBy(token: string): Found {
  const made = hashed('sha512', `safelight/draft/${token}`, 'buffer');
  return { hash: made.subarray(0, 32), key: made.subarray(32) };
}

/** So that its length tells little of what was told. */
const step = 2_048;
const padded = (text: string): string => {
  const length = Buffer.byteLength(text);
  return text + ' '.repeat(Math.ceil((length + 1) / step) * step - length);
};

export const sealDraft = ({ hash, key }: Found, draft: Draft): Buffer =>
  sealUnder(key, hash.toString('hex'), Buffer.from(padded(JSON.stringify(draft))));

export const openDraft = ({ hash, key }: Found, sealed: Buffer): Draft =>
  JSON.parse(openUnder(key, hash.toString('hex'), sealed).toString()) as Draft;

export const hoursKept = 2;
