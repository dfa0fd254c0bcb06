/** Who may ask what of a visit's end: leaving, finishing, opening it again. */
import { listTeamMembers, type TeamMember } from '../../operations/plan/index.ts';
import type { Writer } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may, readForm } from '../../platform/http/server.ts';
import { sideOf } from '../../vocabulary/people.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readOwnPlannedVisit } from '../audited-reads.ts';
import { LeaveForm, ReopenForm, VisitPath } from '../forms.ts';
import {
  announceChangedRecords,
  countAttachedRecords,
  getVisit,
  lockVisit,
  saveVisit,
  type VisitTables,
} from '../store.ts';
import { finishVisit, mayFinish, recordDeparture, type Visit } from '../visit.ts';
import { departurePage, finishPage, reopenPage, visitErrors } from './pages.ts';

export const listSides = (team: readonly TeamMember[]) => team.flatMap(({ kind }) => (kind ? [sideOf[kind]] : []));

export async function saveVisitChange(tx: Writer<VisitTables>, visit: Visit, what: string): Promise<void> {
  await saveVisit(tx, visit);
  await announceChangedRecords(tx, visit.operationId, what);
}

export async function departureRoutes(app: App): Promise<void> {
  app.get('/visits/:id/leave', may('visit.record', VisitPath), async (request, reply) => {
    const planned = await readOwnPlannedVisit(request, request.params.id);
    await getVisit(request.db, request.params.id);
    return reply.page('platform/form', departurePage(planned.id, planned.premises.name, request.now));
  });
  app.post('/visits/:id/leave', may('visit.record', VisitPath), async (request, reply) => {
    const { id, premises } = await readOwnPlannedVisit(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', departurePage(id, premises.name, request.now, answersOf(request.body), errors));
    const form = readForm(LeaveForm, request.body);
    if (!form.ok) return again(form.errors);
    const left = await request.change('visit.leaving recorded', id, async (tx) => {
      const gone = recordDeparture(await lockVisit(tx, id), form.values.at, request.now);
      if (gone.ok) await saveVisitChange(tx, gone.value, 'visit');
      return gone;
    });
    if (!left.ok) return again(visitErrors[left.refusal]);
    return reply.redirect(`/staff/visits/${id}`, 303);
  });

  app.get('/visits/:id/finish', may('visit.record', VisitPath), async (request, reply) => {
    const planned = await readOwnPlannedVisit(request, request.params.id);
    await getVisit(request.db, request.params.id);
    return reply.page('platform/form', finishPage(planned.id, planned.premises.name));
  });
  app.post('/visits/:id/finish', may('visit.record', VisitPath), async (request, reply) => {
    const { id, premises, teamId } = await readOwnPlannedVisit(request, request.params.id);
    const finished = await request.change('visit.finished', id, async (tx) => {
      const visit = await lockVisit(tx, id);
      const own = mayFinish(request.actor.side, listSides(await listTeamMembers(tx, teamId)));
      const ended = finishVisit(visit, await countAttachedRecords(tx, id), own, request.now);
      if (ended.ok) await saveVisitChange(tx, ended.value, 'visit');
      return ended;
    });
    if (!finished.ok) return reply.page('platform/form', finishPage(id, premises.name, visitErrors[finished.refusal]));
    return reply.redirect(`/staff/visits/${id}`, 303);
  });

  app.get('/visits/:id/reopen', may('visit.record', VisitPath), async (request, reply) => {
    const planned = await readOwnPlannedVisit(request, request.params.id);
    await getVisit(request.db, request.params.id);
    return reply.page('platform/form', reopenPage(planned.id, planned.premises.name));
  });
  app.post('/visits/:id/reopen', may('visit.record', VisitPath), async (request, reply) => {
    const { id, premises, teamId } = await readOwnPlannedVisit(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', reopenPage(id, premises.name, answersOf(request.body), errors));
    const form = readForm(ReopenForm, request.body);
    if (!form.ok) return again(form.errors);
    const reopened = await request.change(
      'visit.opened again',
      id,
      async (tx) => {
        const visit = await lockVisit(tx, id);
        if (!mayFinish(request.actor.side, listSides(await listTeamMembers(tx, teamId))))
          return refuse('not yours to finish');
        if (visit.finishedAt) await saveVisitChange(tx, { ...visit, finishedAt: null }, 'visit');
        return accept(true);
      },
      { reason: form.values.why },
    );
    if (!reopened.ok) return again(visitErrors[reopened.refusal]);
    return reply.redirect(`/staff/visits/${id}`, 303);
  });
}
