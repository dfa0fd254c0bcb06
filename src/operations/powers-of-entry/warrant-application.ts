/** The text of an application for a warrant. What no record and no source here gives is left to complete by hand. Pure. */
import { orBlank, type PaperRow, type PaperSection, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { lawToCheck, sourcesOf } from '../papers/paper-words.ts';
import type { Power } from '../plan/planned-power.ts';
import { formatHours, type VisitInPlan } from '../plan/planned-visit.ts';
import type { Premises } from '../plan/premises.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import { listLawfulPurposes, type PowerEntry } from './power-in-law.ts';

export type ApplicationFacts = {
  readonly operation: OperationInWeek;
  readonly premises: Premises;
  readonly power: Power;
  readonly rule: PowerEntry;
  /** The name of the partner that applies. */
  readonly holder: string | undefined;
  /** Names of the partners who are to accompany. */
  readonly accompanying: readonly string[];
  /** The visits that rest on the power. */
  readonly visits: readonly VisitInPlan[];
  /** Whether a team has entered under it, or its use is recorded. */
  readonly used: boolean;
};

const entryWords = { one: 'One entry', several: 'More than one entry', unlimited: 'Unlimited entries' } as const;

/** Conditions that were read in section 8(1) of PACE; the others are left to the applicant. */
const groundsOfSection8: readonly PaperRow[] = [
  { asks: 'Indictable offence', says: null, lines: 2 },
  { asks: 'Material sought on the premises', says: null, lines: 3 },
  { asks: 'Why the material is likely to be relevant evidence', says: null, lines: 3 },
  { asks: 'Why it is likely to be of substantial value to the investigation', says: null, lines: 3 },
];
const otherGrounds: readonly PaperRow[] = [
  { asks: 'Offence or ground', says: null, lines: 3 },
  { asks: 'Persons or articles sought', says: null, lines: 3 },
];

const groundsSection = ({ premises, power, rule }: ApplicationFacts): PaperSection => ({
  kind: 'rows',
  title: 'Grounds',
  lead: ['The reason of the plan is no evidence by itself. Give the court its evidence.'],
  rows: [
    { asks: 'Reason in the plan', says: orBlank(premises.reason), lines: 2 },
    {
      asks: 'Purpose of the entry',
      says: orBlank(capital(listLawfulPurposes(rule, power.purposes).join('; '))),
      lines: 2,
    },
    ...(rule.id === 'pace-s8' ? groundsOfSection8 : otherGrounds),
    { asks: 'Other conditions of the section', says: null, lines: 4 },
    { asks: 'Reasons against the application', says: null, lines: 3 },
  ],
});

const timesTable = ({ visits }: ApplicationFacts): PaperSection => ({
  kind: 'table',
  title: 'Planned entry',
  columns: ['Visit', 'Day', 'Time', 'Team'],
  rows: visits.map((visit) => [referenceOf('visit', visit.id), longDay(visit.day), formatHours(visit), visit.teamName]),
  empty: 'No visit rests on this power yet.',
});

/** When a text was made that the court did not read; null before the court has decided. */
function formatLateness({ power, used }: Pick<ApplicationFacts, 'power' | 'used'>): string | null {
  if (used || power.executedAt || power.returnedOn) return 'Made after the entry, for the file.';
  return power.decidedOn ? 'Made after the court decided, for the file.' : null;
}

/** The foot of each sheet repeats the title, so a later copy says there what it is. */
function formatTitle({ rule }: ApplicationFacts, late: string | null): string {
  if (rule.id !== 'pace-s8') return late ? 'Application for a warrant, copy for the file' : 'Application for a warrant';
  return late ? 'Section 15 application, copy for the file' : 'Section 15 information and application for a warrant';
}

export const warrantApplication = (facts: ApplicationFacts): StaffPaper => {
  const { operation, premises, power, rule, holder, accompanying } = facts;
  const late = formatLateness(facts);
  const address = [premises.name, premises.address, premises.town, premises.postcode].filter(Boolean).join(', ');
  return {
    title: formatTitle(facts, late),
    about: `${rule.name}: ${address}`,
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    lead: [
      ...(late ? [late] : []),
      'A text to work from. The court’s own form and your legal adviser decide what it must hold.',
    ],
    sections: [
      {
        kind: 'rows',
        title: 'Applicant',
        rows: [
          { asks: 'Agency', says: orBlank(holder) },
          { asks: 'Name', says: orBlank(power.heldBy) },
          { asks: 'Rank and number', says: null },
          { asks: 'Operation', says: `${operation.codeName}, ${operation.unit}` },
          { asks: 'Authorised by', says: null },
        ],
      },
      {
        kind: 'rows',
        title: 'Warrant that is applied for',
        rows: [
          { asks: 'Power', says: rule.name },
          { asks: 'Law', says: rule.statute },
          { asks: 'Premises', says: address },
          { asks: 'Kind of place', says: capital(premises.business) },
          { asks: 'Somebody lives or sleeps there', says: capital(premises.dwelling) },
          { asks: 'Number of entries', says: entryWords[power.entries] },
          { asks: 'How long it lasts', says: rule.lasts.verified ? rule.lasts.says : null, lines: 2 },
          { asks: 'People to accompany', says: orBlank(accompanying.join('\n')), lines: 2 },
        ],
      },
      groundsSection(facts),
      timesTable(facts),
      {
        kind: 'rows',
        title: 'Answer of the court',
        rows: [
          { asks: 'Court or judge', says: orBlank(power.grantedBy) },
          { asks: 'Reference', says: orBlank(power.reference) },
          {
            asks: 'Granted or refused, and when',
            says: power.decidedOn
              ? `${power.state === 'refused' ? 'Refused' : 'Granted'}: ${longDay(power.decidedOn)}`
              : null,
          },
        ],
      },
      { kind: 'signatures', title: 'Signatures', people: ['Applicant', 'Justice of the peace'] },
    ],
    sources: sourcesOf(rule),
    notes: [lawToCheck],
  };
};
