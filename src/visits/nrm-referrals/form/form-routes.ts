/** Fills in the form. Everything typed is kept; what may not be sent gets an error and is not sent. */
import { z } from 'zod';
import { entriesOf, readFormAnswer } from '../../../nrm/form-fields/index.ts';
import type { UnitKeys } from '../../../platform/crypto/crypto.ts';
import { answersOf } from '../../../platform/forms/forms.ts';
import { type App, may, type Request, readForm, saving } from '../../../platform/http/server.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../../vocabulary/result.ts';
import { contentFields, type OpenedOfficerReferral, openOfficerReferral } from '../audited-reads.ts';
import { FormQuery, ReferralPath } from '../forms.ts';
import { withAnswers } from '../nrm-referral.ts';
import { lockOfficerReferral, saveContent } from '../store.ts';
import { buildOfficerDraft, isAsked, missingEntries } from './case-draft.ts';
import { errorsOf, referralFormPage } from './form-pages.ts';

/** Enough for some twenty long answers in one request. */
const longestForm = 1024 * 1024;

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
      const typed = answersOf(request.body);
      const asked = String(typed.asked ?? '').split(' ');
      const saved = await saveAnswers(request, keys, whole, readAnswers(whole, asked, request.body));
      if (!saved.ok)
        return reply.page(
          'visits/nrm-referrals/form',
          referralFormPage(whole, { all: true, typed, errors: closedAlready }),
        );
      // Checked as stored: answers show which questions follow.
      const { records, responderId } = whole;
      const made = buildOfficerDraft(saved.value, records, { responderId, today: request.today });
      const errors = errorsOf(made);
      if (Object.keys(errors).length > 0)
        return reply.page('visits/nrm-referrals/form', referralFormPage({ ...whole, made }, { all: false, errors }));
      const follows = missingEntries(made).some(({ field }) => !asked.includes(field.key));
      return reply.redirect(follows ? officerReferralPaths.form(id) : officerReferralPaths.referral(id), 303);
    },
  );
}

function readAnswers({ made }: OpenedOfficerReferral, asked: readonly string[], body: unknown) {
  const days = readForm(z.record(z.string(), z.unknown()), body);
  const said = days.ok ? days.values : answersOf(body);
  return entriesOf(made.draft)
    .filter((entry) => isAsked(entry, made) && asked.includes(entry.field.key))
    .map(({ field }) => ({ from: field.from, value: readFormAnswer(said[field.key], field) }));
}

const saveAnswers = (
  request: Request,
  keys: UnitKeys,
  { referral: { id }, made }: OpenedOfficerReferral,
  given: ReturnType<typeof readAnswers>,
) =>
  request.change(
    'officer referral.answered',
    id,
    async (tx) => {
      const { referral, content } = await lockOfficerReferral(tx, keys, id);
      if (referral.outcome) return refuse('closed already');
      const next = withAnswers(content, given, made.known);
      await saveContent(tx, keys, id, next);
      return accept(next);
    },
    { fields: contentFields.slice(0, 1) },
  );
