/** Pages of consents: wording, overview and withdrawal. */

import type { Agency } from '../../identity/agencies/index.ts';
import { dayOf } from '../../platform/clock.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Option } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, SummaryRow } from '../../platform/rendering/pages.ts';
import { addDays, longDay } from '../../vocabulary/calendar/days.ts';
import {
  draftGroup,
  type LegalBasis,
  nrmPurpose,
  requiredForReferral,
  type ShareableItem,
} from '../../vocabulary/information-shared.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { wordsOf, wordsOfAll } from '../../vocabulary/value-words.ts';
import type { DisclosurePlan, DisclosureStatus } from '../disclosures/disclosure.ts';
import type { DisclosureSummary } from '../disclosures/store.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import {
  type Act,
  type AskRefusal,
  type Consent,
  type ConsentRefusal,
  consentSources,
  type WithdrawalRefusal,
} from './consent.ts';
import type { Grant } from './grant.ts';

export type Agencies = ReadonlyMap<string, Pick<Agency, 'name'>>;
export const agencyOf = (agencies: Agencies, id: string): string => agencies.get(id)?.name ?? 'an agency';

/** The store keeps only the hour. */
/** The last full day before the end. */
export const lastDayOf = (until: Date): string => addDays(dayOf(until), -1);
export const formatLastDay = (until: Date): string => longDay(lastDayOf(until));

export const actLabels: Record<Act, string> = {
  examine: 'To an examination',
  share: 'Sharing information',
  refer: 'Referral to an agency',
};

/** Who says that the person agreed, or took it back. */
export const consentSourceOptions = (hint?: string): Option[] => [
  { value: consentSources[0], text: 'The person, to me' },
  { value: consentSources[1], text: 'A colleague reported it', ...(hint && { hint: { text: hint } }) },
];
export const workersWord = 'This is recorded as something that a worker said, not the person.';

export const basisLabels: Record<LegalBasis, string> = {
  child: 'under 18, or age not known',
  'vital interests': 'to protect somebody’s life or safety',
  'statutory duty': 'a law requires it',
  'court order': 'a court ordered it',
};

export const summaryRows = (rows: readonly (readonly [string, string])[]): SummaryRow[] =>
  rows.map(([key, text]) => ({ key: { text: key }, value: { text } }));

export const disclosureStatusLabels: Record<DisclosureStatus, string> = {
  'waits for approval': 'waits until a second person has approved it: nobody is told',
  approved: 'approved by a second person',
  refused: 'refused by a second person: nobody was told',
  'to be looked at': 'told at once; a second person looks at it',
  'looked at': 'told at once; a second person has looked at it and agrees',
  'something was wrong': 'told at once; a second person has looked at it and found something wrong',
  'told by one alone': 'told by one person alone, before a second was asked for',
};

/** The author, and the approver if that is another member. */
export const describeResponsible = (
  { askedBy, approvedBy }: Pick<DisclosureSummary, 'askedBy' | 'approvedBy'>,
  names: MemberNames,
): string =>
  approvedBy && approvedBy !== askedBy
    ? `${getMemberName(names, askedBy)}, and ${getMemberName(names, approvedBy)}, who approved it`
    : getMemberName(names, askedBy);

/** Shown before anybody asks again. It is no reproach, and no step of anything. */
export const describeRefusal = (
  { act, recipient, purpose, givenAt }: Pick<ConsentRefusal, 'act' | 'recipient' | 'purpose' | 'givenAt'>,
  agencies: Agencies,
): string =>
  `On ${longDay(dayOf(givenAt))} the person said no. The question was: ${lowerFirst(actLabels[act])}, ${agencyOf(agencies, recipient)}, ${wordsOf(purpose)}. Do not ask again unless the person raises it.`;
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Lists the recipients to be told before the withdrawal. */
export function withdrawPage(consent: Consent, told: readonly Grant[], agencies: Agencies): FormPage {
  const reached = told.map(({ recipient }) => agencyOf(agencies, recipient));
  return {
    title: 'Withdraw consent',
    caption: `${actLabels[consent.act]}: ${agencyOf(agencies, consent.recipient)}`,
    lead: [
      reached.length > 0
        ? `${listOf([...new Set(reached)])} will lose access at once. Each recipient will be asked to stop using the information. Explain to the person that people who read the information can still remember it.`
        : 'No agency has access through this consent now. Explain to the person that people who read the information can still remember it.',
      ...(consent.purpose === nrmPurpose
        ? [
            'Where a referral was submitted already, this does not undo it: say so. The person can leave it later, and is helped with that.',
          ]
        : []),
      'Do not ask the person why. Help continues as before.',
    ],
    button: 'Withdraw it',
    dangerous: true,
    cancel: consentPaths.overview(consent.personId),
    fields: (ask) => [ask.one('how', 'Who said so?', consentSourceOptions())],
  };
}

/** The recipient’s view, item by item. The preview and the recipient’s page both show exactly this. */
export const sharedItemRows = (shown: DisclosurePlan['shown']): SummaryRow[] =>
  shown.map(({ item, words }) => ({
    key: { text: (itemLabels as Readonly<Record<string, string>>)[item] ?? capital(wordsOf(item)) },
    value: { text: item === 'when we met' ? longDay(words) : words },
  }));
const itemLabels: Record<ShareableItem, string> = {
  'when we met': 'Met on',
  'where we met': 'Met in',
  'help needed': 'Asks for help with',
  'essential information': 'In words',
  wishes: 'The person’s wishes',
  'given advice': 'Was advised about',
  'contact details': 'How to reach the person safely',
  'papers about health': 'Documents about health',
  'identity documents': 'Identity documents',
  'legal documents': 'Documents about law, immigration or money',
  'other documents': 'Other documents and photos',
  [draftGroup]: 'Draft of a referral to the NRM',
};

/** Refuses a consent that could not be used. */
export const notFirstResponderError = (name: string): string =>
  `${name} is no first responder, and can submit no referral: select an agency that is one`;

export const askRefusals: Record<AskRefusal, FormErrors> = {
  'nothing named': { items: 'Select the information to share, or what will be done' },
  'another act’s': { items: 'Select from this list alone: another act is asked for by itself' },
  'purpose of another act': { purpose: 'Select from this list alone: the other is what something else is asked for' },
  'too little to refer': {
    items: `Select ${listOf(wordsOfAll(requiredForReferral))}, too. A referral needs them`,
  },
  'nobody interpreted': explanationRefusals['nobody interpreted'],
  'interpreter not named': explanationRefusals['interpreter not named'],
  'over before it begins': { days: 'Select for how long' },
  'longer than a year': { days: 'Select a year or less' },
};
/** The form came back through the browser’s “back”, with the other button or another question. */
export const answeredOtherwiseError: FormErrors = {
  '': 'You already saved another answer with this form. Open “Consent and disclosures”: withdraw the consent there, or ask again',
};
export const withdrawalRefusals: Record<WithdrawalRefusal, FormErrors> = {
  'taken back already': { '': 'This consent is already withdrawn. The agencies lost access' },
};
