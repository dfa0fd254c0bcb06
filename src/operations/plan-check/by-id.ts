/** Finds the rows of a plan by their ids. A plan may hold a thousand visits, and each is compared with what it names. */
import type { VisitInPlan } from '../plan/planned-visit.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';

const rowsById = new WeakMap<readonly object[], ReadonlyMap<string, object>>();

/** The row with this id, in a list that does not change. */
export function findById<Row extends { readonly id: string }>(
  rows: readonly Row[],
  id: string | null | undefined,
): Row | undefined {
  if (id === null || id === undefined) return undefined;
  const known = rowsById.get(rows) ?? new Map(rows.toReversed().map((row) => [row.id, row]));
  rowsById.set(rows, known);
  return known.get(id) as Row | undefined;
}

const usesByPower = new WeakMap<VisitRecords, WeakMap<readonly VisitInPlan[], ReadonlyMap<string, VisitInPlan[]>>>();

/** The visits that are planned or were made under a power, in the order of the plan. */
export function listVisitsUnder(
  visits: readonly VisitInPlan[],
  made: VisitRecords,
  powerId: string,
): readonly VisitInPlan[] {
  const ofRecords = usesByPower.get(made) ?? new WeakMap<readonly VisitInPlan[], ReadonlyMap<string, VisitInPlan[]>>();
  usesByPower.set(made, ofRecords);
  const known = ofRecords.get(visits) ?? groupByPower(visits, made);
  ofRecords.set(visits, known);
  return known.get(powerId) ?? [];
}

function groupByPower(visits: readonly VisitInPlan[], made: VisitRecords): ReadonlyMap<string, VisitInPlan[]> {
  const groups = new Map<string, VisitInPlan[]>();
  for (const visit of visits)
    for (const powerId of new Set([visit.powerId, made.get(visit.id)?.powerId ?? null]))
      if (powerId !== null) groups.set(powerId, [...(groups.get(powerId) ?? []), visit]);
  return groups;
}
