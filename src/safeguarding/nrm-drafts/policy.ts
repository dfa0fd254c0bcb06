/** Members of support agencies who may read the person’s record may raise a concern and work on it. Pages check separately that the submitter is a first responder. Enforcement roles never have access. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const helpers = ['field', 'safeguarding lead', 'partner caseworker'] as const;
const helping = { roles: helpers, side: 'help', purpose: 'safeguarding' } as const;

const raisedBySelf = {
  sql: 'author_id = (select ctx.member()) and agency_id = (select ctx.agency())',
  words: 'they raise it in their own name, for the agency where they are',
} as const;

export const nrmReferralsPolicy: AreaPolicy = {
  concern: {
    means: 'Potential victim referrals: drafts of NRM referrals and Duty to Notify forms, with answers and decisions',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    store: 'safeguarding',
    tables: { nrm_drafts: { parent: ['persons', 'person_id'], owner: { column: 'agency_id' } } },
    rules: [
      { ...helping, relation: 'any', verbs: ['read', 'change'] },
      { ...helping, relation: raisedBySelf, verbs: ['add'] },
    ],
    actions: {
      'nrm referral.read': ['read', 'safeguarding'],
      'nrm referral.export': ['read', 'safeguarding'],
      'nrm referral.raise': ['add', 'safeguarding'],
      'nrm referral.change': ['change', 'safeguarding'],
      'nrm referral.submit': ['change', 'safeguarding'],
    },
  },
  'earlier NRM referral': {
    means: 'Earlier versions of potential victim referrals',
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    looks: 'each',
    store: 'safeguarding',
    tables: { nrm_drafts_versions: { parent: ['nrm_drafts', 'id'] } },
    rules: [{ ...helping, relation: 'any', verbs: ['read', 'add'] }],
    actions: {},
  },
};
