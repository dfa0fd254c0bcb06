/** Refuses to remove what other records still point to. */
import { accept, refuse } from '../../vocabulary/result.ts';

export const foreignKeyViolation = '23503';
/** Other modules may refer to the row, so the foreign keys of the database decide whether it can be removed. */
export async function refuseIfUsed<Refusal extends string>(refusal: Refusal, remove: () => Promise<void>) {
  try {
    return accept(await remove());
  } catch (error) {
    if ((error as { code?: string }).code === foreignKeyViolation) return refuse(refusal);
    throw error;
  }
}
