/** Counts each answered request for the metrics: by the pattern of its route, never by its address. */
import type { FastifyInstance } from 'fastify';
import type { Access } from '../access-policy/access.ts';
import { routeOf, tellsWhenSomebodySpoke } from '../http/observed-routes.ts';
import { findJourneyRequest } from '../http/private-request.ts';
import type { Metrics } from './metrics.ts';

/** Adds the hook that counts. Inside the private journey nothing is counted: its outer request is. */
export function registerRequestMetrics(app: FastifyInstance, metrics: Metrics, access: Access): void {
  const hourly = new Map<string, boolean>();
  app.addHook('onResponse', (request, reply, done) => {
    done();
    if (findJourneyRequest()) return;
    const route = routeOf(request);
    const { action = 'anyone' } = request.routeOptions.config;
    const key = `${route} ${action}`;
    const told = hourly.get(key) ?? tellsWhenSomebodySpoke(route, action, access);
    hourly.set(key, told);
    const method = request.method === 'GET' || request.method === 'POST' ? request.method : 'other';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    metrics.countRequest({ route, method, status }, reply.elapsedTime / 1_000, told);
  });
}
