/** A data-protection lead records by name who of police or immigration may hold a safeguarding role. The agency itself cannot. */
import { z } from 'zod';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listMembers } from '../agencies/store.ts';
import { exceptionEndPage, exceptionErrors, exceptionsPage, newExceptionPage } from './agency-pages.ts';
import { ExceptionEndForm, ExceptionForm } from './forms.ts';
import { endException, hasException, listExceptions, type NamedException, recordException } from './store.ts';

const ExceptionPath = z.object({ id: z.uuid() });

async function getOpenException(request: Request, id: string): Promise<NamedException> {
  const found = (await listExceptions(request.db)).find((one) => one.id === id && one.endedAt === null);
  if (!found) throw notFound('record');
  return found;
}

/** Members of the enforcement side, except the one who asks. */
async function listCandidates(request: Request) {
  const members = await listMembers(request.db);
  return members.filter(({ agencySide, id }) => agencySide === 'enforcement' && id !== request.actor.memberId);
}

export async function exceptionRoutes(app: App): Promise<void> {
  app.get('/exceptions', may('exception.read'), async (request, reply) =>
    reply.page(
      'platform/page',
      exceptionsPage(await listExceptions(request.db), { record: request.can('exception.record') }),
    ),
  );

  app.get('/exceptions/new', may('exception.record'), async (request, reply) =>
    reply.page('platform/form', newExceptionPage(await listCandidates(request))),
  );

  app.post('/exceptions/new', may('exception.record'), async (request, reply) => {
    const { actor, body, now } = request;
    const known = await listCandidates(request);
    const again = (errors: FormErrors) => reply.page('platform/form', newExceptionPage(known, answersOf(body), errors));
    const form = readForm(ExceptionForm, body);
    if (!form.ok) return again(form.errors);
    const { memberId, reason } = form.values;
    if (memberId === actor.memberId) return again(exceptionErrors['own name']);
    const person = known.find(({ id }) => id === memberId);
    if (!person) return again(exceptionErrors['not on that side']);
    const recorded = await request.change(
      'exception.recorded',
      person.id,
      async (tx) => {
        if (await hasException(tx, person.id)) return refuse('recorded already');
        const { id, agencyId } = person;
        const by = { recordedBy: actor.memberId, recordedAt: now };
        return accept(await recordException(tx, { memberId: id as MemberId, agencyId, reason, ...by }));
      },
      { kind: 'collection', fields: ['memberId', 'reason'], reason },
    );
    if (!recorded.ok) return again(exceptionErrors[recorded.refusal]);
    return reply.redirect('/staff/exceptions', 303);
  });

  app.get('/exceptions/:id/end', may('exception.end', ExceptionPath), async (request, reply) =>
    reply.page('platform/form', exceptionEndPage(await getOpenException(request, request.params.id))),
  );

  app.post('/exceptions/:id/end', may('exception.end', ExceptionPath), async (request, reply) => {
    const { body, now, params } = request;
    const exception = await getOpenException(request, params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', exceptionEndPage(exception, answersOf(body), errors));
    const form = readForm(ExceptionEndForm, body);
    if (!form.ok) return again(form.errors);
    const ended = await request.change(
      'exception.ended',
      exception.memberId,
      async (tx) => ((await endException(tx, exception.id, now)) ? accept(true) : refuse('not there')),
      { fields: ['endedAt', 'roles'], reason: form.values.reason },
    );
    if (!ended.ok) throw notFound('record');
    return reply.redirect('/staff/exceptions', 303);
  });
}
