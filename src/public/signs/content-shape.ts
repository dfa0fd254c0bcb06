/** How signs and contacts must be written in their files; what is not so is refused when it is read. */
import { z } from 'zod';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { parseYaml } from '../../vocabulary/read-yaml.ts';
import type { ExtraHoliday } from '../contacts/bank-holidays.ts';
import type { Service } from '../contacts/contacts.ts';
import { nations } from '../contacts/hours.ts';
import { type Guidance, guidanceParts } from './guidance.ts';
import { type Place, placeKinds } from './places.ts';
import { adviceBases, kinds, readers } from './self-check.ts';
import { Day, ServiceEntry, SourceEntry, TraceEntry, uniqueBy, Validity, Words } from './service-shape.ts';
import { evidenceKinds, type Framing, type Sign, signGroups } from './signs.ts';

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
    return { ...sign, visitsOnly: false, kinds: [exploitation, ...others] };
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

const PlacesFile = z.strictObject({
  places: z
    .array(
      z.strictObject({
        id: z.enum(placeKinds),
        noticed: z.array(Words).min(1),
        signs: z.array(Words),
        innocent: Words,
        sources: z.array(SourceEntry).min(1),
        ...Validity,
      }),
    )
    .refine(...uniqueBy<{ id: string; validFrom: string }>((place) => `${place.id} ${place.validFrom}`)),
});

const SignsFile = z.strictObject({
  framing: z.array(z.strictObject({ id: Words, ...SourcedText })).min(1),
  signs: z
    .array(SignEntry)
    .refine(...uniqueBy<{ id: string; validFrom: string }>((sign) => `${sign.id} ${sign.validFrom}`)),
});

/** Recorded at visits alone: seen by an onlooker, and asked of nobody about themselves. */
const VisitSignsFile = z.strictObject({
  signs: z
    .array(
      SignEntry.refine(
        ({ evidence, own }) => evidence === 'observable' && own === null,
        'A visit holds what an onlooker can see',
      ),
    )
    .refine(...uniqueBy<{ id: string; validFrom: string }>((sign) => `${sign.id} ${sign.validFrom}`)),
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
export const readVisitSigns = (text: string): readonly Sign[] =>
  VisitSignsFile.parse(parseYaml(text)).signs.map((sign) => ({ ...sign, visitsOnly: true }));
export const readPlaces = (text: string): readonly Place[] => PlacesFile.parse(parseYaml(text)).places;
export const readGuidance = (text: string): readonly Guidance[] => GuidanceFile.parse(parseYaml(text)).guidance;
export const readContacts = (text: string): { services: readonly Service[]; extraHolidays: readonly ExtraHoliday[] } =>
  ContactsFile.parse(parseYaml(text));
