/** The columns of a file of published results, and which of them are figures. Pure. */
import type { ColumnProblem } from '../../platform/files/table-file.ts';

/** Figures, in the order of the work. The names are those of the file. */
export const publishedFigures = {
  officers: 'Officers deployed',
  persons_checked: 'Persons checked',
  vehicles_checked: 'Vehicles checked',
  locations_checked: 'Locations checked',
  documents_checked: 'Documents checked',
  arrests_total: 'Arrests',
  arrests_trafficking_or_focus_offence: 'Arrests for trafficking or the offence in focus',
  suspects_identified: 'Suspects identified, not arrested',
  victims_total: 'Potential victims',
  victims_adult: 'Potential victims: adults',
  victims_child: 'Potential victims: children',
  new_investigations_total: 'New investigations',
  new_investigations_trafficking: 'New investigations of trafficking',
  forged_documents: 'Forged documents',
} as const;
export type PublishedFigure = keyof typeof publishedFigures;
export const publishedFigureNames = Object.keys(publishedFigures) as PublishedFigure[];

/** Texts that are kept as they came. */
export const publishedDetails = {
  focus: 'Focus',
  scope: 'Scope',
  reporter_level: 'Level',
  date_note: 'About the dates',
  lead: 'Led by',
  co_lead_or_coordinator: 'With',
  countries_or_forces: 'Countries or forces',
  arrests_other_note: 'About the arrests',
  other_measures: 'Other results',
  result_status: 'State of the results',
  note: 'Note',
} as const;
export type PublishedDetail = keyof typeof publishedDetails;
export const publishedDetailNames = Object.keys(publishedDetails) as PublishedDetail[];

export const requiredColumns = ['week_id', 'name', 'source_url'] as const;
const dateColumns = ['start_date', 'end_date'] as const;

/** The order of the template. */
export const publishedColumns: readonly string[] = [
  ...['week_id', 'name', 'focus', 'scope', 'reporter_level', ...dateColumns, 'date_note', 'lead'],
  ...['co_lead_or_coordinator', 'countries_or_forces'],
  ...publishedFigureNames.slice(0, 7),
  'arrests_other_note',
  ...publishedFigureNames.slice(7),
  ...['other_measures', 'result_status', 'source_url', 'note'],
];

/** Where each cell of a line goes, or what is wrong with the names. An unnamed column goes nowhere. */
export function placePublishedColumns(names: readonly string[]): readonly (string | undefined)[] | ColumnProblem {
  const folded = names.map((name) => name.toLowerCase().trim().replaceAll(/[ -]+/g, '_'));
  const unknown = names.filter((name, index) => name !== '' && !publishedColumns.includes(folded[index] ?? ''));
  const twice = publishedColumns.filter((column) => folded.filter((name) => name === column).length > 1);
  const missing = requiredColumns.filter((column) => !folded.includes(column));
  if (unknown.length > 0) return { kind: 'unknown', names: unknown };
  if (missing.length > 0) return { kind: 'missing', names: missing };
  if (twice.length > 0) return { kind: 'twice', names: twice };
  return folded.map((name) => (name === '' ? undefined : name));
}
