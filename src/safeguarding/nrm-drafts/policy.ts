/** Members of support agencies who may read the person’s record may raise a concern and work on it. Pages check separately that the submitter is a first responder. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { helpActions, helperRoles, helpRule, ownName, safeguardingRecord } from '../shared-policy.ts';

const raisedBySelf = {
  sql: ownName,
  words: 'they write this record in their own name, for their own agency',
} as const;

export const nrmReferralsPolicy: AreaPolicy = {
  concern: {
    means: 'Potential victim referrals: drafts of NRM referrals and Duty to Notify forms, with answers and decisions',
    ...safeguardingRecord,
    tables: { nrm_drafts: { parent: ['persons', 'person_id'], owner: { column: 'agency_id' } } },
    rules: [helpRule(helperRoles, 'any', 'read', 'change'), helpRule(helperRoles, raisedBySelf, 'add')],
    actions: helpActions({
      'nrm referral.read': 'read',
      'nrm referral.export': 'read',
      'nrm referral.raise': 'add',
      'nrm referral.change': 'change',
      'nrm referral.submit': 'change',
    }),
  },
  'submitted NRM referral': {
    means:
      'NRM referrals and notifications that a support agency sent, for counts: by kind of first responder, without the person',
    ...safeguardingRecord,
    tables: { submitted_nrm_referrals: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [helpRule(helperRoles, 'own agency', 'add')],
    actions: {},
  },
  'earlier NRM referral': {
    means: 'Earlier versions of potential victim referrals',
    ...safeguardingRecord,
    tables: { nrm_drafts_versions: { parent: ['nrm_drafts', 'id'] } },
    rules: [helpRule(helperRoles, 'any', 'read', 'add')],
    actions: {},
  },
};
