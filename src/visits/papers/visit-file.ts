/** What the papers of a visit are made of: its plan, what happened, the power and the search, read after logging the access. */
import { memberNames } from '../../identity/agencies/index.ts';
import {
  getOperation,
  getPlannedVisit,
  listPartners,
  listPowers,
  type OperationInWeek,
  type Power,
  type VisitInPlan,
} from '../../operations/plan/index.ts';
import { findCodeB, findPower } from '../../operations/powers-of-entry/index.ts';
import type { MemberNames } from '../../platform/forms/correction.ts';
import type { Request } from '../../platform/http/server.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import { findSearch, listSeizures } from '../arrests/store.ts';
import { findVisit } from '../store.ts';
import { isEntered, type Search, type Seizure, type Visit } from '../visit.ts';

export type PaperPower = {
  readonly rule: NonNullable<ReturnType<typeof findPower>>;
  /** The power of the plan, where the visit rests on one. */
  readonly planned: Power | undefined;
  /** Partners that it names to accompany. Immigration partners are left out where the decision keeps them away. */
  readonly named: readonly string[];
};

export type VisitFile = {
  readonly operation: OperationInWeek;
  readonly planned: VisitInPlan;
  /** Undefined before the team has arrived. */
  readonly visit: Visit | undefined;
  readonly search: Search | undefined;
  readonly seizures: readonly Seizure[];
  /** The power that was used; the planned one before the visit. Undefined where nobody entered, or nothing is planned. */
  readonly power: PaperPower | undefined;
  readonly codeB: ReturnType<typeof findCodeB>;
  readonly names: MemberNames;
};

/** A paper never says that immigration officers come to a place where it was decided that they are not present. */
const mayBeNamed = ({ immigrationEntry }: VisitInPlan['premises'], kind: AgencyKind | null): boolean =>
  kind !== 'immigration' || immigrationEntry !== 'not present';

/** The power that a paper names: the one used, or before the visit the one planned. */
function choosePower(planned: VisitInPlan, visit: Visit | undefined, powers: readonly Power[]) {
  if (visit && !isEntered(visit.answer)) return undefined;
  const used = visit?.basis ? visit : planned;
  const power = powers.find(({ id }) => id === used.powerId);
  const rule = used.basis ? findPower(used.basis, power?.decidedOn ?? planned.day) : undefined;
  return rule && { rule, planned: power };
}

export async function readVisitFile(request: Request, id: string): Promise<VisitFile> {
  const db = request.look('visit paper.shown', id, { fields: ['premises', 'power', 'search', 'seizures'] });
  const planned = await getPlannedVisit(db, id);
  const operation = await getOperation(db, planned.operationId);
  const visit = await findVisit(db, id);
  const search = visit && (await findSearch(db, visit.id));
  const seizures = visit ? await listSeizures(db, visit.id) : [];
  const chosen = choosePower(planned, visit, await listPowers(db, [operation.id]));
  const partners = chosen?.planned ? await listPartners(db, [operation.id]) : [];
  const named = partners
    .filter(
      ({ id: partner, kind }) => chosen?.planned?.accompanying.includes(partner) && mayBeNamed(planned.premises, kind),
    )
    .map(({ printedName }) => printedName);
  const names = await memberNames(db, visit ? visit.attendees : []);
  return {
    ...{ operation, planned, visit, search, seizures, names },
    power: chosen && { ...chosen, named },
    codeB: findCodeB(planned.day),
  };
}
