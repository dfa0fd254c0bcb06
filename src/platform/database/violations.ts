/** Writes that the database refuses because of the rows that are there: a refusal of the work, not a fault. */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

/** A row with the same key is there already. */
export const uniqueViolation = '23505';
/** What the row names is gone, or other rows still name it. */
export const foreignKeyViolation = '23503';
export const checkViolation = '23514';
/** As triggers say it of a record in the wrong state. */
export const wrongState = '55000';

export const codeOf = (error: unknown): string => String((error as { readonly code?: string }).code);

/** Carries out a write. Refuses with the word that stands for the code of the database's error; throws any other error. The transaction can then only be rolled back. */
export async function refuseOn<Refusal extends string, Value>(
  refusals: Readonly<Record<string, Refusal>>,
  write: () => Promise<Value>,
): Promise<Result<Value, Refusal>> {
  try {
    return accept(await write());
  } catch (error) {
    const refusal = refusals[codeOf(error)];
    if (refusal === undefined) throw error;
    return refuse(refusal);
  }
}
