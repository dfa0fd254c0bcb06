/** A report's first part, opened for other areas that create a record from it. Never includes the source identity. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import {
  allKeyPairs,
  openBrowserSealed,
  openPartContent,
  openReportKey,
  type PartContent,
} from '../sealing/sealed-report.ts';
import { getReport, listParts, type ReportTables } from '../store.ts';

export async function getReportContent(
  db: AuditedReader<ReportTables>,
  keys: UnitKeys,
  line: IntakeLine,
  id: ReportId,
): Promise<PartContent> {
  const { sealedKey } = await getReport(db, id);
  const pairs = allKeyPairs(keys, line);
  const first = (await listParts(db, id)).find(({ kind }) => kind === 'told');
  if (!first) return {};
  return openBrowserSealed(pairs, line, id, 'words', openPartContent(openReportKey(pairs, id, sealedKey), line, first))
    .said;
}
