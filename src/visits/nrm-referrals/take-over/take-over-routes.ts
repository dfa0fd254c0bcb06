/** A colleague of the agency goes on with an officer's referral. The press is logged with its reason, and the officer is notified without content. */
import { z } from 'zod';
import { memberNames } from '../../../identity/agencies/index.ts';
import { findPlannedVisit } from '../../../operations/plan/index.ts';
import { formRoute } from '../../../platform/forms/form-route.ts';
import { type App, may } from '../../../platform/http/server.ts';
import { notify } from '../../../platform/notifications/index.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../../vocabulary/result.ts';
import { contentFields, stateFields } from '../audited-reads.ts';
import { ReferralPath } from '../forms.ts';
import { takeOverReasons, writerOf } from '../nrm-referral.ts';
import { getOfficerReferral, takeOverReferral } from '../store.ts';
import { takeOverErrors, takeOverPage } from './take-over-pages.ts';

const TakeOverForm = z.object({ why: z.enum(takeOverReasons, 'Select why you take it over') });

export function takeOverRoutes(app: App): void {
  formRoute(app, officerReferralPaths.takeOver.route, {
    may: may('officer referral.take over', ReferralPath),
    load: async (request) => {
      const db = request.look('officer referral.state shown', request.params.id, { fields: stateFields });
      const referral = await getOfficerReferral(db, request.params.id);
      const planned = await findPlannedVisit(db, referral.visitId);
      const names = await memberNames(db, [writerOf(referral)]);
      return { referral, premises: planned?.premises.name ?? '', names };
    },
    instead: ({ referral }, { actor }) =>
      writerOf(referral) === actor.memberId ? officerReferralPaths.referral(referral.id) : undefined,
    skip: ({ referral }, { actor }) =>
      writerOf(referral) === actor.memberId ? officerReferralPaths.referral(referral.id) : undefined,
    form: TakeOverForm,
    page: takeOverPage,
    saves: 'NRM referral',
    event: 'officer referral.taken over',
    subject: ({ referral }) => referral.id,
    details: (_, { why }) => ({ fields: [...stateFields, ...contentFields], reason: why }),
    change: async (tx, { referral }, { why }, { now }) => {
      if (!(await takeOverReferral(tx, referral, why))) return refuse('not now' as const);
      const { id: subject, agencyId: ownerId } = referral;
      await notify(tx, [
        { kind: 'referral taken over', subject, ownerId, madeAt: now, to: { member: writerOf(referral) } },
      ]);
      return accept(true);
    },
    refusals: takeOverErrors,
    next: (_, { referral }) => officerReferralPaths.referral(referral.id),
  });
}
