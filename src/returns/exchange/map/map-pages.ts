/** Pages of a week's maps, and of the boundaries that they show. */
import type { FormErrors } from '../../../platform/forms/forms.ts';
import { backTo, type FormPage, type SectionsPage, type TableSection } from '../../../platform/rendering/pages.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { formatSize } from '../../../vocabulary/sizes.ts';
import { nameOfCountry } from '../countries.ts';
import { formatTotal } from '../inbox/words.ts';
import type { NamedWeek } from '../store.ts';
import type { DistrictMap } from './district-store.ts';
import { type DistrictRefusal, maxDistricts, maxGeoJsonBytes } from './districts.ts';
import { type CountryLine, drawEurope, drawTowns, type EuropeMap, type TownLine, type TownMap } from './week-map.ts';

export type WeekMapPage = SectionsPage & {
  readonly towns: {
    readonly map: TownMap | undefined;
    readonly table: TableSection;
    readonly source: string | undefined;
  };
  readonly europe: { readonly map: EuropeMap; readonly table: TableSection };
};

declare module '../../../platform/rendering/views.ts' {
  interface ViewModels {
    'returns/exchange/week-map': WeekMapPage;
  }
}

export const mostTowns = 200;
const columns = (...names: string[]) =>
  names.map((text) => ({ text, numeric: text === 'Visits' || text === 'Premises' }));

const townTable = (lines: readonly TownLine[], hasDistricts: boolean): TableSection => ({
  kind: 'table',
  caption: lines.length > mostTowns ? `The ${mostTowns} towns with the most visits` : 'Towns with visits',
  stack: true,
  columns: columns('Town', ...(hasDistricts ? ['District'] : []), 'Visits', 'By whom', 'On the map'),
  rows: lines
    .slice(0, mostTowns)
    .map(({ town, country, visits, by, isOnMap, district }) => [
      { text: country === 'GB' ? town : `${town}, ${nameOfCountry(country)}` },
      ...(hasDistricts ? [{ text: district ?? 'not known' }] : []),
      { text: visits },
      { text: by.join(', ') },
      { text: isOnMap ? 'yes' : 'no' },
    ]),
  empty: 'No return that counts names a town yet.',
});

const countryTable = (lines: readonly CountryLine[]): TableSection => ({
  kind: 'table',
  caption: 'Countries with returns',
  stack: true,
  columns: columns('Country', 'Visits', 'Premises', 'By whom', 'On the map'),
  rows: lines.map(({ code, name, visits, premises, by, isOnMap }) => [
    { text: `${name} (${code})` },
    { text: visits ? formatTotal(visits) : 'not given' },
    { text: premises ? formatTotal(premises) : 'not given' },
    { text: by.join(', ') },
    { text: isOnMap ? 'yes' : 'no' },
  ]),
  empty: 'No return counts yet.',
});

export const weekMapPage = (
  week: NamedWeek,
  {
    towns,
    countries,
    districts,
  }: {
    readonly towns: readonly TownLine[];
    readonly countries: readonly CountryLine[];
    readonly districts: DistrictMap | undefined;
  },
): WeekMapPage => ({
  title: 'Maps of the week',
  caption: week.name,
  back: { href: exchangePaths.week(week.id), text: 'The week' },
  lead: [
    'The maps show visits that teams made, and who made them. They show no premises and no person. A joint visit counts once.',
    'Where few visits were made, a town can point to one premises. Do not pass the map of towns on.',
  ],
  actions: [{ href: exchangePaths.districts(), text: 'Boundaries of districts', secondary: true }],
  sections: [],
  towns: {
    map: drawTowns(towns, districts?.shapes ?? []),
    table: townTable(towns, districts !== undefined),
    source: districts?.source,
  },
  europe: { map: drawEurope(countries), table: countryTable(countries) },
});

export const districtsPage = (kept: DistrictMap | undefined): FormPage => ({
  title: 'Boundaries of districts',
  ...backTo(exchangePaths.weeks(), 'Returns from partnerships'),
  lead: [
    kept
      ? `${kept.shapes.length} districts were imported on ${formatDateTime(kept.importedAt)}. Source: ${kept.source}. A new file takes their place.`
      : 'The map of towns has no boundaries yet. Import a file that you may use, such as the open boundaries of your statistics office.',
    'Safelight keeps the names and a simpler outline of each district, and nothing else of the file.',
  ],
  action: exchangePaths.districts(),
  button: 'Import the boundaries',
  sending: 'The file is being sent and read. There is nothing more to press.',
  fields: (ask) => [
    ask.text('source', 'Source and licence', { hint: 'The map prints it, as most licences ask' }),
    ask.file('file', 'Boundaries (GeoJSON)', {
      hint: `In degrees (WGS 84), up to ${maxDistricts} districts and ${formatSize(maxGeoJsonBytes)}`,
      accept: '.geojson,.json,application/geo+json,application/json',
    }),
  ],
});

export const districtErrors: Record<DistrictRefusal | 'no file', FormErrors> = {
  'no file': { file: 'Select the file' },
  'too large': { file: `The file is larger than ${formatSize(maxGeoJsonBytes)}. Export it with fewer details` },
  'no GeoJSON': { file: 'This is no GeoJSON. Export the boundaries as GeoJSON' },
  'no areas': { file: 'The file has no areas. Export boundaries, not points or lines' },
  'too many districts': { file: `The file has more than ${maxDistricts} areas. Export fewer districts` },
  'not in degrees': { file: 'The file is not in degrees. Export it again as WGS 84 (EPSG:4326)' },
  'too detailed': { file: 'The outlines are too detailed. Export them generalised' },
};
