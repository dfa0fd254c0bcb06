/** Records a decision of the Home Office on an officer's referral. */
import type { UnitKeys } from '../../../platform/crypto/crypto.ts';
import { formRoute } from '../../../platform/forms/form-route.ts';
import { type App, may } from '../../../platform/http/server.ts';
import type { MemberId } from '../../../vocabulary/ids.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { type OpenedOfficerReferral, openOfficerReferral } from '../audited-reads.ts';
import { DecisionForm, ReferralPath } from '../forms.ts';
import { addDecision, caseOf } from '../nrm-referral.ts';
import { lockOfficerReferral, saveContent, saveOutcome } from '../store.ts';
import { decisionPage, officerDecisionErrors } from './decision-pages.ts';

export function referralDecisionRoutes(app: App, keys: UnitKeys): void {
  const elsewhere = ({ referral, content }: OpenedOfficerReferral) =>
    caseOf(content) ? undefined : officerReferralPaths.referral(referral.id);
  formRoute(app, officerReferralPaths.decision.route, {
    may: may('officer referral.write', ReferralPath),
    load: (request) => openOfficerReferral(request, keys, request.params.id),
    instead: elsewhere,
    skip: elsewhere,
    form: DecisionForm,
    page: decisionPage,
    saves: 'Decision',
    event: 'officer referral.decision recorded',
    subject: ({ referral }) => referral.id,
    details: () => ({ fields: ['decisions', 'decisionDue'] }),
    change: async (tx, opened, decision, { actor, today }) => {
      const { referral, content } = await lockOfficerReferral(tx, keys, opened.referral.id);
      const next = addDecision(content, decision, { by: actor.memberId as MemberId, today });
      if (!next.ok) return next;
      await saveContent(tx, keys, referral.id, next.value);
      await saveOutcome(tx, referral.id, { decisionDue: null });
      return next;
    },
    refusals: officerDecisionErrors,
    next: (_, { referral }) => officerReferralPaths.referral(referral.id),
  });
}
