/** Results of invented weeks before those of the demonstration, as invented publishers gave them: qualifiers, gaps and two sources that differ. */
import { addDays } from '../../vocabulary/calendar/days.ts';

const columns = [
  ...['week_id', 'name', 'focus', 'scope', 'reporter_level', 'start_date', 'end_date', 'date_note', 'lead'],
  ...['countries_or_forces', 'officers', 'persons_checked', 'vehicles_checked', 'locations_checked'],
  ...['documents_checked', 'arrests_total', 'arrests_trafficking_or_focus_offence', 'victims_total'],
  ...['victims_child', 'result_status', 'source_url', 'note'],
];
type Line = Readonly<Partial<Record<string, string>>>;

const ofTheUnion = {
  scope: 'Europe',
  reporter_level: 'aggregate',
  lead: 'Invented agency',
  focus: 'sexual exploitation',
};
const ofTheForce = { scope: 'Lea Vale', reporter_level: 'force', lead: 'Lea Vale Constabulary' };

const lines = (monday: string): readonly Line[] => {
  const [year, half] = [addDays(monday, -7 * 52), addDays(monday, -7 * 26)];
  return [
    {
      ...{
        week_id: 'EU-YEAR-BEFORE',
        name: 'European week, a year before',
        ...ofTheUnion,
        countries_or_forces: '21 countries',
      },
      ...{ start_date: year, end_date: addDays(year, 4), officers: '31000+', persons_checked: 'more than 98000' },
      ...{ vehicles_checked: '24000', locations_checked: '3100', arrests_total: '58', victims_total: '61' },
      ...{ result_status: 'first results', source_url: 'https://europe.example/news/first-results' },
    },
    {
      ...{
        week_id: 'EU-YEAR-BEFORE',
        name: 'European week, a year before',
        ...ofTheUnion,
        countries_or_forces: '23 countries',
      },
      ...{ start_date: year, end_date: addDays(year, 6), locations_checked: '3100', arrests_total: '143' },
      ...{ arrests_trafficking_or_focus_offence: '37', victims_total: '402', victims_child: 'at least 12' },
      ...{ result_status: 'later results', source_url: 'https://paper.example/europe-week' },
      note: 'Another strand was added after the first results',
    },
    {
      ...{ week_id: 'EU-HALF-YEAR', name: 'European week, half a year before', ...ofTheUnion },
      ...{ start_date: half, end_date: addDays(half, 6), persons_checked: '41000', locations_checked: '2900' },
      ...{ arrests_total: '88', victims_total: '214', result_status: 'final' },
      ...{ source_url: 'https://europe.example/news/half-year', note: 'checks published as ‘nearly’' },
    },
    {
      ...{ week_id: 'LEA-YEAR-BEFORE', name: 'Lea Vale, a year before', ...ofTheForce, focus: 'sexual exploitation' },
      ...{
        start_date: year,
        end_date: addDays(year, 6),
        locations_checked: '6',
        arrests_total: '3',
        victims_total: 'several',
      },
      ...{ result_status: 'final', source_url: 'https://lea-vale.example/news/week' },
    },
    {
      ...{
        week_id: 'LEA-FIRST',
        name: 'Lea Vale, the first week',
        ...ofTheForce,
        date_note: 'The source gives the year only',
      },
      ...{ locations_checked: '4', arrests_total: '0', source_url: 'https://lea-vale.example/news/first-week' },
    },
  ];
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** As a file to import. */
export const publishedWeeksFile = (monday: string): string =>
  [columns, ...lines(monday).map((line) => columns.map((column) => line[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\n');
