/** What a signed return says: one JSON document that a coordinator can read without Safelight. Pure. Source: domain 4.1 and 4.5 (windows, levels, floors), design 3.7 and 3.11. */
import { z } from 'zod';
import { isDay } from '../../../vocabulary/calendar/days.ts';

export const returnSchemaName = 'safelight/signed-return';
export const taskingSchemaName = 'safelight/tasking';
/** A change that an older reader would misread makes a new version, with a JSON Schema of its own. */
export const schemaVersion = 1;

export const reporterLevels = ['force', 'partnership', 'country'] as const;
export type ReporterLevel = (typeof reporterLevels)[number];

/** No control characters and no letters that turn the direction of writing: a name must look like what it says. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are refused
const plain = /^[^\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]*$/u;
export const PlainText = (most: number) => z.string().min(1).max(most).regex(plain);
/** Lines, as an analyst typed them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are refused
const lines = /^[^\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]*$/u;
export const PlainLines = (most: number) => z.string().max(most).regex(lines);
export const DayText = z
  .string()
  .regex(/^(?:19|20)\d{2}-\d{2}-\d{2}$/)
  .refine(isDay);
const Moment = z.string().regex(/^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
export const Window = z.strictObject({ from: DayText, until: DayText }).refine(({ from, until }) => from <= until);
export const CountryCode = z.string().regex(/^[A-Z]{2}$/);
export const KeyId = z.string().regex(/^[0-9a-f]{16}$/);
/** 32 bytes in base64. */
export const PublicKeyText = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
/** 64 bytes in base64. */
export const SignatureText = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);
export { Moment };

const mostCounted = 9_999_999;
const Whole = z.number().int().min(0).max(mostCounted);

/** A count as it may honestly be said: a number and how sure, words alone, or not known. */
export const QuantitySchema = z.union([
  z.strictObject({
    kind: z.literal('number'),
    value: Whole,
    qualifier: z.enum(['exact', 'at least', 'about']),
  }),
  z.strictObject({ kind: z.literal('words'), words: PlainText(60) }),
  z.strictObject({ kind: z.literal('not known') }),
]);

/** The name of a figure, as its edition of definitions has it. A coordinator keeps names that it does not know. */
const IndicatorName = z.string().regex(/^[a-z][A-Za-z]{1,30}\.[a-z][A-Za-z]{1,40}$/);
const BreakdownName = z.string().regex(/^by[A-Z][A-Za-z]{1,60}$/);
const DimensionName = z.string().regex(/^[a-z][A-Za-z]{1,30}$/);

const CellSchema = z.strictObject({
  of: z.record(DimensionName, PlainText(200)),
  quantity: QuantitySchema,
});
const FigureSchema = z.strictObject({
  indicator: IndicatorName,
  total: QuantitySchema,
  breakdowns: z.record(BreakdownName, z.array(CellSchema).max(400)),
});

/** Shared when a visit is planned: both forces write the same one. */
export const jointReferencePattern = /^JV-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/;
const JointReference = z.string().regex(jointReferencePattern);

/** How many visits and premises there were on one day, in one town, of one kind. It finds visits that two forces made together. */
const VisitDaySchema = z.strictObject({
  day: DayText,
  town: PlainText(120),
  kind: PlainText(120),
  visits: Whole.min(1),
  premises: Whole.min(1),
});
/** A visit that was planned with another force: what this return counts of it. No figure about people who may need help is among them. */
const JointVisitSchema = z.strictObject({
  reference: JointReference,
  day: DayText,
  town: PlainText(120),
  kind: PlainText(120),
  counts: z.record(IndicatorName, Whole),
});

const signing = {
  /** The instance of Safelight: it stays when its key is replaced. */
  instance: z.strictObject({ id: KeyId, name: PlainText(200) }),
  keyId: KeyId,
  publicKey: PublicKeyText,
  issuedAt: Moment,
  signature: SignatureText,
};

export const SignedReturnSchema = z.strictObject({
  schema: z.literal(returnSchemaName),
  schemaVersion: z.literal(schemaVersion),
  ...signing,
  reporter: z.strictObject({ name: PlainText(200), country: CountryCode, level: z.enum(reporterLevels) }),
  operation: z.strictObject({ id: z.uuid(), name: PlainText(200) }),
  /** The week as the partnership names it, the operation that it belongs to, and both windows. */
  week: z.strictObject({
    name: PlainText(200),
    nationalOperation: PlainText(200).nullable(),
    window: Window,
    localWindow: Window,
  }),
  version: z.number().int().min(1).max(9_999),
  stage: z.enum(['provisional', 'revised', 'final']),
  /** The edition of definitions that it was counted by. */
  definitions: PlainText(60),
  nil: z.boolean(),
  /** What changed and why, in the analyst's words. */
  note: PlainLines(2_000).nullable(),
  figures: z.record(IndicatorName, FigureSchema),
  /** Breakdowns that were signed and are not sent, because they describe people. */
  leftOut: z.array(PlainText(120)).max(200),
  visits: z.array(VisitDaySchema).max(2_000),
  jointVisits: z.array(JointVisitSchema).max(500),
  /** Who signed, by role alone. */
  signatures: z
    .array(z.strictObject({ role: z.enum(['analyst', 'second person']), at: Moment }))
    .min(1)
    .max(2),
  /** Of the return as it was signed inside the instance: HMAC with SHA-256 under a key that only the instance has (RFC 2104). */
  returnDigest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SignedReturnDocument = z.output<typeof SignedReturnSchema>;
export type JointVisitLine = z.output<typeof JointVisitSchema>;
export type VisitDayLine = z.output<typeof VisitDaySchema>;

export const TaskingSchema = z.strictObject({
  schema: z.literal(taskingSchemaName),
  schemaVersion: z.literal(schemaVersion),
  ...signing,
  week: z.strictObject({
    id: z.uuid(),
    name: PlainText(200),
    nationalOperation: PlainText(200).nullable(),
    window: Window,
  }),
  deadline: Moment,
  /** Where the partnerships should work, and the kinds of exploitation that the week is about. */
  area: PlainText(120).nullable().optional(),
  focus: z.array(PlainText(60)).max(10).optional(),
  /** Editions of definitions that are counted. */
  definitions: z.array(PlainText(60)).min(1).max(10),
  tasking: PlainLines(8_000).nullable(),
  /** Where a program can send the signed return. */
  sendTo: z
    .string()
    .max(400)
    .regex(/^https?:\/\/[^\s<>"]+$/),
});
export type TaskingDocument = z.output<typeof TaskingSchema>;
