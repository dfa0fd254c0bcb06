/** Marks of names, as bytes in files: for a holder of the unit's key, who can make the marks of any name. */
import { readFileSync } from 'node:fs';
import { createWriteHasher } from '../../../../src/safeguarding/person-search/hashed-terms.ts';
import { query } from '../../../harness/sql.ts';
import { type File, flush } from './lying.ts';
import type { Planted, World } from './world.ts';

/** As many marks, one after the other, as nobody bears by chance. */
const together = 4;
/** Three bytes of the first, by which most places are passed over. */
const low = 0xff_ff_ff;

/** How many people's marks lie in the files as they lie in a table: four bytes each, one after the other, wherever they begin. */
export function marksIn(files: readonly File[], { application }: World, people: readonly Planted[]): number {
  const marker = createWriteHasher(application.keys);
  const begins = new Uint8Array(low + 1);
  const rows = new Map<number, { readonly who: number; readonly bytes: Buffer }[]>();
  for (const [who, { person }] of people.entries()) {
    const marks = marker.keyed(person).marks.slice(0, together);
    const bytes = Buffer.alloc(together * 4);
    for (const [at, mark] of marks.entries()) bytes.writeInt32LE(mark, at * 4);
    const first = (marks[0] ?? 0) & low;
    begins[first] = 1;
    rows.set(first, [...(rows.get(first) ?? []), { who, bytes }]);
  }
  const seen = new Set<number>();
  for (const file of files) {
    const bytes = file.read();
    for (let at = 0; at + together * 4 <= bytes.length; at += 1) {
      const first = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
      if (begins[first] === 0) continue;
      for (const row of rows.get(first) ?? [])
        if (bytes.subarray(at, at + together * 4).equals(row.bytes)) seen.add(row.who);
    }
  }
  return seen.size;
}

/** In the index file: marks of people to be erased only, as the four bytes of an entry. Some occur by chance, as other numbers. */
export async function singleMarks({ application, gone, kept }: World): Promise<number> {
  const { safeguardingDb: db, keys } = application;
  const marker = createWriteHasher(keys);
  const others = new Set(kept.flatMap(({ person }) => marker.keyed(person).marks));
  const hers = new Set(gone.flatMap(({ person }) => marker.keyed(person).marks).filter((mark) => !others.has(mark)));
  await flush(db);
  const rows = await query<{ path: string }>(db)`
    select current_setting('data_directory') || '/' || pg_relation_filepath('name_digests_by_mark') as path`;
  const bytes = readFileSync(rows[0]?.path ?? '');
  const found = new Set<number>();
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const mark = bytes.readInt32LE(at);
    if (hers.has(mark)) found.add(mark);
  }
  return found.size;
}
