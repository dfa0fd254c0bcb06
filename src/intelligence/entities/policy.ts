/** Who says what intelligence names and decides what is the same: triage of the agency that recorded it. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';

const triage = { roles: ['triage'], side: 'enforcement', purpose: 'investigation' } as const;
const marking = 'OFFICIAL-SENSITIVE: OPERATIONAL';
const agency = { agency: 'agency_id', owner: { column: 'agency_id' } } as const;
const ofItem = { ...agency, parent: ['intelligence_items', 'item_id'] } as const;
const own = (verbs: Rule['verbs'], fields?: string): Rule => ({
  ...triage,
  relation: 'own agency',
  verbs,
  ...(fields !== undefined && { fields }),
});
const inOwnName = (column: string): Rule => ({
  ...triage,
  relation: {
    sql: `${column} = (select ctx.member()) and agency_id = (select ctx.agency())`,
    words: 'they write it in their own name, for their own agency',
  },
  verbs: ['add'],
});

export const intelligenceEntitiesPolicy: AreaPolicy = {
  'intelligence entity': {
    means: 'People, places and numbers that intelligence names, encrypted',
    marking,
    looks: 'each',
    tables: { intelligence_entities: { ...ofItem, groups: { linked: ['cluster_id'] } } },
    rules: [own(['read']), inOwnName('added_by'), own(['change'], 'linked')],
    actions: {
      'intelligence entity.read': ['read', 'investigation'],
      'intelligence entity.add': ['add', 'investigation'],
    },
  },
  'possible link': {
    means: 'Possible links in intelligence, and keyed terms that find them',
    marking,
    looks: { none: 'They are ids and digests; what they lead to is logged.' },
    tables: {
      intelligence_entity_terms: { agency: 'agency_id' },
      intelligence_possible_links: { agency: 'agency_id' },
    },
    rules: [own(['read', 'add', 'remove'])],
    actions: {},
  },
  'link decision': {
    means: 'Decisions that two things in intelligence are the same or not',
    marking,
    looks: 'each',
    tables: {
      intelligence_link_decisions: { ...agency, groups: { undone: ['undone_by', 'undone_at'] } },
    },
    rules: [own(['read']), inOwnName('decided_by'), own(['change'], 'undone')],
    actions: {
      'link decision.read': ['read', 'investigation'],
      'link decision.record': ['add', 'investigation'],
    },
  },
};
