/** Input that the forms of meetings accept, and their errors. */
import { z } from 'zod';
import { CheckboxList, Day, IdOf, OptionalDay, OptionalText, RequiredText, Time } from '../../platform/forms/forms.ts';
import type { AgencyId, MemberId, OperationId, PersonId } from '../../vocabulary/ids.ts';
import type { TaskId } from '../actions/action.ts';
import type { MeetingCaseId, MeetingId } from './meeting.ts';

export const MeetingPath = z.object({ id: IdOf<MeetingId>() });
export const MeetingCasePath = z.object({ id: IdOf<MeetingCaseId>() });
export const NewMeetingQuery = z.object({ from: IdOf<MeetingId>().optional().catch(undefined) });

const formId = <Id extends string>() => IdOf<Id>('Open the form again');

/** Ticked agencies, of those that the form offers. */
const agencyList = (ids: readonly string[]) =>
  CheckboxList(['', ...ids]).transform((ticked) => ticked.filter((id) => id !== '') as unknown as AgencyId[]);

export type MeetingChoices = {
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly chairs: readonly { readonly id: string; readonly name: string }[];
  readonly operations: readonly { readonly id: string; readonly name: string }[];
};

const idsOf = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);
const oneOf = <Chosen extends string>(all: readonly { readonly id: string }[], missing: string) =>
  z.enum(['', ...idsOf(all)], missing).transform((id) => id as Chosen | '');

export const meetingForm = ({ agencies, chairs, operations }: MeetingChoices) =>
  z.object({
    id: formId<MeetingId>(),
    day: Day('Enter the date of the meeting'),
    time: Time('Enter the time of the meeting'),
    place: RequiredText('Enter the place, or how it is held', 200),
    chairId: z.enum(idsOf(chairs), 'Select the chair').transform((id) => id as MemberId),
    operationId: oneOf<OperationId>(operations, 'Select an operation from the list')
      .optional()
      .transform((id) => id || null),
    invited: agencyList(idsOf(agencies)),
  });

export const attendanceForm = (agencies: readonly { readonly id: string }[]) =>
  z.object({
    agenciesPresent: agencyList(idsOf(agencies)),
    present: OptionalText(1_000),
    apologies: OptionalText(1_000),
    nextDay: OptionalDay(),
  });

const knowledge = {
  knows: z.enum(['yes', 'no'], 'Select whether the person knows'),
  reason: OptionalText(300),
};
const noReason = { path: ['reason'], message: 'Enter why the person does not know. For example, asking is not safe' };
const hasReason = ({ knows, reason }: { readonly knows: string; readonly reason: string | null }): boolean =>
  knows === 'yes' || reason !== null;

export const caseForm = (people: readonly { readonly id: string }[]) =>
  z
    .object({
      id: formId<MeetingCaseId>(),
      personId: oneOf<PersonId>(people, 'Select a case from the list')
        .optional()
        .transform((id) => id || null),
      reference: OptionalText(20),
      ...knowledge,
    })
    .refine(hasReason, noReason)
    .refine(({ personId, reference }) => (personId === null) !== (reference === null), {
      path: ['personId'],
      message: 'Select a case, or enter one reference',
    });

export const DecisionForm = z.object({ words: OptionalText(2_000), ...knowledge }).refine(hasReason, noReason);

export const CorrectionForm = z.object({
  words: RequiredText('Enter the correction', 2_000),
});

export const MeetingActionForm = z.object({
  id: formId<TaskId>(),
  what: RequiredText('Enter the action', 500),
  due: Day('Enter the due date'),
  owner: z.enum(['me', 'a colleague'], 'Select the owner'),
});
