/** Who may ask what of arrests, screenings, seizures and the search record: enforcement alone. Read, decide, change, answer. */

import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit } from '../../operations/plan/index.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds, reasonMissing } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, may, type Request } from '../../platform/http/server.ts';
import { notify } from '../../platform/notifications/index.ts';
import type { AgencyId } from '../../vocabulary/ids.ts';
import { arrestPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { refuse } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { readPlannedVisit } from '../audited-reads.ts';
import { isTreatedAsChild } from '../child-arrests/child-notification.ts';
import { findChildNotification } from '../child-arrests/store.ts';
import {
  ArrestCorrection,
  ArrestForm,
  mergeErrors,
  RecordPath,
  readFormId,
  ScreeningForm,
  StatusForm,
  VisitPath,
} from '../forms.ts';
import { findFirstFinish } from '../late-corrections/store.ts';
import { arrestReferralAction } from '../nrm-referrals/visit-sections.ts';
import { mayWrite } from '../pages.ts';
import {
  addRecord,
  announceChangedRecords,
  createRecorded,
  getSupportContacts,
  getVisit,
  listEncounters,
  lockVisit,
} from '../store.ts';
import { type Arrest, type ArrestFacts, checkScreening, closeArrest, type Encounter } from '../visit.ts';
import { checkAgeEvidence, keepAgeEvidence } from './age-evidence.ts';
import { arrestErrors } from './arrest-errors.ts';
import { checkArrest, checkArrestFacts, findArrestContradictions } from './arrest-rules.ts';
import * as page from './pages.ts';
import { findScreening, lockArrest, lookUpArrest, saveArrest, saveScreening } from './store.ts';

const arrestFields = [
  'kind',
  'matter',
  'offence',
  'sex',
  'age',
  'ageBasis',
  'residence',
  'status',
  'custodyRef',
  'arrestedAt',
];
const screeningFields = ['outcome', 'reason', 'screenedBy', 'screenedAt', 'interpreter'];

export async function arrestRoutes(app: App): Promise<void> {
  newArrestRoutes(app);
  arrestPageRoutes(app);
  arrestCorrectionRoutes(app);
  arrestStateRoutes(app);
  screeningRoutes(app);
}

/** What contradicts itself in an arrest as it was typed, whatever else is wrong with the form. */
const listContradictionErrors = (typed: Answers): FormErrors[] => {
  const { kind, matter, offence, status } = typed as Partial<ArrestFacts>;
  if (!kind || !matter || !status) return [];
  const facts = { kind, matter, offence: String(offence ?? '').trim() || null, status };
  return findArrestContradictions(facts).map((wrong) => arrestErrors[wrong]);
};

type ArrestRequest = Request & { readonly params: { readonly id: string } };

/** The arrest, after logging the access. */
export async function readArrest(request: Request, id: string, fields = arrestFields) {
  const db = request.look('arrest.shown', id, { fields });
  const arrest = matchLookup(await lookUpArrest(db, id, 'operation'), {
    full: (made) => made,
    restricted: () => undefined,
    nothing: () => undefined,
  });
  if (!arrest) throw notFound('record');
  return { db, arrest };
}

function newArrestRoutes(app: App): void {
  formRoute(app, visitPaths.newArrest.route, {
    may: may('arrest.record', VisitPath),
    load: async (request) => {
      const planned = await readPlannedVisit(request, request.params.id);
      const visit = await getVisit(request.db, planned.id);
      const db = request.look('encounters.listed', visit.id, { fields: ['number', 'place'] });
      return { planned, leftAt: visit.leftAt, people: await listEncounters(db, visit.id) };
    },
    form: ArrestForm,
    contradictions: listContradictionErrors,
    check: checkPerson,
    page: ({ planned, people, leftAt }, typed, _errors, { now }) =>
      page.addArrestPage(planned, readFormId(typed), people, { leftAt, now }),
    saves: 'Arrest',
    event: 'arrest.recorded',
    subject: (_, { id }) => id,
    details: () => ({ kind: 'collection', fields: arrestFields }),
    change: async (tx, { planned }, said, request) => {
      const visit = await lockVisit(tx, planned.id);
      if (visit.finishedAt) return refuse('finished');
      const stands = checkArrest(visit, said, request.now);
      if (!stands.ok) return stands;
      const arrest: Arrest = { ...said, visitId: planned.id, closedAt: null, ...createRecorded(request) };
      await addRecord(tx, 'arrests', arrest);
      await announceChangedRecords(tx, visit.operationId, 'arrest');
      if (isTreatedAsChild(arrest)) await notify(tx, [noticeOfChild(arrest, request)]);
      return stands;
    },
    refusals: arrestErrors,
    next: (_value, _known, { id }) => arrestPaths.screening(id),
  });
}

/** Children's services must be telephoned now. Planners and commanders ask the team whether it was done. */
const noticeOfChild = ({ id }: Arrest, { actor, now }: Request) => {
  const ownerId = actor.agencyId as AgencyId;
  const to = { agency: ownerId, roles: ['planner', 'commander'] } as const;
  return { kind: 'child arrest', subject: id, ownerId, madeAt: now, to } as const;
};

function arrestPageRoutes(app: App): void {
  app.get(arrestPaths.arrest.route, may('arrest.read', RecordPath), async (request, reply) => {
    const { db, arrest } = await readArrest(request, request.params.id, [...arrestFields, ...screeningFields]);
    const planned = await getPlannedVisit(db, arrest.visitId);
    const screening = await findScreening(db, arrest.id);
    const writes = mayWrite(request, planned);
    const versions = await listEarlierVersions(db, 'arrests', arrest.id);
    const screeningVersions = await listEarlierVersions(db, 'screenings', arrest.id);
    const told = {
      notification: await findChildNotification(db, arrest.id),
      versions: await listEarlierVersions(db, 'child_notifications', arrest.id),
    };
    const people = await listEncounters(db, arrest.visitId);
    const names = await memberNames(db, [
      arrest.recordedBy,
      screening?.recordedBy ?? null,
      told.notification?.recordedBy ?? null,
      ...listMemberIds([...versions, ...screeningVersions, ...told.versions]),
    ]);
    return reply.case(
      page.arrestPage({
        arrest,
        screening,
        premises: planned.premises.name,
        met: people.find(({ id }) => id === arrest.encounterId),
        names,
        versions,
        screeningVersions,
        told,
        firstFinishedAt: await findFirstFinish(db, arrest.visitId),
        onCall:
          screening?.outcome === 'concern raised' || isTreatedAsChild(arrest)
            ? (await getSupportContacts(db, arrest.visitId)).onCall
            : undefined,
        writes,
        referral: await arrestReferralAction(db, request, { arrest, screening, writes }),
      }),
    );
  });
}

function arrestCorrectionRoutes(app: App): void {
  formRoute(app, arrestPaths.correction.route, {
    ...recordedAtArrest,
    load: async (request: ArrestRequest) => {
      const { db, arrest } = await readArrest(request, request.params.id);
      const people = await listEncounters(db, arrest.visitId);
      return { arrest, people, base: await getVersion(db, 'arrests', arrest.id) };
    },
    form: ArrestCorrection,
    contradictions: listContradictionErrors,
    check: (known, said) => checkPerson(known, said) ?? checkAgeEvidence(known.arrest, said),
    page: ({ arrest, people, base }) => page.correctArrestPage(arrest, people, base),
    saves: 'Arrest',
    event: 'arrest.corrected',
    details: (_, { why }) => ({ reason: why, fields: arrestFields }),
    change: async (tx, { arrest }, { base, why: _why, ageBasis, ...said }, { now }) => {
      const visit = await lockVisit(tx, arrest.visitId);
      const current = await lockArrest(tx, arrest.id);
      if ((await getVersion(tx, 'arrests', arrest.id)) !== base) return refuse('changed meanwhile');
      const moved = said.arrestedAt.getTime() !== current.arrestedAt.getTime();
      const stands = moved ? checkArrest(visit, said, now) : checkArrestFacts(said);
      if (!stands.ok) return stands;
      const told = isTreatedAsChild({ ...said, ageBasis: ageBasis || null })
        ? await findChildNotification(tx, arrest.id)
        : undefined;
      if (told && told.toldAt < said.arrestedAt) return refuse('after telling about the child');
      if (current.closedAt && said.status === 'in custody') return refuse('still in custody');
      await saveArrest(tx, { ...current, ...said, ageBasis: keepAgeEvidence(current, { ...said, ageBasis }) });
      await announceChangedRecords(tx, visit.operationId, 'arrest');
      return stands;
    },
  });
}

/** The person arrested may be one of those met at this visit, or nobody of them. */
const checkPerson = (
  { people }: { readonly people: readonly Encounter[] },
  { encounterId }: { readonly encounterId: string | null },
): FormErrors | undefined =>
  encounterId && !people.some(({ id }) => id === encounterId)
    ? { encounterId: 'Select a person of the list' }
    : undefined;

/** What every form about one arrest has in common. */
const recordedAtArrest = {
  may: may('arrest.record', RecordPath),
  subject: ({ arrest }: { readonly arrest: Arrest }) => arrest.id,
  refusals: arrestErrors,
  retype: (body: unknown, { base }: { readonly base: number }, errors: FormErrors) =>
    answersAfterConflict(body, base, errors),
  next: (_: unknown, { arrest }: { readonly arrest: Arrest }) => arrestPaths.arrest(arrest.id),
};

function arrestStateRoutes(app: App): void {
  formRoute(app, arrestPaths.status.route, {
    ...recordedAtArrest,
    load: async (request: ArrestRequest) => {
      const { db, arrest } = await readArrest(request, request.params.id, ['status']);
      return { arrest, base: await getVersion(db, 'arrests', arrest.id) };
    },
    form: StatusForm,
    page: ({ arrest, base }) => page.statusPage(arrest, base),
    saves: 'Status',
    event: 'arrest.status changed',
    details: () => ({ fields: ['status'] }),
    change: async (tx, { arrest }, { status, base }) => {
      const visit = await lockVisit(tx, arrest.visitId);
      const current = await lockArrest(tx, arrest.id);
      if (current.closedAt) return refuse('closed');
      if ((await getVersion(tx, 'arrests', arrest.id)) !== base) return refuse('changed meanwhile');
      const stands = checkArrestFacts({ ...current, status });
      if (!stands.ok) return stands;
      await saveArrest(tx, { ...current, status });
      await announceChangedRecords(tx, visit.operationId, 'arrest');
      return stands;
    },
  });

  const { retype: _retype, ...closing } = recordedAtArrest;
  formRoute(app, arrestPaths.closing.route, {
    ...closing,
    load: (request: ArrestRequest) => readArrest(request, request.params.id, ['status']),
    form: NothingAsked,
    page: ({ arrest }) => page.closeArrestPage(arrest),
    saves: 'Arrest',
    event: 'arrest.closed',
    change: async (tx, { arrest }, _said, { now }) => {
      const visit = await lockVisit(tx, arrest.visitId);
      const ended = closeArrest(await lockArrest(tx, arrest.id), await findScreening(tx, arrest.id), now);
      if (!ended.ok) return ended;
      await saveArrest(tx, ended.value);
      await announceChangedRecords(tx, visit.operationId, 'arrest');
      return ended;
    },
  });
}

function screeningRoutes(app: App): void {
  formRoute(app, arrestPaths.screening.route, {
    ...recordedAtArrest,
    may: may('screening.record', RecordPath),
    load: async (request: ArrestRequest) => {
      const { db, arrest } = await readArrest(request, request.params.id, screeningFields);
      const known = await findScreening(db, arrest.id);
      return { arrest, known, base: await getVersion(db, 'screenings', arrest.id) };
    },
    form: ScreeningForm,
    check: ({ arrest, known }, said, { now }) => {
      if (!known || said.why) return undefined;
      const undone = checkScreening(arrest, said, now);
      return mergeErrors([], [reasonMissing, ...(undone.ok ? [] : [arrestErrors[undone.refusal]])]);
    },
    page: ({ arrest, known, base }, _typed, _errors, { now }) => page.screeningPage(arrest, known, base, now),
    saves: 'Screening',
    event: ({ known }) => (known ? 'screening.corrected' : 'screening.recorded'),
    details: ({ known }, { why }) => ({
      fields: screeningFields,
      ...(why && { reason: why }),
      ...(!known && { kind: 'collection' }),
    }),
    change: async (tx, { arrest, known }, { base, why: _why, ...said }, request) => {
      const visit = await lockVisit(tx, arrest.visitId);
      const current = await lockArrest(tx, arrest.id);
      const first = (await findScreening(tx, arrest.id)) === undefined;
      if (first === Boolean(known) || (await getVersion(tx, 'screenings', arrest.id)) !== base)
        return refuse('changed meanwhile');
      const done = checkScreening(current, said, request.now);
      if (!done.ok) return done;
      await saveScreening(tx, { id: arrest.id, ...done.value, ...createRecorded(request) });
      await announceChangedRecords(tx, visit.operationId, 'screening');
      return done;
    },
    next: (_, known, said) => getPageAfterScreening(known, said),
  });
}

/** The visit goes on where nothing more is to do about an adult. The page of the arrest says what is to do about anybody else. */
const getPageAfterScreening = (
  { arrest, known }: { readonly arrest: Arrest; readonly known: unknown },
  { outcome }: { readonly outcome: string },
): string =>
  !known && outcome === 'no concern' && arrest.age !== null && arrest.age >= 18
    ? visitPaths.visit(arrest.visitId)
    : arrestPaths.arrest(arrest.id);
