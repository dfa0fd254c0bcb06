/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { breakGlassPolicy } from './break-glass/policy.ts';
import { accessRulesPolicy } from './who-can-see-what/policy.ts';

export const accessPolicies: readonly AreaPolicy[] = [breakGlassPolicy, accessRulesPolicy];
