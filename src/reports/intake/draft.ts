/** An unfinished report: found by a token in the browser's page, and sealed under a key derived from it and stored nowhere. */
import { hash as hashed, randomBytes } from 'node:crypto';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { DraftFile } from '../attachments/received-files.ts';
import { formatReceiptAsDigits, newReceipt } from '../mailbox/receipt.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import { decryptDraft, encryptDraft } from '../sealing/sealing.ts';
import type { Answers, Step } from './questions.ts';

/** A report, or a visit to the mailbox. */
export type Draft =
  | {
      readonly kind: 'telling';
      readonly reportId: ReportId;
      readonly answers: Answers;
      /** Already sealed on disk; only the draft holds their keys. */
      readonly files?: readonly DraftFile[];
      readonly step: Step;
      /** Written on one page, with the rest on a second; not set for one question a page. */
      readonly short?: boolean | undefined;
      /** The check page has been seen once: it is one press away. */
      readonly checked: boolean;
      /** From the check page back to one question: Continue leads there again. */
      readonly changing?: boolean | undefined;
      /** Something that was written reached us before a browser had sealed it. */
      readonly plainly?: boolean;
      /** Made with the draft, so that a report sent twice has one. */
      readonly receipt: string;
      /** Work done by a script meanwhile: verified on arrival, and not used yet. */
      readonly work?: string | undefined;
      /** Who got the report that was sent from this form before, or that one may have been sent. What is written now is a new report. */
      readonly sentBefore?: IntakeLine | 'unsure' | undefined;
    }
  | {
      readonly kind: 'returning';
      readonly receipt: string | null;
    };

export type ReportDraft = Extract<Draft, { readonly kind: 'telling' }>;

const newIds = (): Pick<ReportDraft, 'reportId' | 'receipt'> => ({
  reportId: newTimelessId(),
  receipt: formatReceiptAsDigits(newReceipt()),
});

export const newReportDraft = (): ReportDraft => ({
  kind: 'telling',
  ...newIds(),
  answers: {},
  step: 'who',
  checked: false,
});

/** A new report, with a draft of its own and the words of one that was sent. Files stay with the first. */
export const draftAfter = (sent: ReportDraft, line: IntakeLine): ReportDraft => ({
  ...sent,
  ...newIds(),
  step: sent.short ? 'short' : 'check',
  files: [],
  work: undefined,
  sentBefore: line,
});

/** On one page; with the ticks and the kind of place of the self-check, where the reporter brought them along. */
export const newShortDraft = (what = '', place = ''): ReportDraft => ({
  ...newReportDraft(),
  short: true,
  step: 'short',
  answers: { what, ...(place && { place }) },
});

export const newToken = (): string => randomBytes(32).toString('base64url');

/** The look-up value and the key of a token of 256 random bits: two halves of one hash, neither of which reveals the other. */
export type DraftKeys = { readonly hash: Buffer; readonly key: Buffer };

export function deriveDraftKeys(token: string): DraftKeys {
  const made = hashed('sha512', `safelight/draft/${token}`, 'buffer');
  return { hash: made.subarray(0, 32), key: made.subarray(32) };
}

/** Padded, so that its length reveals little of the report. */
const paddingStep = 2_048;
const padDraft = (text: string): string => {
  const length = Buffer.byteLength(text);
  return text + ' '.repeat(Math.ceil((length + 1) / paddingStep) * paddingStep - length);
};

export const sealDraft = ({ hash, key }: DraftKeys, draft: Draft): Buffer =>
  encryptDraft(key, hash.toString('hex'), Buffer.from(padDraft(JSON.stringify(draft))));

export const openDraft = ({ hash, key }: DraftKeys, sealed: Buffer): Draft =>
  JSON.parse(decryptDraft(key, hash.toString('hex'), sealed).toString()) as Draft;

export const draftHours = 2;
