/** Consent, disclosures made because of it, and their end. The author and the safeguarding leads read them; an agency reads what is granted to it, while the grant lasts. */
import type { Me, Says, Sentences } from './oracle.ts';

/** Keepers of records ask and receive in the same way as members who met the person. */
const asks = (me: Me): boolean => me.is('field', 'safeguarding lead', 'partner caseworker') && me.side === 'help';
const leadsHelp: Says = (me, { operation_id }) =>
  me.is('safeguarding lead') && me.side === 'help' && me.inside(operation_id);
const wrote: Says = (me, { author_id }) => asks(me) && author_id === me.id;
const askedFor: Says = (me, { asked_by }) => asks(me) && asked_by === me.id;
/** A second person at the disclosing agency, whether or not they know the person. */
const second: Says = (me, { agency_id }) =>
  me.side === 'help' && me.is('safeguarding lead', 'data-protection lead') && agency_id === me.agency;
/** A person whom the member knows by a note they read, in the note's operation; or by a record they read, of the same operation or of none. */
const known: Says = (me, { person_id, operation_id }) =>
  me
    .rows('notes')
    .some(
      (note) => note.encounter_id === person_id && note.operation_id === operation_id && me.sees('notes', note.id),
    ) ||
  (me.sees('persons', person_id) && me.find('persons', person_id)?.operation_id === operation_id);
const ofReadRecord: Says = (me, { person_id }) => asks(me) && me.sees('persons', person_id);
/** Only the requester and a second person know of a disclosure to custody or to police. */
const crosses = ({ purpose }: Parameters<Says>[1]): boolean =>
  purpose === 'custody protection' || purpose === 'police request';
/** A no that another agency wrote down is not for the agency that was refused. */
const refusedMine: Says = (me, { refused, recipient, agency_id }) =>
  refused === true && recipient === me.agency && agency_id !== me.agency;
const consentIsOpen: Says = (me, row) =>
  wrote(me, row) || (!refusedMine(me, row) && either(leadsHelp, ofReadRecord)(me, row));
const caseworks = (me: Me): boolean => me.is('partner caseworker') && me.side === 'help';
/** An expired grant gives its recipient nothing. */
export const open: Says = (me, row) =>
  row.recipient === me.agency && row.ended_at === null && new Date(String(row.until)) > me.now;
export const grantedTo: Says = (me, { id, to_agency }) =>
  caseworks(me) &&
  to_agency === me.agency &&
  me
    .rows('person_grants')
    .some((grant) => grant.referral_id === id && open(me, grant) && me.sees('person_grants', grant.id));

const either =
  (...sentences: readonly Says[]): Says =>
  (me, row) =>
    sentences.some((says) => says(me, row));
const told: Says = (me, { recipient }) => caseworks(me) && recipient === me.agency;

export const consented: Readonly<Record<string, Sentences>> = {
  consents: {
    read: consentIsOpen,
    change: consentIsOpen,
    add: (me, row) => wrote(me, row) && row.agency_id === me.agency && known(me, row),
  },
  disclosures: {
    read: either(askedFor, (me, row) => !crosses(row) && either(leadsHelp, ofReadRecord)(me, row), second),
    change: second,
    add: (me, row) =>
      askedFor(me, row) &&
      row.agency_id === me.agency &&
      known(me, row) &&
      (row.timing === 'after approval' ||
        (row.timing === 'at once' && me.is('safeguarding lead', 'data-protection lead'))),
  },
  person_grants: {
    read: either(wrote, leadsHelp, ofReadRecord, (me, row) => caseworks(me) && open(me, row)),
    add: (me, row) =>
      wrote(me, row) &&
      row.from_agency === me.agency &&
      (me.sees('consents', row.consent_id) || me.sees('disclosures', row.disclosure_id)),
  },
  withdrawn_grants: {
    read: either(
      wrote,
      leadsHelp,
      told,
      (me, { referral_id }) =>
        asks(me) &&
        referral_id !== null &&
        me.rows('persons').some(({ id, origin_id }) => origin_id === referral_id && me.sees('persons', id)),
      (me, { id }) =>
        asks(me) && me.sees('person_grants', id) && me.sees('persons', me.find('person_grants', id)?.person_id),
    ),
    change: told,
  },
};
