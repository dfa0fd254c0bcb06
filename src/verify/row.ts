/** What a leaf must say of a row: recomputed from the row's columns and the leaf's opening, in the writer's form but not by its code. */
import { hash } from 'node:crypto';

/** The columns that a leaf covers, in the form's order. */
export const coveredColumns =
  'xid id at kind event action purpose member_id agency_id roles subject fields returned recipient reason request_id owner_id break_glass_id'.split(
    ' ',
  );

export type Row = readonly (string | null)[];
type Named = 'xid' | 'id' | 'at' | 'kind' | 'event' | 'fields';
const positions = new Map(coveredColumns.map((name, position) => [name, position]));
export const columnOf = (row: Row, name: Named): string => row[positions.get(name) as number] ?? '';

function encoded(row: Row): Buffer {
  const parts = row.map((value) => (value === null ? '-,' : `${Buffer.byteLength(value, 'utf8')}:${value},`));
  return Buffer.from(`safelight access_log 1\n${parts.join('')}`, 'utf8');
}

const [inner, outer] = [Buffer.alloc(64), Buffer.alloc(64)];

/** HMAC-SHA-256 as RFC 2104 spells it out: for so many short texts it is quicker than to set one up each time. */
export function committed(opening: Buffer, row: Row): Buffer {
  inner.fill(0x36);
  outer.fill(0x5c);
  for (let at = 0; at < opening.length; at += 1) {
    const byte = opening[at] as number;
    inner[at] = 0x36 ^ byte;
    outer[at] = 0x5c ^ byte;
  }
  const first = hash('sha256', Buffer.concat([inner, encoded(row)]), 'buffer');
  return hash('sha256', Buffer.concat([outer, first]), 'buffer');
}

const nobody = '00000000-0000-0000-0000-000000000000';
const blank: Readonly<Record<string, string | null>> = {
  at: '1970-01-01 00:00:00+00',
  kind: 'erasure',
  event: 'erased',
  action: '',
  purpose: '',
  roles: '{}',
  fields: '{}',
  returned: '{}',
  request_id: nobody,
};

/** Whether nothing is left of an erased row, and nothing was written in its place. */
export const isBlank = (row: Row): boolean =>
  coveredColumns.every((name, position) => name === 'xid' || name === 'id' || row[position] === (blank[name] ?? null));

/** The leaves that a row names for erasure; none where it is no erasure. */
export function namedForErasure(row: Row): number[] {
  if (columnOf(row, 'kind') !== 'erasure' || columnOf(row, 'event') !== 'log.erased') return [];
  return columnOf(row, 'fields')
    .replace(/^\{|\}$/g, '')
    .split(',')
    .filter((field) => /^[0-9]{1,17}$/.test(field))
    .map(Number);
}
