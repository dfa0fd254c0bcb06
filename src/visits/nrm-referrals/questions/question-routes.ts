/** Records whether an adult agrees, or who assessed whether they can decide. */
import { consentInformationOn } from '../../../nrm/index.ts';
import type { UnitKeys } from '../../../platform/crypto/crypto.ts';
import { formRoute } from '../../../platform/forms/form-route.ts';
import type { FormErrors } from '../../../platform/forms/forms.ts';
import { type App, may, type Request } from '../../../platform/http/server.ts';
import type { AgeBasis } from '../../../vocabulary/age.ts';
import { type ExplanationRefusal, otherLanguageCode, validateExplanation } from '../../../vocabulary/interpreting.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { accept, type Result, refuse } from '../../../vocabulary/result.ts';
import { type OpenedOfficerReferral, openOfficerReferral } from '../audited-reads.ts';
import { AssessmentForm, ConsentForm, ReferralPath } from '../forms.ts';
import {
  type Assessment,
  ageOf,
  checkAssessment,
  isAgeEvidenceAsked,
  type ReferralContent,
  routeOf,
} from '../nrm-referral.ts';
import { lockOfficerReferral, saveContent } from '../store.ts';
import { assessmentErrors, assessmentPage, consentErrors, consentPage, wordsDigest } from './question-pages.ts';

export async function referralQuestionRoutes(app: App, keys: UnitKeys): Promise<void> {
  consentRoute(app, keys);
  assessmentRoute(app, keys);
}

/** No consent is asked of a child or of a person who may be one, and none after it was sent. */
const isClosed = ({ referral, records }: OpenedOfficerReferral): boolean =>
  referral.outcome !== null || records.age !== 'adult';

type Said = {
  readonly answer: 'yes' | 'no' | 'in doubt';
  readonly ageBasis?: AgeBasis | undefined;
  readonly language: string | null;
  readonly interpreted: string;
  readonly interpreter: string | null;
};

function consentGaps(
  { subject }: OpenedOfficerReferral,
  { answer, ageBasis, interpreted }: Said,
): FormErrors | undefined {
  const errors: FormErrors = {
    ...(isAgeEvidenceAsked(subject) && !ageBasis && { ageBasis: 'Select how you know that the person is an adult' }),
    ...(answer !== 'in doubt' &&
      interpreted === '' && { interpreted: 'Select who interpreted, or that nobody was needed' }),
  };
  return Object.keys(errors).length > 0 ? errors : undefined;
}

/** The content with the answer. On evidence that makes nobody an adult, no answer is kept: none is needed. */
function withConsent(
  content: ReferralContent,
  { subject, records }: OpenedOfficerReferral,
  said: Said,
  today: string,
): Result<ReferralContent, ExplanationRefusal | 'cannot decide'> {
  const ageBasis = said.ageBasis ?? null;
  const aged = { ...content, ageBasis, consent: null };
  if (ageOf(subject, ageBasis) !== 'adult') return accept({ ...aged, inDoubt: false });
  if (said.answer === 'in doubt') return accept({ ...aged, inDoubt: true, assessment: null });
  if (content.inDoubt && content.assessment?.able === 'no') return refuse('cannot decide');
  const { met, screening } = records;
  const needs = screening?.interpreter ?? met?.interpreter;
  const explained = validateExplanation(
    {
      ...{ language: otherLanguageCode, otherLanguage: said.language },
      ...{ interpreted: said.interpreted, interpreter: said.interpreter },
    },
    { language: met?.language, interpreter: needs && needs !== 'not needed' ? 'needed' : undefined },
    { unreviewed: false }, // The officer reads out the English words.
  );
  const told = consentInformationOn(today);
  if (!explained.ok) return explained;
  const consent = {
    ...explained.value,
    answer: said.answer,
    wordingId: told?.id ?? '',
    digest: wordsDigest(told),
    on: today,
  };
  // A yes or no of somebody who was in doubt before stands only after an assessment that they can decide.
  return accept({ ...aged, inDoubt: content.inDoubt && content.assessment?.able === 'yes', consent });
}

const wordsChanged: FormErrors = {
  '': 'The words have changed since you opened this page. Read them to the person again',
};

function consentRoute(app: App, keys: UnitKeys): void {
  formRoute(app, officerReferralPaths.consent.route, {
    may: may('officer referral.write', ReferralPath),
    load: (request) => openOfficerReferral(request, keys, request.params.id),
    instead: (opened) => (isClosed(opened) ? officerReferralPaths.referral(opened.referral.id) : undefined),
    skip: (opened) => (isClosed(opened) ? officerReferralPaths.referral(opened.referral.id) : undefined),
    form: ConsentForm,
    check: (opened, said, { today }) =>
      said.digest === wordsDigest(consentInformationOn(today)) ? consentGaps(opened, said) : wordsChanged,
    page: (opened, _typed, _errors, { today }) => consentPage(opened, consentInformationOn(today)),
    show: (reply, page) => reply.page('visits/nrm-referrals/consent', page),
    saves: 'Answer',
    event: 'officer referral.consent recorded',
    subject: ({ referral }) => referral.id,
    details: () => ({ fields: ['consent', 'ageBasis'] }),
    change: async (tx, opened, said, { today }) => {
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      if (referral.outcome) return refuse('closed already');
      const next = withConsent(content, opened, said, today);
      if (next.ok) await saveContent(tx, keys, referral.id, next.value);
      return next;
    },
    refusals: consentErrors,
    next: (content, { referral: { id }, subject }) =>
      routeOf(content, ageOf(subject, content.ageBasis))
        ? officerReferralPaths.form(id)
        : officerReferralPaths.referral(id),
  });
}

function assessmentRoute(app: App, keys: UnitKeys): void {
  const isOpen = (opened: OpenedOfficerReferral) => !isClosed(opened) && opened.content.inDoubt;
  formRoute(app, officerReferralPaths.assessment.route, {
    may: may('officer referral.write', ReferralPath),
    load: (request: Request & { readonly params: { readonly id: OpenedOfficerReferral['referral']['id'] } }) =>
      openOfficerReferral(request, keys, request.params.id),
    instead: (opened) => (isOpen(opened) ? undefined : officerReferralPaths.referral(opened.referral.id)),
    skip: (opened) => (isOpen(opened) ? undefined : officerReferralPaths.referral(opened.referral.id)),
    form: AssessmentForm,
    page: (opened) => assessmentPage(opened),
    saves: 'Answer',
    event: 'officer referral.assessment recorded',
    subject: ({ referral }) => referral.id,
    details: () => ({ fields: ['assessment'] }),
    change: async (tx, opened, { assessor, service, able, decisionMaker, decisionService, decision }, { today }) => {
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      if (referral.outcome) return refuse('closed already');
      const cannot = able === 'no';
      const assessment: Assessment = {
        assessor: { name: assessor, service },
        able,
        decisionMaker: cannot && decisionMaker ? { name: decisionMaker, service: decisionService ?? '' } : null,
        decision: cannot ? decision || null : null,
        on: today,
      };
      const may = checkAssessment(assessment);
      if (!may.ok) return may;
      const next = { ...content, assessment };
      await saveContent(tx, keys, referral.id, next);
      return accept(next);
    },
    refusals: assessmentErrors,
    next: (_, { referral }) => officerReferralPaths.referral(referral.id),
  });
}
