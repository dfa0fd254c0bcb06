/** Who may do what with the sealed log: the leader adds to it, audit reads it, a witness is shown hashes alone and leaves its cosignature. */
import type { AreaPolicy, RecordClass, Rule } from '../../platform/access-policy/access.ts';

const readers: Rule = {
  roles: ['auditor', 'data-protection lead'],
  relation: 'any',
  purpose: 'audit',
  verbs: ['read'],
};
/** How fast the safeguarding log grows tells police that support agencies are looking: its checkpoints are theirs alone. */
const safeguardingReaders: Rule = { ...readers, side: 'help' };
const sealer: Rule = { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['read', 'add'] };

const tree: Omit<RecordClass, 'actions'> = {
  means:
    'The seal, which shows any later change to the access log: codes for its rows, and signed copies of the last code',
  marking: 'OFFICIAL',
  looks: { none: 'hashes, signatures and public keys: no record is among them' },
  tables: { log_leaves: {}, log_nodes: {}, log_checkpoints: {}, log_keys: {} },
  rules: [sealer, readers],
};

/** Witnesses have no session: a request of theirs is signed, and the route checks it. */
const hashesForWitnesses = (purpose: 'administration' | 'safeguarding'): Omit<RecordClass, 'actions'> => ({
  means: 'The parts of the seal that partners can fetch to check the log. They contain no rows of the log',
  marking: 'OFFICIAL',
  looks: { none: 'hashes alone; each cosignature is a row' },
  tables: { log_leaves: { groups: { hashes: ['index', 'commitment'] } } },
  rules: [{ roles: 'anyone', relation: 'any', purpose, verbs: ['read'], fields: 'hashes' }],
});

const checkpointsForWitnesses = (purpose: 'administration' | 'safeguarding'): Omit<RecordClass, 'actions'> => ({
  means: 'Checkpoints: signed codes that stand for the log at one moment, with the signatures of outside programs',
  marking: 'OFFICIAL',
  looks: { none: 'hashes, signatures and public keys: no record is among them' },
  tables: { log_nodes: {}, log_checkpoints: {}, log_keys: {} },
  rules: [{ roles: 'anyone', relation: 'any', purpose, verbs: ['read'] }],
});

const cosignatures = (purpose: 'administration' | 'safeguarding'): Omit<RecordClass, 'actions'> => ({
  means: 'Digital signatures of the log by partners’ programs',
  marking: 'OFFICIAL',
  looks: { none: 'signatures alone; each one given is a row' },
  tables: { log_cosignatures: {} },
  rules: [{ roles: 'anyone', relation: 'any', purpose, verbs: ['read', 'add'] }],
});

const cosignaturesForAudit: RecordClass = {
  means: 'Digital signatures of the log by partners’ programs, for auditors to read',
  marking: 'OFFICIAL',
  looks: { none: 'signatures alone; each one given is a row' },
  tables: { log_cosignatures: {} },
  rules: [readers],
  actions: {},
};

export const logPolicy: AreaPolicy = {
  seal: { ...tree, actions: { 'log.sealed': ['read', 'audit'] } },
  'seal as witnesses see it': {
    ...hashesForWitnesses('administration'),
    actions: { 'log.hashes': ['read', 'administration'] },
  },
  checkpoint: {
    ...checkpointsForWitnesses('administration'),
    actions: { 'log.checkpoint': ['read', 'administration'] },
  },
  cosignature: { ...cosignatures('administration'), actions: { 'log.cosign': ['add', 'administration'] } },
  'cosignature seen': cosignaturesForAudit,
  'safeguarding cosignature seen': { ...cosignaturesForAudit, store: 'safeguarding', rules: [safeguardingReaders] },
  witness: {
    means: 'Witness programs that partners run: the name and public key of each',
    marking: 'OFFICIAL',
    looks: { none: 'names and public keys' },
    tables: { log_witnesses: { agency: 'agency_id' } },
    rules: [
      readers,
      {
        roles: ['data-protection lead'],
        relation: 'own agency',
        purpose: 'audit',
        verbs: ['add', 'change'],
      },
      { roles: 'anyone', relation: 'any', purpose: 'administration', verbs: ['read'] },
    ],
    actions: {
      'witness.register': ['add', 'audit'],
      'witness.end': ['change', 'audit'],
      'witness.known': ['read', 'administration'],
    },
  },
  'safeguarding seal': {
    ...tree,
    store: 'safeguarding',
    rules: [sealer, safeguardingReaders],
    actions: { 'safeguarding log.sealed': ['read', 'audit'] },
  },
  'safeguarding seal as witnesses see it': {
    ...hashesForWitnesses('safeguarding'),
    store: 'safeguarding',
    actions: { 'safeguarding log.hashes': ['read', 'safeguarding'] },
  },
  'safeguarding checkpoint': {
    ...checkpointsForWitnesses('safeguarding'),
    store: 'safeguarding',
    actions: { 'safeguarding log.checkpoint': ['read', 'safeguarding'] },
  },
  'safeguarding cosignature': {
    ...cosignatures('safeguarding'),
    store: 'safeguarding',
    actions: { 'safeguarding log.cosign': ['add', 'safeguarding'] },
  },
};
