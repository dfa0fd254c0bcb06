/** Opens a visit's plan and its records for a member, after logging the access. */
import { getPlannedVisit, type VisitInPlan } from '../operations/plan/index.ts';
import { notFound } from '../platform/http/problem.ts';
import type { Request } from '../platform/http/server.ts';
import type { EncounterId, VisitId } from '../vocabulary/ids.ts';
import { type LookupResult, matchLookup } from '../vocabulary/visibility.ts';
import { mayWrite } from './pages.ts';
import { getVisit, lookUpEncounter, type NumberedEncounter } from './store.ts';

export const readPlannedVisit = (request: Request, id: string): Promise<VisitInPlan> =>
  getPlannedVisit(request.look('visit.opened', id, { fields: ['premises', 'power', 'team'] }), id);

/** The same for a form of something new at a visit that has begun. What it sends locks the visit, and finds out then. */
export async function readPlannedVisitUnderWay(
  request: Request & { readonly params: { readonly id: VisitId } },
): Promise<VisitInPlan> {
  const planned = await readPlannedVisit(request, request.params.id);
  if (request.method !== 'POST') await getVisit(request.db, planned.id);
  return planned;
}

/** The same for forms of the visit itself. Not found for members outside the team. */
export async function readOwnPlannedVisit(request: Request, id: string): Promise<VisitInPlan> {
  const planned = await readPlannedVisit(request, id);
  if (!mayWrite(request, planned)) throw notFound('visit');
  return planned;
}

export const encounterFieldNames = ['place', 'spokenTo', 'age', 'language', 'interpreter'];

/** The person encountered, after logging the access. */
export async function readEncounter(
  request: Request,
  id: EncounterId,
  fields: readonly string[] = encounterFieldNames,
  reason?: string,
) {
  const db = request.look('encounter.shown', id, { fields, ...(reason && { reason }) });
  const met = matchLookup(await lookUpEncounter(db, id, 'operation'), {
    full: (encounter) => encounter,
    restricted: () => undefined,
    nothing: () => undefined,
  });
  if (!met) throw notFound('record');
  return { db, met };
}

/** The same, and the visit's place. */
export async function readEncounterWithPlan(
  request: Request,
  id: EncounterId,
  fields?: readonly string[],
  reason?: string,
) {
  const { db, met } = await readEncounter(request, id, fields, reason);
  return { db, met, planned: await getPlannedVisit(db, met.visitId) };
}

/** The held name if the member may see it. A helper only gets the person's number, which is not a name. */
export const findFullResult = <Held>(seen: LookupResult<Held, NumberedEncounter>): Held | undefined =>
  matchLookup(seen, { full: (name) => name, restricted: () => undefined, nothing: () => undefined });
