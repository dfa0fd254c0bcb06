/** Who may do what with files on plans. A file of premises is seen by who sees the premises; a file of the whole operation by its planners and commanders. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { notKeptOut } from '../../platform/access-policy/kept-out.ts';
import { breakGlassRoles } from '../../vocabulary/people.ts';

const ownTeamsFiles = {
  sql: `premises_id in (select v.premises_id from planned_visits v
    where v.team_id = any ((select ctx.teams())::uuid[]) and ${notKeptOut('v.id', 'v.premises_id')})`,
  words:
    'their own team has a planned visit to its premises. Members of an immigration agency must have attended the visit if the plan says that they are not present',
} as const;
const filesUnderGlass = {
  of: 'glass',
  sql: `operation_id = (select ctx.glass()) and premises_id is not null
    and ${notKeptOut('null', 'premises_id')}`,
  words:
    'it is about premises, and they have emergency access to the operation, for three hours. Members of an immigration agency do not see it if the plan says that they are not present',
  leavesOut: 'immigration',
} as const;

export const planFilesPolicy: AreaPolicy = {
  'plan file': {
    means: 'Files on plans, as clean copies: risk assessments, site plans and others, of an operation or of premises',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: { plan_files: { operation: 'operation_id', owner: 'operation', immigration: ['premises_id'] } },
    rules: [
      { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read', 'add', 'remove'] },
      { roles: ['commander'], relation: 'member', purpose: 'operation', verbs: ['read'] },
      { roles: ['field', 'enforcement'], relation: ownTeamsFiles, purpose: 'operation', verbs: ['read'] },
      { roles: breakGlassRoles, relation: filesUnderGlass, purpose: 'operation', verbs: ['read'] },
    ],
    actions: {
      'plan file.read': ['read', 'operation'],
      'plan file.add': ['add', 'operation'],
      'plan file.remove': ['remove', 'operation'],
    },
  },
};
