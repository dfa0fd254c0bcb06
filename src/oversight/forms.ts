/** What the forms of oversight accept, and what they say when they do not. */
import { z } from 'zod';
import { type FormErrors, OptionalText, RequiredText, realDate } from '../platform/forms/forms.ts';
import { PageQuery } from '../platform/rendering/paging.ts';
import { isDay, readMonth } from '../vocabulary/calendar/days.ts';
import {
  deliveries,
  identityProofs,
  outcomes,
  type RequestId,
  requesterKinds,
  requestTypes,
} from './subject-access/subject-access-request.ts';
import { unusualKinds } from './unusual-access/unusual-access.ts';

export const RecordPath = z.object({ id: z.uuid() });
export const RequestPath = z.object({ id: z.uuid().transform((id) => id as RequestId) });

const dateField = z.string().trim().max(9).optional().catch(undefined);

/** Dates come in three fields by address too, so that a list can be sent on as it was looked at. */
export const LogQuery = PageQuery.extend({
  behind: PageQuery.shape.page,
  'from-day': dateField,
  'from-month': dateField,
  'from-year': dateField,
  'to-day': dateField,
  'to-month': dateField,
  'to-year': dateField,
});
/** Members whose access is looked up: part of a name, and the page. */
export const MembersQuery = PageQuery.extend({ name: z.string().trim().max(120).catch('').default('') });
export type MembersQuery = z.output<typeof MembersQuery>;
export type LogFilter = z.output<typeof LogQuery>;
export type DayRange = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly errors: FormErrors;
};

export function parseDays(query: LogFilter): DayRange {
  const errors: Record<string, string> = {};
  const day = (name: 'from' | 'to'): string | undefined => {
    const [d, m, y] = [query[`${name}-day`], query[`${name}-month`], query[`${name}-year`]].map((one) => one ?? '');
    if (`${d}${m}${y}` === '') return undefined;
    const joined = `${y}-${readMonth(m ?? '')}-${d?.padStart(2, '0')}`;
    if (isDay(joined)) return joined;
    errors[name] = realDate;
    return undefined;
  };
  const [from, to] = [day('from'), day('to')];
  if (from && to && to < from) errors.to = 'Enter a last day on or after the first day';
  return { from, to, errors };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const recordIdError = 'Enter the address of the record’s page, or its id. You cannot search by name';

/** An id, or the address of a page that has one in it. */
export const FindForm = z.object({
  record: z
    .string(recordIdError)
    .max(500, recordIdError)
    .regex(uuid, recordIdError)
    .transform((text) => (uuid.exec(text)?.[0] ?? '').toLowerCase()),
});

export const AnswerForm = z.object({
  sort: z.enum(unusualKinds, 'Choose an access from the list of unusual access'),
  member: z.uuid(),
  request: z.uuid(),
  words: RequiredText('Enter your findings', 1_000),
});

/** Nothing is opened and nothing is recorded that the person could be forced to show. */
const coercionMessage =
  'Do not open the request. Give the standard answer: each request is answered within a month. Do not say whether data is held. First speak with the person alone, in the agreed safe way';

export const OpenForm = z.object({
  alone: z
    .enum(['yes', 'no'], 'Select whether somebody spoke with the person alone')
    .refine((alone) => alone === 'yes', coercionMessage),
  wants: z.enum(requestTypes, 'Select what the person asks for'),
  asker: z.enum(requesterKinds, 'Select who asks'),
  proof: z.enum(identityProofs, 'Select the proof of identity'),
  delivery: z.enum(deliveries, 'Select how the answer reaches the person'),
  reference: RequiredText('Enter your agency’s reference for the letter', 100),
  safety: z
    .string()
    .trim()
    .max(500, 'Use 500 characters or fewer')
    .nullish()
    .transform((text) => text || null),
  about: z
    .string('Enter at least one record')
    .max(4_000, 'Enter at most a hundred records')
    .transform((text) => [...new Set((text.match(new RegExp(uuid, 'gi')) ?? []).map((id) => id.toLowerCase()))])
    .refine((ids) => ids.length > 0, 'Enter at least one id, or the address of a record’s page')
    .refine((ids) => ids.length <= 100, 'Enter at most a hundred records'),
});

/** A refusal must give its reasons. */
export const OutcomeForm = z
  .object({ outcome: z.enum(outcomes, 'Select the outcome'), words: OptionalText(1_000) })
  .refine(({ outcome, words }) => outcome === 'done' || words !== null, {
    path: ['words'],
    message: 'Enter what was refused, and why',
  });

export const RedactionForm = z.object({
  key: z.string().min(1).max(300),
  kept: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
  why: RequiredText('Say why', 300),
});
