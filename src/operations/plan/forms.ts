/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import {
  Another,
  CheckboxList,
  Count,
  Day,
  OptionalCount,
  OptionalDay,
  OptionalLine,
  OptionalText,
  RequiredLine,
  RequiredText,
  Time,
} from '../../platform/forms/forms.ts';
import type { AgencyId, PartnerId, TeamId } from '../../vocabulary/ids.ts';
import { entryPurposes } from '../powers-of-entry/power-in-law.ts';
import { entryCounts, progressStates } from './planned-power.ts';
import { businesses, dwellings, immigrationEntries, priorities } from './premises.ts';

/** The version that the form was opened on, so that saving detects an intermediate change. */
const base = z.coerce.number().int().min(0).catch(0);

export const PremisesForm = z.object({
  business: z.enum(businesses, 'Select the kind of business'),
  name: RequiredText('Enter the name of the premises', 120),
  address: RequiredLine('Enter the address', 300),
  town: RequiredText('Enter the town', 80),
  postcode: OptionalText(10),
  dwelling: z.enum(dwellings, 'Select whether somebody lives or sleeps there'),
  priority: z.enum(priorities, 'Select a priority'),
  reason: RequiredText('Enter the reason for the visit, in words', 2_000),
  base,
});

export const RisksForm = z.object({ risks: OptionalText(4_000), base });

/** One to a line, or between commas. */
const Languages = z
  .string()
  .max(500, 'Use 500 characters or fewer')
  .default('')
  .transform((text) => [
    ...new Set(
      text
        .split(/[\n,]/)
        .map((language) => language.trim())
        .filter(Boolean),
    ),
  ]);
export const LanguagesForm = z.object({ languages: Languages, interpreter: OptionalLine(300), base });

export const ReferrerForm = z.object({
  referrerId: z.uuid('Select the organisation').transform((id) => id as AgencyId),
  referrerOnCall: RequiredText('Enter the name of the person on call', 120),
  referrerContact: RequiredText('Enter how to reach them at the time of the visit', 200),
  base,
});

/** Fields of every decision: who, why, and the options considered. */
const DecisionFields = {
  decidedBy: RequiredText('Enter the name and rank or job of the person who decided', 120),
  reason: RequiredText('Enter the reason'),
};
export const NoReferrerForm = z.object({
  ...DecisionFields,
  alternative: RequiredText('Enter what people will be offered instead'),
  base,
});

export const ImmigrationForm = z.object({
  immigrationEntry: z.enum(immigrationEntries, 'Select whether immigration officers enter the premises, and when'),
  ...DecisionFields,
  alternative: RequiredText('Enter the option that was considered'),
  base,
});

export const GoDecisionForm = z.object({
  kind: z.enum(['go', 'no-go'], 'Select go or no-go'),
  ...DecisionFields,
  alternative: OptionalText(),
});

/** With a reason for each place where the plan is unlawful. */
export const createGoDecisionForm = (fields: readonly string[]) =>
  z.intersection(GoDecisionForm, z.object(Object.fromEntries(fields.map((field) => [field, OptionalText(500)]))));

const MaybePartner = z
  .union([z.uuid(), z.literal('')])
  .optional()
  .transform((id) => (id ? (id as PartnerId) : null));
const Partners = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid('Select partners from the list').transform((id) => id as PartnerId)),
);

/** How many entries a warrant allows; one where nothing is said. */
const Entries = z
  .enum(entryCounts)
  .optional()
  .catch(undefined)
  .transform((entries) => entries ?? 'one');
/** How far a new power has come. */
const ProgressFields = {
  progress: z
    .union([z.enum(progressStates), z.literal('')])
    .optional()
    .transform((progress) => progress || null),
  progressOn: OptionalDay(),
  grantedBy: OptionalText(120),
  lastDay: OptionalDay(),
  entries: Entries,
};

const PowerFields = {
  purposes: CheckboxList(entryPurposes).refine(
    (ticked) => ticked.length > 0,
    'Select what the power will be used for here',
  ),
  holderId: MaybePartner,
  heldBy: OptionalText(120),
  reference: OptionalText(80),
  accompanying: Partners,
  note: OptionalText(),
};
export const NewPowerForm = z.object({
  basis: RequiredText('Select the power', 60),
  ...PowerFields,
  ...ProgressFields,
});

export const PowerForm = z.object({
  ...PowerFields,
  appliedOn: OptionalDay(),
  decidedOn: OptionalDay(),
  grantedBy: OptionalText(120),
  entries: Entries,
  expiresOn: OptionalDay(),
  executedOn: OptionalDay(),
  executedTime: Time('Enter the time').or(z.literal('')).optional(),
  returnedOn: OptionalDay(),
  why: RequiredText('Enter why you correct this', 300),
  base,
});

const on = Day('Enter the day');
/** Each step asks for what must be written down with it. */
export const stepForms = {
  'applied for': z.object({ on, reference: OptionalText(80) }),
  granted: z.object({
    on,
    reference: RequiredText('Enter the reference on it', 80),
    grantedBy: OptionalText(120),
    lastDay: OptionalDay(),
    accompanying: Partners,
    entries: Entries,
  }),
  refused: z.object({ on, note: RequiredText('Enter the reason that was given') }),
  executed: z.object({
    on,
    time: Time('Enter the time of entry'),
    note: RequiredText('Enter the terms of the power or the consent'),
  }),
  returned: z.object({ on, note: OptionalText() }),
} as const;

export const VisitForm = z.object({
  teamId: z.uuid('Select the team').transform((id) => id as TeamId),
  powerId: z
    .union([z.uuid(), z.literal('')])
    .optional()
    .transform((id) => id || null),
  day: Day('Enter the day'),
  starts: Time('Enter the time'),
  minutes: Count('Enter how many minutes', 1_440).refine((count) => count >= 5, 'Enter 5 minutes or more'),
  turn: OptionalCount(20).refine((turn) => turn !== 0, 'The first turn is 1'),
  base,
});
export const MoveForm = VisitForm.extend({ why: OptionalText(300) });

export const StopForm = z.object({
  ...DecisionFields,
  alternative: OptionalText(),
  base,
});

const MaybeId = <Id extends string>(missing: string) =>
  z
    .union([z.uuid(missing), z.literal('')])
    .optional()
    .transform((id) => (id ? (id as Id) : null));
const MaybeTime = z.preprocess(
  (value) => (value === undefined || value === '' ? null : value),
  Time('Enter the time').nullable(),
);

const NewPremisesFields = PremisesForm.omit({ base: true }).extend({
  risks: OptionalText(4_000),
  languages: Languages,
  interpreter: OptionalLine(300),
  referrerId: MaybeId<AgencyId>('Select the organisation'),
  referrerOnCall: OptionalText(120),
  referrerContact: OptionalText(200),
  basis: OptionalText(60),
  purposes: CheckboxList(entryPurposes),
  holderId: MaybeId<PartnerId>('Select a partner'),
  reference: OptionalText(80),
  ...ProgressFields,
  accompanying: Partners,
  teamId: MaybeId<TeamId>('Select the team'),
  day: OptionalDay(),
  starts: MaybeTime,
  minutes: OptionalCount(1_440).transform((count) => count ?? 60),
  immigrationEntry: z
    .union([z.enum(immigrationEntries), z.literal('')])
    .optional()
    .transform((entry) => entry || null),
  decidedBy: OptionalText(120),
  immigrationReason: OptionalText(),
  immigrationAlternative: OptionalText(),
  another: Another,
});
type NewPremises = z.output<typeof NewPremisesFields>;

/** A part that was begun must be complete: the form of that part alone asks for the same. Fields that are filled in beforehand begin none. */
const partRules: readonly (readonly [
  begun: (values: NewPremises) => unknown,
  field: keyof NewPremises,
  missing: string,
])[] = [
  [({ referrerId }) => referrerId, 'referrerOnCall', 'Enter the name of the person on call'],
  [({ referrerId }) => referrerId, 'referrerContact', 'Enter how to reach them at the time of the visit'],
  [({ purposes, reference }) => purposes.length > 0 || reference, 'basis', 'Select the power'],
  [({ basis }) => basis, 'purposes', 'Select what the power will be used for here'],
  [({ starts }) => starts, 'teamId', 'Select the team'],
  [({ teamId }) => teamId, 'starts', 'Enter the time'],
  [({ teamId, starts }) => teamId || starts, 'day', 'Enter the day'],
  [({ immigrationEntry }) => immigrationEntry, 'decidedBy', 'Enter the name and rank or job of the person who decided'],
  [({ immigrationEntry }) => immigrationEntry, 'immigrationReason', 'Enter the reason'],
  [({ immigrationEntry }) => immigrationEntry, 'immigrationAlternative', 'Enter the options that were considered'],
];

export const NewPremisesForm = NewPremisesFields.superRefine((values, context) => {
  for (const [begun, field, missing] of partRules) {
    const value = values[field];
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    if (begun(values) && empty) context.addIssue({ code: 'custom', path: [field], message: missing });
  }
  if (values.teamId && values.minutes < 5)
    context.addIssue({ code: 'custom', path: ['minutes'], message: 'Enter 5 minutes or more' });
});
