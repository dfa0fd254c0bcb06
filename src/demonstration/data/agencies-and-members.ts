/** Who plays in the demonstration: invented agencies of the model's kinds, and an account for each role of the design. */
import type { AgencyKind, Role } from '../../vocabulary/people.ts';

export type CastAgency = {
  readonly key: string;
  readonly name: string;
  readonly officialName: string;
  readonly kind: AgencyKind;
  readonly firstResponder?: boolean;
};

export const agencies = [
  {
    key: 'force',
    name: 'Lea Vale Constabulary',
    officialName: 'Lea Vale Constabulary',
    kind: 'police force',
    firstResponder: true,
  },
  {
    key: 'region',
    name: 'Eastern Counties Crime Unit',
    officialName: 'Eastern Counties Regional Crime Unit',
    kind: 'regional crime unit',
    firstResponder: true,
  },
  {
    key: 'health',
    name: 'Lea Vale Community Health safeguarding nurses',
    officialName: 'Lea Vale Community Health Trust, Safeguarding Team',
    kind: 'health',
  },
  {
    key: 'advisers',
    name: 'Harbour Sexual Violence Advisers',
    officialName: 'Harbour Independent Sexual Violence Advisory Service',
    kind: 'sexual violence advisers',
  },
  {
    key: 'immigration',
    name: 'Immigration and Border Compliance East',
    officialName: 'Immigration and Border Compliance, Eastern Area',
    kind: 'immigration',
    firstResponder: true,
  },
  { key: 'relief', name: 'Open Door Relief', officialName: 'Open Door Relief Society', kind: 'voluntary' },
  {
    key: 'council',
    name: 'Lea Vale County Council',
    officialName: 'Lea Vale County Council, Adult Care and Children’s Services',
    kind: 'council',
    firstResponder: true,
  },
  {
    key: 'desk',
    name: 'Joint Action Coordination Desk',
    officialName: 'Joint Action Coordination Desk',
    kind: 'coordinator',
  },
] as const satisfies readonly CastAgency[];
export type AgencyKey = (typeof agencies)[number]['key'];

export type CastMember = {
  readonly key: string;
  readonly agency: AgencyKey;
  readonly title: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** For the sign-in list: what this person does in the week. */
  readonly does: string;
};

export const members = [
  {
    key: 'planner',
    agency: 'force',
    title: 'Detective Inspector',
    name: 'Dana Holt',
    roles: ['planner'],
    does: 'plans the operation',
  },
  {
    key: 'commander',
    agency: 'force',
    title: 'Superintendent',
    name: 'Helen Brandt',
    roles: ['commander'],
    does: 'decides go or no-go',
  },
  {
    key: 'officer',
    agency: 'force',
    title: 'Detective Constable',
    name: 'Ravi Menon',
    roles: ['field'],
    does: 'records visits, Blue team',
  },
  {
    key: 'officer2',
    agency: 'force',
    title: 'Detective Constable',
    name: 'Ellie Marsh',
    roles: ['field'],
    does: 'records visits, Green team',
  },
  {
    key: 'triage',
    agency: 'force',
    title: 'Intelligence Officer',
    name: 'Sam Okafor',
    roles: ['triage'],
    does: 'weighs what comes in',
  },
  {
    key: 'custodian',
    agency: 'force',
    title: 'Detective Chief Inspector',
    name: 'Piers Vale',
    roles: ['custodian'],
    does: 'decides who may open a name',
  },
  {
    key: 'analyst',
    agency: 'force',
    title: 'Analyst',
    name: 'Jo Lindqvist',
    roles: ['analyst'],
    does: 'counts and signs returns',
  },
  {
    key: 'press',
    agency: 'force',
    title: 'Press Officer',
    name: 'Maya Trent',
    roles: ['press'],
    does: 'writes releases',
  },
  {
    key: 'press3',
    agency: 'force',
    title: 'Head of News',
    name: 'Asha Bell',
    roles: ['press'],
    does: 'approves history pages of what others published',
  },
  {
    key: 'protection',
    agency: 'force',
    title: 'Data Protection Lead',
    name: 'Nell Ashby',
    roles: ['data-protection lead'],
    does: 'answers for the log',
  },
  {
    key: 'auditor',
    agency: 'force',
    title: 'Auditor',
    name: 'Omar Reyes',
    roles: ['auditor'],
    does: 'reads the access log',
  },
  {
    key: 'administrator',
    agency: 'force',
    title: 'Systems Administrator',
    name: 'Kit Rowan',
    roles: ['administrator'],
    does: 'keeps accounts',
  },
  {
    key: 'region',
    agency: 'region',
    title: 'Detective Sergeant',
    name: 'Owen Pryce',
    roles: ['field'],
    does: 'on the Green team',
  },
  {
    key: 'immigration',
    agency: 'immigration',
    title: 'Immigration Officer',
    name: 'Lena Fisk',
    roles: ['enforcement'],
    does: 'records own arrests',
  },
  {
    key: 'nurse',
    agency: 'health',
    title: 'Safeguarding Nurse',
    name: 'Amara Diallo',
    roles: ['field'],
    does: 'gives advice, Blue team',
  },
  {
    key: 'adviser',
    agency: 'advisers',
    title: 'Adviser',
    name: 'Tess Quill',
    roles: ['field'],
    does: 'gives advice, Green team',
  },
  {
    key: 'nurse2',
    agency: 'health',
    title: 'Safeguarding Nurse',
    name: 'Maud Sterling',
    roles: ['partner caseworker'],
    does: 'answers requests for help to the nurses',
  },
  {
    key: 'adviser2',
    agency: 'advisers',
    title: 'Adviser',
    name: 'Joan Fairley',
    roles: ['partner caseworker'],
    does: 'answers requests for help to the advisers',
  },
  {
    key: 'lead',
    agency: 'advisers',
    title: 'Safeguarding Lead',
    name: 'Ines Castell',
    roles: ['safeguarding lead'],
    does: 'arranges help',
  },
  {
    key: 'protection2',
    agency: 'advisers',
    title: 'Data Protection Lead',
    name: 'Hana Brook',
    roles: ['data-protection lead'],
    does: 'answers for what is written behind the wall',
  },
  {
    key: 'protection3',
    agency: 'health',
    title: 'Data Protection Lead',
    name: 'Edith Rowe',
    roles: ['data-protection lead'],
    does: 'answers for what nurses write behind the wall',
  },
  {
    key: 'volunteer',
    agency: 'relief',
    title: 'Volunteer',
    name: 'Bram Oakes',
    roles: ['volunteer'],
    does: 'at reception',
  },
  {
    key: 'caseworker',
    agency: 'council',
    title: 'Social Worker',
    name: 'Ruth Adeyemi',
    roles: ['partner caseworker'],
    does: 'answers referrals',
  },
  {
    key: 'press2',
    agency: 'relief',
    title: 'Communications Officer',
    name: 'Colm Hart',
    roles: ['press'],
    does: 'approves releases',
  },
  {
    key: 'administrator2',
    agency: 'council',
    title: 'Systems Administrator',
    name: 'Ivy Penn',
    roles: ['administrator'],
    does: 'keeps the council’s accounts',
  },
  {
    key: 'coordinator',
    agency: 'desk',
    title: 'Coordinator',
    name: 'Marek Sol',
    roles: ['coordinator'],
    does: 'reads signed returns',
  },
] as const satisfies readonly CastMember[];
export type MemberKey = (typeof members)[number]['key'];

/** `dana.holt@safelight.example`: an address that can never be somebody's. */
export const emailOf = ({ name }: Pick<CastMember, 'name'>): string =>
  `${name.toLowerCase().replace(' ', '.')}@safelight.example`;
