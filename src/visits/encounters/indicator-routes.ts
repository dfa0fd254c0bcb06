/** Routes for indicators observed about a person, or about the place. */
import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit, type VisitInPlan } from '../../operations/plan/index.ts';
import { dayOf } from '../../platform/clock.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { isObservable, listSigns, type Sign } from '../../public/signs/index.ts';
import type { EncounterId } from '../../vocabulary/ids.ts';
import { encounterPaths, indicatorPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readEncounterWithPlan, readPlannedVisit } from '../audited-reads.ts';
import { IndicatorCorrection, IndicatorForm, IndicatorQuery, RecordPath, readFormId } from '../forms.ts';
import { mayWrite } from '../pages.ts';
import {
  addRecord,
  announceChangedRecords,
  createRecorded,
  getObservation,
  getVisit,
  lockObservation,
  lockVisit,
  saveObservation,
} from '../store.ts';
import type { Observation } from '../visit.ts';
import * as pages from './indicator-pages.ts';

export async function indicatorRoutes(app: App): Promise<void> {
  newIndicatorRoutes(app, encounterPaths.indicators.route, async (request, id) => {
    const { met, planned } = await readEncounterWithPlan(request, id as EncounterId, ['number']);
    return { planned, encounterId: met.id, place: pages.getPersonSubject(met) };
  });
  newIndicatorRoutes(app, visitPaths.indicators.route, async (request, id) => {
    const planned = await readPlannedVisit(request, id);
    await getVisit(request.db, id);
    return { planned, encounterId: null, place: pages.getPremisesSubject(planned.id, planned.premises.name) };
  });
  indicatorPageRoutes(app);
}

type Subject = {
  readonly planned: VisitInPlan;
  readonly encounterId: EncounterId | null;
  readonly place: pages.IndicatorSubject;
};

const findSign = (request: Request, id: string | undefined): Sign | undefined =>
  listSigns(request.today).find((sign) => sign.id === id);

/** One address first asks which indicator, then about the one chosen: so these routes are not one form. */
function newIndicatorRoutes(app: App, path: string, find: (request: Request, id: string) => Promise<Subject>): void {
  app.get(path, may('sign.record', RecordPath, IndicatorQuery), async (request, reply) => {
    const { place } = await find(request, request.params.id);
    const sign = findSign(request, request.query.sign);
    if (sign && isObservable(sign))
      return reply.form(pages.indicatorFormPage(place, sign, readFormId({}), request.can('note.write')));
    const done = request.query.sign === 'done' ? 'The indicator is recorded. Is there another?' : undefined;
    return reply.page(
      'visits/signs',
      pages.chooseIndicatorPage(place, listSigns(request.today).filter(isObservable), done),
    );
  });

  app.post(path, may('sign.record', RecordPath, IndicatorQuery), async (request, reply) => {
    const { planned, encounterId, place } = await find(request, request.params.id);
    const sign = findSign(request, request.query.sign);
    if (!sign) throw notFound('sign');
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.form(pages.indicatorFormPage(place, sign, readFormId(typed), request.can('note.write')), typed, errors);
    if (!isObservable(sign)) return again(pages.indicatorErrors.disclosed);
    const form = readForm(IndicatorForm, request.body);
    if (!form.ok) return again(form.errors);
    const seen: Observation = {
      ...form.values,
      visitId: planned.id,
      encounterId,
      indicatorId: sign.id,
      evidence: sign.evidence,
      ofControl: sign.group === 'control',
      ...createRecorded(request),
    };
    const added = await addObservation(request, seen);
    return added.ok ? reply.redirect(`${place.address}?sign=done`, 303) : again(pages.indicatorErrors[added.refusal]);
  });
}

const addObservation = (request: Request, seen: Observation) =>
  request.change(
    'sign.recorded',
    seen.id,
    async (tx) => {
      const visit = await lockVisit(tx, seen.visitId);
      if (visit.finishedAt) return refuse('finished');
      await addRecord(tx, 'observations', seen);
      await announceChangedRecords(tx, visit.operationId, 'sign');
      return accept(true);
    },
    { kind: 'collection', fields: ['indicatorId', 'context', 'explanation'] },
  );

async function readObservation(request: Request, id: string) {
  const db = request.look('sign.shown', id, { fields: ['indicatorId', 'context', 'explanation'] });
  const seen = await getObservation(db, id);
  return { db, seen, planned: await getPlannedVisit(db, seen.visitId) };
}

/** As the list had it on the day it was seen. */
function signOf({ indicatorId, recordedAt }: Observation): Sign {
  const sign = listSigns(dayOf(recordedAt)).find(({ id }) => id === indicatorId);
  if (!sign) throw notFound('sign');
  return sign;
}

function indicatorPageRoutes(app: App): void {
  app.get(indicatorPaths.indicator.route, may('sign.read', RecordPath), async (request, reply) => {
    const { db, seen, planned } = await readObservation(request, request.params.id);
    // An earlier version may hold what a person said, corrected for that reason: not for every officer of the operation.
    const own = seen.recordedBy === request.actor.memberId;
    const versions = own ? await listEarlierVersions(db, 'observations', seen.id) : undefined;
    const corrected = (await getVersion(db, 'observations', seen.id)) > 1;
    const names = await memberNames(db, [seen.recordedBy, ...listMemberIds(versions ?? [])]);
    const page = { seen, sign: signOf(seen), premises: planned.premises.name, names, versions, corrected };
    return reply.case(pages.observationPage({ ...page, writes: mayWrite(request, planned) }));
  });

  formRoute(app, indicatorPaths.correction.route, {
    may: may('sign.record', RecordPath),
    load: async (request) => {
      const { db, seen, planned } = await readObservation(request, request.params.id);
      return { seen, planned, sign: signOf(seen), base: await getVersion(db, 'observations', seen.id) };
    },
    form: IndicatorCorrection,
    page: ({ seen, sign, base }) => pages.correctIndicatorPage(seen, sign, base),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    event: 'sign.corrected',
    subject: ({ seen }) => seen.id,
    details: (_, { why }) => ({ reason: why, fields: ['context', 'explanation'] }),
    change: async (tx, { seen, planned }, { base, why: _why, ...said }) => {
      await lockObservation(tx, seen.id);
      if ((await getVersion(tx, 'observations', seen.id)) !== base) return refuse('changed meanwhile');
      await saveObservation(tx, { id: seen.id, ...said });
      await announceChangedRecords(tx, planned.operationId, 'sign');
      return accept(true);
    },
    refusals: pages.indicatorErrors,
    next: (_, { seen }) => indicatorPaths.indicator(seen.id),
  });
}
