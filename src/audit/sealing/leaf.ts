/** What the tree holds of a row of the log: a commitment under a random opening. Who has row and opening can check it; without the opening it says nothing of the row. Pure. */
import { createHmac } from 'node:crypto';

/** Every column of the log in the order in which a leaf covers them. A new column needs a new version in addition to this one. */
export const leafColumns = [
  'xid',
  'id',
  'at',
  'kind',
  'event',
  'action',
  'purpose',
  'member_id',
  'agency_id',
  'roles',
  'subject',
  'fields',
  'returned',
  'recipient',
  'reason',
  'request_id',
  'owner_id',
  'break_glass_id',
] as const;

export const leafVersion = 'safelight access_log 1';
export const openingBytes = 32;

/** A row's columns as PostgreSQL writes them out, times in UTC. */
export type LeafRow = readonly (string | null)[];

/** The version, then each column by its length in bytes and itself, or a sign that it is null: no two rows read the same. */
export function encodeRow(row: LeafRow): string {
  let text = `${leafVersion}\n`;
  for (const value of row) text += value === null ? '-,' : `${Buffer.byteLength(value)}:${value},`;
  return text;
}

export const commitment = (opening: Buffer, row: LeafRow): Buffer =>
  createHmac('sha256', opening).update(encodeRow(row)).digest();

/** What an erasure is called in the log. Its row names, as fields, the leaves that it erases. */
export const erasureEvent = 'log.erased';
