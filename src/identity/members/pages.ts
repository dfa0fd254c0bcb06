/** Pages of this module about members who are here, join and leave, and the texts of refusals. */

import { dayOf } from '../../platform/clock.ts';
import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type CasePage, type FormPage, type Link, type SectionsPage } from '../../platform/rendering/pages.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { addDays, shortDay } from '../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { accountPaths, roleApprovalPaths } from '../../vocabulary/paths/identity.ts';
import type { PeopleQuery } from './forms.ts';
import {
  type Invitation,
  type LeavingRefusal,
  type Person,
  type PersonState,
  personStates,
  type RoleChangeRefusal,
  stateOfInvitation,
  stateOfPerson,
} from './person.ts';
import { roleOptions } from './role-hints.ts';

/** The end of a leaver's last day. */
export const lastDayOf = (endedAt: Date): string => dayOf(new Date(endedAt.getTime() - 1));

const stateLabels: Record<PersonState, { readonly filter: string; readonly tag: string }> = {
  invited: { filter: 'Invited', tag: 'blue' },
  'invitation over': { filter: 'Invitation over', tag: 'yellow' },
  here: { filter: 'Here', tag: 'green' },
  leaves: { filter: 'Leaving later', tag: 'orange' },
  left: { filter: 'Left', tag: 'grey' },
};

type PersonRow = {
  readonly name: string;
  readonly title: string;
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly state: PersonState;
  readonly says: string;
  readonly href: string;
};

const formatRoles = ({ roles, waiting }: Person): readonly string[] => [
  ...roles,
  ...waiting.map((role) => `${role} (waits for a second person)`),
];

const toPersonRow = (person: Person, now: Date): PersonRow => {
  const state = stateOfPerson(person, now);
  const day = person.endedAt && shortDay(state === 'left' ? dayOf(person.endedAt) : lastDayOf(person.endedAt));
  return {
    ...person,
    state,
    roles: formatRoles(person),
    says: state === 'here' ? 'here' : state === 'left' ? `left ${day}` : `leaves after ${day}`,
    href: accountPaths.account(person.id),
  };
};

const toInvitationRow = (invitation: Invitation, now: Date): PersonRow => {
  const state = stateOfInvitation(invitation, now);
  return {
    ...invitation,
    state,
    says: state === 'invited' ? 'invited' : 'invitation over',
    href: accountPaths.invitation(invitation.id),
  };
};

export type PeoplePageInput = {
  readonly agencyName: string;
  readonly people: readonly Person[];
  readonly invitations: readonly Invitation[];
  readonly now: Date;
  readonly query: PeopleQuery;
  readonly more: readonly Link[];
};

type PeoplePage = SectionsPage & {
  /** By name and state, by address. */
  readonly filter: readonly Field[];
  readonly filtered: boolean;
  readonly more: readonly Link[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'identity/members/people': PeoplePage;
  }
}

export function peoplePage({ agencyName, people, invitations, now, query, more }: PeoplePageInput): PeoplePage {
  const all = [...invitations.map((one) => toInvitationRow(one, now)), ...people.map((one) => toPersonRow(one, now))];
  const wanted = query.q.toLowerCase();
  const found = all
    .filter(
      ({ name, state }) => name.toLowerCase().includes(wanted) && (query.state === 'all' || state === query.state),
    )
    .sort(
      (a, b) => personStates.indexOf(a.state) - personStates.indexOf(b.state) || a.name.localeCompare(b.name, 'en-GB'),
    );
  const ask = new FieldBuilder({ q: query.q, state: query.state });
  const href = (page: number) => withQuery(accountPaths.accounts(), { q: query.q, state: query.state, page });
  return {
    title: `Users at ${agencyName}`,
    lead: ['Members of your agency and their roles. The names of former members stay on their records.'],
    actions: [{ href: accountPaths.newInvitation(), text: 'Invite a person' }],
    filter: [
      ask.text('q', 'Name', { classes: 'govuk-input--width-20' }),
      ask.one(
        'state',
        'State',
        [
          { value: 'all', text: 'All' },
          ...personStates.map((state) => ({ value: state, text: stateLabels[state].filter })),
        ],
        { classes: 'govuk-radios--small govuk-radios--inline' },
      ),
    ],
    filtered: query.q !== '' || query.state !== 'all',
    sections: [
      {
        kind: 'table',
        caption: `${found.length} of ${all.length} ${all.length === 1 ? 'person' : 'people'}`,
        stack: true,
        columns: ['Name', 'Rank or job', 'Signs in with', 'Roles', 'State'].map((text) => ({ text })),
        rows: found
          .slice((query.page - 1) * pageSize, query.page * pageSize)
          .map(({ name, title, email, roles, state, says, href: to }) => [
            { text: name, href: to },
            { text: title },
            { text: email ?? '–' },
            { text: roles.join(', ') },
            { text: says, tag: stateLabels[state].tag },
          ]),
        empty:
          all.length === 0
            ? 'No members yet. Invite the first person.'
            : 'No member matches this name and state. Enter a shorter name, or choose all states.',
        pages: paginate(query.page, pageSize, found.length, href),
      },
    ],
    more,
  };
}

const summaryRow = (key: string, text: string) => ({ key: { text: key }, value: { text } });

export type RoleTerm = { readonly roles: readonly string[]; readonly since: Date; readonly until: Date | null };

export function personPage(
  person: Person,
  { now, self, terms, done }: { now: Date; self: boolean; terms: readonly RoleTerm[]; done?: string | undefined },
): CasePage {
  const state = stateOfPerson(person, now);
  const here = state !== 'left';
  const { id } = person;
  return {
    title: person.name,
    caption: person.title,
    done,
    back: { href: accountPaths.accounts(), text: 'Users' },
    lead: self ? ['This is you. Only another administrator can change your roles.'] : [],
    actions: here
      ? [
          ...(self ? [] : [{ href: accountPaths.roles(id), text: 'Change job or roles', secondary: true }]),
          ...(state === 'leaves' ? [{ href: accountPaths.stay(id), text: 'Stays after all', secondary: true }] : []),
          ...(person.waiting.length > 0
            ? [{ href: roleApprovalPaths.roleApprovals(), text: 'Role approvals', secondary: true }]
            : []),
          { href: accountPaths.sessions(id), text: 'Where they are signed in', secondary: true },
          {
            href: accountPaths.end(id),
            text: state === 'leaves' ? 'Leaves sooner' : 'Leaves the agency',
            secondary: true,
          },
        ]
      : [],
    sections: [
      {
        kind: 'summary',
        title: 'Account',
        rows: [
          summaryRow('Signs in with', person.email ?? 'nothing: the account is erased'),
          summaryRow('Roles', person.roles.join(', ') || 'none'),
          ...(here && person.waiting.length > 0
            ? [summaryRow('Wait for a second person', person.waiting.join(', '))]
            : []),
          summaryRow('State', toPersonRow(person, now).says),
        ],
      },
      {
        kind: 'table',
        caption: 'Roles over time',
        columns: ['From', 'Until', 'Roles'].map((text) => ({ text })),
        rows: terms.map(({ roles, since, until }) => [
          { text: formatDateTime(since) },
          { text: until ? formatDateTime(until) : 'now' },
          { text: roles.join(', ') || 'none' },
        ]),
        empty: 'No role is on record.',
      },
    ],
  };
}

export const roleChangeErrors: Record<RoleChangeRefusal, FormErrors> = {
  'own roles': { roles: 'Nobody changes their own roles. Ask another administrator of your agency.' },
  'not here': { '': 'This person has left. To come back, they need a new invitation.' },
  'last lead': {
    roles:
      'This person is the partnership’s only data-protection lead. Give another member that role first, and have it confirmed.',
  },
  'nothing new': { roles: 'These are the job and roles already. Change one of them, or cancel.' },
};

export const roleChangePage = (person: Person): FormPage => ({
  title: `Change the job and roles of ${person.name}`,
  ...backTo(accountPaths.account(person.id), person.name),
  lead: [
    'The member is signed out everywhere at once. Roles that you remove end at once. Added roles begin after a second person confirms them: your data-protection lead or another administrator.',
    'If the member moves to another agency, end their account here. The other agency then invites the member.',
  ],
  action: accountPaths.roles(person.id),
  button: 'Change',
  fields: (ask) => [
    ask.text('title', 'Rank or job', { value: person.title }),
    ask.many('roles', 'Roles', roleOptions, { value: [...person.roles, ...person.waiting] }),
    ask.words('reason', 'Why do the job or roles change?', {
      hint: 'The reason is kept in the access log',
      most: 500,
      rows: 2,
    }),
  ],
});

export const leavingErrors: Record<LeavingRefusal, FormErrors> = {
  'not here': { '': 'This person has left already' },
  'day gone by': { lastDay: 'Enter today or a later day' },
  'last lead': {
    when: 'This person is the partnership’s only data-protection lead. Give another member that role first, and have it confirmed.',
  },
  'last administrator': {
    when: 'This person is your agency’s only administrator. Invite another administrator first, or end the agency.',
  },
};

export const leavingPage = (person: Person, today: string): FormPage => ({
  title: `${person.name} leaves`,
  ...backTo(accountPaths.account(person.id), person.name),
  lead: [
    'When you end the account, the member is signed out everywhere and cannot sign in again. The member’s account and sign-in methods end. They also lose their permissions in operations and teams, and the leadership of any team. Their unanswered invitations end. Temporary access that they gave to volunteers ends too.',
    'The records that the member wrote stay, under the member’s name. They can no longer open the safeguarding database, because they cannot sign in.',
  ],
  action: accountPaths.end(person.id),
  button: 'End',
  dangerous: true,
  fields: (ask) => [
    ask.one('when', 'When?', [
      { value: 'now', text: 'Now', hint: { text: 'Safelight refuses forms that they are sending now' } },
      { value: 'on a day', text: 'At the end of a day' },
    ]),
    ask.day('lastDay', 'Last day, if they leave later', {
      hint: `For example, ${addDays(today, 7).split('-').reverse().map(Number).join(' ')}`,
    }),
    ask.words('reason', 'Why do they leave?', { most: 500, rows: 2 }),
  ],
});

export const cancelLeavingPage = (person: Person): FormPage => ({
  title: `${person.name} stays after all`,
  ...backTo(accountPaths.account(person.id), person.name),
  lead: ['Their access to operations still ends on their last day. The planner of an operation can grant it again.'],
  action: accountPaths.stay(person.id),
  button: 'They stay',
  fields: (ask) => [ask.words('reason', 'Why do they stay?', { most: 500, rows: 2 })],
});
