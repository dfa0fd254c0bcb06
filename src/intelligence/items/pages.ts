/** Pages about intelligence: the list, and one item. */
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  getMemberName,
  type MemberNames,
  type ShownFields,
  textField,
  versionsSection,
} from '../../platform/forms/correction.ts';
import type { CasePage, ListPage, PageAction, Section, SummaryRow } from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { withLineBreaks } from '../../platform/rendering/views.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { gradeOf, type Item, type ItemSource, isDueForReview } from './item.ts';
import type { ReportAtHand } from './known-source.ts';
import type { OpenItem } from './store.ts';
import { assessmentWords, formatDays, handlingWords, itemTitle, sourceEvaluationWords } from './words.ts';

const listTitle = 'Intelligence';
const text = (words: string) => ({ text: words });
const row = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });
const beginningLength = 120;
const beginningOf = (words: string): string =>
  words.length > beginningLength ? `${words.slice(0, beginningLength).trimEnd()}…` : words;

export const itemListPage = (items: readonly OpenItem[], pages: Pages, today: string, due: boolean): ListPage => ({
  title: due ? 'Intelligence to review' : listTitle,
  ...(due && { back: { href: intelligencePaths.list(), text: listTitle } }),
  lead: due
    ? ['Open each item. Decide whether it is necessary to keep it.']
    : [
        'Intelligence of your agency, graded by 3x5x2. To record it from a report, open the report and select “Record intelligence”.',
      ],
  actions: due
    ? []
    : [
        { href: intelligencePaths.newItem(), text: 'Record intelligence without a report' },
        { href: intelligencePaths.possibleLinks(), text: 'Decide possible links', secondary: true },
      ],
  list: {
    kind: 'table',
    caption: due ? 'Items by review day' : 'Items, the latest first',
    stack: true,
    columns: ['Item', 'Grade', 'When it happened', 'Intelligence', 'Review'].map(text),
    rows: items.map((item) => [
      { text: referenceOf('intelligence item', item.id), href: intelligencePaths.item(item.id) },
      text(gradeOf(item)),
      text(formatDays(item)),
      text(beginningOf(item.text)),
      isDueForReview(item, today) ? { text: 'Due', tag: 'yellow' } : text(longDay(item.reviewOn)),
    ]),
    empty: due ? 'No item is due for review.' : 'No intelligence yet. Open a report and record the first item from it.',
    pages,
  },
});

export type ShownItem = {
  readonly item: OpenItem;
  readonly source: ItemSource;
  /** Undefined where it was made from no report. */
  readonly report: ReportAtHand | undefined;
  readonly names: MemberNames;
  readonly versions: readonly EarlierVersion[];
  readonly corrects: boolean;
  readonly today: string;
  /** What it names. */
  readonly named: readonly Section[];
  /** With whom it is shared. */
  readonly shares: readonly Section[];
  readonly isShareable: boolean;
};

const gradeRows = (item: Item): SummaryRow[] => [
  row('Grade', gradeOf(item)),
  row('Source evaluation', `${item.sourceEvaluation}: ${sourceEvaluationWords[item.sourceEvaluation]}`),
  row('Information assessment', `${item.assessment}: ${assessmentWords[item.assessment]}`),
  row('Handling code', `${item.handling}: ${handlingWords[item.handling]}`),
];

function sourceRow({ source: { reportId, originalReference }, report: state }: ShownItem): SummaryRow {
  if (!reportId) return row('Made from', originalReference ?? 'not recorded');
  const report = `Report ${referenceOf('report', reportId)}`;
  if (state !== 'there') return row('Made from', `${report}, which was ${state}`);
  return {
    ...row('Made from', report),
    actions: { items: [{ href: reportPaths.police.report(reportId), text: 'Open', visuallyHiddenText: report }] },
  };
}

const shownFields: ShownFields = {
  text: textField('intelligence'),
  conditions: textField('handling conditions'),
  source_evaluation: textField('source'),
  assessment: textField('information'),
  handling: textField('handling'),
  happened_from: textField('first day'),
  happened_to: textField('last day'),
  system_reference: textField('reference in your own system'),
  review_on: textField('review'),
};

export function itemPage(shown: ShownItem): CasePage {
  const { item, names, versions, corrects, today } = shown;
  const due = isDueForReview(item, today);
  const secondary = (href: string, words: string): PageAction => ({ href, text: words, secondary: true });
  return {
    title: itemTitle(item.id),
    caption: gradeOf(item),
    back: { href: intelligencePaths.list(), text: listTitle },
    actions: [
      ...(corrects && due ? [{ href: intelligencePaths.review(item.id), text: 'Review it' }] : []),
      { href: intelligencePaths.export(item.id), text: 'Make a 3x5x2 form', secondary: due },
      ...(corrects
        ? [
            ...(shown.isShareable ? [secondary(intelligencePaths.share(item.id), 'Share with another agency')] : []),
            secondary(intelligencePaths.correction(item.id), 'Correct it'),
            secondary(intelligencePaths.systemReference(item.id), 'Enter the reference of your own system'),
            secondary(intelligencePaths.disposal(item.id), 'Dispose of it'),
          ]
        : []),
    ],
    sections: [
      ...(item.conditions
        ? [
            {
              kind: 'states' as const,
              title: 'Handling conditions',
              items: [{ kind: 'withheld' as const, text: item.conditions }],
            },
          ]
        : []),
      {
        kind: 'summary',
        rows: [
          { key: text('Intelligence'), value: withLineBreaks(item.text) },
          row('When it happened', formatDays(item)),
          ...gradeRows(item),
          sourceRow(shown),
          row('Reference in your own system', item.systemReference ?? 'Not entered yet'),
          row('Recorded', `${formatMoment(item.recordedAt)} by ${getMemberName(names, item.recordedBy)}`),
          row('Review', due ? `Due since ${longDay(item.reviewOn)}` : longDay(item.reviewOn)),
        ],
      },
      ...shown.named,
      ...shown.shares,
      ...versionsSection(versions, names, shownFields),
    ],
  };
}
