/** What the forms of this module accept, and their error messages. */
import { z } from 'zod';
import {
  Another,
  CheckboxList,
  Day,
  OptionalCount,
  OptionalDay,
  OptionalText,
  RequiredText,
} from '../../platform/forms/forms.ts';
import { exploitations } from '../../vocabulary/exploitation.ts';
import type { AgencyId, MemberId, OperationId, WeekId } from '../../vocabulary/ids.ts';
import { copiedParts } from '../copied-plan/copied-plan.ts';
import { duties, type Resource, resourceKinds } from './operation.ts';

const Dates = {
  starts: Day('Enter the first day'),
  ends: Day('Enter the last day'),
};
const isInOrder = ({ starts, ends }: { starts: string; ends: string }): boolean => starts <= ends;
const outOfOrderError = { path: ['ends'], error: 'The last day must be the first day or after it' };

/** One to a line, or between commas; twice is once. */
const Names = z
  .string()
  .max(2_000, 'Use 2,000 characters or fewer')
  .default('')
  .transform((text) => [
    ...new Set(
      text
        .split(/[\n,]/)
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ]);

/** A select whose first choice is empty: null when it is left so. */
const MaybeId = <Id extends string>() =>
  z
    .union([z.uuid(), z.literal('')])
    .optional()
    .transform((id) => (id ? (id as Id) : null));

export const WeekForm = z
  .object({
    name: RequiredText('Enter the name of the week', 120),
    lead: RequiredText('Enter the lead country or agency', 120),
    focus: CheckboxList(exploitations).refine(
      (ticked) => ticked.length > 0,
      'Select at least one kind of exploitation',
    ),
    ...Dates,
    countries: Names,
    parentId: MaybeId<WeekId>(),
    note: OptionalText(),
  })
  .refine(isInOrder, outOfOrderError);

/** Days that are left empty are those of the week. */
export const OperationForm = z.object({
  weekId: z.uuid('Select the week').transform((id) => id as WeekId),
  codeName: RequiredText('Enter the code name', 120),
  unit: RequiredText('Enter the unit that leads it', 120),
  area: RequiredText('Enter the area', 120),
  starts: OptionalDay(),
  ends: OptionalDay(),
});
/** A week that is not in the list is added with the operation. The unit and the area may be those of the operation that is copied. */
export const NewOperationForm = OperationForm.extend({
  weekId: MaybeId<WeekId>(),
  unit: OptionalText(120),
  area: OptionalText(120),
  copyOf: MaybeId<OperationId>(),
  copied: CheckboxList(copiedParts),
  weekName: OptionalText(120),
  weekLead: OptionalText(120),
  weekFocus: CheckboxList(exploitations),
  weekStarts: OptionalDay(),
  weekEnds: OptionalDay(),
});
/** Dates moved after a decision to go ahead need a reason. */
export const ChangedOperationForm = OperationForm.extend({ why: OptionalText() });

const ResourceFields = Object.fromEntries(
  resourceKinds.map((what) => [`resources-${what}`, OptionalCount(999)]),
) as Record<`resources-${(typeof resourceKinds)[number]}`, ReturnType<typeof OptionalCount>>;

const PartnerFields = {
  printedName: RequiredText('Enter the name that briefings and releases print', 120),
  officialName: RequiredText('Enter the official name', 200),
  ...ResourceFields,
};
/** A button that also keeps what was saved as the default of this partner. */
export const ChangedPartnerForm = z.object({ ...PartnerFields, usual: Another });
export const PartnerForm = z.object(PartnerFields);
/** Names that are left empty are the agency's own. */
export const NewPartnerForm = z.object({
  agencyId: z.uuid('Select an agency').transform((id) => id as AgencyId),
  ...PartnerFields,
  printedName: OptionalText(120),
  officialName: OptionalText(200),
  defaults: Another,
  another: Another,
});

/** The counts that are not zero. */
export const readResources = (values: Record<keyof typeof ResourceFields, number | null>): Resource[] =>
  resourceKinds.flatMap((what) => {
    const count = values[`resources-${what}`];
    return count ? [{ what, count }] : [];
  });

const Ids = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid('Select people from the list').transform((id) => id as MemberId)),
);

const leadNotOnTeam = 'The lead must be on the team: tick them too, or choose somebody who is';

const Duty = z.enum(duties, 'Select what they do');
export const DutyForm = z.object({ duty: Duty });
const dutyField = 'duty-';
export const dutyFieldOf = (memberId: string): string => `${dutyField}${memberId}`;
const ChosenPerson = z.object({ memberId: z.uuid().transform((id) => id as MemberId), duty: Duty });

/** The people who got a duty, with it. */
export const readDuties = (answers: Readonly<Record<string, unknown>>) =>
  Object.entries(answers).flatMap(([name, duty]) =>
    name.startsWith(dutyField) && duty !== '' ? [{ memberId: name.slice(dutyField.length), duty }] : [],
  );

/** A duty for each person who is to be added, no duty for the others; and a new team, where it got a name. */
export const PeopleAndTeamForm = z
  .record(z.string(), z.unknown())
  .transform((answers) => ({ ...answers, people: readDuties(answers) }))
  .pipe(
    z.object({
      people: z.array(ChosenPerson),
      teamName: OptionalText(60),
      members: Ids,
      leadId: MaybeId<MemberId>(),
    }),
  )
  .superRefine(({ people, teamName, members, leadId }, context) => {
    const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (people.length === 0) wrong('', 'Choose a duty for at least one person');
    if (teamName === null && (members.length > 0 || leadId !== null)) wrong('teamName', 'Enter a name for the team');
    if (leadId !== null && !members.includes(leadId)) wrong('leadId', leadNotOnTeam);
  });

export const PeopleForm = z.object({
  people: Ids.refine((people) => people.length > 0, 'Select at least one person'),
  duty: Duty,
});

export const TeamForm = z
  .object({
    name: RequiredText('Enter a name for the team', 60),
    members: Ids,
    leadId: MaybeId<MemberId>(),
  })
  .refine(({ members, leadId }) => leadId === null || members.includes(leadId), {
    path: ['leadId'],
    error: leadNotOnTeam,
  });
