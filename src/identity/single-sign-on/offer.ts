/** The link from an invitation to the agency's own sign-in. */
import { withQuery } from '../../platform/rendering/paging.ts';
import { singleSignOnPaths } from '../../vocabulary/paths/identity.ts';
import type { BuildSignOnLink } from '../members/invitation-routes.ts';
import { listSignOnClients } from './store.ts';

export const buildSignOnLink: BuildSignOnLink = async (db, { agencyId, token }, { keys, signOnSecrets }) => {
  const known = await listSignOnClients(db, keys, signOnSecrets);
  return known.some((one) => one.agencyId === agencyId)
    ? withQuery(singleSignOnPaths.begin(agencyId), { invitation: token })
    : undefined;
};
