/** Who may do what with the floor's own tables: the log is added to by all doors and read by audit alone; news is heard by the leader alone. */
import type { RecordClass, RoomPolicy } from './access.ts';

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
  rules: [
    { roles: 'anyone', relation: 'any', purpose: writers, verbs: ['add'] },
    { roles: ['auditor', 'data-protection lead'], relation: 'any', purpose: 'audit', verbs: ['read'] },
  ],
  actions: {},
};

const news: RecordClass = {
  means: 'News between rooms',
  marking: 'OFFICIAL',
  tables: { outbox: {} },
  rules: [
    { roles: 'anyone', relation: 'any', purpose: writers, verbs: ['add'] },
    { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read', 'change'] },
  ],
  actions: {},
};

export const floorPolicy: RoomPolicy = {
  log: { ...log, actions: { 'log.read': ['read', 'audit'] } },
  news,
  'safeguarding log': { ...log, store: 'safeguarding' },
  'safeguarding news': { ...news, store: 'safeguarding' },
};
