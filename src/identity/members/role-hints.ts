/** One line on what each role can do, for people who give roles. “Who can see what” has the full list. */
import type { Option } from '../../platform/forms/fields.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { type Role, roles } from '../../vocabulary/people.ts';

const hints: Record<Role, string> = {
  triage: 'Reads and answers reports from the public. Sees the partners of operations that they were added to',
  planner: 'Plans operations: premises, powers, teams, briefings, access',
  field: 'Goes on visits with a team, and records events and people encountered',
  enforcement:
    'Goes on visits to enforce the law. Records arrests, searches and seizures. Does not record what people say about themselves',
  'safeguarding lead':
    'Takes charge of the help and referrals for people encountered. This role is not for police or immigration',
  'partner caseworker': 'Answers referrals sent to the agency. This role is not for police or immigration',
  volunteer: 'Helps for one shift. Cannot see plans, visits or records of people',
  custodian: 'Decides identity requests, with reasons',
  analyst: 'Counts the results of an operation, and signs the return',
  press: 'Drafts, approves and publishes releases. Sees figures, but no records of people',
  commander: 'Directs operations and sees the plan, reviews emergency access, makes identity requests',
  'data-protection lead': 'Checks access to the agency’s records, and answers subject access requests',
  coordinator: 'Manages weeks of action, and reads signed returns. Sees no records',
  auditor: 'Reads the access log of all agencies. Changes nothing',
  administrator: 'Runs the agency’s accounts and invitations. Cannot see case records, and cannot hold another role',
};

export const roleOptions: readonly Option[] = roles.map((role) => ({
  value: role,
  text: capital(role),
  hint: { text: hints[role] },
}));
