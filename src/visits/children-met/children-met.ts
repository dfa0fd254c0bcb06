/** Which people met make children's services a task of the team. Pure. Sources: Children Act 1989, section 47; Modern Slavery Act 2015, section 51 (an age that is not known is a child's). */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { Encounter } from '../visit.ts';

/** Under 18, or nobody knows; a record that was disposed of says no age. */
export const isMetAsChild = ({ age, disposedOn }: Pick<Encounter, 'age' | 'disposedOn'>): boolean =>
  age !== 'adult' && !disposedOn;

/** Nobody has recorded at the visit that children's services were told. */
export const isUntold = (met: Pick<Encounter, 'age' | 'disposedOn' | 'servicesTold'>): boolean =>
  isMetAsChild(met) && !met.servicesTold;

export type TellingRefusal = 'no child' | 'told in the future';

/** Refuses an adult and a time in the future. Children's services may have been told before the team arrived. */
export function checkTelling(
  met: Pick<Encounter, 'age' | 'disposedOn'>,
  toldAt: Date,
  now: Date,
): Result<true, TellingRefusal> {
  if (!isMetAsChild(met)) return refuse('no child');
  return toldAt > now ? refuse('told in the future') : accept(true);
}
