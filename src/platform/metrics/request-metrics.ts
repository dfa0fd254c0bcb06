/** Counts each answered request for the metrics: by the pattern of its route, never by its address. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../access-policy/access.ts';
import { isUnderStaff } from '../addresses.ts';
import { findJourneyRequest } from '../http/private-request.ts';
import type { Metrics } from './metrics.ts';

/** Pages about people who may need help, in the main database too. */
const aboutPeople =
  /^\/staff\/(safeguarding|custody-notices|information-requests|nrm-referrals|potential-victim|encounters)(\/|$)/;

/** Whether a count of this route by the minute would tell when somebody asked for help, or was helped. All of the public site is such a route. */
function tellsWhenSomebodySpoke(route: string, action: string, access: Access): boolean {
  if (route === '/assets' || route === '/livez' || route === '/readyz') return false;
  const { store, safeguardingLogFor } = access.action(action);
  return (
    !isUnderStaff(route) || store === 'safeguarding' || safeguardingLogFor !== undefined || aboutPeople.test(route)
  );
}

/** The style sheets, scripts and fonts are one route: their addresses change with each version. */
const routeOf = ({ is404, routeOptions: { url } }: FastifyRequest): string => {
  if (is404 || url === undefined) return 'none';
  return url.startsWith('/assets/') ? '/assets' : url;
};

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
