/** Which team goes where, when, under which power; moved, postponed or called off with a reason. Pure: no clock, no database, no wording. */
import type { OperationId, PremisesId, TeamId, VisitId } from '../vocabulary/ids.ts';
import type { PowerState } from './power-of-entry.ts';
import type { Premises } from './premises.ts';

export const visitStates = ['planned', 'postponed', 'called off'] as const;
export type VisitState = (typeof visitStates)[number];

export type PlannedVisit = {
  /** The visit itself will bear the same id. */
  readonly id: VisitId;
  readonly operationId: OperationId;
  readonly premisesId: PremisesId;
  readonly teamId: TeamId;
  readonly powerId: string | null;
  readonly day: string;
  /** On the wall's clock, `HH:MM`. */
  readonly starts: string;
  readonly minutes: number;
  /** The order in which teams go in, where two are at one place. */
  readonly turn: number | null;
  readonly state: VisitState;
  /** Why it was postponed or called off. */
  readonly reason: string | null;
};

/** A planned visit with what a team needs to know of the place and of its power. */
export type VisitInPlan = PlannedVisit & {
  readonly teamName: string;
  readonly basis: string | null;
  readonly powerState: PowerState | null;
  readonly powerExpiresOn: string | null;
  readonly premises: Pick<
    Premises,
    | 'id'
    | 'name'
    | 'address'
    | 'town'
    | 'postcode'
    | 'business'
    | 'languages'
    | 'interpreter'
    | 'risks'
    | 'immigrationEntry'
    | 'referrerId'
    | 'referrerOnCall'
    | 'referrerContact'
  >;
};

export const minutesOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
