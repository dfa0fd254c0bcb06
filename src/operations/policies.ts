/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { briefingsPolicy } from './briefings/policy.ts';
import { invitationsPolicy } from './invitations/policy.ts';
import { papersPolicy } from './papers/policy.ts';
import { partnerDefaultsPolicy } from './partner-defaults/policy.ts';
import { operationsPolicy } from './plan/policy.ts';
import { planFilesPolicy } from './plan-files/policy.ts';
import { policyLogPolicy } from './policy-log/policy.ts';
import { powersPolicy } from './powers-of-entry/policy.ts';
import { premisesRestrictionPolicy } from './premises-restriction/policy.ts';
import { capacityPolicy } from './support-capacity/policy.ts';
import { temporaryAccessPolicy } from './temporary-access/policy.ts';
import { weeksPolicy } from './weeks/policy.ts';

export const operationsPolicies: readonly AreaPolicy[] = [
  capacityPolicy,
  weeksPolicy,
  invitationsPolicy,
  partnerDefaultsPolicy,
  temporaryAccessPolicy,
  premisesRestrictionPolicy,
  policyLogPolicy,
  operationsPolicy,
  planFilesPolicy,
  briefingsPolicy,
  papersPolicy,
  powersPolicy,
];
