/** What a leaf must say of a row: recomputed from the row's columns and the leaf's opening, in the writer's form but not by its code. */
import { hash } from 'node:crypto';

/** The columns that a leaf covers, in the form's order. */
export const coveredColumns =
  'xid id at kind event action purpose member_id agency_id roles subject fields returned recipient reason request_id owner_id break_glass_id'.split(
    ' ',
  );

export type Row = readonly (string | null)[];
type NamedColumn = 'xid' | 'id' | 'at' | 'kind' | 'event' | 'fields';
const positions = new Map(coveredColumns.map((name, position) => [name, position]));
export const columnOf = (row: Row, name: NamedColumn): string => row[positions.get(name) as number] ?? '';

const encodingPrefix = 'safelight access_log 1\n';
const blockBytes = 64;
const openingBytes = 32;
/** What follows a key of half a block in the two rounds of HMAC stays the same for all. */
let innerBuffer = Buffer.alloc(64 * 1024, 0x36);
const outerBuffer = Buffer.alloc(blockBytes + 32, 0x5c);

/** A row in the form that is hashed, in the buffer after the space for a key. Valid until the next call. */
export function encodeRow(row: Row): Buffer {
  let text = encodingPrefix;
  for (const value of row) text += value === null ? '-,' : `${value.length}:${value},`;
  if (blockBytes + text.length * 3 > innerBuffer.length)
    innerBuffer = Buffer.alloc(2 * (blockBytes + text.length * 3), 0x36);
  let length = innerBuffer.write(text, blockBytes, 'utf8');
  if (length !== text.length) {
    // Some letter took more than a byte: lengths are of bytes, so they are counted again.
    text = encodingPrefix;
    for (const value of row) text += value === null ? '-,' : `${Buffer.byteLength(value, 'utf8')}:${value},`;
    length = innerBuffer.write(text, blockBytes, 'utf8');
  }
  return innerBuffer.subarray(blockBytes, blockBytes + length);
}

/** HMAC-SHA-256 as RFC 2104 spells it out: for so many short texts it is quicker than to set one up each time. An opening of another length opens nothing. */
export function computeCommitment(opening: Buffer, row: Row): Buffer {
  if (opening.length !== openingBytes) return Buffer.alloc(0);
  const { length } = encodeRow(row);
  for (let at = 0; at < openingBytes; at += 1) {
    const byte = opening[at] as number;
    innerBuffer[at] = 0x36 ^ byte;
    outerBuffer[at] = 0x5c ^ byte;
  }
  outerBuffer.set(hash('sha256', innerBuffer.subarray(0, blockBytes + length), 'buffer'), blockBytes);
  return hash('sha256', outerBuffer, 'buffer');
}

const nilUuid = '00000000-0000-0000-0000-000000000000';
const erasedValues: Readonly<Record<string, string | null>> = {
  at: '1970-01-01 00:00:00+00',
  kind: 'erasure',
  event: 'erased',
  action: '',
  purpose: '',
  roles: '{}',
  fields: '{}',
  returned: '{}',
  request_id: nilUuid,
};

/** Whether nothing is left of an erased row, and nothing was written in its place. */
export const isErased = (row: Row): boolean =>
  coveredColumns.every(
    (name, position) => name === 'xid' || name === 'id' || row[position] === (erasedValues[name] ?? null),
  );

/** The leaves that a row names for erasure; none where it is no erasure. */
export function listErasedLeaves(row: Row): number[] {
  if (columnOf(row, 'kind') !== 'erasure' || columnOf(row, 'event') !== 'log.erased') return [];
  return columnOf(row, 'fields')
    .replace(/^\{|\}$/g, '')
    .split(',')
    .filter((field) => /^[0-9]{1,17}$/.test(field))
    .map(Number);
}
