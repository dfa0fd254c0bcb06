/** Who reads and writes intelligence: triage of the agency that recorded it. Its source is a record class of its own, so that later readers of the text do not learn of it. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';

const triage = { roles: ['triage'], side: 'enforcement', purpose: 'investigation' } as const;
const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';

const recordsOwn: Rule = {
  ...triage,
  relation: {
    sql: 'recorded_by = (select ctx.member()) and agency_id = (select ctx.agency())',
    words: 'they write it in their own name, for their own agency',
  },
  verbs: ['add'],
};

export const intelligenceItemsPolicy: AreaPolicy = {
  'intelligence item': {
    means: 'Intelligence: graded and sanitised text, encrypted, with its handling conditions',
    marking,
    looks: 'each',
    tables: {
      intelligence_items: {
        agency: 'agency_id',
        owner: { column: 'agency_id' },
        groups: {
          corrected: [
            ...['source_evaluation', 'assessment', 'handling', 'happened_from', 'happened_to'],
            ...['sealed_content', 'wrapped_key', 'system_reference', 'review_on'],
          ],
        },
      },
    },
    rules: [
      { ...triage, relation: 'own agency', verbs: ['read'] },
      recordsOwn,
      { ...triage, relation: 'own agency', verbs: ['change'], fields: 'corrected' },
    ],
    actions: {
      'intelligence item.read': ['read', 'investigation'],
      'intelligence item.record': ['add', 'investigation'],
      'intelligence item.correct': ['change', 'investigation'],
      'intelligence item.export': ['read', 'investigation'],
    },
  },
  'earlier intelligence item': {
    means: 'Earlier versions of intelligence',
    marking,
    looks: 'each',
    tables: { intelligence_items_versions: { parent: ['intelligence_items', 'id'] } },
    rules: [{ ...triage, relation: 'any', verbs: ['read', 'add'] }],
    actions: {},
  },
  'intelligence term': {
    means: 'Words in intelligence, as digests that find it',
    marking,
    looks: { none: 'digests; what they lead to is logged' },
    tables: { intelligence_item_terms: { agency: 'agency_id' } },
    rules: [{ ...triage, relation: 'own agency', verbs: ['read', 'add', 'remove'] }],
    actions: {},
  },
  'intelligence source': {
    means: 'Which report or record intelligence was made from',
    marking,
    looks: 'each',
    tables: { intelligence_sources: { parent: ['intelligence_items', 'id'], owner: 'parent' } },
    rules: [{ ...triage, relation: 'any', verbs: ['read', 'add'] }],
    actions: {},
  },
};
