/** A working copy: one picture, the pages of a document as pictures, or one film, in a row. Pure. */

import { pngBegins, webmBegins } from './file-kind.ts';

export const copyTypes = ['image/jpeg', 'image/png', 'video/mp4', 'video/webm'] as const;
export type CopyType = (typeof copyTypes)[number];
export type Copy = { readonly type: CopyType; readonly parts: readonly Uint8Array[] };

export const mostParts = 40;

/** `type, number of parts, their lengths, the parts`. */
export function packed({ type, parts }: Copy): Buffer {
  const head = Buffer.alloc(2 + 4 * parts.length);
  head[0] = copyTypes.indexOf(type);
  head[1] = parts.length;
  for (const [index, part] of parts.entries()) head.writeUInt32BE(part.length, 2 + 4 * index);
  return Buffer.concat([head, ...parts]);
}

/** Refuses, by throwing, what is none: whatever the cleaner was made to say, it is a copy or nothing. */
export function unpacked(bytes: Buffer): Copy {
  const type = copyTypes[bytes[0] ?? -1];
  const count = bytes[1] ?? 0;
  if (!type || count === 0 || count > mostParts || bytes.length < 2 + 4 * count) throw new Error('no working copy');
  const parts: Buffer[] = [];
  let at = 2 + 4 * count;
  for (let index = 0; index < count; index += 1) {
    const length = bytes.readUInt32BE(2 + 4 * index);
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (at !== bytes.length || !parts.every((part) => begins[type](part.toString('latin1', 0, 16))))
    throw new Error('no working copy');
  return { type, parts };
}

/** What is shown as a picture begins like one. */
const begins: Record<CopyType, (text: string) => boolean> = {
  'image/jpeg': (text) => text.startsWith('\xff\xd8\xff'),
  'image/png': (text) => text.startsWith(pngBegins),
  'video/mp4': (text) => text.startsWith('ftyp', 4),
  'video/webm': (text) => text.startsWith(webmBegins),
};

/** Why there is none; the cleaner says so by the number with which it ends. */
export const uncleanReasons = ['damaged', 'too many dots or pages', 'took too long', 'took too much memory'] as const;
export type Unclean = (typeof uncleanReasons)[number];
export const endsWith: Readonly<Partial<Record<Unclean, number>>> = { damaged: 10, 'too many dots or pages': 11 };
