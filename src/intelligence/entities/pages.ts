/** Pages about what intelligence names: one of them with all that is the same, the links to decide, and a section of an item's page. */
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { CasePage, Cell, ListPage, PageAction, Section } from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { Decision, Pair } from '../../vocabulary/judgements.ts';
import { counted } from '../../vocabulary/languages/english.ts';
import { deconflictionPaths, intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { isChecked } from '../deconfliction/check-inputs.ts';
import { gradeOf, type ItemId } from '../items/item.ts';
import { formatDays } from '../items/words.ts';
import type { Comparison, Evidence } from '../links/comparison.ts';
import { evidenceWords } from '../links/evidence-words.ts';
import type { LinkDecision } from '../links/links-store.ts';
import { entityKinds, entityName } from './entity.ts';
import { type Mention, textWithConditions } from './mentions.ts';
import type { LinkedEntity } from './store.ts';
import { timelineSection } from './timeline.ts';
import { describeEntity, kindWords, nameWithMore, oneOfKind, verdictWords } from './words.ts';

const text = (words: string) => ({ text: words });
const linksTitle = 'Possible links';

/** On the page of an item. `waiting` counts the possible links of each that nobody has decided. */
export const namedSections = (
  itemId: ItemId,
  entities: readonly LinkedEntity[],
  waiting: ReadonlyMap<string, number>,
  adds: boolean,
): Section[] => [
  {
    kind: 'table',
    id: 'named',
    caption: 'People, places and numbers',
    stack: true,
    columns: ['Name', 'Kind', 'More', 'Possible links'].map(text),
    rows: entities.map(({ id, kind, content }) => {
      const count = waiting.get(id) ?? 0;
      return [
        { text: entityName(content), href: intelligencePaths.entity(id) },
        text(kindWords[kind]),
        text(describeEntity(content) || 'Nothing more'),
        count > 0
          ? { text: `${count} to decide`, href: intelligencePaths.entity(id), hidden: `about ${entityName(content)}` }
          : text('None to decide'),
      ];
    }),
    empty: 'None yet. Add those in the text, so that other intelligence about them is found.',
  },
  ...(adds
    ? [
        {
          kind: 'buttons' as const,
          items: entityKinds.map((kind) => ({
            href: intelligencePaths.addEntity[kind](itemId),
            text: `Add ${oneOfKind[kind]}`,
          })),
        },
      ]
    : []),
];

export type ComparedPair = Pair & {
  readonly entities: readonly [LinkedEntity, LinkedEntity];
  readonly comparison: Comparison;
};

/** Two can have one name: the item tells them apart. */
const nameWithItem = ({ content, itemId }: LinkedEntity): string =>
  `${nameWithMore(content)} (${referenceOf('intelligence item', itemId)})`;
const nameCell = (entity: LinkedEntity): Cell => ({
  text: nameWithItem(entity),
  href: intelligencePaths.entity(entity.id),
});
const evidenceCell = ({ evidence }: Comparison, against: boolean): Cell => {
  const said = evidence.filter(({ weight }) => weight < 0 === against).map(({ says }) => evidenceWords[says]);
  return text(said.length > 0 ? said.join('; ') : 'Nothing');
};
const decideCell = ({ one, other, entities: [first, second] }: ComparedPair, word: string): Cell => ({
  text: word,
  href: intelligencePaths.link(one, other),
  hidden: `about ${entityName(first.content)} and ${entityName(second.content)}`,
});

export const possibleLinksPage = (pairs: readonly ComparedPair[], total: number, pages: Pages): ListPage => ({
  title: linksTitle,
  back: { href: intelligencePaths.list(), text: 'Intelligence' },
  lead: [
    'Two items of intelligence may name the same person, place or number. Compare them and decide. Each decision can be undone.',
  ],
  list: {
    kind: 'table',
    caption: `${counted(total, 'possible link')} to decide, the most agreement first`,
    stack: true,
    columns: ['First', 'Second', 'For', 'Against', 'Decision'].map(text),
    rows: pairs.map((pair) => [
      nameCell(pair.entities[0]),
      nameCell(pair.entities[1]),
      evidenceCell(pair.comparison, false),
      evidenceCell(pair.comparison, true),
      decideCell(pair, 'Decide'),
    ]),
    empty: 'No possible link waits for a decision. Add what items of intelligence name, and links appear here.',
    pages,
  },
});

export type ShownEntity = {
  readonly entity: LinkedEntity;
  /** It and all that are the same, each with its item. */
  readonly mentions: readonly Mention[];
  /** Among the mentions. */
  readonly contradictions: readonly Evidence[];
  /** So many share its name or number that nothing is offered for that alone. */
  readonly common: boolean;
  /** Not decided yet, or left open. */
  readonly openPairs: ReadonlySet<string>;
  readonly possible: readonly ComparedPair[];
  readonly decisions: readonly (LinkDecision & Decision)[];
  /** The other side of each decision. */
  readonly others: ReadonlyMap<string, LinkedEntity>;
  readonly names: MemberNames;
  readonly decides: boolean;
  /** Until which day this entry is compared with other agencies; undefined where it is not. */
  readonly comparedUntil: string | undefined;
  readonly proposes: boolean;
  readonly proposals: readonly Section[];
};

const mentionsSection = ({ mentions }: ShownEntity): Section => ({
  kind: 'table',
  caption: 'Items of intelligence',
  stack: true,
  columns: ['When', 'Named', 'More', 'Grade', 'Item', 'Intelligence'].map(text),
  rows: mentions.map(({ entity, item }) => [
    text(formatDays(item)),
    text(entityName(entity.content)),
    text(describeEntity(entity.content) || 'Nothing more'),
    text(gradeOf(item)),
    { text: referenceOf('intelligence item', item.id), href: intelligencePaths.item(item.id) },
    text(textWithConditions(item)),
  ]),
});

const contradictionsSection = ({ contradictions }: ShownEntity): Section[] =>
  contradictions.length === 0
    ? []
    : [
        {
          kind: 'states',
          items: contradictions.map(({ says, values: [one, other] }) => ({
            kind: 'unwise',
            text: `${evidenceWords[says]}: ${one} and ${other}. Check whether all of these are the same.`,
          })),
        },
      ];

const possibleSection = ({ possible, entity, common, openPairs }: ShownEntity): Section => ({
  kind: 'table',
  caption: linksTitle,
  stack: true,
  columns: ['Named', 'For', 'Against', 'Decision'].map(text),
  rows: possible.map((pair) => {
    const [one, other] = pair.entities;
    return [
      nameCell(one.clusterId === entity.clusterId ? other : one),
      evidenceCell(pair.comparison, false),
      evidenceCell(pair.comparison, true),
      decideCell(pair, openPairs.has(`${pair.one} ${pair.other}`) ? 'Left open: decide' : 'Decide'),
    ];
  }),
  empty: common
    ? 'More than 50 entries share this name or number, so none is offered for that alone. Search for it to see them.'
    : 'None. Nothing else that was entered is alike enough, or the others are decided.',
});

function decisionsSection({ decisions, others, names, decides }: ShownEntity): Section[] {
  if (decisions.length === 0) return [];
  const name = (id: string): string => {
    const other = others.get(id);
    return other ? nameWithItem(other) : 'Another entry';
  };
  const standing = decisions.filter(({ undone }) => !undone);
  const last = new Set(new Map(standing.map(({ id, one, other }) => [`${one} ${other}`, id])).values());
  return [
    {
      kind: 'table',
      caption: 'Decisions',
      stack: true,
      columns: ['Pair', 'Decision', 'By', 'Why', 'Undo'].map(text),
      rows: decisions.map((decision) => [
        text(`${name(decision.one)} and ${name(decision.other)}`),
        text(verdictWords[decision.verdict]),
        text(`${getMemberName(names, decision.decidedBy)}, ${formatMoment(decision.decidedAt)}`),
        text(decision.reason ?? 'No reason given'),
        decision.undoneAt
          ? text(`Undone by ${getMemberName(names, decision.undoneBy)}, ${formatMoment(decision.undoneAt)}`)
          : decides && last.has(decision.id)
            ? {
                text: 'Undo',
                href: intelligencePaths.undo(decision.id),
                hidden: `this decision about ${name(decision.other)}`,
              }
            : text('Replaced by a later decision'),
      ]),
    },
  ];
}

const compareAction = ({ entity: { id }, comparedUntil }: ShownEntity): PageAction =>
  comparedUntil
    ? { href: deconflictionPaths.stopComparing(id), text: 'Stop comparing with other agencies', secondary: true }
    : { href: deconflictionPaths.compare(id), text: 'Compare with other agencies', secondary: true };

export function entityPage(shown: ShownEntity): CasePage {
  const { entity, mentions, decides, proposes } = shown;
  const actions: PageAction[] = [
    ...(proposes ? [{ href: intelligencePaths.propose(entity.id), text: 'Propose a visit' }] : []),
    { href: intelligencePaths.chart(entity.id), text: 'Open the link chart', secondary: true },
    ...(decides && isChecked(entity.kind) ? [compareAction(shown)] : []),
    ...(decides
      ? [{ href: intelligencePaths.removeEntity(entity.id), text: 'Remove this entry', secondary: true }]
      : []),
  ];
  return {
    title: entityName(entity.content),
    caption: kindWords[entity.kind],
    back: {
      href: intelligencePaths.item(entity.itemId),
      text: `Intelligence ${referenceOf('intelligence item', entity.itemId)}`,
    },
    lead: [
      mentions.length > 1
        ? `${counted(mentions.length, 'item')} of intelligence name it. Members decided that they mean the same.`
        : 'One item of intelligence names it.',
      ...(shown.comparedUntil ? [`It is compared with other agencies until ${longDay(shown.comparedUntil)}.`] : []),
    ],
    actions,
    sections: [
      ...contradictionsSection(shown),
      mentionsSection(shown),
      ...timelineSection(mentions),
      possibleSection(shown),
      ...shown.proposals,
      ...decisionsSection(shown),
    ],
  };
}
