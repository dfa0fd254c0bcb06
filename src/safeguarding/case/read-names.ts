/** Reads names of agencies and members from the main store, after the safeguarding store was read. */

import { listAgencies, memberNames } from '../../identity/agencies/index.ts';
import type { Request } from '../../platform/http/server.ts';
import type { Agencies } from '../notes/pages.ts';

export const readNames = (request: Request, ids: readonly (string | null)[]) =>
  request.under('agency.read', async (db) => {
    const agencies: Agencies = new Map((await listAgencies(db)).map((agency) => [agency.id as string, agency]));
    return { agencies, names: await memberNames(db, ids) };
  });
