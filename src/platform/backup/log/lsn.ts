/** Positions in the write-ahead log, and the names of PostgreSQL’s files of it. Pure. */

/** Positions as the server writes them, to be compared. */
export function parseLsn(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

export const formatLsn = (lsn: bigint): string =>
  `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffffffffn).toString(16).toUpperCase()}`;

/** Where the segment begins that this position is in. */
export const segmentStart = (lsn: bigint, segmentBytes: number): bigint => lsn - (lsn % BigInt(segmentBytes));

const hex8 = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0');

/** The name of the file in pg_wal that holds this position. */
export function segmentName(timeline: number, lsn: bigint, segmentBytes: number): string {
  const number = lsn / BigInt(segmentBytes);
  const ofEach = 0x100000000n / BigInt(segmentBytes);
  return `${hex8(BigInt(timeline))}${hex8(number / ofEach)}${hex8(number % ofEach)}`;
}
