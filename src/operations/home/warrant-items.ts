/** Warrants to return to the court, for the home page of who plans. */
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { premisesPaths } from '../../vocabulary/paths/operations.ts';
import { readVisitRecords } from '../plan/plan-reader.ts';
import { getPowerState, type Power } from '../plan/planned-power.ts';
import { listPowers } from '../plan/store.ts';
import { listUses, type VisitRecords } from '../plan/visit-outcome.ts';
import { findPower } from '../powers-of-entry/load.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import { listOperations } from '../weeks/store.ts';

/** A warrant goes back to the court that issued it, whether used or lapsed. Also after the operation. */
export const warrantHomeItems = (parts: Pick<AreaParts, 'areas'>): HomeItems => ({
  action: 'target.change',
  waiting: async (db, request, look) => {
    const { operations: named } = request.actor;
    if (named.length === 0) return [];
    look('warrants.to return counted', null, { fields: ['powers'] });
    const warrants = (await listPowers(db, named)).filter((power) => isWarrant(power, request.today));
    if (warrants.length === 0) return [];
    const made = await readVisitRecords(parts, db, [...new Set(warrants.map(({ operationId }) => operationId))]);
    return listWarrantItems(warrants, made, await listOperations(db), request);
  },
});

const isWarrant = ({ basis, decidedOn }: Power, today: string): boolean =>
  findPower(basis, decidedOn ?? today)?.kind === 'warrant';

/** What a visit says of the warrant goes before what the planner wrote down. */
function listWarrantItems(
  warrants: readonly Power[],
  made: VisitRecords,
  operations: readonly OperationInWeek[],
  { today }: Pick<Request, 'today'>,
): HomeItem[] {
  return warrants.flatMap((power): HomeItem[] => {
    const state = getPowerState(power, today);
    const used = state === 'executed' || (state !== 'returned' && listUses(power, made).length > 0);
    if (!used && state !== 'expired') return [];
    return [
      {
        what: 'Return a warrant to the court',
        detail: `${power.reference ? `Warrant ${power.reference}. ` : ''}${used ? 'It was executed.' : 'It expired without use.'}`,
        for: operations.find(({ id }) => id === power.operationId)?.codeName,
        status: 'to do',
        href: premisesPaths.nextPowerStep(power.premisesId, power.id),
        count: 1,
      },
    ];
  });
}
