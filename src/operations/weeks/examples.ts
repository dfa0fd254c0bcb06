/** The cast of weeks and operations for tests, seeds and the gallery. Arranges with an all-powerful database; people and places are invented. */
import { sql } from 'kysely';
import { type Agency, getAgency, type Member } from '../../identity/agencies/index.ts';
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { Operation, Partner, Team } from './operation.ts';
import { addParticipant, addPartner as insertPartner, addTeam as insertTeam, joinTeam } from './partner-store.ts';
import { addOperation as insertOperation, addWeek as insertWeek } from './store.ts';
import type { Week } from './week.ts';

/** Long before any test date, so that grants are in force. */
const longAgo = new Date('2000-01-01T00:00:00Z');

export async function addWeek(db: Db, agency: Pick<Agency, 'id'>, more: Partial<Week> = {}): Promise<Week> {
  const week: Week = {
    id: newId(),
    agencyId: agency.id,
    parentId: null,
    name: 'Operation Wayfarer',
    lead: 'Austria, with Europol',
    focus: ['sexual exploitation'],
    startsOn: '2026-09-14',
    endsOn: '2026-09-20',
    countries: ['Austria', 'United Kingdom'],
    note: null,
    ...more,
  };
  await insertWeek(db, week);
  return week;
}

/** An operation, its leading unit, and sight of it for the agency that leads. Makes a week unless one is given. */
export async function addOperation(
  db: Db,
  agency: Pick<Agency, 'id' | 'name' | 'kind'>,
  planner: Pick<Member, 'id'>,
  { week, ...more }: Partial<Operation> & { readonly week?: Week } = {},
): Promise<Operation> {
  const operation: Operation = {
    id: newId(),
    weekId: (week ?? (await addWeek(db, agency))).id,
    agencyId: agency.id,
    codeName: 'Operation Lantern',
    unit: 'Lantern unit',
    area: 'Leashire',
    startsOn: '2026-09-14',
    endsOn: '2026-09-20',
    plannedBy: planner.id,
    ...more,
  };
  await insertOperation(db, operation);
  await addPartner(db, operation, agency, { leads: true, ownUnit: true, printedName: operation.unit });
  return operation;
}

export async function addPartner(
  db: Db,
  operation: Pick<Operation, 'id' | 'agencyId' | 'plannedBy'>,
  agency: Pick<Agency, 'id' | 'name' | 'kind'>,
  more: Partial<Partner> = {},
): Promise<Partner> {
  const partner: Partner = {
    id: newId(),
    operationId: operation.id,
    agencyId: agency.id,
    kind: agency.kind,
    ownUnit: agency.id === operation.agencyId,
    leads: false,
    printedName: agency.name,
    officialName: agency.name,
    resources: [{ what: 'officers', count: 4 }],
    ...more,
  };
  await insertPartner(db, partner, { by: operation.plannedBy, at: longAgo, joins: 'at once' });
  return partner;
}

export async function addTeam(db: Db, operation: Pick<Operation, 'id'>, more: Partial<Team> = {}): Promise<Team> {
  const team: Team = { id: newId(), operationId: operation.id, name: 'Team 1', leadId: null, ...more };
  await insertTeam(db, team);
  return team;
}

/** Adds a member to an operation, their agency as a partner if needed, and to a team if given. A team sees its visits only during the operation. */
export async function addToOperation(
  db: Db,
  operation: Operation,
  member: Pick<Member, 'id' | 'agencyId'>,
  { team, leads = false, duty = 'enters' }: { team?: Pick<Team, 'id'>; leads?: boolean; duty?: string } = {},
): Promise<void> {
  const known = await db
    .selectFrom('partners')
    .select('id')
    .where('operationId', '=', operation.id)
    .where('agencyId', '=', member.agencyId)
    .orderBy('leads', 'desc')
    .executeTakeFirst();
  const already = await db
    .selectFrom('operationMembers')
    .select('memberId')
    .where('operationId', '=', operation.id)
    .where('memberId', '=', member.id)
    .executeTakeFirst();
  if (!already) {
    const partnerId = known?.id ?? (await addPartnerForMember(db, operation, member));
    const given = { by: operation.plannedBy, at: longAgo };
    await addParticipant(db, { operationId: operation.id, memberId: member.id, partnerId, duty }, given);
  }
  if (!team) return;
  await joinTeam(db, { id: team.id, operationId: operation.id }, [member.id]);
  if (leads) await sql`update teams set lead_id = ${member.id} where id = ${team.id}`.execute(db);
}

const addPartnerForMember = async (
  db: Db,
  operation: Operation,
  member: Pick<Member, 'agencyId'>,
): Promise<Partner['id']> => (await addPartner(db, operation, await getAgency(db, member.agencyId))).id;
