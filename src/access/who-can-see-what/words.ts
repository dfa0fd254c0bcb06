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
  author: 'they wrote it',
  self: 'it is about themselves',
  recipient: 'it was sent to their agency',
  custodian: 'custodians of their agency decide on it',
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
  ['custodians of their agency decide it', 'custodians of their agency decide on it'],
  ['a custodian has opened it for them', 'a custodian has given them access'],
  ['a custodian has opened it to them', 'a custodian has given them access'],
  ['in their own name, for the agency where they are', 'in their own name, for their own agency'],
  ['they write it in their own name and their own agency’s', 'they write it in their own name, for their own agency'],
  ['the operation is their own agency’s', 'their own agency leads the operation'],
];

/** A line of an older document in today's words, so that a change of words is not read as a change of access. */
export const replaceFormerWords = (line: string): string =>
  formerWords.reduce((text, [former, now]) => text.replaceAll(former, now), line);
