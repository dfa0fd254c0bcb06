/** Giving temporary access, ending it, and signing in with a code. */
import { z } from 'zod';
import { openSession } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, NothingAsked } from '../../platform/forms/forms.ts';
import { networkOf } from '../../platform/http/networks.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { type AreaParts, sessionCookie } from '../../platform/http/sites.ts';
import { PageQuery, pageSize } from '../../platform/rendering/paging.ts';
import { passBuckets, tooManyTries } from '../../platform/throttle/throttle.ts';
import { answerTooMany } from '../../platform/throttle/too-many.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { temporaryAccessPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listOperations } from '../weeks/store.ts';
import { CodeForm, TemporaryAccessForm } from './forms.ts';
import * as pages from './pages.ts';
import * as store from './store.ts';
import { checkShift, type TemporaryAccess } from './temporary-access.ts';

const TemporaryAccessPath = z.object({ id: z.uuid() });

const listUpcomingOperations = async (request: Request) =>
  (await listOperations(request.db)).filter(({ endsOn }) => endsOn >= request.today);

export async function temporaryAccessRoutes(app: App, parts: AreaParts): Promise<void> {
  app.get(
    temporaryAccessPaths.list.route,
    may('temporary access.read', z.unknown(), PageQuery),
    async (request, reply) => {
      const { page } = request.query;
      const shown = await store.paginateTemporaryAccess(request.db, request.actor.agencyId, {
        from: (page - 1) * pageSize,
        size: pageSize,
      });
      const rights = { make: request.can('temporary access.give') };
      return reply.list(pages.temporaryAccessPage(shown, { now: request.now, page, may: rights }));
    },
  );

  makeRoutes(app, parts);

  formRoute(app, temporaryAccessPaths.end.route, {
    may: may('temporary access.end', TemporaryAccessPath),
    load: async ({ db, params }) => {
      const pass = await store.findTemporaryAccess(db, params.id);
      if (!pass) throw notFound('pass');
      return pass;
    },
    form: NothingAsked,
    page: (pass) => pages.endTemporaryAccessPage(pass),
    event: 'temporary access.ended',
    subject: ({ memberId }) => memberId,
    details: () => ({ kind: 'erasure', fields: ['code', 'sessions'] }),
    change: async (tx, pass, _, { now }) => {
      if (!(await store.endTemporaryAccess(tx, pass, now))) throw notFound('pass');
      return accept(true);
    },
    refusals: {},
    next: () => temporaryAccessPaths.list(),
  });

  app.get(temporaryAccessPaths.shift.route, may('shift.read'), async (request, reply) =>
    reply.sections(
      pages.shiftPage(
        await store.findOwnTemporaryAccess(request.db, request.actor.memberId),
        request.can('wristband.read'),
      ),
    ),
  );

  signInRoutes(app, parts);
}

/** Making passes is answered by the cards themselves: their codes are shown this once. */
function makeRoutes(app: App, { keys, origin }: AreaParts): void {
  app.get(temporaryAccessPaths.add.route, may('temporary access.give'), async (request, reply) =>
    reply.form(pages.temporaryAccessFormPage(await listUpcomingOperations(request), request.today)),
  );

  app.post(temporaryAccessPaths.add.route, may('temporary access.give'), async (request, reply) => {
    const { actor, body, now } = request;
    const operations = await listUpcomingOperations(request);
    const again = (errors: FormErrors) =>
      reply.form(pages.temporaryAccessFormPage(operations, request.today), answersOf(body), errors);
    const form = readForm(TemporaryAccessForm, body);
    if (!form.ok) return again(form.errors);
    const { operationId, startsAt, endsAt, names } = form.values;
    if (!operations.some(({ id }) => id === operationId))
      return again({ operationId: 'Select an operation that is there' });
    const fits = checkShift(startsAt, endsAt, now);
    if (!fits.ok) return again(pages.shiftErrors[fits.refusal]);
    const cards = names.map((name) => ({ name, code: store.newCode() }));
    await request.change(
      'temporary access.made',
      operationId,
      async (tx) => accept(await addCards(tx, keys, cards, form.values, { actor, now })),
      { kind: 'collection', fields: ['name', 'startsAt', 'endsAt'] },
    );
    const address = `${origin}${temporaryAccessPaths.signIn()}`;
    return reply.page(
      'operations/temporary-access/cards',
      pages.cardsPage(cards, { startsAt, endsAt }, actor.agencyName, address),
    );
  });
}

async function addCards(
  tx: Writer<store.TemporaryAccessTables>,
  keys: UnitKeys,
  cards: readonly pages.Card[],
  { operationId, startsAt, endsAt }: Pick<TemporaryAccess, 'operationId' | 'startsAt' | 'endsAt'>,
  { actor, now }: Pick<Request, 'actor' | 'now'>,
): Promise<void> {
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
    const codeHash = store.hashCode(keys, code);
    if (codeHash) await store.addTemporaryAccess(tx, pass, { name, codeHash });
  }
}

/** Signing in counts the tries, opens a session and sets its cookie. */
function signInRoutes(app: App, { keys, clock, throttle }: AreaParts): void {
  app.get(temporaryAccessPaths.signIn.route, may('temporary access.use'), async (_request, reply) =>
    reply.form(pages.codePage()),
  );

  app.post(temporaryAccessPaths.signIn.route, may('temporary access.use'), async (request, reply) => {
    const { body } = request;
    const again = (errors: FormErrors) => reply.form(pages.codePage(), answersOf(body), errors);
    const form = readForm(CodeForm, body);
    if (!form.ok) return again(form.errors);
    const codeHash = store.hashCode(keys, form.values.code);
    if (!codeHash) return again(pages.codeErrors); // It cannot be a code, so nothing was tried.
    await request.work.endReading();
    const buckets = passBuckets(networkOf(request.ip));
    const tried = { secret: 'temporary access', memberId: null, buckets } as const;
    const opened = await throttle.check(request.work, tried, async (counted) => {
      const now = clock.now();
      const holder = await request.under('temporary access.use', (db) =>
        store.findCodeHolder(counted, db, codeHash, now),
      );
      if (!holder) return refuse('wrong');
      return request.change(
        'session.opened by pass',
        holder,
        async (tx) => {
          const memberId = await store.useTemporaryAccess(tx, codeHash, now);
          if (!memberId) return refuse('wrong');
          return accept(await openSession(tx, memberId, now, { method: 'shift pass', sharedWorkstation: true }));
        },
        { kind: 'collection' },
      );
    });
    if ('seconds' in opened) return answerTooMany(reply, opened, again({ '': tooManyTries(opened.seconds) }));
    if (!opened.ok) return again(pages.codeErrors);
    reply.setCookie(sessionCookie, opened.value);
    return reply.redirect(temporaryAccessPaths.shift(), 303);
  });
}
