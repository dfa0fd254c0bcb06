/** Who may ask what of a visit as a whole: the list, and the visit with all that was recorded at it. */
import { z } from 'zod';
import { listAgencies, memberNames } from '../identity/agencies/index.ts';
import {
  getPlannedVisit,
  listPartners,
  listPowers,
  listTeamMembers,
  lookUpPremises,
  type VisitInPlan,
} from '../operations/plan/index.ts';
import { listPlanFiles, planFilesSection } from '../operations/plan-files/index.ts';
import { instantAt } from '../platform/clock.ts';
import type { AnyTables, AuditedReader, Reader } from '../platform/database/database.ts';
import { listEarlierVersions } from '../platform/database/earlier-versions.ts';
import { listMemberIds, type MemberNames } from '../platform/forms/correction.ts';
import { notFound } from '../platform/http/problem.ts';
import { type App, may, type Request } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import type { Section } from '../platform/rendering/pages.ts';
import { listSignsOfVisits } from '../public/signs/index.ts';
import type { VisitId } from '../vocabulary/ids.ts';
import { visitPaths } from '../vocabulary/paths/visits.ts';
import { matchLookup } from '../vocabulary/visibility.ts';
import { arrestsSection } from './arrests/pages.ts';
import { arrestRoutes } from './arrests/routes.ts';
import { findSearch, listArrests, listSeizures } from './arrests/store.ts';
import { correctionRoutes } from './arrival-and-departure/correction-routes.ts';
import { departureRoutes, listSides } from './arrival-and-departure/departure-routes.ts';
import { arrivalRoutes } from './arrival-and-departure/routes.ts';
import { isTreatedAsChild } from './child-arrests/child-notification.ts';
import { untoldSection } from './child-arrests/pages.ts';
import { childArrestRoutes } from './child-arrests/routes.ts';
import { listUntoldArrests } from './child-arrests/store.ts';
import { untoldMeetingsSection } from './children-met/pages.ts';
import { nameCommanders } from './commanders.ts';
import { findDecisionOnVisit, listStopNotices } from './decision-to-proceed.ts';
import { indicatorsSection } from './encounters/indicator-pages.ts';
import { nameRoutes } from './encounters/name-routes.ts';
import { encounterRoutes } from './encounters/routes.ts';
import { FilterQuery, VisitPath } from './forms.ts';
import { findFirstFinish } from './late-corrections/store.ts';
import { findNextVisit, visitsPage } from './list-pages.ts';
import { writerOf } from './nrm-referrals/nrm-referral.ts';
import { officerReferralsSection } from './nrm-referrals/pages.ts';
import { officerReferralRoutes } from './nrm-referrals/routes.ts';
import { listOfficerReferrals } from './nrm-referrals/store.ts';
import { unreferredSection } from './nrm-referrals/visit-sections.ts';
import { findOnCall } from './on-call-first-responders.ts';
import { getStage, isSearchDue, mayWrite, type TimelinePoint, type VisitPageData, visitPage } from './pages.ts';
import { papersSection } from './papers/papers-section.ts';
import { visitPaperRoutes } from './papers/routes.ts';
import { photosSection } from './photos/pages.ts';
import { photoRoutes } from './photos/routes.ts';
import { listPhotos } from './photos/store.ts';
import { readPowerNotice } from './power-notice.ts';
import { searchMissingSection, searchSection, seizuresSection } from './search-and-seizure/pages.ts';
import { searchAndSeizureRoutes } from './search-and-seizure/routes.ts';
import { findVisit, listEncounters, listObservations } from './store.ts';
import { type Encounter, listMissingSteps, mayFinish, type Visit } from './visit.ts';
import { listCurrentVisits, readPageOfVisits } from './visit-list-store.ts';

export const visitsRoutes = async (app: App, parts: AreaParts): Promise<void> => {
  await listRoutes(app);
  await arrivalRoutes(app);
  await departureRoutes(app);
  await correctionRoutes(app);
  await encounterRoutes(app);
  await nameRoutes(app, parts);
  await arrestRoutes(app);
  await childArrestRoutes(app);
  await searchAndSeizureRoutes(app);
  await photoRoutes(app, parts);
  await visitPaperRoutes(app, parts);
  await officerReferralRoutes(app, parts);
};

async function listRoutes(app: App): Promise<void> {
  app.get(visitPaths.list.route, may('visit.read', z.unknown(), FilterQuery), async (request, reply) => {
    const db = request.look('visits.listed', null, { fields: ['premises', 'day', 'team'] });
    const listed = await readPageOfVisits(db, request.actor, request.query, request.today);
    const stops = await listStopNotices(
      db,
      listed.visits.filter(({ stage }) => stage === 'planned'),
    );
    const page = visitsPage(listed, request.query, request.today, stops);
    request.returned(page.shown);
    return reply.page('visits/list', page);
  });

  app.get(visitPaths.visit.route, may('visit.read', VisitPath), async (request, reply) =>
    reply.page('visits/visit', visitPage(await readVisitPage(request, request.params.id))),
  );
}

/** When the team goes in: as planned, or now if it is late. */
const entryTimeOf = ({ day, starts }: VisitInPlan, now: Date): Date =>
  new Date(Math.max(instantAt(day, starts).getTime(), now.getTime()));

/** All that one visit shows, after logging the access. What officers recorded is read for enforcement alone. */
async function readVisitPage(request: Request, id: VisitId): Promise<VisitPageData> {
  const enforcement = request.can('sign.read');
  const db = request.look('visit.shown', id, {
    fields: [
      'premises',
      'files',
      'encounters',
      'photos',
      ...(enforcement ? ['observations', 'arrests', 'nrmReferrals', 'seizures', 'searches'] : []),
    ],
  });
  const planned = await getPlannedVisit(db, id);
  const visit = await findVisit(db, id);
  const encounters = visit ? await listEncounters(db, id) : [];
  if (encounters.length > 0) request.mark('encounter.read');
  const versions = visit ? await listEarlierVersions(db, 'visits', id) : [];
  const team = await listTeamMembers(db, planned.teamId);
  const officers = visit && enforcement ? await readOfficerRecords(db, id) : undefined;
  const { planned: power, ...around } = await readPlanDetails(db, planned);
  const names = await memberNames(db, [
    ...(visit ? [visit.recordedBy, ...visit.attendees] : []),
    ...listMemberIds(versions),
    ...(officers?.people ?? []),
  ]);
  request.returned(
    [...encounters, ...(officers?.arrests ?? []), ...(officers?.signs ?? []), ...(officers?.referrals ?? [])].map(
      (one) => one.id,
    ),
  );
  const go = await findDecisionOnVisit(db, planned);
  const notice = visit ? undefined : await readPowerNotice(request, planned, power, entryTimeOf(planned, request.now));
  const asks = !visit && (go !== 'go' || notice !== undefined);
  const spokenTo = encounters.filter((met) => met.spokenTo).length;
  if (officers?.arrests.length) request.mark('arrest.read');
  if (officers?.referrals.length) request.mark('officer referral.read');
  const unscreened = officers?.arrests.filter(({ screening }) => screening === null).length ?? 0;
  return {
    planned,
    ...around,
    stage: getStage(planned, visit),
    visit,
    go,
    notice,
    commanders: asks ? await nameCommanders(db, planned.operationId) : undefined,
    names,
    encounters,
    missing: visit ? listMissingSteps(visit, { met: encounters.length, spokenTo, unscreened }) : [],
    points: visit ? listPoints(visit, encounters, officers) : [],
    versions,
    firstFinishedAt: versions.length > 0 ? await findFirstFinish(db, id) : undefined,
    writes: mayWrite(request, planned),
    reminders:
      visit && officers && mayWrite(request, planned)
        ? [...(await unreferredSection(db, request, officers)), ...listReminders(planned, visit, encounters, officers)]
        : [],
    next: visit?.finishedAt
      ? findNextVisit(await listCurrentVisits(db, request.actor, request.today), request)?.id
      : undefined,
    mayFinish: mayFinish(request.actor.side, listSides(team)),
    photos: visit ? await readPhotos(db, id) : undefined,
    placeFiles: await readPlaceFiles(db, planned),
    writesNotes: request.can('note.write') && mayWrite(request, planned),
    enforcement,
    more: [
      ...(officers ? officerSections(officers, planned, encounters, Boolean(visit?.finishedAt), names) : []),
      ...(enforcement ? [papersSection(id, visit?.basis ?? planned.basis, planned.day)] : []),
    ],
  };
}

/** Files on the plan about the premises; no section where there are none. */
async function readPlaceFiles(db: AuditedReader<AnyTables>, planned: VisitInPlan): Promise<Section | undefined> {
  const files = await listPlanFiles(db, planned);
  return files.length > 0 ? planFilesSection(files, { title: 'Files about the place' }) : undefined;
}

/** No section where there are none: the button above adds the first. */
async function readPhotos(db: AuditedReader<AnyTables>, id: VisitId): Promise<Section | undefined> {
  const photos = await listPhotos(db, id);
  return photos.length > 0 ? photosSection(photos) : undefined;
}

type OfficerRecords = Awaited<ReturnType<typeof readOfficerRecords>>;

const listReminders = (
  { id, day }: VisitInPlan,
  visit: Visit,
  encounters: readonly Encounter[],
  { search, untold, arrests }: OfficerRecords,
): Section[] => [
  ...untoldSection(untold),
  ...untoldMeetingsSection(encounters, new Set(arrests.map(({ encounterId }) => encounterId ?? ''))),
  ...(!visit.finishedAt && !search && isSearchDue(visit, day)
    ? [searchMissingSection(id, visit.basis === 'consent')]
    : []),
];

const listPoints = (
  visit: Visit,
  encounters: readonly Encounter[],
  officers: OfficerRecords | undefined,
): TimelinePoint[] => [
  { at: visit.arrivedAt, text: 'Arrived' },
  ...encounters.map(({ recordedAt, number }) => ({ at: recordedAt, text: `Person ${number} recorded` })),
  ...(officers?.points ?? []),
  ...(visit.leftAt ? [{ at: visit.leftAt, text: 'Left' }] : []),
];

const officerSections = (
  officers: OfficerRecords,
  planned: VisitInPlan,
  encounters: readonly Encounter[],
  finished: boolean,
  names: MemberNames,
): Section[] => [
  indicatorsSection(
    officers.signs,
    listSignsOfVisits(planned.day),
    new Map(encounters.map(({ id, number }) => [id as string, number])),
    names,
  ),
  arrestsSection(officers.arrests, finished),
  ...officerReferralsSection(officers.referrals, names),
  seizuresSection(officers.seizures, finished),
  ...searchSection(officers.search, officers.searchVersions, names, officers.firstFinishedAt),
];

/** The place and its power from the plan, as in the team's briefing. */
async function readPlanDetails(db: Reader<AnyTables>, { operationId, premisesId, powerId, premises }: VisitInPlan) {
  const reason = matchLookup(await lookUpPremises(db, premisesId, 'operation'), {
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
    planned: power,
    power: power && { reference: power.reference, named },
    onCall: findOnCall(premises, await listAgencies(db)),
  };
}

async function readOfficerRecords(db: ReturnType<Request['look']>, id: VisitId) {
  const signs = await listObservations(db, { visitId: id });
  const arrests = await listArrests(db, id);
  const referrals = await listOfficerReferrals(db, id);
  const seizures = await listSeizures(db, id);
  const search = await findSearch(db, id);
  const searchVersions = search ? await listEarlierVersions(db, 'searches', id) : [];
  const points: TimelinePoint[] = [
    ...signs.map(({ recordedAt }) => ({ at: recordedAt, text: 'Indicator recorded' })),
    ...arrests.map(({ arrestedAt, matter }) => ({ at: arrestedAt, text: `Arrest over ${matter}` })),
    ...seizures.map(({ recordedAt, kind }) => ({ at: recordedAt, text: `Seizure recorded: ${kind}` })),
  ];
  const people = [
    ...signs.map(({ recordedBy }) => recordedBy),
    ...referrals.map(writerOf),
    ...(search ? [search.recordedBy] : []),
    ...listMemberIds(searchVersions),
  ];
  const firstFinishedAt = searchVersions.length > 0 ? await findFirstFinish(db, id) : undefined;
  const untold = arrests.some(isTreatedAsChild)
    ? (await listUntoldArrests(db)).filter(({ visitId }) => visitId === id)
    : [];
  return { untold, signs, arrests, referrals, seizures, search, searchVersions, firstFinishedAt, points, people };
}
