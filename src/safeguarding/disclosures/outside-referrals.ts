/** Disclosures without consent to custody or police, as distinct from referrals. They are kept here until they are sent, by the module that sends them. Pure. */

import { custodyPurpose, policePurpose } from '../../vocabulary/information-shared.ts';
import { custodyNoticePaths } from '../../vocabulary/paths/safeguarding/custody-notices.ts';
import { informationDecisionPaths } from '../../vocabulary/paths/safeguarding/information-requests.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import type { Disclosure } from './disclosure.ts';

/** Where the author sends an approved disclosure, the permission this needs, and its page afterwards. */
export function findSendingRoute({ id, purpose }: Pick<Disclosure, 'id' | 'purpose'>) {
  if (purpose === custodyPurpose)
    return {
      send: custodyNoticePaths.sendApproved(id),
      right: 'custody safeguarding notice.send',
      sent: custodyNoticePaths.notice(id),
    } as const;
  if (purpose === policePurpose)
    return {
      send: informationDecisionPaths.decideApproved(id),
      right: 'information decision.make',
      sent: informationDecisionPaths.requests(),
    } as const;
  return { send: disclosurePaths.sending(id), right: 'referral.make', sent: undefined } as const;
}

/** Approval is not sending: disclosures to custody or police are kept here until they are sent. */
export const wasDisclosed = (
  { approvedAt, purpose }: Pick<Disclosure, 'approvedAt' | 'purpose'>,
  kept: boolean,
): boolean => approvedAt !== null && !(kept && (purpose === custodyPurpose || purpose === policePurpose));
