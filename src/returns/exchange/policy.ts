/** Who may take returns of other instances: coordinators, each agency for itself. A program that sends one has no session: the signature in the document stands for it. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';

const coordinator = { roles: ['coordinator'], relation: 'own agency', purpose: 'statistics' } as const;
const ofSeenWeek = { roles: ['coordinator'], relation: 'any', purpose: 'statistics' } as const;

const sentByProgram = {
  sql: 'received_by is null',
  words:
    'a program sent it, signed. Safelight checks the signature first, and does not count a return signed with an unknown key',
} as const;

const sentByCoordinator = {
  sql: 'received_by is null',
  words: 'a program sent it, signed with a key that the agency compared before',
} as const;

const inOwnName = {
  sql: `decided_by = (select ctx.member())
        and week_id in (select w.id from exchange_weeks w where w.agency_id = (select ctx.agency()))`,
  words: 'their own agency coordinates the week, in their own name',
} as const;
const uploadedInOwnName = {
  sql: `received_by = (select ctx.member())
        and week_id in (select w.id from exchange_weeks w where w.agency_id = (select ctx.agency()))`,
  words: inOwnName.words,
} as const;

const importedInOwnName = {
  sql: 'agency_id = (select ctx.agency()) and received_by = (select ctx.member())',
  words: 'their own agency received it, in their own name',
} as const;
/** Who plans the week that a tasking asks for, and who counts it. */
const readTasking = {
  roles: ['planner', 'commander', 'analyst'],
  relation: 'own agency',
  purpose: ['operation', 'statistics'],
  verbs: ['read'],
} as const;
const handlesTasking = { roles: ['planner', 'analyst'], relation: 'own agency', purpose: 'operation' } as const;

/** What a coordinator sends back: a partnership keeps it, and fills its week from it. */
const taskingPolicy: AreaPolicy = {
  'received tasking': {
    means: 'Taskings of coordinators that an agency imported: dates, deadline, definitions and request',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'dates, a deadline and what is asked, no person' },
    tables: { received_taskings: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [
      readTasking,
      { roles: ['planner', 'analyst'], relation: importedInOwnName, purpose: 'operation', verbs: ['add'] },
      { roles: ['planner'], relation: 'own agency', purpose: 'operation', verbs: ['change'] },
    ],
    actions: {
      'tasking.read': ['read', 'operation'],
      'tasking.import': ['add', 'operation'],
      'tasking.use': ['change', 'operation'],
    },
  },
  'coordinator key': {
    means: 'Public keys of coordinators that an agency compared on the telephone',
    marking: 'OFFICIAL',
    looks: { none: 'public keys and names of organisations' },
    tables: { coordinator_keys: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [readTasking, { ...handlesTasking, verbs: ['add', 'change'] }],
    actions: {
      'coordinator key.compare': ['add', 'operation'],
      'coordinator key.end': ['change', 'operation'],
    },
  },
  'tasking sent by a program': {
    means: 'Signed taskings that a coordinator’s program sends to an agency',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'it is added and not read' },
    tables: { received_taskings: {} },
    rules: [{ roles: 'anyone', relation: sentByCoordinator, purpose: 'administration', verbs: ['add'] }],
    actions: { 'tasking.send': ['add', 'administration'] },
  },
};

export const exchangePolicy: AreaPolicy = {
  'exchange week': {
    means: 'Weeks of a coordinator who takes returns of partnerships: dates, deadline, tasking and expected reporters',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'dates, tasking and names of organisations, no person' },
    tables: { exchange_weeks: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [{ ...coordinator, verbs: ['read', 'add', 'change'] }],
    actions: {
      'exchange.read': ['read', 'statistics'],
      'exchange week.add': ['add', 'statistics'],
      'exchange week.change': ['change', 'statistics'],
    },
  },
  'exchange key': {
    means: 'Public keys of partnerships that send returns to a coordinator',
    marking: 'OFFICIAL',
    looks: { none: 'public keys and names of organisations' },
    tables: { exchange_keys: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [{ ...coordinator, verbs: ['read', 'add', 'change'] }],
    actions: { 'exchange key.add': ['add', 'statistics'], 'exchange key.end': ['change', 'statistics'] },
  },
  'received return': {
    means: 'Signed returns of other instances, as they came: figures, no records',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'figures, no person' },
    tables: { exchange_documents: { parent: ['exchange_weeks', 'week_id'], owner: 'parent' } },
    rules: [
      { ...ofSeenWeek, verbs: ['read'] },
      { roles: ['coordinator'], relation: uploadedInOwnName, purpose: 'statistics', verbs: ['add'] },
    ],
    actions: {
      'received return.read': ['read', 'statistics'],
      'received return.export': ['read', 'statistics'],
      'received return.upload': ['add', 'statistics'],
    },
    asksWhy: ['received return.export'],
  },
  'district map': {
    means: 'Boundaries of districts that a coordinator imported for maps',
    marking: 'OFFICIAL',
    looks: { none: 'boundaries that an authority published' },
    tables: { district_maps: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [{ ...coordinator, verbs: ['read', 'add', 'remove'] }],
    actions: { 'district map.import': ['add', 'statistics'] },
  },
  'return sent by a program': {
    means: 'Signed returns that a partnership’s program sends to a coordinator',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'it is added and not read' },
    tables: { exchange_documents: {} },
    rules: [{ roles: 'anyone', relation: sentByProgram, purpose: 'administration', verbs: ['add'] }],
    actions: { 'received return.send': ['add', 'administration'] },
  },
  'joint visit decision': {
    means: 'Decisions on whether visits in two returns are the same',
    marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
    looks: { none: 'a day, a town and a kind of premises, no person' },
    tables: {
      exchange_pair_decisions: { parent: ['exchange_weeks', 'week_id'], owner: 'parent' },
    },
    rules: [
      { ...ofSeenWeek, verbs: ['read'] },
      { roles: ['coordinator'], relation: inOwnName, purpose: 'statistics', verbs: ['add'] },
    ],
    actions: { 'joint visit.decide': ['add', 'statistics'] },
  },
  ...taskingPolicy,
};
