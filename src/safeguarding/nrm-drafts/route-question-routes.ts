/** Routes for the questions of the fork: one a page, and an adult is only asked with the wording in force on that day. */

import type { z } from 'zod';
import { consentInformationOn } from '../../nrm/index.ts';
import { digest, type UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Answers, answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { MemberId, PersonId } from '../../vocabulary/ids.ts';
import { validateExplanation } from '../../vocabulary/interpreting.ts';
import { accept } from '../../vocabulary/result.ts';
import { findConsentWithInterpreter } from '../consent/store.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import { type OpenedNrmReferral, openNrmReferral } from './audited-reads.ts';
import {
  AbleForm,
  AssessorForm,
  ConsentForm,
  DecisionForm,
  DecisionMakerForm,
  DoubtForm,
  NrmReferralPath,
  QuestionQuery,
} from './forms.ts';
import { answerDoubt, answerQuestion, nextQuestion, type Question, type RouteAnswers } from './nrm-referral.ts';
import { answerRefusals, consentPage, nrmReferralPath, questionPage } from './route-question-pages.ts';
import { lockNrmReferral, saveNrmReferral } from './store.ts';

const formOf = {
  doubt: DoubtForm,
  assessor: AssessorForm,
  able: AbleForm,
  decisionMaker: DecisionMakerForm,
  decision: DecisionForm,
  consent: ConsentForm,
} as const satisfies Record<Question, z.ZodType>;

const wordingChanged: FormErrors = { '': 'The words have changed since. Show or read out these' };

export async function routeQuestionRoutes(app: App, keys: UnitKeys): Promise<void> {
  const opened = async (request: Request, id: OpenedNrmReferral['concern']['id'], of: Question | undefined) => {
    let question = of;
    let before: string | undefined;
    const whole = await openNrmReferral(request, keys, id, async ({ concern, person }) => {
      question ??= nextQuestion(concern, determineAgeTreatment(person, request.today));
      if (question === 'consent') before = await interpreter(request, person.id);
    });
    return { ...whole, age: determineAgeTreatment(whole.person, request.today), question, before };
  };
  /** The interpreter that the same worker recorded for this person within the hour. */
  const interpreter = async (request: Request, id: PersonId): Promise<string | undefined> => {
    const within = { authorId: request.actor.memberId, hour: floorToHour(request.now) };
    const db = request.look('consents.shown', null, { fields: ['interpreter'] });
    const before = await findConsentWithInterpreter(db, keys, [id], within);
    request.returned(before ? [before.id] : []);
    return before?.interpreter ?? undefined;
  };
  const pageOf = (
    request: Request,
    { concern, person, before }: OpenedNrmReferral & { readonly before: string | undefined },
    question: Question,
  ) => {
    const told = consentInformationOn(request.today);
    return (typed?: Answers, errors?: FormErrors): [view: string, model: Model] =>
      question === 'consent'
        ? [
            'safeguarding/nrm-drafts/wording',
            consentPage(concern, told && { ...told, digest: wordsDigest(told) }, { ...person, before }, typed, errors),
          ]
        : ['platform/form', questionPage(concern, question, person.called, typed, errors)];
  };

  app.get(
    '/safeguarding/nrm-referrals/:id/question',
    may('nrm referral.change', NrmReferralPath, QuestionQuery),
    async (request, reply) => {
      const whole = await opened(request, request.params.id, request.query.of);
      const { concern, question, age } = whole;
      const open = question && (nextQuestion(concern, age) === question || concern.fork[question] !== null);
      if (concern.submission || age !== 'adult' || !open) return reply.redirect(nrmReferralPath(concern.id), 303);
      return reply.page(...pageOf(request, whole, question)());
    },
  );

  app.post(
    '/safeguarding/nrm-referrals/:id/question',
    may('nrm referral.change', NrmReferralPath, QuestionQuery),
    async (request, reply) => {
      const whole = await opened(request, request.params.id, request.query.of);
      const { concern, question, age } = whole;
      if (!question) return reply.redirect(nrmReferralPath(concern.id), 303);
      const page = pageOf(request, whole, question);
      const again = (errors: FormErrors) => reply.page(...page(answersOf(request.body), errors));
      const form = readForm(formOf[question], request.body);
      if (!form.ok) return again(form.errors);
      const told = consentInformationOn(request.today);
      if (question === 'consent' && (form.values as { digest: string }).digest !== (told && wordsDigest(told)))
        return again(wordingChanged);
      const noted = { by: request.actor.memberId as MemberId, on: request.today };
      const stood = question === 'consent' ? toConsent(form.values as AnsweredConsent, whole.person) : undefined;
      if (stood && !stood.ok) return again(explanationRefusals[stood.refusal]);
      const given = { ...(stood?.value ?? form.values), ...noted, ...(stood && { wordingId: told?.id }) };
      const saved = await request.change(
        'nrm referral.question answered',
        concern.id,
        async (tx) => {
          const current = await lockNrmReferral(tx, keys, concern.id);
          const { answer: said, why } = form.values as z.output<typeof DoubtForm>;
          const doubt = question === 'doubt' ? answerDoubt(current.fork.doubt, said, why, noted) : undefined;
          if (doubt && !doubt.ok) return doubt;
          const result = answerQuestion(
            current,
            age,
            question,
            (doubt?.value ?? given) as NonNullable<RouteAnswers[Question]>,
          );
          if (result.ok) await saveNrmReferral(tx, keys, result.value);
          return result;
        },
        { fields: [question] },
      );
      if (!saved.ok) return again(answerRefusals[saved.refusal]);
      return reply.redirect(
        nextQuestion(saved.value, age) ? `${nrmReferralPath(concern.id)}/question` : nrmReferralPath(concern.id),
        303,
      );
    },
  );
}

type AnsweredConsent = z.output<typeof ConsentForm>;
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
