/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { importedReleasesPolicy } from './imported-releases/policy.ts';
import { mediaListPolicy } from './media-list/policy.ts';
import { releasePicturePolicy } from './release-picture/policy.ts';
import { newsroomPolicy } from './releases/policy.ts';
import { submittedReleasesPolicy } from './submitted-releases/policy.ts';

export const newsroomPolicies: readonly AreaPolicy[] = [
  importedReleasesPolicy,
  newsroomPolicy,
  releasePicturePolicy,
  mediaListPolicy,
  submittedReleasesPolicy,
];
