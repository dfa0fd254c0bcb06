/** Invented published results, in the form of a file, for tests and the demonstration. */
import { publishedColumns } from './published-columns.ts';

type Line = Readonly<Partial<Record<string, string>>>;

const quoted = (cell: string): string => (/[",\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A file with these lines; what a line does not name is a gap. */
export const toPublishedFile = (lines: readonly Line[], columns: readonly string[] = publishedColumns): string =>
  [columns.join(','), ...lines.map((line) => columns.map((column) => quoted(line[column] ?? '')).join(','))].join(
    '\r\n',
  );

const aggregate = { scope: 'Invented union', reporter_level: 'aggregate' } as const;
const force = { scope: 'Invented force', reporter_level: 'force', focus: 'sexual exploitation' } as const;

/** Weeks that never were, of agencies that do not exist. */
export const inventedWeeks: readonly Line[] = [
  {
    ...{ week_id: 'XX-SPRING-2024', name: 'Invented spring week 2024', focus: 'labour exploitation' },
    ...{ start_date: '2024-04-08', end_date: '2024-04-14', lead: 'Elsewhere', countries_or_forces: '9 countries' },
    ...{ officers: '1200+', persons_checked: 'more than 6000', vehicles_checked: '900', locations_checked: '410' },
    ...{ arrests_total: '17', arrests_trafficking_or_focus_offence: '6', victims_total: '41' },
    ...{ victims_adult: '30', victims_child: '9', result_status: 'first results' },
    ...{
      source_url: 'https://news.example.org/spring-2024',
      note: 'Adults and children leave two whose age nobody stated',
    },
    ...aggregate,
  },
  {
    ...{ week_id: 'XX-SPRING-2024', name: 'Invented spring week 2024', focus: 'labour exploitation' },
    ...{ start_date: '2024-04-08', end_date: '2024-04-14', arrests_total: '22', victims_total: 'about 40' },
    ...{ locations_checked: '410', result_status: 'final', source_url: 'https://paper.example.org/spring' },
    ...aggregate,
  },
  {
    ...{ week_id: 'XX-AUTUMN-2024', name: 'Invented autumn week 2024', focus: 'sexual exploitation' },
    ...{ start_date: '2024-09-16', end_date: '2024-09-20', locations_checked: '265', arrests_total: '0' },
    ...{ victims_total: 'several', result_status: 'final', source_url: 'https://news.example.org/autumn-2024' },
    ...{ note: "checks published as 'nearly'" },
    ...aggregate,
  },
  {
    ...{ week_id: 'XX-FORCE-2024', name: 'Invented force week 2024', start_date: '2024-09-16', end_date: '2024-09-22' },
    ...{ lead: 'Farshire Police', locations_checked: '6', arrests_total: '3', result_status: 'final' },
    ...{ source_url: 'https://farshire.example.org/week', other_measures: 'One person accepted help' },
    ...force,
  },
  {
    ...{ week_id: 'XX-FORCE-2025', name: 'Invented force week 2025', date_note: 'The source gives the year only' },
    ...{ lead: 'Farshire Police', locations_checked: '4', source_url: 'https://farshire.example.org/week-2025' },
    ...force,
  },
];
