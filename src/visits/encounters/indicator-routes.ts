/** Routes for indicators observed about a person, or about the place. */
import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit, type VisitInPlan } from '../../operations/plan/index.ts';
import { dayOf } from '../../platform/clock.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm, saving } from '../../platform/http/server.ts';
import { isRecordable, listRecordableSigns, listSignsOfVisits, type Sign } from '../../public/signs/index.ts';
import type { EncounterId, VisitId } from '../../vocabulary/ids.ts';
import { encounterPaths, indicatorPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readEncounterWithPlan, readPlannedVisit } from '../audited-reads.ts';
import { IndicatorCorrection, IndicatorForm, IndicatorQuery, RecordPath } from '../forms.ts';
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

/** The indicators that were ticked. Not found where the list does not have one of them. */
function findSigns(request: Request, ids: readonly string[]): Sign[] {
  const signs = listSignsOfVisits(request.today);
  return ids.map((id) => {
    const sign = signs.find((one) => one.id === id);
    if (!sign) throw notFound('sign');
    return sign;
  });
}

/** One address first asks which indicators, then about those that were ticked: so these routes are not one form. */
function newIndicatorRoutes(app: App, path: string, find: (request: Request, id: string) => Promise<Subject>): void {
  app.get(path, may('sign.record', RecordPath, IndicatorQuery), async (request, reply) => {
    const { planned, place } = await find(request, request.params.id);
    const { sign, go } = request.query;
    const signs = findSigns(request, sign);
    if (signs.length > 0 && signs.every(isRecordable))
      return reply.form(pages.indicatorsFormPage(place, signs, {}, request.can('note.write')));
    const offered = { signs: listRecordableSigns(request.today), business: planned.premises.business };
    return reply.page('visits/signs', pages.chooseIndicatorsPage(place, offered, sign, go !== undefined));
  });

  app.post(path, saving('Indicators', may('sign.record', RecordPath, IndicatorQuery)), async (request, reply) => {
    const { planned, encounterId, place } = await find(request, request.params.id);
    const signs = findSigns(request, request.query.sign);
    if (signs.length === 0) throw notFound('sign');
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.form(pages.indicatorsFormPage(place, signs, typed, request.can('note.write')), typed, errors);
    if (!signs.every(isRecordable)) return again(pages.indicatorErrors.disclosed);
    const forms = signs.map((_, index) => readForm(IndicatorForm, pages.answersAbout(typed, index)));
    const errors = forms.map((form, index) => (form.ok ? {} : pages.errorsAbout(form.errors, index, signs.length)));
    const said = forms.flatMap((form) => (form.ok ? [form.values] : []));
    if (said.length < signs.length) return again(Object.assign({}, ...errors));
    const seen = signs.flatMap((sign, index): Observation[] => {
      const answers = said[index];
      const of = { visitId: planned.id, encounterId, ...createRecorded(request) };
      const { id: indicatorId, evidence, group } = sign;
      return answers ? [{ ...answers, ...of, indicatorId, evidence, ofControl: group === 'control' }] : [];
    });
    const added = await addObservations(request, planned.id, seen);
    return added.ok ? reply.redirect(place.frame.cancel, 303) : again(pages.indicatorErrors[added.refusal]);
  });
}

/** All or none, each with a row of its own in the log. */
function addObservations(request: Request, visitId: VisitId, seen: readonly Observation[]) {
  const fields = ['indicatorId', 'context', 'explanation'];
  const [first, ...others] = seen;
  return request.change(
    'sign.recorded',
    first?.id ?? null,
    async (tx) => {
      const visit = await lockVisit(tx, visitId);
      if (visit.finishedAt) return refuse('finished');
      for (const one of seen) await addRecord(tx, 'observations', one);
      await announceChangedRecords(tx, visit.operationId, 'sign');
      return accept(true);
    },
    { kind: 'collection', fields, also: others.map(({ id }) => ({ event: 'sign.recorded', subject: id })) },
  );
}

async function readObservation(request: Request, id: string) {
  const db = request.look('sign.shown', id, { fields: ['indicatorId', 'context', 'explanation'] });
  const seen = await getObservation(db, id);
  return { db, seen, planned: await getPlannedVisit(db, seen.visitId) };
}

/** As the list had it on the day it was seen. */
function signOf({ indicatorId, recordedAt }: Observation): Sign {
  const sign = listSignsOfVisits(dayOf(recordedAt)).find(({ id }) => id === indicatorId);
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
    saves: 'Indicator',
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
