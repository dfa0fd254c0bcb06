/** Who may do what in this area. Every process knows all of it. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { deconflictionPolicy } from './deconfliction/policy.ts';
import { intelligenceEntitiesPolicy } from './entities/policy.ts';
import { intelligenceItemsPolicy } from './items/policy.ts';
import { intelligenceProposalsPolicy } from './proposals/policy.ts';
import { sharingPolicy } from './sharing/policy.ts';

export const intelligencePolicies: readonly AreaPolicy[] = [
  intelligenceItemsPolicy,
  intelligenceEntitiesPolicy,
  intelligenceProposalsPolicy,
  deconflictionPolicy,
  sharingPolicy,
];
