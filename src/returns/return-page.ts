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
import {
  type Breakdown,
  breakdowns,
  breakdownsOf,
  type Cell,
  type Dimension,
  type Figure,
  type Indicator,
  indicators,
  isFewerThanFive,
  isSafeguarding,
  type Quantity,
} from '../vocabulary/figures.ts';
import { capital, listOf } from '../vocabulary/languages/english.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { checksSection, failedCheckLines } from './checks-table.ts';
import type { Check } from './counting/checks.ts';
import { formatCellName } from './counting/counting.ts';
import { getCount } from './counting/qualify.ts';
import { type Difference, listChecks, listFailedChecks, type Return, type Workings } from './return.ts';
import { secondSignatureNotices } from './second-signature/notices.ts';
import { type FirstSignature, isWaiting } from './second-signature/second-signature.ts';

/** Groups of figures in the order of the work; together they hold every indicator once. */
export const figureGroups: readonly (readonly [title: string, lead: string, of: readonly Indicator[]])[] = [
  [
    'Effort',
    'These figures show planned and finished work.',
    ['premises.planned', 'premises.visited', 'visits.made', 'people.deployed', 'warrants.executed'],
  ],
  [
    'At the door',
    'These figures show people encountered and indicators of control. An indicator does not prove or rule out exploitation.',
    ['people.spokenTo', 'people.interpreted', 'visits.withSigns', 'visits.withoutSigns'],
  ],
  ['Enforcement', 'Arrests and seizures.', ['arrests.made', 'arrests.premises', 'seizures.made']],
  [
    'Referrals by officers',
    'Police and immigration officers sent these as first responders. Referrals by support agencies are not included.',
    ['nrm.sent', 'nrm.referred', 'nrm.notified'],
  ],
  [
    'People helped',
    'These totals come from the safeguarding database. Counts from 1 to 4 are shown as “fewer than 5”. Counts of 5 or more are rounded down to a multiple of 5. This keeps people from being recognised.',
    ['people.advised', 'needs.recorded', 'referrals.made', 'referrals.accepted'],
  ],
  [
    'Work without a result',
    'Read the other figures together with these. Without these figures, the other figures seem to show more than they do.',
    ['visits.nobodyFound', 'visits.refused', 'visits.calledOff', 'people.declinedPolice', 'referrals.declined'],
  ],
  [
    'Harms',
    'These figures show possible harm to people who may be victims. Seized money is listed under seizures, as cash.',
    ['arrests.screened', 'arrests.notScreened', 'arrests.concern', 'damage.done'],
  ],
];

const dimensionNames: Record<Dimension, string> = {
  town: 'town',
  sex: 'sex',
  age: 'age',
  residence: 'home town',
  kind: 'kind',
  matter: 'matter',
  status: 'what followed',
  power: 'power of entry',
  business: 'kind of business',
  outcome: 'outcome',
  advice: 'kind of advice',
  need: 'kind of need',
  partner: 'partner',
  organisation: 'organisation',
};

export const formatBreakdown = (breakdown: Breakdown): string =>
  `by ${listOf(breakdowns[breakdown].map((one) => dimensionNames[one]))}`;
export const formatPart = (breakdown: Breakdown, of: Cell['of']): string =>
  breakdowns[breakdown].map((dimension: Dimension) => of[dimension] ?? 'not known').join(', ');

/** A quantity as large text, with its qualifier. */
export function formatQuantity(quantity: Quantity | undefined): {
  readonly value: string;
  readonly qualifier?: string;
} {
  if (!quantity || quantity.kind === 'not known') return { value: 'not known' };
  if (isFewerThanFive(quantity)) return { value: quantity.words };
  if (quantity.kind === 'words') return { value: quantity.words, qualifier: 'in words alone' };
  const value = quantity.value.toLocaleString('en-GB');
  return quantity.qualifier === 'exact' ? { value } : { value, qualifier: quantity.qualifier };
}

/** The same in a cell of a table: "at least 8". */
export function formatQuantityText(quantity: Quantity | undefined): string {
  if (!quantity) return 'not given';
  const { value, qualifier } = formatQuantity(quantity);
  return qualifier && quantity.kind === 'number' ? `${qualifier} ${value}` : value;
}

/** "18 September 2026, 12:00" */

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
  readonly changedAt: Date | null;
  /** The operation's last day, and today. */
  readonly lastDay: string;
  readonly today: string;
  readonly names: ReadonlyMap<string, string>;
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
  changedAt,
  lastDay,
  today,
  names,
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
      waiting: isWaiting(first),
    }),
    sections: [
      {
        kind: 'states',
        title: 'Where it stands',
        items: [
          ...notOver,
          ...(signature ? [] : secondSignatureNotices(first, { leadAgency, names })),
          ...stateNotices(drawn, { changedAt, stopped, versions, waiting: isWaiting(first) }),
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
                row('Digest of the signed return', signature.digest),
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

const takeAlong = (id: string): Section => ({
  kind: 'list',
  title: 'Export this return',
  items: [{ href: returnPaths.export(id), text: 'As a table (CSV), or as data (JSON)' }],
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
  { ready, latest, waiting }: { readonly ready: boolean; readonly latest: boolean; readonly waiting: boolean },
): PageAction[] {
  const count = returnPaths.count(drawn.operationId);
  if (drawn.signature)
    return may.count && latest ? [{ text: 'Count a new version', href: count, secondary: true }] : [];
  return [
    ...(waiting && may.countersign ? [{ text: 'Countersign', href: returnPaths.countersign(drawn.id) }] : []),
    ...(may.sign && ready && !waiting ? [{ text: 'Sign this return', href: returnPaths.sign(drawn.id) }] : []),
    ...(may.count ? [{ text: 'Count again', post: count, secondary: true }] : []),
  ];
}

function stateNotices(
  { signature, version }: Return,
  {
    changedAt,
    stopped,
    versions,
    waiting,
  }: Pick<ReturnPageData, 'changedAt' | 'versions'> & {
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
  if (changedAt)
    states.push({
      kind: 'unwise',
      title: 'Records were changed after this was counted',
      text: signature ? 'What was signed stays as it is. Count a new version.' : 'Count again to include the change.',
    });
  if (stopped.length > 0)
    states.push({
      kind: 'unlawful',
      title: 'This return cannot be signed yet',
      text: `${capital(stopped.length === 1 ? 'one check fails' : `${stopped.length} checks fail`)}: ${stopped.map(({ says }) => says).join('; ')}.`,
    });
  return states;
}

/** Every figure with its parts, in the order of the groups. */
export const describeFigures = (drawn: Pick<Return, 'id' | 'figures'>, workings: Workings | null): Section[] =>
  figureGroups.flatMap(([title, lead, of]) => groupSections(title, lead, of, drawn, workings));

const groupSections = (
  title: string,
  lead: string,
  of: readonly Indicator[],
  { id, figures }: Pick<Return, 'id' | 'figures'>,
  workings: Workings | null,
): Section[] => [
  {
    kind: 'figures',
    title,
    lead: [lead],
    items: of.map((indicator) => ({
      label: capital(indicators[indicator]),
      ...formatQuantity(figures[indicator]?.total),
      note: workings?.qualifications[indicator]
        ? `The records say ${formatQuantityText(workings.counted[indicator]?.total)}.`
        : undefined,
      href: returnPaths.figure(id, indicator),
      more: workings && !isSafeguarding(indicator) ? 'Definition and records' : 'Definition',
    })),
  },
  {
    kind: 'bars',
    items: of.flatMap((indicator) =>
      createBreakdownBars(
        figures[indicator],
        (cell) => `${returnPaths.figure(id, indicator)}?cell=${encodeURIComponent(cell)}`,
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
