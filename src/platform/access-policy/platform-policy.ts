/** Access to the platform's own tables: all processes add to the log, audit and the leader, which seals it, read it; only the leader reads events. */
import type { Side } from '../../vocabulary/people.ts';
import type { AreaPolicy, RecordClass, Rule } from './access.ts';

const requestPurposes = ['operation', 'administration', 'statistics', 'publication', 'safeguarding'] as const;
const logPurposes = [...requestPurposes, 'audit'] as const;
const writers = [...logPurposes, 'upkeep'] as const;

/** A row bears the number of the transaction that wrote it: none can be put in where the log is sealed already. */
const writtenNow = { sql: 'xid = pg_current_xact_id()', words: 'the entry is written now' } as const;
const writtenNowNoErasure = {
  sql: `${writtenNow.sql} and event <> 'log.erased'`,
  words: 'the entry is written now, and does not say that a record was erased',
} as const;

const log: RecordClass = {
  means: 'The access log: each record that a member read, changed or was refused',
  marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
  tables: { access_log: {} },
  looks: 'each',
  rules: [],
  actions: {},
};

/** The auditor reads the log. A data-protection lead reads what concerns their own agency: its members or its records. */
const logRules = (side?: Side): Rule[] => [
  // An entry about an erasure leads to destruction, so only the leader process may add it. Verifiers use the audit login, which must not be able to destroy anything.
  { roles: 'anyone', relation: writtenNowNoErasure, purpose: logPurposes, verbs: ['add'] },
  { roles: 'anyone', relation: writtenNow, purpose: 'upkeep', verbs: ['add'] },
  { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read'] },
  { roles: ['auditor'], ...(side && { side }), relation: 'any', purpose: 'audit', verbs: ['read'] },
  {
    roles: ['data-protection lead'],
    ...(side && { side }),
    relation: {
      sql: 'agency_id = (select ctx.agency()) or owner_id = (select ctx.agency())',
      words: 'it is about a member or a record of their own agency',
    },
    purpose: 'audit',
    verbs: ['read'],
  },
];

const outboxClass: RecordClass = {
  means: 'Messages from one part of Safelight that the other parts have not received yet',
  marking: 'OFFICIAL',
  looks: { none: 'that something changed, for the machine that tells it on' },
  tables: { outbox: {} },
  rules: [
    { roles: 'anyone', relation: 'any', purpose: writers, verbs: ['add'] },
    { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read', 'change'] },
  ],
  actions: {},
};

const forms: RecordClass = {
  means:
    'Forms that people sent, and the answers to those forms, all encrypted. Only the page in the sender’s browser has the key',
  marking: 'OFFICIAL',
  looks: { none: 'no one here can read one' },
  tables: { idempotency_keys: {} },
  rules: [],
  actions: {},
};

export const platformPolicy: AreaPolicy = {
  log: {
    ...log,
    rules: logRules(),
    actions: { 'log.read': ['read', 'audit'], 'log.export': ['read', 'audit'] },
    asksWhy: ['log.export'],
  },
  news: outboxClass,
  'sent form': forms,
  // Enforcement sees nothing of it, not even that it exists.
  'safeguarding log': {
    ...log,
    store: 'safeguarding',
    rules: logRules('help'),
    actions: { 'help log.read': ['read', 'audit'], 'help log.export': ['read', 'audit'] },
    asksWhy: ['help log.export'],
  },
  'safeguarding news': { ...outboxClass, store: 'safeguarding' },
  'safeguarding sent form': { ...forms, store: 'safeguarding' },
};
