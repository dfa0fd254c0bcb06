/** Reads earlier plans with a fixed number of queries, and stores what a new operation takes from one. */
import { listAgencies, listMembers } from '../../identity/agencies/index.ts';
import { dayOf, instantAt, timeOf } from '../../platform/clock.ts';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { type MemberId, newId, type OperationId } from '../../vocabulary/ids.ts';
import { notifyInvited } from '../invitations/notify-invited.ts';
import { getBriefingTime } from '../premises-restriction/briefing-time.ts';
import { insertBriefingTime, listBriefingTimes } from '../premises-restriction/store.ts';
import type { Operation, OperationInWeek } from '../weeks/operation.ts';
import {
  addParticipants,
  addPartner,
  getJoining,
  listMembersOfTeams,
  listParticipants,
  listPartners,
  listTeams,
  type Mode,
  saveResources,
} from '../weeks/partner-store.ts';
import type { CopiedPlan, CopyTarget, EarlierPlan, StillThere } from './copied-plan.ts';

/** Plans of earlier operations. Row policies leave out what the member may not read. */
export async function readEarlierPlans(
  db: Reader<AnyTables>,
  operations: readonly OperationInWeek[],
): Promise<EarlierPlan[]> {
  const ids = operations.map(({ id }) => id);
  const partners = await listPartners(db, ids);
  const participants = await listParticipants(db, ids);
  const teams = await listTeams(db, ids);
  const members = await listMembersOfTeams(db, ids);
  const times = await listBriefingTimes(db, ids);
  return operations.map((operation) => {
    const own = <Row extends { readonly operationId: string }>(rows: readonly Row[]) =>
      rows.filter(({ operationId }) => operationId === operation.id);
    const ownTeams = own(teams);
    const set = own(times);
    const teamIds = [null, ...ownTeams.map(({ id }) => id)].filter((id) => set.some(({ teamId }) => teamId === id));
    return {
      operation,
      partners: own(partners),
      participants: own(participants),
      teams: ownTeams,
      members: members.filter(({ teamId }) => ownTeams.some(({ id }) => id === teamId)),
      times: new Map(teamIds.map((id) => [id, getBriefingTime(operation, id, set)])),
    };
  });
}

/** Which of their agencies and people are still in Safelight. */
export async function readStillThere(db: Reader<AnyTables>, plans: readonly EarlierPlan[]): Promise<StillThere> {
  const agencyIds = [...new Set(plans.flatMap(({ partners }) => partners.map(({ agencyId }) => agencyId)))];
  const agencies = (await listAgencies(db)).filter(({ endedAt }) => !endedAt);
  const members = agencyIds.length === 0 ? [] : await listMembers(db, { agencyIds });
  return { agencies: new Set(agencies.map(({ id }) => id)), members: new Set(members.map(({ id }) => id)) };
}

/** Adds what was copied to an operation whose leading unit takes part already. */
export async function addCopiedPlan(
  tx: Writer<AnyTables>,
  { operation, leading }: CopyTarget,
  { leadingResources, partners, participants, teams, members, times }: CopiedPlan,
  { by, at, mode }: { readonly by: MemberId; readonly at: Date; readonly mode: Mode },
): Promise<void> {
  if (leadingResources.length > 0) await saveResources(tx, leading.id, leadingResources);
  for (const partner of partners) await addPartner(tx, partner, { by, at, joins: getJoining(partner, mode) });
  await notifyInvited(tx, partners, operation, at);
  await addParticipants(tx, participants, { by, at });
  if (teams.length > 0)
    await tx
      .insertInto('teams')
      .values([...teams])
      .execute();
  if (members.length > 0)
    await tx
      .insertInto('teamMembers')
      .values(members.map((member) => ({ ...member, operationId: operation.id })))
      .execute();
  await addTimes(tx, operation, times, { by, at });
}

/** A time that would be over by now moves to the next day on which it is ahead. Without it the usual time counts, which is over too, and the team would see its premises at once. */
async function addTimes(
  tx: Writer<AnyTables>,
  operation: Operation,
  times: CopiedPlan['times'],
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  const today = dayOf(at);
  for (const { teamId, day: moved, time, place } of times) {
    const ahead = [moved, today, addDays(today, 1), addDays(today, 2)].filter(
      (one) => one >= moved && instantAt(one, time) > at && timeOf(instantAt(one, time)) === time,
    );
    const day = ahead[0];
    if (day === undefined || day > operation.endsOn) continue;
    const opensAt = instantAt(day, time);
    const of = { id: newId<'briefing time'>(), operationId: operation.id, teamId };
    const reason = `Copied from an earlier operation${day === moved ? '' : '. Moved, because its day would have been over'}`;
    const set = { reason, setBy: by as MemberId, setAt: at };
    await insertBriefingTime(tx, { ...of, day, time, place, opensAt, ...set });
  }
}

/** What an operation was copied from. */
export async function findCopiedFrom(db: Reader<AnyTables>, id: string): Promise<OperationId | null> {
  const row = await db.selectFrom('operations').select('copiedFrom').where('id', '=', id).executeTakeFirst();
  return (row?.copiedFrom ?? null) as OperationId | null;
}
