/** Who may do what with the agreements between agencies. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

export const agreementKeeperRoles = ['administrator', 'data-protection lead'] as const;

const ofOwnAgency = {
  sql: '(select ctx.agency()) = any (agencies)',
  words: 'their own agency signed the agreement',
} as const;

/** Agencies of the agreement that it replaces are asked too. What each may change is a trigger's rule. */
const askedOfOwnAgency = {
  sql: '(select ctx.agency()) = any (agencies || also_asks)',
  words: 'their own agency signed the agreement, or the one that it replaces',
} as const;

const versionOfOwnAgency = {
  sql: 'id in (select a.id from agreements a where (select ctx.agency()) = any (a.agencies || a.also_asks))',
  words: askedOfOwnAgency.words,
} as const;

export const agreementsPolicy: AreaPolicy = {
  agreement: {
    means: 'Agreements on file between agencies: references and dates',
    marking: 'OFFICIAL',
    looks: { none: 'references and dates of agreements between organisations' },
    tables: { agreements: {} },
    rules: [
      { roles: 'member', relation: 'any', purpose: 'operation', verbs: ['read'] },
      { roles: agreementKeeperRoles, relation: 'any', purpose: 'administration', verbs: ['read'] },
      { roles: agreementKeeperRoles, relation: ofOwnAgency, purpose: 'administration', verbs: ['add'] },
      { roles: agreementKeeperRoles, relation: askedOfOwnAgency, purpose: 'administration', verbs: ['change'] },
    ],
    actions: {
      'agreement.read': ['read', 'administration'],
      'agreement.add': ['add', 'administration'],
      'agreement.change': ['change', 'administration'],
      'agreement.confirm': ['change', 'administration'],
      'agreement.withdraw': ['change', 'administration'],
    },
  },
  'agreement version': {
    means: 'Earlier versions of agreements between agencies',
    marking: 'OFFICIAL',
    looks: { none: 'references and dates of agreements between organisations' },
    tables: { agreements_versions: { parent: ['agreements', 'id'] } },
    rules: [
      { roles: agreementKeeperRoles, relation: 'any', purpose: 'administration', verbs: ['read'] },
      { roles: agreementKeeperRoles, relation: versionOfOwnAgency, purpose: 'administration', verbs: ['add'] },
    ],
    actions: {},
  },
};
