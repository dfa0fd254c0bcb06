/** Lists sessions: members see their own, an agency's administrator sees those of its members. */
import { z } from 'zod';
import { buttonRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { accountPaths, sessionPaths } from '../../vocabulary/paths/identity.ts';
import { accept } from '../../vocabulary/result.ts';
import { listMembers } from '../agencies/store.ts';
import { endSessionPage, memberSessionsPage, sessionsPage } from './pages.ts';
import { endSessions, listSessions, type Session } from './store.ts';

const Done = z.object({ done: z.literal('yes').optional().catch(undefined) });

const listOwnSessions = (request: Request): Promise<Session[]> =>
  listSessions(request.db, request.actor.memberId, request.now);

const afterEnding = withQuery(sessionPaths.sessions(), { done: 'yes' });

export async function sessionListRoutes(app: App): Promise<void> {
  ownSessionRoutes(app);
  memberSessionRoutes(app);
}

function ownSessionRoutes(app: App): void {
  app.get(sessionPaths.sessions.route, may('session.list', z.unknown(), Done), async (request, reply) => {
    const done = request.query.done && 'The session has ended. Its user must sign in again.';
    return reply.sections(sessionsPage(await listOwnSessions(request), request.actor.sessionId, done));
  });

  app.get(sessionPaths.end.route, may('session.end', IdPath), async (request, reply) => {
    const session = (await listOwnSessions(request)).find(({ id }) => id === request.params.id);
    if (!session) throw notFound('session');
    return reply.form(endSessionPage(session));
  });

  buttonRoute(app, sessionPaths.end.route, {
    may: may('session.end', IdPath),
    load: async ({ actor }) => actor.memberId,
    event: 'session.ended',
    subject: (memberId) => memberId,
    details: () => ({ kind: 'erasure' }),
    change: async (tx, memberId, _, { now, params }) => {
      const ended = await endSessions(tx, { memberId, only: params.id }, { by: memberId, at: now });
      if (ended === 0) throw notFound('session');
      return accept(ended);
    },
    next: () => afterEnding,
  });

  buttonRoute(app, sessionPaths.endOthers.route, {
    may: may('session.end'),
    load: async ({ actor }) => actor,
    event: 'sessions.ended',
    subject: ({ memberId }) => memberId,
    details: () => ({ kind: 'erasure' }),
    change: async (tx, { memberId, sessionId }, _, { now }) =>
      accept(await endSessions(tx, { memberId, except: sessionId }, { by: memberId, at: now })),
    next: () => afterEnding,
  });
}

function memberSessionRoutes(app: App): void {
  app.get(accountPaths.sessions.route, may('account.read', IdPath), async (request, reply) => {
    const person = await getAgencyMember(request);
    return reply.sections(memberSessionsPage(person, await listSessions(request.db, person.id, request.now)));
  });

  buttonRoute(app, accountPaths.sessions.route, {
    may: may('account.end', IdPath),
    load: getAgencyMember,
    event: 'sessions.ended',
    subject: ({ id }) => id,
    details: () => ({ kind: 'erasure' }),
    change: async (tx, { id }, _, { actor, now }) =>
      accept(await endSessions(tx, { memberId: id }, { by: actor.memberId, at: now })),
    next: (_, { id }) => accountPaths.sessions(id),
  });
}

/** Finds a member of the administrator's own agency; members of others are not found. */
async function getAgencyMember({ db, actor, params }: Request & { readonly params: { readonly id: string } }) {
  const people = await listMembers(db, { agencyIds: [actor.agencyId] });
  const person = people.find(({ id }) => id === params.id);
  if (!person) throw notFound('person');
  return person;
}
