/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { importedReleasesPolicy } from './imported-releases/policy.ts';
import { newsroomPolicy } from './releases/policy.ts';

export const newsroomPolicies: readonly AreaPolicy[] = [importedReleasesPolicy, newsroomPolicy];
