/** Who may make a numbered version of a paper, and see its versions. The words are read from the records, under their own rules. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const looks = { none: 'a number, a time and titles of sections: the words are read from their records' } as const;
const directs = { roles: ['planner', 'commander'], side: 'enforcement', purpose: 'operation' } as const;

export const papersPolicy: AreaPolicy = {
  'plan paper': {
    means: 'Versions of papers about an operation: number, time, and which sections changed',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks,
    tables: { made_papers: { operation: 'operation_id', owner: 'operation' } },
    rules: [{ ...directs, relation: 'member', verbs: ['read', 'add'] }],
    actions: { 'plan paper.read': ['read', 'operation'], 'plan paper.make': ['add', 'operation'] },
  },
  'visit paper': {
    means: 'Versions of papers about a visit: number, time, and which sections changed',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks,
    tables: { made_papers: { parent: ['planned_visits', 'visit_id'] } },
    rules: [
      {
        roles: ['field', 'enforcement'],
        side: 'enforcement',
        relation: 'any',
        purpose: 'operation',
        verbs: ['read', 'add'],
      },
      { ...directs, relation: 'any', verbs: ['read', 'add'] },
    ],
    actions: { 'visit paper.read': ['read', 'operation'], 'visit paper.make': ['add', 'operation'] },
  },
};
