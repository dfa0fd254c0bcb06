/** The page of a link chart: the picture, and tables that say the same. */
import type { SectionsPage, TableSection } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { capital, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import type { EntityId } from '../entities/entity.ts';
import { type Chart, type ChartNode, mostNodes, type NodeKind } from './chart.ts';
import { drawChart, type LinkPicture, nodeKindWords } from './drawing.ts';

export type LinkChartPage = SectionsPage & {
  readonly middle: string;
  readonly picture: LinkPicture;
  /** The kinds in the picture. */
  readonly key: readonly { readonly kind: NodeKind; readonly text: string }[];
  readonly tables: readonly TableSection[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'intelligence/chart/link-chart': LinkChartPage;
  }
}

/** What the limits keep out. `more`: others were not even counted. */
export type LeftOut = {
  readonly items: number;
  readonly entities: number;
  readonly possible: number;
  readonly more: boolean;
};
export type ShownChart = {
  readonly id: EntityId;
  readonly steps: 1 | 2;
  readonly chart: Chart;
  readonly leftOut: LeftOut;
};

const text = (words: string) => ({ text: words });
const namesOf = (nodes: readonly ChartNode[]): string => nodes.map(({ name }) => name).join('; ') || 'None';

/** Two tables: items with what they name, and what is named with its items and possible links. */
export function chartTables({ nodes, lines }: Chart): readonly TableSection[] {
  const joinedTo = (node: ChartNode, wanted: boolean): readonly ChartNode[] => {
    const at = nodes.indexOf(node);
    const ends = lines.flatMap(({ from, to, possible }) =>
      possible !== wanted ? [] : from === at ? [to] : to === at ? [from] : [],
    );
    return nodes.filter((_, place) => ends.includes(place));
  };
  const items = nodes.filter(({ kind }) => kind === 'item');
  const entities = nodes.filter(({ kind }) => kind !== 'item');
  return [
    {
      kind: 'table',
      caption: 'People, places and numbers in the chart',
      stack: true,
      columns: ['Name', 'Kind', 'More', 'Named in', 'May be the same as'].map(text),
      rows: entities.map((node) => [
        { text: node.name, href: node.href },
        text(nodeKindWords[node.kind]),
        text(node.more || 'Nothing more'),
        text(namesOf(joinedTo(node, false))),
        text(namesOf(joinedTo(node, true))),
      ]),
    },
    {
      kind: 'table',
      caption: 'Items of intelligence in the chart',
      stack: true,
      columns: ['Item', 'Grade and days', 'Names'].map(text),
      rows: items.map((node) => [
        { text: node.name, href: node.href },
        text(node.more),
        text(namesOf(joinedTo(node, false))),
      ]),
    },
  ];
}

function describeLeftOut({ items, entities, possible, more }: LeftOut): string[] {
  const parts = listOf([
    ...(items > 0 ? [`${countWord(items)} ${plural(items, 'item')}`] : []),
    ...(entities > 0
      ? [`${countWord(entities)} ${plural(entities, 'person, place or number', 'people, places or numbers')}`]
      : []),
  ]);
  const are = items + entities === 1 ? 'is' : 'are';
  return [
    ...(parts
      ? [
          `The chart has room for ${mostNodes}, the nearest first. ${more ? `At least ${parts}` : capital(parts)} ${are} left out.`,
          'To see them, open the nearest one that is shown, and open its link chart.',
        ]
      : []),
    ...(possible > 0 ? [`${capital(countWord(possible))} possible ${plural(possible, 'link')} are left out.`] : []),
  ];
}

export function linkChartPage({ id, steps, chart, leftOut }: ShownChart): LinkChartPage {
  const [first] = chart.nodes;
  const middle = first?.name ?? '';
  const address = intelligencePaths.chart(id);
  const kinds = new Set(chart.nodes.map(({ kind }) => kind));
  return {
    title: 'Link chart',
    caption: middle,
    back: { href: intelligencePaths.entity(id), text: middle },
    lead: [
      `The chart shows the items of intelligence that name it, what else they name, and what may be the same${steps === 1 ? '' : ', then the same for each of these'}.`,
      'Entries that members decided are the same are one. Entries that members kept apart have no line between them.',
      'A grade that ends in C has handling conditions. Read them in the item before you pass anything on.',
      ...describeLeftOut(leftOut),
    ],
    tabsLabel: 'How far the chart goes',
    tabs: ([1, 2] as const).map((count) => ({
      href: withQuery(address, { steps: count }),
      text: count === 1 ? 'One step' : 'Two steps',
      current: count === steps,
    })),
    sections: [],
    middle,
    picture: drawChart(chart),
    key: (Object.keys(nodeKindWords) as NodeKind[])
      .filter((kind) => kinds.has(kind))
      .map((kind) => ({ kind, text: nodeKindWords[kind] })),
    tables: chartTables(chart),
  };
}
