/** The interface of reports: what the public report, sealed on receipt and answered without a name. */

export { modelStatements } from './attendance/model-statements.ts';

export { getReportContent, getReporterWords, type ReporterWords } from './queue/report-summary.ts';

export type { IntakeLine, ReportId } from './report.ts';

export { type MatterTables, saveAcceptance } from './same-matter/store.ts';

export { isSealedInReport, ReportOpener } from './sealing/report-opener.ts';
export { currentKeyPair } from './sealing/sealed-report.ts';
export { openSealing } from './sealing/sealing.ts';
export { withSealing } from './sealing/with-sealing.ts';
export { countSourceComparisons, openSourceComparison } from './source-identity/comparison.ts';
export { countPossibleNames } from './source-identity/source-words.ts';

export { findReportState, getReport } from './store.ts';
