/** One person, two sides: who may send one sentence across the wall, which custodian receives it, and what police may ask of support agencies. */
import type { Me, Says, Sentences } from './oracle.ts';

const helpsApart = (me: Me): boolean => me.side === 'help' && me.is('field', 'safeguarding lead', 'partner caseworker');
const ours: Says = (me, { agency_id }) => agency_id === me.agency;
const keepsCases: Says = (me, row) =>
  helpsApart(me) && me.is('safeguarding lead', 'partner caseworker') && ours(me, row);
const sentByHer: Says = (me, row) => helpsApart(me) && row.author_id === me.id && ours(me, row);
const leadsOf: Says = (me, row) => me.side === 'help' && me.is('data-protection lead') && ours(me, row);

/** A custodian with no part in an operation, who cannot link a notice to a case. */
const hears: Says = (me, row) =>
  me.side === 'enforcement' &&
  me.is('custodian') &&
  !me.is('triage', 'planner', 'commander', 'field', 'enforcement') &&
  ours(me, row);
const keepsRota: Says = (me, row) =>
  me.side === 'enforcement' && me.is('custodian', 'data-protection lead') && ours(me, row);

const asks = (me: Me): boolean => me.side === 'enforcement' && me.is('enforcement', 'commander');
const isPolice = (me: Me): boolean =>
  ['police force', 'regional crime unit'].includes(String(me.find('agencies', me.agency)?.kind));

export const sidesStaff: Readonly<Record<string, Sentences>> = {
  received_custody_notices: { read: hears },
  custody_urgent_pages: {
    read: hears,
    change: hears,
    changes: ['acknowledged_by', 'acknowledged_at', 'passed_on', 'passed_at'],
  },
  custodian_shifts: {
    read: keepsRota,
    add: (me, row) => keepsRota(me, row) && row.set_by === me.id,
    change: keepsRota,
    changes: ['ends_at'],
  },
  information_requests: {
    read: (me, row) =>
      (asks(me) && row.asked_by === me.id) ||
      (me.is('data-protection lead') && ours(me, row)) ||
      (me.side === 'help' && me.is('safeguarding lead', 'data-protection lead') && row.recipient === me.agency),
    add: (me, row) => asks(me) && row.asked_by === me.id && ours(me, row) && isPolice(me),
  },
  information_answers: { read: (me, { id }) => me.sees('information_requests', id) },
};

export const sidesHelp: Readonly<Record<string, Sentences>> = {
  custody_notices: {
    read: (me, row) => keepsCases(me, row) || sentByHer(me, row) || leadsOf(me, row),
    change: (me, row) => keepsCases(me, row) || sentByHer(me, row),
    add: (me, row) => sentByHer(me, row) && me.sees('persons', row.person_id),
  },
  information_decisions: {
    read: (me, row) => leadsOf(me, row) || (me.side === 'help' && me.is('safeguarding lead') && ours(me, row)),
    add: (me, row) =>
      me.side === 'help' &&
      me.is('safeguarding lead') &&
      row.decided_by === me.id &&
      ours(me, row) &&
      (row.person_id === null || me.sees('persons', row.person_id)),
  },
};
