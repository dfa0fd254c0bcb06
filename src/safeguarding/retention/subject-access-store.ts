/** Why a person's record is kept or erased, for their subject access request. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { createLines, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import { listFactsAbout, type RetentionTables } from './store.ts';

const factLabels: readonly ShownColumn[] = [
  ['detail', 'What was said of your record'],
  ['reason', 'Why', 'an agency’s own remark'],
  ['recordedOn', 'On'],
  ['reviewOn', 'To be looked at again by'],
  ['endedOn', 'Until'],
];

export async function readHeldRetention(
  db: AuditedReader<RetentionTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const facts = await listFactsAbout(db, keys, about);
  const lines = facts.flatMap((fact) => createLines(`retention_facts/${fact.id}`, fact, factLabels));
  return lines.length > 0 ? [{ title: 'Why your record is kept', lines }] : [];
}
