/** Pages about the agencies of the partnership, an agency that leaves, and exceptions recorded by name. */

import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { accountPaths, agencyPaths, exceptionPaths } from '../../vocabulary/paths/identity.ts';
import { agencyKinds } from '../../vocabulary/people.ts';
import type { Agency } from '../agencies/member.ts';
import type { NamedException } from './store.ts';

export const agencyErrors: Record<'name taken' | 'not the name' | 'last lead', FormErrors> = {
  'name taken': { name: 'An agency of that name, or one that looks the same, is in the partnership already' },
  'last lead': {
    '': 'The partnership’s only data-protection lead works here. Ask another agency to name one first and have them confirmed.',
  },
  'not the name': { name: 'This is not the name of your agency as it is written above' },
};

export const agenciesPage = (
  agencies: readonly Agency[],
  ownId: string,
  may: { readonly add: boolean; readonly end: boolean },
): SectionsPage => ({
  title: 'Organisations',
  back: { href: accountPaths.accounts(), text: 'Users' },
  lead: ['Agencies of the partnership. Each agency runs its own accounts.'],
  actions: may.add ? [{ href: agencyPaths.newAgency(), text: 'Add an agency' }] : [],
  sections: [
    {
      kind: 'table',
      caption: 'Agencies of the partnership',
      stack: true,
      columns: ['Name', 'Official name', 'Kind', 'Side', 'First responder', 'State'].map((text) => ({ text })),
      rows: agencies.map(({ id, name, officialName, kind, side, firstResponder, endedAt }) => [
        { text: name },
        { text: officialName },
        { text: kind },
        { text: side },
        { text: firstResponder ? 'yes' : 'no' },
        endedAt
          ? { text: 'left', tag: 'grey' }
          : id === ownId && may.end
            ? { text: 'Leave', href: agencyPaths.end(), hidden: 'the partnership' }
            : { text: 'here', tag: 'green' },
      ]),
    },
  ],
});

export const newAgencyPage = (): FormPage => ({
  title: 'Add an agency',
  ...backTo(agencyPaths.agencies(), 'Organisations'),
  lead: [
    'A planner can then add it to an operation. Members of the new agency can sign in once the operator of Safelight has added the agency’s first administrator.',
  ],
  action: agencyPaths.newAgency(),
  button: 'Add the agency',
  fields: (ask) => [
    ask.text('name', 'Name', { hint: 'The short name in briefings and releases, for example “Brook Nurses”' }),
    ask.text('officialName', 'Official name', {
      hint: 'The full legal name, for example “Brook Vale Community Health NHS Trust”',
    }),
    ask.choose('kind', 'Kind', agencyKinds),
    ask.one(
      'firstResponder',
      'Are its staff allowed to refer people to the National Referral Mechanism?',
      ['yes', 'no'],
      {
        hint: 'Only the first responder organisations listed in law and guidance are allowed to. If you are not sure, select no.',
      },
    ),
  ],
});

export const agencyEndPage = (name: string, people: number): FormPage => ({
  title: `${name} leaves the partnership`,
  ...backTo(agencyPaths.agencies(), 'Organisations'),
  warning: `This ends the accounts of all ${people} people of ${name} at once, and yours too. Nobody at ${name} can undo this.`,
  lead: [
    'Invitations and temporary access end too. The agency no longer sees the operations of its partners. Records that its members wrote stay, under the names of those members.',
  ],
  action: agencyPaths.end(),
  button: 'End the agency',
  dangerous: true,
  fields: (ask) => [
    ask.text('name', `Type “${name}”, so that this does not happen by mistake`),
    ask.words('reason', 'Why does the agency leave the partnership?', { most: 500, rows: 2 }),
  ],
});

export const agencyEndedPage = (name: string): SectionsPage => ({
  title: `${name} has left the partnership`,
  lead: ['All its accounts have ended, and you are signed out.'],
  sections: [{ kind: 'list', items: [{ text: 'Public pages', href: '/' }] }],
});

export const exceptionsPage = (
  exceptions: readonly NamedException[],
  may: { readonly record: boolean },
): SectionsPage => ({
  title: 'Exceptions for safeguarding roles',
  lead: [
    'Members of police or immigration can hold a safeguarding role only with an exception recorded here, by name and with the reason. When the exception ends, the member loses the role.',
  ],
  actions: may.record ? [{ href: exceptionPaths.newException(), text: 'Record a person' }] : [],
  sections: [
    {
      kind: 'table',
      caption: 'Recorded by name',
      stack: true,
      columns: ['Name', 'Agency', 'Why', 'Recorded', 'State'].map((text) => ({ text })),
      rows: exceptions.map(({ id, name, title, agencyName, reason, recordedAt, endedAt }) => [
        { text: `${title} ${name}`.trim() },
        { text: agencyName },
        { text: reason },
        { text: formatDateTime(recordedAt) },
        endedAt
          ? { text: `ended ${formatDateTime(endedAt)}` }
          : may.record
            ? { text: 'End', href: exceptionPaths.end(id), hidden: `for ${name}` }
            : { text: 'holds', tag: 'green' },
      ]),
      empty: 'No exceptions are recorded. This is the normal state.',
    },
  ],
});

export type ExceptionCandidate = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly agencyName: string;
};

export const exceptionErrors: Record<'own name' | 'recorded already' | 'not on that side', FormErrors> = {
  'own name': { memberId: 'Nobody records themselves. Ask another data-protection lead.' },
  'recorded already': { memberId: 'This person is recorded already' },
  'not on that side': { memberId: 'Select a member of police or immigration. Other members need no exception' },
};

export const newExceptionPage = (candidates: readonly ExceptionCandidate[]): FormPage => ({
  title: 'Record a person by name',
  ...backTo(exceptionPaths.exceptions(), 'Exceptions for safeguarding roles'),
  lead: [
    'The administrator of the member’s agency can then give the member a safeguarding role. Safelight keeps your name with the record of this exception.',
  ],
  action: exceptionPaths.newException(),
  button: 'Record',
  fields: (ask) => [
    ask.choose(
      'memberId',
      'Who?',
      candidates.map(({ id, name, title, agencyName }) => ({ value: id, text: `${name}, ${title}, ${agencyName}` })),
    ),
    ask.words('reason', 'Why is this member allowed to hold a safeguarding role?', { most: 500, rows: 3 }),
  ],
});

export const exceptionEndPage = ({ id, name }: NamedException): FormPage => ({
  title: `End the record of ${name}`,
  ...backTo(exceptionPaths.exceptions(), 'Exceptions for safeguarding roles'),
  lead: ['A safeguarding role that they hold ends with it, and they are signed out.'],
  action: exceptionPaths.end(id),
  button: 'End',
  dangerous: true,
  fields: (ask) => [ask.words('reason', 'Why does it end?', { most: 500, rows: 2 })],
});
