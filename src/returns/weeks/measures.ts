/** What weeks are compared by: figures of own returns, figures that others publish, and where the two are not the same. Pure. */
import { type Indicator, indicators } from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { findEdition } from '../counting/definitions.ts';
import { figureGroups } from '../counting/figure-groups.ts';
import { type PublishedFigure, publishedFigureNames, publishedFigures } from './published-columns.ts';

export type Measure = {
  /** In addresses. */
  readonly key: string;
  readonly label: string;
  readonly own: Indicator | null;
  readonly published: PublishedFigure | null;
  /** Why the two are not counted alike: said wherever both stand in one row. */
  readonly difference: string | null;
};
export type MeasureGroup = { readonly title: string; readonly measures: readonly Measure[] };

/** Where an own figure comes near a published one. None of them is the same. */
const near: Readonly<Partial<Record<PublishedFigure, readonly [own: Indicator, label: string, difference: string]>>> = {
  officers: [
    'people.deployed',
    'People deployed',
    'A return counts people of all partners who attended a visit. Published results mostly count officers.',
  ],
  persons_checked: [
    'checks.people',
    'Persons checked',
    'A return counts people whose identity or papers officers checked at visits. Published results may count people spoken to.',
  ],
  vehicles_checked: [
    'checks.vehicles',
    'Vehicles checked',
    'A return counts vehicles checked at visits. Published results mostly count checks on roads and at borders.',
  ],
  documents_checked: [
    'checks.documents',
    'Documents checked',
    'A return counts documents checked at visits. Published results mostly count checks at borders.',
  ],
  suspects_identified: [
    'suspects.identified',
    'Suspects identified, not arrested',
    'A return counts people suspected at visits. Published results may count suspects of whole investigations.',
  ],
  victims_total: [
    'victims.byOfficers',
    'Potential victims',
    'A return counts people in referrals and notifications by officers. Each country has its own way of counting victims.',
  ],
  locations_checked: [
    'premises.visited',
    'Locations checked, premises visited',
    'A return counts premises at which a team arrived. Published results may count companies or checkpoints.',
  ],
  arrests_total: [
    'arrests.made',
    'Arrests',
    'A return counts people arrested at visits. Published results may add arrests of other strands and places.',
  ],
};

const publishedMeasures: readonly Measure[] = publishedFigureNames.map((published) => {
  const [own, label, difference] = near[published] ?? [null, publishedFigures[published], null];
  return { key: published.replaceAll('_', '-'), label, own, published, difference };
});

const taken = new Set(publishedMeasures.map(({ own }) => own));
const ownMeasures = (of: readonly Indicator[]): Measure[] =>
  of
    .filter((indicator) => !taken.has(indicator))
    .map((indicator) => ({
      key: indicator.replaceAll('.', '-').toLowerCase(),
      label: capital(indicators[indicator]),
      own: indicator,
      published: null,
      difference: null,
    }));

/** Every figure once: first those that others publish too, then the rest of a return in the order of its page. */
export const measureGroups: readonly MeasureGroup[] = [
  { title: 'Figures that weeks of action publish', measures: publishedMeasures },
  ...figureGroups
    .map(([title, , of]) => ({ title: `${title}, from returns`, measures: ownMeasures(of) }))
    .filter(({ measures }) => measures.length > 0),
];
export const measures: readonly Measure[] = measureGroups.flatMap((group) => group.measures);
export const findMeasure = (key: string): Measure | undefined => measures.find((measure) => measure.key === key);

/** The version of an indicator's definition in an edition: two editions may define it alike. */
export const getDefinitionVersion = (edition: string, indicator: Indicator): string =>
  findEdition(edition)?.definitions[indicator]?.version ?? edition;
