/** Identity requests: a planner or commander of an enforcement agency asks for a name, and reads it while access is open. Custodians of the leading agency see the request, and nothing of the record. */
import type { Me, Says, Sentences } from './oracle.ts';

const directsForForce = (me: Me): boolean => me.is('planner', 'commander') && me.side === 'enforcement';
const past = (me: Me, at: unknown): boolean => new Date(String(at)) <= me.now;

/** Whether a custodian has opened this person's name to the member, and the time is not over. */
export const openTo = (me: Me, encounter: unknown): boolean =>
  me
    .rows('identity_requests')
    .some(
      ({ id, encounter_id, asked_by, until }) =>
        encounter_id === encounter &&
        asked_by === me.id &&
        !past(me, until) &&
        me.rows('identity_request_decisions').some((one) => one.id === id && one.granted && past(me, one.decided_at)) &&
        !me.rows('identity_request_ends').some((one) => one.id === id && past(me, one.ended_at)),
    );

const asked: Says = (me, { asked_by }) => directsForForce(me) && asked_by === me.id;
const decidesOrAnswersFor: Says = (me, { owner_id }) =>
  me.is('custodian', 'data-protection lead') && owner_id === me.agency;
const answersForAsker: Says = (me, { agency_id }) => me.is('data-protection lead') && agency_id === me.agency;
const ofSeenRequest: Says = (me, { id }) => me.sees('identity_requests', id);

export const openingsStaff: Readonly<Record<string, Sentences>> = {
  identity_requests: {
    read: (me, row) => asked(me, row) || decidesOrAnswersFor(me, row) || answersForAsker(me, row),
    add: (me, row) => asked(me, row) && me.inside(row.operation_id),
  },
  identity_request_decisions: {
    read: ofSeenRequest,
    add: (me, row) => me.is('custodian') && row.decided_by === me.id && ofSeenRequest(me, row),
  },
  // A custodian may end an open disclosure early.
  identity_request_ends: {
    read: ofSeenRequest,
    add: (me, row) => me.is('custodian') && row.ended_by === me.id && ofSeenRequest(me, row),
  },
};
