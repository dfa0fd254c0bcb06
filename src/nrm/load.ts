/** Reads the dated data files of this folder once; a malformed entry stops the start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDay } from '../vocabulary/calendar/days.ts';
import { parseYaml } from '../vocabulary/read-yaml.ts';
import { type Dated, inForce, type Source } from './dated-rules.ts';
import { type DecisionTest, decisionKinds, type Period, periodKinds } from './decisions.ts';
import { factNames } from './facts.ts';
import { answerSources, type Field, type FormVersion, fieldKinds, fieldsOf, needs, notificationUses } from './form.ts';
import { type FirstResponder, nations } from './responders.ts';

const Words = z.string().trim().min(1);
const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
const Sources = z.record(Words, z.strictObject({ title: Words, url: z.url() }));
const Validity = {
  validFrom: Day,
  validTo: Day.nullable(),
  dateChecked: Day,
  sources: z.array(Words),
  check: z.array(Words).default([]),
};

const read = (name: string): unknown => parseYaml(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'));

type RawRule = Pick<Dated, 'validFrom' | 'validTo' | 'check'> & { readonly sources: readonly string[] };

/** Replaces source keys by the sources. Refuses an unknown key, a period that ends before it begins, and an unread entry that does not say so. */
function withSources<One extends RawRule>(
  all: readonly One[],
  sources: Readonly<Record<string, Source>>,
): (Omit<One, 'sources'> & { sources: readonly Source[] })[] {
  return all.map((one) => {
    if (one.validTo !== null && one.validTo < one.validFrom)
      throw new Error(`a rule ends on ${one.validTo}, before it begins`);
    if (one.sources.length === 0 && one.check.length === 0) throw new Error('a rule has no source and does not say so');
    return {
      ...one,
      sources: one.sources.map((key) => {
        const source = sources[key];
        if (!source) throw new Error(`no source is called ${key}`);
        return source;
      }),
    };
  });
}

/** Refuses two rules of one kind for the same day. */
function requireUnique<One extends Pick<Dated, 'validFrom' | 'validTo'>>(
  all: readonly One[],
  kindOf: (one: One) => string,
): readonly One[] {
  for (const one of all)
    if (inForce(all, one.validFrom).filter((other) => kindOf(other) === kindOf(one)).length !== 1)
      throw new Error(`two rules for ${kindOf(one)} on ${one.validFrom}`);
  return all;
}

const Organisations = z.strictObject({
  sources: Sources,
  organisations: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z-]+$/),
      name: Words,
      covers: z.enum(['one', 'each']),
      nations: z.array(z.enum(nations)).min(1),
      bound: z.enum(['statute', 'policy', 'no']),
      ...Validity,
    }),
  ),
});

const Rules = z.strictObject({
  sources: Sources,
  tests: z.array(z.strictObject({ id: Words, decision: z.enum(decisionKinds), test: Words.nullable(), ...Validity })),
  periods: z.array(
    z.strictObject({
      id: Words,
      what: z.enum(periodKinds),
      workingDays: z.number().int().positive().nullable(),
      days: z.number().int().positive().nullable(),
      firm: z.boolean(),
      says: Words,
      ...Validity,
    }),
  ),
  consent: z.array(
    z.strictObject({
      id: Words,
      validFrom: Day,
      validTo: Day.nullable(),
      dateChecked: Day,
      sentences: z
        .array(
          z.strictObject({ id: Words, says: Words, sources: z.array(Words).min(1), check: z.array(Words).default([]) }),
        )
        .min(1),
    }),
  ),
  capacity: z.array(z.strictObject({ id: Words, says: Words, ...Validity })),
});

const FieldShape = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9-]+$/),
    asks: Words,
    kind: z.enum(fieldKinds),
    options: z.array(Words).default([]),
    needed: z.enum(needs),
    when: z
      .strictObject({ field: Words, is: z.array(Words).min(1) })
      .nullable()
      .default(null),
    askedOf: z.enum(answerSources),
    from: z.enum(factNames),
    notify: z.enum(notificationUses),
  })
  .refine(
    ({ kind, options }) => (kind === 'choice' || kind === 'choices') === options.length > 0,
    'A choice has options, and nothing else has',
  )
  .refine(
    ({ kind, notify }) => (notify === 'checked') === false || kind === 'narrative',
    'What is checked is free text',
  )
  .refine(
    ({ notify, ...field }) => notify !== 'sent' || mayBeSent(field),
    'What is sent unchecked comes from a list, or is about who sends it',
  );

/** A list answer reveals only a list entry. Free text may be sent only about the sender. */
export const mayBeSent = ({ key, kind }: Pick<Field, 'key' | 'kind'>): boolean =>
  ['choice', 'choices', 'country', 'tick'].includes(kind) || key === 'user-organisation' || key.startsWith('fr-');

const Forms = z.strictObject({
  sources: Sources,
  versions: z.array(
    z.strictObject({
      id: Words,
      name: Words,
      narrativeMost: z.number().int().positive(),
      sections: z.array(z.strictObject({ title: Words, fields: z.array(FieldShape).min(1) })).min(1),
      ...Validity,
    }),
  ),
});

/** Reads the form's versions. Refuses a duplicate key, and a condition on a later question or on an option that does not exist. */
export function readForms(file: unknown): readonly FormVersion[] {
  const { sources, versions } = Forms.parse(file);
  const all: readonly FormVersion[] = withSources(versions, sources);
  for (const version of all) {
    const before = new Map<string, Field>();
    for (const field of fieldsOf(version)) {
      if (before.has(field.key)) throw new Error(`${version.id} asks ${field.key} twice`);
      const earlier = field.when && before.get(field.when.field);
      if (field.when && !earlier) throw new Error(`${version.id} shows ${field.key} by what is not asked before it`);
      if (earlier && field.when?.is.some((one) => !earlier.options.includes(one)))
        throw new Error(`${version.id} shows ${field.key} by no option of ${earlier.key}`);
      before.set(field.key, field);
    }
  }
  return requireUnique(all, () => 'the form');
}

/** The kinds of exploitation, each as the options of the form name it, in words. */
const Codes = z.strictObject({
  sources: Sources,
  validFrom: Day,
  dateChecked: Day,
  types: z.array(z.strictObject({ key: Words, says: Words })),
});

const organisations = Organisations.parse(read('first-responders.yaml'));
const rules = Rules.parse(read('nrm-rules.yaml'));

export const firstResponders: readonly FirstResponder[] = requireUnique(
  withSources(organisations.organisations, organisations.sources),
  ({ id }) => id,
);
export const decisionTests: readonly DecisionTest[] = requireUnique(
  withSources(rules.tests, rules.sources),
  ({ decision }) => decision,
);
export const periods: readonly Period[] = requireUnique(withSources(rules.periods, rules.sources), ({ what }) => what);
withSources(rules.capacity, rules.sources); // Refuses a rule without a source.
export const formVersions: readonly FormVersion[] = readForms(read('referral-form.yaml'));
export const exploitationCodes = Codes.parse(read('exploitation-codes.yaml'));

export type ConsentInformation = z.output<typeof Rules>['consent'][number];
/** The information given to an adult before asking for consent. Undefined on a day without a stored wording: then nobody may be asked. */
export const consentInformationOn = (day: string): ConsentInformation | undefined => inForce(rules.consent, day)[0];
