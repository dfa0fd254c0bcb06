/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { partnershipPolicy } from './agencies/policy.ts';
import { agreementsPolicy } from './agreements/policy.ts';
import { peoplePolicy } from './members/policy.ts';
import { roleApprovalPolicy } from './role-approval/policy.ts';
import { signInPolicy } from './sign-in/policy.ts';
import { singleSignOnPolicy } from './single-sign-on/policy.ts';

export const identityPolicies: readonly AreaPolicy[] = [
  partnershipPolicy,
  agreementsPolicy,
  signInPolicy,
  peoplePolicy,
  roleApprovalPolicy,
  singleSignOnPolicy,
];
