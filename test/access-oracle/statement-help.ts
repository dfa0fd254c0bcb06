/** The safeguarding database: advisers read their own notes; safeguarding leads read the notes of their operation; an agency reads requests made to it. Others get totals. */
import type { Me, Says, Sentences } from './oracle.ts';
import { consented, grantedTo, open } from './statement-consent.ts';
import { received } from './statement-reception.ts';
import { tasked } from './statement-tasks.ts';

const helps = (me: Me): boolean => me.is('field', 'safeguarding lead', 'partner caseworker');
const leadsHelp: Says = (me, { operation_id }) =>
  me.is('safeguarding lead') && me.side === 'help' && me.inside(operation_id);
const own: Says = (me, { author_id }) => helps(me) && author_id === me.id;
const ownForOwnAgency: Says = (me, row) => own(me, row) && row.agency_id === me.agency;
const ofOwnNote: Says = (me, { note_id }) => helps(me) && me.find('notes', note_id)?.author_id === me.id;
/** The member may read the note and the record it names, and the record is of the same operation. */
const ofKnown: Says = (me, row) =>
  (row.note_id === null || ofReadNote(me, row)) &&
  (row.person_id === null ||
    (me.sees('persons', row.person_id) && me.find('persons', row.person_id)?.operation_id === row.operation_id));
const ofReadNote: Says = (me, { note_id, operation_id }) =>
  me.sees('notes', note_id) && me.find('notes', note_id)?.operation_id === operation_id;

const kept = (table: string, who: (me: Me) => boolean): Sentences => {
  const says: Says = (me, { id }) => who(me) && me.sees(table, id);
  return { read: says, add: says };
};

const helpsApart = (me: Me): boolean => helps(me) && me.side === 'help';
const openedByHer: Says = (me, { author_id, agency_id }) =>
  helpsApart(me) && author_id === me.id && agency_id === me.agency;
/** Or the member's agency keeps the record, and the member leads or works its cases. */
const keepsPerson: Says = (me, row) =>
  openedByHer(me, row) ||
  (helpsApart(me) && me.is('safeguarding lead', 'partner caseworker') && row.agency_id === me.agency);
/** Only a member of a support agency who may read the person's record has access to a concern about them. */
const ofReadPerson: Says = (me, { person_id }) => helpsApart(me) && me.sees('persons', person_id);
const persons: Readonly<Record<string, Sentences>> = {
  persons: { read: (me, row) => keepsPerson(me, row) || leadsHelp(me, row), add: openedByHer, change: keepsPerson },
  persons_versions: kept('persons', helpsApart),
  contact_notes: {
    read: (me, { person_id }) => helpsApart(me) && me.sees('persons', person_id),
    add: (me, row) => openedByHer(me, row) && me.sees('persons', row.person_id),
  },
  person_documents: {
    read: (me, row) =>
      ofReadPerson(me, row) ||
      (me.is('partner caseworker') &&
        me.side === 'help' &&
        me.rows('person_grants').some((grant) => (grant.papers as unknown[]).includes(row.id) && open(me, grant))),
    add: (me, row) => openedByHer(me, row) && me.sees('persons', row.person_id),
  },
  nrm_drafts: {
    read: ofReadPerson,
    add: (me, row) => ofReadPerson(me, row) && row.author_id === me.id && row.agency_id === me.agency,
    change: ofReadPerson,
  },
  nrm_drafts_versions: kept('nrm_drafts', helpsApart),
};

/** Retention: members who work with the records at their agency, and its data-protection lead. */
const keepsHere: Says = (me, { agency_id }) =>
  me.is('safeguarding lead', 'partner caseworker', 'data-protection lead') &&
  me.side === 'help' &&
  agency_id === me.agency;
const letsGo: Readonly<Record<string, Sentences>> = {
  person_retention_rules: {
    read: keepsHere,
    add: (me, row) => keepsHere(me, row) && me.is('data-protection lead') && row.set_by === me.id,
  },
  retention_facts: {
    read: keepsHere,
    add: (me, row) =>
      keepsHere(me, row) && row.recorded_by === me.id && (row.what !== 'asked to go' || me.is('data-protection lead')),
    change: (me, row) => keepsHere(me, row) && (row.what !== 'hold' || me.is('data-protection lead')),
    changes: ['ended_on', 'ended_by'],
  },
  person_erasure_certificates: { read: keepsHere },
};

export const safeguarding: Readonly<Record<string, Sentences>> = {
  notes: {
    read: (me, row) => own(me, row) || leadsHelp(me, row),
    add: (me, row) => me.is('field') && ownForOwnAgency(me, row),
    change: ownForOwnAgency,
  },
  notes_versions: kept('notes', helps),
  note_acknowledgements: {
    read: leadsHelp,
    add: (me, row) =>
      me.is('safeguarding lead') && me.side === 'help' && row.member_id === me.id && ofReadNote(me, row),
  },
  referrals: {
    read: (me, row) =>
      (helpsApart(me) && row.author_id === me.id) ||
      leadsHelp(me, row) ||
      grantedTo(me, row) ||
      (helpsApart(me) && me.sees('persons', row.person_id)),
    add: (me, row) =>
      helpsApart(me) &&
      row.author_id === me.id &&
      row.from_agency === me.agency &&
      row.state === 'sent' &&
      ofKnown(me, row),
    change: (me, row) =>
      grantedTo(me, row) ||
      (helpsApart(me) && row.from_agency === me.agency && (row.outside === true || row.ground !== 'agreed')),
  },
  referrals_versions: kept('referrals', (me) => helps(me) && me.side === 'help'),
  referral_messages: {
    read: (me, { referral_id }) => helps(me) && me.side === 'help' && me.sees('referrals', referral_id),
    add: (me, row) => ownForOwnAgency(me, row) && me.side === 'help' && me.sees('referrals', row.referral_id),
  },
  submitted_nrm_referrals: { add: (me, row) => helps(me) && me.side === 'help' && row.agency_id === me.agency },
  note_facts: { read: ofOwnNote, add: ofOwnNote, remove: ofOwnNote },
  ...consented,
  ...persons,
  ...tasked,
  ...received,
  ...letsGo,
};

const counted = (columns: readonly string[]): Sentences => ({
  read: (me, { operation_id }) => me.is('analyst') && me.partOf(operation_id),
  columns,
});

export const safeguardingCounted: Readonly<Record<string, Sentences>> = {
  note_facts: counted(['id', 'person', 'operation_id', 'day', 'town', 'indicator', 'part']),
  referrals: counted(['id', 'operation_id', 'day', 'to_agency', 'state']),
  submitted_nrm_referrals: counted(['id', 'person', 'operation_id', 'responder', 'outcome']),
  disposed_referrals: counted(['id', 'operation_id', 'day', 'to_agency', 'state']),
  protected_counts: {
    read: (me, { operation_id }) => me.is('analyst') && me.partOf(operation_id),
    add: (me, { operation_id }) => me.is('analyst') && me.partOf(operation_id),
  },
};
