/** NRM referrals of officers. Colleagues of the officer's own agency see that there is one. The officer alone reads and writes what it says, until a colleague takes it over; a planner or commander of the agency reads it for a stated reason. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';

const officers = ['field', 'enforcement'] as const;
const directors = ['planner', 'commander'] as const;
const marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';

const begins: Rule = {
  roles: officers,
  side: 'enforcement',
  relation: {
    sql: 'recorded_by = (select ctx.member()) and agency_id = (select ctx.agency())',
    words: 'they write it in their own name, for their own agency',
  },
  purpose: 'operation',
  verbs: ['add'],
};
const goesOn: Rule = {
  ...begins,
  roles: [...officers, ...directors],
  relation: {
    sql: 'coalesce(taken_over_by, recorded_by) = (select ctx.member()) and agency_id = (select ctx.agency())',
    words: 'they began it or took it over, for their own agency',
  },
  verbs: ['change'],
};
const own: Rule = {
  roles: officers,
  side: 'enforcement',
  relation: 'author',
  purpose: 'operation',
  verbs: ['read', 'add', 'change'],
};
/** What a planner or commander took over. They read it as every referral of the visit: by `reviews`. */
const takenOver: Rule = { ...own, roles: directors, verbs: ['change'] };
const reviews: Rule = { roles: directors, side: 'enforcement', relation: 'any', purpose: 'operation', verbs: ['read'] };

export const officerReferralsPolicy: AreaPolicy = {
  'officer referral': {
    means: 'NRM referrals and Duty to Notify of officers: the person, the officer and the outcome',
    marking,
    looks: 'each',
    tables: {
      nrm_referrals: {
        parent: ['visits', 'visit_id'],
        agency: 'agency_id',
        owner: { column: 'agency_id' },
        closed: 'closed_at',
        groups: { counted: ['id', 'visit_id', 'outcome', 'agency_id', 'person', 'referred_as'] },
      },
    },
    rules: [
      {
        roles: [...officers, ...directors],
        side: 'enforcement',
        relation: 'own agency',
        purpose: 'operation',
        verbs: ['read'],
      },
      begins,
      goesOn,
      {
        roles: ['analyst', 'commander'],
        relation: 'any',
        purpose: 'statistics',
        verbs: ['read'],
        fields: 'counted',
      },
    ],
    actions: {
      'officer referral.read': ['read', 'operation'],
      'officer referral.begin': ['add', 'operation'],
      'officer referral.take over': ['read', 'operation'],
    },
  },
  'officer referral content': {
    means: 'The content of NRM referrals and Duty to Notify of officers, encrypted',
    marking,
    looks: 'each',
    tables: {
      nrm_referral_contents: { parent: ['nrm_referrals', 'id'], author: 'recorded_by', owner: 'parent' },
    },
    rules: [own, takenOver],
    actions: { 'officer referral.write': ['change', 'operation'] },
  },
  'officer referral under review': {
    means: 'The same, for a planner or commander of the officer’s agency who says why',
    marking,
    looks: 'each',
    asksWhy: true,
    tables: { nrm_referral_contents: { parent: ['nrm_referrals', 'id'], owner: 'parent' } },
    rules: [reviews],
    actions: { 'officer referral.review': ['read', 'operation'] },
  },
  'earlier officer referral': {
    means: 'Earlier versions of NRM referrals and Duty to Notify of officers',
    marking,
    looks: 'each',
    tables: {
      nrm_referrals_versions: { parent: ['nrm_referrals', 'id'] },
      nrm_referral_contents_versions: { parent: ['nrm_referral_contents', 'id'] },
    },
    rules: [
      {
        roles: [...officers, ...directors],
        side: 'enforcement',
        relation: 'any',
        purpose: 'operation',
        verbs: ['read', 'add'],
      },
    ],
    actions: {},
  },
};
