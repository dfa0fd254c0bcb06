/** IC-TIP as dated data: its objects, what can be counted here, and a named gap for every code that was not read. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { isDay } from '../vocabulary/calendar/days.ts';
import { type Dated, inForce, type Source } from './dated-rules.ts';

export const icTipObjects = ['events', 'victims', 'perpetrators', 'reporting entities'] as const;
export type IcTipObject = (typeof icTipObjects)[number];
export const icTipKinds = ['form of exploitation', 'age', 'sex', 'how far it was decided', 'who reports'] as const;
export type IcTipKind = (typeof icTipKinds)[number];

const Words = z.string().trim().min(1);
const Day = z.string().refine(isDay, 'A day is written like 2026-01-01');
/** An object that is not counted gives the reason. */
const CountedObject = z
  .strictObject({ object: z.enum(icTipObjects), counted: z.boolean(), gap: Words.nullable() })
  .refine(({ counted, gap }) => counted === (gap === null), 'What is not counted says why');
const Kind = z
  .strictObject({
    of: z.enum(icTipObjects),
    kind: z.enum(icTipKinds),
    sources: z.array(Words),
    gap: Words.nullable(),
    /** From the application's words to their codes. */
    codes: z.record(Words, Words),
  })
  .refine(({ gap, codes }) => Object.keys(codes).length > 0 || gap !== null, 'A kind without codes has a gap')
  .refine(({ sources, codes }) => Object.keys(codes).length === 0 || sources.length > 0, 'A code has a source');
const Data = z.strictObject({
  sources: z.record(Words, z.strictObject({ title: Words, url: z.url() })),
  versions: z.array(
    z.strictObject({
      id: Words,
      name: Words,
      validFrom: Day,
      validTo: Day.nullable(),
      dateChecked: Day,
      sources: z.array(Words).min(1),
      check: z.array(Words),
      objects: z.array(CountedObject).length(icTipObjects.length),
      kinds: z.array(Kind).length(icTipKinds.length),
    }),
  ),
});
export type IcTip = Dated & {
  readonly id: string;
  readonly name: string;
  readonly objects: readonly z.output<typeof CountedObject>[];
  readonly kinds: readonly z.output<typeof Kind>[];
};

/** A wrong entry stops the start. */
export function readIcTip(data: unknown): readonly IcTip[] {
  const { sources, versions } = Data.parse(data);
  const sourceOf = (key: string): Source => {
    const source = sources[key];
    if (!source) throw new Error(`no source is called ${key}`);
    return source;
  };
  return versions.map((version) => {
    for (const { sources: named } of version.kinds) named.map(sourceOf);
    return { ...version, sources: version.sources.map(sourceOf) };
  });
}

/** The versions that ship with the application. */
export const icTipVersions = readIcTip(parse(readFileSync(new URL('./ic-tip.yaml', import.meta.url), 'utf8')));
/** The version in force on a day; undefined before the first. */
export const icTipOn = (versions: readonly IcTip[], day: string): IcTip | undefined => inForce(versions, day)[0];

/** The IC-TIP code for a word of the application, or the name of the gap. */
export function icTipCode(version: IcTip, kind: IcTipKind, ours: string): { code: string | null; gap: string | null } {
  const known = version.kinds.find((one) => one.kind === kind);
  const code = known?.codes[ours] ?? null;
  return { code, gap: code ? null : (known?.gap ?? 'no code for this word') };
}
