/** Forms of one of the premises: the place, its risks, languages, who can refer, and whether immigration officers come in. */
import type { Agency } from '../../identity/agencies/index.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import { decidedByField } from '../policy-log/pages.ts';
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

/** What is asked of the place itself, for new premises and for those that are changed. */
export const placeFields = (ask: FieldBuilder, premises?: Premises): Field[] => [
  ask.choose('business', 'Kind of business', businesses, { value: premises?.business }),
  ask.text('name', 'Name of the premises', {
    value: premises?.name,
    hint: 'The name on its sign, or your own name for it',
  }),
  ask.text('address', 'Address', { value: premises?.address }),
  ask.text('town', 'Town', { value: premises?.town, hint: 'A release names only the town' }),
  ask.text('postcode', 'Postcode', { value: premises?.postcode, classes: 'govuk-input--width-10' }),
  ask.one('dwelling', 'Does somebody live or sleep there?', dwellings, {
    value: premises?.dwelling,
    hint: 'Some powers do not cover a home',
  }),
  ask.one('priority', 'Priority', priorities, { value: premises?.priority, classes: 'govuk-radios--inline' }),
  ask.words('reason', 'Reason for the visit', {
    value: premises?.reason,
    hint: 'Record only what anybody at the premises could observe. Leave out what people say about themselves, and their health. Nationality, sex and language are never a reason for a visit.',
  }),
];

export const premisesFormPage = (premises: Premises, base: number): FormPage =>
  premisesForm(premises, 'Change the place', premisesPaths.change(premises.id), {
    fields: (ask) => [...placeFields(ask, premises), baseField(ask, base)],
  });

export const risksPage = (premises: Premises, base: number): FormPage =>
  premisesForm(premises, 'Risks', premisesPaths.risks(premises.id), {
    lead: [
      'Risks to the team and to the people there, such as dogs, doors, stairs, fire, weapons, children and illness.',
    ],
    fields: (ask) => [
      ask.words('risks', 'Risks to look out for', {
        value: premises.risks,
        hint: 'If you know of none, enter “None known” and how you checked',
        rows: 8,
        most: 4_000,
      }),
      baseField(ask, base),
    ],
  });

export const languagesPage = (premises: Premises, base: number): FormPage =>
  premisesForm(premises, 'Languages and interpreter', premisesPaths.languages(premises.id), {
    lead: [
      'Record which languages the team needs to talk with the people at the premises. A language is never a reason to visit.',
    ],
    fields: (ask) => [
      ask.words('languages', 'Languages that may be needed', {
        value: premises.languages.join('\n'),
        hint: 'Enter one on each line',
        rows: 3,
      }),
      ask.text('interpreter', 'Interpreter', {
        value: premises.interpreter,
        hint: 'Enter the interpreter’s name, or the telephone interpreting service and its number. Do not use anybody from the premises to interpret.',
      }),
      baseField(ask, base),
    ],
  });

type Referrer = Pick<Premises, 'referrerId' | 'referrerOnCall' | 'referrerContact'>;

/** For premises without a first responder, the form begins with the one of the premises before. */
export function referrerPage(
  premises: Premises,
  agencies: readonly Agency[],
  base: number,
  before?: Referrer & Pick<Premises, 'name'>,
): FormPage {
  const shown = premises.referrerId === null && before ? before : premises;
  const able = agencies.filter(mayRefer);
  return premisesForm(premises, 'On-call first responder', premisesPaths.referrer(premises.id), {
    lead: [
      'A council or a voluntary first responder. It can arrange help without telling police or immigration.',
      'An NRM referral always tells police and immigration.',
      ...(shown === before
        ? [`Safelight copied these details from ${before.name}. Check that they are right for this place.`]
        : []),
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
        { value: shown.referrerId },
      ),
      ask.text('referrerOnCall', 'Person on call', { value: shown.referrerOnCall }),
      ask.text('referrerContact', 'How to reach them', {
        value: shown.referrerContact,
        hint: 'How the team can reach them at the time of the visit',
      }),
      baseField(ask, base),
    ],
    more: {
      href: premisesPaths.noReferrer(premises.id),
      text: 'No first responder available: decide to go without one',
    },
  });
}

export type DecisionDefaults = Partial<
  Record<'decidedBy' | 'reason' | 'alternative' | 'reasonHint', string | null | undefined>
>;

export const decisionFields = (
  ask: FieldBuilder,
  alternative: string,
  { decidedBy, reason, reasonHint, alternative: considered }: DecisionDefaults,
  hint?: string,
): Field[] => [
  decidedByField(ask, decidedBy ?? ''),
  ask.words('reason', 'Why', { value: reason, ...(reasonHint && { hint: reasonHint }) }),
  ask.words('alternative', alternative, { value: considered, ...(hint && { hint }) }),
];

export const noReferrerPage = (premises: Premises, base: number, name: string): FormPage =>
  premisesForm(premises, 'Go without a first responder', premisesPaths.noReferrer(premises.id), {
    warning:
      'People who fear police or immigration will have nobody at this visit to ask for help. This decision is kept in the policy log.',
    button: 'Record the decision',
    fields: (ask) => [
      ...decisionFields(ask, 'Help that people will be offered instead', { decidedBy: name }),
      baseField(ask, base),
    ],
  });

/** The reason and the options come from the premises before. The choice does not: it is made for each place. */
export const immigrationPage = (premises: Premises, base: number, defaults: DecisionDefaults): FormPage =>
  premisesForm(premises, 'Immigration officers', premisesPaths.immigration(premises.id), {
    lead: ['Decide this for each place. People may say less when immigration officers are present.'],
    button: 'Record the decision',
    fields: (ask) => [
      ask.one('immigrationEntry', 'Will immigration officers come in?', immigrationEntries, {
        value: premises.immigrationEntry,
      }),
      ...decisionFields(ask, 'Options considered', defaults),
      baseField(ask, base),
    ],
  });
