/** What this room asks at the door: arriving, the answer, who was met, what was seen, leaving; and how it words a refusal. */
import type { VisitInPlan } from '../operations/index.ts';
import { dayOf, timeOf } from '../platform/clock.ts';
import { changedMeanwhile, correctionFields } from '../platform/earlier.ts';
import { Asking, type Field } from '../platform/fields.ts';
import type { Answers, FormErrors } from '../platform/http.ts';
import type { Model } from '../platform/views.ts';
import { capital } from '../vocabulary/english.ts';
import { doorWords } from './pages.ts';
import {
  type ArrivalRefusal,
  answers,
  type DoorRefusal,
  type FinishRefusal,
  type LeavingRefusal,
  type Visit,
} from './visit.ts';

type Choice = { readonly value: string; readonly text: string };
export type PowerChoices = readonly Choice[];

const moment = (ask: Asking, at: Date, time: string): Field[] => [
  ask.time('time', time, { value: timeOf(at) }),
  ask.day('day', 'Day', { value: dayOf(at) }),
];

const powerFields = (ask: Asking, powers: PowerChoices, used = 'planned', ground?: string | null): Field[] => [
  ask.one('power', 'Power used to go in', powers, { value: powers.some(({ value }) => value === used) ? used : '' }),
  ask.text('ground', 'If not as planned, why', { value: ground ?? '' }),
];

export function arrivePage(
  planned: VisitInPlan,
  team: readonly Choice[],
  powers: PowerChoices,
  now: Date,
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new Asking(typed, errors);
  return {
    ...frame(planned.id, 'We have arrived', planned.premises.name, errors),
    button: 'Save arrival',
    fields: [
      ...moment(ask, now, 'Time of arrival'),
      ...powerFields(ask, powers),
      ask.many('attendees', 'Who is here', team, { value: team.map(({ value }) => value) }),
    ],
  };
}

const frame = (id: string, title: string, caption: string, errors: FormErrors): Model => ({
  title,
  caption,
  errors,
  cancel: `/staff/visits/${id}`,
  back: { href: `/staff/visits/${id}`, text: caption },
});

const doorOptions = answers.map((answer) => ({ value: answer, text: capital(doorWords[answer]) }));
const doorFields = (ask: Asking, known?: Visit): Field[] => [
  ask.text('answeredBy', 'Who answered', {
    hint: 'Their place there, like “the manager” or “a customer”. No names.',
    value: known?.answeredBy ?? '',
  }),
  ask.count('present', 'How many people were there', {
    hint: 'As far as you could see. Leave empty if nobody counted.',
    value: known?.present ?? '',
  }),
];

export function doorPage(id: string, name: string, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    ...frame(id, 'What happened at the door', name, errors),
    lead: ['A visit where nobody was found is a result too.'],
    fields: [ask.one('answer', 'At the door', doorOptions), ...doorFields(ask)],
  };
}

export function leavePage(id: string, name: string, now: Date, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return { ...frame(id, 'We have left', name, errors), fields: moment(ask, now, 'Time of leaving') };
}

export const finishPage = (id: string, name: string, errors: FormErrors = {}): Model => ({
  ...frame(id, 'Finish the visit', name, errors),
  lead: [
    'What was recorded can still be corrected, with a reason. Nothing is added to a finished visit until it is opened again.',
  ],
  button: 'Finish the visit',
  fields: [],
});

export function reopenPage(id: string, name: string, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    ...frame(id, 'Open the visit again', name, errors),
    fields: [ask.text('why', 'Why it is opened again', { hint: 'No names.' })],
  };
}

export function correctVisitPage(
  {
    planned,
    visit,
    powers,
    team,
    base,
  }: {
    readonly planned: VisitInPlan;
    readonly visit: Visit;
    readonly powers: PowerChoices;
    readonly team: readonly Choice[];
    readonly base: number;
  },
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new Asking(typed, errors);
  const used = visit.powerId ? 'planned' : visit.basis;
  return {
    ...frame(planned.id, 'Correct the visit', planned.premises.name, errors),
    button: 'Save the correction',
    fields: [
      ...moment(ask, visit.arrivedAt, 'Time of arrival'),
      ...powerFields(ask, powers, used, visit.basisGround),
      ask.many('attendees', 'Who was there', team, { value: visit.attendees }),
      ask.one('answer', 'At the door', [...doorOptions, 'not yet known'], { value: visit.answer ?? 'not yet known' }),
      ...doorFields(ask, visit),
      ask.time('leftTime', 'Time of leaving', { value: visit.leftAt ? timeOf(visit.leftAt) : '' }),
      ask.day('leftDay', 'Day of leaving', { value: visit.leftAt ? dayOf(visit.leftAt) : '' }),
      ...correctionFields(ask, base),
    ],
  };
}

export const visitRefusals: Record<
  ArrivalRefusal | DoorRefusal | LeavingRefusal | FinishRefusal | 'changed meanwhile' | 'no such power',
  FormErrors
> = {
  'not on': { '': 'This visit was postponed or called off. A planner can put it back into the plan' },
  'already arrived': {
    '': 'Somebody of the team has saved the arrival already. Look at the visit, and correct it if it is wrong',
  },
  'nobody attended': { attendees: 'Select who was there' },
  'not in the team': { attendees: 'Select people of this team' },
  'in the future': { time: 'This time has not come yet' },
  finished: { '': 'This visit is finished. Open it again first, with a reason' },
  'people were met': { answer: 'People were recorded at this visit, so somebody was in' },
  'somebody was there': { present: 'If nobody was in, leave this empty' },
  'fewer than were met': { present: 'More people than this were recorded as met' },
  'before arriving': { time: 'This is before you arrived' },
  'not yours to finish': { '': 'An officer of the team finishes this visit' },
  'the door': { '': 'First record what happened at the door' },
  'time of leaving': { '': 'First record when you left' },
  'a person spoken with': { '': 'The door says that people were spoken with: record at least one of them first' },
  screening: { '': 'First record, for each arrest, whether the person was screened for exploitation' },
  'changed meanwhile': changedMeanwhile,
  'no such power': { power: 'Select a power of the list' },
};
