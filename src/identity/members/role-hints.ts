/** One line on what each role can do, for people who give roles. “Who can see what” has the full list. */
import type { Option } from '../../platform/forms/fields.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { type Role, roles } from '../../vocabulary/people.ts';

const hints: Record<Role, string> = {
  triage:
    'Will weigh what the public reports, in a room that comes later. For now they see who takes part in operations they are let into',
  planner: 'Plans operations: targets, powers, teams, briefings, who is let in',
  field: 'Goes on visits with a team, and records what happened and who was met',
  enforcement:
    'Goes on visits to enforce: records arrests, searches and what was seized. Never what people say of themselves',
  'safeguarding lead': 'Sees to the help for people met, and to referrals. Not for police or immigration',
  'partner caseworker': 'Answers referrals that are made to the agency. Not for police or immigration',
  volunteer: 'Helps at a shift. Opens no plan, no visit and no person',
  custodian: 'Decides, with reasons, whether the sealed name of a person met is opened to who asks',
  analyst: 'Counts an operation, and signs its return',
  press: 'Drafts, approves and publishes releases: figures, and no person’s record',
  commander: 'Directs operations and sees the plan, reviews broken glass, asks for names to be opened',
  'data-protection lead': 'Sees who looked at the agency’s records, and answers people who ask what is held on them',
  coordinator: 'Keeps weeks of action, and reads returns that have been signed. No records',
  auditor: 'Reads the log of who did what, across agencies. Changes nothing',
  administrator: 'Runs the agency’s accounts and invitations. Sees no case, and holds no other role',
};

export const roleOptions: readonly Option[] = roles.map((role) => ({
  value: role,
  text: capital(role),
  hint: { text: hints[role] },
}));
