/** Who shares intelligence and who receives it: triage of the two agencies. The recipient sees the copy and never the item. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const triage = { roles: ['triage'], side: 'enforcement', purpose: 'investigation' } as const;
const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';

export const sharingPolicy: AreaPolicy = {
  'intelligence share': {
    means: 'Copies of intelligence that an agency shared with another, encrypted, with their handling conditions',
    marking,
    looks: 'each',
    tables: {
      intelligence_shares: {
        agency: 'agency_id',
        recipient: 'to_agency_id',
        owner: { column: 'agency_id' },
        groups: { recalled: ['sealed_content', 'wrapped_key', 'recalled_by', 'recalled_at', 'recall_reason'] },
      },
    },
    rules: [
      { ...triage, relation: 'own agency', verbs: ['read'] },
      { ...triage, relation: 'recipient', verbs: ['read'] },
      {
        ...triage,
        relation: {
          sql: `shared_by = (select ctx.member()) and agency_id = (select ctx.agency())
            and item_id in (select i.id from intelligence_items i)`,
          words: 'they share intelligence of their own agency, in their own name',
        },
        verbs: ['add'],
      },
      { ...triage, relation: 'own agency', verbs: ['change'], fields: 'recalled' },
    ],
    actions: {
      'intelligence share.read': ['read', 'investigation'],
      'intelligence share.make': ['add', 'investigation'],
      'intelligence share.recall': ['change', 'investigation'],
    },
  },
  'intelligence share receipt': {
    means: 'Which member accepted the handling conditions of shared intelligence',
    marking,
    looks: { none: 'who accepted it and when; both agencies may know' },
    tables: { intelligence_share_receipts: { parent: ['intelligence_shares', 'share_id'] } },
    rules: [
      { ...triage, relation: 'any', verbs: ['read'] },
      {
        ...triage,
        relation: {
          sql: `received_by = (select ctx.member())
            and share_id in (select s.id from intelligence_shares s where s.to_agency_id = (select ctx.agency()))`,
          words: 'their own agency received it, in their own name',
        },
        verbs: ['add'],
      },
    ],
    actions: { 'intelligence share.receive': ['add', 'investigation'] },
  },
};
