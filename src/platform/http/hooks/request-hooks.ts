/** What happens to every request on its way: its work is begun, its form has to arrive in time, its looks are written down before the answer leaves. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isRegular } from '../../addresses.ts';
import { listIds } from '../../audit-hook/refusals.ts';
import { dayOf } from '../../clock.ts';
import { withoutControls } from '../../controls.ts';
import { isWithinCeiling } from '../../exports/export-ceilings.ts';
import { isMultipart } from '../../files/public-uploads.ts';
import { isRefused } from '../../forms/forms.ts';
import { keepAnswer } from '../../forms/idempotency.ts';
import { findJourneyRequest } from '../private-request.ts';
import { notFound, Problem } from '../problem.ts';
import { chosenLanguage } from '../reader-language.ts';
import { Work } from '../request.ts';
import type { HttpOptions, RouteInfo } from '../server.ts';

/** A form has so long to arrive in whole; one with files may take longer. */
const longestForm = 30_000;

/** Notes each route as it is registered, and stops the start where one does not say who may ask. Gives connections back when a client hangs up. */
export function registerRoutes(app: FastifyInstance, { access }: HttpOptions): void {
  const offered: RouteInfo[] = [];
  app.decorate('offered', offered);
  app.addHook('onRoute', (route) => {
    const action = route.config?.action;
    if (!action) throw new Error(`${route.method} ${route.url} does not say who may ask`);
    access.action(action);
    const {
      onTheBeat = false,
      indoors = false,
      named = false,
      signed = false,
      repeatable = signed,
    } = route.config ?? {};
    const { handler } = route;
    route.handler = function (request, reply) {
      if (request.work) request.work.handled = true;
      return handler.call(this, request, reply);
    };
    // Each page is answered without its body too (server.ts).
    for (const method of [route.method].flat().flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : one)))
      offered.push({ method, url: route.url, action, onTheBeat, indoors, named, repeatable });
    if (route.config?.fromMemory) return;
    const { onRequestAbort: own = [] } = route;
    route.onRequestAbort = [(request, done) => settleLater(request.work?.disconnect(), app, done), ...[own].flat()];
  });
}

function settleLater(ending: Promise<void> | undefined, app: FastifyInstance, done: () => void): void {
  if (!ending) done();
  else ending.catch((error: unknown) => app.log.error({ err: error }, 'end of reading')).then(done);
}

/** What a handler asks of its request, bound to the request's work. */
export function decorateRequests(app: FastifyInstance, { access, ceilings, offeredLanguages }: HttpOptions): void {
  app.decorateRequest('work');
  for (const name of ['look', 'mark', 'returned', 'under', 'change', 'changeUnder'] as const) {
    app.decorateRequest(name, function (this: FastifyRequest, ...given: unknown[]) {
      if (name.startsWith('change') && isRefused(this.body)) throw new Problem('sent before', 'with other answers');
      return (this.work[name] as (...given: unknown[]) => unknown)(...given);
    } as never);
  }
  decorateGetter(app, 'db', (request) => request.work.db);
  decorateGetter(app, 'now', (request) => request.work.now);
  decorateGetter(app, 'today', (request) => dayOf(request.work.now));
  decorateGetter(
    app,
    'language',
    (request) => findJourneyRequest()?.language ?? chosenLanguage(request, offeredLanguages()),
  );
  decorateGetter(app, 'actor', (request) => {
    if (!request.work.actor) throw new Error('this route needs no sign-in, so there may be no actor');
    return request.work.actor;
  });
  decorateGetter(app, 'can', (request) => (action: string) => access.allows(request.work.actor, action));
  decorateGetter(app, 'mayTake', ({ work: { actor } }) => (action: string) => {
    const { name, marking } = access.action(action);
    return access.allows(actor, name) && isWithinCeiling('export', marking, actor, ceilings, name);
  });
}

function decorateGetter<Key extends 'db' | 'now' | 'today' | 'language' | 'actor' | 'can' | 'mayTake'>(
  app: FastifyInstance,
  key: Key,
  get: (request: FastifyRequest) => FastifyRequest[Key],
): void {
  app.decorateRequest(key, {
    getter(this: FastifyRequest) {
      return get(this);
    },
  } as never);
}

/** The hooks of every route, in the order in which they run. */
export function registerRequestHooks(app: FastifyInstance, options: HttpOptions): void {
  const { access, clock, tokenOf } = options;
  app.addHook('onRequest', (request, _reply, done) => {
    const { action = 'anyone', fromMemory: memory } = request.routeOptions.config;
    if (!memory) request.work = new Work(options, access.action(action), clock.now());
    done(isRegular(request.url) ? undefined : notFound('page'));
  });
  const stopWaiting = registerFormTimeout(app);
  app.addHook('preValidation', (request, _reply, done) => {
    stopWaiting(request);
    if (!request.routeOptions.config.verbatim) {
      request.body = withoutControls(request.body);
      request.query = withoutControls(request.query);
    }
    done();
  });
  // After the body has arrived: a client that stops half-way holds no connection of the database.
  app.addHook('preHandler', (request, _reply, done) => {
    if (!request.work || request.is404 || request.routeOptions.config.signed) done();
    else request.work.begin(tokenOf(request), listIds(request.params)).then(() => done(), done);
  });
  registerSending(app, options);
  app.addHook('onResponse', (request, _reply, done) => settleLater(request.work?.endReading(), app, done));
  app.addHook('onError', (request, _reply, _error, done) => settleLater(request.work?.endReading(), app, done));
}

/** Cuts off a form that does not arrive whole in time. */
function registerFormTimeout(app: FastifyInstance): (request: FastifyRequest) => void {
  const patience = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const stopWaiting = (request: FastifyRequest): void => clearTimeout(patience.get(request));
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isMultipart(request.raw) && !findJourneyRequest())
      patience.set(request, setTimeout(() => request.raw.destroy(), longestForm).unref());
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    stopWaiting(request);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    stopWaiting(request);
    done();
  });
  return stopWaiting;
}

/** Nothing that shows records leaves before their looks are on disk. */
function registerSending(app: FastifyInstance, { headers }: HttpOptions): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.headers(headers(request));
    if (!request.work) done();
    else {
      const shows = reply.statusCode < 300 || reply.statusCode === 422;
      (shows ? Promise.resolve().then(() => request.work.refuseUnloggedRead()) : Promise.resolve())
        .then(() => request.work.settle())
        .then(() => request.work.deadline.within(keepAnswer(request, reply, payload)))
        .then(() => (shows && request.routeOptions.config.onTheBeat ? request.work.waitForInterval() : undefined))
        .then(() => done(), done);
    }
  });
}
