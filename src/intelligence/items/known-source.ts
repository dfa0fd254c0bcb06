/** Reads what a text is checked against before it is recorded: the words of its report, and a comparison with its sealed source identity. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Answers } from '../../platform/forms/forms.ts';
import type { Request } from '../../platform/http/server.ts';
import {
  countSourceComparisons,
  findReportState,
  getReporterWords,
  openSourceComparison,
  type ReporterWords,
  type ReportId,
} from '../../reports/index.ts';
import { findSourceTraces, type KnownSource, type SourceTrace, type TraceKind } from './source-check.ts';

/** Each comparison with the sealed identity is a guess at a name. */
const mostComparisons = 20;

export type SourceAtHand = KnownSource & {
  /** Undefined where there is no report, or none any more. */
  readonly words: ReporterWords | undefined;
  readonly tooMany: boolean;
};

export const noSource: SourceAtHand = { report: '', findNames: () => [], words: undefined, tooMany: false };

/** The report is read under the rules for reports, and logged as every look at one. */
export async function readSource(request: Request, keys: UnitKeys, reportId: string): Promise<SourceAtHand> {
  const id = reportId as ReportId;
  const words = await request.under('report.read', (_db, look) =>
    getReporterWords(look('report.shown', id, { fields: ['told'] }), keys, 'police', id),
  );
  const known = { ...noSource, words, report: words.text };
  if (request.method !== 'POST' || words.withdrawn) return known;
  return request.under('report.read', async (db, look) => {
    if ((await countSourceComparisons(db, id)) >= mostComparisons) return { ...known, tooMany: true };
    const compared = look('source identity.compared', id, { fields: ['contact'] });
    return { ...known, findNames: await openSourceComparison(compared, keys, id) };
  });
}

/** The same for an item that was made before: its report may be destroyed or taken back since. */
export async function readSourceIfAny(
  request: Request,
  keys: UnitKeys,
  reportId: string | null,
): Promise<SourceAtHand> {
  return (await canReadReport(request, reportId)) && reportId ? readSource(request, keys, reportId) : noSource;
}

/** Whether the report of an item is still there, and was not taken back. */
export async function canReadReport(request: Request, reportId: string | null): Promise<boolean> {
  if (!reportId) return false;
  const state = await findReportState(request.db, reportId as ReportId);
  return state !== undefined && state !== 'withdrawn';
}

const ofThisSource: readonly TraceKind[] = ['name', 'said of themselves'];
const leadsToSource = ({ kind, words }: SourceTrace): boolean =>
  ofThisSource.includes(kind) || /\b(?:caller|informant|reporter|witness)/i.test(words);

/** What the text still gives away: nothing where a reason was given for exactly these words. */
export function listUnexplained(known: KnownSource, typed: Answers): readonly SourceTrace[] {
  const { text = '', conditions = '', found = '', checked = '' } = typed as Readonly<Record<string, string>>;
  const traces = [
    ...findSourceTraces(String(text), known),
    // Conditions are written by the unit, in its own person: only what leads to this source is looked for.
    ...findSourceTraces(String(conditions), known).filter(leadsToSource),
  ];
  if (String(checked).trim() === '') return traces;
  const explained = new Set(String(found).split(/\r?\n/));
  return traces.filter(({ words }) => !explained.has(words));
}
