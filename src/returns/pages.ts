/** What the pages around a return show (lists, versions, counting, signing), how a refusal is worded, and the table that is taken along. */

import type { OperationInWeek } from '../operations/plan/index.ts';
import type { FormErrors } from '../platform/http/server.ts';
import type { CasePage, FormPage, ListPage } from '../platform/rendering/pages.ts';
import type { Pages } from '../platform/rendering/paging.ts';
import { addDays, dayRange, longDay } from '../vocabulary/calendar/days.ts';
import { formatDateTime } from '../vocabulary/calendar/moments.ts';
import {
  type Breakdown,
  breakdowns,
  breakdownsOf,
  type Figure,
  type Indicator,
  indicators,
  type Quantity,
} from '../vocabulary/figures.ts';
import { capital, countWord, listOf, plural } from '../vocabulary/languages/english.ts';
import { exchangePaths, taskingPaths } from '../vocabulary/paths/exchange.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { offerReason } from './changed-records.ts';
import { failedCheckLines } from './checks-table.ts';
import { sortFigureNames } from './counting/figure-groups.ts';
import { formatPart, formatQuantityText } from './figure-words.ts';
import { publishedNumbersLink } from './published-numbers/pages.ts';
import {
  calculateDigest,
  getOpenStage,
  listChecks,
  listFailedChecks,
  type Return,
  type SignRefusal,
  type Workings,
} from './return.ts';
import { describeNotOver, versionsTable } from './return-page.ts';
import type { CertifiedReturn } from './signed-return-store.ts';
import type { LatestReturn } from './store.ts';

const formatState = ({
  signedAt,
  changedAt,
}: Pick<LatestReturn, 'signedAt' | 'changedAt'>): { text: string; tag: string } => {
  if (changedAt) return { text: 'records changed since', tag: 'orange' };
  return signedAt ? { text: 'signed', tag: 'green' } : { text: 'to be signed', tag: 'yellow' };
};

/** For analysts and commanders: every operation with the state of its return. */
export const returnsPage = (
  operations: readonly OperationInWeek[],
  latest: readonly LatestReturn[],
  pages: Pages,
  mayReadLedger: boolean,
): ListPage => ({
  title: 'Returns',
  lead: [
    'A return reports the results of an operation, counted from its records. You cannot change a signed return. To correct a signed return, make a new version.',
  ],
  links: [
    { href: returnPaths.weeks(), text: 'Compare weeks' },
    { href: taskingPaths.list(), text: 'Taskings from a coordinator' },
    { href: exchangePaths.ownKey(), text: 'Your own key, for a coordinator' },
    ...(mayReadLedger ? [publishedNumbersLink] : []),
  ],
  list: {
    kind: 'table',
    caption: 'Operations',
    columns: ['Operation', 'State', 'Latest return', 'Dates', 'Week'].map((text) => ({ text })),
    rows: operations.map(({ id, codeName, weekName, startsOn, endsOn }) => {
      const made = latest.find(({ operationId }) => operationId === id);
      return [
        { text: codeName, href: returnPaths.operation(id) },
        made ? formatState(made) : { text: 'not counted', tag: 'grey' },
        made
          ? {
              text: `version ${made.version}, ${made.stage}`,
              href: returnPaths.return(made.id),
              hidden: `of ${codeName}`,
            }
          : { text: 'none yet' },
        { text: dayRange(startsOn, endsOn) },
        { text: weekName },
      ];
    }),
    empty: 'Your agency takes part in no operation yet. When it does, its figures are counted here.',
    pages,
  },
});

/** For coordinators: the signed returns of the partnerships that they coordinate. */
export const signedListPage = (returns: readonly Return[], pages: Pages, mayTakeReturns: boolean): ListPage => ({
  title: 'Signed returns',
  lead: [
    'These figures are from returns that partnerships have signed. The partnerships keep the records that these figures come from.',
  ],
  ...(mayTakeReturns && {
    links: [{ href: exchangePaths.weeks(), text: 'Returns from partnerships that use another Safelight' }],
  }),
  list: {
    kind: 'table',
    caption: 'Returns',
    columns: ['Operation', 'Led by', 'Version', 'Signed'].map((text) => ({ text })),
    rows: returns.map(({ id, facts, version, stage, signature }) => [
      { text: facts.codeName, href: returnPaths.return(id), hidden: `version ${version}` },
      { text: facts.leadAgency },
      { text: `${version}, ${stage}` },
      { text: signature ? formatDateTime(signature.signedAt) : '' },
    ]),
    empty:
      'There is no signed return that you can see. A return is listed here when your agency takes part in its operation. Ask the agency that leads the operation to add yours as a partner. Returns of another Safelight come to “Returns from partnerships”.',
    pages,
  },
});

/** One operation: its versions, and counting it. */
export function operationPage(
  operation: Pick<OperationInWeek, 'id' | 'codeName' | 'weekName' | 'startsOn' | 'endsOn' | 'area'>,
  versions: readonly Return[],
  {
    mayCount,
    today,
    running,
  }: {
    readonly mayCount: boolean;
    readonly today: string;
    /** A count that goes on, for who may count. */
    readonly running?: string | undefined;
  },
): CasePage {
  const count = returnPaths.count(operation.id);
  const [latest] = versions;
  const text = latest ? (latest.signature ? 'Count a new version' : 'Count again') : 'Count now';
  return {
    back: { href: returnPaths.list(), text: 'All returns' },
    caption: `${operation.weekName}, ${operation.area}`,
    title: `Returns of ${operation.codeName}`,
    lead: [
      `${dayRange(operation.startsOn, operation.endsOn)}.`,
      ...(mayCount ? describeEarlyCount(operation, latest, today) : []),
    ],
    actions: mayCount
      ? [latest?.signature ? { text, href: count } : { text, post: count, secondary: Boolean(latest) }]
      : [],
    sections: [
      ...(running
        ? [
            {
              kind: 'states' as const,
              items: [{ kind: 'waiting' as const, text: 'The figures of this operation are being counted.' }],
              links: [{ href: returnPaths.counting(running), text: 'Wait for the count' }],
            },
          ]
        : []),
      versionsTable(versions),
    ],
  };
}

/** What a count made today would be, where the operation is not over. */
const describeEarlyCount = (
  { endsOn }: Pick<OperationInWeek, 'endsOn'>,
  latest: Return | undefined,
  today: string,
): string[] => {
  const version = latest ? latest.version + (latest.signature ? 1 : 0) : 1;
  return describeNotOver(
    { what: 'A count today', stage: getOpenStage(version) },
    { lastDay: endsOn, today },
    { count: true },
  );
};

export function countPage(
  operation: Pick<OperationInWeek, 'id' | 'codeName' | 'endsOn'>,
  latest: Return | undefined,
  today: string,
  {
    changedKinds = [],
    note,
  }: {
    readonly changedKinds?: readonly string[];
    /** As it was typed for an earlier count that came to nothing. */
    readonly note?: string | null | undefined;
  } = {},
): FormPage {
  const signed = latest?.signature ? latest : undefined;
  return {
    title: signed ? 'Count a new version' : latest ? 'Count again' : 'Count for the first time',
    caption: operation.codeName,
    lead: [
      signed
        ? 'The signed version stays as it is. The new version counts the records again and shows the differences.'
        : latest
          ? `Nobody has signed version ${latest.version} yet: the fresh count takes its place.`
          : 'The figures are counted from the records as they are now. Nothing is signed by this.',
      ...describeEarlyCount(operation, latest, today),
      'Most counts take a second. A large one takes longer: the next page waits for it, and you can leave that page.',
    ],
    action: returnPaths.count(operation.id),
    cancel: returnPaths.operation(operation.id),
    button: 'Count now',
    waiting: 'The figures are being counted and protected. There is nothing more to press.',
    fields: (ask) => [
      ask.words(
        'note',
        signed?.stage === 'final' ? 'Why are you reopening the final return?' : 'Why a new version is made (optional)',
        {
          hint: 'Everybody who reads the return can see this reason.',
          most: 500,
          rows: 3,
          // A final return is opened again for a reason of the analyst's own.
          value: note ?? (signed && signed.stage !== 'final' ? (offerReason(signed.version, changedKinds) ?? '') : ''),
        },
      ),
    ],
  };
}

export function signPage(
  operationReturn: Return,
  workings: Workings,
  {
    changedAt,
    lastDay,
    today,
    leadAgency,
    afterFinal,
  }: {
    readonly changedAt: Date | null;
    readonly lastDay: string;
    readonly today: string;
    readonly leadAgency: string;
    /** An earlier version is final. */
    readonly afterFinal: boolean;
  },
): FormPage {
  const open = getOpenStage(operationReturn.version);
  const lacking = listFailedChecks(workings, 'final');
  const qualified = (Object.keys(workings.qualifications) as Indicator[]).map(
    (indicator) => `${indicators[indicator]} (${formatQuantityText(operationReturn.figures[indicator]?.total)})`,
  );
  return {
    title: `Sign return ${operationReturn.version}`,
    caption: `${operationReturn.facts.codeName}, counted ${formatDateTime(operationReturn.madeAt)}`,
    lead: [
      'You confirm that these figures match the records, counted by the definitions on the page. After that, nobody can change them. Press officers and coordinators of this operation can see them. Coordinators do not see the sex, age and town of a person.',
      qualified.length === 0
        ? 'Figures from the safeguarding database are rounded. Every other figure is exact.'
        : `${capital(countWord(qualified.length))} ${plural(qualified.length, 'figure is', 'figures are')} said otherwise than exactly: ${listOf(qualified)}. Figures from the safeguarding database are rounded.`,
      ...failedCheckLines(listChecks(workings)),
      ...(today <= operationReturn.facts.localDates[1]
        ? [
            `Press officers can draft a release from what you sign today, but nobody can publish that release. Sign a return for publication from ${longDay(addDays(operationReturn.facts.localDates[1], 1))}.`,
          ]
        : []),
    ],
    warning: changedAt
      ? 'Records were changed after this was counted. Count again to include that, or sign what was known then.'
      : undefined,
    action: returnPaths.sign(operationReturn.id),
    cancel: returnPaths.return(operationReturn.id),
    button: 'Sign',
    fields: (ask) => [
      ask.hidden('seen', calculateDigest(operationReturn)),
      ask.one('stage', 'May more come?', [
        {
          value: 'open',
          text: `Yes. Sign it as ${open}: a later version may follow`,
          ...(afterFinal && {
            hint: {
              text: `An earlier version is final. Another analyst or a commander of ${leadAgency} must then countersign this one.`,
            },
          }),
        },
        {
          value: 'final',
          text: 'No. Sign it as final',
          hint: {
            text:
              today <= lastDay
                ? `Not yet. ${Object.values(getNotOverErrors(lastDay)).join(' ')}.`
                : lacking.length === 0
                  ? `Every visit is finished or called off, and of every arrest it is known whether the person was screened. Another analyst or a commander of ${leadAgency} must then countersign.`
                  : `Not yet: ${lacking.map(({ found }) => found).join(' ')}`,
          },
        },
      ]),
    ],
  };
}

/** Shown if the return cannot be signed. */
export const unsignablePage = (operationReturn: Return, why: keyof typeof signErrors): CasePage => ({
  back: { href: returnPaths.return(operationReturn.id), text: `Return ${operationReturn.version}` },
  caption: operationReturn.facts.codeName,
  title: 'This return cannot be signed',
  sections: [
    {
      kind: 'states',
      items: Object.values(signErrors[why]).map((text) => ({ kind: 'unlawful', text: `${text}.` })),
      links: [
        { href: returnPaths.checks(operationReturn.id), text: 'The checks of this return' },
        { href: returnPaths.return(operationReturn.id), text: 'Back to the return' },
      ],
    },
  ],
});

/** Says from which day a return can be final. */
export const getNotOverErrors = (lastDay: string): FormErrors => ({
  stage: `The operation’s last day is ${longDay(lastDay)}. You can sign a final return from ${longDay(addDays(lastDay, 1))}`,
});

/** Error messages for a person who tries to sign. */
export const signErrors: Record<Exclude<SignRefusal, 'operation not over'>, FormErrors> = {
  'already signed': { '': 'Somebody has signed this return already' },
  'waits for a second': {
    '': 'This return is signed and waits for a second signature. To change it, count again',
  },
  'changed since you looked': {
    '': 'The figures have changed since you opened this page. Look at them again, then sign',
  },
  'checks fail': { '': 'A check fails, so this return cannot be signed. The checks are listed with the return' },
  'not all done': { stage: 'This return cannot be final yet: something is still open' },
  'glass not reviewed': {
    stage:
      'Emergency access to this operation is not reviewed yet. Ask the commander or data-protection lead of the agency that leads to review it. Then the return can be final',
  },
  'recount first': {
    stage: 'Records were changed after this was counted. Count again before you sign it as final',
  },
};

export const countErrors: Record<'reason missing', FormErrors> = {
  'reason missing': { note: 'Enter why you are reopening the final return' },
};

/** A return as a table on its own: whose it is, of which days, and how it is marked. */
const columns = [
  ...['marking', 'led by', 'week', 'first day', 'last day'],
  ...['operation', 'version', 'stage', 'signed at', 'definitions'],
];
const figureColumns = ['figure', 'what it counts', 'by', 'part', 'number', 'qualifier', 'words'];

/** In the order of the page; those of another edition last. */
const orderBreakdowns = (indicator: Indicator, parts: Figure['breakdowns']): Breakdown[] => [
  ...new Set([...(breakdownsOf[indicator] ?? []), ...(Object.keys(parts) as Breakdown[])]),
];

/** A row for each figure and each of its parts, in the order of the page. */
export function toReturnTable(
  signed: Pick<CertifiedReturn, 'facts' | 'version' | 'stage' | 'signedAt' | 'definitions' | 'figures'>,
  marking: string,
): (string | number)[][] {
  const { facts, version, stage, signedAt, definitions, figures } = signed;
  const around = [
    ...[marking, facts.leadAgency, facts.weekName, ...facts.localDates],
    ...[facts.codeName, version, stage, signedAt.toISOString(), definitions],
  ];
  const rowOf = (indicator: Indicator, by: string, part: string, quantity: Quantity) => [
    ...[...around, indicator, indicators[indicator], by, part],
    quantity.kind === 'number' ? quantity.value : '',
    quantity.kind === 'number' ? quantity.qualifier : quantity.kind,
    quantity.kind === 'words' ? quantity.words : '',
  ];
  const rows = sortFigureNames(Object.keys(figures) as Indicator[]).flatMap((name) => {
    const figure = figures[name];
    if (!figure) return [];
    const { indicator, total, breakdowns: parts } = figure;
    return [
      rowOf(indicator, '', '', total),
      ...orderBreakdowns(indicator, parts).flatMap((breakdown) =>
        (parts[breakdown] ?? []).map(({ of, quantity }) =>
          rowOf(indicator, breakdowns[breakdown].join(', '), formatPart(breakdown, of), quantity),
        ),
      ),
    ];
  });
  return [[...columns, ...figureColumns], ...rows];
}
