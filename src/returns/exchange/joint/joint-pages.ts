/** The page of a week's joint visits: likely pairs with a decision on each, and the references that returns share. */
import { backTo, type FormPage, type TableSection } from '../../../platform/rendering/pages.ts';
import { type Pages, pageSize } from '../../../platform/rendering/paging.ts';
import { longDay } from '../../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { countWord, plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { sourceOf } from '../inbox/document-pages.ts';
import {
  isShared,
  type LikelyPair,
  mostOpenPairs,
  type SharedReference,
  type VisitGroup,
} from '../inbox/joint-visits.ts';
import type { ReadWeek } from '../inbox/reading-week.ts';
import { nameReturn } from '../weeks/names.ts';
import { answerOf, fieldOf, openedField } from './decisions.ts';
import { listEvidence, type PairEvidence, toPairContext } from './pair-evidence.ts';

type PairCard = {
  /** Said before the first of the pairs that are decided, or not. */
  readonly group: string | undefined;
  readonly title: string;
  readonly returns: TableSection;
  readonly evidence: PairEvidence;
};
export type JointPage = FormPage & {
  readonly cards: readonly PairCard[];
  readonly pages: Pages;
  readonly references: TableSection;
};

declare module '../../../platform/rendering/views.ts' {
  interface ViewModels {
    'returns/exchange/joint-visits': JointPage;
  }
}

const columns = (...names: string[]) => names.map((text) => ({ text }));

export type JointView = Pick<ReadWeek, 'week' | 'kept' | 'pairs' | 'unlisted' | 'decisions'> & {
  readonly added: ReadWeek['rolled']['added'];
  readonly references: readonly SharedReference[];
  readonly pages: Pages;
};

/** Pairs that are not decided come first. */
export const orderPairs = ({ pairs, decisions }: Pick<JointView, 'pairs' | 'decisions'>): LikelyPair[] => {
  const isDecided = ({ key }: LikelyPair): number => (answerOf(decisions, key) === 'open' ? 0 : 1);
  return [...pairs].sort((a, b) => isDecided(a) - isDecided(b));
};

export function jointPage(view: JointView): JointPage {
  const { week, decisions, pages } = view;
  const ordered = orderPairs(view);
  const shown = ordered.slice((pages.page - 1) * pageSize, pages.page * pageSize);
  const cards = toCards(view, ordered, shown);
  return {
    title: 'Joint visits',
    caption: week.name,
    ...backTo(exchangePaths.week(week.id), 'The week'),
    lead: [
      'Two forces that make a visit together give it one reference. Such a visit counts once.',
      'Where a reference is missing, Safelight lists likely pairs: visits of two returns on one day, in one town, at one kind of premises. It finds a town with accents, “St” or one slip of a letter too, and the same town in returns of two countries. Decide whether they are the same visit. You can change a decision later.',
      ...(view.unlisted > 0
        ? [
            `The page lists ${mostOpenPairs} pairs to decide, and there are ${view.unlisted.toLocaleString('en-GB')} more: decide these first.`,
          ]
        : []),
      'Totals are “between” two numbers until you decide. Then visits and premises of the same visit count once. Totals of people and arrests stay “between”, since nobody knows who counted whom.',
    ],
    closed: cards.length === 0,
    button: 'Save decisions',
    fields: (ask) => [
      ...shown.map((pair, index) => {
        const decision = decisions.find((one) => one.pair === pair.key);
        return ask.one(
          fieldOf(pair),
          `${cards[index]?.title.split('.')[0]}: are they the same visit?`,
          [
            { value: 'same', text: 'The same visit' },
            { value: 'different', text: 'Different visits' },
            { value: 'open', text: 'Not decided yet' },
          ],
          {
            value: decision?.answer ?? 'open',
            hint:
              decision &&
              `${decision.answer === 'open' ? 'Decision taken back' : 'Decided'} ${formatDateTime(decision.decidedAt)}`,
            classes: 'govuk-radios--small govuk-radios--inline',
          },
        );
      }),
      ...shown.map((pair) => ask.hidden(openedField(fieldOf(pair)), answerOf(decisions, pair.key))),
    ],
    cards,
    pages,
    references: referencesTable(view.references),
  };
}

function toCards(view: JointView, ordered: readonly LikelyPair[], shown: readonly LikelyPair[]): PairCard[] {
  const { decisions, added } = view;
  const isOpen = ({ key }: LikelyPair): boolean => answerOf(decisions, key) === 'open';
  const open = ordered.filter(isOpen).length + view.unlisted;
  const context = toPairContext(added);
  return shown.map((pair, index) => {
    const before = shown[index - 1];
    const begins = before === undefined || isOpen(before) !== isOpen(pair);
    const group = isOpen(pair)
      ? `Likely pairs to decide: ${open.toLocaleString('en-GB')}`
      : `Decided pairs: ${ordered.length - open}`;
    return {
      group: begins ? group : undefined,
      title: `Pair ${ordered.indexOf(pair) + 1}. ${longDay(pair.day)}, ${pair.town}, ${pair.kind}`,
      returns: returnsTable(pair, view, `The two returns of pair ${ordered.indexOf(pair) + 1}`),
      evidence: listEvidence(pair, context),
    };
  });
}

const returnsTable = (pair: LikelyPair, { kept }: Pick<JointView, 'kept'>, caption: string): TableSection => ({
  kind: 'table',
  caption,
  captionClasses: 'govuk-visually-hidden',
  stack: true,
  columns: columns('Return', 'Version', 'Came from', 'Visits there'),
  rows: pair.groups.map((group, index) => {
    const { document, id } = group.from;
    return [
      { text: `${index === 0 ? 'First' : 'Second'}: ${nameReturn(group.from)}`, href: exchangePaths.document(id) },
      { text: `${document.version}, ${document.stage}` },
      { text: describeOrigin(group, pair, kept) },
      {
        text: `${countWord(group.visits)} ${plural(group.visits, 'visit')} at ${countWord(group.premises)} premises`,
      },
    ];
  }),
});

/** The installation, its id where two have one name, and the file or the program that brought it. */
function describeOrigin({ from }: VisitGroup, { groups }: LikelyPair, kept: JointView['kept']): string {
  const { instance } = from.document;
  const alike = groups.some(
    (group) => group.from.document.instance.name === instance.name && group.from.document.instance.id !== instance.id,
  );
  const came = kept.find(({ id }) => id === from.id);
  return [
    alike ? `${instance.name} (Safelight ${instance.id.slice(0, 8)})` : instance.name,
    ...(came ? [sourceOf(came)] : []),
    formatDateTime(from.receivedAt),
  ].join('; ');
}

const referencesTable = (references: readonly SharedReference[]): TableSection => ({
  kind: 'table',
  caption: 'Shared references',
  stack: true,
  columns: columns('Reference', 'Visit', 'Returns', 'State'),
  rows: references.map((shared) => [
    { text: shared.reference },
    { text: describeLine(shared) },
    { text: shared.lines.map(({ from }) => nameReturn(from)).join('; ') },
    isShared(shared) ? { text: 'counts once', tag: 'green' } : { text: 'named by one return alone', tag: 'orange' },
  ]),
  empty: 'No return names a joint visit yet.',
});

const describeLine = ({ lines }: SharedReference): string => {
  const line = lines[0]?.line;
  return line ? `${longDay(line.day)}, ${line.town}, ${line.kind}` : '';
};
