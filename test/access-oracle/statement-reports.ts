/** Reports: police read theirs and support agencies theirs, each of their own agency. They read the source while a custodian has disclosed it. A custodian sees only the request. A data-protection lead publishes who reads. */
import type { Role } from '../../src/vocabulary/people.ts';
import type { Me, Says, Sentences } from './oracle.ts';

const byLaw = 'legal requirement';
const messages = ['asked', 'replied', 'closed', 'noted'];

const past = (me: Me, at: unknown): boolean => new Date(String(at)) <= me.now;
const answersFor = (me: Me, { agency_id }: { readonly agency_id?: unknown }, side: Me['side']): boolean =>
  me.side === side && agency_id === me.agency;

/** Whether a custodian has disclosed this report's source to the member, and the time is not over. For a withdrawn report, only a court order or a law allows it. */
const openTo = (me: Me, report: unknown): boolean =>
  me
    .rows('source_identity_requests')
    .some(
      ({ id, report_id, file_id, asked_by, until, purpose }) =>
        report_id === report &&
        (purpose === byLaw || me.find('reports', report)?.state !== 'withdrawn') &&
        file_id === null &&
        asked_by === me.id &&
        !past(me, until) &&
        me.rows('source_identity_decisions').some((one) => one.id === id && one.granted && past(me, one.decided_at)),
    );

function line(
  reads: (me: Me) => boolean,
  side: Me['side'],
  handsIn: (me: Me) => boolean,
): Readonly<Record<string, Sentences>> {
  const own: Says = (me, { agency_id }) => reads(me) && me.side === side && agency_id === me.agency;
  const ofSeen: Says = (me, { report_id }) => reads(me) && me.side === side && me.sees('reports', report_id);
  const answers = (me: Me): boolean => me.is('data-protection lead') && me.side === side;
  const asked: Says = (me, { asked_by }) => reads(me) && me.side === side && asked_by === me.id;
  const mayAsk = (me: Me): boolean => me.side === side && (reads(me) || me.is('custodian', 'data-protection lead'));
  /** The readers of the line and the lead who answers for it, at the agency whose it is. */
  const keeps: Says = (me, { agency_id }) => (reads(me) || answers(me)) && me.side === side && agency_id === me.agency;
  const saysSo: Says = (me, row) => keeps(me, row) && row.set_by === me.id;
  return {
    reports: { read: own, change: own, changes: ['state', 'outcome', 'unread', 'acted_at', 'due_at'] },
    report_parts: {
      read: ofSeen,
      add: (me, row) => ofSeen(me, row) && row.member_id === me.id && messages.includes(String(row.kind)),
    },
    report_files: {
      read: ofSeen,
      change: ofSeen,
      changes: ['state', 'sealed_key', 'copy_id', 'copy_key', 'parts', 'why'],
    },
    // Only a member to whom a custodian has disclosed the source reads it, for a time.
    report_contacts: { read: (me, { id }) => reads(me) && me.side === side && openTo(me, id) },
    source_identity_requests: {
      read: (me, row) => asked(me, row) || (answersFor(me, row, side) && me.is('custodian', 'data-protection lead')),
      add: (me, row) => asked(me, row) && row.agency_id === me.agency,
    },
    source_identity_decisions: {
      read: (me, row) => mayAsk(me) && me.sees('source_identity_requests', row.id),
      add: (me, row) =>
        me.is('custodian') &&
        me.side === side &&
        row.decided_by === me.id &&
        me.sees('source_identity_requests', row.id),
    },
    on_call_shifts: { read: keeps, add: saysSo, change: keeps, changes: ['ends_at'] },
    danger_urgent_pages: { read: own, change: own, changes: ['acknowledged_by', 'acknowledged_at'] },
    report_retention_rules: { read: keeps, add: (me, row) => answers(me) && saysSo(me, row) },
    report_retention_holds: {
      read: keeps,
      add: saysSo,
      change: keeps,
      changes: ['ended_by', 'ended_at', 'ended_because'],
    },
    report_erasure_certificates: { read: keeps },
    // Who delivered a report: read by that member, and by readers of the report.
    report_intakes: { read: (me, row) => own(me, row) || (handsIn(me) && row.taken_by === me.id) },
    reading_hours: {
      read: (me) => answers(me) || (reads(me) && me.side === side),
      add: (me, row) => answers(me) && row.set_by === me.id && row.agency_id === me.agency,
    },
  };
}

const ofHelp: readonly Role[] = ['field', 'safeguarding lead', 'partner caseworker'];
const triages: Says = (me, { agency_id }) => me.is('triage') && me.side === 'enforcement' && agency_id === me.agency;
/** Of reports to police alone: what is about the same matter, and what became intelligence. */
const triage: Readonly<Record<string, Sentences>> = {
  report_term_sets: { read: triages, add: triages, remove: triages },
  report_terms: { read: triages, add: triages, remove: triages },
  report_matter_decisions: {
    read: triages,
    add: (me, row) => triages(me, row) && row.decided_by === me.id,
    change: triages,
    changes: ['undone_by', 'undone_at'],
  },
  report_acceptances: {
    read: triages,
    add: (me, row) => triages(me, row) && row.accepted_by === me.id,
  },
};
export const reportsStaff = {
  ...line(
    (me) => me.is('triage'),
    'enforcement',
    (me) => me.is(...ofHelp, 'planner', 'commander', 'enforcement'),
  ),
  ...triage,
};
export const reportsHelp = line(
  (me) => me.is('safeguarding lead', 'partner caseworker'),
  'help',
  (me) => me.is(...ofHelp) && me.side === 'help',
);
