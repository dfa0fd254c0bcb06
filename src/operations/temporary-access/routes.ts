/** Giving temporary access, ending it, and signing in with a code. */
import { z } from 'zod';
import { openSession } from '../../identity/agencies/index.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { networkOf } from '../../platform/http/networks.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { PageQuery, pageSize } from '../../platform/rendering/paging.ts';
import { passBuckets, tooManyTries } from '../../platform/throttle/throttle.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listOperations } from '../weeks/store.ts';
import { CodeForm, TemporaryAccessForm } from './forms.ts';
import {
  cardsPage,
  codeErrors,
  codePage,
  endTemporaryAccessPage,
  shiftErrors,
  shiftPage,
  temporaryAccessFormPage,
  temporaryAccessPage,
} from './pages.ts';
import {
  addTemporaryAccess,
  endTemporaryAccess,
  findCodeHolder,
  findOwnTemporaryAccess,
  findTemporaryAccess,
  hashCode,
  newCode,
  paginateTemporaryAccess,
  useTemporaryAccess,
} from './store.ts';
import { checkShift, type TemporaryAccess } from './temporary-access.ts';

const TemporaryAccessPath = z.object({ id: z.uuid() });

const listUpcomingOperations = async (request: Request) =>
  (await listOperations(request.db)).filter(({ endsOn }) => endsOn >= request.today);

export async function temporaryAccessRoutes(app: App, { keys, clock, throttle, origin }: AreaParts): Promise<void> {
  app.get('/temporary-access', may('temporary access.read', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const shown = await paginateTemporaryAccess(request.db, request.actor.agencyId, {
      from: (page - 1) * pageSize,
      size: pageSize,
    });
    const rights = { make: request.can('temporary access.give') };
    return reply.page('platform/page', temporaryAccessPage(shown, { now: request.now, page, may: rights }));
  });

  app.get('/temporary-access/new', may('temporary access.give'), async (request, reply) =>
    reply.page('platform/form', temporaryAccessFormPage(await listUpcomingOperations(request), request.today)),
  );

  app.post('/temporary-access/new', may('temporary access.give'), async (request, reply) => {
    const { actor, body, now } = request;
    const operations = await listUpcomingOperations(request);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', temporaryAccessFormPage(operations, request.today, answersOf(body), errors));
    const form = readForm(TemporaryAccessForm, body);
    if (!form.ok) return again(form.errors);
    const { operationId, startsAt, endsAt, names } = form.values;
    if (!operations.some(({ id }) => id === operationId))
      return again({ operationId: 'Select an operation that is there' });
    const fits = checkShift(startsAt, endsAt, now);
    if (!fits.ok) return again(shiftErrors[fits.refusal]);
    const cards = names.map((name) => ({ name, code: newCode() }));
    await request.change(
      'temporary access.made',
      operationId,
      async (tx) => {
        for (const { name, code } of cards) {
          const pass: TemporaryAccess = {
            id: newId(),
            agencyId: actor.agencyId as AgencyId,
            operationId,
            memberId: newId(),
            startsAt,
            endsAt,
            madeBy: actor.memberId as MemberId,
            madeAt: now,
            usedAt: null,
            endedAt: null,
          };
          const codeHash = hashCode(keys, code);
          if (codeHash) await addTemporaryAccess(tx, pass, { name, codeHash });
        }
        return accept(true);
      },
      { kind: 'collection', fields: ['name', 'startsAt', 'endsAt'] },
    );
    const address = `${origin}/staff/temporary-access/sign-in`;
    return reply.page(
      'operations/temporary-access/cards',
      cardsPage(cards, { startsAt, endsAt }, actor.agencyName, address),
    );
  });

  app.get('/temporary-access/:id/end', may('temporary access.end', TemporaryAccessPath), async (request, reply) => {
    const pass = await findTemporaryAccess(request.db, request.params.id);
    if (!pass) throw notFound('pass');
    return reply.page('platform/form', endTemporaryAccessPage(pass));
  });

  app.post('/temporary-access/:id/end', may('temporary access.end', TemporaryAccessPath), async (request, reply) => {
    const pass = await findTemporaryAccess(request.db, request.params.id);
    if (!pass) throw notFound('pass');
    const ended = await request.change(
      'temporary access.ended',
      pass.memberId,
      async (tx) => ((await endTemporaryAccess(tx, pass, request.now)) ? accept(true) : refuse('over')),
      { kind: 'erasure', fields: ['code', 'sessions'] },
    );
    if (!ended.ok) throw notFound('pass');
    return reply.redirect('/staff/temporary-access', 303);
  });

  app.get('/temporary-access/shift', may('shift.read'), async (request, reply) =>
    reply.page(
      'platform/page',
      shiftPage(await findOwnTemporaryAccess(request.db, request.actor.memberId), request.can('wristband.read')),
    ),
  );

  app.get('/temporary-access/sign-in', may('temporary access.use'), async (_request, reply) =>
    reply.page('platform/form', codePage()),
  );

  app.post('/temporary-access/sign-in', may('temporary access.use'), async (request, reply) => {
    const { body } = request;
    const again = (errors: FormErrors) => reply.page('platform/form', codePage(answersOf(body), errors));
    const form = readForm(CodeForm, body);
    if (!form.ok) return again(form.errors);
    const codeHash = hashCode(keys, form.values.code);
    if (!codeHash) return again(codeErrors); // It cannot be a code, so nothing was tried.
    await request.work.endReading();
    const buckets = passBuckets(networkOf(request.ip));
    const tried = { secret: 'temporary access', memberId: null, buckets } as const;
    const opened = await throttle.check(request.work, tried, async (counted) => {
      const now = clock.now();
      const holder = await request.under('temporary access.use', (db) => findCodeHolder(counted, db, codeHash, now));
      if (!holder) return refuse('wrong');
      return request.change(
        'session.opened by pass',
        holder,
        async (tx) => {
          const memberId = await useTemporaryAccess(tx, codeHash, now);
          if (!memberId) return refuse('wrong');
          return accept(await openSession(tx, memberId, now, { method: 'shift pass', sharedWorkstation: true }));
        },
        { kind: 'collection' },
      );
    });
    if ('seconds' in opened) return answerTooMany(reply, opened, again({ '': tooManyTries(opened.seconds) }));
    if (!opened.ok) return again(codeErrors);
    reply.setCookie(sessionCookie, opened.value);
    return reply.redirect('/staff/temporary-access/shift', 303);
  });
}
