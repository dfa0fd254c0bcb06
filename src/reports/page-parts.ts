/** Parts of the staff pages about reports. */

import { backTo, type Cell, type SummaryRow } from '../platform/rendering/pages.ts';
import { reportPaths } from '../vocabulary/paths/reports.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import type { IntakeLine } from './report.ts';

export const text = (words: string) => ({ text: words }) satisfies Cell;
export const summaryRow = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });

/** Enough to distinguish two reports when spoken, and nothing of their content. */
export const numberOf = (id: string): string => `Report ${referenceOf('report', id)}`;

/** A form about one report, which its page is left for. */
export const reportFormBase = (line: IntakeLine, id: string) => ({
  caption: numberOf(id),
  ...backTo(reportPaths[line].report(id), numberOf(id)),
});
