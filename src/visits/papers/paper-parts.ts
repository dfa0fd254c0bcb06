/** Rows and tables that several papers of a visit share. Pure. */

import { formatRecordedMoment, sourcesOf } from '../../operations/papers/index.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { orBlank, type PaperRow, type PaperSection, type PaperSource } from '../../platform/paper/staff-paper.ts';
import { longDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatCash } from '../../vocabulary/currencies.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { formatOthers } from '../arrival-and-departure/attendance.ts';
import type { VisitFile } from './visit-file.ts';

export const formatAddress = ({ planned: { premises } }: Pick<VisitFile, 'planned'>): string =>
  [premises.name, premises.address, premises.town, premises.postcode].filter(Boolean).join(', ');

export const dayRow = ({ planned }: Pick<VisitFile, 'planned'>): PaperRow => ({
  asks: 'Date',
  says: `${weekdayOf(planned.day)} ${longDay(planned.day)}`,
});

export const referenceRow = ({ planned, operation }: Pick<VisitFile, 'planned' | 'operation'>): PaperRow => ({
  asks: 'Visit',
  says: `${referenceOf('visit', planned.id)}, ${operation.codeName}`,
});

export const timeRows = ({ visit }: Pick<VisitFile, 'visit'>): PaperRow[] => [
  { asks: 'Team arrived', says: formatRecordedMoment(visit?.arrivedAt) },
  { asks: 'Team left', says: formatRecordedMoment(visit?.leftAt) },
];

export function listAttendees({ visit, names }: Pick<VisitFile, 'visit' | 'names'>): string | null {
  if (!visit) return null;
  const others = formatOthers(visit.others);
  const named = listOf(visit.attendees.map((id) => getMemberName(names, id)));
  return orBlank(others ? `${named}. Without an account: ${others}` : named);
}

/** The document that the power stands on: who granted it, when, and until when it may be used. */
export function grantRows({ power }: Pick<VisitFile, 'power'>): PaperRow[] {
  const kind = power?.rule.kind;
  if (kind !== 'warrant' && kind !== 'written authority') return [];
  const { reference, grantedBy, decidedOn, expiresOn } = power?.planned ?? {};
  return [
    { asks: 'Reference', says: orBlank(reference) },
    { asks: 'Granted by', says: orBlank(grantedBy) },
    { asks: 'Date of issue', says: decidedOn ? longDay(decidedOn) : null },
    { asks: 'Last day of use', says: expiresOn ? longDay(expiresOn) : null },
  ];
}

export const powerRows = (file: Pick<VisitFile, 'power'>): PaperRow[] => [
  { asks: 'Power', says: orBlank(file.power?.rule.name) },
  { asks: 'Law', says: orBlank(file.power?.rule.statute) },
  ...grantRows(file),
];

/** Each thing that was seized; rows to write in where the paper is used at the premises. */
export const exhibitsTable = ({ seizures, visit }: Pick<VisitFile, 'seizures' | 'visit'>): PaperSection => ({
  kind: 'table',
  title: 'Exhibits',
  columns: ['Reference', 'Item', 'Place found', 'Found by'],
  widths: [1, 2.4, 1.7, 1.3],
  rows: seizures.map(({ exhibitRef, kind, description, pence, currency = 'GBP', foundWhere, foundBy }) => [
    orBlank(exhibitRef),
    `${capital(kind)}: ${description}${pence === null ? '' : `, ${formatCash(pence, currency)}`}`,
    orBlank(foundWhere),
    orBlank(foundBy),
  ]),
  blankRows: visit?.finishedAt ? 0 : 4,
  empty: 'No seizure was recorded.',
});

/** The code for searches on that day, and the sources of the power. Nobody searches by an implied licence or to inspect. */
export const listSources = ({ power, codeB }: Pick<VisitFile, 'power' | 'codeB'>): PaperSource[] => [
  ...sourcesOf(power?.rule),
  ...(codeB &&
  power &&
  !['licence', 'inspection'].includes(power.rule.kind) &&
  !power.rule.sources.some(({ url }) => url === codeB.source.url)
    ? [{ ...codeB.source, checkedOn: power.rule.dateChecked }]
    : []),
];
