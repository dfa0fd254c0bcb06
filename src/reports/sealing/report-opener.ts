/** Opens stored rows of reports for the agency that reads the line, when it takes its records with it. Source identities are not among them. */
import { decodeHex, type UnitKeys } from '../../platform/crypto/crypto.ts';
import { copyKeyName } from '../attachments/received-files.ts';
import type { IntakeLine, PartId, ReportId } from '../report.ts';
import {
  allKeyPairs,
  openBrowserSealed,
  openFileDescription,
  openFileKey,
  openPartContent,
  openReportKey,
} from './sealed-report.ts';
import type { IntakePair } from './sealing.ts';

type Row = Readonly<Record<string, unknown>>;

/** Whether this opens a column: every other sealed one is a key, a digest or a source identity. */
export const isSealedInReport = (table: string, column: string): boolean =>
  (table === 'report_parts' && column === 'sealed') || (table === 'report_files' && column === 'about');

export class ReportOpener {
  readonly #line: IntakeLine;
  readonly #pairs: readonly IntakePair[];

  constructor(keys: UnitKeys, line: IntakeLine) {
    this.#line = line;
    this.#pairs = allKeyPairs(keys, line);
  }

  /** `keyAbove`: the sealed key of the report. Throws where it does not open. */
  open(table: string, { row, keyAbove }: { readonly row: Row; readonly keyAbove: string | null }): unknown {
    if (table === 'report_files')
      return openFileDescription(this.#pairs, this.#line, { id: String(row.id), about: decodeHex(row.about) });
    const reportId = String(row.report_id) as ReportId;
    const key = openReportKey(this.#pairs, reportId, decodeHex(keyAbove));
    const part = { id: String(row.id) as PartId, sealed: decodeHex(row.sealed) };
    const told = openPartContent(key, this.#line, part);
    const { said, inBrowser } = openBrowserSealed(this.#pairs, this.#line, reportId, 'words', told);
    return inBrowser === 'does not open' ? { ...said, sealedByBrowser: inBrowser } : said;
  }

  /** Undefined where no clean copy was made. */
  openCopyKey({
    copy_id: copyId,
    copy_key: copyKey,
  }: Row): { readonly fileId: string; readonly key: Buffer } | undefined {
    if (!copyId || !copyKey) return undefined;
    const fileId = String(copyId);
    return { fileId, key: openFileKey(this.#pairs, copyKeyName(fileId), decodeHex(copyKey)) };
  }
}
