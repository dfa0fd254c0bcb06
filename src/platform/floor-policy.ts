/** Who may do what with the floor's own tables: the log is added to by all doors, read by audit, and by the leader who seals it; news is heard by the leader alone. */
import type { RecordClass, RoomPolicy } from './access.ts';

const doors = ['operation', 'administration', 'statistics', 'publication', 'safeguarding'] as const;
const writers = [...doors, 'audit', 'upkeep'] as const;

/** A row bears the number of the transaction that wrote it: none can be put in where the log is sealed already. */
const ofNow = { sql: 'xid = pg_current_xact_id()', words: 'written at this moment' } as const;
const ofNowNoErasure = {
  sql: `${ofNow.sql} and event <> 'log.erased'`,
  words: 'written at this moment, and not to say that a row was erased',
} as const;

const log: RecordClass = {
  means: 'The access log: who looked at what, and who changed it',
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  tables: { access_log: {} },
  rules: [
    // What is named in an erasure is destroyed: only audit and the leader may say so.
    { roles: 'anyone', relation: ofNowNoErasure, purpose: doors, verbs: ['add'] },
    { roles: 'anyone', relation: ofNow, purpose: ['audit', 'upkeep'], verbs: ['add'] },
    { roles: ['auditor', 'data-protection lead'], relation: 'any', purpose: 'audit', verbs: ['read'] },
    { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read'] },
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
