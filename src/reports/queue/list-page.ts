/** The queue of a line: what waits, by danger and deadline, how it came in, and what became of it. */
import type { Cell, ListPage, Tab } from '../../platform/rendering/pages.ts';
import { paginate, withQuery } from '../../platform/rendering/paging.ts';
import { formatHour, formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { policeReportPaths, reportPaths } from '../../vocabulary/paths/reports.ts';
import { numberOf, text } from '../page-parts.ts';
import {
  type IntakeLine,
  isOverdue,
  needsAction,
  type QueueShow,
  queueShows,
  type ReportId,
  type Way,
  ways,
} from '../report.ts';
import { type ListedReport, type QueueFilter, reportsPerPage } from '../store.ts';
import { describeState, intakeLabels, queueTitles } from './pages.ts';

export type ShownQueue = {
  readonly reports: readonly ListedReport[];
  readonly total: number;
  readonly waiting: number;
  readonly page: number;
  readonly filter: QueueFilter;
  /** Those that became intelligence. */
  readonly accepted: ReadonlySet<ReportId>;
  /** How many are about the same matter, the report itself among them. */
  readonly matters: ReadonlyMap<ReportId, number>;
};

type Permissions = {
  readonly sets: boolean;
  readonly takes: boolean;
  readonly logs: boolean;
  readonly keeps: boolean;
};

const showLabels: Readonly<Record<QueueShow, string>> = {
  waiting: 'Waiting',
  asked: 'Asked back',
  intelligence: 'Intelligence',
  referred: 'Referred to support',
  closed: 'Closed',
  'taken-back': 'Taken back',
};
const wayLabels: Readonly<Record<Way, string>> = {
  'public form': 'Public form',
  'by phone': 'Phone',
  partner: 'Partner form',
  'internal log': 'Internal log',
};
/** Support agencies make no intelligence, and no officer writes a log to them. */
const policeAlone: readonly (QueueShow | Way)[] = ['intelligence', 'referred', 'internal log'];

/** A link for each value of one filter; the other filter stays as it is. */
const linksOf = <Value extends QueueShow | Way>(
  line: IntakeLine,
  filter: QueueFilter,
  name: 'show' | 'way',
  values: readonly Value[],
  labels: Readonly<Record<Value, string>>,
): readonly Tab[] => [
  { href: withQuery(reportPaths[line].queue(), { ...filter, [name]: '' }), text: 'All', current: !filter[name] },
  ...values
    .filter((value) => line === 'police' || !policeAlone.includes(value))
    .map((value) => ({
      href: withQuery(reportPaths[line].queue(), { ...filter, [name]: value }),
      text: labels[value],
      current: filter[name] === value,
    })),
];

const describeTriage = ({ accepted, matters }: ShownQueue, { id }: ListedReport): string => {
  const same = matters.get(id) ?? 1;
  const said = [
    ...(accepted.has(id) ? ['intelligence recorded'] : []),
    ...(same > 1 ? [`${same} reports about the same`] : []),
  ];
  return said.length > 0 ? capital(said.join(', ')) : 'None';
};

function rowOf(line: IntakeLine, queue: ShownQueue, report: ListedReport, now: Date): readonly Cell[] {
  return [
    { text: numberOf(report.id), href: reportPaths[line].report(report.id) },
    report.danger ? { text: 'Danger', tag: 'red' } : text('No'),
    isOverdue(report, now)
      ? { text: `Late: ${formatMoment(report.dueAt)}`, tag: 'red' }
      : text(needsAction(report) ? formatMoment(report.dueAt) : 'nothing to do'),
    text(formatHour(report.receivedAt)),
    text(capital(intakeLabels[report.way])),
    { text: capital(describeState(report, report.writtenTo)), tag: needsAction(report) ? 'yellow' : 'grey' },
    ...(line === 'police' ? [text(describeTriage(queue, report))] : []),
    text(report.queue),
  ];
}

export function queuePage(line: IntakeLine, queue: ShownQueue, now: Date, may: Permissions): ListPage {
  const paths = reportPaths[line];
  const { filter } = queue;
  const columns = ['Report', 'Danger', 'Answer by', 'Came in', 'How', 'State'];
  return {
    title: queueTitles[line],
    lead: [
      queue.waiting === 0
        ? 'Nothing waits.'
        : `${capital(countWord(queue.waiting))} ${plural(queue.waiting, 'report is waiting', 'reports are waiting')} for your agency to read or answer.`,
      'When you open this page, Safelight shows on the public form that reports are being read.',
    ],
    actions: [
      ...(may.takes ? [{ href: paths.phone(), text: 'Take a report by phone' }] : []),
      ...(may.logs ? [{ href: policeReportPaths.internalLog(), text: 'Write an internal log', secondary: true }] : []),
      { href: paths.onCall(), text: 'Urgent page', secondary: true },
      ...(may.sets ? [{ href: paths.attendance(), text: 'Reading hours', secondary: true }] : []),
      ...(may.keeps ? [{ href: paths.retention(), text: 'Retention', secondary: true }] : []),
    ],
    filterLinks: [
      { label: 'State', links: linksOf(line, filter, 'show', queueShows, showLabels) },
      { label: 'How it came in', links: linksOf(line, filter, 'way', ways, wayLabels) },
    ],
    list: {
      kind: 'table',
      caption: queue.filter.show
        ? `Reports: ${showLabels[queue.filter.show].toLowerCase()}`
        : 'Reports, those of danger first',
      stack: true,
      columns: [...columns, ...(line === 'police' ? ['Triage'] : []), 'Queue'].map(text),
      rows: queue.reports.map((report) => rowOf(line, queue, report, now)),
      empty: filter.show || filter.way ? 'No report is like this.' : 'No reports yet. New reports appear here.',
      pages: paginate(queue.page, reportsPerPage, queue.total, (page) => withQuery(paths.queue(), { ...filter, page })),
    },
  };
}
