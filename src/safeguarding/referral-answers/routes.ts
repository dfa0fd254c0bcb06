/** Deciding and finishing a referral: by the recipient, or by the sender if the recipient has no member in Safelight. Read, decide, change, answer. */

import { dayOf } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { draftGroup } from '../../vocabulary/information-shared.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { createOutcomeMessage } from '../documents/referred-documents.ts';
import { DecisionForm, FinishForm, ReferralPath } from '../referrals/forms.ts';
import { referralRefusals } from '../referrals/pages.ts';
import { composeFinishMessage, decide, finish, type Referral } from '../referrals/referral.ts';
import { isGrantInForce, mayDecide, openReferral } from '../referrals/routes.ts';
import { addMessage, lockReferral, saveDecision } from '../referrals/store.ts';
import { decidePage, endRefusals, finishPage, nextStepMissing } from './pages.ts';

export async function decisionRoutes(app: App, { keys }: AreaParts): Promise<void> {
  decisionRoute(app, keys);
  finishRoute(app, keys);
}

/** What both forms ask of the referral: that the agency decides it, and may still see it. */
const deciding = (keys: UnitKeys) => ({
  may: may('referral.decide', ReferralPath),
  load: async (request: Request & { readonly params: { readonly id: Referral['id'] } }) => {
    const { referral, grant } = await openReferral(request, keys, request.params.id);
    if (!mayDecide(request, referral) || !isGrantInForce(grant, request)) throw notFound('referral');
    const askedOn = dayOf(grant?.madeAt ?? request.now);
    return { ...referral, submits: grant?.items.includes(draftGroup) ?? false, askedOn, today: request.today };
  },
  subject: ({ id }: Referral) => id,
  refusals: referralRefusals,
});

function decisionRoute(app: App, keys: UnitKeys): void {
  formRoute(app, referralPaths.decision.route, {
    ...deciding(keys),
    form: DecisionForm,
    check: ({ outside, submits }, { decision, reason }) =>
      decision === 'accepted' && !reason && !outside && !submits ? nextStepMissing : undefined,
    page: decidePage,
    event: 'referral.decided',
    details: () => ({ fields: ['state', 'reason'] }),
    change: async (tx, { id }, { decision, reason }, { actor, now }) => {
      const current = await lockReferral(tx, keys, id);
      const result = decide(current, decision, reason, actor.memberId as MemberId, floorToHour(now));
      if (result.ok) await saveDecision(tx, keys, result.value);
      return result;
    },
    // After declining, the agency can no longer see the referral.
    next: (_, { id, outside }, { decision }) =>
      withQuery(decision === 'declined' && !outside ? referralPaths.list() : referralPaths.referral(id), {
        done: decision,
      }),
  });
}

function finishRoute(app: App, keys: UnitKeys): void {
  formRoute(app, referralPaths.finish.route, {
    ...deciding(keys),
    form: FinishForm,
    check: (referral, values) => {
      const said = composeFinishMessage(values, referral);
      return said.ok ? undefined : endRefusals[said.refusal];
    },
    page: finishPage,
    event: 'referral.finished',
    details: (referral, values) => ({
      fields: ['outcome', 'ended', ...(findFinishMessage(values, referral) ? ['messages'] : [])],
    }),
    change: async (tx, referral, values, request) => {
      const said = findFinishMessage(values, referral);
      const current = await lockReferral(tx, keys, referral.id);
      const result = finish(current, values.outcome, floorToHour(request.now));
      // Write while they can still see the referral: nobody can write afterwards.
      if (result.ok && said) await addMessage(tx, keys, createOutcomeMessage(request, referral.id, said));
      if (result.ok) await saveDecision(tx, keys, result.value);
      return result;
    },
    next: (_, { id, outside }) =>
      withQuery(outside ? referralPaths.referral(id) : referralPaths.list(), { done: 'finished' }),
  });
}

/** What is written to the agency that asked, if anything. */
function findFinishMessage(...of: Parameters<typeof composeFinishMessage>): string | null {
  const said = composeFinishMessage(...of);
  return said.ok ? said.value : null;
}
