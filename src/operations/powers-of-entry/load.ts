/** Reads the catalogue file next to this one, once. An invalid entry stops the start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDay } from '../../vocabulary/calendar/days.ts';
import { agencyKinds } from '../../vocabulary/people.ts';
import { parseYaml } from '../../vocabulary/read-yaml.ts';
import { entryKinds, entryPurposes, listInForce, type PowerEntry, type Source } from './power-in-law.ts';

const Words = z.string().trim().min(1);
const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
const Whole = z.number().int().positive();
const Kinds = z.union([z.literal('anyone'), z.array(z.enum(agencyKinds)).min(1)]);
const Validity = { validFrom: Day, validTo: Day.nullable() };

const Spanning = z.union([z.strictObject({ months: Whole }), z.strictObject({ days: Whole })]);
const Lasts = z
  .strictObject({
    months: Whole.optional(),
    days: Whole.optional(),
    orPerhaps: Spanning.optional(),
    while: Words.optional(),
    verified: z.boolean(),
    says: Words,
  })
  .refine(
    ({ months, days, while: condition }) =>
      [months, days, condition].filter((given) => given !== undefined).length === 1,
    'A power lasts for months, for days, or while something holds',
  )
  .transform(({ months, days, orPerhaps, while: condition, verified, says }) => ({
    span: months !== undefined ? { months } : days !== undefined ? { days } : null,
    orPerhaps: orPerhaps ?? null,
    while: condition ?? null,
    verified,
    says,
  }));

const Entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: Words,
  statute: Words,
  kind: z.enum(entryKinds),
  arises: z.enum(['before the visit', 'at the visit']),
  mayHold: Kinds,
  holder: Words,
  mayExecute: Kinds,
  execution: Words,
  lasts: Lasts,
  accompany: z.enum(['named on the warrant', 'the occupier agrees']),
  company: Words,
  places: Words,
  atNight: Words.nullable().default(null),
  notDwellings: Words.nullable(),
  purposes: z.array(z.enum(entryPurposes)).min(1),
  grounds: z.array(Words).default([]),
  notFor: z.array(z.strictObject({ purpose: z.enum(entryPurposes), why: Words, source: Words })),
  record: z.array(Words).min(1),
  check: z.array(Words),
  sources: z.array(Words),
  alongside: z.array(Words).default([]),
  dateChecked: Day,
  ...Validity,
});

const File = z.strictObject({
  sources: z.record(Words, z.strictObject({ title: Words, url: z.url() })),
  powers: z.array(Entry),
  codes: z.array(z.strictObject({ id: Words, name: Words, source: Words, ...Validity })),
  notOfEntry: z.array(z.strictObject({ name: Words, why: Words, source: Words })),
});

export type CodeVersion = {
  readonly id: string;
  readonly name: string;
  readonly source: Source;
  readonly validFrom: string;
  readonly validTo: string | null;
};
export type NotOfEntry = { readonly name: string; readonly why: string; readonly source: Source };
export type Catalogue = {
  readonly powers: readonly PowerEntry[];
  readonly codes: readonly CodeVersion[];
  readonly notOfEntry: readonly NotOfEntry[];
};

/** Refuses an unknown source, two entries of one id in force on one day, and an entry of which nothing was read that does not say so. */
export function readCatalogue(text: string): Catalogue {
  const file = File.parse(parseYaml(text));
  const sourceOf = (key: string): Source => {
    const source = file.sources[key];
    if (!source) throw new Error(`the catalogue of powers names no source ${key}`);
    return source;
  };
  const powers = file.powers.map((entry) => ({
    ...entry,
    sources: entry.sources.map(sourceOf),
    alongside: entry.alongside.map(sourceOf),
    notFor: entry.notFor.map((one) => ({ ...one, source: sourceOf(one.source) })),
  }));
  for (const { id, validFrom, sources, alongside, check } of powers) {
    if (listInForce(powers, validFrom).filter((entry) => entry.id === id).length !== 1)
      throw new Error(`the catalogue has two rules of ${id} for ${validFrom}`);
    if (sources.length + alongside.length === 0 && check.length === 0)
      throw new Error(`${id} has no source and does not say so`);
  }
  return {
    powers,
    codes: file.codes.map((code) => ({ ...code, source: sourceOf(code.source) })),
    notOfEntry: file.notOfEntry.map((one) => ({ ...one, source: sourceOf(one.source) })),
  };
}

export const catalogue: Catalogue = readCatalogue(readFileSync(new URL('./catalogue.yaml', import.meta.url), 'utf8'));

/** Powers in force on this day, in the catalogue's order. */
export const listPowersInForce = (day: string): readonly PowerEntry[] => listInForce(catalogue.powers, day);

/** The rule of this power on this day; where it had none on that day, the one that came nearest after it. Undefined for what the catalogue does not know. */
export function findPower(id: string, day: string): PowerEntry | undefined {
  const rules = catalogue.powers.filter((entry) => entry.id === id);
  return listInForce(rules, day)[0] ?? rules.find(({ validFrom }) => validFrom > day) ?? rules.at(-1);
}

/** The name by which plans, visits and returns call a power. */
export const powerName = (id: string): string => catalogue.powers.find((entry) => entry.id === id)?.name ?? id;

/** The version of PACE Code B that governs a search on this day; undefined before the first one kept here. */
export const findCodeB = (day: string): CodeVersion | undefined => listInForce(catalogue.codes, day)[0];
