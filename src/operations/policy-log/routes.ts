/** Who may read the policy log and add to it: planners and commanders who take part by name. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate } from '../../platform/rendering/paging.ts';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import { getOperation } from '../weeks/store.ts';
import type { Decision } from './decision.ts';
import { DecisionForm } from './forms.ts';
import { decisionFormPage, policyLogPage } from './pages.ts';
import { addDecision, paginateDecisions } from './store.ts';

const IdPath = z.object({ id: z.uuid() });

export async function policyLogRoutes(app: App): Promise<void> {
  app.get('/operations/:id/decisions', may('decision.read', IdPath, PageQuery), async (request, reply) => {
    const operation = await getOperationOfParticipant(request, request.params.id);
    const { page } = request.query;
    const { decisions, total } = await paginateDecisions(request.db, operation.id, { page, size: pageSize });
    const names = await memberNames(
      request.db,
      decisions.map(({ recordedBy }) => recordedBy),
    );
    const pages = paginate(page, pageSize, total, (to) => `/staff/operations/${operation.id}/decisions?page=${to}`);
    return reply.page('platform/page', policyLogPage(operation, decisions, names, pages));
  });

  app.get('/operations/:id/decisions/new', may('decision.add', IdPath), async (request, reply) =>
    reply.page('platform/form', decisionFormPage(await getOperationOfParticipant(request, request.params.id))),
  );

  app.post('/operations/:id/decisions/new', may('decision.add', IdPath), async (request, reply) => {
    const operation = await getOperationOfParticipant(request, request.params.id);
    const form = readForm(DecisionForm, request.body);
    if (!form.ok) {
      return reply.page('platform/form', decisionFormPage(operation, answersOf(request.body), form.errors));
    }
    const decision: Decision = {
      id: newId(),
      operationId: operation.id,
      about: null,
      kind: 'decision',
      ...form.values,
      recordedBy: request.actor.memberId as MemberId,
      recordedAt: request.now,
      against: [],
      despite: null,
    };
    await request.change('decision.written', decision.id, async (tx) => accept(await addDecision(tx, decision)), {
      kind: 'collection',
      fields: Object.keys(form.values),
    });
    return reply.redirect(`/staff/operations/${operation.id}/decisions`, 303);
  });
}

/** For who does not take part by name there is nothing here. */
async function getOperationOfParticipant(request: Request, id: string): Promise<OperationInWeek> {
  if (!request.actor.operations.includes(id)) throw notFound('operation');
  return getOperation(request.db, id);
}
