/** Pages of an officer's referral: where it stands, what comes next, and the law that asks for it. */
import { englishNameOf } from '../../nrm/consent-words/index.ts';
import { decisionSections, stateWords } from '../../nrm/decision-words/index.ts';
import { periodOn, periods, stateOf } from '../../nrm/index.ts';
import type { MemberNames } from '../../platform/forms/correction.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import type { CasePage, Link, PageAction, Section, StateItem } from '../../platform/rendering/pages.ts';
import type { AgeTreatment } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { formatInterpreting, formatLanguage } from '../../vocabulary/interpreting.ts';
import { capital, countWord } from '../../vocabulary/languages/english.ts';
import { arrestPaths, encounterPaths, officerReferralPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { toRows } from '../arrival-and-departure/pages.ts';
import type { OpenedOfficerReferral } from './audited-reads.ts';
import { isComplete, missingEntries, wrongAnswers } from './form/case-draft.ts';
import { caseOf, type OfficerReferral, type Submission, writerOf } from './nrm-referral.ts';
import { sentCorrectionsSection } from './submission/sent-correction-pages.ts';
import { blockedWords, missingWords, wrongAnswerItems } from './submission/submission-pages.ts';

const nameOf = ({ id }: Pick<OfficerReferral, 'id'>): string => `NRM referral ${referenceOf('NRM referral', id)}`;

/** What a colleague of the agency may know. */
export function describeState({ outcome, closedAt }: Pick<OfficerReferral, 'outcome' | 'closedAt'>): string {
  if (!outcome || !closedAt) return 'Draft, not sent yet';
  const when = formatMoment(closedAt);
  if (outcome === 'referral') return `Referred to the NRM, ${when}`;
  return outcome === 'notification'
    ? `Duty to Notify sent, without a name, ${when}`
    : `Closed without sending, ${when}`;
}

const ageWords: Record<AgeTreatment, string> = {
  adult: 'An adult',
  child: 'Under 18: a referral is made, and no consent is needed',
  'not sure': 'Not certain: a child until assessed. A referral is made, and no consent is needed',
};

const dutyWords = {
  statute:
    'The law binds your force to tell the Home Office about every potential victim (Modern Slavery Act 2015, section 52). For an adult who does not agree, that is a Duty to Notify without a name. A referral meets the duty too.',
  policy:
    'Your agency tells the Home Office by its own policy. For an adult who does not agree, that is a Duty to Notify.',
  may: 'No law binds your agency to notify the Home Office; it can.',
} as const;

/** The law names no number of days here: none is invented. */
function dutySection({ duty, made }: OpenedOfficerReferral, today: string): Section {
  const aim = made.route?.kind === 'referral' ? periodOn(periods, 'reasonable grounds due', today) : undefined;
  return {
    kind: 'words',
    title: 'Deadline',
    lead: [
      ...(duty ? [dutyWords[duty]] : []),
      'Safelight knows no number of days for sending it. Send it as soon as you can.',
      ...(aim ? [`The Home Office then decides on reasonable grounds. ${aim.says}`] : []),
    ],
  };
}

function consentWords({ content: { consent, inDoubt, assessment } }: OpenedOfficerReferral): string | null {
  if (consent) {
    const { answer, language, interpreted, interpreter, shownLanguage, on } = consent;
    const shown = shownLanguage ? `; words shown in ${englishNameOf(shownLanguage)} and English` : '';
    return `${capital(answer)}, on ${longDay(on)}${shown}; explained in ${formatLanguage(language)}, ${formatInterpreting(interpreted, interpreter)}`;
  }
  if (!inDoubt) return null;
  if (!assessment) return 'In doubt whether the person can decide: somebody qualified assesses it first';
  if (assessment.able === 'yes') return 'Assessed: the person can decide. Ask them';
  return `Decided in the person’s best interests: ${assessment.decision === 'refer' ? 'to refer' : 'not to refer'}`;
}

const takeOverWords = (
  { takenOverBy, takenOverAt, takenOverWhy }: OfficerReferral,
  names: MemberNames,
): string | null =>
  takenOverAt && `${formatMoment(takenOverAt)} by ${getMemberName(names, takenOverBy)}: ${takenOverWhy}`;

const routeWords = { referral: 'NRM referral', notification: 'Duty to Notify, without a name' } as const;

const describeSubject = ({ arrestId }: Pick<OfficerReferral, 'arrestId'>): string =>
  arrestId ? 'A person who was arrested' : 'A person met at the visit';

const subjectLinks = ({ arrestId, encounterId }: Pick<OfficerReferral, 'arrestId' | 'encounterId'>): Link[] => [
  ...(arrestId ? [{ href: arrestPaths.arrest(arrestId), text: 'Open the arrest' }] : []),
  ...(encounterId ? [{ href: encounterPaths.encounter(encounterId), text: 'Open the person met' }] : []),
];

function statusItem(opened: OpenedOfficerReferral): StateItem {
  const { referral, content, made, responderId } = opened;
  const held = caseOf(content);
  if (referral.outcome)
    return {
      kind: 'good',
      title: describeState(referral),
      text: [
        content.notSent && `Why: ${content.notSent}.`,
        content.submission?.reference && `Number: ${content.submission.reference}.`,
        held && `${stateWords[stateOf(held)]}.`,
      ]
        .filter(Boolean)
        .join(' '),
    };
  if (made.question === 'assessment')
    return {
      kind: 'waiting',
      title: 'To be assessed',
      text: 'Nothing is sent before somebody has assessed whether the person can decide. Help goes on.',
    };
  if (made.question)
    return {
      kind: 'waiting',
      title: 'Ask the person',
      text: 'An adult is referred only if they agree. Nothing is sent before they answer.',
    };
  if (!responderId)
    return {
      kind: 'unwise',
      title: 'Your agency cannot send it',
      text: 'It is not marked as a first responder. An administrator can mark it.',
    };
  if (made.heldBack && made.heldBack.findings.length > 0)
    return {
      kind: 'unwise',
      title: 'Held back',
      text: 'Something in the text could identify the person. The form shows where, and what to write instead.',
    };
  const wrong = wrongAnswers(made).length;
  if (wrong > 0)
    return {
      kind: 'unwise',
      title: wrong === 1 ? 'An answer does not fit' : `${capital(countWord(wrong))} answers do not fit`,
      text: 'Change what is listed below. The form shows each of them.',
    };
  if (made.heldBack) return { kind: 'unwise', title: 'Held back', text: blockedWords[made.heldBack.refusal] };
  const missing = missingEntries(made).length;
  return missing > 0
    ? { kind: 'waiting', title: 'Fill in the form', text: `${capital(missingWords(missing))}.` }
    : {
        kind: 'waiting',
        title: 'Complete: send it',
        text: 'Nothing is missing. Copy the draft into the Home Office’s service, then record here that it was sent.',
      };
}

function listActions({ referral, made, responderId }: OpenedOfficerReferral, own: boolean): PageAction[] {
  const { id, outcome } = referral;
  const drafts: PageAction[] = made.leaving
    ? [
        { href: officerReferralPaths.draft(id), text: 'Read or print the draft', secondary: true },
        { href: officerReferralPaths.export(id), text: 'Export the draft', secondary: true },
      ]
    : [];
  if (!own) return drafts.slice(0, 1);
  if (outcome === 'not sent')
    return [{ post: officerReferralPaths.reopening(id), text: 'Open it again', secondary: true }];
  if (outcome)
    return [
      ...(outcome === 'referral'
        ? [{ href: officerReferralPaths.decision(id), text: 'Record a decision', secondary: true }]
        : []),
      ...drafts,
      { href: officerReferralPaths.sentCorrection(id), text: 'Correct the number or time', secondary: true },
    ];
  const closing = { href: officerReferralPaths.closing(id), text: 'Close it without sending', secondary: true };
  if (made.question === 'assessment')
    return [{ href: officerReferralPaths.assessment(id), text: 'Record the assessment' }, closing];
  if (made.question) return [{ href: officerReferralPaths.consent(id), text: 'Ask for consent' }, closing];
  const complete = isComplete(made);
  return [
    {
      href: officerReferralPaths.form(id),
      text: complete ? 'Change the answers' : 'Fill in the form',
      secondary: complete,
    },
    ...(made.leaving && responderId
      ? [{ href: officerReferralPaths.submission(id), text: 'Record that it was sent', secondary: !complete }]
      : []),
    ...drafts,
    closing,
  ];
}

/** Links to each answer that cannot stay, while somebody can still change it. */
function wrongAnswersSection({ referral: { id, outcome }, made }: OpenedOfficerReferral, own: boolean): Section[] {
  const items = own && !outcome && made.route ? wrongAnswerItems(id, made) : [];
  return items.length > 0 ? [{ kind: 'list', id: 'wrong-answers', title: 'Answers to change', items }] : [];
}

const sentFromWords = (submission: Submission | null): string | null =>
  submission?.sentFrom === 'the form of the Home Office'
    ? 'On the Home Office’s own form, not from here. The draft here is not what was sent'
    : null;

function decisionsOf({ referral, content, names }: OpenedOfficerReferral, today: string): Section[] {
  const held = caseOf(content);
  return held ? decisionSections(held, content.decisions, { aim: referral.decisionDue, today, names }) : [];
}

export function referralPage(opened: OpenedOfficerReferral, today: string, own: boolean): CasePage {
  const { referral, records, content, made, premises, names } = opened;
  const adult = records.age === 'adult';
  const asked = own && adult && !referral.outcome && (content.consent || content.inDoubt);
  return {
    title: nameOf(referral),
    caption: premises,
    back: { href: visitPaths.visit(referral.visitId), text: premises },
    actions: listActions(opened, own),
    sections: [
      { kind: 'states', title: 'Status', items: [statusItem(opened)] },
      ...wrongAnswersSection(opened, own),
      {
        kind: 'summary',
        title: 'The referral',
        rows: toRows([
          ['About', describeSubject(referral)],
          ['Age', ageWords[records.age]],
          ['Consent', adult ? consentWords(opened) : null],
          ['Route', made.route ? routeWords[made.route.kind] : 'Not known until the person is asked'],
          ['Begun', `${formatMoment(referral.recordedAt)} by ${getMemberName(names, referral.recordedBy)}`],
          ['Sent', sentFromWords(content.submission)],
          ['Taken over', takeOverWords(referral, names)],
          ['Kept', 'By the rules of your agency. Safelight erases nothing of it'],
        ]),
        links: [
          ...(asked
            ? [{ href: officerReferralPaths.consent(referral.id), text: 'Change the answer of the person' }]
            : []),
          ...subjectLinks(referral),
        ],
      },
      ...(referral.outcome ? [] : [dutySection(opened, today)]),
      ...decisionsOf(opened, today),
      ...sentCorrectionsSection(content.submission, names),
    ],
  };
}

/** For a colleague of the agency: that there is one and where it stands, and nothing that it says. */
export const statePage = (
  referral: OfficerReferral,
  {
    premises,
    names,
    reviews,
    takes,
  }: {
    readonly premises: string;
    readonly names: MemberNames;
    readonly reviews: boolean;
    readonly takes: boolean;
  },
): CasePage => ({
  title: nameOf(referral),
  caption: premises,
  back: { href: visitPaths.visit(referral.visitId), text: premises },
  actions: [
    ...(takes ? [{ href: officerReferralPaths.takeOver(referral.id), text: 'Take it over', secondary: true }] : []),
    ...(reviews
      ? [{ href: officerReferralPaths.review(referral.id), text: 'Read it, and say why', secondary: true }]
      : []),
  ],
  sections: [
    {
      kind: 'summary',
      title: 'The referral',
      rows: toRows([
        ['About', describeSubject(referral)],
        ['Status', describeState(referral)],
        ['Officer', getMemberName(names, writerOf(referral))],
        ['Begun', `${formatMoment(referral.recordedAt)} by ${getMemberName(names, referral.recordedBy)}`],
        ['Taken over', takeOverWords(referral, names)],
      ]),
      links: subjectLinks(referral),
    },
  ],
});

/** On the page of the visit, for the officer's own agency. */
export const officerReferralsSection = (referrals: readonly OfficerReferral[], names: MemberNames): Section[] =>
  referrals.length === 0
    ? []
    : [
        {
          kind: 'table',
          id: 'nrm-referrals',
          caption: 'NRM referrals',
          stack: true,
          columns: ['Reference', 'Status', 'Officer'].map((text) => ({ text })),
          rows: referrals.map((one) => [
            { text: referenceOf('NRM referral', one.id), href: officerReferralPaths.referral(one.id) },
            { text: describeState(one) },
            { text: getMemberName(names, writerOf(one)) },
          ]),
        },
      ];

/** Begins one in one press, or leads to the one that there is. */
export function referralAction(
  known: Pick<OfficerReferral, 'id' | 'outcome'> | undefined,
  begin: string,
  { may, prompted }: { readonly may: boolean; readonly prompted: boolean },
): PageAction[] {
  if (known)
    return [
      {
        href: officerReferralPaths.referral(known.id),
        text: known.outcome ? 'Open the NRM referral' : 'Go on with the NRM referral',
        secondary: known.outcome !== null || !prompted,
      },
    ];
  return may ? [{ post: begin, text: 'Begin an NRM referral', secondary: !prompted }] : [];
}
