/** Debrief and evaluation of an operation: what its records say, and questions that people answer. Pure. */
import type { OperationInWeek, Power, VisitInPlan } from '../../operations/plan/index.ts';
import { powerName } from '../../operations/powers-of-entry/index.ts';
import { orBlank, type PaperSection, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { dayRange, longDay } from '../../vocabulary/calendar/days.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { isEntered, type VisitState } from '../visit.ts';
import type { DebriefCounts } from './debrief-store.ts';

export type DebriefFacts = {
  readonly operation: OperationInWeek;
  readonly planned: readonly VisitInPlan[];
  readonly made: ReadonlyMap<string, Pick<VisitState, 'answer' | 'basis' | 'powerId'>>;
  readonly powers: readonly Power[];
  readonly counts: DebriefCounts;
};

const numbers = (title: string, of: string, rows: readonly (readonly [string, number])[]): PaperSection => ({
  kind: 'table',
  title,
  columns: [of, 'Number'],
  widths: [3, 1],
  rows: rows.map(([label, count]) => [label, String(count)]),
});

/** Each planned visit is counted in one row, also if it did not take place. */
function visitsTable({ planned, made }: DebriefFacts): PaperSection {
  const answers = [...made.values()].map(({ answer }) => answer);
  const count = (is: (answer: (typeof answers)[number]) => boolean): number => answers.filter(is).length;
  const open = planned.filter(({ id }) => !made.has(id));
  return numbers('Visits', 'Outcome', [
    ['Planned', planned.length],
    ['Entered', count(isEntered)],
    ['Spoke to somebody at the door', count((answer) => answer === 'spoken to outside')],
    ['Entry refused', count((answer) => answer === 'refused entry')],
    ['No reply', count((answer) => answer === 'no reply')],
    ['Under way, answer not recorded', count((answer) => answer === null)],
    ['Postponed', open.filter(({ state }) => state === 'postponed').length],
    ['Called off', open.filter(({ state }) => state === 'called off').length],
    ['Planned and not recorded', open.filter(({ state }) => state === 'planned').length],
  ]);
}

function powersTable({ powers, made }: DebriefFacts): PaperSection {
  const bases = [
    ...new Set([...powers.map(({ basis }) => basis), ...[...made.values()].flatMap(({ basis }) => basis ?? [])]),
  ];
  return {
    kind: 'table',
    title: 'Powers of entry',
    columns: ['Power', 'In the plan', 'Visits that used it', 'Returned to court'],
    widths: [3, 1, 1.2, 1.2],
    rows: bases.map((basis) => {
      const own = powers.filter((power) => power.basis === basis);
      return [
        powerName(basis),
        String(own.length),
        String([...made.values()].filter((visit) => visit.basis === basis).length),
        String(own.filter(({ returnedOn }) => returnedOn !== null).length),
      ];
    }),
    empty: 'The plan has no power of entry.',
  };
}

const resultsTable = ({ counts }: DebriefFacts): PaperSection =>
  numbers('Results', 'Result', [
    ['People met', counts.peopleMet],
    ['People spoken to', counts.spokenTo],
    ['Arrests for an offence', counts.criminalArrests],
    ['Arrests for immigration detention', counts.immigrationArrests],
    ['Seizures', counts.seizures],
    ['Premises searched', counts.searches],
    ['Visits with force', counts.withForce],
    ['Visits with damage', counts.withDamage],
  ]);

const changedPlans = ({ planned, made }: DebriefFacts): PaperSection => ({
  kind: 'table',
  title: 'Visits that were postponed or called off',
  columns: ['Visit', 'Day', 'State', 'Reason'],
  widths: [1, 1.3, 1, 2.5],
  rows: planned
    .filter(({ id, state }) => state !== 'planned' && !made.has(id))
    .map(({ id, day, state, reason }) => [referenceOf('visit', id), longDay(day), capital(state), orBlank(reason)]),
  empty: 'No visit was postponed or called off.',
});

const questions = [
  'Successes',
  'Problems',
  'Help offered to each person met',
  'Harm to anybody, and the response',
  'Views of partners',
  'Welfare of the teams',
  'Changes for the next operation',
] as const;

export const debriefPaper = (facts: DebriefFacts): StaffPaper => ({
  title: 'Debrief and evaluation',
  about: facts.operation.codeName,
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  lead: [
    'The numbers are of the records as they are now. The signed return holds the figures that leave the operation.',
    'Safeguarding notes are not part of this paper.',
  ],
  sections: [
    {
      kind: 'rows',
      title: 'Operation',
      rows: [
        { asks: 'Operation', says: facts.operation.codeName },
        { asks: 'Led by', says: `${facts.operation.unit}, ${facts.operation.agencyName}` },
        { asks: 'Week of action', says: facts.operation.weekName },
        { asks: 'Dates', says: dayRange(facts.operation.startsOn, facts.operation.endsOn) },
        { asks: 'Area', says: facts.operation.area },
      ],
    },
    visitsTable(facts),
    powersTable(facts),
    resultsTable(facts),
    changedPlans(facts),
    { kind: 'rows', title: 'Evaluation', rows: questions.map((asks) => ({ asks, says: null, lines: 3 })) },
    {
      kind: 'table',
      title: 'Actions',
      columns: ['Action', 'Who', 'By when'],
      widths: [3, 1.3, 1],
      rows: [],
      blankRows: 6,
    },
    { kind: 'signatures', title: 'Signature', people: ['Commander'] },
  ],
  sources: [],
});
