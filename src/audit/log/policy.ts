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
  means: 'The seal of the access log: a hash of each row, hashes that combine them, and signed checkpoints',
  marking: 'OFFICIAL',
  looks: { none: 'hashes, signatures and public keys: no record is among them' },
  tables: { log_leaves: {}, log_nodes: {}, log_checkpoints: {}, log_keys: {} },
  rules: [sealer, readers],
};

/** Witnesses have no session: a request of theirs is signed, and the route checks it. */
const hashesForWitnesses = (purpose: 'administration' | 'safeguarding'): Omit<RecordClass, 'actions'> => ({
  means: 'Digests and checkpoints of the seal, for witnesses, without rows of the log',
  marking: 'OFFICIAL',
  looks: { none: 'hashes alone; each cosignature is a row' },
  tables: { log_leaves: { groups: { hashes: ['index', 'commitment'] } } },
  rules: [{ roles: 'anyone', relation: 'any', purpose, verbs: ['read'], fields: 'hashes' }],
});

const checkpointsForWitnesses = (purpose: 'administration' | 'safeguarding'): Omit<RecordClass, 'actions'> => ({
  means: 'Checkpoints of the seal, with the cosignatures of witnesses',
  marking: 'OFFICIAL',
  looks: { none: 'hashes, signatures and public keys: no record is among them' },
  tables: { log_nodes: {}, log_checkpoints: {}, log_keys: {} },
  rules: [{ roles: 'anyone', relation: 'any', purpose, verbs: ['read'] }],
});

const cosignatures = (purpose: 'administration' | 'safeguarding'): Omit<RecordClass, 'actions'> => ({
  means: 'Cosignatures of witnesses',
  marking: 'OFFICIAL',
  looks: { none: 'signatures alone; each one given is a row' },
  tables: { log_cosignatures: {} },
  rules: [{ roles: 'anyone', relation: 'any', purpose, verbs: ['read', 'add'] }],
});

const cosignaturesForAudit: RecordClass = {
  means: 'Cosignatures of witnesses, for audit',
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
    means: 'Witnesses run by partners: name and public key',
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
