/** How people come in: only the member reads their ways in, not even the administrator; the administrator decides who works at an agency; the planner decides on shifts. */
import type { Me, Says, Sentences } from './oracle.ts';

const own: Says = (me, { member_id }) => member_id === me.id;
const administersOwn: Says = (me, { agency_id }) => me.is('administrator') && agency_id === me.agency;
/** A half-signed-in member may add what is missing, and read nothing. */
const wayIn: Sentences = { read: own, add: own, change: own, remove: own, half: { add: own } };
const ofAgency = (me: Me, { agency_id }: { readonly agency_id?: unknown }): boolean => agency_id === me.agency;
const givesOut: Says = (me, row) => me.is('planner') && ofAgency(me, row) && me.sees('operations', row.operation_id);
const overseesPasses: Says = (me, row) => me.is('planner', 'administrator') && ofAgency(me, row);
/** Made for one shift, with its end in it from the first: a planner makes no colleague. */
const shiftHolder: Says = (me, { agency_id, shift_only, ended_at }) =>
  me.is('planner') && agency_id === me.agency && shift_only === true && ended_at !== null;

const either =
  (...sentences: readonly Says[]): Says =>
  (me, row) =>
    sentences.some((says) => says(me, row));

const answersForOwn: Says = (me, row) => me.is('data-protection lead', 'administrator') && ofAgency(me, row);
const lead = 'data-protection lead';
/** What was asked at the command line is a data-protection lead's alone; what an administrator asked, also another administrator's. */
const standsIn: Says = (me, { agency_id, member_id, asked_by }) => {
  const askers = asked_by as readonly string[];
  const answering = askers.length > 0 ? [lead, 'administrator'] : [lead];
  return (
    me.is(lead) &&
    !me
      .rows('members')
      .some(
        (one) =>
          one.agency_id === agency_id &&
          one.id !== member_id &&
          !askers.includes(String(one.id)) &&
          one.gone !== true &&
          (one.ended_at === null || new Date(String(one.ended_at)) > me.now) &&
          (one.roles as readonly string[]).some((role) => answering.includes(role)),
      )
  );
};
const setsPublicSite: Says = (me) => me.is('data-protection lead', 'administrator');
/** Each agency records what it signed itself; that two agencies have an agreement, every member may know. */
const keepsAgreement: Says = (me, { agencies }) =>
  me.is('data-protection lead', 'administrator') && (agencies as readonly unknown[]).includes(me.agency);
/** Agencies of the agreement that it replaces confirm it too. */
const confirmsAgreement: Says = (me, row) =>
  keepsAgreement(me, { agencies: [...(row.agencies as unknown[]), ...(row.also_asks as unknown[])] });
const ofSeenConfirmation: Says = (me, { id }) => me.sees('confirmations', id);

export const peopleStaff: Readonly<Record<string, Sentences>> = {
  agencies: {
    read: () => true,
    add: (me) => me.is('administrator'),
    change: (me, { id }) => me.is('administrator') && id === me.agency,
  },
  agreements: { read: () => true, add: keepsAgreement, change: confirmsAgreement },
  agreements_versions: {
    read: (me, { id }) => me.is('data-protection lead', 'administrator') && me.sees('agreements', id),
    add: (me, { id }) => confirmsAgreement(me, me.find('agreements', id) ?? { agencies: [], also_asks: [] }),
  },
  members: {
    read: () => true,
    add: either(administersOwn, shiftHolder),
    change: either(administersOwn, shiftHolder),
  },
  accounts: { read: administersOwn, add: administersOwn, change: administersOwn },
  member_terms: { read: administersOwn },
  sessions: {
    read: either(own, administersOwn),
    change: either(own, administersOwn),
    columns: [
      ...['id', 'member_id', 'agency_id', 'method', 'started_at', 'seen_at', 'ends_at', 'idle_limit'],
      ...['shared_workstation', 'unfinished', 'ended_at'],
    ],
    changes: ['ended_at', 'ended_by'],
  },
  passkeys: wayIn,
  code_generators: wayIn,
  recovery_codes: wayIn,
  sign_in_notices: wayIn,
  invitations: { read: administersOwn, add: administersOwn, change: administersOwn },
  safeguarding_exceptions: { read: administersOwn },
  temporary_access: {
    read: (me, row) => overseesPasses(me, row) || (me.is('volunteer') && own(me, row)),
    add: givesOut,
    change: overseesPasses,
  },
  single_sign_on: { read: administersOwn, add: administersOwn, change: administersOwn, remove: administersOwn },
  linked_accounts: { read: administersOwn, add: administersOwn, remove: administersOwn },
  confirmations: { read: either(own, answersForOwn, standsIn) },
  // What the public site says is the whole partnership's: any administrator proposes, somebody else decides.
  public_site_open_before_settings: { read: setsPublicSite },
  public_settings: {
    read: setsPublicSite,
    add: (me, { proposed_by }) => me.is('administrator') && proposed_by === me.id,
  },
  public_setting_decisions: {
    read: setsPublicSite,
    // That nobody decides on their own proposal is a trigger's rule. The tests of the settings try it.
    add: (me, { decided_by }) => setsPublicSite(me, {}) && decided_by === me.id,
  },
  confirmation_decisions: {
    read: ofSeenConfirmation,
    add: (me, row) =>
      me.is('data-protection lead', 'administrator') && row.decided_by === me.id && ofSeenConfirmation(me, row),
  },
};
