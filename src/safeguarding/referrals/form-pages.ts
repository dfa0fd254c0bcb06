/** The form for asking an agency to help, and the preview of exactly what that agency will see. */

import type { Agency } from '../../identity/agencies/index.ts';
import { dayOf } from '../../platform/clock.ts';
import type { Field, FieldBuilder, Option } from '../../platform/forms/fields.ts';
import type { Answers } from '../../platform/forms/forms.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, Section, SummaryRow } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatDeadline } from '../../vocabulary/calendar/moments.ts';
import { childPurpose, draftGroup, nrmPurpose, referralPurposes } from '../../vocabulary/information-shared.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { wordsOf, wordsOfAll } from '../../vocabulary/value-words.ts';
import type { CaseFrame } from '../case/frame.ts';
import { type Consent, type ConsentRefusal, sortByTime } from '../consent/consent.ts';
import type { Grant } from '../consent/grant.ts';
import { describeRefusal, formatLastDay, sharedItemRows, summaryRows } from '../consent/pages.ts';
import type { FrozenDraft, ImmediateDisclosureRefusal } from '../disclosures/disclosure.ts';
import { documentFields } from '../documents/shown-documents.ts';
import { type Agencies, agencyOf, unconditionalHelpText } from '../notes/pages.ts';
import {
  deadlineFields,
  foldedFields,
  furtherFields,
  listPreselectedDocuments,
  referralFields,
  safeContactFields,
} from './form-fields.ts';
import { consentAnswer, type ReferralPreselection, ReferralQuery } from './forms.ts';
import { type EarlierReferral, type Ground, type Referral, takeBackReasons } from './referral.ts';
import { describeSubject, isTreatedAsChild, type Subject, subjectPath } from './subject.ts';

/** What a council that receives information must do itself. Source: Modern Slavery Act 2015, section 52. */
export const councilDuty = (kind: string | undefined): string[] =>
  kind === 'council'
    ? [
        'A council in England or Wales has a duty of its own: section 52 of the Modern Slavery Act 2015. If you believe that the person may be a victim, refer any child, and an adult who agrees, to the NRM. If an adult does not agree, send a Duty to Notify without a name.',
      ]
    : [];

export const dutySections = (kind: string | undefined): Section[] =>
  councilDuty(kind).map((text) => ({ kind: 'words', title: 'NRM and Duty to Notify', lead: [text] }));

export const groundLabels: Record<Ground, string> = {
  agreed: 'the person has agreed',
  'treated as child': 'under 18, or age not known',
  'vital interests': 'somebody’s life or safety is at stake',
  'statutory duty': 'a law requires it',
  'court order': 'a court ordered it',
};

type RecipientRowsOptions = {
  /** Why and since when the recipient can no longer see anything, where that is recorded. */
  readonly over?: boolean;
  /** The reader belongs to the agency that sent the referral. */
  readonly ours?: boolean;
};

/** What the recipient sees of the referral itself: who asks, on what ground, for what purpose, and until when. */
export const referralRows = (
  { fromAgency, ground, purpose, handOver, answerBy, state }: Referral,
  { until, endedAt }: Pick<Grant, 'until'> & Partial<Pick<Grant, 'endedAt'>>,
  agencies: Agencies,
  { over = false, ours = false }: RecipientRowsOptions = {},
): SummaryRow[] =>
  summaryRows([
    ['From', agencyOf(agencies, fromAgency)],
    ['Legal ground', groundLabels[ground]],
    ['Purpose', wordsOf(purpose ?? referralPurposes[0])],
    [
      over ? 'Could be seen until' : ours ? 'They can see this until' : 'You can see this until',
      endedAt ? longDay(dayOf(endedAt)) : formatLastDay(until),
    ],
    ...(answerBy && state === 'sent' && !over ? ([['Answer due by', formatDeadline(answerBy)]] as const) : []),
    [
      'Lead for the person',
      handOver
        ? `${ours ? 'they do' : 'you do'} once ${ours ? 'they' : 'you'} accept the referral`
        : 'the agency that sent it, as before',
    ],
  ]);

/** Every row the recipient sees: the referral itself, and the shared items. */
export const recipientRows = (
  referral: Referral,
  grant: Pick<Grant, 'shown' | 'until'> & Partial<Pick<Grant, 'endedAt'>>,
  agencies: Agencies,
  options: RecipientRowsOptions = {},
): SummaryRow[] => [...referralRows(referral, grant, agencies, options), ...sharedItemRows(grant.shown)];

type Recipient = Pick<Agency, 'id' | 'name' | 'kind'>;

export type SecondPerson = { readonly name: string; readonly role: string };
/** Names the second persons. If there are none, nothing is disclosed without consent; immediate danger does not wait for approval. */
export const describeSecondPersons = (seconds: readonly SecondPerson[]): string =>
  seconds.length === 0
    ? 'No colleague at your agency can approve it. Ask your administrator for a second safeguarding lead or data-protection lead.'
    : `At your agency, the colleague who can approve this is ${seconds.map(({ name, role }) => `${name} (${role})`).join(', or ')}.`;

/** Only for a member who could approve disclosures of colleagues: the one exception to approval in advance. */
export const immediateDisclosureFields = (ask: FieldBuilder): Field[] => [
  ask.many('atOnce', 'Is there an immediate danger to life, or to a child?', [
    {
      value: 'yes',
      text: 'Share it now, in my name',
      hint: { text: 'A second person must review the disclosure by the end of the next working day.' },
    },
  ]),
  ask.words('cannotWait', 'Why it cannot wait for approval', {
    hint: 'Write at least one sentence. It is encrypted.',
    most: 1_000,
  }),
];
export const immediateDisclosureRefusals: Record<ImmediateDisclosureRefusal, FormErrors> = {
  'a lead tells at once': {
    '': 'Nothing was sent. Ask your safeguarding lead or data-protection lead to share it now. In immediate danger, call 999',
  },
  'time to ask': {
    atOnce: 'Nothing was sent. You can share without approval only in immediate danger to life, or to a child',
  },
  'why it cannot wait': { cannotWait: 'Say why it cannot wait for approval' },
  'asked otherwise': {
    '': 'You already sent this form with other words, and they wait for approval. Press the button again to send these words as a new request',
  },
  'disclosed otherwise': {
    '': 'You already saved this form with other words. The first words stand. To record these too, open a new form',
  },
  'asked before': {
    '': 'Nothing was sent. This form already waits for approval. If it cannot wait, press the button again to share it now',
  },
};

export type ReferralFormData = {
  /** The banner and tabs of the case, where the member may read the record. */
  readonly frame?: CaseFrame | undefined;
  readonly subject: Subject;
  readonly consents: readonly Consent[];
  /** What the person said no to and has not agreed to since. */
  readonly refusals: readonly ConsentRefusal[];
  readonly recipients: readonly Recipient[];
  /** Recipients without a member in Safelight. */
  readonly outside: readonly Recipient[];
  readonly agencies: Agencies;
  /** Members of the same agency who can approve a disclosure without consent, and whether the author could approve for colleagues. */
  readonly seconds: readonly SecondPerson[];
  readonly approves: boolean;
  /** Earlier requests for the person that the recipient can still see. */
  readonly asked: readonly (EarlierReferral & Pick<Referral, 'id'>)[];
  /** The number that the member last gave to readers of a note. */
  readonly ownPhone: string | null;
  /** The chosen documents that are drafts of a referral. */
  readonly drafts: readonly FrozenDraft[];
  /** Choices that an earlier page handed over. */
  readonly wanted?: ReferralPreselection;
  /** Whether the member can also record the wording that the person hears. */
  readonly keepsWords: boolean;
};

/** A referral under an existing consent: recipient, purpose, items and duration are known and not asked again. */
export function referralOnConsentPage(found: ReferralFormData, consent: Consent, id: string): FormPage {
  const { subject, agencies } = found;
  return {
    ...found.frame,
    title: `Refer to ${agencyOf(agencies, consent.recipient)}`,
    caption: found.frame ? undefined : describeSubject(subject),
    lead: [
      `The person agreed to share information ${wordsOf(consent.purpose)}. The information is: ${listOf(wordsOfAll(consent.items))}. A referral always says too ${alwaysSent}.`,
      `The agreement lasts until ${formatLastDay(consent.until)}.`,
      'You see exactly what the other agency will see before you send the referral.',
      unconditionalHelpText,
    ],
    action: referralPaths.ofPerson(subject.personId),
    button: 'Preview the referral',
    cancel: subjectPath(subject),
    fields: (ask) => [
      ...referralFields(ask, found, consent.purpose),
      ...(consent.items.includes('contact details') ? safeContactFields(ask, subject) : []),
      ...documentFields(
        ask,
        subject.documents.filter(({ item }) => consent.items.includes(item)),
        listPreselectedDocuments(found, consent.purpose),
      ),
      ...deadlineFields(ask, subject),
      ask.hidden('agreed', consentAnswer(consent.id)),
      ask.hidden('short', 'yes'),
      ask.hidden('id', id),
      ask.hidden('step', 'preview'),
    ],
  };
}

/** If the member cannot read the age, they must give the reason for treating the person as a child. */
const childOption = ({ age, unconfirmedAdult }: Subject): Option => ({
  value: 'treated as child',
  text:
    age === 'under 18'
      ? 'Under 18'
      : unconfirmedAdult === 'record'
        ? 'Recorded as an adult, not confirmed: treated as a child'
        : 'Under 18, or age not known',
  hint: {
    text: `Arrange help even if the person does not agree. Ask the person, and explain the help.${age === 'not read' ? ` ${describeUnreadAge(unconfirmedAdult)} Write below how you know the person’s age.` : ''}`,
  },
});
const describeUnreadAge = (unconfirmedAdult: Subject['unconfirmedAdult']): string =>
  unconfirmedAdult === 'note'
    ? 'The note says adult. Nobody has confirmed it since.'
    : 'No record that you can read gives the person’s age.';
/** The words of a consent to a referral name it too. */
const alwaysSent = 'whether the person is or may be under 18 and wants help now';
const noOption: Option = {
  value: 'not agreed',
  text: 'No, and the person is known to be an adult',
  hint: { text: 'Nothing is sent. Use “Ask for consent” to record the no, so that nobody asks again.' },
};

const parsePreselection = ({ to, purpose }: Answers = {}): ReferralPreselection => ReferralQuery.parse({ to, purpose });

/** Links to the consent form with the earlier choices filled in. */
const consentFormQuery = ({ to, purpose }: ReferralPreselection): URLSearchParams =>
  new URLSearchParams({
    act: 'refer',
    ...(to && { to }),
    ...(purpose && { purpose }),
    ...(purpose === nrmPurpose && { item: draftGroup }),
  });

/** On what it rests: a consent that was given, the member’s word, or a ground that the law names. */
const groundField = (ask: FieldBuilder, found: ReferralFormData, forChild: boolean): Field => {
  const { subject, refusals, agencies } = found;
  const consents = listUsableConsents(found, forChild);
  const child = subject.age === 'adult' ? [] : [childOption(subject)];
  return ask.one(
    'agreed',
    'Has the person agreed to share this with the agency?',
    [
      ...(forChild ? child : []),
      ...consents.map((consent) => consentOption(consent, agencies)),
      {
        value: 'agreed',
        text: consents.length > 0 ? 'Yes, to something else' : 'Yes',
        hint: {
          text: 'Safelight records that you said the person agreed to share the information below.',
        },
      },
      ...(forChild ? [] : child),
      ...lawOptions,
      ...(subject.age === 'under 18' ? [] : [noOption]),
    ],
    {
      value: preselectGround(found, consents, forChild),
      ...(refusals.length > 0 && { hint: refusals.map((one) => describeRefusal(one, agencies)).join(' ') }),
    },
  );
};

/** Children’s services are told because of the age. A consent to something else is no ground for it. */
const listUsableConsents = ({ consents, agencies }: ReferralFormData, forChild: boolean): readonly Consent[] =>
  sortByTime(
    forChild ? consents.filter(({ purpose }) => purpose === childPurpose) : consents,
    ({ givenAt }) => givenAt,
    (recipient) => agencyOf(agencies, recipient),
  );

const consentOption = (consent: Consent, agencies: Agencies): Option => ({
  value: consentAnswer(consent.id),
  text: `Yes: ${agencyOf(agencies, consent.recipient)}, ${wordsOf(consent.purpose)}, until ${formatLastDay(consent.until)}`,
  hint: {
    text: `Your agency sends: ${listOf(wordsOfAll(consent.items))}. A referral always says too ${alwaysSent}. The consent already names the agency, the purpose and the last day. Leave those fields below as they are.`,
  },
});

const lawOptions: readonly Option[] = [
  {
    value: 'vital interests',
    text: 'No consent: somebody may die or be seriously harmed',
    hint: { text: 'Give the reason below. In immediate danger, call 999 first.' },
  },
  { value: 'statutory duty', text: 'A law requires it', hint: { text: 'Name it below.' } },
  { value: 'court order', text: 'A court ordered it', hint: { text: 'Name it below.' } },
];

/** For a child, the law already asks for this referral. Where an adult is only not confirmed, the sender decides. Otherwise the only consent that fits. */
function preselectGround(
  { subject, wanted = {} }: ReferralFormData,
  consents: readonly Consent[],
  forChild: boolean,
): string | undefined {
  if (forChild) return subject.unconfirmedAdult ? undefined : 'treated as child';
  const fitting = consents.filter(
    ({ recipient, purpose }) =>
      (wanted.to === undefined || wanted.to === recipient) &&
      (wanted.purpose === undefined || wanted.purpose === purpose),
  );
  const [only, ...others] = fitting;
  return only && others.length === 0 ? consentAnswer(only.id) : undefined;
}

/** Which agency is asked, and what it may be told beside what is always told. */
const recipientField = (ask: FieldBuilder, { recipients, outside, wanted }: ReferralFormData): Field =>
  ask.one(
    'to',
    'Agency',
    recipients.map((one) => ({
      value: one.id,
      text: one.name,
      ...(outside.includes(one) && { hint: { text: 'Not on Safelight. Send a letter or an encrypted file.' } }),
    })),
    { value: wanted?.to },
  );
/** Said before anything else: who approves it, and that a child in danger does not wait for that. */
const childLead = ({ subject, approves, seconds }: ReferralFormData, forChild: boolean): string[] => {
  if (!isTreatedAsChild(subject)) return [];
  return [
    ...(forChild
      ? [
          `You do not need consent. A colleague must approve it before it is sent. Ask them to approve it today, then send it from your Home page. ${describeSecondPersons(seconds)}`,
        ]
      : []),
    approves
      ? 'If a child is in danger, do not wait for approval. Tick “Share it now, in my name” and say why. A colleague reviews it afterwards.'
      : 'If a child is in danger, do not wait for approval. Telephone children’s services, and ask your safeguarding lead to share this now.',
  ];
};

export function referralFormPage(found: ReferralFormData, id: string, typed?: Answers): FormPage {
  const { subject, keepsWords, seconds, approves, wanted = {} } = found;
  const { to, purpose } = wanted;
  const forChild = isTreatedAsChild(subject) && (purpose ?? parsePreselection(typed).purpose) === childPurpose;
  const further = (ask: FieldBuilder) => furtherFields(ask, found, purpose);
  const asking = {
    href: `${consentPaths.asking(subject.personId)}?${consentFormQuery(to === undefined ? parsePreselection(typed) : wanted)}`,
    text: 'Not asked yet? Ask for consent first',
  };
  return {
    ...found.frame,
    title: 'Refer to an agency',
    caption: found.frame ? undefined : describeSubject(subject),
    lead: [
      ...childLead(found, forChild),
      'Check exactly what the other agency will see before you send the referral. The access log records the content and the recipient.',
      unconditionalHelpText,
    ],
    button: 'Preview the referral',
    cancel: subjectPath(subject),
    ...(keepsWords && (to === undefined ? { more: asking } : { first: asking })),
    fields: (ask) => [
      groundField(ask, found, forChild),
      ask.words('reasons', 'Reason for sharing without consent, if the person has not agreed', {
        hint: `A colleague must approve this before anything is shared. Your colleague reads your reason and decides. ${describeSecondPersons(seconds)} It is encrypted.`,
        most: 1_000,
      }),
      ...(approves ? immediateDisclosureFields(ask) : []),
      recipientField(ask, found),
      ...referralFields(ask, found, purpose),
      ...(forChild ? [foldedFields(ask, further(ask))] : further(ask)),
      ask.hidden('id', id),
      ask.hidden('step', 'preview'),
    ],
  };
}

/** Names those who will be told, before the referral is taken back. */
export const takeBackPage = (referral: Referral, recipient: string): FormPage => ({
  title: `Withdraw referral ${referenceOf('referral', referral.id)}`,
  caption: `To ${recipient}, without the person’s agreement: ${groundLabels[referral.ground]}`,
  lead: [
    `${recipient} will lose access at once. Safelight asks them to stop using the information. People who read the information can still remember it.`,
  ],
  button: 'Withdraw it',
  dangerous: true,
  cancel: referralPaths.referral(referral.id),
  fields: (ask) => [
    ask.one('why', 'Reason for withdrawing', takeBackReasons, {
      hint: 'The access log keeps the reason with your name.',
    }),
  ],
});
