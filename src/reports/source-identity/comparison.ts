/** Compares a text with the sealed source identity of a report, so that intelligence does not name its source. What is sealed is neither returned nor shown: only words of the text are. */
import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader, Reader } from '../../platform/database/database.ts';
import type { ReportId } from '../report.ts';
import { allKeyPairs, openContact } from '../sealing/sealed-report.ts';
import { findSourceWords } from './source-words.ts';

/** Gives the words of a text that name the source of a report to police; none where no identity is held. Sealing must be open. */
export async function openSourceComparison(
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  id: ReportId,
): Promise<(text: string) => readonly string[]> {
  const { rows } = await sql<{ sealedKey: Buffer; sealed: Buffer }>`
    select sealed_key as "sealedKey", sealed from ctx.source_identity_to_compare(${id})`.execute(db);
  const [row] = rows;
  if (!row) return () => [];
  const { said } = openContact(allKeyPairs(keys, 'police'), 'police', id, row);
  return (text) => findSourceWords(text, { name: said.name, channel: said.channel });
}

/** How often the reader has compared texts with the source of this report in the last 24 hours: each comparison is a guess at a name. */
export async function countSourceComparisons(db: Reader<AnyTables>, id: ReportId): Promise<number> {
  const { rows } = await sql<{ count: number }>`select ctx.source_comparisons(${id}) as count`.execute(db);
  return rows[0]?.count ?? 0;
}
