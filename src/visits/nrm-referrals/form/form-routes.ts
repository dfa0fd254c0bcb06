/** Fills in the form. Everything typed is kept; what may not be sent gets an error and is not sent. */
import { z } from 'zod';
import { readFormAnswer } from '../../../nrm/form-fields/index.ts';
import type { UnitKeys } from '../../../platform/crypto/crypto.ts';
import { type Answers, answersOf, type FormErrors } from '../../../platform/forms/forms.ts';
import { type App, may, type Request, readForm, saving } from '../../../platform/http/server.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../../vocabulary/result.ts';
import { contentFields, type OpenedOfficerReferral, openOfficerReferral } from '../audited-reads.ts';
import { FormQuery, ReferralPath } from '../forms.ts';
import { type OfficerReferralId, withAnswers } from '../nrm-referral.ts';
import { lockOfficerReferral, saveContent } from '../store.ts';
import { answerableFields, buildOfficerDraft, errorsOf, missingEntries, type OfficerDraft } from './case-draft.ts';
import { type ReferralFormPage, referralFormPage } from './form-pages.ts';
import { compareAnswers, type Given, listCollisions } from './stale-answers.ts';

/** Enough for some twenty long answers in one request. */
const longestForm = 1024 * 1024;

const changedMeanwhile: FormErrors = {
  '': 'Somebody else, or you in another tab, changed some of these answers while you were writing. Yours are not saved yet. Look at what is there now, below, and change yours where you need to. If you save again, yours replace them.',
};
const changedHere = 'This was changed since you opened the page. “What is there now” shows it';

const closedAlready = { '': 'It was sent or closed meanwhile: nothing in it changes any more' };

export async function referralFormRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(
    officerReferralPaths.form.route,
    may('officer referral.write', ReferralPath, FormQuery),
    async (request, reply) => {
      const { id } = request.params;
      const whole = await openOfficerReferral(request, keys, id);
      if (whole.referral.outcome || !whole.made.route) return reply.redirect(officerReferralPaths.referral(id), 303);
      const all = request.query.all === 'yes';
      const errors = errorsOf(whole.made);
      return reply.page('visits/nrm-referrals/form', referralFormPage(whole, { all, looking: true, errors }));
    },
  );

  app.post(
    officerReferralPaths.form.route,
    { ...saving('Answers', may('officer referral.write', ReferralPath)), bodyLimit: longestForm },
    async (request, reply) => {
      const { id } = request.params;
      const whole = await openOfficerReferral(request, keys, id);
      const sent = readSent(whole, request.body);
      const refused = readForm(z.record(z.string(), z.unknown()), request.body);
      if (!refused.ok) return reply.page('visits/nrm-referrals/form', pageAgain(whole, sent, refused.errors));
      const found = { ...whole };
      const saved = await saveAnswers(request, keys, found, sent);
      if (!saved.ok)
        return reply.page(
          'visits/nrm-referrals/form',
          saved.refusal === 'changed meanwhile'
            ? pageAgain(found, sent, changedMeanwhile)
            : referralFormPage(whole, { all: true, typed: sent.typed, errors: closedAlready }),
        );
      // Checked as stored: answers show which questions follow.
      const { records, responderId } = whole;
      const made = buildOfficerDraft(saved.value, records, { responderId, today: request.today });
      const errors = errorsOf(made);
      if (Object.keys(errors).length > 0)
        return reply.page('visits/nrm-referrals/form', referralFormPage({ ...whole, made }, { all: false, errors }));
      return reply.redirect(nextAddress(id, made, sent), 303);
    },
  );
}

type Sent = {
  readonly typed: Answers;
  readonly asked: readonly string[];
  readonly given: readonly Given[];
};

function readSent({ made }: OpenedOfficerReferral, body: unknown): Sent {
  // Without the reason of a refusal, so that the days are read too.
  const typed = Object.fromEntries(Object.entries(answersOf(body)));
  const read = readForm(z.record(z.string(), z.unknown()), typed);
  const said = read.ok ? read.values : typed;
  const asked = String(typed.asked ?? '').split(' ');
  const given = answerableFields(made)
    .filter(({ key }) => asked.includes(key))
    .map((field) => ({ key: field.key, from: field.from, value: readFormAnswer(said[field.key], field) }));
  return { typed, asked, given };
}

/** The form as it was sent, on what is there now. What only somebody else changed is theirs. */
function pageAgain(whole: OpenedOfficerReferral, { typed, asked, given }: Sent, why: FormErrors): ReferralFormPage {
  const compared = compareAnswers(whole, given, typed.base);
  const theirs = new Map(compared.theirs.map(({ key, now }) => [key, now ?? '']));
  const isTheirs = (name: string) => theirs.has(name.replace(/-(day|month|year)$/, ''));
  return referralFormPage(whole, {
    all: false,
    asked,
    typed: {
      ...Object.fromEntries(Object.entries(typed).filter(([name]) => !isTheirs(name))),
      ...Object.fromEntries(theirs),
    },
    errors: { ...Object.fromEntries(compared.collisions.map(({ key }) => [key, changedHere])), ...why },
    meanwhile: listCollisions(whole.made, compared),
  });
}

/** The part that was asked for or the questions that follow, while answers are missing; then the referral. */
function nextAddress(id: OfficerReferralId, made: OfficerDraft, { typed, asked }: Sent): string {
  const missing = missingEntries(made);
  const goesOn =
    typed.nextPart !== undefined ? missing.length > 0 : missing.some(({ field }) => !asked.includes(field.key));
  const part = /^part-[a-z-]+$/.exec(String(typed.nextPart ?? ''))?.[0];
  if (!goesOn) return officerReferralPaths.referral(id);
  return `${officerReferralPaths.form(id)}${part ? `#${part}` : ''}`;
}

/** As it is at the moment of saving. */
type Found = { -readonly [Key in keyof OpenedOfficerReferral]: OpenedOfficerReferral[Key] };

const saveAnswers = (request: Request, keys: UnitKeys, found: Found, { typed, given }: Sent) =>
  request.change(
    'officer referral.answered',
    found.referral.id,
    async (tx) => {
      const { records, responderId } = found;
      const { id } = found.referral;
      const { referral, content } = await lockOfficerReferral(tx, keys, id);
      if (referral.outcome) return refuse('closed already' as const);
      found.content = content;
      found.made = buildOfficerDraft(content, records, { responderId, today: request.today });
      const { kept, collisions } = compareAnswers(found, given, typed.base);
      if (collisions.length > 0) return refuse('changed meanwhile' as const);
      const next = withAnswers(content, kept, found.made.known);
      await saveContent(tx, keys, id, next);
      return accept(next);
    },
    { fields: contentFields.slice(0, 1) },
  );
