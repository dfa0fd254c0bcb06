/** Every path that the doors offer, with ids to ask it by; and whether two worlds answer alike. */
import { setTimeout as sleep } from 'node:timers/promises';
import { addresses } from '../../src/testing/access/addresses.ts';
import { markOf } from '../../src/testing/access/marks.ts';
import type { Row } from '../../src/testing/access/world.ts';
import type { Visitor } from '../../src/testing/house.ts';
import { ask, plain } from './alike-ways.ts';
import type { Lone, Twins } from './twins-worlds.ts';

export type Asked = { readonly method: 'GET' | 'POST'; readonly url: string; readonly route: string };
/** The same person in either world. */
export type Twin = readonly [Pick<Visitor, 'get' | 'post'>, Pick<Visitor, 'get' | 'post'>];

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const shapeOf = (url: string): string => url.replace(uuid, ':');
const patternOf = (route: string): string => route.replaceAll(/:\w+/g, ':');

/** Whoever goes out by one of these asks for nothing more. */
const leaving = /\/sign-out|\/sessions\/|\/ways-in/;

/** With what stands for a place that no id stands in. */
const rest: Readonly<Record<string, string>> = { edition: '1', revision: '1', number: '0', indicator: 'visits.made' };

/** Ids in a record behind the wall, its own first: of the meeting, the operation and whatever else it is about. */
const idsIn = ({ row }: Lone): string[] => [
  ...new Set([row.id, ...Object.values(row)].filter((one): one is string => shapeOf(String(one)) === ':')),
];

/** Every path of the router: as it is, with a search for what is in one world alone, by every id that the record bears, and by a record of the path's own kind. */
export function pathsFor({ world, houses }: Twins, lone: Lone): Asked[] {
  const about = idsIn(lone);
  const known = new Map<string, string[]>();
  for (const address of addresses) {
    const { rows } = world.table(address.door.startsWith('main') ? 'main' : 'safeguarding', address.table);
    for (const row of rows) {
      const url = address.url(row as Row);
      known.set(shapeOf(url), [...(known.get(shapeOf(url)) ?? []), url]);
    }
  }
  return houses[0].app.offered.flatMap(({ method, url: route }) => {
    if ((method !== 'GET' && method !== 'POST') || leaving.test(route) || route.includes('*')) return [];
    const places = route.match(/:\w+/g) ?? [];
    if (places.length === 0) {
      const searches = method === 'GET' ? ['', `?q=${markOf(lone.table, lone.row.id)}`, '?page=2'] : [''];
      return searches.map((search) => ({ method, url: route + search, route }));
    }
    const own = known.get(patternOf(route)) ?? [];
    const urls = new Set(own.filter((url) => about.some((id) => url.includes(id))).concat(own.slice(0, 1)));
    for (const id of about)
      urls.add(route.replaceAll(/:(\w+)/g, (place, name: string) => (place === places[0] ? id : (rest[name] ?? id))));
    return [...urls].map((url) => ({ method, url, route }));
  });
}

/** Where an answer names an id that neither world began with, it was minted while answering. */
const steady = (text: string, ids: ReadonlySet<string>): string =>
  text.replaceAll(uuid, (id) => (ids.has(id) ? id : 'minted'));

/** Whoever finds no room on a machine at work is told to come again, and does. */
async function answer(who: Twin[0], { method, url }: Asked) {
  for (let times = 0; ; times += 1) {
    const answered = await ask({ method, who: who as Visitor }, url);
    if (answered.statusCode !== 503 || times === 20) return answered;
    await sleep(500);
  }
}

async function answers([one, other]: Twin, asked: Asked, ids: ReadonlySet<string>): Promise<[string, string]> {
  const [first, second] = await Promise.all([answer(one, asked), answer(other, asked)]);
  return [steady(plain(first), ids), steady(plain(second), ids)];
}

/** Whether both answer the same; what two answered at once may have crossed, and is asked again alone. */
export async function alike(twin: Twin, asked: Asked, ids: ReadonlySet<string>): Promise<boolean> {
  const [one, other] = await answers(twin, asked, ids);
  if (one === other) return true;
  const [again, otherAgain] = await answers(twin, asked, ids);
  return again === otherAgain;
}
