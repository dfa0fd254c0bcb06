/** One report opened for staff, and what in a message to its reporter could put somebody in danger. */
import type { Request } from '../../platform/http/server.ts';
import { listFiles } from '../attachments/store.ts';
import { findRiskyWords, type RiskyWord } from '../mailbox/risky-words.ts';
import type { IntakeLine, ReportId } from '../report.ts';
import {
  type allKeyPairs,
  openBrowserSealed,
  openFileDescription,
  openPartContent,
  openReportKey,
  type PartContent,
} from '../sealing/sealed-report.ts';
import * as store from '../store.ts';

export type Pairs = () => ReturnType<typeof allKeyPairs>;

/** Everything of one report, opened: a look, written down before it is shown. */
export async function viewReport(line: IntakeLine, pairs: Pairs, request: Request, id: ReportId, reason?: string) {
  const db = request.look('report.shown', id, { fields: ['told'], ...(reason && { reason }) });
  const report = await store.getReport(db, id);
  const key = openReportKey(pairs(), id, report.sealedKey);
  const parts = (await store.listParts(db, id)).map((part) => {
    const words = openPartContent(key, line, part);
    return {
      ...part,
      ...(part.kind === 'told' ? openBrowserSealed(pairs(), line, id, 'words', words) : { said: words }),
    };
  });
  const files = (await listFiles(db, id)).map((file) => ({
    ...file,
    said: openFileDescription(pairs(), line, file),
  }));
  return { report, parts, files, key };
}

export type ViewedReport = Awaited<ReturnType<typeof viewReport>>;

/** What in a message could put the reporter in danger, and nobody has looked at yet. */
export function listUnseenRisks(
  { parts }: Pick<ViewedReport, 'parts'>,
  message: string,
  looked: string,
): readonly RiskyWord[] {
  const found = findRiskyWords(message, reporterText(parts));
  return collapseWhitespace(looked) === collapseWhitespace(message) ? [] : found;
}

/** All that the reporter wrote, in one text. */
export const reporterText = (
  parts: readonly { readonly memberId: string | null; readonly said: PartContent }[],
): string => parts.flatMap(({ memberId, said }) => (memberId === null ? Object.values(said) : [])).join('\n');

/** A browser turns the ends of lines round. */
const collapseWhitespace = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
