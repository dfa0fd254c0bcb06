/** Stores the versions of papers in PostgreSQL: number, time and digests, never the words. */
import type { ColumnType } from 'kysely';
import type { Mutable, Reader, Writer } from '../../platform/database/database.ts';
import type { MadePaper, PaperKind } from './made-paper.ts';

export type PaperTables = {
  madePapers: Mutable<Omit<MadePaper, 'parts' | 'changes'>> & {
    parts: ColumnType<MadePaper['parts'], string, never>;
    changes: ColumnType<readonly string[], string[], never>;
  };
};

/** Newest first. */
export const listMadePapers = (db: Reader<PaperTables>, kind: PaperKind, subjectId: string): Promise<MadePaper[]> =>
  db
    .selectFrom('madePapers')
    .selectAll()
    .where('kind', '=', kind)
    .where('subjectId', '=', subjectId)
    .orderBy('version', 'desc')
    .execute();

export async function addMadePaper(tx: Writer<PaperTables>, paper: MadePaper): Promise<void> {
  await tx
    .insertInto('madePapers')
    .values({ ...paper, parts: JSON.stringify(paper.parts), changes: [...paper.changes] })
    .execute();
}
