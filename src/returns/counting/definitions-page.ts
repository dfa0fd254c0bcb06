/** The page of one edition of the definitions: the table of indicators as that edition counts them. */
import type { Cell, SectionsPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { getIndicator, type Indicator, indicatorNames, type Summing } from '../../vocabulary/indicators.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import type { Definition, Edition } from './definitions.ts';
import { recordKindLabels } from './record-kinds.ts';

export const summingWords: Readonly<Record<Summing, string>> = {
  sum: 'Figures of several operations add up.',
  'once per person': 'Each operation counts a person once. Across operations a person can count several times.',
  'once per premises': 'Each operation counts premises once. Across operations premises can count several times.',
  floor: 'Figures add up to the least that it can be.',
};

function definitionRow(indicator: Indicator, { sentence, records, version }: Definition): Cell[] {
  const { name, unit, parent, sums } = getIndicator(indicator);
  return [
    { text: capital(name) },
    { text: sentence },
    { text: unit },
    { text: parent ? getIndicator(parent).name : '' },
    { text: summingWords[sums] },
    { text: recordKindLabels[records] },
    { text: version },
  ];
}

export const definitionsPage = (edition: Edition, others: readonly Edition[]): SectionsPage => ({
  back: { href: returnPaths.list(), text: 'All returns' },
  title: `Definitions of ${edition.label}`,
  lead: [
    `These definitions have been in force since ${longDay(edition.since)}. Each return says which definitions were used to count its figures. Definitions are never edited. Newer definitions replace older ones, and you can still read the older ones.`,
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Definitions',
      columns: ['Figure', 'Definition', 'Unit', 'Part of', 'How it adds up', 'Counted from', 'Version'].map((text) => ({
        text,
      })),
      rows: indicatorNames.flatMap((indicator) => {
        const definition = edition.definitions[indicator];
        return definition ? [definitionRow(indicator, definition)] : [];
      }),
    },
    ...(others.length > 1
      ? [
          {
            kind: 'list' as const,
            title: 'Other editions',
            items: others
              .filter(({ label }) => label !== edition.label)
              .map(({ label }) => ({ text: label, href: returnPaths.definitions(label) })),
          },
        ]
      : []),
  ],
});
