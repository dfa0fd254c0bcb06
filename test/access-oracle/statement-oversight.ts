/** Oversight: everybody responsible for the operation sees emergency access, auditors read the log, and a data-protection lead reads contents only for the person's own request. */
import type { Me, Says, Sentences } from './oracle.ts';

const everyone: Says = () => true;
const audits: Says = (me) => me.is('auditor', 'data-protection lead');
const isLead = (me: Me): boolean => me.is('data-protection lead');
const breaks = (me: Me): boolean => me.is('planner', 'commander', 'field', 'enforcement', 'safeguarding lead');

/** What emergency access opens to a member who may use it. */
export const underGlass =
  (column: 'id' | 'operation_id' = 'operation_id'): Says =>
  (me, row) =>
    breaks(me) && me.glassOn(row[column]);

const opensOperations = (me: Me): boolean =>
  !me.half &&
  me.is(
    ...(['triage', 'planner', 'field', 'enforcement', 'safeguarding lead', 'partner caseworker', 'custodian'] as const),
    ...(['analyst', 'press', 'commander', 'data-protection lead', 'coordinator', 'auditor'] as const),
  );
export const opensIt: Says = (me, { operation_id }) => opensOperations(me) && me.inside(operation_id);
/** Of an agency that takes part: who sends people, goes, or answers for them. */
export const staffs = (me: Me): boolean => breaks(me) || isLead(me);

const leadsFrom = (me: Me, operation: unknown): boolean => me.find('operations', operation)?.agency_id === me.agency;
const ownGlass: Says = (me, { member_id }) => breaks(me) && member_id === me.id;
const addressed: Says = (me, { to_member, to_agency, to_roles }) =>
  to_member === me.id || (to_agency === me.agency && (to_roles as never[]).some((role) => me.is(role)));
/** The kinds of records that a notification may be about. */
const toldOf = [
  ...['break_glass', 'teams', 'identity_requests', 'custody_urgent_pages', 'information_requests', 'arrests'],
  ...['nrm_referrals', 'partner_invitations'],
];
/** Leads get notifications about a text that waits, or whose embargo runs, and that nobody stopped. */
const waitsForLead: Says = (me, { kind, subject, made_at }) =>
  kind === 'release to read' &&
  me.is('safeguarding lead') &&
  me
    .rows('submitted_releases')
    .some(
      (text) =>
        text.id === subject &&
        new Date(String(text.submitted_at)) <= new Date(String(made_at)) &&
        (text.agency_id === me.agency || text.operation_id === null || me.partOf(text.operation_id)) &&
        (text.scheduled === false || (text.embargo_until !== null && new Date(String(text.embargo_until)) > me.now)) &&
        !me.rows('release_stops').some((stop) => stop.release_id === text.id && stop.revision === text.revision),
    );
const atThisMoment = (me: Me, at: unknown): boolean => new Date(String(at)).getTime() === me.now.getTime();
const ownRow: Says = (me, { member_id }) => member_id === me.id;
const ownReading: Says = (me, { notice_id, member_id }) => member_id === me.id && me.sees('notices', notice_id);

export const oversightStaff: Readonly<Record<string, Sentences>> = {
  briefing_times: {
    read: (me, row) =>
      opensIt(me, row) || (me.is('planner') && leadsFrom(me, row.operation_id)) || underGlass()(me, row),
    add: (me, { operation_id, set_by, set_at }) =>
      set_by === me.id &&
      atThisMoment(me, set_at) &&
      leadsFrom(me, operation_id) &&
      (me.is('planner') || (me.is('commander') && me.inside(operation_id))),
  },
  break_glass: {
    read: (me, row) =>
      ownGlass(me, row) ||
      (me.is('planner', 'commander', 'data-protection lead') && row.owner_id === me.agency) ||
      (me.is('commander', 'data-protection lead') && row.agency_id === me.agency),
    add: ownGlass,
    change: ownGlass,
  },
  break_glass_reviews: {
    read: (me, { id }) => me.sees('break_glass', id),
    add: (me, { id, reviewed_by }) =>
      me.is('commander', 'data-protection lead') && reviewed_by === me.id && me.sees('break_glass', id),
  },
  notices: {
    read: (me, row) =>
      addressed(me, row) &&
      (row.subject === null ||
        row.kind === 'system finding' ||
        waitsForLead(me, row) ||
        toldOf.some((table) => me.sees(table, row.subject))),
    add: (me, { made_at }) => atThisMoment(me, made_at),
  },
  notice_readings: { read: ownReading, add: ownReading },
  notification_channels: { read: ownRow, add: ownRow, change: ownRow, remove: ownRow },
  notification_messages: { read: (me, { agency_id }) => me.is('administrator') && agency_id === me.agency },
};

/** Every process writes the log at the moment of the event; only the leader logs destruction. */
const ofNow = ({ xid }: { readonly xid?: unknown }): boolean => xid === undefined;
export const writesLog: Sentences = { add: (_me, row) => ofNow(row) && row.event !== 'log.erased', open: ['add'] };
export const sealsLog: Sentences = { read: everyone, add: (_me, row) => ofNow(row), open: ['read', 'add'] };
const auditsLog = (side?: 'help'): Sentences => ({
  read: (me, { agency_id, owner_id }) =>
    (side === undefined || me.side === side) &&
    (me.is('auditor') || (isLead(me) && [agency_id, owner_id].includes(me.agency))),
  add: (_me, row) => ofNow(row) && row.event !== 'log.erased',
  open: ['add'],
});

const known: Sentences = { read: everyone, open: ['read'] };
/** A witness has no session: it is shown hashes and checkpoints, no row and no opening, and leaves its cosignature. */
export const witnessed: Readonly<Record<string, Sentences>> = {
  log_leaves: { ...known, columns: ['index', 'commitment'] },
  log_nodes: known,
  log_checkpoints: known,
  log_keys: known,
  log_cosignatures: { read: everyone, add: everyone, open: ['read', 'add'] },
};
export const knownWitnesses: Readonly<Record<string, Sentences>> = { log_witnesses: known };

const sealed: Sentences = { read: everyone, add: everyone, open: ['read', 'add'] };
export const seals = { log_leaves: sealed, log_nodes: sealed, log_checkpoints: sealed, log_keys: sealed } as const;
/** How fast the safeguarding log grows tells that support agencies are at work: police do not see its seal. */
const auditedSeal = (here: (me: Me) => boolean): Readonly<Record<string, Sentences>> => {
  const seen: Sentences = { read: (me, row) => here(me) && audits(me, row) };
  return { log_leaves: seen, log_nodes: seen, log_checkpoints: seen, log_keys: seen, log_cosignatures: seen };
};

/** The same in each store; in the safeguarding database for support agencies only. */
function answersTo(side?: 'help'): Readonly<Record<string, Sentences>> {
  const here = (me: Me): boolean => side === undefined || me.side === side;
  const ownLead: Says = (me, { agency_id }) => here(me) && isLead(me) && agency_id === me.agency;
  return {
    access_log: auditsLog(side),
    subject_access_requests: { read: ownLead, add: ownLead, change: ownLead },
    access_reviews: {
      read: (me, row) => ownLead(me, row) || (here(me) && me.is('auditor')),
      // Members cannot answer for their own access, or in another's name.
      add: (me, row) => ownLead(me, row) && row.answered_by === me.id && row.member_id !== me.id,
    },
    ...auditedSeal(here),
  };
}

const goesWith =
  (table: string, column = 'id'): Says =>
  (me, row) =>
    isLead(me) && me.sees(table, row[column]);
const together = (table: string): Readonly<Record<string, Sentences>> => ({
  [`${table}_versions`]: { read: goesWith(table) },
});
const leadsOwnWitness: Says = (me, { agency_id }) => isLead(me) && agency_id === me.agency;

export const auditorMain: Readonly<Record<string, Sentences>> = {
  ...answersTo(),
  grants: { read: audits },
  member_terms: { read: audits },
  // Names the operation of an emergency access, and no more.
  operations: { read: (me) => me.is('auditor'), columns: ['id', 'code_name'] },
  break_glass: { read: (me) => me.is('auditor') },
  break_glass_reviews: { read: (me, { id }) => me.sees('break_glass', id) },
  safeguarding_exceptions: { read: audits, add: isLead, change: isLead },
  log_witnesses: { read: audits, add: leadsOwnWitness, change: leadsOwnWitness },
  encounters: { read: (me, { id }) => isLead(me) && me.askedFor(id) },
  arrests: { read: (me, { id, encounter_id }) => isLead(me) && (me.askedFor(id) || me.askedFor(encounter_id)) },
  visits: {
    read: (me, { id }) =>
      isLead(me) &&
      (me.rows('encounters').some((one) => one.visit_id === id && me.sees('encounters', one.id)) ||
        me.rows('arrests').some((one) => one.visit_id === id && me.sees('arrests', one.id))),
  },
  premises: {
    read: (me, { id }) =>
      isLead(me) && me.rows('visits').some((visit) => visit.premises_id === id && me.sees('visits', visit.id)),
    columns: ['id', 'town'],
  },
  encounter_names: { read: goesWith('encounters') },
  observations: { read: goesWith('encounters', 'encounter_id') },
  screenings: { read: goesWith('arrests') },
  child_notifications: { read: goesWith('arrests') },
  nrm_referrals: {
    read: (me, { agency_id, arrest_id, encounter_id }) =>
      isLead(me) && agency_id === me.agency && (me.askedFor(arrest_id) || me.askedFor(encounter_id)),
  },
  nrm_referral_contents: { read: goesWith('nrm_referrals') },
  seizures: { read: goesWith('visits', 'visit_id') },
  ...together('encounters'),
  ...together('encounter_names'),
  ...together('observations'),
  ...together('arrests'),
  ...together('screenings'),
  ...together('child_notifications'),
  ...together('nrm_referrals'),
  ...together('nrm_referral_contents'),
};

const ofHelp =
  (says: Says): Says =>
  (me, row) =>
    me.side === 'help' && says(me, row);

export const auditorApart: Readonly<Record<string, Sentences>> = {
  ...answersTo('help'),
  notes: {
    read: ofHelp(
      (me, { id, encounter_id, agency_id }) =>
        isLead(me) && agency_id === me.agency && (me.askedFor(id) || me.askedFor(encounter_id)),
    ),
  },
  notes_versions: { read: ofHelp(goesWith('notes')) },
  persons: {
    read: ofHelp(
      (me, { id, origin_id, agency_id }) =>
        isLead(me) && agency_id === me.agency && (me.askedFor(id) || me.askedFor(origin_id)),
    ),
  },
  persons_versions: { read: ofHelp(goesWith('persons')) },
  ...Object.fromEntries(
    [
      ...['contact_notes', 'person_actions', 'nrm_drafts', 'custody_notices', 'information_decisions'],
      'wristband_people',
      'meeting_cases',
    ].map((table) => [table, { read: ofHelp(goesWith('persons', 'person_id')) }]),
  ),
  retention_facts: {
    read: ofHelp(
      (me, row) =>
        goesWith('persons', 'person_id')(me, row) ||
        (isLead(me) && row.agency_id === me.agency && me.askedFor(row.encounter_id)),
    ),
  },
  nrm_drafts_versions: { read: ofHelp(goesWith('nrm_drafts')) },
  wristbands: {
    read: ofHelp(
      (me, { id }) =>
        isLead(me) &&
        me.rows('wristband_people').some((one) => one.wristband_id === id && me.sees('persons', one.person_id)),
    ),
  },
  wristband_needs: { read: ofHelp(goesWith('wristbands', 'wristband_id')) },
  first_nights: { read: ofHelp(goesWith('wristbands', 'wristband_id')) },
  referrals: {
    read: ofHelp((me, row) => goesWith('notes', 'note_id')(me, row) || goesWith('persons', 'person_id')(me, row)),
  },
  referral_messages: { read: ofHelp(goesWith('referrals', 'referral_id')) },
  note_acknowledgements: { read: ofHelp(goesWith('notes', 'note_id')) },
  person_documents: { read: ofHelp(goesWith('persons', 'person_id')) },
  safeguarding_papers: {
    read: ofHelp(
      (me, { agency_id, grant_id, actions }) =>
        isLead(me) &&
        agency_id === me.agency &&
        ((me.sees('person_grants', grant_id) && me.askedFor(me.find('person_grants', grant_id)?.person_id)) ||
          (actions as unknown[]).some((id) => {
            const person = me.find('persons', me.find('person_actions', id)?.person_id);
            return me.sees('person_actions', id) && (me.askedFor(person?.id) || me.askedFor(person?.origin_id));
          })),
    ),
  },
  referrals_versions: { read: ofHelp(goesWith('referrals')) },
  note_facts: { read: ofHelp(goesWith('notes', 'note_id')) },
  consents: { read: ofHelp((me, row) => isLead(me) && row.agency_id === me.agency && me.askedFor(row.person_id)) },
  disclosures: { read: ofHelp((me, row) => isLead(me) && row.agency_id === me.agency && me.askedFor(row.person_id)) },
  person_grants: {
    read: ofHelp((me, row) => isLead(me) && row.from_agency === me.agency && me.askedFor(row.person_id)),
  },
};
