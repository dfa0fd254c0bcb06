/** The record of a search, in the order in which Code B of PACE is used. Pure. */
import { lawToCheck } from '../../operations/papers/index.ts';
import { orBlank, type PaperRow, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import {
  dayRow,
  exhibitsTable,
  formatAddress,
  listAttendees,
  listSources,
  powerRows,
  referenceRow,
  timeRows,
} from './paper-parts.ts';
import type { VisitFile } from './visit-file.ts';

/** An empty answer of a saved record means that there was none. */
const noneOrBlank = ({ search }: VisitFile, text: string | null | undefined): string | null =>
  orBlank(text) ?? (search ? 'None' : null);

const yesNo = (answer: boolean | undefined): string | null => (answer === undefined ? null : answer ? 'Yes' : 'No');

const searchRows = (file: VisitFile): PaperRow[] => [
  { asks: 'Were the premises searched?', says: yesNo(file.search?.searched) },
  { asks: 'Rooms and places searched', says: orBlank(file.search?.rooms), lines: 3 },
  { asks: 'Search began', says: null },
  { asks: 'Search ended', says: null },
  { asks: 'Force used', says: noneOrBlank(file, file.search?.forceUsed), lines: 2 },
  { asks: 'Damage', says: noneOrBlank(file, file.search?.damage), lines: 2 },
  { asks: 'Notice of powers and rights left', says: yesNo(file.search?.noticeLeft) },
];

export const searchRecord = (file: VisitFile): StaffPaper => ({
  title: 'Search record',
  about: formatAddress(file),
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  lead: file.codeB
    ? [`${file.codeB.name} governs a search on this day.`]
    : ['No version of Code B of PACE is kept here for this day.'],
  sections: [
    {
      kind: 'rows',
      title: 'Premises and times',
      rows: [{ asks: 'Premises', says: formatAddress(file) }, referenceRow(file), dayRow(file), ...timeRows(file)],
    },
    {
      kind: 'rows',
      title: 'Power',
      rows: [
        ...powerRows(file),
        ...(file.visit?.basisGround ? [{ asks: 'Why this power was used', says: file.visit.basisGround }] : []),
      ],
    },
    {
      kind: 'rows',
      title: 'Officers',
      rows: [
        { asks: 'Officer in charge', says: orBlank(file.search?.officerInCharge) },
        { asks: 'Roles in the search', says: orBlank(file.search?.roles), lines: 3 },
        { asks: 'Who attended', says: listAttendees(file), lines: 2 },
      ],
    },
    {
      kind: 'rows',
      title: 'People present',
      lead: ['Safelight keeps no names here.'],
      rows: [
        { asks: 'Person who answered, by role', says: orBlank(file.visit?.answeredBy) },
        { asks: 'Number of people found', says: orBlank(file.visit?.present) },
        { asks: 'Names, where they are needed', says: null, lines: 3 },
      ],
    },
    { kind: 'rows', title: 'Search', rows: searchRows(file) },
    exhibitsTable(file),
    { kind: 'signatures', title: 'Signatures', people: ['Officer in charge', 'Exhibits officer'] },
  ],
  sources: listSources(file),
  notes: [lawToCheck],
});
