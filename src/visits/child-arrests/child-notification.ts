/** Who must be told when a child is arrested. Pure. Sources: PACE Code C (2023), 1.5 (an age that is not known is a child's), 3.13 and 3.15 (the person responsible for the child and the appropriate adult); Children Act 1989, section 47 (children's services). */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { Arrest, Recorded } from '../visit.ts';

export const waysOfTelling = ['by telephone', 'in person', 'through custody', 'in writing'] as const;

export type ChildNotification = Recorded & {
  /** The arrest's own id: one notification, corrected as often as needed. */
  readonly id: string;
  readonly services: string;
  readonly adult: string;
  readonly how: (typeof waysOfTelling)[number];
  readonly toldAt: Date;
};

const unclearEvidence: readonly unknown[] = ['the person says so', 'how the person looks, and nothing else'];

/** An adult age was written down later, without clear evidence for it (PACE Code C, 1.5). */
export const isUnconfirmedAdult = ({ age, ageBasis }: Pick<Arrest, 'age' | 'ageBasis'>): boolean =>
  age !== null && age >= 18 && unclearEvidence.includes(ageBasis);

/** Under 18, or nobody knows, or an adult without clear evidence. */
export const isTreatedAsChild = (arrest: Pick<Arrest, 'age' | 'ageBasis'>): boolean =>
  arrest.age === null || arrest.age < 18 || isUnconfirmedAdult(arrest);

export type NotificationRefusal = 'no child' | 'told before the arrest' | 'told in the future';

/** Refuses an adult, and a time before the arrest or in the future. */
export function checkNotification(
  arrest: Pick<Arrest, 'age' | 'ageBasis' | 'arrestedAt'>,
  { toldAt }: Pick<ChildNotification, 'toldAt'>,
  now: Date,
): Result<true, NotificationRefusal> {
  if (!isTreatedAsChild(arrest)) return refuse('no child');
  if (toldAt < arrest.arrestedAt) return refuse('told before the arrest');
  return toldAt > now ? refuse('told in the future') : accept(true);
}
