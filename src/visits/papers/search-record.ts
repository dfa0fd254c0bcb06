/** The record of a search, in the order in which Code B of PACE is used. Pure. */
import { formatRecordedMoment, lawToCheck } from '../../operations/papers/index.ts';
import { orBlank, type PaperRow, type PaperSection, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { capital } from '../../vocabulary/languages/english.ts';
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
  { asks: 'Search began', says: formatRecordedMoment(file.search?.beganAt) },
  { asks: 'Search ended', says: formatRecordedMoment(file.search?.endedAt) },
  { asks: 'Force used, and why', says: noneOrBlank(file, file.search?.forceUsed), lines: 2 },
  { asks: 'Damage', says: noneOrBlank(file, file.search?.damage), lines: 2 },
  { asks: 'If a witness was refused, the reason', says: orBlank(file.search?.witnessRefused), lines: 2 },
  { asks: 'Notice of powers and rights left', says: yesNo(file.search?.noticeLeft) },
];

/** Only where the search was by consent (Code B, section 5). */
function consentSections({ power, search }: VisitFile): PaperSection[] {
  if (power?.rule.kind !== 'consent') return [];
  return [
    {
      kind: 'rows',
      title: 'Consent',
      rows: [
        {
          asks: 'Role of the person who agreed, and their right to agree',
          says: orBlank(search?.consentFrom),
          lines: 2,
        },
        { asks: 'In writing or by word', says: search?.consentWay ? capital(search.consentWay) : null },
        ...(search?.consentWay === 'in writing'
          ? []
          : [{ asks: 'If by word, why', says: orBlank(search?.consentByWordBecause), lines: 2 }]),
        { asks: 'Language and interpreter', says: orBlank(search?.consentLanguage), lines: 2 },
        { asks: 'Consent withdrawn at', says: formatRecordedMoment(search?.consentWithdrawnAt) },
      ],
    },
  ];
}

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
    ...consentSections(file),
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
