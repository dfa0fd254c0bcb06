/** Records that a referral was sent, closes one that is not sent, and opens that again. */
import type { UnitKeys } from '../../../platform/crypto/crypto.ts';
import { buttonRoute, formRoute } from '../../../platform/forms/form-route.ts';
import { type App, may } from '../../../platform/http/server.ts';
import type { MemberId } from '../../../vocabulary/ids.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../../vocabulary/result.ts';
import { getVisit } from '../../store.ts';
import { contentFields, type OpenedOfficerReferral, openOfficerReferral, stateFields } from '../audited-reads.ts';
import { findDecisionDay } from '../decisions/decision-day.ts';
import { buildOfficerDraft, isComplete } from '../form/case-draft.ts';
import { ClosingForm, ReferralPath, SentCorrectionForm, SubmissionForm } from '../forms.ts';
import {
  checkSubmission,
  correctSubmission,
  type ReferralContent,
  type SentFrom,
  type Submission,
} from '../nrm-referral.ts';
import { lockOfficerReferral, saveContent, saveOutcome } from '../store.ts';
import { sentCorrectionErrors, sentCorrectionPage } from './sent-correction-pages.ts';
import { blockedPage, closingPage, digestOf, submissionErrors, submissionPage } from './submission-pages.ts';

export async function referralSubmissionRoutes(app: App, keys: UnitKeys): Promise<void> {
  submissionRoute(app, keys);
  sentCorrectionRoute(app, keys);
  closingRoutes(app, keys);
}

type Sent = {
  readonly digest: string;
  readonly reference: string | null;
  readonly sentAt: Date;
  readonly sentFrom?: SentFrom | undefined;
};

/** Freezes the draft as it was sent. Refuses one that is held back, incomplete, or another than the one that was read. */
function freeze(content: ReferralContent, { records, responderId }: OpenedOfficerReferral, said: Sent, today: string) {
  const made = buildOfficerDraft(content, records, { responderId, today });
  const { leaving, route, form, known } = made;
  if (!leaving || !route || !responderId) return refuse('held back' as const);
  if (said.digest !== digestOf(leaving)) return refuse('another draft' as const);
  const complete = isComplete(made);
  if (!complete && !said.sentFrom) return refuse('incomplete' as const);
  const submission: Submission = {
    way: route.kind,
    ground: route.ground,
    referredAs: records.age,
    responderId,
    formId: form.id,
    facts: { ...known, ...content.answers },
    digest: digestOf(leaving),
    reference: said.reference,
    sentAt: said.sentAt,
    ...(!complete && { sentFrom: said.sentFrom }),
  };
  return accept({ ...content, submission });
}

function submissionRoute(app: App, keys: UnitKeys): void {
  const ended = ({ referral, responderId }: OpenedOfficerReferral) =>
    referral.outcome || !responderId ? officerReferralPaths.referral(referral.id) : undefined;
  formRoute(app, officerReferralPaths.submission.route, {
    may: may('officer referral.write', ReferralPath),
    load: (request) => openOfficerReferral(request, keys, request.params.id),
    instead: (opened) => ended(opened) ?? (opened.made.leaving ? undefined : blockedPage(opened)),
    // The same address then says what stops it.
    skip: (opened) =>
      ended(opened) ?? (opened.made.leaving ? undefined : officerReferralPaths.submission(opened.referral.id)),
    form: SubmissionForm,
    page: (opened, _typed, _errors, { now }) => submissionPage(opened, now),
    saves: 'NRM referral',
    event: 'officer referral.sent',
    subject: ({ referral }) => referral.id,
    details: ({ made }) => ({
      kind: 'disclosure',
      fields: ['submission', made.route?.kind ?? ''],
      reason: 'for the National Referral Mechanism',
    }),
    change: async (tx, opened, said, { now, today }) => {
      const visit = await getVisit(tx, opened.referral.visitId);
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      const allowed = checkSubmission(referral, said.sentAt, { arrivedAt: visit.arrivedAt, now });
      if (!allowed.ok) return allowed;
      const sent = freeze(content, opened, said, today);
      if (!sent.ok) return sent;
      await saveContent(tx, keys, referral.id, sent.value);
      const decisionDue = await findDecisionDay(sent.value);
      const { way: outcome, referredAs } = sent.value.submission;
      await saveOutcome(tx, referral.id, { outcome, closedAt: said.sentAt, decisionDue, referredAs });
      return sent;
    },
    refusals: submissionErrors,
    next: (_, { referral }) => officerReferralPaths.referral(referral.id),
  });
}

/** A wrong number or time. The earlier ones are kept with who corrected them, when and why. */
function sentCorrectionRoute(app: App, keys: UnitKeys): void {
  const elsewhere = ({ referral, content }: OpenedOfficerReferral) =>
    content.submission ? undefined : officerReferralPaths.referral(referral.id);
  formRoute(app, officerReferralPaths.sentCorrection.route, {
    may: may('officer referral.write', ReferralPath),
    load: (request) => openOfficerReferral(request, keys, request.params.id),
    instead: elsewhere,
    skip: elsewhere,
    form: SentCorrectionForm,
    page: sentCorrectionPage,
    saves: 'NRM referral',
    event: 'officer referral.submission corrected',
    subject: ({ referral }) => referral.id,
    details: () => ({ fields: ['submission', 'closedAt'] }),
    change: async (tx, opened, { why, ...said }, { actor, now }) => {
      const { arrivedAt } = await getVisit(tx, opened.referral.visitId);
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      const noted = { by: actor.memberId as MemberId, why };
      const corrected = correctSubmission(content, said, noted, { arrivedAt, now });
      if (!corrected.ok) return corrected;
      const next = { ...content, submission: corrected.value };
      await saveContent(tx, keys, referral.id, next);
      await saveOutcome(tx, referral.id, { closedAt: said.sentAt, decisionDue: await findDecisionDay(next) });
      return corrected;
    },
    refusals: sentCorrectionErrors,
    next: (_, { referral }) => officerReferralPaths.referral(referral.id),
  });
}

function closingRoutes(app: App, keys: UnitKeys): void {
  formRoute(app, officerReferralPaths.closing.route, {
    may: may('officer referral.write', ReferralPath),
    load: (request) => openOfficerReferral(request, keys, request.params.id),
    instead: ({ referral }) => (referral.outcome ? officerReferralPaths.referral(referral.id) : undefined),
    form: ClosingForm,
    page: ({ referral, premises }) => closingPage(referral, premises),
    saves: 'NRM referral',
    event: 'officer referral.closed',
    subject: ({ referral }) => referral.id,
    details: (_, { why }) => ({ fields: stateFields, reason: why }),
    change: async (tx, opened, { why }, { now }) => {
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      if (referral.outcome) return refuse('closed already');
      await saveContent(tx, keys, referral.id, { ...content, notSent: why });
      await saveOutcome(tx, referral.id, { outcome: 'not sent', closedAt: now });
      return accept(true);
    },
    refusals: { 'closed already': submissionErrors['closed already'] },
    next: (_, { referral }) => officerReferralPaths.referral(referral.id),
  });

  buttonRoute(app, officerReferralPaths.reopening.route, {
    may: may('officer referral.write', ReferralPath),
    load: (request) => openOfficerReferral(request, keys, request.params.id),
    saves: 'NRM referral',
    event: 'officer referral.opened again',
    subject: ({ referral }) => referral.id,
    details: () => ({ fields: [...stateFields, ...contentFields] }),
    change: async (tx, opened) => {
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      if (referral.outcome !== 'not sent') return refuse('not closed');
      await saveContent(tx, keys, referral.id, { ...content, notSent: null });
      await saveOutcome(tx, referral.id, { outcome: null, closedAt: null });
      return accept(true);
    },
    refused: (_, { referral }) => officerReferralPaths.referral(referral.id),
    next: (_, { referral }) => officerReferralPaths.referral(referral.id),
  });
}
