/** Who may give temporary access, and what it opens. Planners give it; planners and administrators of the agency see it and end it. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const ownAgencyHolder = 'shift_only and agency_id = (select ctx.agency())';
/** An operation that the member can see. */
const forOwnOperation =
  'agency_id = (select ctx.agency()) and exists (select 1 from operations o where o.id = operation_id)';

export const temporaryAccessPolicy: AreaPolicy = {
  'temporary access': {
    means: 'The temporary access that volunteers have to one operation, for one shift',
    // Cards are made to be printed.
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'names of volunteers and their shifts, for who runs the shift; each act is a row' },
    tables: { temporary_access: { agency: 'agency_id', self: 'member_id' } },
    rules: [
      {
        roles: ['planner'],
        relation: {
          sql: forOwnOperation,
          words: 'it is for an operation that they can see, and it belongs to their own agency',
        },
        purpose: 'administration',
        verbs: ['add'],
      },
      {
        roles: ['planner', 'administrator'],
        relation: 'own agency',
        purpose: 'administration',
        verbs: ['read', 'change'],
      },
      { roles: ['volunteer'], relation: 'self', purpose: 'operation', verbs: ['read'] },
    ],
    actions: {
      'temporary access.give': ['add', 'administration'],
      'temporary access.read': ['read', 'administration'],
      'temporary access.end': ['change', 'administration'],
      'shift.read': ['read', 'operation'],
    },
  },
  'temporary access holder': {
    means: 'Member records of volunteers who have temporary access',
    marking: 'OFFICIAL',
    looks: { none: 'who works here, as a colleague knows' },
    tables: { members: {} },
    rules: [
      {
        roles: ['planner'],
        relation: {
          sql: `${ownAgencyHolder} and ended_at is not null`,
          words: 'the volunteer belongs to their own agency and is here for one shift',
        },
        purpose: 'administration',
        verbs: ['add', 'change'],
      },
    ],
    actions: {},
  },
  'using temporary access': {
    means: 'Signing in with a temporary access code',
    marking: 'OFFICIAL',
    looks: { none: 'one’s own pass' },
    tables: {},
    // A database function checks the code; nobody reads the table to sign in.
    rules: [{ roles: 'anyone', relation: 'any', purpose: 'administration', verbs: ['add'] }],
    actions: { 'temporary access.use': ['add', 'administration'] },
  },
};
