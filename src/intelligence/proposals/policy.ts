/** Who proposes a visit from intelligence: triage. Who decides: planners of the same agency, who see the case and not the items. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const enforcement = { side: 'enforcement' } as const;
const planner = { ...enforcement, roles: ['planner'], purpose: 'operation', relation: 'own agency' } as const;

export const intelligenceProposalsPolicy: AreaPolicy = {
  'intelligence proposal': {
    means: 'Proposals of a visit from intelligence, encrypted, and decisions on them',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: 'each',
    tables: {
      intelligence_proposals: {
        agency: 'agency_id',
        owner: { column: 'agency_id' },
        groups: {
          decided: [
            ...['state', 'decided_by', 'decided_at', 'reason', 'operation_id', 'premises_id'],
            ...['result', 'result_by', 'result_at'],
          ],
        },
      },
    },
    rules: [
      {
        ...enforcement,
        ...{ roles: ['triage', 'planner'], purpose: 'operation', relation: 'own agency', verbs: ['read'] },
      },
      {
        ...enforcement,
        ...{ roles: ['triage'], purpose: 'investigation', verbs: ['add'] },
        relation: {
          sql: "proposed_by = (select ctx.member()) and agency_id = (select ctx.agency()) and state = 'proposed'",
          words: 'they write it in their own name, for their own agency',
        },
      },
      { ...planner, verbs: ['change'], fields: 'decided' },
    ],
    actions: {
      'intelligence proposal.read': ['read', 'operation'],
      'intelligence proposal.make': ['add', 'investigation'],
      'intelligence proposal.decide': ['change', 'operation'],
    },
  },
};
