/** Which members of an agency are its custodians. */
import { listMembers } from '../../identity/agencies/index.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';

/** Whether a custodian other than the member works at the agency, and so could decide. Under “member.read” or an action that allows the same. */
export const hasOtherCustodian = async (
  db: Parameters<typeof listMembers>[0],
  agencyId: AgencyId,
  memberId: string | null,
): Promise<boolean> =>
  (await listMembers(db, { agencyIds: [agencyId] })).some(
    ({ id, roles }) => roles.includes('custodian') && id !== memberId,
  );
