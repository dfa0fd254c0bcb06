/** Routes for the questions of the fork: one a page, and an adult is only asked with the wording in force on that day. */

import type { z } from 'zod';
import {
  digestOfWording,
  englishReferralWording,
  isUnreviewedTranslation,
  type ShownWords,
  suggestWordingLanguage,
  translateReferralWording,
  type WordingPage,
  wordsChanged,
  wordsIn,
} from '../../nrm/consent-words/index.ts';
import { consentInformationOn } from '../../nrm/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { MemberId, PersonId } from '../../vocabulary/ids.ts';
import { otherLanguageCode, validateExplanation } from '../../vocabulary/interpreting.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { findConsentWithInterpreter } from '../consent/store.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import { findNextPart } from '../nrm-form/parts.ts';
import { type OpenedNrmReferral, openNrmReferral } from './audited-reads.ts';
import { buildCaseDraft } from './draft.ts';
import * as input from './forms.ts';
import {
  type AnswerRefusal,
  answerDoubt,
  answerQuestion,
  type NrmReferral,
  nextQuestion,
  type Question,
  type RouteAnswers,
} from './nrm-referral.ts';
import { answerRefusals, consentPage, questionPage } from './route-question-pages.ts';
import { lockNrmReferral, saveNrmReferral } from './store.ts';

const formOf = {
  doubt: input.DoubtForm,
  assessor: input.AssessorForm,
  able: input.AbleForm,
  decisionMaker: input.DecisionMakerForm,
  decision: input.DecisionForm,
  consent: input.ConsentForm,
} as const satisfies Record<Question, z.ZodType>;

/** The interpreter that the same worker recorded for this person within the hour. */
async function findInterpreter(request: Request, keys: UnitKeys, id: PersonId): Promise<string | undefined> {
  const within = { authorId: request.actor.memberId, hour: floorToHour(request.now) };
  const db = request.look('consents.shown', null, { fields: ['interpreter'] });
  const before = await findConsentWithInterpreter(db, keys, [id], within);
  request.returned(before ? [before.id] : []);
  return before?.interpreter ?? undefined;
}

/** The referral with the question asked for, or the next one; undefined where none is open. */
async function openQuestion(request: Request, keys: UnitKeys, id: NrmReferral['id'], of: Question | undefined) {
  let question = of;
  let before: string | undefined;
  const whole = await openNrmReferral(request, keys, id, async ({ concern, person }) => {
    question ??= nextQuestion(concern, determineAgeTreatment(person, request.today));
    if (question === 'consent') before = await findInterpreter(request, keys, person.id);
  });
  return { ...whole, age: determineAgeTreatment(whole.person, request.today), question, before };
}
type OpenedQuestion = Awaited<ReturnType<typeof openQuestion>>;

type Asked = Request & { readonly query: { readonly shown?: string | undefined } };

/** The language that the member picked, or that the record suggests. */
const languageOf = ({ query }: Asked, { person }: OpenedQuestion): string =>
  query.shown ?? suggestWordingLanguage(person) ?? otherLanguageCode;

/** The words in force today, in English and in the language of the person. Undefined on a day without words. */
function wordsToday(request: Asked, known: OpenedQuestion): (ShownWords & { readonly wordingId: string }) | undefined {
  const told = consentInformationOn(request.today);
  if (!told) return undefined;
  const words = wordsIn(languageOf(request, known), englishReferralWording(told), (code) =>
    translateReferralWording(told, code),
  );
  return { ...words, wordingId: told.id };
}

/** Where no question is open the routes lead elsewhere, and make no page. */
function pageOf(known: OpenedQuestion, request: Asked): FormPage | WordingPage {
  const { concern, person, before, question = 'doubt' } = known;
  if (question !== 'consent') return questionPage(concern, question, person.called);
  return consentPage(concern, wordsToday(request, known), { ...person, before, shown: languageOf(request, known) });
}

export async function routeQuestionRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, nrmPaths.question.route, {
    may: may('nrm referral.change', input.NrmReferralPath, input.QuestionQuery),
    load: (request) => openQuestion(request, keys, request.params.id, request.query.of),
    instead: ({ concern, question, age }) => {
      const open = question && (nextQuestion(concern, age) === question || concern.fork[question] !== null);
      return concern.submission || age !== 'adult' || !open ? nrmPaths.referral(concern.id) : undefined;
    },
    skip: ({ concern, question }) => (question ? undefined : nrmPaths.referral(concern.id)),
    form: ({ question = 'doubt' }) => formOf[question],
    check: (known, values, request) => {
      if (known.question !== 'consent') return undefined;
      const words = wordsToday(request, known);
      return words && (values as AnsweredConsent).digest === digestOfWording(words) ? undefined : wordsChanged;
    },
    page: (known, _typed, _errors, request) => pageOf(known, request),
    show: (reply, page) => ('versions' in page ? reply.page('nrm/consent-words/wording', page) : reply.form(page)),
    saves: 'Answer',
    event: 'nrm referral.question answered',
    subject: ({ concern }) => concern.id,
    details: ({ question = 'doubt' }) => ({ fields: [question] }),
    change: async (tx, known, values, request) => {
      const { actor, today } = request;
      const given = explained(known, values, wordsToday(request, known));
      if (!given.ok) return given;
      const current = await lockNrmReferral(tx, keys, known.concern.id);
      const answered = answerOf(current, known, given.value, { by: actor.memberId as MemberId, on: today });
      if (answered.ok) await saveNrmReferral(tx, keys, answered.value);
      return answered;
    },
    refusals: { ...explanationRefusals, ...answerRefusals },
    next: (saved, known) => findNextPage(saved, known),
  });
}

/** The next question. After a yes, the first part of the form that lacks an answer. */
function findNextPage(saved: NrmReferral, { age, earlier, person, by }: OpenedQuestion): string {
  if (nextQuestion(saved, age)) return nrmPaths.question(saved.id);
  const part =
    saved.fork.consent?.answer === 'yes' ? findNextPart(buildCaseDraft(saved, earlier, person, by)) : undefined;
  return part ? nrmPaths.part(saved.id, String(part.number)) : nrmPaths.referral(saved.id);
}

type Typed = z.output<(typeof formOf)[Question]>;

/** What was typed; a yes or no to the words with how they were explained, and the words. */
function explained({ question, person }: OpenedQuestion, values: Typed, words: ReturnType<typeof wordsToday>) {
  if (question !== 'consent') return accept(values);
  const stood = toConsent(values as AnsweredConsent, person, words);
  if (!stood.ok) return stood;
  // The dated rules keep the English under this id.
  const { wordingId, shownWording, shownLanguage } = words ?? {};
  return accept({ ...stood.value, wordingId, shownWording, shownLanguage });
}

/** A doubt keeps the doubt before it; every other answer stands for itself. */
function answerOf(
  current: NrmReferral,
  { question = 'doubt', age }: OpenedQuestion,
  given: Typed | AnsweredConsent,
  noted: { readonly by: MemberId; readonly on: string },
): Result<NrmReferral, AnswerRefusal> {
  const said = given as z.output<typeof input.DoubtForm>;
  const doubt = question === 'doubt' ? answerDoubt(current.fork.doubt, said.answer, said.why, noted) : undefined;
  if (doubt && !doubt.ok) return doubt;
  const answer = doubt?.value ?? { ...given, ...noted };
  return answerQuestion(current, age, question, answer as NonNullable<RouteAnswers[Question]>);
}

type AnsweredConsent = z.output<typeof input.ConsentForm>;
/** The answer with how it was explained, stored together. */
function toConsent(
  { digest: shown, answer: said, how, ...rest }: AnsweredConsent,
  person: OpenedNrmReferral['person'],
  words: ReturnType<typeof wordsToday>,
) {
  const unreviewed = said === 'yes' && words !== undefined && isUnreviewedTranslation(words);
  const stood = validateExplanation(rest, person, { unreviewed });
  return stood.ok ? accept({ digest: shown, answer: said, how, ...stood.value }) : stood;
}
