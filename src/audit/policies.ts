/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { logPolicy } from './log/policy.ts';

export const auditPolicies: readonly AreaPolicy[] = [logPolicy];
