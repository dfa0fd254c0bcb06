/** Who may use emergency access to an operation, who is notified, and who reviews it. Database triggers enforce the rest: whose, how long, how often. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { breakGlassReviewRoles, breakGlassRoles } from '../../vocabulary/people.ts';

const owners = { sql: 'owner_id = (select ctx.agency())', words: 'their own agency leads the operation' } as const;

export const breakGlassPolicy: AreaPolicy = {
  'emergency access': {
    means: 'Emergency access: a member opened the plan of an operation they were not added to, and gave a reason',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'told to all who answer for it; each act is a row' },
    tables: { break_glass: { author: 'member_id', agency: 'agency_id' } },
    rules: [
      { roles: breakGlassRoles, relation: 'author', purpose: 'operation', verbs: ['read', 'add', 'change'] },
      { roles: ['planner', ...breakGlassReviewRoles], relation: owners, purpose: 'operation', verbs: ['read'] },
      { roles: breakGlassReviewRoles, relation: 'own agency', purpose: 'operation', verbs: ['read'] },
      { roles: ['auditor'], relation: 'any', purpose: 'audit', verbs: ['read'] },
    ],
    actions: {
      'break-glass.start': ['add', 'operation'],
      'break-glass.read': ['read', 'operation'],
      'break-glass.audit': ['read', 'audit'],
    },
  },
  'emergency access review': {
    means: 'Reviews of emergency access by the agency that leads the operation',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'told to all who answer for it; each act is a row' },
    tables: { break_glass_reviews: { parent: ['break_glass', 'id'], author: 'reviewed_by' } },
    rules: [
      { roles: 'member', relation: 'any', purpose: ['operation', 'audit'], verbs: ['read'] },
      { roles: breakGlassReviewRoles, relation: 'author', purpose: 'operation', verbs: ['add'] },
    ],
    actions: { 'break-glass.review': ['add', 'operation'] },
  },
};
