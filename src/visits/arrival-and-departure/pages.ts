/** Pages about a whole visit: arrival, power of entry, departure, finishing and correction; and the wording of refusals. */

import type { VisitInPlan } from '../../operations/plan/index.ts';
import { findPower, listPowersInForce, powerName } from '../../operations/powers-of-entry/index.ts';
import { dayOf, timeOf } from '../../platform/clock.ts';
import { correctionFields, editConflict, getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder, Option } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type SummaryRow } from '../../platform/rendering/pages.ts';
import { daysBetween, longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import { type DecisionToProceed, findStopNotice } from '../decision-to-proceed.ts';
import { interpreterLink } from '../on-call-first-responders.ts';
import { doorAnswerLabels, isOpenToAnybody } from '../pages.ts';
import type { PowerNotice } from '../power-notice.ts';
import { describeNotesLeft } from '../state-notices.ts';
import {
  type ArrivalRefusal,
  type DepartureRefusal,
  type DoorRefusal,
  type Encounter,
  type EntryRefusal,
  type FinishRefusal,
  isEntered,
  isImmigrationKeptOut,
  noPower,
  type PowerUsed,
  type Recorded,
  type SearchContradiction,
  type Visit,
} from '../visit.ts';
import { type AttendingUnit, othersFields } from './attendance.ts';
import { doorOptions, listArrivalOptions } from './door-options.ts';
import { confirmButton } from './doubtful-arrival.ts';

type Choice = { readonly value: string; readonly text: string };
export type PowerChoices = readonly Choice[];

/** The planned power, recorded powers, and powers that may arise at the visit. An unplanned warrant must be planned first. Helpers see no powers of officers. */
export function powerChoices(
  planned: VisitInPlan,
  day: string,
  officer: boolean,
  recorded?: Pick<Visit, 'basis'>,
): PowerChoices {
  const kept = recorded?.basis ?? null;
  const named = kept !== null && (officer || kept === planned.basis || isOpenToAnybody(kept, day));
  const atTheDoor = listPowersInForce(day).filter(
    ({ id, arises }) =>
      id !== planned.basis && id !== kept && (isOpenToAnybody(id, day) || (officer && arises === 'at the visit')),
  );
  return [
    ...(kept ? [{ value: 'kept', text: `As recorded${named ? `: ${powerName(kept)}` : ''}` }] : []),
    ...(planned.basis ? [{ value: 'planned', text: `As planned: ${powerName(planned.basis)}` }] : []),
    ...atTheDoor.map(({ id, name }) => ({ value: id, text: name })),
  ];
}

/** What the choice means. Refuses none: the choices are what may be chosen. */
export function getPowerUsed(
  planned: VisitInPlan,
  power: string,
  ground: string | null,
  recorded?: PowerUsed,
): PowerUsed {
  if (power === 'none') return noPower;
  if (power === 'kept' && recorded) {
    const { powerId, basis, basisGround } = recorded;
    return { powerId, basis, basisGround: ground ?? basisGround };
  }
  return power === 'planned'
    ? { powerId: planned.powerId, basis: planned.basis ?? 'other', basisGround: null }
    : { powerId: null, basis: power, basisGround: ground };
}

/** Whether a power lets a team force its way in: consent and an implied licence do not. */
export const allowsForce = ({ basis }: PowerUsed, day: string): boolean =>
  basis !== null && !['consent', 'licence'].includes(findPower(basis, day)?.kind ?? '');

const momentFields = (ask: FieldBuilder, at: Date, time: string): Field[] => [
  ask.time('time', time, { value: timeOf(at) }),
  ask.day('day', 'Day', { value: dayOf(at) }),
];

/** No power is selected in advance: the officer who entered must state which power was used. */
const powerFields = (ask: FieldBuilder, powers: PowerChoices, value = ''): Field[] => [
  ask.one('power', 'Power used to enter', powers, { value }),
  ask.text('ground', 'If you used another power than planned, the reason', { value: '' }),
];

export type AttendanceOptions = {
  /** Each team member, with the kind of their agency. */
  readonly team: readonly (Choice & { readonly kind: AgencyKind | null })[];
  readonly units: readonly AttendingUnit[];
  /** What kind of agency each team member, and each unit, is of. */
  readonly kinds: ReadonlyMap<string, AgencyKind | null>;
};

const formatImmigrationDecision = ({ premises }: VisitInPlan): string =>
  premises.immigrationEntry === 'not present'
    ? 'The recorded decision says that immigration officers will not be present at these premises.'
    : 'The recorded decision is that immigration officers wait here until they are called.';

/** Whether a decision keeps out immigration officers whom the operation could have brought. Where no such agency takes part, a correction records who came. */
const isKeptOutHere = ({ premises }: VisitInPlan, { kinds }: Pick<AttendanceOptions, 'kinds'>): boolean =>
  isImmigrationKeptOut(premises.immigrationEntry) && [...kinds.values()].includes('immigration');

/** It never refuses, because the record must say what happened. */
const immigrationFields = (ask: FieldBuilder, planned: VisitInPlan, asked: boolean, known?: Visit): Field[] =>
  asked
    ? [
        ask.text('immigrationGround', 'If immigration officers came in, why', {
          hint: `${formatImmigrationDecision(planned)} If immigration officers came, record who called them or why they came.`,
          value: known?.immigrationGround ?? '',
        }),
      ]
    : [];

type ArrivalOptions = AttendanceOptions & {
  readonly go: DecisionToProceed;
  readonly notice: PowerNotice | undefined;
  /** The commanders by name, where the team is told to ask them. */
  readonly commanders: string | undefined;
};

/** Whether the team may go in at all, then who of it may not. */
function arrivalWarning(
  planned: VisitInPlan,
  { go, notice, commanders, kinds }: Pick<ArrivalOptions, 'go' | 'notice' | 'commanders' | 'kinds'>,
): Pick<FormPage, 'warning'> {
  const stop = findStopNotice(go);
  const warnings = [
    ...(stop ? [`${stop.title}. ${stop.text}`] : []),
    ...(notice ? [`${notice.title}. ${notice.text}`] : []),
    ...(commanders ? [commanders] : []),
    ...(isKeptOutHere(planned, { kinds })
      ? [`${formatImmigrationDecision(planned)} Tick the name of an immigration officer only if that officer came in.`]
      : []),
  ];
  return warnings.length > 0 ? { warning: warnings.join(' ') } : {};
}

/** Those who are expected by the plan: the team, without whom a decision keeps out. */
export const listExpected = (planned: VisitInPlan, team: AttendanceOptions['team']): AttendanceOptions['team'] =>
  team.filter(({ kind }) => kind !== 'immigration' || !isImmigrationKeptOut(planned.premises.immigrationEntry));

/** Saves the arrival with the whole team. The officer presses it after seeing everybody. */
function everybodyButton(planned: VisitInPlan, team: AttendanceOptions['team']): Pick<FormPage, 'further'> {
  if (team.length < 2) return {};
  const without = listExpected(planned, team).length < team.length ? ', without immigration officers' : '';
  return { further: [{ name: 'everybody', text: `Save arrival: everybody of the team is here${without}` }] };
}

/** After the button for the whole team: a list without ticks would look as if nobody was recorded. */
const describeEverybody = (team: AttendanceOptions['team']): string =>
  `Everybody of the team: ${team.map(({ text }) => text).join(', ')}. To leave somebody out, open the form again.`;

/** Asks for the answer at the door first; the power follows only if somebody entered, and not by the planned one. */
export const arrivalPage = (
  planned: VisitInPlan,
  { team, units, kinds, go, notice, commanders }: ArrivalOptions,
  now: Date,
  self: string,
  doubt: { readonly all: boolean } | undefined,
): FormPage => ({
  ...visitPageFrame(planned.id, 'We have arrived', planned.premises.name),
  ...arrivalWarning(planned, { go, notice, commanders, kinds }),
  first: interpreterLink(planned.premises),
  button: doubt ? confirmButton : 'Save arrival',
  ...(doubt ? {} : everybodyButton(planned, team)),
  fields: (ask) => [
    ...doorFields(ask, listArrivalOptions(planned, notice)),
    ...momentFields(ask, now, 'Time of arrival'),
    doubt?.all
      ? ask.heading('team', 'Team members here', describeEverybody(listExpected(planned, team)))
      : ask.many('attendees', 'Team members here', team, {
          value: team.some(({ value }) => value === self) ? [self] : [],
          hint: 'Tick only those you have seen here.',
        }),
    ...immigrationFields(ask, planned, isKeptOutHere(planned, { kinds })),
    ...othersFields(ask, units),
    ...(doubt ? [ask.hidden('confirmed', 'yes')] : []),
    ...(doubt?.all ? [ask.hidden('everybody', 'yes')] : []),
  ],
});

/** Round every page of one visit. */
export const visitPageFrame = (id: string, title: string, caption: string) => ({
  title,
  caption,
  ...backTo(visitPaths.visit(id), caption),
});

const doorFields = (ask: FieldBuilder, options: readonly Option[], known?: Visit): Field[] => [
  ask.one('answer', 'What happened at the door?', options, { value: known?.answer ?? '' }),
  ask.text('answeredBy', 'Person who answered', {
    hint: 'Their role at the premises, like “the manager” or “a customer”. No names. Leave empty if nobody answered.',
    value: known?.answeredBy ?? '',
  }),
  ask.count('present', 'How many people were there', {
    hint: 'Give the number of people that you could see. Leave empty if nobody counted.',
    value: known?.present ?? '',
  }),
];

/** Asked if somebody entered, after the answer at the door is saved. */
export const entryPage = (
  { id, premises }: VisitInPlan,
  powers: PowerChoices,
  visit: Visit,
  notice: PowerNotice | undefined,
): FormPage => ({
  ...visitPageFrame(id, 'Power used to enter', premises.name),
  lead: [
    `The arrival is saved: ${visit.answer ? doorAnswerLabels[visit.answer] : ''}.`,
    'Select consent only if somebody with the right to admit you agreed.',
  ],
  ...(notice && { warning: `${notice.title}. ${notice.text}` }),
  button: 'Save the power used',
  fields: (ask) => powerFields(ask, powers),
});

export const departurePage = (id: string, name: string, now: Date): FormPage => ({
  ...visitPageFrame(id, 'We have left', name),
  fields: (ask) => momentFields(ask, now, 'Time of leaving'),
});

/** Somebody whose age is not known is treated as a child until it is assessed. */
const childReminder = ({ number, servicesTold }: Pick<Encounter, 'number' | 'servicesTold'>): string =>
  servicesTold
    ? `Person ${number} may be a child. Children’s services were told. If nobody has done so yet, write the safeguarding note.`
    : `Person ${number} may be a child. Tell the council’s children’s services now, and record it on the page of person ${number}. It stays on Home until then. Write the safeguarding note too.`;

type Ending = {
  readonly visit: Pick<Visit, 'leftAt'>;
  readonly met: readonly Pick<Encounter, 'number' | 'age' | 'noteLeftToColleague' | 'servicesTold'>[];
  /** Whether a power was used and nobody recorded search, force and damage. */
  readonly searchMissing: boolean;
};

/** Asks when the team left where that is not recorded yet. Says first who may be a child. */
export const finishPage = (id: string, name: string, { visit, met, searchMissing }: Ending, now: Date): FormPage => ({
  ...visitPageFrame(id, 'Finish the visit', name),
  ...(searchMissing && {
    warning: 'Nobody has recorded search, force, damage and the notice. Record them before you finish the visit.',
    first: { href: visitPaths.search(id), text: 'Record search, force, damage' },
  }),
  lead: [
    ...met.filter(({ age }) => age !== 'adult').map(childReminder),
    ...describeNotesLeft(met),
    'You can still correct a finished visit, with a reason. To add to it, open it again.',
  ],
  ...(visit.leftAt === null && { fields: (ask) => momentFields(ask, now, 'Time of leaving') }),
  button: 'Finish the visit',
});

export const reopenPage = (id: string, name: string): FormPage => ({
  ...visitPageFrame(id, 'Open the visit again', name),
  fields: (ask) => [ask.text('why', 'Why it is opened again', { hint: 'No names.' })],
});

/** Part of a correction, because the answer at the door can change too. */
export const noPowerOption = { value: 'none', text: 'None: nobody entered' };

export const correctVisitPage = ({
  planned,
  visit,
  powers,
  team,
  units,
  base,
}: AttendanceOptions & {
  readonly planned: VisitInPlan;
  readonly visit: Visit;
  readonly powers: PowerChoices;
  readonly base: number;
}): FormPage => ({
  ...visitPageFrame(planned.id, 'Correct the visit', planned.premises.name),
  button: 'Save the correction',
  fields: (ask) => [
    ...doorFields(ask, doorOptions, visit),
    ...powerFields(ask, powers, visit.basis ? 'kept' : isEntered(visit.answer) ? '' : 'none'),
    ...momentFields(ask, visit.arrivedAt, 'Time of arrival'),
    ask.many('attendees', 'Team members who attended', team, { value: visit.attendees }),
    ...immigrationFields(ask, planned, isImmigrationKeptOut(planned.premises.immigrationEntry), visit),
    ...othersFields(ask, units, visit.others),
    ask.time('leftTime', 'Time of leaving', { value: visit.leftAt ? timeOf(visit.leftAt) : '' }),
    ask.day('leftDay', 'Day of leaving', { value: visit.leftAt ? dayOf(visit.leftAt) : '' }),
    ...correctionFields(ask, base),
  ],
});

/** Rows of a summary, without those that have no value. */
export const toRows = (pairs: readonly (readonly [string, string | null])[]): SummaryRow[] =>
  pairs.flatMap(([key, text]) => (text ? [{ key: { text: key }, value: { text } }] : []));

export const recordedRow = ({ recordedBy, recordedAt }: Recorded, names: MemberNames) =>
  ['Recorded', `by ${getMemberName(names, recordedBy)} at ${formatMoment(recordedAt)}`] as const;

export const visitErrors: Record<
  | ArrivalRefusal
  | DoorRefusal
  | EntryRefusal
  | DepartureRefusal
  | FinishRefusal
  | SearchContradiction
  | 'search without entry'
  | 'searched'
  | 'changed meanwhile'
  | 'no such power'
  | 'planned otherwise'
  | 'against the decision',
  FormErrors
> = {
  'not on': { '': 'This visit was postponed or called off. A planner can put it back into the plan' },
  'already arrived': {
    '': 'Somebody of the team has saved the arrival already. Look at the visit, and correct it if it is wrong',
  },
  'nobody attended': { attendees: 'Select who was there' },
  'not in the team': { attendees: 'Select people of this team' },
  'in the future': { time: 'This time is in the future. Enter the time at which it happened' },
  finished: { '': 'This visit is finished. Open it again first, with a reason' },
  'people were met': { answer: 'People were recorded at this visit, so somebody replied. Select another answer' },
  'somebody was there': {
    present: 'There was no reply, so leave “How many people were there” empty, or select another answer',
  },
  'nobody entered': { power: 'Nobody entered, so no power was used. Select “None: nobody entered”' },
  'power missing': { power: 'Somebody entered. Select the power they used' },
  'force without a power': {
    power: 'Nobody may enter by force with consent or an implied licence. Select the power that allowed force',
  },
  'fewer than were met': { present: 'More people than this were recorded as met' },
  'days later': { time: 'This is more than two days after you arrived. Check the date' },
  'before arriving': { time: 'This is before you arrived. Enter a later time, or correct the arrival' },
  'not yours to finish': { '': 'An officer of the team finishes this visit' },
  'the door': { '': 'First record what happened at the door: correct the visit' },
  power: { '': 'First record which power was used to enter' },
  'time of leaving': { '': 'First record when you left' },
  'a person spoken to': { '': 'You spoke to somebody at the door. First record that person' },
  'a person met': {
    '': 'First record at least one person you met. If nobody was there, correct the visit: 0 people were there',
  },
  screening: { '': 'First record, for each arrest, whether the person was screened for exploitation' },
  'changed meanwhile': editConflict,
  'rooms without a search': { rooms: 'Rooms are named, but the premises were not searched. Correct one of the two' },
  'damage without a cause': {
    forceUsed: 'Something was damaged, though nothing was searched. Say what was done that damaged it',
  },
  'search without entry': {
    searched: 'Nobody entered at this visit, so the premises were not searched. Select “No”, or correct the visit',
  },
  searched: {
    answer:
      'The search record says that the premises were searched. Correct that record first, or select another answer',
  },
  'against the decision': {
    immigrationGround: 'It was decided that immigration officers stay outside, at least at first. Say why they came in',
  },
  'planned otherwise': { answer: 'The planned power was changed meanwhile. Select what happened at the door again' },
  'no such power': { power: 'Select a power of the list' },
};

/** An arrival more than a day from the planned day: its date was mistyped, or the visit was moved. */
export const findWrongDay = ({ day }: Pick<VisitInPlan, 'day'>, at: Date): FormErrors | undefined =>
  Math.abs(daysBetween(day, dayOf(at))) > 1
    ? { day: `The plan says ${longDay(day)}. Check the date. If the visit was moved, change the plan first.` }
    : undefined;

/** The form of a correction has two times: what is wrong with the departure is shown at the second. */
const atDeparture = ({ time = '' }: FormErrors): FormErrors => ({ leftTime: time });

export const correctionErrors = {
  ...visitErrors,
  'left before arriving': atDeparture(visitErrors['before arriving']),
  'left days later': atDeparture(visitErrors['days later']),
  'left in the future': atDeparture(visitErrors['in the future']),
};
