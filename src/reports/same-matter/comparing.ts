/** Finds reports to police that may be about the same matter. Their words are sealed, and the public site cannot compare them; so terms are made when triage opens the queue or a report, a few reports at a time, and kept as keyed digests. Each report opened for it is in the access log. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { ReportId } from '../report.ts';
import { allKeyPairs, openBrowserSealed, openPartContent, openReportKey } from '../sealing/sealed-report.ts';
import { termsToFind, termsToStore } from './keyed-terms.ts';
import { describeShared, type MatterTerm, matterTerms, type WrittenPart } from './matter-terms.ts';
import { listHolders, listUncompared, listWritten, type MatterTables, saveTerms, type TermSet } from './store.ts';

/** More wait for the next page that is opened. */
const mostAtOnce = 25;
/** A term that more reports share than this says nothing about two of them. */
export const mostSharing = 10;

const agencyOf = ({ actor }: Request): AgencyId => actor.agencyId as AgencyId;

type OpenReport = { readonly id: ReportId; readonly written: readonly WrittenPart[] };

/** What the reporters of these wrote, opened: the look is taken before. Nothing of the source identity. */
export async function openWritten(
  db: AuditedReader<MatterTables>,
  keys: UnitKeys,
  ids: readonly ReportId[],
): Promise<readonly OpenReport[]> {
  const pairs = allKeyPairs(keys, 'police');
  return (await listWritten(db, ids)).map(({ id, sealedKey, parts }) => {
    const key = openReportKey(pairs, id, sealedKey);
    const written = parts.map((part): WrittenPart => {
      const words = openPartContent(key, 'police', part);
      return part.kind === 'told' ? openBrowserSealed(pairs, 'police', id, 'words', words).said : words;
    });
    return { id, written };
  });
}

/** Opens reports that were not compared yet and makes their terms: in the log, each by its id. Reads alone. */
export async function makeTerms(request: Request, keys: UnitKeys): Promise<readonly TermSet[]> {
  const ids = await listUncompared(request.db, mostAtOnce);
  if (ids.length === 0) return [];
  const db = request.look('reports.compared', null, { fields: ['told'], returned: ids });
  return (await openWritten(db, keys, ids)).map(({ id, written }) => ({
    ...{ id, parts: written.length },
    terms: termsToStore(keys, agencyOf(request), matterTerms(written)),
  }));
}

/** Keeps the terms that were just made: after everything that the page shows was read. */
export async function keepTerms(request: Request, made: readonly TermSet[]): Promise<void> {
  if (made.length === 0) return;
  await request.changeUnder('report comparison.keep', 'report terms.kept', null, (tx) =>
    saveTerms(tx, agencyOf(request), made),
  );
}

/** A report that may be about the same, and why, in words. */
export type AlikeReport = { readonly id: ReportId; readonly reasons: readonly string[] };

/** Reports that share with this one what few others have, in no order of likeness. `made` are terms that are not kept yet. */
export async function findAlike(
  db: AuditedReader<MatterTables>,
  keys: UnitKeys,
  report: OpenReport & { readonly agencyId: AgencyId },
  made: readonly TermSet[],
): Promise<readonly AlikeReport[]> {
  const sought = termsToFind(keys, report.agencyId, matterTerms(report.written));
  const fresh = new Set(made.map(({ id }) => id));
  // One more than may share it, and the report itself.
  const kept = await listHolders(db, report.agencyId, [...sought.keys()], mostSharing + 2);
  const held = [
    ...kept.filter(({ reportId }) => !fresh.has(reportId)),
    ...made.flatMap(({ id, terms }) => terms.map((term) => ({ reportId: id, term }))),
  ].filter(({ reportId }) => reportId !== report.id);
  const holders = new Map<string, { readonly term: MatterTerm; readonly ids: Set<ReportId> }>();
  for (const { reportId, term: digest } of held) {
    const term = sought.get(digest);
    if (!term) continue;
    const one = holders.get(term.term) ?? { term, ids: new Set() };
    holders.set(term.term, { term, ids: one.ids.add(reportId) });
  }
  const shared = new Map<ReportId, MatterTerm[]>();
  for (const { term, ids } of holders.values())
    if (ids.size <= mostSharing) for (const id of ids) shared.set(id, [...(shared.get(id) ?? []), term]);
  return [...shared].flatMap(([id, terms]) => {
    const reasons = describeShared(terms);
    return reasons.length > 0 ? [{ id, reasons }] : [];
  });
}
