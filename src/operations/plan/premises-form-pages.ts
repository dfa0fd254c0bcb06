/** Forms of one of the premises: the place, its risks, languages, who can refer, and whether immigration officers come in. */
import type { Agency } from '../../identity/agencies/index.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import { businesses, dwellings, immigrationEntries, mayRefer, type Premises, priorities } from './premises.ts';

/** A form of one of the premises: where it leads back to, and what it is called. */
export const premisesForm = (
  premises: Premises,
  title: string,
  action: string,
  more: Omit<FormPage, 'title' | 'action' | 'cancel' | 'errors'>,
): FormPage => ({
  title,
  caption: premises.name,
  ...backTo(premisesPaths.premises(premises.id), premises.name),
  action,
  ...more,
});
export const baseField = (ask: FieldBuilder, base: number): Field => ask.hidden('base', String(base));

export function premisesFormPage(
  operation: OperationInWeek,
  { premises, base = 0 }: { readonly premises?: Premises; readonly base?: number },
): FormPage {
  const fields = (ask: FieldBuilder) => [
    ask.choose('business', 'Kind of business', businesses, { value: premises?.business }),
    ask.text('name', 'Name of the premises', {
      value: premises?.name,
      hint: 'As it stands over the door, or as you call it',
    }),
    ask.text('address', 'Address', { value: premises?.address }),
    ask.text('town', 'Town', { value: premises?.town, hint: 'A release says no more than the town' }),
    ask.text('postcode', 'Postcode', { value: premises?.postcode, classes: 'govuk-input--width-10' }),
    ask.one('dwelling', 'Does somebody live or sleep there?', dwellings, {
      value: premises?.dwelling,
      hint: 'Some powers stop at a home',
    }),
    ask.one('priority', 'Priority', priorities, { value: premises?.priority, classes: 'govuk-radios--inline' }),
    ask.words('reason', 'Why it should be visited', {
      value: premises?.reason,
      hint: 'Record only what somebody could observe there. Do not record what people say about themselves, or their health. Nationality, sex and language are never a ground.',
    }),
    baseField(ask, base),
  ];
  if (premises) return premisesForm(premises, 'Change the place', premisesPaths.change(premises.id), { fields });
  return {
    title: 'Add premises',
    caption: operation.codeName,
    ...backTo(operationPaths.operation(operation.id), operation.codeName),
    lead: [
      'Only planners and commanders of this operation see it. A team sees it from its briefing on, when a visit to it is planned for them.',
    ],
    action: operationPaths.addPremises(operation.id),
    button: 'Add the premises',
    fields,
  };
}

export const risksPage = (premises: Premises, base: number): FormPage =>
  premisesForm(premises, 'Risks', premisesPaths.risks(premises.id), {
    lead: ['For the team and for the people who are there: dogs, doors, stairs, fire, weapons, children, illness.'],
    fields: (ask) => [
      ask.words('risks', 'What to look out for', { value: premises.risks, rows: 8, most: 4_000 }),
      baseField(ask, base),
    ],
  });

export const languagesPage = (premises: Premises, base: number): FormPage =>
  premisesForm(premises, 'Languages and interpreter', premisesPaths.languages(premises.id), {
    lead: ['So that people can understand and be understood. A language is never a reason to visit.'],
    fields: (ask) => [
      ask.words('languages', 'Languages that may be needed', {
        value: premises.languages.join('\n'),
        hint: 'One to a line',
        rows: 3,
      }),
      ask.text('interpreter', 'Interpreter', {
        value: premises.interpreter,
        hint: 'Name, or telephone service and number. Not anybody from the premises.',
      }),
      baseField(ask, base),
    ],
  });

export function referrerPage(premises: Premises, agencies: readonly Agency[], base: number): FormPage {
  const able = agencies.filter(mayRefer);
  return premisesForm(premises, 'On-call first responder', premisesPaths.referrer(premises.id), {
    lead: [
      'An organisation of the help side that can refer a person without telling police or immigration: a council, or a voluntary first responder.',
      ...(able.length === 0
        ? ['No such organisation is in the partnership yet. An administrator adds its agency.']
        : []),
    ],
    closed: able.length === 0,
    fields: (ask) => [
      ask.choose(
        'referrerId',
        'Organisation',
        able.map(({ id, name, kind }) => ({ value: id, text: `${name} (${kind})` })),
        { value: premises.referrerId },
      ),
      ask.text('referrerOnCall', 'Person on call', { value: premises.referrerOnCall }),
      ask.text('referrerContact', 'How to reach them', {
        value: premises.referrerContact,
        hint: 'At the hour of the visit',
      }),
      baseField(ask, base),
    ],
    more: { href: premisesPaths.noReferrer(premises.id), text: 'There is nobody: somebody decides to go without' },
  });
}

export const decisionFields = (ask: FieldBuilder, alternative: string, hint?: string): Field[] => [
  ask.text('decidedBy', 'Who decided', { hint: 'Name and rank or job. They need no account.' }),
  ask.words('reason', 'Why'),
  ask.words('alternative', alternative, hint ? { hint } : {}),
];

export const noReferrerPage = (premises: Premises, base: number): FormPage =>
  premisesForm(premises, 'Go without anybody who can refer', premisesPaths.noReferrer(premises.id), {
    warning:
      'People who fear police or immigration will have nobody here to ask. This decision is kept in the policy log.',
    button: 'Write the decision down',
    fields: (ask) => [...decisionFields(ask, 'Help that people will be offered instead'), baseField(ask, base)],
  });

export const immigrationPage = (premises: Premises, base: number): FormPage =>
  premisesForm(premises, 'Immigration officers', premisesPaths.immigration(premises.id), {
    lead: ['Decide this for each place. People may say less when immigration officers are present.'],
    button: 'Write the decision down',
    fields: (ask) => [
      ask.one('immigrationEntry', 'Whether and when they come in', immigrationEntries, {
        value: premises.immigrationEntry,
      }),
      ...decisionFields(ask, 'The alternative that was weighed'),
      baseField(ask, base),
    ],
  });
