/** NRM referrals that the officer began and has not sent, for their home page. Opens no sealed content. */
import type { HomeItem } from '../../platform/http/home.ts';
import type { Look } from '../../platform/http/request.ts';
import type { Request } from '../../platform/http/server.ts';
import { officerReferralPaths } from '../../vocabulary/paths/visits.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { stateFields } from './audited-reads.ts';
import { listOpenReferralsOf } from './store.ts';

export async function listOfficerReferralItems(request: Request, look: Look): Promise<HomeItem[]> {
  if (!request.can('officer referral.write')) return [];
  const open = await listOpenReferralsOf(
    look('officer referrals.listed', null, { fields: stateFields }),
    request.actor.memberId,
  );
  request.returned(open.map(({ id }) => id));
  return open.map(({ id }) => ({
    what: 'Finish an NRM referral',
    detail: 'Not sent yet. Send it as soon as you can.',
    for: `NRM referral ${referenceOf('NRM referral', id)}`,
    status: 'in progress',
    href: officerReferralPaths.referral(id),
    count: 1,
  }));
}
