/** How one service must be written: in the file of contacts, which the build checks, and by administrators while the site runs. */
import { z } from 'zod';
import { isDay } from '../../vocabulary/calendar/days.ts';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { phoneAddress } from '../../vocabulary/phone-numbers.ts';
import { isHonestLink } from '../../vocabulary/web-address.ts';
import { areas, channelKinds, helpSeekers, type Service, serviceRoles } from '../contacts/contacts.ts';
import { type Interval, isWellFormed, nations, weekdays } from '../contacts/hours.ts';

export const Words = z.string().trim().min(1);
export const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
export const Validity = { dateChecked: Day, validFrom: Day, validTo: Day.nullable() };
export const SourceEntry = z.strictObject({ title: Words, url: z.url() });
export const uniqueBy = <Entry>(nameOf: (entry: Entry) => string) =>
  [
    (entries: readonly Entry[]) => new Set(entries.map(nameOf)).size === entries.length,
    'The same entry stands here twice',
  ] as const;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** "22:00-06:00" runs into the next day; "00:00-24:00" is all of one. */
const IntervalText = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Hours are written like 08:00-20:00')
  .transform((text): Interval => {
    const [from = 0, to = 0] = text.split('-').map(minutesOf);
    return { from, to: to > from ? to : to + 24 * 60 };
  })
  .refine(isWellFormed, 'Hours last no longer than a day');
const Intervals = z.array(IntervalText);

const HoursEntry = z
  .strictObject({
    usual: z.union([z.enum(['24 hours', 'not confirmed']), z.partialRecord(z.enum(weekdays), Intervals)]),
    says: Words.nullable().default(null),
    nation: z.enum(nations).nullable().default(null),
    bankHolidays: z.union([z.enum(['as usual', 'closed', 'not known']), Intervals]),
    exceptions: z
      .array(z.strictObject({ day: Day, intervals: Intervals, why: Words }))
      .refine(...uniqueBy<{ day: string }>((exception) => exception.day))
      .default([]),
  })
  .refine((hours) => hours.bankHolidays === 'as usual' || hours.nation !== null, 'Whose bank holidays?')
  .refine((hours) => hours.usual !== 'not confirmed' || hours.says !== null, 'What does the service say of its hours?');

export const TraceEntry = z.strictObject({ phone: Words, bill: Words });

const ChannelEntry = z
  .strictObject({
    kind: z.enum(channelKinds),
    number: z
      .string()
      .regex(/^(\+\d{8,15}|\d{3,8})$/, 'A number is written like +448000121700, or as a short one')
      .nullable()
      .default(null),
    address: Words.nullable().default(null),
    printed: Words,
    cost: Words,
    leaves: TraceEntry,
    how: Words.nullable().default(null),
    validFrom: Day.nullable().default(null),
  })
  .refine((channel) => (channel.number === null) !== (channel.address === null), 'A number or an address, one of them')
  .refine(
    ({ number, printed }) => number === null || phoneAddress(printed) === `tel:${number}`,
    'The number printed is not the number dialled',
  )
  .refine(
    ({ kind, address, printed }) => kind === 'post' || address === null || isHonestLink(printed, address),
    'A page begins with https:// and is on the site that its words name',
  );

export const ServiceEntry = z.strictObject({
  id: Words,
  name: Words,
  role: z.enum(serviceRoles),
  runBy: Words,
  sits: Words,
  independentOfPolice: z.boolean(),
  area: z.enum(areas),
  forWhom: Words,
  // In one order, so that the same kinds are never a change.
  kinds: z
    .array(z.enum(exploitations))
    .min(1)
    .transform((kinds) => exploitations.filter((kind) => kinds.includes(kind)))
    .nullable()
    .default(null),
  for: z.partialRecord(z.enum(helpSeekers), z.number().int().min(1)),
  promise: Words,
  notes: z.array(Words),
  languages: Words,
  hours: HoursEntry,
  channels: z.array(ChannelEntry).min(1),
  sources: z.array(SourceEntry).min(1),
  ...Validity,
  withheld: Words.nullable().default(null),
});

/** Takes a service as the file writes one; gives undefined where it is not written so. */
export function parseService(entry: unknown): Service | undefined {
  const parsed = ServiceEntry.safeParse(entry);
  return parsed.success ? parsed.data : undefined;
}

/** What is wrong with a service as it is written, the place and what it must be; undefined where nothing is. */
export function faultOfService(entry: unknown): string | undefined {
  const issue = ServiceEntry.safeParse(entry).error?.issues[0];
  return issue && `${issue.path.join(' ')}: ${issue.message}`;
}
