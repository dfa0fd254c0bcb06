/** The link from an invitation to the agency's own sign-in. */
import type { SignOnOffer } from '../members/invitation-routes.ts';
import { listSignOns } from './store.ts';

export const offerSignOn: SignOnOffer = async (db, { agencyId, token }, { keys, signOnSecrets }) => {
  const known = await listSignOns(db, keys, signOnSecrets);
  return known.some((one) => one.agencyId === agencyId)
    ? `/staff/single-sign-on/${agencyId}?invitation=${encodeURIComponent(token)}`
    : undefined;
};
