/** Every path that the application offers, with ids and words of one record to fill it. */
import { addresses } from '../../access-oracle/addresses.ts';
import { markOf } from '../../access-oracle/marks.ts';
import type { Row } from '../../access-oracle/world.ts';
import { type Asked, uuids } from './twins-answers.ts';
import type { Lone, Twins } from './twins-worlds.ts';

const shapeOf = (url: string): string => url.replace(uuids, ':');
const patternOf = (route: string): string => route.replaceAll(/:\w+/g, ':');

/** The log as data-protection leads and auditors read it: in the order in which simultaneous requests arrived. */
export const logPages = /^\/staff\/(oversight|log)\b/;

/** Left out: posts that end the asking session, and a page that draws a new secret and picture at each request. */
const leaving = /\/sign-out|\/try$|\/sessions\/|\/credentials/;
export const drawnAnew = /\/credentials\/code\/new$/;

/** Values of path parameters that are not ids. */
const places: Readonly<Record<string, string>> = {
  edition: '1',
  revision: '1',
  number: '0',
  indicator: 'visits.made',
  step: 'granted',
  store: 'safeguarding',
};

/** Ids in a record of the safeguarding database, its own first: of the encounter, the operation and its other subjects. */
export const idsIn = ({ row }: Lone): string[] => [
  ...new Set([row.id, ...Object.values(row)].filter((one): one is string => shapeOf(String(one)) === ':')),
];

/** The router’s paths, filled with each of these ids. */
const filled = (route: string, ids: readonly string[]): string[] =>
  ids.map((id) => route.replaceAll(/:(\w+)/g, (_place, name: string) => places[name] ?? id));

type Offered = { readonly method: string; readonly url: string };

/** Every path of the router: as it is, with a search for what is in one world alone, by every id that the record bears, and by a record of the path's own kind. */
export function pathsFor({ world, applications }: Twins, lone: Lone): Asked[] {
  const about = idsIn(lone);
  const known = new Map<string, string[]>();
  for (const address of addresses) {
    const { rows } = world.table(address.door.startsWith('main') ? 'main' : 'safeguarding', address.table);
    for (const row of rows) {
      const url = address.url(row as Row);
      known.set(shapeOf(url), [...(known.get(shapeOf(url)) ?? []), url]);
    }
  }
  const searches = ['', `?q=${markOf(lone.table, lone.row.id)}`, '?page=2'];
  return routes(applications[0].app.offered).flatMap(({ method, url: route }) => {
    const asked = (url: string): Asked => ({ method, url, route });
    if (!route.includes(':')) {
      const indoors = method === 'GET' && route.startsWith('/staff');
      return (indoors ? searches : ['']).map((search) => asked(route + search));
    }
    const own = known.get(patternOf(route)) ?? [];
    const urls = new Set(own.filter((url) => about.some((id) => url.includes(id))).concat(own.slice(0, 1)));
    for (const url of filled(route, method === 'HEAD' ? about.slice(0, 1) : about)) urls.add(url);
    return [...urls].map(asked);
  });
}

/** By which anybody is answered and stays in; each but once. */
export const routes = (offered: readonly Offered[]): { method: Asked['method']; url: string }[] =>
  offered.filter(
    (route): route is { method: Asked['method']; url: string } =>
      ['GET', 'HEAD', 'POST'].includes(route.method) &&
      !(route.method === 'POST' ? leaving : drawnAnew).test(route.url),
  );

/** The same by a few ids alone, as they come in what was just written. */
export const pathsBy = (offered: readonly Offered[], ids: readonly string[]): Asked[] =>
  routes(offered)
    .filter(({ url }) => url.includes(':'))
    .flatMap(({ method, url: route }) => filled(route, ids).map((url) => ({ method, url, route })));
