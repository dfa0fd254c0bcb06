/** Lists, searches, counts and filters beside hidden rows; and fields of forms that name another record. */

import { addPlannedVisit, addPremises } from '../../../src/operations/plan/examples.ts';
import { addNote } from '../../../src/safeguarding/referrals/examples.ts';
import { addPersonMet, addVisit } from '../../../src/visits/examples.ts';
import { newId } from '../../../src/vocabulary/ids.ts';
import type { Visitor } from '../../fixtures/application.ts';
import { inLanes } from '../../harness/assurance.ts';
import { formsIn } from '../../harness/browsing.ts';
import { crawl } from '../../harness/crawl.ts';
import { rowOf } from '../../harness/sql.ts';
import { type Hidden, outsiders, pick, shownToAll, together } from './alike-hidden.ts';
import { plain } from './alike-ways.ts';
import type { World } from './world.ts';

const hiddenName = 'Wisteria Parlour';
/** The page, a search that finds the hidden by its name; then the next page, and a search that finds much. */
const queries = ['', `?q=${hiddenName.split(' ')[0]}`, '?page=2', '?q=a'];

type Shown = ReadonlyMap<string, string>;

/** What an outsider is shown before and after others have recorded and looked at more. All of it is asked for twice before: what differs from itself then cannot be held against what comes after, and is looked through for what is hidden. */
export async function listsBesideHidden(world: World, strangers: readonly Visitor[], most: number) {
  const addresses = world.app.offered
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/staff') && !url.includes(':'))
    .map(({ url }) => url);
  const pages: { readonly key: string; readonly who: Visitor; readonly url: string }[] = [];
  for (const [index, lead] of (await outsiders(world, ['auditor'])).entries())
    for (const address of addresses) {
      // An auditor reads all of the log, including access to records, so pages that the lead may not open go to a stranger.
      const who = (await lead.get(address)).statusCode === 403 ? (strangers[index] as Visitor) : lead;
      for (const query of queries.slice(0, most))
        pages.push({ key: `${index} ${address}${query}`, who, url: address + query });
    }
  const showAll = async (): Promise<Shown> => {
    const shown = new Map<string, string>();
    await inLanes(4, pages, async ({ key, who, url }) => shown.set(key, plain(await who.get(url))));
    return shown;
  };
  const [first, second] = [await showAll(), await showAll()];
  const hidden = await addHidden(world);
  const third = await showAll();
  const differing: string[] = [];
  let compared = 0;
  for (const [key, was] of second) {
    const is = third.get(key) ?? '';
    if (first.get(key) === was) {
      compared += 1;
      if (is !== was) differing.push(key);
    } else if (hidden.some((word) => is.includes(word))) differing.push(`${key} names it`);
  }
  const searched = [...second].filter(([key, was]) => first.get(key) !== was).map(([key]) => key);
  return { tried: pages.length, compared, searched, differing };
}

/** Three places with their visits, people met and notes of them, which then are looked at; all that they are known by. */
async function addHidden(world: World): Promise<string[]> {
  const { db, safeguardingDb, keys } = world;
  const operation = { id: (await world.mainOperation()) as never };
  const team = await rowOf(db, 'teams', { operationId: operation.id });
  const [planner, nurse] = [await world.as('planner'), await world.as('nurse')];
  const known: string[] = [hiddenName];
  for (let more = 0; more < 3; more += 1) {
    const premises = await addPremises(db, operation, { name: `${hiddenName} ${more}` });
    const planned = await addPlannedVisit(db, premises, { id: team.id });
    const visit = await addVisit(db, planned, nurse.member);
    const met = await addPersonMet(db, visit, nurse.member);
    const place = { encounterId: met.id, visitId: visit.id, operationId: operation.id, at: visit.arrivedAt };
    const note = await addNote(safeguardingDb, keys, place, nurse.member);
    for (const address of [`premises/${premises.id}`, `visits/${visit.id}`, `encounters/${met.id}`])
      if ((await planner.get(`/staff/${address}`)).statusCode !== 200)
        throw new Error(`${address} is hidden from its planner`);
    known.push(premises.id, visit.id, met.id, note.id);
  }
  return known;
}

/** Fields that hold an id in the forms of those who are in: with an id of somebody else's record, and with one of none. */
export async function namingFields(
  world: World,
  all: Hidden,
  strangers: readonly Visitor[],
  { most, seed }: { readonly most: number; readonly seed: number },
) {
  const differing = new Set<string>();
  let tried = 0;
  const others = [...all].filter(([table]) => !shownToAll.includes(table)).map(([, one]) => one);
  const asked: { name: string; ask: (value: string) => ReturnType<Visitor['get']>; hidden: string[] }[] = [];
  for (const [name, address] of [
    ['week', '/staff/operations/new?week='],
    ['parent', '/staff/weeks/new?parent='],
    ['visit', '/staff/safeguarding?visit='],
  ] as const)
    for (const who of strangers)
      asked.push({ name: `?${name}=`, ask: (value) => who.get(address + value), hidden: others });
  const seen = new Set<string>();
  await together(
    pick(['planner', 'officer', 'adviser', 'lead', 'press', 'analyst'] as const, most, seed),
    async (key) => {
      const who = await world.as(key);
      const bodies = new Map<string, string>();
      const get: Visitor['get'] = async (url) => {
        const answer = await who.get(url);
        bodies.set(url, answer.body);
        return answer;
      };
      const { pages } = await crawl(get, '/staff');
      for (const [shape, url] of pages) {
        const body = bodies.get(url) ?? '';
        for (const { to, html, names } of formsIn(body, url))
          for (const [, named = ''] of html.matchAll(/name="([^"]+)"[^>]*value="[0-9a-f-]{36}"/g)) {
            if (named === 'id' || seen.has(`${shape} ${named}`)) continue;
            seen.add(`${shape} ${named}`);
            const filled = (value: string) =>
              Object.fromEntries(names.map((field) => [field, field === named ? value : '']));
            // Text about the page's own subject is not hidden from the member.
            const hidden = others.filter((one) => !body.includes(one));
            asked.push({ name: `${shape} ${named}`, ask: (value) => who.post(to, filled(value)), hidden });
          }
      }
    },
  );
  await together(asked, async ({ name, ask, hidden }) => {
    for (const one of hidden) {
      const never = newId();
      tried += 1;
      if (plain(await ask(one), one) !== plain(await ask(never), never)) differing.add(name);
    }
  });
  return { tried, differing: [...differing] };
}
