/** Who may ask what of seizures and the search record: enforcement alone. Read, decide, change, answer. */

import { memberNames } from '../../identity/agencies/index.ts';
import { getPlannedVisit } from '../../operations/plan/index.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds, reasonMissing } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { findSearch, getSeizure, lockSeizure, saveSearch, saveSeizure } from '../arrests/store.ts';
import { visitErrors } from '../arrival-and-departure/pages.ts';
import { readPlannedVisit } from '../audited-reads.ts';
import {
  mergeErrors,
  RecordPath,
  readFormId,
  SearchForm,
  SeizureCorrection,
  SeizureForm,
  VisitPath,
} from '../forms.ts';
import { mayWrite } from '../pages.ts';
import { addRecord, announceChangedRecords, createRecorded, getVisit, lockVisit } from '../store.ts';
import { findSearchContradictions } from '../visit.ts';
import { addSeizurePage, correctSeizurePage, searchPage, seizurePage } from './pages.ts';

export async function searchAndSeizureRoutes(app: App): Promise<void> {
  await seizureRoutes(app);
  await searchRoutes(app);
}

async function seizureRoutes(app: App): Promise<void> {
  const fields = ['kind', 'description', 'pence', 'exhibitRef'];
  app.get('/visits/:id/seizures/new', may('seizure.record', VisitPath), async (request, reply) => {
    const planned = await readPlannedVisit(request, request.params.id);
    await getVisit(request.db, planned.id);
    return reply.page('platform/form', addSeizurePage(planned.id, planned.premises.name, newId()));
  });
  app.post('/visits/:id/seizures/new', may('seizure.record', VisitPath), async (request, reply) => {
    const { id: visitId, premises } = await readPlannedVisit(request, request.params.id);
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', addSeizurePage(visitId, premises.name, readFormId(typed), typed, errors));
    const form = readForm(SeizureForm, request.body);
    if (!form.ok) return again(form.errors);
    const added = await request.change(
      'seizure.recorded',
      form.values.id,
      async (tx) => {
        const visit = await lockVisit(tx, visitId);
        if (visit.finishedAt) return refuse('finished');
        await addRecord(tx, 'seizures', { ...form.values, visitId, ...createRecorded(request) });
        await announceChangedRecords(tx, visit.operationId, 'seizure');
        return accept(true);
      },
      { kind: 'collection', fields },
    );
    if (!added.ok) return again(visitErrors[added.refusal]);
    return reply.redirect(`/staff/visits/${visitId}#seizures`, 303);
  });

  const lookAtSeizure = async (request: Request, id: string) => {
    const db = request.look('seizure.shown', id, { fields });
    return { db, seizure: await getSeizure(db, id) };
  };
  app.get('/seizures/:id', may('seizure.read', RecordPath), async (request, reply) => {
    const { db, seizure } = await lookAtSeizure(request, request.params.id);
    const planned = await getPlannedVisit(db, seizure.visitId);
    const versions = await listEarlierVersions(db, 'seizures', seizure.id);
    const names = await memberNames(db, [seizure.recordedBy, ...listMemberIds(versions)]);
    return reply.page(
      'platform/page',
      seizurePage(seizure, planned.premises.name, names, versions, mayWrite(request, planned)),
    );
  });
  app.get('/seizures/:id/correct', may('seizure.record', RecordPath), async (request, reply) => {
    const { db, seizure } = await lookAtSeizure(request, request.params.id);
    return reply.page('platform/form', correctSeizurePage(seizure, await getVersion(db, 'seizures', seizure.id)));
  });
  app.post('/seizures/:id/correct', may('seizure.record', RecordPath), async (request, reply) => {
    const { db, seizure } = await lookAtSeizure(request, request.params.id);
    const now = await getVersion(db, 'seizures', seizure.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        correctSeizurePage(seizure, now, answersAfterConflict(request.body, now, errors), errors),
      );
    const form = readForm(SeizureCorrection, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, ...said } = form.values;
    const saved = await request.change(
      'seizure.corrected',
      seizure.id,
      async (tx) => {
        const visit = await lockVisit(tx, seizure.visitId);
        await lockSeizure(tx, seizure.id);
        if ((await getVersion(tx, 'seizures', seizure.id)) !== base) return refuse('changed meanwhile');
        await saveSeizure(tx, { id: seizure.id, ...said });
        await announceChangedRecords(tx, visit.operationId, 'seizure');
        return accept(true);
      },
      { reason: why, fields },
    );
    if (!saved.ok) return again(visitErrors[saved.refusal]);
    return reply.redirect(`/staff/seizures/${seizure.id}`, 303);
  });
}

async function searchRoutes(app: App): Promise<void> {
  const fields = ['searched', 'rooms', 'forceUsed', 'damage', 'noticeLeft'];
  const opened = async (request: Request, id: string) => {
    const planned = await readPlannedVisit(request, id);
    const visit = await getVisit(request.db, id);
    const db = request.look('search.shown', visit.id, { fields });
    return { planned, known: await findSearch(db, visit.id), now: await getVersion(db, 'searches', id) };
  };
  app.get('/visits/:id/search', may('search.record', VisitPath), async (request, reply) => {
    const { planned, known, now } = await opened(request, request.params.id);
    return reply.page('platform/form', searchPage(planned.id, planned.premises.name, known, now));
  });
  app.post('/visits/:id/search', may('search.record', VisitPath), async (request, reply) => {
    const { id } = request.params;
    const { planned, known, now } = await opened(request, id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        searchPage(id, planned.premises.name, known, now, answersAfterConflict(request.body, now, errors), errors),
      );
    const form = readForm(SearchForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, ...search } = form.values;
    const contradictions = findSearchContradictions(search).map((wrong) => visitErrors[wrong]);
    const unsaid = known && !why ? [reasonMissing] : [];
    if (contradictions.length + unsaid.length > 0) return again(mergeErrors([], [...contradictions, ...unsaid]));
    const saved = await request.change(
      known ? 'search.corrected' : 'search.recorded',
      id,
      async (tx) => {
        const visit = await lockVisit(tx, id);
        if (visit.finishedAt && !known) return refuse('finished');
        const first = (await findSearch(tx, id)) === undefined;
        if (first === Boolean(known) || (await getVersion(tx, 'searches', id)) !== base)
          return refuse('changed meanwhile');
        await saveSearch(tx, { id, ...search, ...createRecorded(request) });
        await announceChangedRecords(tx, visit.operationId, 'search');
        return accept(true);
      },
      { fields, ...(why && { reason: why }), ...(!known && { kind: 'collection' }) },
    );
    if (!saved.ok) return again(visitErrors[saved.refusal]);
    return reply.redirect(`/staff/visits/${id}#search`, 303);
  });
}
