/** The cast of a plan for tests, seeds and the gallery. Arranges with an all-powerful database; people and places are invented. */
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Operation } from '../weeks/operation.ts';
import type { Power } from './planned-power.ts';
import type { PlannedVisit } from './planned-visit.ts';
import type { Premises } from './premises.ts';
import * as store from './store.ts';

export { addDecision } from '../policy-log/examples.ts';
export { addOperation, addPartner, addTeam, addToOperation as letIn, addWeek } from '../weeks/examples.ts';

export async function addPremises(
  db: Db,
  operation: Pick<Operation, 'id'>,
  more: Partial<Premises> = {},
): Promise<Premises> {
  const premises: Premises = {
    id: newId(),
    operationId: operation.id,
    business: 'massage or beauty',
    name: 'Blue Door',
    address: '14 Mill Lane',
    town: 'Watford',
    postcode: null,
    dwelling: 'no',
    reason: 'Two reports of women driven there at night and never alone',
    priority: 'high',
    risks: 'A dog; a locked back door',
    languages: [],
    interpreter: null,
    referrerId: null,
    referrerOnCall: null,
    referrerContact: null,
    immigrationEntry: null,
    ...more,
  };
  await store.addPremises(db, premises);
  return premises;
}

/** A search warrant that was granted, unless said otherwise. */
export async function addPower(db: Db, premises: Premises, more: Partial<Power> = {}): Promise<Power> {
  const power: Power = {
    id: newId(),
    operationId: premises.operationId,
    premisesId: premises.id,
    basis: 'pace-s8',
    state: 'granted',
    purposes: [],
    holderId: null,
    heldBy: 'DC Morgan Vale',
    reference: 'W/2026/117',
    appliedOn: '2026-09-01',
    decidedOn: '2026-09-02',
    grantedBy: null,
    expiresOn: '2026-12-02',
    executedAt: null,
    returnedOn: null,
    accompanying: [],
    entries: 'one',
    note: null,
    ...more,
  };
  await store.addPower(db, power);
  return power;
}

export async function addPlannedVisit(
  db: Db,
  premises: Pick<Premises, 'id' | 'operationId'>,
  team: { readonly id: PlannedVisit['teamId'] },
  more: Partial<PlannedVisit> = {},
): Promise<PlannedVisit> {
  const visit: PlannedVisit = {
    id: newId(),
    operationId: premises.operationId,
    premisesId: premises.id,
    teamId: team.id,
    powerId: null,
    day: '2026-09-18',
    starts: '10:00',
    minutes: 90,
    turn: null,
    state: 'planned',
    reason: null,
    ...more,
  };
  await store.addPlannedVisit(db, visit);
  return visit;
}
