/** How the policy table is said to people: its roles, sides, purposes, verbs and relations, each in plain words. */
import type { Relation, Rule, Verb } from '../../platform/access-policy/access.ts';
import type { Purpose, Role, Side } from '../../vocabulary/people.ts';

export const roleLabels: Record<Role, string> = {
  triage: 'Triage officers',
  planner: 'Planners',
  field: 'Field members',
  enforcement: 'Enforcement officers',
  'safeguarding lead': 'Safeguarding leads',
  'partner caseworker': 'Partner caseworkers',
  volunteer: 'Volunteers',
  custodian: 'Custodians',
  analyst: 'Analysts',
  press: 'Press officers',
  commander: 'Commanders and supervisors',
  'data-protection lead': 'Data-protection leads',
  coordinator: 'Coordinators',
  auditor: 'Auditors',
  administrator: 'Administrators',
};

const halfSignedIn = 'Members who entered a password and must still set up a second step';
export const everybody = 'Everybody who is signed in';
export const thePublic = 'Anybody, without signing in';
/** A rule for anyone with no reader: what Safelight's own processes do. */
export const safelightItself = 'Safelight itself';

export const sideLabels: Record<Side, string> = {
  enforcement: 'of an enforcement agency',
  help: 'of a support agency',
};

export const purposeLabels: Record<Purpose, string> = {
  safeguarding: 'to safeguard people',
  investigation: 'to investigate',
  operation: 'to run an operation',
  statistics: 'to count',
  publication: 'to publish',
  audit: 'to audit',
  administration: 'to run accounts',
  information: 'to inform the public',
  upkeep: 'to keep Safelight running',
};

export const verbLabels: Record<Verb, string> = { read: 'read', add: 'add', change: 'change', remove: 'remove' };

/** Ends the sentence “only where …”; nothing where a rule asks for no relation. */
const relationLabels: Record<Extract<Relation, string>, string | undefined> = {
  any: undefined,
  'own agency': 'it belongs to their own agency',
  partner: 'their agency takes part in the operation',
  member: 'they are a member of the operation',
  team: 'it belongs to their own team',
  author: 'they wrote this record',
  self: 'they are the member that this record is about',
  recipient: 'it was sent to their agency',
  custodian: 'custodians of their agency decide on the request',
  opened: 'a custodian has given them access, for at most 24 hours',
  glass: 'they have emergency access to the operation, for three hours',
};

export const formatRelation = (relation: Relation): string | undefined =>
  typeof relation === 'object' ? relation.words : relationLabels[relation];

/** Whom a rule means, each by the words that a heading or a sentence begins with. */
export function describeWho({ roles, side, purpose }: Pick<Rule, 'roles' | 'side' | 'purpose'>): string[] {
  const named =
    roles === 'member'
      ? [everybody]
      : roles === 'anyone'
        ? [purpose === 'information' ? thePublic : safelightItself]
        : roles === 'unfinished'
          ? [halfSignedIn]
          : roles.map((role) => roleLabels[role]);
  return side ? named.map((who) => `${who} ${sideLabels[side]}`) : named;
}

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A column as a reader would call it. */
export const formatField = (column: string): string =>
  column === 'id' ? 'its number' : column.replace(/_id$/, '').replaceAll('_', ' ');

/** A table as a reader would call it. */
export const formatTable = (table: string): string =>
  (table.endsWith('_versions') ? `earlier versions of ${table.replace(/_versions$/, '')}` : table).replaceAll('_', ' ');

const formerWords: readonly (readonly [former: string, now: string])[] = [
  ['of an agency that enforces', sideLabels.enforcement],
  ['of an agency that helps', sideLabels.help],
  ['it is their own agency’s', 'it belongs to their own agency'],
  ['it is their own team’s', 'it belongs to their own team'],
  ['custodians of their agency decide it', 'custodians of their agency decide on the request'],
  ['a custodian has opened it for them', 'a custodian has given them access'],
  ['a custodian has opened it to them', 'a custodian has given them access'],
  ['in their own name, for the agency where they are', 'in their own name, for their own agency'],
  ['they write it in their own name and their own agency’s', 'they write it in their own name, for their own agency'],
  ['write it in their own name', 'write this record in their own name'],
  ['they raise it in their own name', 'they write this record in their own name'],
  ['it is in their own name and their own agency’s', 'they write this record in their own name, for their own agency'],
  ['it is in their own name', 'they write this record in their own name'],
  ['they wrote it', 'they wrote this record'],
  ['it is about themselves', 'they are the member that this record is about'],
  ['they are on shift there now', 'they are on shift at this reception centre now'],
  ['and it names an agency but no member', 'and the record names an agency but no member'],
  [
    'they may see the record of the person, and they may see the wristband that it belongs to',
    'they can see the record of the person, and they may see the record that it belongs to, under “People at reception, by number”',
  ],
  [
    'they may see the record of the person, and write this record in their own name, and they may see the wristband that it belongs to',
    'they write this record in their own name about a person whose record they can see, and they may see the record that it belongs to, under “People at reception, by number”',
  ],
  [
    'their own agency drafted it, or takes part in its operation',
    'their own agency drafted the release, or takes part in the operation that the release is about',
  ],
  [
    'it is in their own agency’s name, about no operation or about one that their agency takes part in',
    'the release is in their own agency’s name. If it is about an operation, their agency takes part in that operation',
  ],
  ['the operation is their own agency’s', 'their own agency leads the operation'],
  ['that agency has no other member who may confirm it', 'no other member of that agency is allowed to confirm it'],
  ['it is made at this moment', 'it is dated with the current time'],
  [
    'they give it in their own name, for their own agency, under a consent or disclosure that they can read',
    'they give it in their own name, for their own agency, and can read the consent or disclosure that allows it',
  ],
  [
    'their agency sent it on a ground in law and now withdraws it',
    'their agency shared it, because a law allows that, and now takes it back',
  ],
  [
    'it is a volunteer of their own agency, here for one shift',
    'the volunteer belongs to their own agency and is here for one shift',
  ],
  [
    'they may see the wristband that it belongs to',
    'they may see the record that it belongs to, under “People at reception, by number”',
  ],
  [
    'they can read a record that was opened from the request',
    'they can read the record that somebody opened from the referral',
  ],
  [
    'it is about a person whose subject access request their agency answers',
    'it is about a person who made a subject access request, which the member’s agency answers',
  ],
  [
    'their own agency leads the operation, and the permission is for a member or a partner (briefing times decide what teams see)',
    'their own agency leads the operation, and the permission is for a member of the operation or for a partner. Briefing times decide what teams see',
  ],
  [
    'it is written at this moment and does not record an erasure',
    'the entry is written now, and does not say that a record was erased',
  ],
  ['it is written at this moment', 'the entry is written now'],
  [
    'they write this record in their own name, for their own agency, about a note or record that they can read, before any answer',
    'they write this record in their own name, for their own agency, before anybody answers the referral. It is about a note or record that they can read',
  ],
  [
    'they write this record in their own name, for their own agency, and it does not order an erasure',
    'they write this record in their own name, for their own agency, and the record is not an order to erase something',
  ],
  [
    'their own agency leads the operation, they are a member of it, and they add it now in their own name',
    'their own agency leads the operation. They are members of it, and they add the briefing time now, in their own name',
  ],
  [
    'their own agency leads the operation, and they add it now in their own name',
    'their own agency leads the operation, and they add the briefing time now, in their own name',
  ],
  [
    'it is about a person whose record they can read, requests help, and is not sent to custody or police',
    'the disclosure asks for help for a person whose record they can read. It is not sent to custody or police',
  ],
  [
    'they were added to the operation, and it requests help and is not sent to custody or police',
    'they were added to the operation. The disclosure asks for help and is not sent to custody or police',
  ],
  [
    'they ask themselves, and are a member of the operation',
    'they ask in their own name, and are members of the operation',
  ],
  ['agency decide on it', 'agency decide on the request'],
  [
    'it was chosen for their agency, under a grant that has not ended',
    'this document was chosen to be shared with their agency, under a grant that is still in force',
  ],
  ['and its first day has come', 'and the operation has started'],
  ['of any person that the decision names', 'of any person named in the decision'],
  [
    'Only approvers may disclose at once',
    'Only members who can approve disclosures can disclose without waiting for approval',
  ],
  ['it is a message to the reporter, in their own name', 'they send this message to the reporter, in their own name'],
  [
    'it was sent to their agency, and a consent or the law still allows them to see it',
    'the referral was sent to their agency, and a consent or a law still lets that agency see it',
  ],
];

/** A line of an older document in today's words, so that a change of words is not read as a change of access. */
export const replaceFormerWords = (line: string): string =>
  formerWords.reduce((text, [former, now]) => text.replaceAll(former, now), line);
