/** The fields of a referral that do not depend on its ground. */

import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import {
  childPurpose,
  draftGroup,
  nrmPurpose,
  referralPurposes,
  type ShareableItem,
} from '../../vocabulary/information-shared.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { documentFields } from '../documents/shown-documents.ts';
import type { ReferralFormData } from './form-pages.ts';
import { accessDays, optionalItems, referrable } from './forms.ts';
import { answerDeadlines } from './referral.ts';
import { describeUrgency, isTreatedAsChild, type Subject } from './subject.ts';

const sharingHints = ({ safeContact, wants }: Subject): Partial<Record<ShareableItem, string>> => ({
  wishes: wants ? `As recorded: “${wants}”` : 'Nothing recorded yet.',
  'given advice': 'As written in the note.',
  ...(safeContact && { 'contact details': `The record has this safe way of contact. ${safeContact}` }),
});

const submitRequestText = 'Please submit the enclosed draft to the National Referral Mechanism.';
/** The draft that was just handed over; without one, the only draft that there is. */
export const listPreselectedDocuments = (
  { subject, wanted }: ReferralFormData,
  purpose: string | undefined,
): readonly string[] => {
  if (wanted?.paper) return [wanted.paper];
  const drafts = subject.documents.filter(({ item }) => item === draftGroup);
  return purpose === nrmPurpose && drafts.length === 1 ? drafts.map(({ id }) => id) : [];
};

const preselectNeeds = (subject: Subject, purpose?: string): readonly string[] =>
  subject.needs.length === 0 && purpose === childPurpose && isTreatedAsChild(subject) ? ['safety'] : subject.needs;

/** Age and urgency as the records have them: shown, and sent before what is typed. */
const urgencyFields = (ask: FieldBuilder, subject: Subject): Field[] => {
  const urgency = describeUrgency(subject);
  return urgency
    ? [
        ask.heading(
          'urgency',
          'From the records, always sent',
          `${urgency} If this is wrong, correct the ${subject.recordId ? 'record' : 'note'} first.`,
        ),
      ]
    : [];
};

/** The questions of every referral, whatever its ground. Purpose and needs are prefilled where they are known. */
export const referralFields = (
  ask: FieldBuilder,
  { subject, ownPhone }: ReferralFormData,
  purpose?: string,
): Field[] => [
  ask.many('needs', 'What help is needed?', referrable, { value: preselectNeeds(subject, purpose) }),
  ...urgencyFields(ask, subject),
  ask.words('words', 'Information they need to help', {
    hint: 'Include only information the person agreed to share.',
    most: 2_000,
    value: [purpose === nrmPurpose ? submitRequestText : '', subject.communicationNeeds ?? '']
      .filter(Boolean)
      .join(' '),
  }),
  ask.text('senderPhone', 'Your phone number, for the agency', {
    hint: 'The agency sees it, and can call you with a question.',
    inputmode: 'tel',
    autocomplete: 'tel',
    value: ownPhone,
  }),
];
export const deadlineFields = (ask: FieldBuilder, { wantsHelpNow }: Subject): Field[] => [
  ask.choose('answer', 'Deadline for their answer', answerDeadlines, {
    value: wantsHelpNow ? 'today' : 'by the next working day',
    ...(wantsHelpNow && { hint: 'The person wants help now.' }),
  }),
  ask.many('handOver', 'Who will lead the help for the person after this referral?', [
    { value: 'yes', text: 'The agency that accepts the referral' },
  ]),
];
/** Asked only where the record does not say how to reach the person. */
export const safeContactFields = (ask: FieldBuilder, { safeContact }: Subject): Field[] =>
  safeContact
    ? []
    : [
        ask.text('reach', 'How to reach the person safely', {
          hint: 'Say how and when to contact the person, and what never to do.',
        }),
      ];

export const optionalItemsField = (ask: FieldBuilder, subject: Subject): Field => {
  const hints = sharingHints(subject);
  return ask.many(
    'also',
    'What else may we share?',
    optionalItems.map((item) => ({
      value: item,
      text: capital(wordsOf(item)),
      ...(hints[item] && { hint: { text: hints[item] } }),
    })),
  );
};

/** Fields of a referral that are decided already, or that the agency can do without. */
export function furtherFields(ask: FieldBuilder, found: ReferralFormData, purpose: string | undefined): Field[] {
  const { subject } = found;
  return [
    optionalItemsField(ask, subject),
    ...safeContactFields(ask, subject),
    ...documentFields(ask, subject.documents, listPreselectedDocuments(found, purpose)),
    ask.choose('purpose', 'What is it for?', referralPurposes, { value: purpose ?? referralPurposes[0] }),
    ask.choose(
      'days',
      'For how long may the agency see this information?',
      accessDays.map((value, index) => ({ value, text: ['One week', 'Four weeks', 'Three months'][index] ?? value })),
      { value: '28' },
    ),
    ...deadlineFields(ask, subject),
  ];
}

/** What is selected in advance is no reason to unfold it. */
const isTouched = (field: Field): boolean =>
  field.error !== undefined ||
  (field.kind === 'checkboxes' && field.value.length > 0) ||
  (field.kind === 'text' && String(field.value ?? '') !== '');

/** Folded where speed counts: on the form for children’s services. */
export const foldedFields = (ask: FieldBuilder, fields: readonly Field[]): Field => ({
  ...ask.group('further', '', fields, { fold: 'More details' }),
  open: fields.some(isTouched),
});
