/** How metrics and traces name a route, and which routes would tell when somebody asked for help. */
import type { FastifyRequest } from 'fastify';
import type { Access } from '../access-policy/access.ts';
import { isUnderStaff } from '../addresses.ts';

/** Pages about people who may need help, in the main database too. */
const aboutPeople =
  /^\/staff\/(safeguarding|custody-notices|information-requests|nrm-referrals|potential-victim|encounters)(\/|$)/;

/** Whether a count of this route by the minute would tell when somebody asked for help, or was helped. All of the public site is such a route. */
export function tellsWhenSomebodySpoke(route: string, action: string, access: Access): boolean {
  if (route === '/assets' || route === '/livez' || route === '/readyz') return false;
  const { store, safeguardingLogFor } = access.action(action);
  return (
    !isUnderStaff(route) || store === 'safeguarding' || safeguardingLogFor !== undefined || aboutPeople.test(route)
  );
}

/** The pattern of the route. The style sheets, scripts and fonts are one route: their addresses change with each version. */
export const routeOf = ({ is404, routeOptions: { url } }: FastifyRequest): string => {
  if (is404 || url === undefined) return 'none';
  return url.startsWith('/assets/') ? '/assets' : url;
};
