/** Reads what a text is checked against before it is recorded: the words of its report, and a comparison with its sealed source identity. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Answers, answersOf } from '../../platform/forms/forms.ts';
import type { Request } from '../../platform/http/server.ts';
import {
  countPossibleNames,
  countSourceComparisons,
  findReportState,
  getReporterWords,
  openSourceComparison,
  type ReporterWords,
  type ReportId,
} from '../../reports/index.ts';
import { mostLetters } from './forms.ts';
import { findSourceTraces, type KnownSource, type SourceTrace, type TraceKind } from './source-check.ts';

/** Each word with a capital is a guess at a name: so many in one text, and so many texts a day for one report and member. */
const mostNames = 40;
const mostComparisons = 20;

export type SourceAtHand = KnownSource & {
  /** Undefined where there is no report, or none any more. */
  readonly words: ReporterWords | undefined;
  /** Why the text was not compared with the sealed identity, and is not recorded. */
  readonly notCompared: 'too many texts' | 'too many names' | undefined;
};

export const noSource: SourceAtHand = { report: '', findNames: () => [], words: undefined, notCompared: undefined };

/** A reporter can send thousands of blank lines: none is left, so that no pattern reads them. */
const toLines = (text: string): string =>
  text
    .split(/[\r\n]/)
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');

/** The report is read under the rules for reports, and logged as every look at one. */
export async function readSource(request: Request, keys: UnitKeys, reportId: string): Promise<SourceAtHand> {
  const id = reportId as ReportId;
  const words = await request.under('report.read', (_db, look) =>
    getReporterWords(look('report.shown', id, { fields: ['told'] }), keys, 'police', id),
  );
  const known = { ...noSource, words, report: toLines(words.text) };
  if (request.method !== 'POST' || words.withdrawn) return known;
  const { text, conditions } = answersOf(request.body) as Readonly<Record<string, string | undefined>>;
  if (countPossibleNames(`${toPlain(text)} ${toPlain(conditions)}`) > mostNames)
    return { ...known, notCompared: 'too many names' };
  return request.under('report.read', async (db, look) => {
    if ((await countSourceComparisons(db, id)) >= mostComparisons) return { ...known, notCompared: 'too many texts' };
    const compared = look('source identity.compared', id, { fields: ['contact'] });
    return { ...known, findNames: await openSourceComparison(compared, keys, id) };
  });
}

export type ReportAtHand = 'there' | 'taken back' | 'destroyed';

/** Whether the report of an item can still be read. */
export async function findReport(request: Request, reportId: string): Promise<ReportAtHand> {
  const state = await findReportState(request.db, reportId as ReportId);
  if (state === undefined) return 'destroyed';
  return state === 'withdrawn' ? 'taken back' : 'there';
}

/** The same for an item that was made before: nothing is left to compare with where its report cannot be read. */
export async function readSourceIfAny(
  request: Request,
  keys: UnitKeys,
  reportId: string | null,
): Promise<SourceAtHand> {
  if (reportId === null || (await findReport(request, reportId)) !== 'there') return noSource;
  return readSource(request, keys, reportId);
}

/** Letters of a reason by which somebody else can judge. */
const leastReason = 20;
/** What cannot be seen hides a word from the check, and long runs of space make patterns slow. */
const toPlain = (typed: string | undefined): string =>
  String(typed ?? '')
    .slice(0, mostLetters)
    .normalize('NFKC')
    .replaceAll(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const ofThisSource: readonly TraceKind[] = ['name', 'said of themselves'];
const leadsToSource = ({ kind, words }: SourceTrace): boolean =>
  ofThisSource.includes(kind) || /\b(?:caller|informant|reporter|witness)/i.test(words);

/** What the text still gives away: nothing where a reason was given for exactly these words. */
export function listUnexplained(known: KnownSource, typed: Answers): readonly SourceTrace[] {
  const { text, conditions, found = '', checked } = typed as Readonly<Record<string, string | undefined>>;
  const traces = [
    ...findSourceTraces(toPlain(text), known),
    // Conditions are written by the unit, in its own person: only what leads to this source is looked for.
    ...findSourceTraces(toPlain(conditions), known).filter(leadsToSource),
  ];
  if (toPlain(checked).length < leastReason) return traces;
  const explained = new Set(String(found).split(/\r?\n/));
  return traces.filter(({ words }) => !explained.has(words));
}
