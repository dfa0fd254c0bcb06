/** Lists sessions: members see their own, an agency's administrator sees those of its members. */
import { z } from 'zod';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listMembers } from '../agencies/store.ts';
import { endSessionPage, memberSessionsPage, sessionsPage } from './pages.ts';
import { endSessions, listSessions, type Session } from './store.ts';

const Path = z.object({ id: z.uuid() });
const Done = z.object({ done: z.literal('yes').optional().catch(undefined) });

const listOwnSessions = (request: Request): Promise<Session[]> =>
  listSessions(request.db, request.actor.memberId, request.now);

export async function sessionListRoutes(app: App): Promise<void> {
  app.get('/sessions', may('session.list', z.unknown(), Done), async (request, reply) => {
    const done = request.query.done && 'Ended. Whoever used it has to sign in again.';
    return reply.page('platform/page', sessionsPage(await listOwnSessions(request), request.actor.sessionId, done));
  });

  app.get('/sessions/:id/end', may('session.end', Path), async (request, reply) => {
    const session = (await listOwnSessions(request)).find(({ id }) => id === request.params.id);
    if (!session) throw notFound('session');
    return reply.page('platform/form', endSessionPage(session));
  });

  app.post('/sessions/:id/end', may('session.end', Path), async (request, reply) => {
    const { memberId } = request.actor;
    const ended = await request.change(
      'session.ended',
      memberId,
      async (tx) => {
        const by = { by: memberId, at: request.now };
        return (await endSessions(tx, { memberId, only: request.params.id }, by)) > 0
          ? accept(true)
          : refuse('not there');
      },
      { kind: 'erasure' },
    );
    if (!ended.ok) throw notFound('session');
    return reply.redirect('/staff/sessions?done=yes', 303);
  });

  app.post('/sessions/end-others', may('session.end'), async (request, reply) => {
    const { memberId, sessionId } = request.actor;
    await request.change(
      'sessions.ended',
      memberId,
      async (tx) => accept(await endSessions(tx, { memberId, except: sessionId }, { by: memberId, at: request.now })),
      { kind: 'erasure' },
    );
    return reply.redirect('/staff/sessions?done=yes', 303);
  });

  app.get('/accounts/:id/sessions', may('account.read', Path), async (request, reply) => {
    const person = await getAgencyMember(request, request.params.id);
    return reply.page(
      'platform/page',
      memberSessionsPage(person, await listSessions(request.db, person.id, request.now)),
    );
  });

  app.post('/accounts/:id/sessions', may('account.end', Path), async (request, reply) => {
    const { id } = await getAgencyMember(request, request.params.id);
    await request.change(
      'sessions.ended',
      id,
      async (tx) => accept(await endSessions(tx, { memberId: id }, { by: request.actor.memberId, at: request.now })),
      { kind: 'erasure' },
    );
    return reply.redirect(`/staff/accounts/${id}/sessions`, 303);
  });
}

/** Finds a member of the administrator's own agency; members of others are not found. */
async function getAgencyMember(request: Request, id: string) {
  const { agencyId } = request.actor;
  const person = (await listMembers(request.db, { agencyIds: [agencyId] })).find((member) => member.id === id);
  if (!person) throw notFound('person');
  return person;
}
