/** What `safelight release read --json` prints of one file: its shape, version 1, and how it is made. Pure. */
import { z } from 'zod';
import type { Inconsistency } from '../../release-reading/inconsistencies.ts';
import {
  type Claim,
  contactRoutes,
  countOf,
  currencies,
  type ParsedRelease,
  parts,
  placeNamed,
  powers,
  qualifiers,
  type ReleaseFacts,
  scopes,
  takingPart,
  thingTreatments,
  treatments,
  weekdays,
} from '../../release-reading/parsed-release.ts';
import { type FileFinding, findingsOf } from '../findings/file-findings.ts';
import { kinds } from '../in-words.ts';

export const readingSchemaName = 'safelight/release-reading';
export const readingSchemaVersion = 1;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const line = z.int().min(1);
const words = z.string();

const Details = z.strictObject({
  sex: z.enum(['female', 'male']).nullable().optional(),
  age: z.int().nullable().optional(),
  ageRange: z.tuple([z.int(), z.int()]).optional(),
  home: words.nullable().optional(),
  matter: words.nullable().optional(),
  business: words.nullable().optional(),
  power: z.enum(powers).optional(),
  addresses: z.int().nullable().optional(),
  treatment: z.enum([...treatments, ...thingTreatments]).optional(),
  who: z.union([z.enum(takingPart), words]).optional(),
  what: words.optional(),
  currency: z.enum(currencies).optional(),
  words: words.optional(),
  own: z.boolean().optional(),
  name: words.nullable().optional(),
  rank: words.optional(),
  of: words.nullable().optional(),
  role: words.optional(),
  route: z.enum(contactRoutes).optional(),
  asWritten: words.optional(),
  hours: z
    .array(z.strictObject({ days: z.array(z.enum(weekdays)), from: words, to: words }))
    .nullable()
    .optional(),
  network: words.nullable().optional(),
});

const ClaimSchema = z.strictObject({
  kind: z.enum(Object.keys(kinds) as [Claim['kind'], ...Claim['kind'][]]),
  value: z.union([z.number(), z.string(), z.null()]),
  qualifier: z.enum([...qualifiers, 'in words', 'not known']).nullable(),
  upTo: z.number().nullable(),
  place: z.array(words).min(1).nullable(),
  scope: z.enum(scopes).nullable(),
  details: Details,
  sentence: words,
  part: z.enum(parts),
  line,
  again: z.array(line),
});
export type ClaimRead = z.infer<typeof ClaimSchema>;

const FindingSchema = z.strictObject({
  kind: words,
  line: line.nullable(),
  key: words.nullable(),
  what: words,
  cure: words.nullable(),
  sentence: words.nullable(),
});

const UnreadSchema = z.strictObject({
  words,
  value: z.number().nullable(),
  sentence: words,
  part: z.enum(parts),
  line,
});

export const ReleaseReadingSchema = z.strictObject({
  schema: z.literal(readingSchemaName),
  schemaVersion: z.literal(readingSchemaVersion),
  file: words,
  read: z.boolean(),
  bytes: z.int().min(0).nullable(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  title: words.nullable(),
  area: words.nullable(),
  description: words.nullable(),
  published: day.nullable(),
  url: words.nullable(),
  claims: z.array(ClaimSchema),
  findings: z.array(FindingSchema),
  unread: z.array(UnreadSchema),
});
export type ReleaseReading = z.infer<typeof ReleaseReadingSchema>;

type File = { readonly name: string; readonly bytes: number | null; readonly sha256: string | null };

const ofFile = ({ name, bytes, sha256 }: File) => ({
  schema: readingSchemaName,
  schemaVersion: readingSchemaVersion,
  file: name,
  bytes,
  sha256,
});

/** A file that was read. */
export const readingOf = (
  file: File,
  release: ParsedRelease,
  { claims, unread }: ReleaseFacts,
  inconsistencies: readonly Inconsistency[],
): ReleaseReading => ({
  ...ofFile(file),
  schema: readingSchemaName,
  schemaVersion: readingSchemaVersion,
  read: true,
  title: release.title,
  area: release.area,
  description: release.description,
  published: release.publishDate,
  url: release.url,
  claims: claims.map(claimRead),
  findings: findingsOf(release, inconsistencies).map(findingRead),
  unread: unread.map(({ words: said, value, sentence, part, line: at }) => ({
    words: said,
    value,
    sentence,
    part,
    line: at,
  })),
});

/** A file that was not read, with the reason. */
export const readingOfBad = (
  file: File,
  finding: Pick<FileFinding, 'what' | 'cure' | 'key'> & { readonly kind: string; readonly line: number | null },
): ReleaseReading => ({
  ...ofFile(file),
  schema: readingSchemaName,
  schemaVersion: readingSchemaVersion,
  read: false,
  title: null,
  area: null,
  description: null,
  published: null,
  url: null,
  claims: [],
  findings: [findingRead({ ...finding, sentence: null })],
  unread: [],
});

const findingRead = ({
  kind,
  line: at,
  key,
  what,
  cure,
  sentence,
}: Omit<FileFinding, 'kind' | 'line' | 'atImport'> & {
  readonly kind: string;
  readonly line: number | null;
}): ReleaseReading['findings'][number] => ({ kind, line: at, key, what, cure, sentence });

/** The part of a claim that is its value, where it is no number. */
const valueKeys: Readonly<Partial<Record<Claim['kind'], readonly string[]>>> = {
  window: ['from', 'to'],
  published: ['day'],
  operation: ['name'],
  unit: ['name'],
  partner: ['name'],
  sign: ['text'],
  contact: ['value'],
  social: ['handle'],
  officer: ['name'],
  speaker: ['name'],
  'without a figure': ['words'],
};
const common = new Set([
  'kind',
  'count',
  'quantity',
  'town',
  'towns',
  'region',
  'scope',
  'sentence',
  'part',
  'line',
  'again',
]);

function claimRead(claim: Claim): ClaimRead {
  const count = countOf(claim);
  const keys = valueKeys[claim.kind] ?? [];
  const held = claim as unknown as Readonly<Record<string, unknown>>;
  const inWords = claim.kind === 'people' && claim.quantity.kind !== 'number' ? claim.quantity : null;
  const rest = Object.entries(held).filter(([key]) => !common.has(key) && !keys.includes(key));
  return {
    kind: claim.kind,
    value: keys.length > 0 ? keys.map((key) => held[key]).join('/') : (count?.value ?? null),
    qualifier: count?.qualifier ?? (inWords ? (inWords.kind === 'words' ? 'in words' : 'not known') : null),
    upTo: count?.to ?? null,
    place: placeNamed(claim)?.slice() ?? null,
    scope: ('scope' in claim && claim.scope) || null,
    details: { ...Object.fromEntries(rest), ...(inWords?.kind === 'words' && { words: inWords.words }) },
    sentence: claim.sentence,
    part: claim.part,
    line: claim.line,
    again: [...claim.again],
  };
}

/** The published JSON Schema, here and in docs/exchange/, made from the shape above. */
export const readingJsonSchema = (): object => {
  const { $schema, ...rest } = z.toJSONSchema(ReleaseReadingSchema, { target: 'draft-2020-12' });
  return {
    $schema,
    $id: `urn:safelight:release-reading:${readingSchemaVersion}`,
    title: 'What is read from one release that others published',
    ...rest,
  };
};

export const readingSchemaFile = `release-reading-${readingSchemaVersion}.schema.json`;
