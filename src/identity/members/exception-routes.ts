/** A data-protection lead records by name who of police or immigration may hold a safeguarding role. The agency itself cannot. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { exceptionPaths } from '../../vocabulary/paths/identity.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listMembers } from '../agencies/store.ts';
import { exceptionEndPage, exceptionErrors, exceptionsPage, newExceptionPage } from './agency-pages.ts';
import { ExceptionEndForm, ExceptionForm } from './forms.ts';
import { endException, hasException, listExceptions, type NamedException, recordException } from './store.ts';

const ExceptionPath = z.object({ id: z.uuid() });

async function getOpenException({
  db,
  params,
}: Request & { readonly params: { readonly id: string } }): Promise<NamedException> {
  const found = (await listExceptions(db)).find(({ id, endedAt }) => id === params.id && endedAt === null);
  if (!found) throw notFound('record');
  return found;
}

/** Members of the enforcement side, except the one who asks. */
async function listCandidates(request: Request) {
  const members = await listMembers(request.db);
  return members.filter(({ agencySide, id }) => agencySide === 'enforcement' && id !== request.actor.memberId);
}

export async function exceptionRoutes(app: App): Promise<void> {
  app.get(exceptionPaths.exceptions.route, may('exception.read'), async (request, reply) =>
    reply.sections(exceptionsPage(await listExceptions(request.db), { record: request.can('exception.record') })),
  );

  formRoute(app, exceptionPaths.newException.route, {
    may: may('exception.record'),
    load: listCandidates,
    form: ExceptionForm,
    check: (candidates, { memberId }, { actor }) => {
      if (memberId === actor.memberId) return exceptionErrors['own name'];
      return candidates.some(({ id }) => id === memberId) ? undefined : exceptionErrors['not on that side'];
    },
    page: newExceptionPage,
    event: 'exception.recorded',
    subject: (_, { memberId }) => memberId,
    details: (_, { reason }) => ({ kind: 'collection', fields: ['memberId', 'reason'], reason }),
    change: async (tx, candidates, { memberId, reason }, { actor, now }) => {
      if (await hasException(tx, memberId)) return refuse('recorded already');
      const person = candidates.find(({ id }) => id === memberId);
      if (!person) return refuse('not on that side');
      const { id, agencyId } = person;
      const by = { recordedBy: actor.memberId, recordedAt: now };
      return accept(await recordException(tx, { memberId: id, agencyId, reason, ...by }));
    },
    refusals: exceptionErrors,
    next: () => exceptionPaths.exceptions(),
  });

  formRoute(app, exceptionPaths.end.route, {
    may: may('exception.end', ExceptionPath),
    load: getOpenException,
    form: ExceptionEndForm,
    page: exceptionEndPage,
    event: 'exception.ended',
    subject: ({ memberId }) => memberId,
    details: (_, { reason }) => ({ fields: ['endedAt', 'roles'], reason }),
    change: async (tx, { id }, _, { now }) => {
      if (!(await endException(tx, id, now))) throw notFound('record');
      return accept(true);
    },
    refusals: {},
    next: () => exceptionPaths.exceptions(),
  });
}
