/** Chooses between a referral with the person’s name, a notification without it, and naming a decision maker first. Pure; ignores cooperation and status. */

import type { AgeTreatment } from '../vocabulary/age.ts';

/** Whether this adult can make this decision, at this time. */
export type Capacity =
  | { readonly kind: 'not in doubt' }
  | { readonly kind: 'in doubt' }
  | { readonly kind: 'assessed'; readonly assessor: string; readonly able: true }
  | {
      readonly kind: 'assessed';
      readonly assessor: string;
      readonly able: false;
      /** The person who decides in the adult's best interests; null until there is one. */
      readonly decisionMaker: string | null;
      readonly decision: 'refer' | 'do not refer' | null;
    };

export type RouteInput = {
  readonly age: AgeTreatment;
  /** The adult’s answer after the full explanation; null if not asked yet. */
  readonly consent: 'yes' | 'no' | null;
  readonly capacity: Capacity;
};

export const pendingSteps = [
  'assessor to be named',
  'best-interests decision-maker to be named',
  'best-interests decision to be made',
  'consent to be asked',
] as const;
export type PendingStep = (typeof pendingSteps)[number];

export const grounds = [
  'child',
  'age not sure: a child until assessed',
  'consent',
  'best interests',
  'no consent',
] as const;
export type Ground = (typeof grounds)[number];

export type ReferralRoute =
  | { readonly kind: 'referral'; readonly ground: Ground }
  | { readonly kind: 'notification'; readonly ground: Ground }
  | { readonly kind: 'first'; readonly wait: PendingStep };

export function chooseRoute({ age, consent, capacity }: RouteInput): ReferralRoute {
  if (age === 'child') return { kind: 'referral', ground: 'child' };
  if (age === 'not sure') return { kind: 'referral', ground: 'age not sure: a child until assessed' };
  if (capacity.kind === 'in doubt') return { kind: 'first', wait: 'assessor to be named' };
  if (capacity.kind === 'assessed') {
    if (capacity.assessor.trim() === '') return { kind: 'first', wait: 'assessor to be named' };
    if (!capacity.able) return inBestInterests(capacity);
  }
  if (consent === null) return { kind: 'first', wait: 'consent to be asked' };
  return consent === 'yes' ? { kind: 'referral', ground: 'consent' } : { kind: 'notification', ground: 'no consent' };
}

function inBestInterests({ decisionMaker, decision }: Extract<Capacity, { able: false }>): ReferralRoute {
  if (!decisionMaker?.trim()) return { kind: 'first', wait: 'best-interests decision-maker to be named' };
  if (decision === null) return { kind: 'first', wait: 'best-interests decision to be made' };
  return { kind: decision === 'refer' ? 'referral' : 'notification', ground: 'best interests' };
}

/** A person referred as a child who is now 18 must agree to stay, or leaves; a conclusive decision ends the question. */
export const needsConsentToStay = (
  referredAs: AgeTreatment,
  ageNow: AgeTreatment,
  conclusive: boolean,
  agreed: boolean,
): boolean => referredAs !== 'adult' && ageNow === 'adult' && !conclusive && !agreed;
