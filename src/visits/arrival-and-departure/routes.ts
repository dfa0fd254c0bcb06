/** Routes of an arrival: the answer at the door and, if somebody entered, the power of entry. */
import { getPlannedVisit, listPartners, listTeamMembers, type Partner } from '../../operations/plan/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readOwnPlannedVisit } from '../audited-reads.ts';
import { ArriveForm, EntryForm, mergeErrors, VisitPath } from '../forms.ts';
import { addVisit, announceChangedRecords, createRecorded, findVisit, getVisit, lockVisit } from '../store.ts';
import {
  checkArrival,
  isAgainstDecision,
  isEntered,
  noPower,
  recordDoorAnswer,
  recordEntry,
  type Visit,
} from '../visit.ts';
import { listUnits, readOthers } from './attendance.ts';
import { saveVisitChange } from './departure-routes.ts';
import { allowsForce, arrivalPage, entryPage, getPowerUsed, powerChoices, visitErrors } from './pages.ts';

export async function arrivalRoutes(app: App): Promise<void> {
  const opened = async (request: Request, id: string) => {
    const planned = await readOwnPlannedVisit(request, id);
    const team = (await listTeamMembers(request.db, planned.teamId)).map(toTeamChoice);
    const partners = await listPartners(request.db, [planned.operationId]);
    const units = listUnits(partners, []);
    return {
      planned,
      units,
      kinds: mapAgencyKinds(team, partners),
      page: (typed?: Answers, errors?: FormErrors) => arrivalPage(planned, { team, units }, request.now, typed, errors),
    };
  };
  app.get('/visits/:id/arrive', may('visit.record', VisitPath), async (request, reply) =>
    reply.page('platform/form', (await opened(request, request.params.id)).page()),
  );
  app.post('/visits/:id/arrive', may('visit.record', VisitPath), async (request, reply) => {
    const { id } = request.params;
    const { planned, units, kinds, page } = await opened(request, id);
    const again = (errors: FormErrors) => reply.page('platform/form', page(answersOf(request.body), errors));
    const form = readForm(ArriveForm, request.body);
    const counted = readOthers(units, request.body);
    if (!form.ok || !counted.ok) return again(mergeErrors([form, counted]));
    const { at, attendees, immigrationGround, answer, answeredBy, present } = form.values;
    const others = counted.values;
    const against = isAgainstDecision(planned.premises.immigrationEntry, { attendees, others }, kinds);
    if (against && !immigrationGround) return again(visitErrors['against the decision']);
    const arrived = await request.change(
      'visit.arrival recorded',
      id,
      async (tx) => {
        const current = await getPlannedVisit(tx, id);
        const team = (await listTeamMembers(tx, current.teamId)).map(({ memberId }) => memberId as string);
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
        if (!(await addVisit(tx, answered.value))) return refuse('already arrived');
        await announceChangedRecords(tx, current.operationId, 'visit');
        return accept(true);
      },
      { kind: 'collection', fields: ['arrivedAt', 'answer', 'answeredBy', 'present', 'attendees'] },
    );
    if (!arrived.ok) return again(visitErrors[arrived.refusal]);
    return reply.redirect(`/staff/visits/${id}${getNextPath(answer)}`, 303);
  });

  const entering = async (request: Request, id: string) => {
    const planned = await readOwnPlannedVisit(request, id);
    const visit = await getVisit(request.db, id);
    return { planned, visit, powers: powerChoices(planned, request.today, request.can('sign.record')) };
  };
  app.get('/visits/:id/entry', may('visit.record', VisitPath), async (request, reply) => {
    const { planned, visit, powers } = await entering(request, request.params.id);
    if (!isEntered(visit.answer) || visit.basis) return reply.redirect(`/staff/visits/${planned.id}`, 303);
    return reply.page('platform/form', entryPage(planned, powers, visit));
  });
  app.post('/visits/:id/entry', may('visit.record', VisitPath), async (request, reply) => {
    const { planned, visit, powers } = await entering(request, request.params.id);
    const { id } = planned;
    const again = (errors: FormErrors) =>
      reply.page('platform/form', entryPage(planned, powers, visit, answersOf(request.body), errors));
    const form = readForm(EntryForm, request.body);
    if (!form.ok) return again(form.errors);
    const { power, ground } = form.values;
    if (!powers.some(({ value }) => value === power)) return again(visitErrors['no such power']);
    const entered = await request.change(
      'visit.entry recorded',
      id,
      async (tx) => {
        const current = await lockVisit(tx, id);
        const used = getPowerUsed(planned, power, ground);
        if (current.basis !== null && current.basis !== used.basis) return refuse('changed meanwhile');
        const allowed = recordEntry(current, used, allowsForce(used, request.today));
        if (allowed.ok) await saveVisitChange(tx, allowed.value, 'visit');
        return allowed;
      },
      { fields: ['basis'] },
    );
    if (!entered.ok) return again(visitErrors[entered.refusal]);
    return reply.redirect(`/staff/visits/${id}${visit.present === 0 ? '' : '/encounters/new'}`, 303);
  });
}

/** The next page: the power if somebody entered, the encounter if they spoke at the door, else the visit. */
const getNextPath = (answer: Visit['answer']): string =>
  isEntered(answer) ? '/entry' : answer === 'spoken to at the door' ? '/encounters/new' : '';

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
