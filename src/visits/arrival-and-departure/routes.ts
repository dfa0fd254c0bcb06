/** Routes of an arrival: the answer at the door and, if somebody entered, the power of entry. */

import { z } from 'zod';
import {
  getPlannedVisit,
  listPartners,
  listPowers,
  listTeamMembers,
  type Partner,
  type VisitInPlan,
} from '../../operations/plan/index.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import type { MemberId, VisitId } from '../../vocabulary/ids.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readOwnPlannedVisit } from '../audited-reads.ts';
import { nameCommanders } from '../commanders.ts';
import { findDecisionOnVisit } from '../decision-to-proceed.ts';
import { ArriveForm, EntryForm, VisitPath } from '../forms.ts';
import { readPowerNotice } from '../power-notice.ts';
import { addVisit, announceChangedRecords, createRecorded, findVisit, getVisit, lockVisit } from '../store.ts';
import {
  checkArrival,
  finishWithoutReply,
  isAgainstDecision,
  isEntered,
  mayFinish,
  noPower,
  recordDoorAnswer,
  recordEntry,
  type Visit,
} from '../visit.ts';
import { listUnits, OthersForm } from './attendance.ts';
import { listSides, saveVisitChange } from './departure-routes.ts';
import { findDoubt, isDoubt } from './doubtful-arrival.ts';
import {
  allowsForce,
  arrivalPage,
  entryPage,
  findWrongDay,
  getPowerUsed,
  listExpected,
  powerChoices,
  visitErrors,
} from './pages.ts';
import { isTeamInsideElsewhere } from './store.ts';

type VisitRequest = Request & { readonly params: { readonly id: VisitId } };
type Arrived = z.output<ReturnType<typeof arrivalForm>>;

/** The plan, who was expected, and the units that may have come. */
async function loadArrival(request: VisitRequest) {
  const planned = await readOwnPlannedVisit(request, request.params.id);
  const team = (await listTeamMembers(request.db, planned.teamId)).map(toTeamChoice);
  const partners = await listPartners(request.db, [planned.operationId]);
  const go = await findDecisionOnVisit(request.db, planned);
  const notice = await readPlannedPowerNotice(request, planned, request.now);
  const insideElsewhere = await isTeamInsideElsewhere(request.db, planned);
  return {
    planned,
    go,
    notice,
    commanders: go !== 'go' || notice ? await nameCommanders(request.db, planned.operationId) : undefined,
    insideElsewhere,
    team,
    units: listUnits(partners, []),
    kinds: mapAgencyKinds(team, partners),
  };
}

async function readPlannedPowerNotice(request: Request, planned: VisitInPlan, at: Date) {
  const power = (await listPowers(request.db, [planned.operationId])).find(({ id }) => id === planned.powerId);
  return readPowerNotice(request, planned, power, at);
}

type Arriving = Pick<Awaited<ReturnType<typeof loadArrival>>, 'planned' | 'team' | 'units'>;

const arrivalForm = ({ planned, team, units }: Arriving) =>
  z.intersection(ArriveForm, OthersForm(units)).transform((said) => ({
    ...said,
    attendees: said.everybody ? listExpected(planned, team).map(({ value }) => value as MemberId) : said.attendees,
  }));

/** Decides on what the database holds now, and saves the visit with its first record. */
async function addArrival(tx: Writer<AnyTables>, id: VisitId, said: Arrived, against: boolean, request: Request) {
  const { at, attendees, others, immigrationGround, answer, answeredBy, present, enteredBy } = said;
  const current = await getPlannedVisit(tx, id);
  const members = await listTeamMembers(tx, current.teamId);
  const team = members.map(({ memberId }) => memberId as string);
  const known = await findVisit(tx, id);
  const may = checkArrival(
    { state: current.state, arrived: known !== undefined },
    { at, attendees },
    team,
    request.now,
  );
  if (!may.ok) return may;
  const visit: Visit = {
    id,
    operationId: current.operationId,
    premisesId: current.premisesId,
    teamId: current.teamId,
    arrivedAt: at,
    leftAt: null,
    ...noPower,
    answer: null,
    answeredBy: null,
    present: null,
    attendees,
    others,
    immigrationGround: against ? immigrationGround : null,
    finishedAt: null,
    ...createRecorded(request),
  };
  const answered = recordDoorAnswer(visit, { answer, answeredBy, present }, 0);
  if (!answered.ok) return answered;
  // The plan may have changed since the form was opened.
  if (enteredBy !== null && enteredBy !== current.basis) return refuse('planned otherwise');
  const used = getPowerUsed(current, 'planned', null);
  const entered = enteredBy ? recordEntry(answered.value, used, allowsForce(used, request.today)) : answered;
  if (!entered.ok) return entered;
  const finishes = mayFinish(request.actor.side, listSides(members));
  if (!(await addVisit(tx, finishWithoutReply(entered.value, finishes, request.now)))) return refuse('already arrived');
  await announceChangedRecords(tx, current.operationId, 'visit');
  return accept(true);
}

export async function arrivalRoutes(app: App): Promise<void> {
  formRoute(app, visitPaths.arrival.route, {
    may: may('visit.record', VisitPath),
    load: loadArrival,
    form: arrivalForm,
    check: (known, said) =>
      findWrongDay(known.planned, said.at) ??
      (isAgainstPlan(known, said) && !said.immigrationGround ? visitErrors['against the decision'] : undefined) ??
      (said.confirmed ? undefined : findDoubt(known.planned, said.at, known.insideElsewhere)),
    page: (known, typed, errors, { now, actor }) =>
      arrivalPage(
        known.planned,
        known,
        now,
        actor.memberId,
        isDoubt(errors) ? { all: Boolean(typed?.everybody) } : undefined,
      ),
    saves: 'Arrival',
    event: 'visit.arrival recorded',
    subject: ({ planned }) => planned.id,
    details: () => ({ kind: 'collection', fields: ['arrivedAt', 'answer', 'answeredBy', 'present', 'attendees'] }),
    change: (tx, known, said, request) => addArrival(tx, known.planned.id, said, isAgainstPlan(known, said), request),
    refusals: visitErrors,
    next: (_, { planned }, said) => getNextPage(planned.id, said),
  });

  formRoute(app, visitPaths.entry.route, {
    may: may('visit.record', VisitPath),
    load: async (request) => {
      const planned = await readOwnPlannedVisit(request, request.params.id);
      const visit = await getVisit(request.db, planned.id);
      const notice = await readPlannedPowerNotice(request, planned, visit.arrivedAt);
      return { planned, visit, notice, powers: powerChoices(planned, request.today, request.can('sign.record')) };
    },
    instead: ({ planned, visit }) =>
      !isEntered(visit.answer) || visit.basis ? visitPaths.visit(planned.id) : undefined,
    form: EntryForm,
    check: ({ powers }, { power }) =>
      powers.some(({ value }) => value === power) ? undefined : visitErrors['no such power'],
    page: ({ planned, powers, visit, notice }) => entryPage(planned, powers, visit, notice),
    saves: 'Entry',
    event: 'visit.entry recorded',
    subject: ({ planned }) => planned.id,
    details: () => ({ fields: ['basis'] }),
    change: async (tx, { planned }, { power, ground }, { today }) => {
      const current = await lockVisit(tx, planned.id);
      const used = getPowerUsed(planned, power, ground);
      if (current.basis !== null && current.basis !== used.basis) return refuse('changed meanwhile');
      const allowed = recordEntry(current, used, allowsForce(used, today));
      if (allowed.ok) await saveVisitChange(tx, allowed.value, 'visit');
      return allowed;
    },
    refusals: visitErrors,
    next: (_, { planned, visit }) => getPageAfterEntry(planned.id, visit.present),
  });
}

/** Whether somebody attended whom the decision about immigration officers keeps out. */
export const isAgainstPlan = (
  { planned, kinds }: { readonly planned: VisitInPlan; readonly kinds: ReadonlyMap<string, AgencyKind | null> },
  attendance: Parameters<typeof isAgainstDecision>[1],
): boolean => isAgainstDecision(planned.premises.immigrationEntry, attendance, kinds);

const getPageAfterEntry = (id: string, present: number | null): string =>
  present === 0 ? visitPaths.visit(id) : visitPaths.newEncounter(id);

/** The next page: the power if somebody entered by another than the planned one, the encounter if people are there or spoke at the door, else the visit. */
function getNextPage(id: string, { answer, present, enteredBy }: Arrived): string {
  if (enteredBy) return getPageAfterEntry(id, present);
  if (isEntered(answer)) return visitPaths.entry(id);
  return answer === 'spoken to outside' ? visitPaths.newEncounter(id) : visitPaths.visit(id);
}

export const toTeamChoice = ({
  memberId,
  title,
  name,
  agencyName,
  kind,
}: Awaited<ReturnType<typeof listTeamMembers>>[number]) => ({
  value: memberId as string,
  text: `${title} ${name}, ${agencyName}`.trim(),
  kind,
});

/** What kind of agency each of the team, and each unit, is of. */
export const mapAgencyKinds = (
  team: readonly ReturnType<typeof toTeamChoice>[],
  partners: readonly Pick<Partner, 'id' | 'kind'>[],
): ReadonlyMap<string, AgencyKind | null> =>
  new Map([
    ...team.map(({ value, kind }) => [value, kind] as const),
    ...partners.map(({ id, kind }) => [id, kind] as const),
  ]);
