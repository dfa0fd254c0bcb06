/** Routes for the questions of the fork: one a page, and an adult is only asked with the wording in force on that day. */

import type { z } from 'zod';
import { consentInformationOn } from '../../nrm/index.ts';
import { digest, type UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, type FormErrors, may, type Request } from '../../platform/http/server.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { MemberId, PersonId } from '../../vocabulary/ids.ts';
import { validateExplanation } from '../../vocabulary/interpreting.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { findConsentWithInterpreter } from '../consent/store.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import { type OpenedNrmReferral, openNrmReferral } from './audited-reads.ts';
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
import { answerRefusals, type ConsentPage, consentPage, questionPage } from './route-question-pages.ts';
import { lockNrmReferral, saveNrmReferral } from './store.ts';

const formOf = {
  doubt: input.DoubtForm,
  assessor: input.AssessorForm,
  able: input.AbleForm,
  decisionMaker: input.DecisionMakerForm,
  decision: input.DecisionForm,
  consent: input.ConsentForm,
} as const satisfies Record<Question, z.ZodType>;

const wordingChanged: FormErrors = { '': 'The words have changed since. Show or read out these' };

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

/** Where no question is open the routes lead elsewhere, and make no page. */
function pageOf(
  { concern, person, before, question = 'doubt' }: OpenedQuestion,
  today: string,
): FormPage | ConsentPage {
  if (question !== 'consent') return questionPage(concern, question, person.called);
  const told = consentInformationOn(today);
  return consentPage(concern, told && { ...told, digest: wordsDigest(told) }, { ...person, before });
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
    check: ({ question }, values, { today }) => {
      const told = consentInformationOn(today);
      const changed = question === 'consent' && (values as AnsweredConsent).digest !== (told && wordsDigest(told));
      return changed ? wordingChanged : undefined;
    },
    page: (known, _typed, _errors, { today }) => pageOf(known, today),
    show: (reply, page) => ('words' in page ? reply.page('safeguarding/nrm-drafts/wording', page) : reply.form(page)),
    saves: 'Answer',
    event: 'nrm referral.question answered',
    subject: ({ concern }) => concern.id,
    details: ({ question = 'doubt' }) => ({ fields: [question] }),
    change: async (tx, known, values, { actor, today }) => {
      const given = explained(known, values, today);
      if (!given.ok) return given;
      const current = await lockNrmReferral(tx, keys, known.concern.id);
      const answered = answerOf(current, known, given.value, { by: actor.memberId as MemberId, on: today });
      if (answered.ok) await saveNrmReferral(tx, keys, answered.value);
      return answered;
    },
    refusals: { ...explanationRefusals, ...answerRefusals },
    next: (saved, { age, concern: { id } }) =>
      nextQuestion(saved, age) ? nrmPaths.question(id) : nrmPaths.referral(id),
  });
}

type Typed = z.output<(typeof formOf)[Question]>;

/** What was typed; a yes or no to the words with how they were explained, and which they were. */
function explained({ question, person }: OpenedQuestion, values: Typed, today: string) {
  if (question !== 'consent') return accept(values);
  const stood = toConsent(values as AnsweredConsent, person);
  return stood.ok ? accept({ ...stood.value, wordingId: consentInformationOn(today)?.id }) : stood;
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
) {
  const stood = validateExplanation(rest, person);
  return stood.ok ? accept({ digest: shown, answer: said, how, ...stood.value }) : stood;
}

/** The stored digest of the wording shown, sentence by sentence. */
const wordsDigest = ({ sentences }: NonNullable<ReturnType<typeof consentInformationOn>>): string =>
  digest(sentences.map(({ says }) => says).join('\n'));
