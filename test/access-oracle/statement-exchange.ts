/** Returns of other instances: who takes them in, reads them and decides on joint visits. */
import type { Says, Sentences } from './oracle.ts';

/** Each coordinating agency has an inbox of its own. No document is ever changed. */
const coordinates: Says = (me, { agency_id }) => me.is('coordinator') && agency_id === me.agency;
const ofOwnInbox: Says = (me, { week_id }) => coordinates(me, me.find('exchange_weeks', week_id) ?? {});
const ofSeenWeek: Says = (me, { week_id }) => me.is('coordinator') && me.sees('exchange_weeks', week_id);
export const exchanged: Readonly<Record<string, Sentences>> = {
  exchange_weeks: { read: coordinates, add: coordinates, change: coordinates },
  exchange_keys: { read: coordinates, add: coordinates, change: coordinates },
  district_maps: { read: coordinates, add: coordinates, remove: coordinates },
  exchange_documents: {
    read: ofSeenWeek,
    add: (me, row) => ofOwnInbox(me, row) && row.received_by === me.id,
  },
  exchange_pair_decisions: {
    read: ofSeenWeek,
    add: (me, row) => ofOwnInbox(me, row) && row.decided_by === me.id,
  },
};
/** Who plans or counts a week reads what a coordinator asks of their agency. A planner chooses the week that it is for. */
const handles: Says = (me, { agency_id }) => me.is('planner', 'analyst') && agency_id === me.agency;
const readsTasking: Says = (me, { agency_id }) => me.is('planner', 'commander', 'analyst') && agency_id === me.agency;
const plansOwnTasking: Says = (me, { agency_id }) => me.is('planner') && agency_id === me.agency;
export const taskedStatistics: Readonly<Record<string, Sentences>> = {
  received_taskings: { read: readsTasking },
  coordinator_keys: { read: readsTasking },
};
export const taskedStaff: Readonly<Record<string, Sentences>> = {
  received_taskings: {
    read: readsTasking,
    add: (me, row) => row.received_by === null || (handles(me, row) && row.received_by === me.id),
    change: plansOwnTasking,
    open: ['add'],
  },
  coordinator_keys: { read: readsTasking, add: handles, change: handles },
};
/** A program has no session: it adds a signed return, and reads none. */
export const sentByProgram: Sentences = { add: (_me, { received_by }) => received_by === null, open: ['add'] };
