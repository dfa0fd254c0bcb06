/** Whether the person who is asked is or may be under 18, and the warning to the worker. Pure. */
import { type Age, determineAgeTreatment, isUnconfirmedAdult, type KnownAge } from '../../vocabulary/age.ts';

export type AskedAge = 'adult' | 'adult, not confirmed' | 'child or not known';

/** A note without a record has only the age of its day; an older one has none. */
export function readAge(
  { record, noteAge }: { readonly record?: KnownAge | undefined; readonly noteAge?: Age | null },
  today: string,
): AskedAge {
  if (!record) return noteAge === 'adult' ? 'adult' : 'child or not known';
  if (isUnconfirmedAdult(record, today)) return 'adult, not confirmed';
  return determineAgeTreatment(record, today) === 'adult' ? 'adult' : 'child or not known';
}

/** Said to the worker before they ask. */
export const ageWarnings: Record<AskedAge, string | undefined> = {
  adult: undefined,
  'adult, not confirmed':
    'The record says adult, and nobody has confirmed it. Ask about the age first, and record how you know it. If the person may be under 18, notify the council’s children’s services. This consent does not replace that, and its words say so.',
  'child or not known':
    'A child, or a person who may be one: notify the council’s children’s services. This consent does not replace that, and its words say so.',
};
