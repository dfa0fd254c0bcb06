/** Pages about partners, people and teams, and the wording of refusals. */
import type { Agency, MemberWithAgency } from '../../identity/agencies/index.ts';
import { type ShownFields, textField } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder, Option } from '../../platform/forms/fields.ts';
import { serialiseBase } from '../../platform/forms/stale-form.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type CasePage, type FormPage, type TableSection } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { capital, listOf, plural } from '../../vocabulary/languages/english.ts';
import { operationPaths, premisesPaths, teamPaths } from '../../vocabulary/paths/operations.ts';
import type { Invitation, PartnerState } from '../invitations/invitation.ts';
import { describeUnreachable } from '../invitations/pages.ts';
import { formatResources, partnersSection } from '../invitations/partners-section.ts';
import type { PartnerDefault } from '../partner-defaults/partner-default.ts';
import { defaultsField, keepAsDefaultButton } from '../partner-defaults/partner-form.ts';
import { describeNoteReaders, helpDutyHint, listHelpersWithoutNotes } from './note-readers.ts';
import {
  duties,
  type Operation,
  type OperationInWeek,
  type Participant,
  type Partner,
  type PartnerRefusal,
  type Resource,
  resourceKinds,
  type Team,
  type TeamMember,
} from './operation.ts';

export const partnerErrors: Record<PartnerRefusal | 'holds a power' | 'printed already', FormErrors> = {
  'own unit of another agency': { agencyId: 'Only a unit of the agency that leads is its own unit' },
  'printed already': {
    printedName: 'This agency takes part under that name already. Change that partner, or enter another name',
  },
  'leading unit': { '': 'The unit that leads stays in the operation' },
  'people take part': { '': 'People of this partner still take part. End their part first.' },
  'holds a power': { '': 'A power of entry in the plan is held by this partner' },
};

export const teamErrors: Record<'name taken' | 'not taking part' | 'has visits', FormErrors> = {
  'name taken': { name: 'Another team of this operation bears that name' },
  'not taking part': { members: 'Somebody you ticked no longer takes part. Look at the list again.' },
  'has visits': { '': 'This team has visits or briefings. Give its visits to another team instead.' },
};

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);
export type PeoplePageData = {
  readonly operation: OperationInWeek;
  readonly partners: readonly Partner[];
  readonly invitations: readonly Invitation[];
  readonly people: readonly Participant[];
  readonly teams: readonly Team[];
  readonly members: readonly TeamMember[];
  /** Whom a copy of an earlier operation left out, in words. */
  readonly leftOut: readonly string[];
  /** Names of invited agencies where nobody can answer. */
  readonly unreachable: readonly string[];
};

export const peoplePage = (
  { operation, partners, invitations, people, teams, members, leftOut, unreachable }: PeoplePageData,
  may: { readonly change: boolean },
): CasePage => ({
  title: 'Teams and partners',
  caption: operation.codeName,
  lead: [
    'People you add here can see more of the operation, depending on their roles. Their colleagues cannot.',
    ...describeHelpers(people, partners),
    ...leftOut,
    ...(unreachable.length > 0 ? [describeUnreachable(unreachable)] : []),
  ],
  actions: may.change
    ? [
        { href: operationPaths.addPartner(operation.id), text: 'Add a partner' },
        { href: operationPaths.addPeopleOfAll(operation.id), text: 'Add people', secondary: true },
        { href: operationPaths.addTeam(operation.id), text: 'Add a team', secondary: true },
      ]
    : [],
  sections: [
    partnersSection(operation, partners, invitations, may.change),
    peopleSection(operation, people, may.change),
    teamsSection(teams, members, may.change),
  ],
});

/** Said after a duty was saved: a duty opens no note. */
function describeHelpers(people: readonly Participant[], partners: readonly Partner[]): string[] {
  const helpers = listHelpersWithoutNotes(people, partners);
  return helpers.length > 0
    ? [
        `${listOf(helpers)} ${plural(helpers.length, 'has', 'have')} the duty “Arranges help”, but cannot read safeguarding notes. ${describeNoteReaders(people, partners)}`,
      ]
    : [];
}

/** Said beside the partner of a person. */
const absence: Record<PartnerState, string> = {
  'takes part': '',
  invited: ', has not accepted yet',
  declined: ', declined: does not come',
};

const teamsSection = (teams: readonly Team[], members: readonly TeamMember[], change: boolean): TableSection => ({
  kind: 'table',
  id: 'teams',
  caption: 'Teams',
  stack: true,
  columns: columns('Team', 'Team leader', 'Members', ...(change ? ['Change'] : [])),
  rows: teams.map((team) => {
    const own = members.filter(({ teamId }) => teamId === team.id);
    const lead = own.find(({ leads }) => leads);
    return [
      text(team.name),
      text(lead ? `${lead.title} ${lead.name}` : 'nobody yet'),
      text(
        own
          .map(
            ({ title, name, printedName, state }) =>
              `${title} ${name} (${printedName ?? 'no longer takes part'}${absence[state]})`,
          )
          .join(', ') || 'nobody yet',
      ),
      ...(change ? [{ text: 'Change', hidden: team.name, href: teamPaths.change(team.id) }] : []),
    ];
  }),
  empty: change ? 'No teams yet. Add people, then add the first team.' : 'No teams yet. A planner adds them.',
});

const peopleSection = (
  operation: Pick<Operation, 'id'>,
  people: readonly Participant[],
  change: boolean,
): TableSection => ({
  kind: 'table',
  id: 'people',
  caption: 'People',
  stack: true,
  columns: columns('Name', 'Rank or job', 'Partner', 'Duty', 'Roles', ...(change ? ['Part'] : [])),
  rows: people.map((person) => [
    text(person.name),
    text(person.title),
    text(`${person.printedName}${absence[person.state]}`),
    text(person.duty),
    text(person.roles.join(', ')),
    ...(change
      ? [
          {
            text: 'Change or end',
            hidden: `the part of ${person.name}`,
            href: operationPaths.person(operation.id, person.memberId),
          },
        ]
      : []),
  ]),
  empty: change
    ? 'No people yet. Choose “Add people” next to a partner.'
    : 'No people yet. The planner of the agency that leads can add them.',
});

/** What the form of a partner shows of it, and that of a team. */
export const partnerFields: ShownFields = {
  printedName: textField('name in print'),
  officialName: textField('official name'),
  resources: ['resources', (resources) => formatResources((resources ?? []) as Resource[])],
};
export function getTeamFields(people: readonly Pick<Participant, 'memberId' | 'name'>[]): ShownFields {
  const names = new Map<unknown, string>(people.map(({ memberId, name }) => [memberId, name]));
  const nameOf = (id: unknown): string => names.get(id) ?? 'somebody who takes part no longer';
  return {
    name: textField('name of the team'),
    members: ['members', (ids) => listOf(((ids ?? []) as string[]).map(nameOf)) || 'nobody'],
    leadId: ['team leader', (id) => (id ? nameOf(id) : 'nobody')],
  };
}

/** A team as its form shows it, with members sorted so that their order is no change. */
export const toTeamForm = (team: Team, members: readonly Pick<TeamMember, 'memberId'>[]) => ({
  ...team,
  members: members.map(({ memberId }) => memberId).sort(),
});

/** Both are left empty for most new partners. */
const partnerNameFields = (ask: FieldBuilder, partner: Partner | undefined): Field[] => [
  ask.text('printedName', 'Name in print', {
    value: partner?.printedName,
    hint: `The short name in briefings and releases, for example “Brook Nurses”.${partner ? '' : ' Leave it empty to print the name of the agency.'}`,
  }),
  ask.text('officialName', 'Official name', {
    value: partner?.officialName,
    hint: `The full legal name in the list of partners, for example “Brook Vale Community Health NHS Trust”.${partner ? '' : ' Leave it empty to use the official name of the agency.'}`,
  }),
];

/** For a new partner, `agencies` to choose from and their defaults; for one that is there, itself. */
type PartnerFormParts = {
  partner?: Partner;
  agencies?: readonly Agency[];
  defaults?: readonly PartnerDefault[];
  /** Agencies where nobody can answer an invitation. */
  unreachable?: readonly string[];
};
export function partnerFormPage(
  operation: OperationInWeek,
  { partner, agencies, defaults = [], unreachable = [] }: PartnerFormParts,
): FormPage {
  const counted = (what: string) => partner?.resources.find((resource) => resource.what === what)?.count;
  const names = (ask: FieldBuilder) => partnerNameFields(ask, partner);
  return {
    title: partner ? `Change ${partner.printedName}` : 'Add a partner',
    caption: operation.codeName,
    ...backTo(operationPaths.people(operation.id), 'Teams and partners'),
    action: partner ? operationPaths.changePartner(operation.id, partner.id) : operationPaths.addPartner(operation.id),
    further: [partner ? keepAsDefaultButton : { name: 'another', text: 'Save and add another' }],
    lead: partner
      ? []
      : [
          'The agency is invited. Its planners, commanders and safeguarding leads see that on Home, and accept or decline. A unit of your own agency takes part at once.',
          ...(unreachable.length > 0 ? [describeUnreachable(unreachable)] : []),
          'If an organisation is not in the list, an administrator adds it first.',
        ],
    fields: (ask) => [
      ...(agencies
        ? [
            ask.choose(
              'agencyId',
              'Agency',
              agencies.map(({ id, name, kind }) => ({
                value: id,
                text: `${name} (${kind}${unreachable.includes(name) ? ', cannot answer here' : ''})`,
              })),
              { hint: 'For another unit of your own agency, enter the unit under “Use another name in print”.' },
            ),
          ]
        : []),
      ...defaultsField(ask, defaults),
      ...(partner ? names(ask) : [ask.group('names', '', names(ask), { fold: 'Use another name in print' })]),
      ask.heading('resources', 'Resources', 'Leave a field empty if this partner does not provide that resource.'),
      ...resourceKinds.map((what) => ask.count(`resources-${what}`, capital(what), { value: counted(what) })),
      ...(partner ? [ask.kept('base', serialiseBase(partner, partnerFields))] : []),
    ],
    ...(partner &&
      !partner.leads && {
        more: {
          href: operationPaths.endPartner(operation.id, partner.id),
          text: 'This partner no longer takes part',
        },
      }),
  };
}

export const partnerEndPage = (operation: OperationInWeek, partner: Partner): FormPage => ({
  title: `${partner.printedName} no longer takes part`,
  caption: operation.codeName,
  back: { href: operationPaths.changePartner(operation.id, partner.id) },
  lead: ['The agency can no longer see this operation. Safelight keeps the records that the agency’s members made.'],
  action: operationPaths.endPartner(operation.id, partner.id),
  cancel: operationPaths.people(operation.id),
  button: 'End its part',
  dangerous: true,
});

export const addParticipantsPage = (
  operation: OperationInWeek,
  partner: Partner,
  colleagues: readonly MemberWithAgency[],
): FormPage => ({
  title: `Add people of ${partner.printedName}`,
  caption: operation.codeName,
  ...backTo(operationPaths.people(operation.id), 'Teams and partners'),
  lead:
    colleagues.length > 0
      ? ['Members’ roles decide what they can see. Members cannot see premises until they are on a team.']
      : ['You have added everybody who has an account at this agency. The agency’s administrator can add accounts.'],
  action: operationPaths.addPeople(operation.id, partner.id),
  button: 'Add to operation',
  closed: colleagues.length === 0,
  fields: (ask) =>
    colleagues.length > 0
      ? [
          ask.many('people', 'People', colleagues.map(personOption)),
          ask.one('duty', 'Duty', duties, { hint: helpDutyHint }),
        ]
      : [],
});

const personOption = ({
  id,
  title,
  name,
  roles,
}: Pick<MemberWithAgency, 'id' | 'title' | 'name' | 'roles'>): Option => ({
  value: id,
  text: `${title} ${name}`,
  hint: { text: roles.join(', ') },
});

export const participantPage = (operation: OperationInWeek, person: Participant): FormPage => ({
  title: `${person.title} ${person.name}`,
  caption: operation.codeName,
  ...backTo(operationPaths.people(operation.id), 'Teams and partners'),
  action: operationPaths.person(operation.id, person.memberId),
  fields: (ask) => [ask.one('duty', 'Duty', duties, { value: person.duty, hint: helpDutyHint })],
  more: { href: operationPaths.endPerson(operation.id, person.memberId), text: 'End their part in the operation' },
});

export const participantEndPage = (operation: OperationInWeek, person: Participant): FormPage => ({
  title: `End the part of ${person.title} ${person.name}`,
  caption: operation.codeName,
  back: { href: operationPaths.person(operation.id, person.memberId) },
  lead: [
    'They lose access to the operation and its premises at once. They also leave its teams. Safelight keeps the records that this person made.',
  ],
  action: operationPaths.endPerson(operation.id, person.memberId),
  cancel: operationPaths.people(operation.id),
  button: 'End their part',
  dangerous: true,
});

export function teamFormPage(
  operation: OperationInWeek,
  people: readonly Participant[],
  {
    team,
    members = [],
    visitTo,
  }: {
    readonly team?: Team;
    readonly members?: readonly TeamMember[];
    /** The premises whose visit is planned next. */
    readonly visitTo?: string | undefined;
  },
): FormPage {
  const action = team
    ? teamPaths.change(team.id)
    : withQuery(operationPaths.addTeam(operation.id), { premises: visitTo });
  return {
    title: team ? `Change ${team.name}` : 'Add a team',
    caption: operation.codeName,
    ...(visitTo
      ? backTo(premisesPaths.addVisit(visitTo), 'Plan a visit')
      : backTo(`${operationPaths.people(operation.id)}#teams`, 'Teams and partners')),
    lead:
      people.length > 0
        ? [
            'From the time of their team’s briefing, members see its premises. Members do not see the premises of other teams.',
          ]
        : ['Nobody has been added to the operation yet. Add people first, under “Teams and partners”.'],
    action,
    fields: (ask) => [
      ask.text('name', 'Name of the team', { value: team?.name, classes: 'govuk-input--width-20' }),
      ask.many(
        'members',
        'Members',
        people.map(({ memberId, ...person }) => ({
          ...personOption({ id: memberId, ...person }),
          hint: { text: `${person.printedName}${absence[person.state]}: ${person.duty}` },
        })),
        { value: members.map(({ memberId }) => memberId) },
      ),
      ask.choose(
        'leadId',
        'Team leader',
        people.map(({ memberId, title, name }) => ({ value: memberId, text: `${title} ${name}` })),
        { value: team?.leadId, hint: 'Choose one of the members you ticked above' },
      ),
      ...(team ? [ask.kept('base', serialiseBase(toTeamForm(team, members), getTeamFields(people)))] : []),
    ],
    ...(team && { more: { href: teamPaths.remove(team.id), text: 'Remove this team' } }),
  };
}

export const teamRemovePage = (operation: OperationInWeek, team: Team): FormPage => ({
  title: `Remove ${team.name}`,
  caption: operation.codeName,
  ...backTo(teamPaths.change(team.id)),
  lead: ['The team’s members stay in the operation.'],
  action: teamPaths.remove(team.id),
  button: 'Remove the team',
  dangerous: true,
});
