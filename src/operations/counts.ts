/** The rows of a plan that are counted: read under the statistics role, which sees these columns and no more. */
import type { Reader } from '../platform/database.ts';

export type CountablePremises = { readonly id: string; readonly business: string; readonly town: string };
export type CountablePower = {
  readonly id: string;
  readonly premisesId: string;
  readonly basis: string;
  readonly state: string;
};
export type CountablePlannedVisit = { readonly id: string; readonly premisesId: string; readonly state: string };
/** Under which printed name a member takes part. */
export type TakingPart = { readonly memberId: string; readonly partner: string };

export type CountablePlan = {
  readonly premises: readonly CountablePremises[];
  readonly powers: readonly CountablePower[];
  readonly plannedVisits: readonly CountablePlannedVisit[];
  readonly takingPart: readonly TakingPart[];
};

type OfOperation = { operationId: string };
export type CountablePlanTables = {
  premises: CountablePremises & OfOperation;
  powers: CountablePower & OfOperation;
  plannedVisits: CountablePlannedVisit & OfOperation;
  operationMembers: OfOperation & { memberId: string; partnerId: string };
  partners: { id: string; printedName: string };
};

/** The plan of one operation as it is counted, by four queries. */
export async function readPlan(db: Reader<CountablePlanTables>, operationId: string): Promise<CountablePlan> {
  const premises = await db
    .selectFrom('premises')
    .select(['id', 'business', 'town'])
    .where('operationId', '=', operationId)
    .execute();
  const powers = await db
    .selectFrom('powers')
    .select(['id', 'premisesId', 'basis', 'state'])
    .where('operationId', '=', operationId)
    .execute();
  const plannedVisits = await db
    .selectFrom('plannedVisits')
    .select(['id', 'premisesId', 'state'])
    .where('operationId', '=', operationId)
    .execute();
  const takingPart = await db
    .selectFrom('operationMembers as m')
    .innerJoin('partners as p', 'p.id', 'm.partnerId')
    .select(['m.memberId', 'p.printedName as partner'])
    .where('m.operationId', '=', operationId)
    .execute();
  return { premises, powers, plannedVisits, takingPart };
}
