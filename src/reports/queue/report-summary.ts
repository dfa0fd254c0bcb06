/** A report's first part, opened for other areas that create a record from it. Never includes the source identity. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import type { Line, ReportId } from '../report.ts';
import { openInBrowser, openReportKey, openWords, pairsOf, type Said } from '../sealing/sealed-report.ts';
import { getReport, listParts, type ReportTables } from '../store.ts';

export async function toldOf(db: AuditedReader<ReportTables>, keys: UnitKeys, line: Line, id: ReportId): Promise<Said> {
  const { sealedKey } = await getReport(db, id);
  const pairs = pairsOf(keys, line);
  const first = (await listParts(db, id)).find(({ kind }) => kind === 'told');
  if (!first) return {};
  return openInBrowser(pairs, line, id, 'words', openWords(openReportKey(pairs, id, sealedKey), line, first)).said;
}
