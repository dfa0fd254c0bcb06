/** How signs and contacts must be written in their files; what is not so is refused when it is read. */
import { z } from 'zod';
import { isDay } from '../../vocabulary/calendar/days.ts';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { phoneAddress } from '../../vocabulary/phone-numbers.ts';
import { parseYaml } from '../../vocabulary/read-yaml.ts';
import type { ExtraHoliday } from '../contacts/bank-holidays.ts';
import { areas, channelKinds, helpSeekers, type Service, serviceRoles } from '../contacts/contacts.ts';
import { type Interval, isWellFormed, nations, weekdays } from '../contacts/hours.ts';
import { type Guidance, guidanceParts } from './guidance.ts';
import { adviceBases, kinds, readers } from './self-check.ts';
import { evidenceKinds, type Framing, type Sign, signGroups } from './signs.ts';

const Words = z.string().trim().min(1);
const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
const Validity = { dateChecked: Day, validFrom: Day, validTo: Day.nullable() };
const SourceEntry = z.strictObject({ title: Words, url: z.url() });
const uniqueBy = <Entry>(nameOf: (entry: Entry) => string) =>
  [
    (entries: readonly Entry[]) => new Set(entries.map(nameOf)).size === entries.length,
    'The same entry stands here twice',
  ] as const;

const SignEntry = z
  .strictObject({
    id: Words,
    model: z.number().int().min(1).max(10).nullable(),
    group: z.enum(signGroups),
    evidence: z.enum(evidenceKinds),
    exploitation: z.enum(exploitations),
    also: z.union([z.literal('every kind'), z.array(z.enum(exploitations))]).default([]),
    text: Words,
    own: Words.nullable().default(null),
    why: Words,
    innocent: Words,
    caution: Words,
    sources: z.array(SourceEntry).min(1),
    ...Validity,
  })
  .refine(({ group, own }) => group === 'control' || own === null, 'What means nothing alone is not asked of herself')
  .transform(({ exploitation, also, ...sign }): Sign => {
    const others = (also === 'every kind' ? exploitations : also).filter((kind) => kind !== exploitation);
    return { ...sign, kinds: [exploitation, ...others] };
  });

const SourcedText = { text: Words, source: SourceEntry };

const GuidanceEntry = z
  .strictObject({
    id: Words,
    part: z.enum(guidanceParts),
    for: z.array(z.enum(readers)).min(1),
    kinds: z.array(z.enum(kinds)).default([...kinds]),
    when: z.array(z.enum(adviceBases)).default([...adviceBases]),
    ...SourcedText,
    ...Validity,
  })
  .transform(({ for: forWhom, ...entry }): Guidance => ({ ...entry, readers: forWhom }));

const GuidanceFile = z.strictObject({
  guidance: z
    .array(GuidanceEntry)
    .refine(...uniqueBy<{ id: string; validFrom: string }>((entry) => `${entry.id} ${entry.validFrom}`)),
});

const SignsFile = z.strictObject({
  framing: z.array(z.strictObject({ id: Words, ...SourcedText })).min(1),
  signs: z
    .array(SignEntry)
    .refine(...uniqueBy<{ id: string; validFrom: string }>((sign) => `${sign.id} ${sign.validFrom}`)),
});

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

const TraceEntry = z.strictObject({ phone: Words, bill: Words });

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
    (channel) => channel.kind !== 'web' || channel.address?.startsWith('https://'),
    'A page begins with https://',
  );

const ServiceEntry = z.strictObject({
  id: Words,
  name: Words,
  role: z.enum(serviceRoles),
  runBy: Words,
  sits: Words,
  independentOfPolice: z.boolean(),
  area: z.enum(areas),
  forWhom: Words,
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

const ContactsFile = z.strictObject({
  extraHolidays: z.array(z.strictObject({ nation: z.enum(nations), day: Day, name: Words, source: SourceEntry })),
  /** Sentences that the entries share by reference. */
  traces: z.record(z.string(), TraceEntry),
  services: z
    .array(ServiceEntry)
    .refine(...uniqueBy<{ id: string; validFrom: string }>((service) => `${service.id} ${service.validFrom}`)),
});

export const readSigns = (text: string): { framing: readonly Framing[]; signs: readonly Sign[] } =>
  SignsFile.parse(parseYaml(text));
export const readGuidance = (text: string): readonly Guidance[] => GuidanceFile.parse(parseYaml(text)).guidance;
export const readContacts = (text: string): { services: readonly Service[]; extraHolidays: readonly ExtraHoliday[] } =>
  ContactsFile.parse(parseYaml(text));
