/** Who may ask what of correcting a visit. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { listPartners, listTeamMembers } from '../../operations/plan/index.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import type { VisitId } from '../../vocabulary/ids.ts';
import { visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { findSearch } from '../arrests/store.ts';
import { readOwnPlannedVisit } from '../audited-reads.ts';
import { VisitCorrection, VisitPath } from '../forms.ts';
import { countAttachedRecords, countEncounters, getVisit, lockVisit } from '../store.ts';
import {
  checkAttendance,
  isSearchWithoutEntry,
  listMissingSteps,
  recordDeparture,
  recordDoorAnswer,
  recordEntry,
} from '../visit.ts';
import { type AttendingUnit, listUnits, OthersForm } from './attendance.ts';
import { saveVisitChange } from './departure-routes.ts';
import * as page from './pages.ts';
import { isAgainstPlan, mapAgencyKinds, toTeamChoice } from './routes.ts';

/** The visit as it is, and everybody and every power that a correction may name. */
async function loadCorrection(request: Request & { readonly params: { readonly id: VisitId } }) {
  const { id } = request.params;
  const planned = await readOwnPlannedVisit(request, id);
  const visit = await getVisit(request.db, id);
  const team = (await listTeamMembers(request.db, planned.teamId)).map(toTeamChoice);
  const names = await memberNames(request.db, [...visit.attendees]);
  const gone = visit.attendees
    .filter((member) => !team.some(({ value }) => value === member))
    .map((member) => ({ value: member as string, text: names.get(member) ?? 'somebody who has left', kind: null }));
  const partners = await listPartners(request.db, [planned.operationId]);
  const base = await getVersion(request.db, 'visits', id);
  return {
    planned,
    visit,
    team: [...team, ...gone],
    units: listUnits(partners, visit.others),
    kinds: mapAgencyKinds(team, partners),
    powers: [...page.powerChoices(planned, request.today, request.can('sign.record'), visit), page.noPowerOption],
    base,
  };
}

type Known = Awaited<ReturnType<typeof loadCorrection>>;
type Corrected = z.output<ReturnType<typeof correctionForm>>;

const correctionForm = ({ units }: { readonly units: readonly AttendingUnit[] }) =>
  z.intersection(VisitCorrection, OthersForm(units));

function checkCorrection(known: Known, said: Corrected) {
  if (!known.powers.some(({ value }) => value === said.power)) return page.visitErrors['no such power'];
  // A visit that was moved after the team had arrived can still be corrected if its day stays.
  const wrongDay =
    dayOf(said.at) === dayOf(known.visit.arrivedAt) ? undefined : page.findWrongDay(known.planned, said.at);
  if (wrongDay) return wrongDay;
  return isAgainstPlan(known, said) && !said.immigrationGround ? page.visitErrors['against the decision'] : undefined;
}

/** The arrival, the power and the departure in turn, each by its own rule. A finished visit stays finished if nothing is missing. */
async function correctVisit(tx: Writer<AnyTables>, known: Known, said: Corrected, { now, today }: Request) {
  const { id } = known.planned;
  const { at, leftAt, attendees, others, answer, answeredBy, present } = said;
  const visit = await lockVisit(tx, id);
  if ((await getVersion(tx, 'visits', id)) !== said.base) return refuse('changed meanwhile');
  const allowed = known.team.map(({ value }) => value);
  const there = checkAttendance({ at, attendees }, allowed, now);
  if (!there.ok) return there;
  // Where no immigration agency takes part, nobody can be ticked: the reason alone says that officers came.
  const cannotTick = ![...known.kinds.values()].includes('immigration');
  const immigrationGround = isAgainstPlan(known, said) || cannotTick ? said.immigrationGround : null;
  const open = { ...visit, arrivedAt: at, attendees, others, immigrationGround, finishedAt: null };
  const answered = recordDoorAnswer(open, { answer, answeredBy, present }, (await countEncounters(tx, id)).met);
  if (!answered.ok) return answered;
  // Row policies show the search record to officers alone: support agencies do not learn that there is one.
  if (isSearchWithoutEntry((await findSearch(tx, id))?.searched, answer)) return refuse('searched');
  const used = page.getPowerUsed(known.planned, said.power, said.ground, visit);
  const entered = recordEntry(answered.value, used, page.allowsForce(used, today));
  if (!entered.ok) return entered;
  const gone = leftAt ? recordDeparture(entered.value, leftAt, now) : accept({ ...entered.value, leftAt: null });
  if (!gone.ok) return gone.refusal === 'finished' ? gone : refuse(`left ${gone.refusal}` as const);
  const [lacks] = visit.finishedAt ? listMissingSteps(gone.value, await countAttachedRecords(tx, id)) : [];
  if (lacks) return refuse(lacks);
  await saveVisitChange(tx, { ...gone.value, finishedAt: visit.finishedAt }, 'visit');
  return accept(true);
}

export async function correctionRoutes(app: App): Promise<void> {
  formRoute(app, visitPaths.correction.route, {
    may: may('visit.record', VisitPath),
    load: loadCorrection,
    form: correctionForm,
    check: checkCorrection,
    page: page.correctVisitPage,
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Visit',
    event: 'visit.corrected',
    subject: ({ planned }) => planned.id,
    details: (_, { why }) => ({
      reason: why,
      fields: ['arrivedAt', 'leftAt', 'basis', 'attendees', 'others', 'answer', 'answeredBy', 'present'],
    }),
    change: correctVisit,
    refusals: page.correctionErrors,
    next: (_, { planned }) => visitPaths.visit(planned.id),
  });
}
