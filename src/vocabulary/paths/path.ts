/** Pure. An address of the staff site: written once as its route, and built from that for every link. */

/** One id for each `:parameter` of the route, in their order. */
type Ids<Route extends string> = Route extends `${string}:${string}/${infer Rest}`
  ? [string, ...Ids<Rest>]
  : Route extends `${string}:${string}`
    ? [string]
    : [];

export type StaffPath<Route extends string = string> = ((...ids: Ids<Route>) => string) & {
  /** As the staff site registers it, without its prefix. */
  readonly route: Route;
};

export const staffSite = '/staff';

/** `staffPath('/visits/:id/leave')`: its `route` for the router; called with an id, the address for a link. */
export function staffPath<const Route extends string>(route: Route): StaffPath<Route> {
  const pieces = `${staffSite}${route}`.split(/:\w+/);
  const address = (...ids: string[]): string =>
    pieces.map((piece, index) => piece + encodeURIComponent(ids[index] ?? '')).join('');
  return Object.assign(address, { route }) as StaffPath<Route>;
}
