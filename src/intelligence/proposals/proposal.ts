/** A proposal: what triage asks planners to visit, and why. Pure. */
import type { AgencyId, Id, MemberId } from '../../vocabulary/ids.ts';
import type { EntityId } from '../entities/entity.ts';

export type ProposalId = Id<'intelligence proposal'>;
export const proposalStates = ['proposed', 'accepted', 'declined'] as const;
/** What a visit found of the intelligence. */
export const proposalResults = ['confirmed', 'nothing found', 'wrong'] as const;
export type ProposalResult = (typeof proposalResults)[number];

export type Proposal = {
  readonly id: ProposalId;
  readonly agencyId: AgencyId;
  readonly entityId: EntityId;
  readonly state: (typeof proposalStates)[number];
  readonly proposedBy: MemberId;
  readonly proposedAt: Date;
  readonly decidedBy: MemberId | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly operationId: string | null;
  readonly premisesId: string | null;
  readonly result: ProposalResult | null;
  readonly resultBy: MemberId | null;
  readonly resultAt: Date | null;
};

export type ProposalContent = {
  /** “12 Mill Lane, WD17 1AA”, or the name of a person. */
  readonly title: string;
  readonly address: string;
  readonly postcode: string | null;
  /** Sanitised, with the grade of each item. */
  readonly text: string;
  readonly powers: string | null;
  readonly risks: string | null;
  /** Of every item that the case rests on: they go with the case. */
  readonly conditions: readonly string[];
};
export type OpenProposal = Proposal & ProposalContent;
