/** The page of one return: figures in groups with their parts as bars, changes, and checks. */

import type {
  Bars,
  CasePage,
  PageAction,
  Section,
  StateItem,
  SummaryRow,
  TableSection,
} from '../platform/rendering/pages.ts';
import { addDays, dayRange, longDay } from '../vocabulary/calendar/days.ts';
import { formatDateTime } from '../vocabulary/calendar/moments.ts';
import { dayOf } from '../vocabulary/calendar/wall-clock.ts';
import {
  type Breakdown,
  breakdownsOf,
  type Cell,
  type Figure,
  type Indicator,
  indicators,
  isNilReturn,
  isSafeguarding,
} from '../vocabulary/figures.ts';
import { capital } from '../vocabulary/languages/english.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { isDueAgain, nameChangedRecords } from './changed-records.ts';
import { checksSection, failedCheckLines } from './checks-table.ts';
import type { Check } from './counting/checks.ts';
import { formatCellName } from './counting/counting.ts';
import { figureGroups } from './counting/figure-groups.ts';
import { describeProtection, isNotShown } from './counting/protection-notices.ts';
import { getCount } from './counting/qualify.ts';
import { mayDiscard } from './discard-routes.ts';
import { formatBreakdown, formatPart, formatQuantity, formatQuantityText } from './figure-words.ts';
import { type Difference, listChecks, listFailedChecks, type Return, type Workings } from './return.ts';
import { secondSignatureNotices } from './second-signature/notices.ts';
import { type FirstSignature, isWaiting } from './second-signature/second-signature.ts';

const stageTags = { provisional: 'yellow', revised: 'blue', final: 'green' } as const;
export const versionsTable = (versions: readonly Return[], here?: string): TableSection => ({
  kind: 'table',
  caption: 'Versions',
  columns: ['Version', 'Stage', 'Counted', 'Signed'].map((text) => ({ text })),
  rows: versions.map(({ id, version, stage, madeAt, signature }) => [
    id === here ? { text: `${version}, this one` } : { text: String(version), href: returnPaths.return(id) },
    { text: stage, tag: stageTags[stage] },
    { text: formatDateTime(madeAt) },
    { text: signature ? formatDateTime(signature.signedAt) : 'not signed' },
  ]),
  empty: 'Nobody has counted the results of this operation yet.',
});

/** Said wherever a count is made or read before the operation is over. Nothing afterwards. */
export const describeNotOver = (
  { what, stage }: { readonly what: 'This count' | 'A count today'; readonly stage: Return['stage'] },
  { lastDay, today }: { readonly lastDay: string; readonly today: string },
  may: { readonly count: boolean },
): string[] =>
  today > lastDay || stage === 'final'
    ? []
    : [
        `The operation ends on ${longDay(lastDay)}. ${what} is ${stage === 'provisional' ? 'provisional' : 'not final'}.`,
        may.count
          ? `Count again from ${longDay(addDays(lastDay, 1))}. Then you can sign the return as final.`
          : 'Another version can follow when the operation is over.',
      ];

export type ReturnPageData = {
  readonly drawn: Return;
  /** Null for who may not see behind a return. */
  readonly workings: Workings | null;
  readonly versions: readonly Return[];
  readonly before: Return | undefined;
  readonly changes: readonly Difference[];
  /** Kinds of record that changed after the count. */
  readonly changedKinds: readonly string[];
  /** The operation's last day, and today. */
  readonly lastDay: string;
  readonly today: string;
  readonly names: ReadonlyMap<string, string>;
  /** Null where none is signed yet. */
  readonly certificate: string | null;
  /** The newest signature for a final return, and who leads the operation. */
  readonly first: FirstSignature | undefined;
  readonly leadAgency: string;
  readonly may: { readonly count: boolean; readonly sign: boolean; readonly countersign: boolean };
};

export function returnPage({
  drawn,
  workings,
  versions,
  before,
  changes,
  changedKinds,
  lastDay,
  today,
  names,
  certificate,
  first,
  leadAgency,
  may,
}: ReturnPageData): CasePage {
  const { facts, signature } = drawn;
  const stopped = workings && !signature ? listFailedChecks(workings, 'signing') : [];
  const checks = workings ? listChecks(workings) : [];
  const checked = workings ? [checksSection(checks, drawn.id)] : [];
  const anyFails = checks.some(({ holds }) => !holds);
  const ahead = describeNotOver({ what: 'This count', stage: drawn.stage }, { lastDay, today }, may).join(' ');
  const notOver: StateItem[] = ahead ? [{ kind: 'waiting', title: 'The operation is not over', text: ahead }] : [];
  return {
    back: { href: returnPaths.operation(drawn.operationId), text: `Returns of ${facts.codeName}` },
    caption: `${facts.codeName}, ${facts.area}`,
    title: `Return ${drawn.version}, ${isWaiting(first) ? 'waits for a second signature' : drawn.stage}`,
    lead: [
      `${facts.weekName}, ${dayRange(...facts.localDates)}. Numbers are exact unless a word next to them says otherwise.`,
      ...(signature ? [] : failedCheckLines(checks)),
    ],
    actions: listActions(drawn, may, {
      ready: stopped.length === 0,
      latest: versions[0]?.id === drawn.id,
      first,
    }),
    sections: [
      {
        kind: 'states',
        title: 'Where it stands',
        items: [
          ...notOver,
          ...(signature ? [] : secondSignatureNotices(first, { leadAgency, names })),
          ...(may.count && signature && versions[0]?.id === drawn.id ? sendNotices(drawn, versions) : []),
          ...stateNotices(drawn, { changedKinds, lastDay, today, stopped, versions, waiting: isWaiting(first) }),
        ],
      },
      {
        kind: 'summary',
        rows: [
          row('Counted', `${formatDateTime(drawn.madeAt)}, by ${names.get(drawn.madeBy) ?? 'a member'}`),
          row('Definitions used', drawn.definitions, {
            href: returnPaths.definitions(drawn.definitions),
            text: 'Read',
            visuallyHiddenText: 'the definitions',
          }),
          ...(signature
            ? [
                row(
                  'Signed',
                  `${formatDateTime(signature.signedAt)}, by ${names.get(signature.signedBy) ?? 'a member'}`,
                ),
                ...(signature.countersignedBy && signature.countersignedAt
                  ? [
                      row(
                        'Countersigned',
                        `${formatDateTime(signature.countersignedAt)}, by ${names.get(signature.countersignedBy) ?? 'a member'}`,
                      ),
                    ]
                  : []),
                // Who does not see all that was signed could try what is left out against it.
                ...(workings ? [row('Digest of the signed return', signature.digest)] : []),
                ...(drawn.protection.length > 0
                  ? [row('Certificate of protected figures', describeCertificate(certificate))]
                  : []),
              ]
            : []),
          ...(drawn.note ? [row('Why this version', drawn.note)] : []),
        ],
      },
      ...(anyFails ? checked : []),
      ...describeFigures(drawn, workings),
      ...(before ? [differencesTable(changes, before)] : []),
      ...(anyFails ? [] : checked),
      versionsTable(versions, drawn.id),
      ...(signature ? [takeAlong(drawn.id)] : []),
    ],
  };
}

/** Export the return as data to check it. */
const describeCertificate = (text: string | null): string =>
  text
    ? 'The auditor found nothing by which a reader could tell a person. This Safelight signed that. The certificate comes with the export as data'
    : 'Safelight signs the certificate within a minute. Open this page again then';

const takeAlong = (id: string): Section => ({
  kind: 'list',
  title: 'Export this return',
  items: [
    {
      href: returnPaths.export(id),
      text: 'As a workbook (XLSX), a table (CSV), data (JSON), or a signed document for a coordinator',
    },
  ],
});

export const row = (
  key: string,
  value: string,
  action?: { href: string; text: string; visuallyHiddenText: string },
): SummaryRow => ({
  key: { text: key },
  value: { text: value },
  ...(action && { actions: { items: [action] } }),
});

function listActions(
  drawn: Return,
  may: ReturnPageData['may'],
  {
    ready,
    latest,
    first,
  }: { readonly ready: boolean; readonly latest: boolean; readonly first: FirstSignature | undefined },
): PageAction[] {
  const waiting = isWaiting(first);
  const count = returnPaths.count(drawn.operationId);
  if (drawn.signature)
    return may.count && latest ? [{ text: 'Count a new version', href: count, secondary: true }] : [];
  return [
    ...(waiting && may.countersign ? [{ text: 'Countersign', href: returnPaths.countersign(drawn.id) }] : []),
    ...(may.sign && ready && !waiting ? [{ text: 'Sign this return', href: returnPaths.sign(drawn.id) }] : []),
    ...(may.count ? [{ text: 'Count again', post: count, secondary: true }] : []),
    ...(may.count && mayDiscard(drawn, first)
      ? [{ text: 'Discard this version', href: returnPaths.discard(drawn.id), secondary: true }]
      : []),
  ];
}

/** A coordinator gets a return from the analyst alone: said on the final one, and on each version after it. */
function sendNotices({ stage, version }: Return, versions: readonly Return[]): StateItem[] {
  const earlier = versions.find((one) => one.version < version && one.signature && one.stage === 'final');
  if (stage !== 'final' && !earlier) return [];
  return [
    {
      kind: 'waiting',
      title: earlier ? 'Send this version to the coordinator' : 'Send this return to the coordinator',
      text: `${
        earlier ? `A coordinator who has version ${earlier.version} does not get this one by itself. ` : ''
      }If a coordinator asked for this return: under “Export this return” make the signed document, then send that file. Safelight does not know whether you sent it.`,
    },
  ];
}

function stateNotices(
  { signature, version, figures, stage, madeAt }: Return,
  {
    changedKinds,
    lastDay,
    today,
    stopped,
    versions,
    waiting,
  }: Pick<ReturnPageData, 'changedKinds' | 'versions' | 'lastDay' | 'today'> & {
    readonly stopped: readonly Check[];
    /** For its second signature, which has a notice of its own. */
    readonly waiting: boolean;
  },
): StateItem[] {
  const states: StateItem[] = [];
  if (!signature && !waiting)
    states.push({
      kind: 'waiting',
      title: 'Not signed',
      text: 'These figures are a draft. Neither press nor coordinators can see them.',
    });
  const [later] = versions;
  if (later && later.version > version)
    states.push({
      kind: 'unwise',
      title: 'There is a later version',
      text: `Version ${later.version} has taken this one’s place.`,
    });
  if (isNilReturn(figures))
    states.push({
      kind: 'good',
      title: 'Nil return',
      text: 'Every result that may be given exactly is 0. Figures of people helped and of potential victims are below 5, which can mean nobody.',
    });
  if (changedKinds.length > 0)
    states.push({
      kind: 'unwise',
      title: 'Records were changed after this was counted',
      text: `${capital(nameChangedRecords(changedKinds))} changed. ${
        signature
          ? 'What was signed stays as it is. Count a new version: it is a revised return, and says what changed and why.'
          : 'Count again to include the change.'
      }`,
    });
  const isLatest = !later || later.version === version;
  if (signature && isLatest && isDueAgain(stage, { countedOn: dayOf(madeAt), lastDay, today }))
    states.push({
      kind: 'waiting',
      title: 'Referrals and notes may have come since',
      text: 'Count a new version to include them. Safelight does not say whether one came, because that would tell that somebody was helped.',
    });
  if (stopped.length > 0)
    states.push({
      kind: 'unlawful',
      title: 'This return cannot be signed yet',
      text: `${capital(stopped.length === 1 ? 'one check fails' : `${stopped.length} checks fail`)}: ${stopped.map(({ says }) => says).join('; ')}.`,
    });
  return states;
}

type ShownReturn = Pick<Return, 'id' | 'figures' | 'protection'>;

/** The total of a figure, or that it is not shown. */
export const formatFigure = (drawn: Pick<ShownReturn, 'figures' | 'protection'>, indicator: Indicator) =>
  isNotShown(drawn, indicator) ? { value: 'not shown' } : formatQuantity(drawn.figures[indicator]?.total);

/** Every figure that was counted, with its parts, in the order of the groups. An earlier edition counted fewer. */
export const describeFigures = (drawn: ShownReturn, workings: Workings | null): Section[] =>
  figureGroups.flatMap(([title, lead, of]) => {
    const counted = of.filter((indicator) => drawn.figures[indicator] || isNotShown(drawn, indicator));
    return counted.length > 0 ? groupSections(title, lead, counted, drawn, workings) : [];
  });

const groupSections = (
  title: string,
  lead: string,
  of: readonly Indicator[],
  drawn: ShownReturn,
  workings: Workings | null,
): Section[] => [
  {
    kind: 'figures',
    title,
    lead: [lead, ...describeProtection(drawn, of)],
    items: of.map((indicator) => ({
      label: capital(indicators[indicator]),
      ...formatFigure(drawn, indicator),
      note: workings?.qualifications[indicator]
        ? `The records say ${formatQuantityText(workings.counted[indicator]?.total)}.`
        : undefined,
      href: returnPaths.figure(drawn.id, indicator),
      more: workings && !isSafeguarding(indicator) ? 'Definition and records' : 'Definition',
    })),
  },
  {
    kind: 'bars',
    items: of.flatMap((indicator) =>
      createBreakdownBars(
        drawn.figures[indicator],
        (cell) => `${returnPaths.figure(drawn.id, indicator)}?cell=${encodeURIComponent(cell)}`,
      ),
    ),
  },
];

/** Every breakdown with parts, in display order. */
export const createBreakdownBars = (figure: Figure | undefined, href: (cell: string) => string): Bars[] =>
  (figure ? (breakdownsOf[figure.indicator] ?? []) : []).flatMap((breakdown: Breakdown) => {
    const cells = figure?.breakdowns[breakdown] ?? [];
    return figure && cells.length > 0 ? [createBars(figure.indicator, breakdown, cells, href)] : [];
  });

/** The largest part first; each opens to the records behind it. */
function createBars(
  indicator: Indicator,
  breakdown: Breakdown,
  cells: readonly Cell[],
  href: (cell: string) => string,
): Bars {
  const longest = Math.max(1, ...cells.map(({ quantity }) => getCount(quantity)));
  return {
    caption: `${capital(indicators[indicator])}, ${formatBreakdown(breakdown)}`,
    of: capital(formatBreakdown(breakdown).slice(3)),
    rows: [...cells]
      .sort((a, b) => getCount(b.quantity) - getCount(a.quantity))
      .map(({ of, quantity }) => ({
        label: capital(formatPart(breakdown, of)),
        value: formatQuantityText(quantity),
        share: Math.round((getCount(quantity) / longest) * 100),
        href: href(formatCellName(breakdown, of)),
      })),
  };
}

export const differencesTable = (changes: readonly Difference[], before: Return): TableSection => ({
  kind: 'table',
  caption: `What changed against version ${before.version}`,
  columns: [
    { text: 'Figure' },
    { text: `Version ${before.version}`, numeric: true },
    { text: 'This version', numeric: true },
  ],
  rows: changes.map(({ indicator, breakdown, of, before: was, after }) => [
    { text: capital(indicators[indicator]) + (breakdown ? `: ${formatPart(breakdown, of)}` : '') },
    { text: formatQuantityText(was) },
    { text: formatQuantityText(after) },
  ]),
  empty: `Every figure is as it was in version ${before.version}.`,
});
