/** Intelligence: triage of the agency that recorded it reads, corrects and disposes of it. No other role finds it, and no support agency. */
import type { Me, Says, Sentences } from './oracle.ts';

const triages = (me: Me): boolean => me.is('triage') && me.side === 'enforcement';
const own: Says = (me, { agency_id }) => triages(me) && agency_id === me.agency;
const ofSeen: Says = (me, { id }) => triages(me) && me.sees('intelligence_items', id);

export const intelligenceStaff: Readonly<Record<string, Sentences>> = {
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
    read: own,
    add: (me, row) => own(me, row) && row.added_by === me.id,
    change: own,
    changes: ['cluster_id'],
  },
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
