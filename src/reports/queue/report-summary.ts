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

export type ReporterWords = {
  /** The answers of the first part. */
  readonly first: PartContent;
  /** Everything that the reporter wrote, later additions too. */
  readonly text: string;
  readonly withdrawn: boolean;
};

/** What the reporter wrote, without the source identity. Nothing of a report that was taken back. */
export async function getReporterWords(
  db: AuditedReader<ReportTables>,
  keys: UnitKeys,
  line: IntakeLine,
  id: ReportId,
): Promise<ReporterWords> {
  const { sealedKey, state } = await getReport(db, id);
  if (state === 'withdrawn') return { first: {}, text: '', withdrawn: true };
  const pairs = allKeyPairs(keys, line);
  const key = openReportKey(pairs, id, sealedKey);
  const written = (await listParts(db, id))
    .filter(({ memberId }) => memberId === null)
    .map((part) => {
      const said = openPartContent(key, line, part);
      return part.kind === 'told' ? openBrowserSealed(pairs, line, id, 'words', said).said : said;
    });
  // What happened comes last: people sign at the end of it, and a town at the end of another answer is no name.
  const text = written.flatMap(({ what, ...said }) => [...Object.values(said), ...(what ? [what] : [])]).join('\n');
  return { first: written[0] ?? {}, text, withdrawn: false };
}
