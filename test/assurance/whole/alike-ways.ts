/** Every address that takes an id, with one that is hidden and one that never was; and those that by their nature answer for any. */

import type { LightMyRequestResponse } from 'fastify';
import { newId } from '../../../src/vocabulary/ids.ts';
import type { Role } from '../../../src/vocabulary/people.ts';
import { referenceOf } from '../../../src/vocabulary/reference.ts';
import type { Visitor } from '../../fixtures/application.ts';
import { rowOf } from '../../harness/sql.ts';
import { addressOf, type Hidden, outsiders, pick, together } from './alike-hidden.ts';
import type { World } from './world.ts';

const ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export type Way = {
  readonly method: 'GET' | 'POST';
  readonly name: string;
  readonly url: string;
  readonly who: Visitor;
  readonly status: number;
};
/** An existing record, as seen by a member who must not learn of it. */
export type OpenWay = Omit<Way, 'url' | 'status'> & { readonly urls: readonly string[] };
type Asking = Pick<Way, 'method' | 'who'>;

/** With ids that never were. */
export const absentOf = (url: string): string =>
  url.replace(ids, () => newId()).replace(/\/versions\/\d+/, '/versions/999999999');

export const ask = ({ method, who }: Asking, url: string, answers = {}): Promise<LightMyRequestResponse> =>
  method === 'GET' ? who.get(url) : who.post(url, answers);

/** By these alone an answer may differ from itself. */
const ofTheMoment = /^(date|set-cookie|content-length|x-ratelimit-.*)$/;

/** Each line of a file of the log ends with the request that it is of. */
const requestAtTheEnd = new RegExp(`,"${ids.source}"$`, 'gm');

/** Without what differs by nature: the form's token, the id that a new record will bear, and what was asked for, where it is given back. */
export function plain({ statusCode, body, headers }: LightMyRequestResponse, ...asked: readonly string[]): string {
  const kept = Object.entries(headers).filter(([name]) => !ofTheMoment.test(name));
  const whole = [statusCode, ...kept.map(([name, value]) => `${name}: ${value}`), body]
    .join('\n')
    .replaceAll(/name="_csrf" value="[^"]*"/g, '')
    .replaceAll(/name="id" value="[^"]*"/g, '')
    .replaceAll(requestAtTheEnd, '');
  return asked.reduce((text, one) => text.replaceAll(one, 'ASKED'), whole);
}
const idsIn = (url: string): string[] => url.match(ids) ?? [];
const differ = (one: LightMyRequestResponse, at: string, other: LightMyRequestResponse, there: string): boolean =>
  plain(one, ...idsIn(at)) !== plain(other, ...idsIn(there));

/** Of the same agency, who has never done anything. */
async function idleBeside(
  world: World,
  member: string,
): Promise<{ readonly id: string; readonly names: readonly string[] }> {
  const { title, name, agencyId } = await rowOf(world.db, 'members', { id: member });
  const idle = await world.member({ id: agencyId } as never, ['field'], 'Ina Idle');
  return { id: idle.id, names: [`${title} ${name}`, `${idle.title} ${idle.name}`, name, idle.name] };
}

/** Pages that answer for another's record by design, and why. Tests the reason, and that members to whom it does not apply get equal answers for hidden and absent records. */
type Open = {
  readonly under: RegExp;
  readonly why: string;
  /** It answers for any id. Auditors read all of both logs, so this applies to members with every other role. */
  readonly forAnyId?: true;
  /** Nobody without one of these is answered at all. */
  readonly to?: readonly Role[];
  /** A person whose work is hidden gets the same answer as one who has done nothing. */
  readonly asOfNobody?: true;
};
const open: readonly Open[] = [
  { under: /^\/staff\/weeks\/:id(\/edit|\/copy)?$/, why: 'weeks are shown to everybody who is in' },
  {
    under: /^\/staff\/agreements\/:id(\/edit|\/confirm|\/withdraw)?$/,
    why: 'references and dates of agreements are shown to all who keep them',
    to: ['administrator', 'data-protection lead'],
  },
  { under: /^\/staff\/oversight\/members\/:id/, why: 'members are shown to everybody who is in', asOfNobody: true },
  {
    under: /^\/staff\/exceptions\/:id\/end$/,
    why: 'every data-protection lead answers for exceptions',
    to: ['data-protection lead', 'auditor'],
  },
  {
    under: /^\/staff\/access-rules\/versions\/:id(\/who-can-see-what\.md)?$/,
    why: 'the rules hold no record, and are shown to everybody who is in',
  },
  {
    under: /^\/staff\/oversight\/(records|emergency-access)\/:id/,
    why: 'who looked is answered for any id',
    forAnyId: true,
  },
  {
    under: /^\/staff\/(safeguarding\/)?reports\/retention\/hold\/:id/,
    why: 'a hold names its report, and is told alike of any id',
    forAnyId: true,
  },
];

const taking = { why: 'for a partner or the coordinator of the operation', words: 'Reference 7' };

/** Where what is sent must be something before the record is looked for. */
const said: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/staff/releases/:id/link-figure': { part: 'body', typed: '12', sentence: 'Invented', figure: 'visits.made' },
};

type Route = { readonly method: Way['method']; readonly url: string };
const routesOf = ({ app }: World): Route[] =>
  app.offered.filter(
    (route): route is typeof route & Route =>
      ['GET', 'POST'].includes(route.method) &&
      route.url.startsWith('/staff') &&
      /:(id|encounterId|person)\b/.test(route.url),
  );
const openAt = ({ url }: Route): Open | undefined => open.find(({ under }) => under.test(url));

/** Every one of them that is not open, by each of these: what is hidden and what never was must be refused alike. */
export async function tryWays(world: World, hidden: Hidden, strangers: readonly Visitor[]) {
  const routes = routesOf(world);
  const closed = routes.filter((route) => !openAt(route));
  const [ways, differing, missed]: [Way[], string[], string[]] = [[], [], []];
  await together(closed, async ({ method, url: route }) => {
    const name = `${method} ${route}`;
    const url = addressOf(route, hidden);
    if (!url) {
      missed.push(name);
      return;
    }
    for (const who of strangers) {
      const absent = absentOf(url);
      const [there, never] = [
        await ask({ method, who }, url, said[route]),
        await ask({ method, who }, absent, said[route]),
      ];
      const { statusCode: status } = there;
      if (differ(there, url, never, absent) || ![403, 404].includes(status))
        differing.push(`${name} ${status}/${never.statusCode}`);
      ways.push({ method, name, url, who, status });
    }
  });
  return { offered: routes.length, closed: closed.length, ways, differing: [...new Set(differing)], missed };
}

/** Those that are open: that they are, and what they say to whom they are not. */
export async function tryOpen(
  world: World,
  hidden: Hidden,
  strangers: readonly Visitor[],
  { most, seed }: { readonly most: number; readonly seed: number },
) {
  const found = {
    routes: 0,
    tried: 0,
    differing: [] as string[],
    why: open.map(({ why }) => why),
    ways: [] as OpenWay[],
  };
  const compare = async (asking: Asking, name: string, url: string, other: string, names: readonly string[] = []) => {
    const [there, never] = [await ask(asking, url, taking), await ask(asking, other, taking)];
    found.tried += 1;
    if (plain(there, ...idsIn(url), ...names) !== plain(never, ...idsIn(other), ...names))
      found.differing.push(`${name} ${there.statusCode}/${never.statusCode}`);
  };
  for (const one of open) {
    const routes = routesOf(world).filter((route) => openAt(route) === one);
    found.routes += routes.length;
    // Others for each: what they ask here is in their own log, and would show.
    const leads = await outsiders(world, ['auditor']);
    const answers: number[] = [];
    for (const { method, url } of routes)
      for (const who of strangers) {
        if (method === 'GET') answers.push((await who.get(addressOf(url, hidden) ?? '')).statusCode);
      }
    if (!answers.includes(200)) found.differing.push(`${one.under.source} is open to nobody`);
    const name = ({ method, url }: Route) => `${method} ${url}`;
    if (one.to)
      for (const who of await outsiders(world, one.to))
        for (const route of routes) {
          const url = addressOf(route.url, hidden) ?? '';
          await compare({ ...route, who }, name(route), url, absentOf(url));
        }
    if (one.asOfNobody) {
      const member = hidden.get('members') ?? '';
      const { id, names } = await idleBeside(world, member);
      for (const who of leads)
        for (const route of routes)
          await compare(
            { ...route, who },
            name(route),
            route.url.replace(':id', member),
            route.url.replace(':id', id),
            names,
          );
    }
    if (one.forAnyId) {
      const records = pick(
        // A record with several kinds is tried once: the second time, the log page would show the member's own access.
        [...new Map([...hidden].map(([table, record]) => [record, [table, record] as const])).values()].filter(
          ([table]) => table !== 'policyVersions',
        ),
        most,
        seed,
      );
      for (const route of routes)
        for (const who of leads)
          found.ways.push({
            ...route,
            name: name(route),
            who,
            urls: records.map(([, record]) => route.url.replace(':id', record)),
          });
      // In step, so that the member does the same with both ids; and a second time, because the member's own access is then in the log.
      const each = records.flatMap(([table, record]) => leads.map((who) => ({ table, record, who, never: newId() })));
      await together(each, async ({ table, record, who, never }) => {
        for (const route of [...routes, ...routes])
          await compare(
            { ...route, who },
            `${name(route)} (${table})`,
            route.url.replace(':id', record),
            route.url.replace(':id', never),
            // The reference distinguishes two; its letter depends on the kind of record.
            [referenceOf('report', record).slice(1), referenceOf('report', never).slice(1)],
          );
      });
    }
  }
  return found;
}
