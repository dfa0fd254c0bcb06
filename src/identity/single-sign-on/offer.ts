/** The link from an invitation to the agency's own sign-in. */
import type { BuildSignOnLink } from '../members/invitation-routes.ts';
import { listSignOnClients } from './store.ts';

export const buildSignOnLink: BuildSignOnLink = async (db, { agencyId, token }, { keys, signOnSecrets }) => {
  const known = await listSignOnClients(db, keys, signOnSecrets);
  return known.some((one) => one.agencyId === agencyId)
    ? `/staff/single-sign-on/${agencyId}?invitation=${encodeURIComponent(token)}`
    : undefined;
};
