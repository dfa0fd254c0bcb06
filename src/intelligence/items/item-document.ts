/** An item as it leaves: a 3x5x2 form on paper, or data. Both carry the handling conditions, and neither says where it came from. Pure. */
import type { StaffPaper } from '../../platform/paper/staff-paper.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { gradeOf } from './item.ts';
import type { OpenItem } from './store.ts';
import { assessmentWords, formatDays, handlingWords, itemTitle, sourceEvaluationWords } from './words.ts';

const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';

export const itemPaper = (item: OpenItem, agencyName: string): StaffPaper => ({
  title: 'Intelligence report (3x5x2)',
  about: itemTitle(item.id),
  marking,
  lead: item.conditions ? [`Handling conditions: ${item.conditions}`] : [],
  sections: [
    {
      title: 'Intelligence',
      kind: 'rows',
      rows: [
        { asks: 'Text', says: item.text },
        { asks: 'When it happened', says: formatDays(item) },
      ],
    },
    {
      title: 'Grading',
      kind: 'rows',
      rows: [
        { asks: 'Grade', says: gradeOf(item) },
        {
          asks: 'Source evaluation',
          says: `${item.sourceEvaluation}: ${sourceEvaluationWords[item.sourceEvaluation]}`,
        },
        { asks: 'Information assessment', says: `${item.assessment}: ${assessmentWords[item.assessment]}` },
        { asks: 'Handling code', says: `${item.handling}: ${handlingWords[item.handling]}` },
        { asks: 'Handling conditions', says: item.conditions ?? 'None' },
      ],
    },
    {
      title: 'Record',
      kind: 'rows',
      rows: [
        { asks: 'Agency', says: agencyName },
        { asks: 'Recorded', says: formatMoment(item.recordedAt) },
        { asks: 'Reference in Safelight', says: referenceOf('intelligence item', item.id) },
        { asks: 'Reference in the agency’s own system', says: item.systemReference },
      ],
    },
  ],
  sources: [],
});

/** JSON as docs/exchange/intelligence-items.md describes it. */
export const itemJson = (item: OpenItem, agencyName: string): string =>
  `${JSON.stringify(
    {
      format: 'safelight-intelligence',
      version: 1,
      marking,
      agency: agencyName,
      items: [
        {
          reference: referenceOf('intelligence item', item.id),
          systemReference: item.systemReference,
          recordedAt: item.recordedAt.toISOString(),
          from: item.happenedFrom,
          to: item.happenedTo,
          source: item.sourceEvaluation,
          assessment: item.assessment,
          handling: item.handling,
          conditions: item.conditions,
          text: item.text,
        },
      ],
    },
    null,
    2,
  )}\n`;
