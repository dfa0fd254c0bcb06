/** Records whether an adult agrees, or who assessed whether they can decide. */
import {
  digestOfWording,
  englishReferralWording,
  isUnreviewedTranslation,
  largeWordsPage,
  type ShownWords,
  suggestWordingLanguage,
  translateReferralWording,
  wordsChanged,
  wordsIn,
} from '../../../nrm/consent-words/index.ts';
import { consentInformationOn } from '../../../nrm/index.ts';
import type { UnitKeys } from '../../../platform/crypto/crypto.ts';
import { formRoute } from '../../../platform/forms/form-route.ts';
import type { FormErrors } from '../../../platform/forms/forms.ts';
import { type App, may, type Request } from '../../../platform/http/server.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import type { AgeBasis } from '../../../vocabulary/age.ts';
import { type ExplanationRefusal, otherLanguageCode, validateExplanation } from '../../../vocabulary/interpreting.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { accept, type Result, refuse } from '../../../vocabulary/result.ts';
import { type OpenedOfficerReferral, openOfficerReferral } from '../audited-reads.ts';
import { AssessmentForm, ConsentForm, ReferralPath, WordsQuery } from '../forms.ts';
import {
  type Assessment,
  ageOf,
  checkAssessment,
  isAgeEvidenceAsked,
  type ReferralContent,
  routeOf,
} from '../nrm-referral.ts';
import { lockOfficerReferral, saveContent } from '../store.ts';
import { assessmentErrors, assessmentPage, consentErrors, consentPage, speaksOf } from './question-pages.ts';

export async function referralQuestionRoutes(app: App, keys: UnitKeys): Promise<void> {
  consentRoute(app, keys);
  largeTypeRoute(app, keys);
  assessmentRoute(app, keys);
}

/** No consent is asked of a child or of a person who may be one, and none after it was sent. */
const isClosed = ({ referral, records }: OpenedOfficerReferral): boolean =>
  referral.outcome !== null || records.age !== 'adult';

type WordsToday = ShownWords & { readonly wordingId: string };

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
  opened: OpenedOfficerReferral,
  said: Said,
  words: WordsToday | undefined,
  today: string,
): Result<ReferralContent, ExplanationRefusal | 'cannot decide'> {
  const { subject } = opened;
  const ageBasis = said.ageBasis ?? null;
  const aged = { ...content, ageBasis, consent: null };
  if (ageOf(subject, ageBasis) !== 'adult') return accept({ ...aged, inDoubt: false });
  if (said.answer === 'in doubt') return accept({ ...aged, inDoubt: true, assessment: null });
  if (content.inDoubt && content.assessment?.able === 'no') return refuse('cannot decide');
  const explained = validateExplanation(
    {
      ...{ language: otherLanguageCode, otherLanguage: said.language },
      ...{ interpreted: said.interpreted, interpreter: said.interpreter },
    },
    speaksOf(opened),
    { unreviewed: said.answer === 'yes' && words !== undefined && isUnreviewedTranslation(words) },
  );
  if (!explained.ok) return explained;
  const consent = {
    ...explained.value,
    answer: said.answer,
    wordingId: words?.wordingId ?? '',
    digest: words ? digestOfWording(words) : '',
    shownLanguage: words?.shownLanguage ?? null,
    shownWording: words?.shownWording ?? null,
    on: today,
  };
  // A yes or no of somebody who was in doubt before stands only after an assessment that they can decide.
  return accept({ ...aged, inDoubt: content.inDoubt && content.assessment?.able === 'yes', consent });
}

type Asked = Request & { readonly query: { readonly shown?: string | undefined } };

/** The language that the officer picked, or that the visit recorded. */
const languageOf = ({ query }: Asked, opened: OpenedOfficerReferral): string =>
  query.shown ?? suggestWordingLanguage(speaksOf(opened)) ?? otherLanguageCode;

/** The words in force today, in English and in the language of the person. Undefined on a day without words. */
function wordsToday(request: Asked, opened: OpenedOfficerReferral): WordsToday | undefined {
  const told = consentInformationOn(request.today);
  if (!told) return undefined;
  const words = wordsIn(languageOf(request, opened), englishReferralWording(told), (code) =>
    translateReferralWording(told, code),
  );
  return { ...words, wordingId: told.id };
}

function consentRoute(app: App, keys: UnitKeys): void {
  formRoute(app, officerReferralPaths.consent.route, {
    may: may('officer referral.write', ReferralPath, WordsQuery),
    load: (request) => openOfficerReferral(request, keys, request.params.id),
    instead: (opened) => (isClosed(opened) ? officerReferralPaths.referral(opened.referral.id) : undefined),
    skip: (opened) => (isClosed(opened) ? officerReferralPaths.referral(opened.referral.id) : undefined),
    form: ConsentForm,
    check: (opened, said, request) => {
      const words = wordsToday(request, opened);
      return words && said.digest === digestOfWording(words) ? consentGaps(opened, said) : wordsChanged;
    },
    page: (opened, _typed, _errors, request) =>
      consentPage(opened, wordsToday(request, opened), languageOf(request, opened)),
    show: (reply, page) => reply.page('nrm/consent-words/wording', page),
    saves: 'Answer',
    event: 'officer referral.consent recorded',
    subject: ({ referral }) => referral.id,
    details: () => ({ fields: ['consent', 'ageBasis'] }),
    change: async (tx, opened, said, request) => {
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      if (referral.outcome) return refuse('closed already');
      const next = withConsent(content, opened, said, wordsToday(request, opened), request.today);
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

/** The same words in very large type, to show at arm's length. */
function largeTypeRoute(app: App, keys: UnitKeys): void {
  const asks = may('officer referral.write', ReferralPath, WordsQuery);
  app.get(officerReferralPaths.largeType.route, asks, async (request, reply) => {
    const opened = await openOfficerReferral(request, keys, request.params.id);
    const back = officerReferralPaths.consent(opened.referral.id);
    const words = isClosed(opened) ? undefined : wordsToday(request, opened);
    if (!words) return reply.redirect(back, 303);
    const shown = withQuery(back, { shown: languageOf(request, opened) });
    return reply.page('nrm/consent-words/large-words', largeWordsPage(words, shown));
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
