/** What this room shows of the agencies of the partnership, and the form that adds one. */
import { Asking } from '../platform/fields.ts';
import type { Answers, FormErrors } from '../platform/http.ts';
import type { Model } from '../platform/views.ts';
import { agencyKinds } from '../vocabulary/people.ts';
import type { Agency } from './member.ts';

export const agencyErrors: Record<'name taken', FormErrors> = {
  'name taken': { name: 'An agency of that name is in the partnership already' },
};

export const agenciesSection = (agencies: readonly Agency[]): Model => ({
  kind: 'table',
  caption: 'Agencies of the partnership',
  columns: ['Name', 'Official name', 'Kind', 'Side', 'First responder'].map((text) => ({ text })),
  rows: agencies.map(({ name, officialName, kind, side, firstResponder }) => [
    { text: name },
    { text: officialName },
    { text: kind },
    { text: side },
    { text: firstResponder ? 'yes' : 'no' },
  ]),
});

export function agencyPage(typed: Answers = {}, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Add an agency',
    back: { href: '/staff/accounts', text: 'People' },
    lead: [
      'A planner can then make it a partner of an operation. Nobody signs in for it until whoever runs Safelight has made its first administrator.',
    ],
    action: '/staff/accounts/agencies/new',
    cancel: '/staff/accounts',
    button: 'Add the agency',
    errors,
    fields: [
      ask.text('name', 'Name', { hint: 'As it is printed, in briefings and releases' }),
      ask.text('officialName', 'Official name'),
      ask.choose('kind', 'Kind', agencyKinds),
      ask.one('firstResponder', 'May its staff refer people to the National Referral Mechanism?', ['yes', 'no'], {
        hint: 'Only the first responder organisations that are listed in law and guidance may. If in doubt: no.',
      }),
    ],
  };
}
