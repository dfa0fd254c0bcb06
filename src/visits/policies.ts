/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { identityRequestsPolicy } from './identity-requests/policy.ts';
import { officerReferralsPolicy } from './nrm-referrals/policy.ts';
import { visitsPolicy } from './policy.ts';

export const visitsPolicies: readonly AreaPolicy[] = [visitsPolicy, identityRequestsPolicy, officerReferralsPolicy];
