/** Who may do what behind the wall: whoever gave advice writes it and reads her own; help's leads read; others get totals through the return. */
import type { RoomPolicy } from '../platform/access.ts';

const writers = ['field', 'safeguarding lead', 'partner caseworker'] as const;

export const safeguardingPolicy: RoomPolicy = {
  note: {
    means: 'What a person met at a visit needs and wants, and what she was told',
    store: 'safeguarding',
    tables: {
      notes: { operation: 'operation_id', author: 'author_id' },
      notes_versions: { parent: ['notes', 'id'] },
    },
    rules: [
      { roles: writers, relation: 'author', purpose: 'safeguarding', verbs: ['read', 'add', 'change'] },
      { roles: ['safeguarding lead'], side: 'help', relation: 'member', purpose: 'safeguarding', verbs: ['read'] },
    ],
    actions: { 'note.read': ['read', 'safeguarding'], 'note.write': ['add', 'safeguarding'] },
  },
  referral: {
    means: 'A request to one agency to help, with what it was agreed that they see',
    store: 'safeguarding',
    tables: {
      referrals: { operation: 'operation_id', author: 'author_id', recipient: 'to_agency' },
      referrals_versions: { parent: ['referrals', 'id'] },
    },
    rules: [
      {
        roles: ['field', 'safeguarding lead'],
        side: 'help',
        relation: 'author',
        purpose: 'safeguarding',
        verbs: ['read', 'add'],
      },
      { roles: ['safeguarding lead'], side: 'help', relation: 'member', purpose: 'safeguarding', verbs: ['read'] },
      {
        roles: ['partner caseworker'],
        side: 'help',
        relation: 'recipient',
        purpose: 'safeguarding',
        verbs: ['read', 'change', 'add'],
      },
    ],
    actions: {
      'referral.read': ['read', 'safeguarding'],
      'referral.make': ['add', 'safeguarding'],
      'referral.decide': ['change', 'safeguarding'],
    },
  },
  fact: {
    means: 'What is counted of a note: an indicator, a day, a town, no person',
    store: 'safeguarding',
    tables: { facts: { parent: ['notes', 'note_id'] } },
    rules: [{ roles: writers, relation: 'any', purpose: 'safeguarding', verbs: ['read', 'add', 'remove'] }],
    actions: {},
  },
  'counted fact': {
    means: 'The same facts as the analyst sees them, without the note they came from; and how referrals ended',
    store: 'safeguarding',
    tables: {
      facts: {
        operation: 'operation_id',
        columns: { statistics: ['id', 'operation_id', 'day', 'town', 'indicator', 'part'] },
      },
      referrals: {
        operation: 'operation_id',
        columns: { statistics: ['id', 'operation_id', 'day', 'to_agency', 'state'] },
      },
    },
    rules: [{ roles: ['analyst', 'commander'], relation: 'partner', purpose: 'statistics', verbs: ['read'] }],
    actions: { 'fact.count': ['read', 'statistics'] },
  },
};
