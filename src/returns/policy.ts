/** Access to counting, signing and reading returns. Coordinators and press see signed returns; press use a database role without a path to records. */
import type { AreaPolicy } from '../platform/access-policy/access.ts';
import { exchangePolicy } from './exchange/policy.ts';

const signedInPartnership = {
  sql: `operation_id = any ((select ctx.partner_operations())::uuid[])
        and exists (select 1 from return_signatures s where s.return_id = returns.id)`,
  words: 'their agency takes part in the operation, and an analyst has signed the return',
} as const;

/** By a member of a partner, in the member's own name. */
const firstInOwnName = {
  sql: `signed_by = (select ctx.member())
        and operation_id = any ((select ctx.partner_operations())::uuid[])`,
  words: 'their agency takes part in the operation, in their own name',
} as const;

/** By the agency that leads the operation, in the member's own name, but not by the member who signed first. */
const secondInOwnName = {
  sql: `decided_by = (select ctx.member())
        and operation_id in (select o.id from operations o where o.agency_id = (select ctx.agency()))
        and not exists (select from return_first_signatures f
          where f.id = return_second_signatures.id and f.signed_by = (select ctx.member()))`,
  words: 'their own agency leads the operation, and somebody else signed first',
} as const;

const releasedByOwnAgency = {
  sql: `agency_id = (select ctx.agency()) and source = 'release'`,
  words: 'their own agency leads the operation, and a release gave the number',
} as const;

export const returnsPolicy: AreaPolicy = {
  return: {
    means: 'Returns: the figures of one operation, with every earlier version',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'figures, no person' },
    tables: { returns: { operation: 'operation_id', owner: 'operation' } },
    rules: [
      { roles: ['analyst'], relation: 'partner', purpose: 'statistics', verbs: ['read', 'add', 'change'] },
      { roles: ['commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: ['coordinator'], relation: signedInPartnership, purpose: 'statistics', verbs: ['read'] },
    ],
    actions: {
      'return.read': ['read', 'statistics'],
      'return.export': ['read', 'statistics'],
      'return.count': ['add', 'statistics'],
    },
    asksWhy: ['return.export'],
  },
  'return workings': {
    means:
      'How a return was calculated: its exact counts, the figures that carry a caution, its checks, and the records that were counted',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'figures and ids; the page that leads from a figure to its records writes down which it named' },
    tables: {
      return_workings: { parent: ['returns', 'return_id'] },
      return_records: { parent: ['returns', 'return_id'] },
    },
    rules: [
      { roles: ['analyst'], relation: 'any', purpose: 'statistics', verbs: ['read', 'add', 'change', 'remove'] },
      { roles: ['commander'], relation: 'any', purpose: 'statistics', verbs: ['read'] },
    ],
    actions: { 'return.workings': ['read', 'statistics'] },
  },
  'count request': {
    means: 'Counts that analysts asked for, and what became of each',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'that somebody counts an operation, and why' },
    tables: { count_requests: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst'], relation: 'partner', purpose: 'statistics', verbs: ['read', 'add', 'change', 'remove'] },
    ],
    actions: {},
  },
  signature: {
    means: 'Signatures of analysts; a signed return cannot change',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'that somebody signed' },
    tables: { return_signatures: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst'], relation: 'partner', purpose: 'statistics', verbs: ['read', 'add'] },
      { roles: ['commander', 'coordinator'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: ['press'], relation: 'partner', purpose: 'publication', verbs: ['read'] },
    ],
    actions: { 'return.sign': ['add', 'statistics'] },
  },
  'first signature': {
    means: 'Signatures of analysts on a final return, or on a revision of one, that wait for a second person',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'that somebody signed' },
    tables: { return_first_signatures: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: ['analyst'], relation: firstInOwnName, purpose: 'statistics', verbs: ['add'] },
      { roles: ['commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
    ],
    actions: {},
  },
  'second signature': {
    means:
      'The second person’s decisions on final returns and their revisions: countersigned, or sent back with a reason',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'that somebody countersigned a return, or why it was sent back' },
    tables: { return_second_signatures: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst', 'commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: ['analyst', 'commander'], relation: secondInOwnName, purpose: 'statistics', verbs: ['add'] },
    ],
    actions: { 'return.countersign': ['add', 'statistics'] },
  },
  'certified figures': {
    means: 'Signed figures that press officers can use in a release',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'figures, no person' },
    tables: {
      returns: {
        groups: {
          certified: [
            'id',
            'operation_id',
            'version',
            'stage',
            'definitions',
            'facts',
            'figures',
            'protection',
            'made_at',
          ],
        },
      },
    },
    rules: [
      { roles: ['press'], relation: signedInPartnership, purpose: 'publication', verbs: ['read'], fields: 'certified' },
    ],
    actions: { 'figures.read': ['read', 'publication'] },
  },
  certificate: {
    means: 'Certificates of signed returns: how figures of people helped were protected, and that nothing was found',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'digests and a signature, no person' },
    tables: { return_certificates: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst', 'commander', 'coordinator'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: ['press'], relation: 'partner', purpose: 'publication', verbs: ['read'] },
      { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read', 'add'] },
    ],
    actions: {},
  },
  'return to certify': {
    means: 'How a signed return was protected, and its digest. The background work reads them to certify it',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'digests, no person' },
    tables: {
      returns: { groups: { certifying: ['id', 'operation_id', 'version', 'protection'] } },
      return_signatures: { groups: { certifying: ['return_id', 'digest'] } },
    },
    rules: [{ roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read'], fields: 'certifying' }],
    actions: {},
  },
  'published number': {
    means: 'Every number that a signed return or a release has given, also where it was withdrawn',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'numbers, no person' },
    tables: { published_numbers: { agency: 'agency_id' } },
    rules: [
      { roles: ['analyst'], relation: 'own agency', purpose: 'publication', verbs: ['read'] },
      { roles: ['press'], relation: releasedByOwnAgency, purpose: 'publication', verbs: ['read'] },
    ],
    actions: { 'published number.read': ['read', 'publication'] },
  },
  'published week': {
    means: 'Results of weeks of action that others published, as an agency imported them, each with its source',
    marking: 'OFFICIAL',
    looks: { none: 'figures that others published, no person' },
    tables: { published_weeks: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      {
        roles: ['analyst', 'coordinator'],
        relation: 'own agency',
        purpose: 'statistics',
        verbs: ['read', 'add', 'remove'],
      },
      { roles: ['commander'], relation: 'own agency', purpose: 'statistics', verbs: ['read'] },
    ],
    actions: {
      'published week.read': ['read', 'statistics'],
      'published week.import': ['add', 'statistics'],
      'published week.remove': ['remove', 'statistics'],
    },
  },
  'changed since': {
    means: 'Changes to records after they were counted',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'that something changed, no person' },
    tables: { return_changes: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst', 'commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['add', 'read'] },
    ],
    actions: {},
  },
  ...exchangePolicy,
};
