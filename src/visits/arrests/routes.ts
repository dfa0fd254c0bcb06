/** Who may ask what of arrests, screenings, seizures and the search record: enforcement alone. Read, decide, change, answer. */

import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit } from '../../operations/plan/index.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds, reasonMissing } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { refuse } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { readPlannedVisit } from '../audited-reads.ts';
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
import { mayWrite } from '../pages.ts';
import { addRecord, announceChangedRecords, createRecorded, getVisit, listEncounters, lockVisit } from '../store.ts';
import {
  type Arrest,
  type ArrestFacts,
  checkArrest,
  checkScreening,
  closeArrest,
  findArrestContradictions,
} from '../visit.ts';
import {
  addArrestPage,
  arrestErrors,
  arrestPage,
  closeArrestPage,
  correctArrestPage,
  screeningPage,
  statusPage,
} from './pages.ts';
import { findScreening, lockArrest, lookUpArrest, saveArrest, saveScreening } from './store.ts';

const arrestFields = ['kind', 'matter', 'offence', 'sex', 'age', 'residence', 'status', 'custodyRef', 'arrestedAt'];
const screeningFields = ['outcome', 'reason', 'screenedBy', 'screenedAt', 'interpreter'];

export async function arrestRoutes(app: App): Promise<void> {
  await arrestRecordRoutes(app);
  await arrestStateRoutes(app);
  await screeningRoutes(app);
}

/** What contradicts itself in an arrest as it was typed, whatever else is wrong with the form. */
const listContradictionErrors = (typed: Answers): FormErrors[] => {
  const { kind, matter, offence, status } = typed as Partial<ArrestFacts>;
  if (!kind || !matter || !status) return [];
  const facts = { kind, matter, offence: String(offence ?? '').trim() || null, status };
  return findArrestContradictions(facts).map((wrong) => arrestErrors[wrong]);
};

/** The arrest, after logging the access. */
async function readArrest(request: Request, id: string, fields = arrestFields) {
  const db = request.look('arrest.shown', id, { fields });
  const arrest = matchLookup(await lookUpArrest(db, id, 'operation'), {
    full: (made) => made,
    restricted: () => undefined,
    nothing: () => undefined,
  });
  if (!arrest) throw notFound('record');
  return { db, arrest };
}

async function arrestRecordRoutes(app: App): Promise<void> {
  const opened = async (request: Request, id: string) => {
    const planned = await readPlannedVisit(request, id);
    const visit = await getVisit(request.db, id);
    const db = request.look('encounters.listed', visit.id, { fields: ['number', 'place'] });
    return { planned, people: await listEncounters(db, visit.id) };
  };
  app.get('/visits/:id/arrests/new', may('arrest.record', VisitPath), async (request, reply) => {
    const { planned, people } = await opened(request, request.params.id);
    return reply.page('platform/form', addArrestPage(planned.id, planned.premises.name, newId(), people, request.now));
  });
  app.post('/visits/:id/arrests/new', may('arrest.record', VisitPath), async (request, reply) => {
    const { planned, people } = await opened(request, request.params.id);
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        addArrestPage(planned.id, planned.premises.name, readFormId(typed), people, request.now, typed, errors),
      );
    const form = readForm(ArrestForm, request.body);
    const contradictions = listContradictionErrors(typed);
    if (!form.ok || contradictions.length > 0) return again(mergeErrors([form], contradictions));
    const { encounterId } = form.values;
    if (encounterId && !people.some(({ id }) => id === encounterId))
      return again({ encounterId: 'Select a person of the list' });
    const added = await request.change(
      'arrest.recorded',
      form.values.id,
      async (tx) => {
        const visit = await lockVisit(tx, planned.id);
        if (visit.finishedAt) return refuse('finished');
        const stands = checkArrest(visit, form.values, request.now);
        if (!stands.ok) return stands;
        const arrest: Arrest = { ...form.values, visitId: planned.id, closedAt: null, ...createRecorded(request) };
        await addRecord(tx, 'arrests', arrest);
        await announceChangedRecords(tx, visit.operationId, 'arrest');
        return stands;
      },
      { kind: 'collection', fields: arrestFields },
    );
    if (!added.ok) return again(arrestErrors[added.refusal]);
    return reply.redirect(`/staff/arrests/${form.values.id}/screening`, 303);
  });

  app.get('/arrests/:id', may('arrest.read', RecordPath), async (request, reply) => {
    const { db, arrest } = await readArrest(request, request.params.id, [...arrestFields, ...screeningFields]);
    const planned = await getPlannedVisit(db, arrest.visitId);
    const screening = await findScreening(db, arrest.id);
    const versions = await listEarlierVersions(db, 'arrests', arrest.id);
    const screeningVersions = await listEarlierVersions(db, 'screenings', arrest.id);
    const people = await listEncounters(db, arrest.visitId);
    const names = await memberNames(db, [
      arrest.recordedBy,
      screening?.recordedBy ?? null,
      ...listMemberIds([...versions, ...screeningVersions]),
    ]);
    return reply.page(
      'platform/page',
      arrestPage({
        arrest,
        screening,
        premises: planned.premises.name,
        person: people.find(({ id }) => id === arrest.encounterId)?.number,
        names,
        versions,
        screeningVersions,
        writes: mayWrite(request, planned),
      }),
    );
  });

  const corrected = async (request: Request, id: string) => {
    const { db, arrest } = await readArrest(request, id);
    const people = await listEncounters(db, arrest.visitId);
    return { arrest, people, now: await getVersion(db, 'arrests', id) };
  };
  app.get('/arrests/:id/correct', may('arrest.record', RecordPath), async (request, reply) => {
    const { arrest, people, now } = await corrected(request, request.params.id);
    return reply.page('platform/form', correctArrestPage(arrest, people, now));
  });
  app.post('/arrests/:id/correct', may('arrest.record', RecordPath), async (request, reply) => {
    const { arrest, people, now } = await corrected(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        correctArrestPage(arrest, people, now, answersAfterConflict(request.body, now, errors), errors),
      );
    const form = readForm(ArrestCorrection, request.body);
    const contradictions = listContradictionErrors(answersOf(request.body));
    if (!form.ok || contradictions.length > 0) return again(mergeErrors([form], contradictions));
    const { base, why, ...said } = form.values;
    if (said.encounterId && !people.some(({ id }) => id === said.encounterId))
      return again({ encounterId: 'Select a person of the list' });
    const saved = await request.change(
      'arrest.corrected',
      arrest.id,
      async (tx) => {
        const visit = await lockVisit(tx, arrest.visitId);
        const current = await lockArrest(tx, arrest.id);
        if ((await getVersion(tx, 'arrests', arrest.id)) !== base) return refuse('changed meanwhile');
        const stands = checkArrest(visit, said, request.now);
        if (!stands.ok) return stands;
        if (current.closedAt && said.status === 'in custody') return refuse('still in custody');
        await saveArrest(tx, { ...current, ...said });
        await announceChangedRecords(tx, visit.operationId, 'arrest');
        return stands;
      },
      { reason: why, fields: arrestFields },
    );
    if (!saved.ok) return again(arrestErrors[saved.refusal]);
    return reply.redirect(`/staff/arrests/${arrest.id}`, 303);
  });
}

async function arrestStateRoutes(app: App): Promise<void> {
  app.get('/arrests/:id/status', may('arrest.record', RecordPath), async (request, reply) => {
    const { db, arrest } = await readArrest(request, request.params.id, ['status']);
    return reply.page('platform/form', statusPage(arrest, await getVersion(db, 'arrests', arrest.id)));
  });
  app.post('/arrests/:id/status', may('arrest.record', RecordPath), async (request, reply) => {
    const { db, arrest } = await readArrest(request, request.params.id, ['status']);
    const now = await getVersion(db, 'arrests', arrest.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', statusPage(arrest, now, answersAfterConflict(request.body, now, errors), errors));
    const form = readForm(StatusForm, request.body);
    if (!form.ok) return again(form.errors);
    const { status, base } = form.values;
    const changed = await request.change(
      'arrest.status changed',
      arrest.id,
      async (tx) => {
        const visit = await lockVisit(tx, arrest.visitId);
        const current = await lockArrest(tx, arrest.id);
        if (current.closedAt) return refuse('closed');
        if ((await getVersion(tx, 'arrests', arrest.id)) !== base) return refuse('changed meanwhile');
        const stands = checkArrest(visit, { ...current, status }, request.now);
        if (!stands.ok) return stands;
        await saveArrest(tx, { ...current, status });
        await announceChangedRecords(tx, visit.operationId, 'arrest');
        return stands;
      },
      { fields: ['status'] },
    );
    if (!changed.ok) return again(arrestErrors[changed.refusal]);
    return reply.redirect(`/staff/arrests/${arrest.id}`, 303);
  });

  app.get('/arrests/:id/close', may('arrest.record', RecordPath), async (request, reply) => {
    const { arrest } = await readArrest(request, request.params.id, ['status']);
    return reply.page('platform/form', closeArrestPage(arrest));
  });
  app.post('/arrests/:id/close', may('arrest.record', RecordPath), async (request, reply) => {
    const { arrest } = await readArrest(request, request.params.id, ['status']);
    const closed = await request.change('arrest.closed', arrest.id, async (tx) => {
      const visit = await lockVisit(tx, arrest.visitId);
      const ended = closeArrest(await lockArrest(tx, arrest.id), await findScreening(tx, arrest.id), request.now);
      if (!ended.ok) return ended;
      await saveArrest(tx, ended.value);
      await announceChangedRecords(tx, visit.operationId, 'arrest');
      return ended;
    });
    if (!closed.ok) return reply.page('platform/form', closeArrestPage(arrest, arrestErrors[closed.refusal]));
    return reply.redirect(`/staff/arrests/${arrest.id}`, 303);
  });
}

async function screeningRoutes(app: App): Promise<void> {
  const opened = async (request: Request, id: string) => {
    const { db, arrest } = await readArrest(request, id, screeningFields);
    const known = await findScreening(db, id);
    return { arrest, known, now: await getVersion(db, 'screenings', id) };
  };
  app.get('/arrests/:id/screening', may('screening.record', RecordPath), async (request, reply) => {
    const { arrest, known, now } = await opened(request, request.params.id);
    return reply.page('platform/form', screeningPage(arrest, known, now, request.now));
  });
  app.post('/arrests/:id/screening', may('screening.record', RecordPath), async (request, reply) => {
    const { arrest, known, now } = await opened(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        screeningPage(arrest, known, now, request.now, answersAfterConflict(request.body, now, errors), errors),
      );
    const form = readForm(ScreeningForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, ...said } = form.values;
    const undone = checkScreening(arrest, said, request.now);
    const unsaid = known && !why ? [reasonMissing] : [];
    if (unsaid.length > 0)
      return again(mergeErrors([], [...unsaid, ...(undone.ok ? [] : [arrestErrors[undone.refusal]])]));
    const saved = await request.change(
      known ? 'screening.corrected' : 'screening.recorded',
      arrest.id,
      async (tx) => {
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
      { fields: screeningFields, ...(why && { reason: why }), ...(!known && { kind: 'collection' }) },
    );
    if (!saved.ok) return again(arrestErrors[saved.refusal]);
    return reply.redirect(`/staff/arrests/${arrest.id}`, 303);
  });
}
