/** What the forms of this module accept, and their error messages. */

import { z } from 'zod';
import { instantAt } from '../platform/clock.ts';
import {
  Another,
  answersOf,
  Day,
  type FormErrors,
  type FormResult,
  OptionalCount,
  OptionalDay,
  OptionalText,
  RequiredText,
  Time,
} from '../platform/forms/forms.ts';
import { PageQuery } from '../platform/rendering/paging.ts';
import { ages } from '../vocabulary/age.ts';
import { currencyCodes } from '../vocabulary/currencies.ts';
import { arrestKinds, arrestStatuses, sexes } from '../vocabulary/figures.ts';
import { type EncounterId, type MemberId, newId, type VisitId } from '../vocabulary/ids.ts';
import { visitInterpreters } from '../vocabulary/interpreting.ts';
import { agesEvidence } from './arrests/age-evidence.ts';
import { readSpokenTo, readWayOfSpeaking } from './encounters/spoken-language.ts';
import {
  type Answer,
  answers,
  matters,
  nameReasons,
  rolesInPremises,
  screeningOutcomes,
  seizureKinds,
} from './visit.ts';

export const VisitPath = z.object({ id: z.uuid().transform((id) => id as VisitId) });
export const EncounterPath = z.object({ id: z.uuid().transform((id) => id as EncounterId) });
export const RecordPath = z.object({ id: z.uuid() });

/** Ids of people ticked: none is an empty list. */
const People = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid('Select people of the list').transform((id) => id as MemberId)),
);

/** Errors of every part of a form together, so that one submission shows them all. */
export const mergeErrors = (parts: readonly FormResult<unknown>[], rules: readonly FormErrors[] = []): FormErrors =>
  Object.assign({}, ...rules, ...parts.map((part) => (part.ok ? {} : part.errors)));

/** The form's own id for a new record: sent twice, it is recorded once. */
const NewId = z.uuid('Open the form again');

/** The id from the submitted form, so that the form can be shown again. A missing or invalid id is replaced. */
export const readFormId = (body: unknown): string => {
  const read = NewId.safeParse(answersOf(body).id);
  return read.success ? read.data : newId();
};

/** The version that the form was opened on, and why the record changes. */
export const correctionFields = {
  base: z.coerce.number('Open the form again').int(),
  why: RequiredText('Say why you correct this', 500),
};

/** A time that may be left empty. */
export const MaybeTime = z
  .string()
  .trim()
  .regex(/^(([01]?\d|2[0-3])[:.]?[0-5]\d)?$/, 'Enter a time on the 24-hour clock, like 09:30')
  .transform((text) =>
    text === ''
      ? ''
      : text
          .replace(/[:.]/, '')
          .padStart(4, '0')
          .replace(/^(..)(..)$/, '$1:$2'),
  );

export const timeFields = { time: Time('Enter the time'), day: Day('Enter the day') };
export const toInstant = ({ time, day }: { time: string; day: string }): Date => instantAt(day, time);

/** "planned", "kept" or "none" in a correction, or a power of the catalogue. */
const Power = {
  power: z.string('Select which power was used').min(1, 'Select which power was used').max(80),
  ground: OptionalText(1_000),
};

/** Checked together with all other errors, so that one submission shows them all. */
const checkAlways = { when: () => true };

/** A power other than the planned one needs a reason. */
const isGrounded = ({ power, ground }: { power?: unknown; ground?: unknown }): boolean =>
  !power || ['planned', 'kept', 'none'].includes(String(power)) || Boolean(ground);
const groundMissing = {
  path: ['ground'],
  error: 'Say why this power was used and not the planned one',
  ...checkAlways,
};

const whoMissing = 'Select who was there';
const AttendanceFields = {
  attendees: People.refine((ids) => ids.length > 0, whoMissing),
  immigrationGround: OptionalText(500),
};

const DoorAnswerFields = {
  answer: z.enum(answers, 'Select what happened at the door'),
  answeredBy: OptionalText(120),
  present: OptionalCount(999),
};

/** The answer at the door that names the planned power too: “entered by consent”. */
const enteredBy = 'entered by ';
export const enteredByPlanned = (basis: string): string => `${enteredBy}${basis}`;

/** `enteredBy` is the planned power where the answer named it, so that it is not asked again; else null. */
export const ArriveForm = z
  .object({
    ...timeFields,
    ...DoorAnswerFields,
    answer: z
      .string('Select what happened at the door')
      .max(80)
      .refine((given) => isAnswer(given) || given.startsWith(enteredBy), 'Select what happened at the door'),
    ...AttendanceFields,
    attendees: People,
    everybody: Another,
    confirmed: Another,
  })
  .refine(({ attendees, everybody }) => everybody || attendees.length > 0, {
    path: ['attendees'],
    error: whoMissing,
    ...checkAlways,
  })
  .transform(({ answer, ...form }) => ({ ...form, ...readDoorAnswer(answer), at: toInstant(form) }));

const isAnswer = (given: string): given is Answer => (answers as readonly string[]).includes(given);

function readDoorAnswer(given: string): { readonly answer: Answer; readonly enteredBy: string | null } {
  return isAnswer(given)
    ? { answer: given, enteredBy: null }
    : { answer: 'entered', enteredBy: given.slice(enteredBy.length) };
}

export const EntryForm = z.object(Power).refine(isGrounded, groundMissing);

export const LeaveForm = z.object(timeFields).transform((form) => ({ at: toInstant(form) }));

/** Finishing, with the time of leaving where that is not recorded yet. */
export const FinishForm = z
  .object({ time: MaybeTime.optional(), day: OptionalDay().optional() })
  .transform(({ time, day }) => ({ leftAt: time && day ? instantAt(day, time) : null }));

export const VisitCorrection = z
  .object({
    ...timeFields,
    ...Power,
    ...DoorAnswerFields,
    ...correctionFields,
    leftTime: MaybeTime,
    leftDay: OptionalDay(),
    ...AttendanceFields,
  })
  .refine(isGrounded, groundMissing)
  .refine(({ leftTime, leftDay }) => Boolean(leftTime) === Boolean(leftDay), {
    path: ['leftTime'],
    error: 'Enter both the time and the day of leaving',
    ...checkAlways,
  })
  .transform((form) => ({
    ...form,
    at: toInstant(form),
    leftAt: form.leftTime && form.leftDay ? instantAt(form.leftDay, form.leftTime) : null,
  }));

export const ReopenForm = z.object({ why: correctionFields.why });

const EncounterFields = {
  place: z.enum(rolesInPremises, 'Select their place in the premises'),
  spokenTo: z
    .string('Select whether somebody spoke to them')
    .refine(
      (answer) => ['spoken to', 'only seen'].includes(answer) || readSpokenTo(answer),
      'Select whether somebody spoke to them',
    ),
  age: z.enum(ages, 'Select their age'),
  language: OptionalText(60),
  interpreter: z.enum(['', ...visitInterpreters], 'Select whether an interpreter was used').optional(),
};

/** The interpreter is asked for only when the person was spoken to. */
const isInterpreterKnown = ({ spokenTo, interpreter }: { spokenTo?: unknown; interpreter?: unknown }): boolean =>
  spokenTo !== 'spoken to' || Boolean(interpreter);
const interpreterMissing = {
  path: ['interpreter'],
  error: 'Select whether an interpreter was used',
  ...checkAlways,
};

export const EncounterForm = z
  .object({ id: NewId.transform((id) => id as EncounterId), ...EncounterFields, colleague: Another })
  .refine(isInterpreterKnown, interpreterMissing)
  .transform((form) => ({ ...form, ...readWayOfSpeaking(form) }));
export const EncounterCorrection = z
  .object({ ...EncounterFields, ...correctionFields })
  .refine(isInterpreterKnown, interpreterMissing)
  .transform((form) => ({ ...form, ...readWayOfSpeaking(form) }));

export const NameReasonForm = z.object({ why: z.enum(nameReasons, 'Select why you need it') });
export const NameForm = z.object({
  name: RequiredText('Enter the name', 200),
  reason: RequiredText('Say why the name is needed', 500),
  base: correctionFields.base,
  why: OptionalText(500),
});

/** Reported speech, and quotations in the first person. Other wording is left to the officer: this catches slips, not intent. */
const reportedSpeech =
  /\b(told (me|us)|(said|disclosed) to (me|us)|(she|he|they|person( \d+)?) (says|told|tells|disclosed|claims?|claimed|said) (?!nothing))|["“][^"”]*\b(I|my|me)\b/i;
const ObservedText = (missing: string) =>
  RequiredText(missing, 1_000).refine(
    (text) => !reportedSpeech.test(text),
    'This reads like something a person said. Describe only what you observed, and write their words in their safeguarding note',
  );
const ObservationFields = {
  context: ObservedText('Enter what you observed, where and when'),
  explanation: ObservedText('Enter an alternative explanation'),
};
export const IndicatorForm = z.object({ id: NewId, ...ObservationFields });
export const IndicatorCorrection = z.object({ ...ObservationFields, ...correctionFields });

const missingAge = 'Enter the age in years, or “not known”';
/** Years, or the words "not known". A blank is invalid. */
const Age = z
  .string(missingAge)
  .trim()
  .toLowerCase()
  .regex(/^(\d{1,3}|not known)$/, missingAge)
  .transform((text) => (text === 'not known' ? null : Number(text)))
  .refine((age) => age === null || (age >= 10 && age <= 110), 'Enter an age from 10 to 110, or “not known”');

const ArrestFields = {
  ...timeFields,
  kind: z.enum(arrestKinds, 'Select the kind of arrest'),
  matter: z.enum(matters, 'Select the reason for the arrest'),
  offence: OptionalText(200),
  sex: z.enum(sexes, 'Select the sex'),
  age: Age,
  residence: OptionalText(80),
  status: z.enum(arrestStatuses, 'Select where the person is now'),
  custodyRef: OptionalText(40),
  encounterId: z
    .string()
    .regex(/^([\da-f-]{36})?$/, 'Select a person of the list')
    .transform((id) => (id === '' ? null : (id as EncounterId))),
};
export const ArrestForm = z
  .object({ id: NewId, ...ArrestFields })
  .transform(({ time, day, ...form }) => ({ ...form, arrestedAt: toInstant({ time, day }) }));
export const ArrestCorrection = z
  .object({ ...ArrestFields, ageBasis: z.enum(['', ...agesEvidence]).optional(), ...correctionFields })
  .transform(({ time, day, ...form }) => ({ ...form, arrestedAt: toInstant({ time, day }) }));

export const StatusForm = z.object({
  status: z.enum(arrestStatuses, 'Select where the person is now'),
  base: correctionFields.base,
});

/** The rule checks who and when, because it knows whether the screening was done. */
export const ScreeningForm = z
  .object({
    outcome: z.enum(screeningOutcomes, 'Select the outcome of the screening'),
    reason: OptionalText(1_000),
    screenedBy: OptionalText(120),
    time: MaybeTime,
    day: OptionalDay(),
    interpreter: z.enum(['', ...visitInterpreters]).optional(),
    base: correctionFields.base,
    why: OptionalText(500),
  })
  .transform(({ time, day, interpreter, ...form }) => ({
    ...form,
    interpreter: interpreter || null,
    screenedAt: time && day ? instantAt(day, time) : null,
  }));

/** Cash as people type it ("£1,240.50"), in hundredths; null while not counted. */
const Cash = z
  .string()
  .trim()
  .regex(/^(£?\d{1,3}(,?\d{3}){0,3}(\.\d{2})?)?$/, 'Enter an amount, like 1,240.50, or leave it empty')
  .transform((text) => (text === '' ? null : Math.round(Number(text.replace(/[£,]/g, '')) * 100)));

const SeizureFields = {
  kind: z.enum(seizureKinds, 'Select what was seized'),
  description: RequiredText('Describe what was seized', 500),
  pence: Cash,
  currency: z.enum(currencyCodes, 'Select the currency').optional().default('GBP'),
  exhibitRef: OptionalText(40),
  foundWhere: OptionalText(200),
  foundBy: OptionalText(120),
};
export const SeizureForm = z.object({ id: NewId, ...SeizureFields });
export const SeizureCorrection = z.object({ ...SeizureFields, ...correctionFields });

export const FilterQuery = PageQuery.extend({
  state: z.enum(['to do', 'finished', 'not made', 'all']).catch('all'),
  town: z.string().max(80).catch(''),
  day: z.string().max(10).catch(''),
});
/** The indicators ticked, each once, in their order; at most as many as one page can ask about. */
export const IndicatorQuery = z.object({
  sign: z
    .preprocess(
      (given) => (Array.isArray(given) ? given : given === undefined ? [] : [given]),
      z.array(z.string().max(80)),
    )
    .transform((ids) => [...new Set(ids)].slice(0, 20))
    .catch([]),
  go: z.literal('on').optional().catch(undefined),
});
