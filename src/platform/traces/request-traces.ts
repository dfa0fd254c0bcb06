/** Traces requests to staff pages that are not about people who may need help. No other request sends anything. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../access-policy/access.ts';
import { isUnderStaff } from '../addresses.ts';
import { routeOf, tellsWhenSomebodySpoke } from '../http/observed-routes.ts';
import { findJourneyRequest } from '../http/private-request.ts';
import { type RequestTrace, runTraced, type Traces } from './traces.ts';

/** Adds the hooks that begin and end a trace. Each request is a trace of its own: no header of the browser is read. */
export function registerRequestTraces(app: FastifyInstance, traces: Traces, access: Access): void {
  const open = new WeakMap<FastifyRequest, RequestTrace>();
  app.addHook('onRequest', (request, _reply, done) => {
    const route = routeOf(request);
    const { action = 'anyone', onTheBeat = false } = request.routeOptions.config;
    if (!isUnderStaff(route) || findJourneyRequest() || tellsWhenSomebodySpoke(route, action, access)) return done();
    // The duration of these pages is padded so that it does not reveal what was found. Their statements would.
    const trace = traces.startRequest({ method: request.method, route, withStatements: !onTheBeat });
    if (!trace) return done();
    open.set(request, trace);
    runTraced(trace, done);
  });
  // The context of the first hook is lost while a body arrives.
  app.addHook('preValidation', (request, _reply, done) => {
    const trace = open.get(request);
    if (trace) runTraced(trace, done);
    else done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    open.get(request)?.end(reply.statusCode);
    done();
  });
}
