/** Actions for people: for members of the support agency that does them, as far as they see the person. Handovers stay within one agency. A meeting is for the agencies that take part, and opens no case. */
import type { Me, Says, Sentences } from './oracle.ts';

const helps = (me: Me): boolean => me.is('field', 'safeguarding lead', 'partner caseworker') && me.side === 'help';
const ofOwnAgency: Says = (me, { agency_id }) => helps(me) && agency_id === me.agency;
const written: Says = (me, row) => ofOwnAgency(me, row) && row.author_id === me.id;
const ofSeenPerson =
  (says: Says): Says =>
  (me, row) =>
    says(me, row) && me.sees('persons', row.person_id);
const takesPart: Says = (me, { agency_id, invited }) =>
  helps(me) && (agency_id === me.agency || (invited as readonly unknown[]).includes(me.agency));
const leads =
  (says: Says): Says =>
  (me, row) =>
    me.is('safeguarding lead', 'partner caseworker') && says(me, row);
const atSeenMeeting: Says = (me, { meeting_id }) => helps(me) && me.sees('case_meetings', meeting_id);
const agreedAtMeeting: Says = (me, row) => row.meeting_id !== null && atSeenMeeting(me, row);
const ofSeenHandover: Says = (me, { handover_id }) => helps(me) && me.sees('handovers', handover_id);

const ownLetter: Says = (me, { grant_id }) => me.find('person_grants', grant_id)?.from_agency === me.agency;
/** Letters of what is granted by the member's agency; handovers of that agency, where every action that was printed is readable. */
const ofSeenRecord: Says = (me, { grant_id, handover_id, actions }) =>
  grant_id === null
    ? me.sees('handovers', handover_id) && (actions as unknown[]).every((id) => me.sees('person_actions', id))
    : me.sees('person_grants', grant_id);

export const tasked: Readonly<Record<string, Sentences>> = {
  person_actions: {
    read: ofSeenPerson((me, row) => ofOwnAgency(me, row) || agreedAtMeeting(me, row)),
    change: ofSeenPerson(ofOwnAgency),
    add: ofSeenPerson((me, row) => written(me, row) && (row.meeting_id === null || atSeenMeeting(me, row))),
  },
  case_meetings: { read: takesPart, add: leads(written), change: leads(ofOwnAgency) },
  meeting_cases: {
    read: ofSeenPerson(atSeenMeeting),
    change: ofSeenPerson(atSeenMeeting),
    add: ofSeenPerson((me, row) => written(me, row) && atSeenMeeting(me, row)),
    // What was recorded stays on the list, and so does the list of closed minutes.
    remove: ofSeenPerson(
      (me, row) =>
        ofOwnAgency(me, row) &&
        atSeenMeeting(me, row) &&
        row.revision === 1 &&
        me.find('case_meetings', row.meeting_id)?.closed_at === null,
    ),
  },
  handovers: { read: ofOwnAgency, add: written },
  handover_readings: {
    read: ofSeenHandover,
    add: (me, row) => ofSeenHandover(me, row) && row.member_id === me.id,
  },
  safeguarding_papers: {
    read: (me, row) => ofOwnAgency(me, row) && ofSeenRecord(me, row),
    add: (me, row) => written(me, row) && ofSeenRecord(me, row) && (row.grant_id === null || ownLetter(me, row)),
  },
  guideline_readings: { read: ofOwnAgency, add: (me, row) => ofOwnAgency(me, row) && row.member_id === me.id },
};
