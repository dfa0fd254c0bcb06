/** Intelligence: triage of the agency that recorded it reads, corrects and disposes of it. No other role finds it, and no support agency. */
import type { Me, Says, Sentences } from './oracle.ts';

const triages = (me: Me): boolean => me.is('triage') && me.side === 'enforcement';
const own: Says = (me, { agency_id }) => triages(me) && agency_id === me.agency;
const ofSeen: Says = (me, { id }) => triages(me) && me.sees('intelligence_items', id);

const ofOwnItem: Says = (me, row) => own(me, row) && me.sees('intelligence_items', row.item_id);
const directs = (me: Me): boolean => me.is('planner', 'commander') && me.side === 'enforcement';
const directsOwn: Says = (me, { agency_id }) => directs(me) && agency_id === me.agency;
/** Names of organisations and numbers: for all who act on matches. */
const readsChecks: Says = (me, row) => own(me, row) || directsOwn(me, row);
const hides: Says = (me, { operation_id }) => directs(me) && me.inside(operation_id);
/** Of a visit for those in its operation, of intelligence for triage. */
const rings: Says = (me, row) =>
  row.operation_id === null ? own(me, row) : directs(me) && me.inside(row.operation_id);

const sharedByOwn: Says = (me, { agency_id }) => triages(me) && agency_id === me.agency;
const sharedWithOwn: Says = (me, { to_agency_id }) => triages(me) && to_agency_id === me.agency;

/** What agencies share: each of the two sees the copy, who gave it recalls it, and the other accepts its conditions. */
const sharingStaff: Readonly<Record<string, Sentences>> = {
  intelligence_shares: {
    read: (me, row) => sharedByOwn(me, row) || sharedWithOwn(me, row),
    add: (me, row) => sharedByOwn(me, row) && row.shared_by === me.id && me.sees('intelligence_items', row.item_id),
    change: sharedByOwn,
    changes: ['sealed_content', 'wrapped_key', 'recalled_by', 'recalled_at', 'recall_reason'],
  },
  intelligence_share_receipts: {
    read: (me, { share_id }) => triages(me) && me.sees('intelligence_shares', share_id),
    add: (me, { share_id, received_by }) => {
      const share = me.find('intelligence_shares', share_id);
      return (
        triages(me) &&
        received_by === me.id &&
        share?.to_agency_id === me.agency &&
        me.sees('intelligence_shares', share_id)
      );
    },
  },
};

/** The check between agencies. */
const deconflictionStaff: Readonly<Record<string, Sentences>> = {
  deconfliction_contacts: {
    read: readsChecks,
    add: (me, row) => directsOwn(me, row) && row.set_by === me.id,
    change: directsOwn,
  },
  deconfliction_partners: {
    read: readsChecks,
    add: (me, row) => directsOwn(me, row) && row.added_by === me.id,
    change: directsOwn,
    changes: ['ended_by', 'ended_at'],
  },
  deconfliction_hidden: {
    read: hides,
    add: (me, row) => hides(me, row) && row.agency_id === me.agency && row.hidden_by === me.id,
    remove: hides,
  },
  deconfliction_subjects: { read: own, add: (me, row) => own(me, row) && row.added_by === me.id, remove: own },
  deconfliction_questions: { read: readsChecks },
  deconfliction_matches: { read: rings, change: rings, changes: ['acknowledged_by', 'acknowledged_at'] },
};

const everyone: Says = () => true;
const reads = (): Sentences => ({ read: everyone, open: ['read'] });

/** The background work compares plans, and shows them to no member. */
export const deconflictionLeader: Readonly<Record<string, Sentences>> = {
  deconfliction_contacts: reads(),
  deconfliction_partners: {
    read: everyone,
    change: everyone,
    changes: ['answered_at', 'failed_at', 'failure'],
    open: ['read', 'change'],
  },
  deconfliction_hidden: reads(),
  deconfliction_subjects: reads(),
  deconfliction_tags: { read: everyone, add: everyone, remove: everyone, open: ['read', 'add', 'remove'] },
  deconfliction_questions: { read: everyone, remove: everyone, open: ['read', 'remove'] },
  deconfliction_matches: {
    read: everyone,
    add: everyone,
    change: everyone,
    remove: everyone,
    open: ['read', 'add', 'change', 'remove'],
  },
};

export const intelligenceStaff: Readonly<Record<string, Sentences>> = {
  ...deconflictionStaff,
  ...sharingStaff,
  intelligence_items: {
    read: own,
    add: (me, row) => own(me, row) && row.recorded_by === me.id,
    change: own,
    changes: [
      ...['source_evaluation', 'assessment', 'handling', 'happened_from', 'happened_to'],
      ...['sealed_content', 'wrapped_key', 'system_reference', 'review_on'],
    ],
  },
  intelligence_items_versions: { read: ofSeen, add: ofSeen },
  intelligence_sources: { read: ofSeen, add: ofSeen },
  intelligence_entities: {
    read: ofOwnItem,
    add: (me, row) => ofOwnItem(me, row) && row.added_by === me.id,
    change: ofOwnItem,
    changes: ['cluster_id'],
  },
  intelligence_item_terms: { read: own, add: own, remove: own },
  intelligence_entity_terms: { read: own, add: own, remove: own },
  intelligence_proposals: {
    read: (me, { agency_id }) => me.is('triage', 'planner') && me.side === 'enforcement' && agency_id === me.agency,
    add: (me, row) => own(me, row) && row.proposed_by === me.id && row.state === 'proposed',
    change: (me, { agency_id }) => me.is('planner') && me.side === 'enforcement' && agency_id === me.agency,
    changes: [
      ...['state', 'decided_by', 'decided_at', 'reason', 'operation_id', 'premises_id'],
      ...['result', 'result_by', 'result_at'],
    ],
  },
  intelligence_possible_links: { read: own, add: own, remove: own },
  intelligence_link_decisions: {
    read: own,
    add: (me, row) => own(me, row) && row.decided_by === me.id,
    change: own,
    changes: ['undone_by', 'undone_at'],
  },
};
