/** Routes for people encountered, their names and indicators. */

import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit, type VisitInPlan } from '../../operations/plan/index.ts';
import { dayOf } from '../../platform/clock.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { isObservable, listSigns, type Sign } from '../../public/signs/index.ts';
import { type EncounterId, newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import {
  encounterFieldNames,
  findFullResult,
  readEncounter,
  readEncounterWithPlan,
  readPlannedVisit,
} from '../audited-reads.ts';
import {
  EncounterCorrection,
  EncounterForm,
  EncounterPath,
  IndicatorCorrection,
  IndicatorForm,
  IndicatorQuery,
  mergeErrors,
  RecordPath,
  readFormId,
  VisitPath,
} from '../forms.ts';
import { mayWrite } from '../pages.ts';
import {
  addEncounter,
  addRecord,
  announceChangedRecords,
  countAttachedRecords,
  createRecorded,
  getObservation,
  getVisit,
  isNameHeld,
  listObservations,
  lockEncounter,
  lockObservation,
  lockVisit,
  lookUpNameReason,
  saveEncounter,
  saveObservation,
} from '../store.ts';
import {
  checkEncounter,
  type Encounter,
  findEncounterContradictions,
  listMissingSteps,
  type Observation,
} from '../visit.ts';
import {
  chooseIndicatorPage,
  correctEncounterPage,
  correctIndicatorPage,
  encounterErrors,
  encounterFormPage,
  encounterPage,
  getPersonSubject,
  getPremisesSubject,
  type IndicatorSubject,
  indicatorFormPage,
  indicatorsSection,
  observationPage,
  renderBriefEncounter,
  serialiseEncounter,
} from './pages.ts';

export async function encounterRoutes(app: App): Promise<void> {
  await encounterRecordRoutes(app);
  await indicatorRoutes(app);
  await observationRoutes(app);
}

/** What contradicts itself in a meeting as it was typed, whatever else is wrong with the form. */
const listContradictionErrors = ({ spokenTo, language, interpreter }: Answers): FormErrors[] =>
  spokenTo && interpreter
    ? findEncounterContradictions({
        spokenTo: spokenTo === 'spoken to',
        language: String(language ?? '').trim() || null,
        interpreter: interpreter as Encounter['interpreter'],
      }).map((wrong) => encounterErrors[wrong])
    : [];

async function encounterRecordRoutes(app: App): Promise<void> {
  app.get('/visits/:id/encounters/new', may('encounter.record', VisitPath), async (request, reply) => {
    const planned = await readPlannedVisit(request, request.params.id);
    await getVisit(request.db, planned.id);
    return reply.page('platform/form', encounterFormPage(planned.id, planned.premises.name, newId()));
  });
  app.post('/visits/:id/encounters/new', may('encounter.record', VisitPath), async (request, reply) => {
    const { id: visitId, premises } = await readPlannedVisit(request, request.params.id);
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', encounterFormPage(visitId, premises.name, readFormId(typed), typed, errors));
    const form = readForm(EncounterForm, request.body);
    const contradictions = listContradictionErrors(typed);
    if (!form.ok || contradictions.length > 0) return again(mergeErrors([form], contradictions));
    const added = await request.change(
      'encounter.recorded',
      form.values.id,
      async (tx) => {
        const visit = await lockVisit(tx, visitId);
        const may = checkEncounter(visit, form.values);
        if (!may.ok) return may;
        await addEncounter(tx, { ...form.values, visitId, ...createRecorded(request) });
        await announceChangedRecords(tx, visit.operationId, 'encounter');
        return may;
      },
      { kind: 'collection', fields: encounterFieldNames },
    );
    if (!added.ok) return again(encounterErrors[added.refusal]);
    const { id, spokenTo } = form.values;
    const note = spokenTo && request.can('note.write');
    return reply.redirect(note ? `/staff/safeguarding/encounters/${id}/note` : `/staff/encounters/${id}`, 303);
  });

  app.get('/encounters/:id', may('encounter.read', EncounterPath), async (request, reply) => {
    const { db, met, planned } = await readEncounterWithPlan(request, request.params.id);
    const enforcement = request.can('sign.read');
    const versions = await listEarlierVersions(db, 'encounters', met.id);
    const signs = enforcement ? await listObservations(db, { encounterId: met.id }) : [];
    const nameReason = enforcement ? findFullResult(await lookUpNameReason(db, met, request.actor.side)) : undefined;
    const nameAskable = !nameReason && request.can('identity request.make') && (await isNameHeld(db, met.id));
    const names = await memberNames(db, [
      met.recordedBy,
      ...listMemberIds(versions),
      ...signs.map(({ recordedBy }) => recordedBy),
    ]);
    const writes = mayWrite(request, planned) && !met.letGoOn;
    const { arrivedAt } = await getVisit(db, met.visitId);
    const people = new Map([[met.id as string, met.number]]);
    const section = indicatorsSection(signs, listSigns(request.today), people, names);
    return reply.page(
      'platform/page',
      encounterPage({
        met,
        premises: planned.premises.name,
        day: dayOf(arrivedAt),
        names,
        versions,
        writes,
        writesNotes: writes && request.can('note.write'),
        enforcement: enforcement ? { nameReason, nameAskable, signs: [section] } : undefined,
      }),
    );
  });

  app.get('/encounters/:id/brief', may('encounter.read', EncounterPath), async (request, reply) => {
    const { met } = await readEncounter(request, request.params.id);
    const { marking } = request.work.action;
    reply.header('vary', 'accept');
    if (request.headers.accept === 'application/json') {
      reply.type('application/json; charset=utf-8');
      return serialiseEncounter(met, marking);
    }
    reply.type('text/html; charset=utf-8');
    return renderBriefEncounter(met, marking);
  });

  /** A record erased after its retention period cannot be corrected. */
  const lookToCorrect = async (request: Request, id: EncounterId) => {
    const { db, met } = await readEncounterWithPlan(request, id);
    if (met.letGoOn) throw notFound('record');
    return { db, met };
  };
  app.get('/encounters/:id/correct', may('encounter.record', EncounterPath), async (request, reply) => {
    const { db, met } = await lookToCorrect(request, request.params.id);
    return reply.page('platform/form', correctEncounterPage(met, await getVersion(db, 'encounters', met.id)));
  });
  app.post('/encounters/:id/correct', may('encounter.record', EncounterPath), async (request, reply) => {
    const { db, met } = await lookToCorrect(request, request.params.id);
    const now = await getVersion(db, 'encounters', met.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        correctEncounterPage(met, now, answersAfterConflict(request.body, now, errors), errors),
      );
    const form = readForm(EncounterCorrection, request.body);
    const contradictions = listContradictionErrors(answersOf(request.body));
    if (!form.ok || contradictions.length > 0) return again(mergeErrors([form], contradictions));
    const { base, why, ...said } = form.values;
    const corrected = await request.change(
      'encounter.corrected',
      met.id,
      async (tx) => {
        const visit = await lockVisit(tx, met.visitId);
        const current = await lockEncounter(tx, met.id);
        if ((await getVersion(tx, 'encounters', met.id)) !== base) return refuse('changed meanwhile');
        const may = checkEncounter({ ...visit, finishedAt: null }, said);
        if (!may.ok) return may;
        await saveEncounter(tx, { ...current, ...said });
        if (visit.finishedAt && listMissingSteps(visit, await countAttachedRecords(tx, visit.id)).length > 0)
          return refuse('the last one');
        await announceChangedRecords(tx, visit.operationId, 'encounter');
        return accept(true);
      },
      { reason: why, fields: encounterFieldNames },
    );
    if (!corrected.ok) return again(encounterErrors[corrected.refusal]);
    return reply.redirect(`/staff/encounters/${met.id}`, 303);
  });
}

async function indicatorRoutes(app: App): Promise<void> {
  const picked = (request: Request, id: string | undefined): Sign | undefined =>
    listSigns(request.today).find((sign) => sign.id === id);
  const done = 'The indicator is recorded. Is there another?';

  const places = [
    {
      path: '/encounters/:id/signs',
      find: async (request: Request, id: string) => {
        const { met, planned } = await readEncounterWithPlan(request, id as EncounterId, ['number']);
        return { planned, encounterId: met.id as EncounterId | null, place: getPersonSubject(met) };
      },
    },
    {
      path: '/visits/:id/signs',
      find: async (request: Request, id: string) => {
        const planned = await readPlannedVisit(request, id);
        await getVisit(request.db, id);
        return { planned, encounterId: null, place: getPremisesSubject(planned.id, planned.premises.name) };
      },
    },
  ] as const satisfies readonly {
    readonly path: string;
    readonly find: (request: Request, id: string) => Promise<Found>;
  }[];
  type Found = {
    readonly planned: VisitInPlan;
    readonly encounterId: EncounterId | null;
    readonly place: IndicatorSubject;
  };

  for (const { path, find } of places) {
    app.get(path, may('sign.record', RecordPath, IndicatorQuery), async (request, reply) => {
      const { place } = await find(request, request.params.id);
      const sign = picked(request, request.query.sign);
      if (sign && isObservable(sign))
        return reply.page('platform/form', indicatorFormPage(place, sign, newId(), request.can('note.write')));
      const said = request.query.sign === 'done' ? done : undefined;
      return reply.page(
        'visits/signs',
        chooseIndicatorPage(place, listSigns(request.today).filter(isObservable), said),
      );
    });
    app.post(path, may('sign.record', RecordPath, IndicatorQuery), async (request, reply) => {
      const { planned, encounterId, place } = await find(request, request.params.id);
      const sign = picked(request, request.query.sign);
      if (!sign) throw notFound('sign');
      const typed = answersOf(request.body);
      const again = (errors: FormErrors) =>
        reply.page(
          'platform/form',
          indicatorFormPage(place, sign, readFormId(typed), request.can('note.write'), typed, errors),
        );
      if (!isObservable(sign)) return again(encounterErrors.disclosed);
      const form = readForm(IndicatorForm, request.body);
      if (!form.ok) return again(form.errors);
      const seen: Observation = {
        ...form.values,
        visitId: planned.id,
        encounterId,
        signId: sign.id,
        evidence: sign.evidence,
        ofControl: sign.group === 'control',
        ...createRecorded(request),
      };
      const added = await request.change(
        'sign.recorded',
        seen.id,
        async (tx) => {
          const visit = await lockVisit(tx, planned.id);
          if (visit.finishedAt) return refuse('finished');
          await addRecord(tx, 'observations', seen);
          await announceChangedRecords(tx, visit.operationId, 'sign');
          return accept(true);
        },
        { kind: 'collection', fields: ['signId', 'context', 'explanation'] },
      );
      if (!added.ok) return again(encounterErrors[added.refusal]);
      return reply.redirect(`${place.address}?sign=done`, 303);
    });
  }
}

async function observationRoutes(app: App): Promise<void> {
  const lookAtSign = async (request: Request, id: string) => {
    const db = request.look('sign.shown', id, { fields: ['signId', 'context', 'explanation'] });
    const seen = await getObservation(db, id);
    return { db, seen, planned: await getPlannedVisit(db, seen.visitId) };
  };
  /** As the list had it on the day it was seen. */
  const signOf = ({ signId, recordedAt }: Observation): Sign => {
    const sign = listSigns(dayOf(recordedAt)).find(({ id }) => id === signId);
    if (!sign) throw notFound('sign');
    return sign;
  };

  app.get('/indicators/:id', may('sign.read', RecordPath), async (request, reply) => {
    const { db, seen, planned } = await lookAtSign(request, request.params.id);
    // An earlier version may hold what a person said, corrected for that reason: not for every officer of the operation.
    const own = seen.recordedBy === request.actor.memberId;
    const versions = own ? await listEarlierVersions(db, 'observations', seen.id) : undefined;
    const corrected = (await getVersion(db, 'observations', seen.id)) > 1;
    const names = await memberNames(db, [seen.recordedBy, ...listMemberIds(versions ?? [])]);
    const page = { seen, sign: signOf(seen), premises: planned.premises.name, names, versions, corrected };
    return reply.page('platform/page', observationPage({ ...page, writes: mayWrite(request, planned) }));
  });

  app.get('/indicators/:id/correct', may('sign.record', RecordPath), async (request, reply) => {
    const { db, seen } = await lookAtSign(request, request.params.id);
    const base = await getVersion(db, 'observations', seen.id);
    return reply.page('platform/form', correctIndicatorPage(seen, signOf(seen), base));
  });
  app.post('/indicators/:id/correct', may('sign.record', RecordPath), async (request, reply) => {
    const { db, seen, planned } = await lookAtSign(request, request.params.id);
    const now = await getVersion(db, 'observations', seen.id);
    const sign = signOf(seen);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        correctIndicatorPage(seen, sign, now, answersAfterConflict(request.body, now, errors), errors),
      );
    const form = readForm(IndicatorCorrection, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, ...said } = form.values;
    const corrected = await request.change(
      'sign.corrected',
      seen.id,
      async (tx) => {
        await lockObservation(tx, seen.id);
        if ((await getVersion(tx, 'observations', seen.id)) !== base) return refuse('changed meanwhile');
        await saveObservation(tx, { id: seen.id, ...said });
        await announceChangedRecords(tx, planned.operationId, 'sign');
        return accept(true);
      },
      { reason: why, fields: ['context', 'explanation'] },
    );
    if (!corrected.ok) return again(encounterErrors[corrected.refusal]);
    return reply.redirect(`/staff/indicators/${seen.id}`, 303);
  });
}
