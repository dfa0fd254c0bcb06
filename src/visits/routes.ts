/** Who may ask what of a visit as a whole: the list, the visit, arriving, the door, leaving, finishing, correcting. */
import { z } from 'zod';
import {
  getPlannedVisit,
  listPartners,
  listPlannedVisits,
  listPowers,
  listTeamMembers,
  type Partner,
  seePremises,
  type VisitInPlan,
} from '../operations/index.ts';
import { listAgencies, memberNames } from '../partnership/index.ts';
import type { AnyTables, Reader } from '../platform/database.ts';
import type { RoomParts } from '../platform/doors.ts';
import { namesIn, typedAgain } from '../platform/earlier.ts';
import { answersOf } from '../platform/forms.ts';
import type { Place } from '../platform/home.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../platform/http.ts';
import { notFound } from '../platform/problem.ts';
import { listEarlierVersions, versionOf } from '../platform/versions.ts';
import { listSigns } from '../signs/index.ts';
import type { VisitId } from '../vocabulary/ids.ts';
import type { AgencyKind } from '../vocabulary/people.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { see } from '../vocabulary/sight.ts';
import { arrestsSection } from './arrest-pages.ts';
import { arrestRoutes } from './arrest-routes.ts';
import { findSearch, listArrests, listSeizures, listUnscreened } from './arrest-store.ts';
import { readOthers, unitsOf } from './attendance.ts';
import { arrivePage, correctVisitPage, doorPage, powerChoices, powerUsed, visitRefusals } from './door-pages.ts';
import { signsSection } from './encounter-pages.ts';
import { encounterRoutes } from './encounter-routes.ts';
import { endRoutes, keep, sidesOf } from './end-routes.ts';
import { ArriveForm, allWrong, DoorForm, FilterQuery, VisitCorrection, VisitPath } from './forms.ts';
import { type Listed, visitsPage, waitingVisits } from './list-pages.ts';
import { openOwn } from './looking.ts';
import { nameRoutes } from './name-routes.ts';
import { onCallAt } from './on-call.ts';
import { mayWrite, type Point, stageOf, visitPage } from './pages.ts';
import { searchSection, seizuresSection } from './search-pages.ts';
import { searchAndSeizureRoutes } from './search-routes.ts';
import {
  addVisit,
  countMet,
  findVisit,
  getVisit,
  hangingOn,
  listEncounters,
  listObservations,
  listVisitStates,
  lockVisit,
  recordedBy,
  tellReturns,
} from './store.ts';
import { againstDecision, answerDoor, arrive, attended, leave, mayFinish, missing, type Visit } from './visit.ts';

export const visitsRoutes = async (app: App, parts: RoomParts): Promise<void> => {
  await listRoutes(app);
  await doorRoutes(app);
  await endRoutes(app);
  await correctionRoutes(app);
  await encounterRoutes(app);
  await nameRoutes(app, parts);
  await arrestRoutes(app);
  await searchAndSeizureRoutes(app);
};

async function listWithStages(db: Reader<AnyTables>): Promise<Listed[]> {
  const planned = await listPlannedVisits(db);
  const made = new Map((await listVisitStates(db)).map((state) => [state.id, state]));
  return planned.map((visit) => ({ ...visit, stage: stageOf(visit, made.get(visit.id)) }));
}

export const visitsPlace: Place = {
  room: 'visits',
  href: '/staff/visits',
  action: 'visit.read',
  says: 'What happens at the door: who was met, what was seen, what was done.',
  waiting: async (db, request, look) => {
    look('visits.waiting counted', null, { fields: ['day', 'stage'] });
    const unscreened = request.can('arrest.read') ? await listUnscreened(db) : [];
    return waitingVisits(await listWithStages(db), unscreened, request.today);
  },
};

async function listRoutes(app: App): Promise<void> {
  app.get('/visits', may('visit.read', z.unknown(), FilterQuery), async (request, reply) => {
    const db = request.look('visits.listed', null, { fields: ['premises', 'day', 'team'] });
    const page = visitsPage(await listWithStages(db), request.query, request.today);
    request.returned(page.shown);
    return reply.page('visits/list', page);
  });

  app.get('/visits/:id', may('visit.read', VisitPath), async (request, reply) => {
    const { id } = request.params;
    const enforcement = request.can('sign.read');
    const db = request.look('visit.shown', id, {
      fields: ['premises', 'encounters', ...(enforcement ? ['observations', 'arrests', 'seizures', 'searches'] : [])],
    });
    const planned = await getPlannedVisit(db, id);
    const visit = await findVisit(db, id);
    const encounters = visit ? await listEncounters(db, id) : [];
    if (encounters.length > 0) request.mark('encounter.read');
    const versions = visit ? await listEarlierVersions(db, 'visits', id) : [];
    const team = await listTeamMembers(db, planned.teamId);
    const officers = visit && enforcement ? await whatOfficersRecorded(db, id) : undefined;
    const around = await whatIsPlanned(db, planned);
    const names = await memberNames(db, [
      ...(visit ? [visit.recordedBy, ...visit.attendees] : []),
      ...namesIn(versions),
      ...(officers?.people ?? []),
    ]);
    request.returned([...encounters, ...(officers?.arrests ?? []), ...(officers?.signs ?? [])].map((one) => one.id));
    const people = new Map<string, number>(encounters.map(({ id: met, number }) => [met, number]));
    const spokenTo = encounters.filter((met) => met.spokenTo).length;
    if (officers?.arrests.length) request.mark('arrest.read');
    const unscreened = officers?.arrests.filter(({ screening }) => screening === null).length ?? 0;
    return reply.page(
      'visits/visit',
      visitPage({
        planned,
        ...around,
        stage: stageOf(planned, visit),
        visit,
        names,
        encounters,
        missing: visit ? missing(visit, { spokenTo, unscreened }) : [],
        points: visit
          ? [
              { at: visit.arrivedAt, text: 'Arrived' },
              ...encounters.map(({ recordedAt, number }) => ({ at: recordedAt, text: `Person ${number} recorded` })),
              ...(officers?.points ?? []),
              ...(visit.leftAt ? [{ at: visit.leftAt, text: 'Left' }] : []),
            ]
          : [],
        versions,
        writes: mayWrite(request, planned),
        mayFinish: mayFinish(request.actor.side, sidesOf(team)),
        writesNotes: request.can('note.write') && mayWrite(request, planned),
        enforcement,
        more: officers
          ? [
              signsSection(officers.signs, listSigns(planned.day), people, names),
              arrestsSection(officers.arrests, Boolean(visit?.finishedAt)),
              seizuresSection(officers.seizures, Boolean(visit?.finishedAt)),
              ...searchSection(officers.search, officers.searchVersions, names),
            ]
          : [],
      }),
    );
  });
}

/** What the plan says of the place and the power, beside the visit itself: as the team's briefing tells it. */
async function whatIsPlanned(db: Reader<AnyTables>, { operationId, premisesId, powerId, premises }: VisitInPlan) {
  const reason = see(await seePremises(db, premisesId, 'operation'), {
    full: (place) => place.reason,
    restricted: () => undefined,
    nothing: () => undefined,
  });
  if (reason === undefined) throw notFound('premises');
  const power = (await listPowers(db, [operationId])).find(({ id }) => id === powerId);
  const partners = power ? await listPartners(db, [operationId]) : [];
  const named = partners.filter(({ id }) => power?.accompanying.includes(id)).map(({ printedName }) => printedName);
  return {
    why: reason,
    power: power && { reference: power.reference, named },
    onCall: onCallAt(premises, await listAgencies(db)),
  };
}

async function whatOfficersRecorded(db: ReturnType<Request['look']>, id: VisitId) {
  const signs = await listObservations(db, { visitId: id });
  const arrests = await listArrests(db, id);
  const seizures = await listSeizures(db, id);
  const search = await findSearch(db, id);
  const searchVersions = search ? await listEarlierVersions(db, 'searches', id) : [];
  const points: Point[] = [
    ...signs.map(({ recordedAt }) => ({ at: recordedAt, text: 'Sign recorded' })),
    ...arrests.map(({ arrestedAt, matter }) => ({ at: arrestedAt, text: `Arrest over ${matter}` })),
    ...seizures.map(({ recordedAt, kind }) => ({ at: recordedAt, text: `Seizure recorded: ${kind}` })),
  ];
  const people = [
    ...signs.map(({ recordedBy }) => recordedBy),
    ...(search ? [search.recordedBy] : []),
    ...namesIn(searchVersions),
  ];
  return { signs, arrests, seizures, search, searchVersions, points, people };
}

async function doorRoutes(app: App): Promise<void> {
  const opened = async (request: Request, id: string) => {
    const planned = await openOwn(request, id);
    const team = (await listTeamMembers(request.db, planned.teamId)).map(teamChoice);
    const partners = await listPartners(request.db, [planned.operationId]);
    const units = unitsOf(partners, []);
    const powers = powerChoices(planned, request.today, request.can('sign.record'));
    return {
      planned,
      powers,
      units,
      kinds: kindsOf(team, partners),
      page: (typed?: Answers, errors?: FormErrors) =>
        arrivePage(planned, { team, units }, powers, request.now, typed, errors),
    };
  };
  app.get('/visits/:id/arrive', may('visit.record', VisitPath), async (request, reply) =>
    reply.page('platform/form', (await opened(request, request.params.id)).page()),
  );
  app.post('/visits/:id/arrive', may('visit.record', VisitPath), async (request, reply) => {
    const { id } = request.params;
    const { planned, powers, units, kinds, page } = await opened(request, id);
    const again = (errors: FormErrors) => reply.page('platform/form', page(answersOf(request.body), errors));
    const form = readForm(ArriveForm, request.body);
    const counted = readOthers(units, request.body);
    if (!form.ok || !counted.ok) return again(allWrong([form, counted]));
    const { at, power, ground, attendees, immigrationGround } = form.values;
    const others = counted.values;
    const against = againstDecision(planned.premises.immigrationEntry, { attendees, others }, kinds);
    if (against && !immigrationGround) return again(visitRefusals['against the decision']);
    if (!powers.some(({ value }) => value === power)) return again(visitRefusals['no such power']);
    const arrived = await request.change(
      'visit.arrival recorded',
      id,
      async (tx) => {
        const current = await getPlannedVisit(tx, id);
        const team = (await listTeamMembers(tx, current.teamId)).map(({ memberId }) => memberId as string);
        const known = await findVisit(tx, id);
        const may = arrive(
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
          ...powerUsed(current, power, ground),
          answer: null,
          answeredBy: null,
          present: null,
          attendees,
          others,
          immigrationGround: against ? immigrationGround : null,
          finishedAt: null,
          ...recordedBy(request),
        };
        if (!(await addVisit(tx, visit))) return refuse('already arrived');
        await tellReturns(tx, current.operationId, 'visit');
        return accept(true);
      },
      { kind: 'collection', fields: ['arrivedAt', 'basis', 'attendees'] },
    );
    if (!arrived.ok) return again(visitRefusals[arrived.refusal]);
    return reply.redirect(`/staff/visits/${id}/door`, 303);
  });

  app.get('/visits/:id/door', may('visit.record', VisitPath), async (request, reply) => {
    const planned = await openOwn(request, request.params.id);
    await getVisit(request.db, request.params.id);
    return reply.page('platform/form', doorPage(planned.id, planned.premises.name));
  });
  app.post('/visits/:id/door', may('visit.record', VisitPath), async (request, reply) => {
    const { id, premises } = await openOwn(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', doorPage(id, premises.name, answersOf(request.body), errors));
    const form = readForm(DoorForm, request.body);
    if (!form.ok) return again(form.errors);
    const said = await request.change('visit.door recorded', id, async (tx) => {
      const visit = await lockVisit(tx, id);
      if (visit.answer !== null && visit.answer !== form.values.answer) return refuse('changed meanwhile');
      const answered = answerDoor(visit, form.values, (await countMet(tx, id)).met);
      if (answered.ok) await keep(tx, answered.value, 'visit');
      return answered;
    });
    if (!said.ok) return again(visitRefusals[said.refusal]);
    const next = said.value.answer === 'spoken with' ? `/staff/visits/${id}/encounters/new` : `/staff/visits/${id}`;
    return reply.redirect(next, 303);
  });
}

const teamChoice = ({
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
const kindsOf = (
  team: readonly ReturnType<typeof teamChoice>[],
  partners: readonly Pick<Partner, 'id' | 'kind'>[],
): ReadonlyMap<string, AgencyKind | null> =>
  new Map([
    ...team.map(({ value, kind }) => [value, kind] as const),
    ...partners.map(({ id, kind }) => [id, kind] as const),
  ]);

async function correctionRoutes(app: App): Promise<void> {
  const opened = async (request: Request, id: VisitId) => {
    const planned = await openOwn(request, id);
    const visit = await getVisit(request.db, id);
    const team = (await listTeamMembers(request.db, planned.teamId)).map(teamChoice);
    const names = await memberNames(request.db, [...visit.attendees]);
    const gone = visit.attendees
      .filter((member) => !team.some(({ value }) => value === member))
      .map((member) => ({ value: member as string, text: names.get(member) ?? 'somebody who has left', kind: null }));
    const partners = await listPartners(request.db, [planned.operationId]);
    const base = await versionOf(request.db, 'visits', id);
    return {
      planned,
      visit,
      team: [...team, ...gone],
      units: unitsOf(partners, visit.others),
      kinds: kindsOf(team, partners),
      powers: powerChoices(planned, request.today, request.can('sign.record'), visit),
      base,
    };
  };
  app.get('/visits/:id/correct', may('visit.record', VisitPath), async (request, reply) =>
    reply.page('platform/form', correctVisitPage(await opened(request, request.params.id))),
  );
  app.post('/visits/:id/correct', may('visit.record', VisitPath), async (request, reply) => {
    const { id } = request.params;
    const known = await opened(request, id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', correctVisitPage(known, typedAgain(request.body, known.base, errors), errors));
    const form = readForm(VisitCorrection, request.body);
    const counted = readOthers(known.units, request.body);
    if (!form.ok || !counted.ok) return again(allWrong([form, counted]));
    const others = counted.values;
    const { at, leftAt, power, ground, attendees, immigrationGround, answer, answeredBy, present, base, why } =
      form.values;
    if (!known.powers.some(({ value }) => value === power)) return again(visitRefusals['no such power']);
    const against = againstDecision(known.planned.premises.immigrationEntry, { attendees, others }, known.kinds);
    if (against && !immigrationGround) return again(visitRefusals['against the decision']);
    const allowed = known.team.map(({ value }) => value);
    const corrected = await request.change(
      'visit.corrected',
      id,
      async (tx) => {
        const visit = await lockVisit(tx, id);
        if ((await versionOf(tx, 'visits', id)) !== base) return refuse('changed meanwhile');
        const there = attended({ at, attendees }, allowed, request.now);
        if (!there.ok) return there;
        const open = {
          ...visit,
          ...powerUsed(known.planned, power, ground, visit),
          arrivedAt: at,
          attendees,
          others,
          immigrationGround: against ? immigrationGround : null,
          finishedAt: null,
        };
        const said = answerDoor(open, { answer, answeredBy, present }, (await countMet(tx, id)).met);
        if (!said.ok) return said;
        const gone = leftAt ? leave(said.value, leftAt, request.now) : accept({ ...said.value, leftAt: null });
        if (!gone.ok) return gone;
        const [lacks] = visit.finishedAt ? missing(gone.value, await hangingOn(tx, id)) : [];
        if (lacks) return refuse(lacks);
        await keep(tx, { ...gone.value, finishedAt: visit.finishedAt }, 'visit');
        return accept(true);
      },
      {
        reason: why,
        fields: ['arrivedAt', 'leftAt', 'basis', 'attendees', 'others', 'answer', 'answeredBy', 'present'],
      },
    );
    if (!corrected.ok) return again(visitRefusals[corrected.refusal]);
    return reply.redirect(`/staff/visits/${id}`, 303);
  });
}
