/** Input that the forms of this module accept, and their errors. */
import { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import { Count, Day, FormId, IdOf, OptionalCount, RequiredText, Time } from '../../platform/forms/forms.ts';
import type { AgencyId, OperationId } from '../../vocabulary/ids.ts';
import {
  fullHours,
  languages,
  type NeedId,
  needKinds,
  needs,
  type ReceptionId,
  type RotaId,
  shelterFor,
  type WristbandId,
  works,
} from './reception.ts';
import type { DebriefId } from './store.ts';

export const ReceptionPath = z.object({ id: IdOf<ReceptionId>() });
export const RotaPath = z.object({ id: IdOf<RotaId>() });
export const WristbandPath = z.object({ id: IdOf<WristbandId>() });
export const NeedPath = z.object({ id: IdOf<NeedId>() });

/** Forms with one button and no other field. */
export const BandForm = z.object({ id: FormId<WristbandId>() });
export const CapacityForm = z.object({ id: FormId() });

const again = 'Open the form again';
const Hours = {
  fromDay: Day('Enter the first day'),
  fromTime: Time('Enter the start time'),
  untilDay: Day('Enter the last day'),
  untilTime: Time('Enter the end time'),
};
type HoursTyped = { fromDay: string; fromTime: string; untilDay: string; untilTime: string };
const hoursOf = <Rest extends HoursTyped>({ fromDay, fromTime, untilDay, untilTime, ...rest }: Rest) => ({
  ...rest,
  ...fullHours(instantAt(fromDay, fromTime), instantAt(untilDay, untilTime)),
});

export const PlanForm = z
  .object({
    id: IdOf<ReceptionId>(again),
    operationId: z.uuid('Select the operation').transform((id) => id as OperationId),
    places: Count('Enter how many people it is good for', 500).refine((places) => places > 0, 'Enter 1 or more'),
    ...Hours,
  })
  .transform(hoursOf);

const blank = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

export const RotaForm = z
  .object({
    id: IdOf<RotaId>(again),
    agencyId: z.uuid('Select the partner').transform((id) => id as AgencyId),
    work: z.enum(works, 'Select the role'),
    language: blank(z.enum(languages, 'Select the language')),
    forWhom: blank(z.enum(shelterFor, 'Select for whom')),
    beds: OptionalCount(500),
    ...Hours,
  })
  .transform(hoursOf)
  .refine(({ work, language }) => (work === 'interpreter') === (language !== null), {
    path: ['language'],
    message: 'Select the language of the interpreter, and leave it empty for other roles',
  })
  .refine(({ work, beds }) => (work === 'first-night shelter') === (beds !== null && beds > 0), {
    path: ['beds'],
    message: 'Enter the beds of a shelter, and of nothing else',
  })
  .refine(({ work, forWhom }) => (work === 'first-night shelter') === (forWhom !== null), {
    path: ['forWhom'],
    message: 'Select for whom a shelter is, and for nothing else',
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, {
    path: ['untilTime'],
    message: 'The end must be after the beginning',
  });

/** `food: no meat`, as in the list. */
const listed = needKinds.flatMap((kind) => needs[kind].map((detail) => `${kind}: ${detail}`)) as [string, ...string[]];
export const NeedForm = z.object({
  id: IdOf<NeedId>(again),
  need: z.enum(listed, 'Select the need').transform((text) => {
    const [kind = '', detail = ''] = text.split(': ');
    return { kind: kind as (typeof needKinds)[number], detail };
  }),
});

export const NightForm = z.object({ rotaId: IdOf<RotaId>('Select the agency that gives the bed') });

export const LinkForm = z.object({
  receptionId: IdOf<ReceptionId>('Select the reception'),
  number: Count('Enter the number on the wristband').refine((number) => number > 0, 'Enter 1 or more'),
});

export const DebriefForm = z.object({
  id: IdOf<DebriefId>(again),
  words: RequiredText('Enter your debrief, or “nothing”', 4_000),
});
