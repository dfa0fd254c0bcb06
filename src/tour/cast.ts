/** Who plays in the demonstration: invented agencies of the model's kinds, and an account for each role of the design. */
import type { AgencyKind, Role } from '../vocabulary/people.ts';

export type CastAgency<Key extends string = string> = {
  readonly key: Key;
  readonly name: string;
  readonly officialName: string;
  readonly kind: AgencyKind;
  readonly firstResponder: boolean;
};

const firstResponders: readonly AgencyKind[] = ['police force', 'regional crime unit', 'immigration', 'council'];

const agency = <const Key extends string>(
  key: Key,
  kind: AgencyKind,
  name: string,
  officialName = name,
): CastAgency<Key> => ({ key, name, officialName, kind, firstResponder: firstResponders.includes(kind) });

export const agencies = [
  agency('force', 'police force', 'Lea Vale Constabulary'),
  agency('region', 'regional crime unit', 'Eastern Counties Crime Unit', 'Eastern Counties Regional Crime Unit'),
  agency(
    'health',
    'health',
    'Lea Vale Community Health safeguarding nurses',
    'Lea Vale Community Health Trust, Safeguarding Team',
  ),
  agency(
    'advisers',
    'sexual violence advisers',
    'Harbour Sexual Violence Advisers',
    'Harbour Independent Sexual Violence Advisory Service',
  ),
  agency(
    'immigration',
    'immigration',
    'Immigration and Border Compliance East',
    'Immigration and Border Compliance, Eastern Area',
  ),
  agency('relief', 'voluntary', 'Open Door Relief', 'Open Door Relief Society'),
  agency(
    'council',
    'council',
    'Lea Vale County Council',
    'Lea Vale County Council, Adult Care and Children’s Services',
  ),
  agency('desk', 'coordinator', 'Joint Action Coordination Desk'),
] as const;
export type AgencyKey = (typeof agencies)[number]['key'];

export type CastMember<Key extends string = string> = {
  readonly key: Key;
  readonly agency: AgencyKey;
  readonly title: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** For the sign-in list: what this person does in the week. */
  readonly does: string;
};

const member = <const Key extends string>(
  key: Key,
  agency: AgencyKey,
  title: string,
  name: string,
  role: Role,
  does: string,
): CastMember<Key> => ({ key, agency, title, name, roles: [role], does });

export const members = [
  member('planner', 'force', 'Detective Inspector', 'Dana Holt', 'planner', 'plans the operation'),
  member(
    'commander',
    'force',
    'Superintendent',
    'Helen Brandt',
    'commander',
    'decides whether an operation goes ahead',
  ),
  member(
    'officer',
    'force',
    'Detective Constable',
    'Ravi Menon',
    'field',
    'goes on visits with Blue team and Red team, and records them',
  ),
  member(
    'officer2',
    'force',
    'Detective Constable',
    'Ellie Marsh',
    'field',
    'goes on visits with Green team and records them',
  ),
  member('triage', 'force', 'Intelligence Officer', 'Sam Okafor', 'triage', 'assesses reports'),
  member(
    'custodian',
    'force',
    'Detective Chief Inspector',
    'Piers Vale',
    'custodian',
    'decides whether another member can see a person’s name',
  ),
  member(
    'analyst',
    'force',
    'Analyst',
    'Jo Lindqvist',
    'analyst',
    'counts the results of operations and signs returns',
  ),
  member('press', 'force', 'Press Officer', 'Maya Trent', 'press', 'writes releases'),
  member('press3', 'force', 'Head of News', 'Asha Bell', 'press', 'writes releases, and pages about earlier ones'),
  member(
    'protection',
    'force',
    'Data Protection Lead',
    'Nell Ashby',
    'data-protection lead',
    'answers requests about personal data',
  ),
  member('auditor', 'force', 'Auditor', 'Omar Reyes', 'auditor', 'reads the access log'),
  member('administrator', 'force', 'Systems Administrator', 'Kit Rowan', 'administrator', 'manages accounts'),
  member(
    'region',
    'region',
    'Detective Sergeant',
    'Owen Pryce',
    'field',
    'goes on visits with Green team and records them',
  ),
  member(
    'regionPlanner',
    'region',
    'Detective Inspector',
    'Gwen Tarrant',
    'planner',
    'plans an operation that meets one of the police force',
  ),
  member('immigration', 'immigration', 'Immigration Officer', 'Lena Fisk', 'enforcement', 'records own arrests'),
  member(
    'nurse',
    'health',
    'Safeguarding Nurse',
    'Amara Diallo',
    'field',
    'goes on visits with Blue team and Red team, and gives advice',
  ),
  member('adviser', 'advisers', 'Adviser', 'Tess Quill', 'field', 'goes on visits with Green team and gives advice'),
  member(
    'nurse2',
    'health',
    'Safeguarding Nurse',
    'Maud Sterling',
    'partner caseworker',
    'answers the referrals that agencies send to the nurses',
  ),
  member(
    'adviser2',
    'advisers',
    'Adviser',
    'Joan Fairley',
    'partner caseworker',
    'answers the referrals that agencies send to the advisers',
  ),
  member('lead', 'advisers', 'Safeguarding Lead', 'Ines Castell', 'safeguarding lead', 'arranges help'),
  member(
    'protection2',
    'advisers',
    'Data Protection Lead',
    'Hana Brook',
    'data-protection lead',
    'is responsible for the advisers’ records',
  ),
  member(
    'protection3',
    'health',
    'Data Protection Lead',
    'Edith Rowe',
    'data-protection lead',
    'is responsible for the nurses’ records',
  ),
  member('volunteer', 'relief', 'Volunteer', 'Bram Oakes', 'volunteer', 'helps at the reception centre'),
  member('caseworker', 'council', 'Social Worker', 'Ruth Adeyemi', 'partner caseworker', 'answers referrals'),
  member('press2', 'relief', 'Communications Officer', 'Colm Hart', 'press', 'approves releases'),
  member(
    'administrator2',
    'council',
    'Systems Administrator',
    'Ivy Penn',
    'administrator',
    'manages the council’s accounts',
  ),
  member('coordinator', 'desk', 'Coordinator', 'Marek Sol', 'coordinator', 'reads signed returns'),
] as const;
export type MemberKey = (typeof members)[number]['key'];

/** `dana.holt@safelight.example`: an address that can never be somebody's. */
export const exampleEmail = ({ name }: Pick<CastMember, 'name'>): string =>
  `${name.toLowerCase().replace(' ', '.')}@safelight.example`;
