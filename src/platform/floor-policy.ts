/** Who may do what with the floor's own tables: the log is added to by all doors and read by audit alone; news is heard by the leader alone. */
import type { Side } from '../vocabulary/people.ts';
import type { RecordClass, RoomPolicy, Rule } from './access.ts';

const writers = [
  'operation',
  'administration',
  'statistics',
  'publication',
  'audit',
  'safeguarding',
  'upkeep',
] as const;

const log: RecordClass = {
  means: 'The access log: who looked at what, and who changed it',
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  tables: { access_log: {} },
  looks: 'each',
  rules: [],
  actions: {},
};

/** The auditor reads the log; a data-protection lead what concerns her own agency: its members, or its records. */
const readers = (side?: Side): Rule[] => [
  { roles: 'anyone', relation: 'any', purpose: writers, verbs: ['add'] },
  { roles: ['auditor'], ...(side && { side }), relation: 'any', purpose: 'audit', verbs: ['read'] },
  {
    roles: ['data-protection lead'],
    ...(side && { side }),
    relation: { sql: 'agency_id = (select ctx.agency()) or owner_id = (select ctx.agency())' },
    purpose: 'audit',
    verbs: ['read'],
  },
];

const news: RecordClass = {
  means: 'News between rooms',
  marking: 'OFFICIAL',
  looks: { none: 'that something changed, for the machine that tells it on' },
  tables: { outbox: {} },
  rules: [
    { roles: 'anyone', relation: 'any', purpose: writers, verbs: ['add'] },
    { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read', 'change'] },
  ],
  actions: {},
};

export const floorPolicy: RoomPolicy = {
  log: { ...log, rules: readers(), actions: { 'log.read': ['read', 'audit'] } },
  news,
  // To enforcement's side it tells nothing, not even that there is something to tell.
  'safeguarding log': {
    ...log,
    store: 'safeguarding',
    rules: readers('help'),
    actions: { 'help log.read': ['read', 'audit'] },
  },
  'safeguarding news': { ...news, store: 'safeguarding' },
};
