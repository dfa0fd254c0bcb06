/** The partnership's own operation inside a week, and who takes part: partners, members, teams. Pure: no clock, no database, no wording. */
import type { Actor } from '../../platform/access-policy/access.ts';
import type { AgencyId, MemberId, OperationId, PartnerId, TeamId, WeekId } from '../../vocabulary/ids.ts';
import { type AgencyKind, type Role, sideOf } from '../../vocabulary/people.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { PartnerState } from '../invitations/invitation.ts';

export type Operation = {
  readonly id: OperationId;
  readonly weekId: WeekId;
  /** The agency that leads, and whose planners say who takes part. */
  readonly agencyId: AgencyId;
  readonly codeName: string;
  readonly unit: string;
  readonly area: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly plannedBy: MemberId;
  /** The earlier operation whose partners and people it began with. */
  readonly copiedFrom?: OperationId | null | undefined;
};

/** An operation with the names of its week and agency. */
export type OperationInWeek = Operation & {
  readonly weekName: string;
  readonly weekStartsOn: string;
  readonly weekEndsOn: string;
  readonly agencyName: string;
};

export const resourceKinds = ['officers', 'nurses', 'advisers', 'interpreters', 'others'] as const;
export type ResourceKind = (typeof resourceKinds)[number];
export type Resource = { readonly what: ResourceKind; readonly count: number };

/** An agency's part in one operation. The force's own other units are partners too, told apart by `ownUnit`; the leading unit by `leads`. */
export type Partner = {
  readonly id: PartnerId;
  readonly operationId: OperationId;
  readonly agencyId: AgencyId;
  readonly kind: AgencyKind;
  readonly ownUnit: boolean;
  readonly leads: boolean;
  /** As a briefing and a release print it; the official name may be longer. */
  readonly printedName: string;
  readonly officialName: string;
  readonly resources: readonly Resource[];
};

export const duties = [
  'plans',
  'commands',
  'enters',
  'searches',
  'talks with people',
  'gives medical care',
  'arranges help',
  'interprets',
  'runs reception',
  'counts and reports',
] as const;

export type Duty = (typeof duties)[number];

/** The duty that somebody with these roles mostly has; undefined for roles without work at a visit. */
export function getUsualDuty(roles: readonly Role[], kind: AgencyKind): Duty | undefined {
  const has = (...some: Role[]): boolean => some.some((role) => roles.includes(role));
  if (has('planner')) return 'plans';
  if (has('commander')) return 'commands';
  if (has('safeguarding lead', 'partner caseworker')) return 'arranges help';
  if (has('field', 'enforcement'))
    return sideOf[kind] === 'enforcement' ? 'enters' : kind === 'health' ? 'gives medical care' : 'talks with people';
  if (has('volunteer')) return 'runs reception';
  return has('analyst') ? 'counts and reports' : undefined;
}

export type Participant = {
  readonly operationId: OperationId;
  readonly memberId: MemberId;
  readonly partnerId: PartnerId;
  readonly duty: string;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly agencyId: AgencyId;
  readonly agencyName: string;
  readonly printedName: string;
  /** Whether their partner takes part, is invited, or declined: then they do not come. */
  readonly state: PartnerState;
};

export type Team = {
  readonly id: TeamId;
  readonly operationId: OperationId;
  readonly name: string;
  readonly leadId: MemberId | null;
};

export type TeamMember = {
  readonly teamId: TeamId;
  readonly memberId: MemberId;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly agencyId: AgencyId;
  readonly agencyName: string;
  /** The partner that the member belongs to, and the kind of its agency; null after they left the operation. */
  readonly partnerId: PartnerId | null;
  readonly printedName: string | null;
  readonly kind: AgencyKind | null;
  readonly leads: boolean;
  readonly state: PartnerState;
};

/** The operations that a member was added to, and the one under their emergency access. Nobody sees the plan of another. */
export const operationsOf = ({
  operations,
  glassOperation,
}: Pick<Actor, 'operations' | 'glassOperation'>): readonly string[] =>
  glassOperation ? [...operations, glassOperation] : operations;

/** Nobody comes for a partner that declined. */
export const isComing = ({ state }: Pick<Participant, 'state'>): boolean => state !== 'declined';

/** Fourteen days after: records are finished and corrected while they are remembered; then the targets close again. When they open is the briefing's to say (embargo). */
export const teamAccessDaysAfter = 14;

export const operationStates = ['to come', 'within its dates', 'over'] as const;
export type OperationState = (typeof operationStates)[number];

export const getOperationState = (operation: Pick<Operation, 'startsOn' | 'endsOn'>, day: string): OperationState =>
  day < operation.startsOn ? 'to come' : day > operation.endsOn ? 'over' : 'within its dates';

/** Only the agency that leads says who takes part. */
export const isLedBy = (operation: Pick<Operation, 'agencyId'>, agencyId: string): boolean =>
  operation.agencyId === agencyId;

export type PartnerRefusal = 'own unit of another agency' | 'leading unit' | 'people take part';

/** An own unit is one of the leading agency's; a partner is not. */
export const checkOwnUnit = (
  operation: Pick<Operation, 'agencyId'>,
  partner: Pick<Partner, 'agencyId' | 'ownUnit'>,
): Result<true, PartnerRefusal> =>
  partner.ownUnit === (partner.agencyId === operation.agencyId) ? accept(true) : refuse('own unit of another agency');

/** An agency may take part with several units, each under a name of its own. */
export const isPrintedNameTaken = (
  partner: Pick<Partner, 'id' | 'agencyId' | 'printedName'>,
  partners: readonly Pick<Partner, 'id' | 'agencyId' | 'printedName'>[],
): boolean =>
  partners.some(
    ({ id, agencyId, printedName }) =>
      id !== partner.id &&
      agencyId === partner.agencyId &&
      printedName.toLowerCase() === partner.printedName.toLowerCase(),
  );

/** A partner may leave when none of its people takes part any more. The leading unit stays. */
export function checkPartnerCanLeave(
  partner: Pick<Partner, 'id' | 'leads'>,
  participants: readonly Pick<Participant, 'partnerId'>[],
): Result<true, PartnerRefusal> {
  if (partner.leads) return refuse('leading unit');
  return participants.some(({ partnerId }) => partnerId === partner.id) ? refuse('people take part') : accept(true);
}
