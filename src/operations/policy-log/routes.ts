/** Who may read the policy log and add to it: planners and commanders who take part by name. */
import { memberNames } from '../../identity/agencies/index.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept } from '../../vocabulary/result.ts';
import { mayDecideGo } from '../plan/plan-reader.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import { listOperationTabs } from '../weeks/operation-tabs.ts';
import { getOperation } from '../weeks/store.ts';
import { DecisionForm } from './forms.ts';
import { decisionFormPage, policyLogPage } from './pages.ts';
import { addDecision, paginateDecisions } from './store.ts';

export async function policyLogRoutes(app: App): Promise<void> {
  app.get(operationPaths.decisions.route, may('decision.read', IdPath, PageQuery), async (request, reply) => {
    const operation = await getOperationOfParticipant(request, request.params.id);
    const { page } = request.query;
    const { decisions, total } = await paginateDecisions(request.db, operation.id, { page, size: pageSize });
    const names = await memberNames(
      request.db,
      decisions.map(({ recordedBy }) => recordedBy),
    );
    const pages = paginate(page, pageSize, total, (to) =>
      withQuery(operationPaths.decisions(operation.id), { page: to }),
    );
    return reply.list({
      ...policyLogPage(operation, decisions, names, pages, mayDecideGo(request)),
      ...listOperationTabs(request, operation, 'decisions'),
    });
  });

  formRoute(app, operationPaths.addDecision.route, {
    may: may('decision.add', IdPath),
    load: async (request) => ({
      id: newId<'decision'>(),
      operation: await getOperationOfParticipant(request, request.params.id),
      name: await readOwnName(request),
    }),
    form: DecisionForm,
    page: ({ operation, name }) => decisionFormPage(operation, name),
    saves: 'Decision',
    event: 'decision.written',
    subject: ({ id }) => id,
    details: (_, values) => ({ kind: 'collection', fields: Object.keys(values) }),
    change: async (tx, { id, operation }, values, { actor, now }) =>
      accept(
        await addDecision(tx, {
          id,
          operationId: operation.id,
          about: null,
          kind: 'decision',
          ...values,
          recordedBy: actor.memberId as MemberId,
          recordedAt: now,
          against: [],
          despite: null,
          finding: null,
        }),
      ),
    refusals: {},
    next: (_, { operation }) => operationPaths.decisions(operation.id),
  });
}

/** The title and name of the member at the form, as a decision names who made it. */
export const readOwnName = async ({ db, actor }: Pick<Request, 'db' | 'actor'>): Promise<string> =>
  getMemberName(await memberNames(db, [actor.memberId]), actor.memberId);

/** For who does not take part by name there is nothing here. */
async function getOperationOfParticipant(request: Request, id: string): Promise<OperationInWeek> {
  if (!request.actor.operations.includes(id)) throw notFound('operation');
  return getOperation(request.db, id);
}
