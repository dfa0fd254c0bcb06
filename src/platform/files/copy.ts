/** A working copy: one picture, the pages of a document as pictures, or one film, in a row. Pure. */

import { pngSignature, webmSignature } from './file-kind.ts';

export const workingCopyTypes = ['image/jpeg', 'image/png', 'video/mp4', 'video/webm'] as const;
export type WorkingCopyType = (typeof workingCopyTypes)[number];
export type WorkingCopy = { readonly type: WorkingCopyType; readonly parts: readonly Uint8Array[] };

export const maxParts = 40;

/** `type, number of parts, their lengths, the parts`. */
export function encodeCopy({ type, parts }: WorkingCopy): Buffer {
  const head = Buffer.alloc(2 + 4 * parts.length);
  head[0] = workingCopyTypes.indexOf(type);
  head[1] = parts.length;
  for (const [index, part] of parts.entries()) head.writeUInt32BE(part.length, 2 + 4 * index);
  return Buffer.concat([head, ...parts]);
}

/** Refuses, by throwing, what is none: whatever the cleaner was made to say, it is a copy or nothing. */
export function decodeCopy(bytes: Buffer): WorkingCopy {
  const type = workingCopyTypes[bytes[0] ?? -1];
  const count = bytes[1] ?? 0;
  if (!type || count === 0 || count > maxParts || bytes.length < 2 + 4 * count) throw new Error('no working copy');
  const parts: Buffer[] = [];
  let at = 2 + 4 * count;
  for (let index = 0; index < count; index += 1) {
    const length = bytes.readUInt32BE(2 + 4 * index);
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (at !== bytes.length || !parts.every((part) => signatureChecks[type](part.toString('latin1', 0, 16))))
    throw new Error('no working copy');
  return { type, parts };
}

/** What is shown as a picture begins like one. */
const signatureChecks: Record<WorkingCopyType, (text: string) => boolean> = {
  'image/jpeg': (text) => text.startsWith('\xff\xd8\xff'),
  'image/png': (text) => text.startsWith(pngSignature),
  'video/mp4': (text) => text.startsWith('ftyp', 4),
  'video/webm': (text) => text.startsWith(webmSignature),
};

/** Why there is none; the cleaner says so by the number with which it ends. */
export const cleaningFailures = ['damaged', 'too large unpacked', 'took too long', 'too much memory'] as const;
export type CleaningFailure = (typeof cleaningFailures)[number];
export const failureExitCodes: Readonly<Partial<Record<CleaningFailure, number>>> = {
  damaged: 10,
  'too large unpacked': 11,
};
