/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { tasksPolicy } from './actions/policy.ts';
import { receivedCustodyNoticesPolicy } from './custody-notices/policy.ts';
import { documentsPolicy } from './documents/policy.ts';
import { informationRequestsPolicy } from './information-requests/policy.ts';
import { meetingsPolicy } from './meetings/policy.ts';
import { nrmReferralsPolicy } from './nrm-drafts/policy.ts';
import { papersPolicy } from './papers/policy.ts';
import { personsPolicy } from './people/policy.ts';
import { receptionPolicy } from './reception/policy.ts';
import { safeguardingPolicy } from './referrals/policy.ts';
import { retentionPolicy } from './retention/policy.ts';

export const safeguardingPolicies: readonly AreaPolicy[] = [
  safeguardingPolicy,
  personsPolicy,
  documentsPolicy,
  papersPolicy,
  tasksPolicy,
  meetingsPolicy,
  receptionPolicy,
  nrmReferralsPolicy,
  receivedCustodyNoticesPolicy,
  informationRequestsPolicy,
  retentionPolicy,
];
