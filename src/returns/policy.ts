/** Who may count, sign and read returns. Press sees what was signed, and no record. */
import type { RoomPolicy } from '../platform/access.ts';

const signed = 'exists (select 1 from return_signatures s where s.return_id = returns.id)';

export const returnsPolicy: RoomPolicy = {
  return: {
    means: 'Returns: figures of one operation, a version at a time, and the records behind each',
    tables: {
      returns: { operation: 'operation_id' },
      return_records: { parent: ['returns', 'return_id'] },
    },
    rules: [
      { roles: ['analyst'], relation: 'partner', purpose: 'statistics', verbs: ['read', 'add', 'change', 'remove'] },
      { roles: ['commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
    ],
    actions: { 'return.read': ['read', 'statistics'], 'return.count': ['add', 'statistics'] },
  },
  signature: {
    means: 'That an analyst has signed a return, which freezes it',
    tables: { return_signatures: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst'], relation: 'partner', purpose: 'statistics', verbs: ['read', 'add'] },
      { roles: ['commander', 'coordinator'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: ['press'], relation: 'partner', purpose: 'publication', verbs: ['read'] },
    ],
    actions: { 'return.sign': ['add', 'statistics'] },
  },
  'signed return': {
    means: 'Returns that were signed, without the records behind them',
    tables: { returns: { operation: 'operation_id' } },
    rules: [
      {
        roles: ['coordinator'],
        relation: { sql: `operation_id = any ((select ctx.partner_operations())::uuid[]) and ${signed}` },
        purpose: 'statistics',
        verbs: ['read'],
      },
    ],
    actions: { 'signed return.read': ['read', 'statistics'] },
  },
  'certified figures': {
    means: 'Signed figures, as the newsroom may say them',
    tables: {
      returns: {
        operation: 'operation_id',
        columns: {
          publisher: ['id', 'operation_id', 'version', 'stage', 'definitions', 'facts', 'figures', 'made_at'],
        },
      },
    },
    rules: [
      {
        roles: ['press'],
        relation: { sql: `operation_id = any ((select ctx.partner_operations())::uuid[]) and ${signed}` },
        purpose: 'publication',
        verbs: ['read'],
      },
    ],
    actions: { 'figures.read': ['read', 'publication'] },
  },
  'changed since': {
    means: 'That records were changed after they were counted',
    tables: { return_changes: { operation: 'operation_id' } },
    rules: [
      { roles: ['analyst', 'commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] },
      { roles: 'anyone', relation: 'any', purpose: 'upkeep', verbs: ['add', 'read'] },
    ],
    actions: {},
  },
};
