/** Pages for telling an agency without asking for help: form, preview, the recipient’s page, and the form of the sealed file. */

import { dayOf } from '../../platform/clock.ts';
import { type ExportReason, exportPage } from '../../platform/exports/export-reason.ts';
import type { RecipientRefusal } from '../../platform/files/index.ts';
import type { Answers } from '../../platform/forms/forms.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, ListPage, SectionsPage, SummaryRow } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { listSharedDocuments } from '../../vocabulary/information-shared.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { consentPaths, sharingPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { wordsOf, wordsOfAll } from '../../vocabulary/value-words.ts';
import type { Consent } from '../consent/consent.ts';
import type { Grant } from '../consent/grant.ts';
import { formatLastDay, sharedItemRows, summaryRows } from '../consent/pages.ts';
import { documentFields, documentsSection } from '../documents/shown-documents.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import type { CreateReferralRefusal } from '../referrals/create-referral.ts';
import { groundLabels } from '../referrals/form-pages.ts';
import type { PreviewPage } from '../referrals/preview-page.ts';
import type { DocumentSelectionRefusal } from '../referrals/referral.ts';
import type { Subject } from '../referrals/subject.ts';
import { listMissingItems } from './information-sharing.ts';

export type SharingFormData = { readonly consent: Consent; readonly subject: Subject; readonly agencies: Agencies };

/** Asks only for agreed items that no record contains. */
export function sharingFormPage({ consent, subject, agencies }: SharingFormData, id: string): FormPage {
  const has = (item: Consent['items'][number]): boolean => consent.items.includes(item);
  return {
    title: `Share information with ${agencyOf(agencies, consent.recipient)}`,
    caption: 'The agency is not asked to act',
    lead: [
      `The person agreed to share information ${wordsOf(consent.purpose)}. The information is: ${listOf(wordsOfAll(consent.items))}.`,
      `The agreement lasts until ${formatLastDay(consent.until)}.`,
      'Recorded information is included as it is. You see exactly what the other agency will see before you share the information.',
    ],
    button: 'Preview the referral',
    cancel: consentPaths.overview(consent.personId),
    fields: (ask) => [
      ...(has('essential information')
        ? [ask.words('words', 'Information needed to help', { most: 2_000, value: subject.communicationNeeds ?? '' })]
        : []),
      ...(has('contact details') && !subject.safeContact
        ? [
            ask.text('reach', 'How to reach the person safely', {
              hint: 'Say how and when to contact the person, and what never to do.',
            }),
          ]
        : []),
      ...documentFields(
        ask,
        subject.documents.filter(({ item }) => has(item)),
      ),
      ask.hidden('id', id),
      ask.hidden('step', 'preview'),
    ],
  };
}

type SharedRowsData = Pick<Grant, 'fromAgency' | 'purpose' | 'until' | 'shown'>;

/** Who shares, for what and until when. Telling without asking for help always rests on consent. */
export const sharingRows = (
  { fromAgency, purpose, until }: Omit<SharedRowsData, 'shown'>,
  agencies: Agencies,
): SummaryRow[] =>
  summaryRows([
    ['From', agencyOf(agencies, fromAgency)],
    ['Legal ground', groundLabels.agreed],
    ['Purpose', wordsOf(purpose)],
    ['You can see this until', formatLastDay(until)],
  ]);

/** Every row that the recipient is shown. */
const sharedRows = (shared: SharedRowsData, agencies: Agencies): SummaryRow[] => [
  ...sharingRows(shared, agencies),
  ...sharedItemRows(shared.shown),
];

export function sharingPreviewPage({ consent, agencies }: SharingFormData, grant: Grant, typed: Answers): PreviewPage {
  const left = listMissingItems(consent, grant.shown);
  return {
    title: `What ${agencyOf(agencies, consent.recipient)} will see`,
    address: sharingPaths.sharing(consent.id),
    back: { href: consentPaths.overview(consent.personId), text: 'Consent and disclosures' },
    to: agencyOf(agencies, consent.recipient),
    rows: sharedRows(grant, agencies),
    papers: listSharedDocuments(grant.shown).map(({ id, called }) => ({
      href: documentPaths.document(id),
      text: called,
    })),
    left: left.length > 0 ? `Agreed, but not recorded, so not shared: ${listOf(wordsOfAll(left))}.` : undefined,
    fields: [],
    kept: (['id', 'words', 'reach', 'papers'] as const).flatMap((name) =>
      [typed[name] ?? []].flat().map((value) => ({ name, value: String(value) })),
    ),
  };
}

export const receivedListPage = (
  grants: readonly Pick<Grant, 'id' | 'fromAgency' | 'items' | 'until' | 'madeAt'>[],
  agencies: Agencies,
): ListPage => ({
  title: 'Received information',
  back: { href: referralPaths.list(), text: 'Referrals' },
  lead: [
    'Information that people agreed to share with your agency. You do not have to act on it. Withdrawn and expired items are not shown.',
  ],
  list: {
    kind: 'table',
    stack: true,
    caption: 'Shared with your agency',
    columns: ['Shared on', 'By', 'Information', 'Until'].map((text) => ({ text })),
    rows: grants.map(({ id, fromAgency, items, until, madeAt }) => [
      { text: longDay(dayOf(madeAt)), href: sharingPaths.receivedOne(id) },
      { text: agencyOf(agencies, fromAgency) },
      { text: listOf(wordsOfAll(items)) },
      { text: formatLastDay(until) },
    ]),
    empty: 'No information shared with your agency yet.',
  },
});

export const receivedInformationPage = (grant: Grant, agencies: Agencies): SectionsPage => ({
  title: 'Information a person agreed to share',
  back: { href: sharingPaths.received(), text: 'Received information' },
  lead: ['You do not have to act on this. You can see it until the date below, or until the person withdraws consent.'],
  sections: [{ kind: 'summary', rows: sharedRows(grant, agencies) }, ...documentsSection(grant.shown)],
});

export const exportReasons = [
  'for a partner or the coordinator of the operation',
] as const satisfies readonly ExportReason[];

export const sealedFilePage = (grant: Grant, agencies: Agencies): FormPage =>
  exportPage({
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    title: 'Make an encrypted file',
    caption: `To ${agencyOf(agencies, grant.recipient)}`,
    action: sharingPaths.file(grant.id),
    back: { href: sharingPaths.letter(grant.id), text: 'The letter' },
    lead: [
      `You get one file. The file holds the letter, word for word${listSharedDocuments(grant.shown).length > 0 ? ', and the documents that it names' : ''}. Only ${agencyOf(agencies, grant.recipient)} can open the file, with its own key and the free program “age”.`,
      'Ask for the public key from somebody you know at that agency. For example, phone a number that you already had.',
    ],
    reasons: exportReasons,
    fields: (ask) => [ask.words('recipient', 'Their public key', { hint: 'It begins with age1', rows: 3 })],
  });

export const keyErrors: Record<RecipientRefusal, string> = {
  'a secret key':
    'That was a secret key: whoever has it opens all that was sealed to it. It is not kept here. Let them make a new pair, and enter the public key, which begins with age1',
  'a key of something else':
    'This is a key of another program. Enter a public key of the program “age”, which begins with age1',
  'more than one': 'Enter one key, without spaces: the file is sealed to one recipient',
  'no key':
    'This is not a public key of the kind that the program “age” makes. Every public key of this program begins with “age1”. Check for missing or wrong letters',
};

const askAgainError = (what: string): FormErrors => ({ '': `Nothing was shared: ${what}. Ask the person again` });

export const sharingRefusals: Partial<Record<CreateReferralRefusal | DocumentSelectionRefusal, FormErrors>> = {
  'no such paper': { papers: 'Select documents from the list: one of these is not on the record' },
  'paper not agreed': { papers: 'Nothing was shared: the person did not agree to documents of that group' },
  'taken back': askAgainError('the consent was withdrawn'),
  'run out': askAgainError('the consent has expired'),
  'another act': askAgainError('the consent is for something else'),
  'nothing to show': { '': 'None of the agreed information is recorded yet, so there is nothing to share' },
  'not agreed': { '': 'None of the agreed information is recorded yet, so there is nothing to share' },
};
