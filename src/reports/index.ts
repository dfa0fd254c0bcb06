/** The interface of reports: what the public report, sealed on receipt and answered without a name. */

export { getReportContent as toldOf } from './queue/report-summary.ts';

export type { ReportId } from './report.ts';

export { currentKeyPair as pairOf } from './sealing/sealed-report.ts';
export { openSealing } from './sealing/sealing.ts';

export { getReport } from './store.ts';
