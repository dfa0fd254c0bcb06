/** Pages of disclosures without consent: the second person approves them in advance, or reviews them if they could not wait. */

import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type {
  CasePage,
  FormPage,
  Link,
  ListPage,
  Section,
  StateItem,
  SummaryRow,
} from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatDeadline, formatHour } from '../../vocabulary/calendar/moments.ts';
import { custodyPurpose, listSharedDocuments, nrmPurpose, policePurpose } from '../../vocabulary/information-shared.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { wordsOf, wordsOfAll } from '../../vocabulary/value-words.ts';
import { basisLabels, disclosureStatusLabels, formatLastDay, sharedItemRows, summaryRows } from '../consent/pages.ts';
import { documentsSection } from '../documents/shown-documents.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import type { PreparedReferral, ReferralAnswers } from '../referrals/create-referral.ts';
import { describeSecondPersons, recipientRows, type SecondPerson } from '../referrals/form-pages.ts';
import type { PreviewPage } from '../referrals/preview-page.ts';
import {
  type Disclosure,
  type DisclosurePlan,
  deriveDisclosureStatus,
  isReviewLate,
  joinDraftDigests,
  type ReviewRefusal,
} from './disclosure.ts';
import { findSendingRoute } from './outside-referrals.ts';
import * as disclosures from './store.ts';

export type DisclosurePageData = {
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly seconds: readonly SecondPerson[];
  /** Whether the reader may decide as second person. */
  readonly answers: boolean;
  /** Whether the reader asked for it and can send it now. */
  readonly sends: boolean;
  /** Whether the reader may see word for word what would be disclosed about the person. */
  readonly knows: boolean;
  readonly now: Date;
  readonly done?: string | undefined;
};

/** Approval discloses nothing yet: the author still has to send it. */
const titles: Partial<Record<ReturnType<typeof deriveDisclosureStatus>, string>> = {
  'waits for approval': 'Sharing without consent: waits for approval',
  refused: 'Sharing without consent: refused',
  approved: 'Sharing without consent: approved',
};

/** A referral can also ask the agency to take over the person’s case; the second person must see that too. */
function sharedContentRows({ shown, form }: DisclosurePlan): SummaryRow[] {
  const { handOver } = (form ?? {}) as Partial<ReferralAnswers>;
  const who = handOver ? 'they do once they accept the referral' : 'the agency that sent it, as before';
  return [
    ...sharedItemRows(shown),
    ...(handOver === undefined ? [] : [{ key: { text: 'Lead for the person' }, value: { text: who } }]),
  ];
}

function statusSection(disclosure: Disclosure, { seconds, answers, now }: DisclosurePageData): Section {
  const standing = deriveDisclosureStatus(disclosure);
  const expired = hasExpired(disclosure, now);
  const item: StateItem = {
    kind: standing === 'waits for approval' || standing === 'to be looked at' ? 'waiting' : 'empty',
    title: expired ? 'Expired' : capital(disclosureStatusLabels[standing]),
    text: expired
      ? 'This request expired before anyone approved it. Make a new request if it is still needed.'
      : describeNextStep(disclosure, {
          second: answers ? '' : ` ${describeSecondPersons(seconds)}`,
          late: isReviewLate(disclosure, now),
        }),
  };
  return { kind: 'states', title: 'Status', items: [item] };
}

const groundsSection = (disclosure: Disclosure, names: MemberNames): Section => ({
  kind: 'summary',
  rows: summaryRows([
    ['Legal ground', basisLabels[disclosure.basis]],
    ['Reasons', disclosure.reasons],
    ['Requested by', `${getMemberName(names, disclosure.askedBy)}, ${formatHour(disclosure.askedAt)}`],
    ['Information', listOf(wordsOfAll(disclosure.items))],
    ['Purpose', wordsOf(disclosure.purpose)],
    ['Until', formatLastDay(disclosure.until)],
    ...(disclosure.cannotWait ? ([['Why it could not wait', disclosure.cannotWait]] as const) : []),
    ...(disclosure.reviewBy && !disclosure.reviewResult
      ? ([['To be looked at by', formatDeadline(disclosure.reviewBy)]] as const)
      : []),
    ...reviewRows(disclosure, names),
  ]),
});

const wordForWordSections = (plan: DisclosurePlan): Section[] => [
  { kind: 'summary', title: 'Word for word', rows: sharedContentRows(plan) },
  ...documentsSection(plan.shown),
];

/** For the author and the second person. Do not show this page to the person without checking it first. */
export function disclosurePage(disclosure: Disclosure, around: DisclosurePageData): CasePage {
  const { agencies, names, answers, sends, knows, now, done } = around;
  const standing = deriveDisclosureStatus(disclosure);
  const { id, plan } = disclosure;
  const across = findSendingRoute(disclosure).sent;
  const sent = wasSent(disclosure) ? across : undefined;
  return {
    title: (sent ? undefined : titles[standing]) ?? 'Disclosed without consent',
    ...(done === 'answered' && { done: `Kept. ${getMemberName(names, disclosure.askedBy)} reads your answer here.` }),
    caption: agencyOf(agencies, disclosure.recipient),
    back: knows
      ? { href: consentPaths.overview(disclosure.personId), text: 'Consent and disclosures' }
      : { href: disclosurePaths.list(), text: 'Disclosures without consent' },
    lead: ['Do not show this page to the person. It may quote somebody else.'],
    actions: [
      ...(answers && !hasExpired(disclosure, now)
        ? [{ href: disclosurePaths.answer(id), text: answerTitle(disclosure) }]
        : []),
      ...(plan?.answering && (answers || knows) ? [{ ...plan.answering, secondary: true }] : []),
      ...(sends ? [{ href: findSendingRoute(disclosure).send, text: 'Preview and send' }] : []),
      ...(sent && knows ? [{ href: sent, text: 'What was sent', secondary: true }] : []),
    ],
    sections: [
      statusSection(disclosure, around),
      groundsSection(disclosure, names),
      ...(plan && knows && (!disclosure.approvedAt || across) ? wordForWordSections(plan) : []),
    ],
  };
}

/** The request expired without an answer, and nothing was disclosed. */
const hasExpired = (
  disclosure: Pick<Disclosure, 'timing' | 'approvedAt' | 'refusedAt' | 'reviewResult' | 'until'>,
  now: Date,
) => deriveDisclosureStatus(disclosure) === 'waits for approval' && now >= disclosure.until;

function describeNextStep(
  disclosure: Disclosure,
  { second, late }: { readonly second: string; readonly late: boolean },
): string {
  const standing = deriveDisclosureStatus(disclosure);
  if (standing === 'waits for approval')
    return `A colleague must approve this.${second} In immediate danger, call 999. Do not wait for approval to save a life.`;
  if (standing === 'to be looked at')
    return `${late ? 'The review is overdue. ' : ''}You cannot review something you shared yourself.${second}`;
  if (standing === 'approved')
    return wasSent(disclosure)
      ? 'The colleague who asked for it has sent it.'
      : 'The colleague who asked for it can now send it.';
  return standing === 'something was wrong' ? describeCorrection(disclosure.purpose) : 'Nothing more to do.';
}

/** What goes to custody or police is kept here only until it was sent. */
const wasSent = (disclosure: Disclosure): boolean =>
  findSendingRoute(disclosure).sent !== undefined && disclosure.approvedAt !== null && disclosure.plan === null;

function describeCorrection(purpose: Disclosure['purpose']): string {
  if (purpose === policePurpose)
    return 'Information given to police cannot be withdrawn. Ask your data-protection lead what to do.';
  if (purpose === custodyPurpose) return 'Withdraw the notice on its own page. Custody is then notified.';
  return 'Withdraw it on the page of the referral.';
}

const reviewRows = (
  { approvedBy, approvedAt, refusedBy, refusedAt, reviewedBy, reviewedAt, reviewResult, said, timing }: Disclosure,
  names: MemberNames,
): (readonly [string, string])[] => [
  ...(approvedAt && timing !== 'at once'
    ? ([['Approved by', `${getMemberName(names, approvedBy)}, ${formatHour(approvedAt)}`]] as const)
    : []),
  ...(refusedAt ? ([['Refused by', `${getMemberName(names, refusedBy)}, ${formatHour(refusedAt)}`]] as const) : []),
  ...(reviewedAt && reviewResult
    ? ([
        ['Looked at by', `${getMemberName(names, reviewedBy)}, ${formatHour(reviewedAt)}`],
        ['What was found', capital(reviewResult)],
      ] as const)
    : []),
  ...(said ? ([[refusedAt ? 'Why it was refused' : 'What was wrong', said]] as const) : []),
];

const answerTitle = ({ timing }: Disclosure): string =>
  timing === 'at once' ? 'Review the disclosure' : 'Approve or refuse it';

export const reviewRefusals: Record<ReviewRefusal | 'unread' | 'changed', FormErrors> = {
  unread: { '': 'Nothing was saved. Read the draft on this page first' },
  changed: {
    '': 'Nothing was sent: the draft has changed since approval. Make it again from the NRM referral, and ask for approval',
  },
  'not yours': { '': 'A member of the agency that shares it must answer this' },
  'who asked': { '': 'You cannot answer your own request. Ask a colleague' },
  'answered already': { '': 'A colleague has already answered this. Read their answer' },
  over: { '': 'This request has expired. Nothing was approved' },
  unsaid: { said: 'Write at least one sentence for the colleague who asked' },
};

/** What would be told, whole, above the answer of the second person. */
export type ReviewPage = FormPage & {
  readonly shown: readonly SummaryRow[];
  readonly answering: Link | undefined;
  readonly drafts: readonly { readonly on: string; readonly paper: unknown }[];
  readonly papers: readonly { readonly text: string; readonly href?: string }[];
  /** It was told already. */
  readonly told: boolean;
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/disclosures/approval': ReviewPage;
  }
}

/** Who asks to tell what, why that is lawful, and what the second person is to weigh. */
const reviewLead = (disclosure: Disclosure, recipient: string, names: MemberNames): string[] => [
  `${getMemberName(names, disclosure.askedBy)} ${disclosure.timing === 'at once' ? 'gave' : 'asks to give'} ${recipient} this: ${listOf(wordsOfAll(disclosure.items))}; ${wordsOf(disclosure.purpose)}, until ${formatLastDay(disclosure.until)}.`,
  `Legal ground: ${disclosure.reasons.toLowerCase().startsWith(basisLabels[disclosure.basis]) ? '' : `${basisLabels[disclosure.basis]}. `}${disclosure.reasons}`,
  ...(disclosure.cannotWait ? [`Why it could not wait: ${disclosure.cannotWait}`] : []),
  ...(disclosure.purpose === nrmPurpose
    ? [
        `${recipient} may then submit it to the Home Office. The police are then notified and record a crime, with the person as the victim. Withdrawing does not undo that.`,
      ]
    : []),
  'Check that sharing is necessary, and that nothing more is shared than needed. Check that the person was asked or informed, unless that would harm somebody.',
];

export function disclosureReviewPage(
  disclosure: Disclosure,
  { agencies, names, knows }: Pick<DisclosurePageData, 'agencies' | 'names' | 'knows'>,
): ReviewPage {
  const once = disclosure.timing === 'at once';
  const recipient = agencyOf(agencies, disclosure.recipient);
  const { shown = [], drafts = [] } = disclosure.plan ?? {};
  const others = listSharedDocuments(shown).filter(({ id }) => !drafts.some(({ paperId }) => paperId === id));
  return {
    title: answerTitle(disclosure),
    caption: recipient,
    lead: reviewLead(disclosure, recipient, names),
    shown: disclosure.plan ? sharedContentRows(disclosure.plan) : [],
    answering: disclosure.plan?.answering,
    drafts: drafts.map(({ on, paper }) => ({ on: longDay(on), paper })),
    papers: others.map(({ id, called }) => ({ text: called, ...(knows && { href: documentPaths.document(id) }) })),
    told: once,
    action: disclosurePaths.answer(disclosure.id),
    cancel: disclosurePaths.disclosure(disclosure.id),
    button: 'Save the answer',
    fields: (ask) => [
      ask.hidden('read', joinDraftDigests(disclosure)),
      once
        ? ask.one('answer', 'Result of your review', [
            { value: 'agrees', text: 'It was right, and it could not wait' },
            { value: 'something was wrong', text: 'Something was wrong' },
          ])
        : ask.one('answer', 'Decision', [
            { value: 'approve', text: 'Approve: your colleague can send it now' },
            { value: 'refuse', text: 'Refuse: nothing is shared' },
          ]),
      ask.words('said', once ? 'If something was wrong, explain it' : 'If you refuse it, the reason', {
        hint: 'Write at least one sentence. Your colleague reads it. It is encrypted.',
        most: 1_000,
      }),
    ],
  };
}

/** Sends it exactly as it was approved: nothing can be typed or changed. */
export const sendPage = (
  disclosure: Disclosure,
  { referral, shown, until }: PreparedReferral,
  agencies: Agencies,
): PreviewPage => ({
  title: `What ${agencyOf(agencies, referral.toAgency)} will see`,
  caption: 'Approved by a second person',
  address: disclosurePaths.sending(disclosure.id),
  back: { href: disclosurePaths.disclosure(disclosure.id), text: 'The approval' },
  to: agencyOf(agencies, referral.toAgency),
  rows: recipientRows(referral, { shown, until }, agencies),
  papers: listSharedDocuments(shown).map(({ id, called }) => ({ href: documentPaths.document(id), text: called })),
  kept: [],
  fixed: true,
});

export const disclosuresPage = (
  waiting: readonly disclosures.DisclosureSummary[],
  {
    agencies,
    names,
    memberId,
    now,
  }: { readonly agencies: Agencies; readonly names: MemberNames; readonly memberId: string; readonly now: Date },
): ListPage => ({
  title: 'Disclosures without consent',
  back: { href: staffSite, text: 'Your work' },
  lead: [
    'Requests to share without consent, and information shared in immediate danger. A second person must answer each.',
  ],
  list: {
    kind: 'table',
    stack: true,
    caption: `Open requests: shared in danger first, then the oldest${waiting.length < disclosures.maxUnfinished ? '' : `. These are the first ${disclosures.maxUnfinished}`}`,
    columns: ['To', 'What for', 'Why that is lawful', 'Asked for by', 'Status'].map((text) => ({ text })),
    rows: waiting.map((one) => [
      { text: agencyOf(agencies, one.recipient), href: disclosurePaths.disclosure(one.id) },
      { text: capital(wordsOf(one.purpose)) },
      { text: capital(basisLabels[one.basis]) },
      { text: one.askedBy === memberId ? 'you' : getMemberName(names, one.askedBy) },
      {
        text: hasExpired(one, now)
          ? 'Expired without approval'
          : `${capital(disclosureStatusLabels[deriveDisclosureStatus(one)])}${one.reviewBy && !one.reviewResult ? `, by ${formatDeadline(one.reviewBy)}` : ''}`,
      },
    ]),
    empty: 'No open requests.',
  },
});
