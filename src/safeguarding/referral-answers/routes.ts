/** Deciding and finishing a referral: by the recipient, or by the sender if the recipient has no member in Safelight. Read, decide, change, answer. */

import { dayOf } from '../../platform/clock.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { draftGroup } from '../../vocabulary/information-shared.ts';
import { createOutcomeMessage } from '../documents/referred-documents.ts';
import { DecisionForm, FinishForm, ReferralPath } from '../referrals/forms.ts';
import { referralRefusals } from '../referrals/pages.ts';
import { composeFinishMessage, decide, finish, type Referral } from '../referrals/referral.ts';
import { isGrantInForce, mayDecide, openReferral } from '../referrals/routes.ts';
import { addMessage, lockReferral, saveDecision } from '../referrals/store.ts';
import { decidePage, endRefusals, finishPage } from './pages.ts';

export async function decisionRoutes(app: App, { keys }: AreaParts): Promise<void> {
  const opened = async (request: Request, id: Referral['id']) => {
    const { referral, grant } = await openReferral(request, keys, id);
    if (!mayDecide(request, referral) || !isGrantInForce(grant, request)) throw notFound('referral');
    const askedOn = dayOf(grant?.madeAt ?? request.now);
    return { ...referral, submits: grant?.items.includes(draftGroup) ?? false, askedOn, today: request.today };
  };
  app.get('/safeguarding/referrals/:id/decide', may('referral.decide', ReferralPath), async (request, reply) =>
    reply.page('platform/form', decidePage(await opened(request, request.params.id))),
  );
  app.post('/safeguarding/referrals/:id/decide', may('referral.decide', ReferralPath), async (request, reply) => {
    const referral = await opened(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', decidePage(referral, answersOf(request.body), errors));
    const form = readForm(DecisionForm, request.body);
    if (!form.ok) return again(form.errors);
    const { decision, reason } = form.values;
    const decided = await request.change(
      'referral.decided',
      referral.id,
      async (tx) => {
        const current = await lockReferral(tx, keys, referral.id);
        const by = request.actor.memberId as MemberId;
        const result = decide(current, decision, reason, by, floorToHour(request.now));
        if (result.ok) await saveDecision(tx, keys, result.value);
        return result;
      },
      { fields: ['state', 'reason'] },
    );
    if (!decided.ok) return again(referralRefusals[decided.refusal]);
    // After declining, the agency can no longer see the referral.
    const list = decision === 'declined' && !referral.outside;
    return reply.redirect(`/staff/safeguarding/referrals${list ? '' : `/${referral.id}`}?done=${decision}`, 303);
  });

  app.get('/safeguarding/referrals/:id/finish', may('referral.decide', ReferralPath), async (request, reply) =>
    reply.page('platform/form', finishPage(await opened(request, request.params.id))),
  );
  app.post('/safeguarding/referrals/:id/finish', may('referral.decide', ReferralPath), async (request, reply) => {
    const referral = await opened(request, request.params.id);
    const form = readForm(FinishForm, request.body);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', finishPage(referral, answersOf(request.body), errors));
    if (!form.ok) return again(form.errors);
    const { outcome } = form.values;
    const said = composeFinishMessage(form.values, referral);
    if (!said.ok) return again(endRefusals[said.refusal]);
    const message = said.value ? createOutcomeMessage(request, referral.id, said.value) : undefined;
    const done = await request.change(
      'referral.finished',
      referral.id,
      async (tx) => {
        const current = await lockReferral(tx, keys, referral.id);
        const result = finish(current, outcome, floorToHour(request.now));
        // Write while they can still see the referral: nobody can write afterwards.
        if (result.ok && message) await addMessage(tx, keys, message);
        if (result.ok) await saveDecision(tx, keys, result.value);
        return result;
      },
      { fields: ['outcome', 'ended', ...(message ? ['messages'] : [])] },
    );
    if (!done.ok) return again(referralRefusals[done.refusal]);
    return reply.redirect(
      `/staff/safeguarding/referrals${referral.outside ? `/${referral.id}` : ''}?done=finished`,
      303,
    );
  });
}
