/** Reads a document that came from elsewhere: size, form, signature, and whether its figures agree with each other. Pure: it trusts nothing and throws nothing. */
import type { z } from 'zod';
import { isSignedByItsKey } from '../../../platform/crypto/exchange-key.ts';
import { isFewerThanFive, partitions, type Quantity } from '../../../vocabulary/figures.ts';
import { getIndicator, indicatorNames } from '../../../vocabulary/indicators.ts';
import { accept, type Result, refuse } from '../../../vocabulary/result.ts';
import { type CountPhrase, countPhrases } from '../../counting/qualify.ts';
import { type SignedReturnDocument, SignedReturnSchema, type TaskingDocument, TaskingSchema } from './signed-return.ts';

/** A return of the demonstration has 12 kB. */
export const maxDocumentBytes = 250_000;

export type ReadRefusal = 'too large' | 'no JSON' | 'not the schema' | 'bad signature';

type SignedSchema = z.ZodType<SignedReturnDocument> | z.ZodType<TaskingDocument>;

function readSigned<Document extends SignedReturnDocument | TaskingDocument>(
  schema: SignedSchema,
  bytes: Uint8Array,
): Result<Document, ReadRefusal> {
  if (bytes.length > maxDocumentBytes) return refuse('too large');
  const content = parse(bytes);
  if (content === undefined) return refuse('no JSON');
  const read = schema.safeParse(content);
  if (!read.success) return refuse('not the schema');
  return isSignedByItsKey(read.data) ? accept(read.data as Document) : refuse('bad signature');
}

export const readSignedReturn = (bytes: Uint8Array): Result<SignedReturnDocument, ReadRefusal> =>
  readSigned<SignedReturnDocument>(SignedReturnSchema, bytes);

export const readTasking = (bytes: Uint8Array): Result<TaskingDocument, ReadRefusal> =>
  readSigned<TaskingDocument>(TaskingSchema, bytes);

/** Without a byte order mark. What is no UTF-8 is replaced. */
export const decodeDocument = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);

function parse(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const content: unknown = JSON.parse(text);
    // Of two keys with one name, another reader may take the other.
    return countWrittenKeys(text) === countKeys(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

const countWrittenKeys = (json: string): number =>
  [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;

function countKeys(content: unknown): number {
  if (content === null || typeof content !== 'object') return 0;
  const own = Array.isArray(content) ? 0 : Object.keys(content).length;
  return Object.values(content).reduce((sum: number, one) => sum + countKeys(one), own);
}

const exactOf = (quantity: Quantity | undefined): number | undefined =>
  quantity?.kind === 'number' && quantity.qualifier === 'exact' ? quantity.value : undefined;
/** The least that a quantity can be. */
const leastOf = (quantity: Quantity): number =>
  quantity.kind === 'number' && quantity.qualifier !== 'about' ? quantity.value : 0;

const isSome = (quantity: Quantity): boolean =>
  quantity.kind === 'words' || (quantity.kind === 'number' && quantity.value > 0);

/** Figures that a nil return has none of. */
const results = indicatorNames.filter((name) => getIndicator(name).isResult);

/** What does not add up in a well-formed document, in the order of its figures: names of figures, “nil”, “joint visits”, “visits by day”, “final”. */
export function findInconsistencies(document: SignedReturnDocument): string[] {
  const { figures, nil, jointVisits, visits, stage, week, signatures } = document;
  const found: string[] = [];
  for (const [name, figure] of Object.entries(figures)) if (!isConsistent(name, figure)) found.push(name);
  if (nil && results.some((name) => figures[name] && isSome(figures[name].total))) found.push('nil');
  const references = jointVisits.map(({ reference }) => reference);
  if (new Set(references).size < references.length || !areWithinTotals(jointVisits, figures))
    found.push('joint visits');
  if (!isWithin(sumOf(visits.map((line) => line.visits)), figures['visits.made']?.total)) found.push('visits by day');
  const last =
    signatures
      .map(({ at }) => at.slice(0, 10))
      .sort()
      .at(-1) ?? '';
  // The days of other countries begin before ours.
  if (stage === 'final' && last < week.localWindow.until) found.push('final');
  return found;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
/** “About” is rounded to fives, of which one step more is allowed, or lies within a tenth. */
const widestAbout = (value: number): number => Math.max(value + 9, Math.floor(value / 0.9));

/** The most that a total can be. Words of which nobody knows the most, and what is not given, leave no room for a part. */
function mostOf(total: Quantity | undefined): number {
  if (total === undefined || total.kind === 'not known') return 0;
  if (total.kind === 'words') return isFewerThanFive(total) ? 4 : (countPhrases[total.words as CountPhrase]?.[1] ?? 0);
  if (total.qualifier === 'at least') return Number.POSITIVE_INFINITY;
  return total.qualifier === 'about' ? widestAbout(total.value) : total.value;
}
const isWithin = (part: number, total: Quantity | undefined): boolean => part <= mostOf(total);

function isConsistent(
  name: string,
  { indicator, total, breakdowns }: SignedReturnDocument['figures'][string],
): boolean {
  if (indicator !== name) return false;
  const whole = exactOf(total);
  if (whole === undefined) return true;
  return Object.entries(breakdowns).every(([breakdown, cells]) => {
    if (!(partitions as readonly string[]).includes(breakdown)) return true;
    const least = sumOf(cells.map(({ quantity }) => leastOf(quantity)));
    const exact = cells.every(({ quantity }) => exactOf(quantity) !== undefined);
    return exact ? least === whole : least <= whole;
  });
}

const areWithinTotals = (
  jointVisits: SignedReturnDocument['jointVisits'],
  figures: SignedReturnDocument['figures'],
): boolean => {
  const sums = new Map<string, number>();
  for (const { counts } of jointVisits)
    for (const [name, value] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + value);
  // One premises visited on two days is one of the total and stands under two references.
  const standsTwice = (name: string): boolean => name === 'premises.visited' || name === 'premises.planned';
  return (
    jointVisits.every(({ counts }) =>
      Object.entries(counts).every(([name, value]) => isWithin(value, figures[name]?.total)),
    ) && [...sums].every(([name, sum]) => standsTwice(name) || isWithin(sum, figures[name]?.total))
  );
};
