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
  'waits for approval': 'Asked for without being agreed',
  refused: 'Asked for without being agreed',
  approved: 'Approved without being agreed',
};

/** A referral can also ask the agency to take over the person’s case; the second person must see that too. */
function sharedContentRows({ shown, form }: DisclosurePlan): SummaryRow[] {
  const { handOver } = (form ?? {}) as Partial<ReferralAnswers>;
  const who = handOver ? 'they, from when they take this on' : 'the agency that asks, as before';
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
    title: expired ? 'Ran out' : capital(disclosureStatusLabels[standing]),
    text: expired
      ? 'Nobody approved it while the time lasted: nobody was told. Ask for it anew if it is still needed.'
      : describeNextStep(disclosure, {
          second: answers ? '' : ` ${describeSecondPersons(seconds)}`,
          late: isReviewLate(disclosure, now),
        }),
  };
  return { kind: 'states', title: 'How it stands', items: [item] };
}

const groundsSection = (disclosure: Disclosure, names: MemberNames): Section => ({
  kind: 'summary',
  rows: summaryRows([
    ['Why that is lawful', basisLabels[disclosure.basis]],
    ['In words', disclosure.reasons],
    ['Asked for by', `${getMemberName(names, disclosure.askedBy)}, ${formatHour(disclosure.askedAt)}`],
    ['What', listOf(wordsOfAll(disclosure.items))],
    ['What for', wordsOf(disclosure.purpose)],
    ['Until', formatLastDay(disclosure.until)],
    ...(disclosure.cannotWait ? ([['Why it could not wait', disclosure.cannotWait]] as const) : []),
    ...(disclosure.reviewBy && !disclosure.looked
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
    title: (sent ? undefined : titles[standing]) ?? 'Told without being agreed',
    ...(done === 'answered' && { done: `Kept. ${getMemberName(names, disclosure.askedBy)} reads your answer here.` }),
    caption: agencyOf(agencies, disclosure.recipient),
    back: knows
      ? { href: consentPaths.overview(disclosure.personId), text: 'Consent and disclosures' }
      : { href: disclosurePaths.list(), text: 'Disclosures without consent' },
    lead: ['Not to be shown to the person as it stands: it may say what somebody else has said or done.'],
    actions: [
      ...(answers && !hasExpired(disclosure, now)
        ? [{ href: disclosurePaths.answer(id), text: answerTitle(disclosure) }]
        : []),
      ...(plan?.answering && (answers || knows) ? [{ ...plan.answering, secondary: true }] : []),
      ...(sends ? [{ href: findSendingRoute(disclosure).send, text: 'See it once more, and send it' }] : []),
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
  disclosure: Pick<Disclosure, 'told' | 'approvedAt' | 'refusedAt' | 'looked' | 'until'>,
  now: Date,
) => deriveDisclosureStatus(disclosure) === 'waits for approval' && now >= disclosure.until;

function describeNextStep(
  disclosure: Disclosure,
  { second, late }: { readonly second: string; readonly late: boolean },
): string {
  const standing = deriveDisclosureStatus(disclosure);
  if (standing === 'waits for approval')
    return `Nobody approves what she asked for herself.${second} In danger now ring 999: nobody has to wait for this page to save a life.`;
  if (standing === 'to be looked at')
    return `${late ? 'The time for it is over. ' : ''}Whoever told it does not judge it herself.${second}`;
  if (standing === 'approved')
    return wasSent(disclosure)
      ? 'Whoever asked for it has sent it.'
      : 'Whoever asked for it sends it, as it stood when it was approved.';
  return standing === 'something was wrong' ? describeCorrection(disclosure.purpose) : 'Nothing waits here.';
}

/** What goes to custody or police is kept here only until it was sent. */
const wasSent = (disclosure: Disclosure): boolean =>
  findSendingRoute(disclosure).sent !== undefined && disclosure.approvedAt !== null && disclosure.plan === null;

function describeCorrection(purpose: Disclosure['purpose']): string {
  if (purpose === policePurpose)
    return 'What police were told cannot be taken back. Ask who answers for data what is to be done.';
  if (purpose === custodyPurpose)
    return 'Take the notice back on its own page: custody is then told that it holds no longer.';
  return 'What can still be seen is taken back on the page of the request.';
}

const reviewRows = (
  { approvedBy, approvedAt, refusedBy, refusedAt, reviewedBy, reviewedAt, looked, said, told }: Disclosure,
  names: MemberNames,
): (readonly [string, string])[] => [
  ...(approvedAt && told !== 'at once'
    ? ([['Approved by', `${getMemberName(names, approvedBy)}, ${formatHour(approvedAt)}`]] as const)
    : []),
  ...(refusedAt ? ([['Refused by', `${getMemberName(names, refusedBy)}, ${formatHour(refusedAt)}`]] as const) : []),
  ...(reviewedAt && looked
    ? ([
        ['Looked at by', `${getMemberName(names, reviewedBy)}, ${formatHour(reviewedAt)}`],
        ['What was found', capital(looked)],
      ] as const)
    : []),
  ...(said ? ([[refusedAt ? 'Why it was refused' : 'What was wrong', said]] as const) : []),
];

const answerTitle = ({ told }: Disclosure): string =>
  told === 'at once' ? 'Say what you find' : 'Approve or refuse it';

export const reviewRefusals: Record<ReviewRefusal | 'unread' | 'changed', FormErrors> = {
  unread: { '': 'Nothing was kept: read the draft first. It stands on this page as it would go' },
  changed: {
    '': 'Nothing was sent: the draft is not the one that was approved. Hand it anew from the concern, and ask for approval of that',
  },
  'not yours': { '': 'Somebody of the agency that tells answers this' },
  'who asked': { '': 'Nobody answers what she asked for herself: ask somebody else' },
  'answered already': { '': 'Somebody has answered this already. Look at what was answered' },
  over: { '': 'The time for which it was asked is over. Nothing was approved' },
  unsaid: { said: 'Write at least a sentence, so that whoever asked can do better' },
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
  `${getMemberName(names, disclosure.askedBy)} ${disclosure.told === 'at once' ? 'told' : 'asks to tell'} ${recipient} this: ${listOf(wordsOfAll(disclosure.items))}; ${wordsOf(disclosure.purpose)}, until ${formatLastDay(disclosure.until)}.`,
  `Why that is lawful: ${disclosure.reasons.toLowerCase().startsWith(basisLabels[disclosure.basis]) ? '' : `${basisLabels[disclosure.basis]}. `}${disclosure.reasons}`,
  ...(disclosure.cannotWait ? [`Why it could not wait: ${disclosure.cannotWait}`] : []),
  ...(disclosure.purpose === nrmPurpose
    ? [
        `${recipient} may then submit it to the Home Office. The police are then told and record a crime, with the person as the victim. Taking it back does not undo that.`,
      ]
    : []),
  'Is it necessary, is it no more than is needed, and was the person asked or told, unless that would harm somebody?',
];

export function disclosureReviewPage(
  disclosure: Disclosure,
  { agencies, names, knows }: Pick<DisclosurePageData, 'agencies' | 'names' | 'knows'>,
): ReviewPage {
  const once = disclosure.told === 'at once';
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
    button: 'Keep this answer',
    fields: (ask) => [
      ask.hidden('read', joinDraftDigests(disclosure)),
      once
        ? ask.one('answer', 'What do you find?', [
            { value: 'agrees', text: 'It was right, and it could not wait' },
            { value: 'something was wrong', text: 'Something was wrong' },
          ])
        : ask.one('answer', 'Do you approve it?', [
            { value: 'approve', text: 'Yes: whoever asked can send it now' },
            { value: 'refuse', text: 'No: nobody is told' },
          ]),
      ask.words('said', once ? 'If something was wrong, what' : 'If you refuse it, why', {
        hint: 'At least a sentence. Whoever asked reads it. Kept under seal.',
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
  back: { href: disclosurePaths.disclosure(disclosure.id), text: 'Why, and who approved it' },
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
    'What somebody asks to tell without the person’s yes, and what was told at once in danger. A second person answers each; nobody answers her own.',
  ],
  list: {
    kind: 'table',
    stack: true,
    caption: `Not finished: what was told at once, then the oldest first${waiting.length < disclosures.maxUnfinished ? '' : `. These are the first ${disclosures.maxUnfinished}: what is answered makes room for more`}`,
    columns: ['To', 'What for', 'Why that is lawful', 'Asked for by', 'Where it stands'].map((text) => ({ text })),
    rows: waiting.map((one) => [
      { text: agencyOf(agencies, one.recipient), href: disclosurePaths.disclosure(one.id) },
      { text: capital(wordsOf(one.purpose)) },
      { text: capital(basisLabels[one.basis]) },
      { text: one.askedBy === memberId ? 'you' : getMemberName(names, one.askedBy) },
      {
        text: hasExpired(one, now)
          ? 'Ran out: nobody approved it'
          : `${capital(disclosureStatusLabels[deriveDisclosureStatus(one)])}${one.reviewBy && !one.looked ? `, by ${formatDeadline(one.reviewBy)}` : ''}`,
      },
    ]),
    empty: 'Nothing waits.',
  },
});
