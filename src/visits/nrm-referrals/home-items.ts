/** NRM referrals that the officer writes and has not sent, and those without a decision when it was due, for their home page. Opens no sealed content. */
import type { HomeItem } from '../../platform/http/home.ts';
import type { Look } from '../../platform/http/request.ts';
import type { Request } from '../../platform/http/server.ts';
import { officerReferralPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { stateFields } from './audited-reads.ts';
import { listReferralsToDo } from './store.ts';

export async function listOfficerReferralItems(request: Request, look: Look): Promise<HomeItem[]> {
  if (!request.can('officer referral.write')) return [];
  const waiting = await listReferralsToDo(
    look('officer referrals.listed', null, { fields: stateFields }),
    request.actor.memberId,
    request.today,
  );
  request.returned(waiting.map(({ id }) => id));
  return waiting.map(({ id, outcome, decisionDue }) => ({
    ...(outcome ? lateDecision(decisionDue) : unsent),
    for: `NRM referral ${referenceOf('NRM referral', id)}`,
    href: officerReferralPaths.referral(id),
    count: 1,
  }));
}

const unsent = {
  what: 'Finish an NRM referral',
  detail: 'Not sent yet. Send it as soon as you can.',
  status: 'in progress',
} as const;

const lateDecision = (due: string | null) =>
  ({
    what: 'Ask about the decision on an NRM referral',
    detail:
      'No decision on reasonable grounds is recorded. Ask the Home Office, and record the decision when it comes.',
    status: 'needs attention',
    due,
  }) as const;
