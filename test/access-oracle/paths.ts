/** The same cells through the app: every record by its own address, every list and count, every file, and every notification; against the same statement. */
import { sessionCookie } from '../../src/platform/http/sites.ts';
import type { Visitor } from '../fixtures/application.ts';
import { type Address, addresses } from './addresses.ts';
import { doors, nameOf } from './cells.ts';
import { type List, lists, type Telling, tellings } from './lists.ts';
import { marked, markOf } from './marks.ts';
import { type Me, type Oracle, storeOf } from './oracle.ts';
import type { Person } from './people.ts';
import { maySetOut } from './statement-actions.ts';
import { keyOf, type Row, type World } from './world.ts';

export const paths = ['page', 'search and count', 'export', 'notification'] as const;
export type Path = (typeof paths)[number];
export type PathTally = Record<
  Path,
  { cells: number; readonly kinds: Set<string>; readonly allows: Set<string>; readonly denies: Set<string> }
>;
export const newPathTally = (): PathTally =>
  Object.fromEntries(
    paths.map((path) => [path, { cells: 0, kinds: new Set(), allows: new Set(), denies: new Set() }]),
  ) as never;

type Answer = Awaited<ReturnType<Visitor['get']>>;
/** A refused page answers like a missing one; a half-signed-in member is redirected to finish. */
const isRefusal = ({ statusCode, headers }: Answer): boolean =>
  statusCode === 403 ||
  statusCode === 404 ||
  (statusCode === 303 && /^\/staff\/(sign-in|credentials)/.test(String(headers.location)));

/** One person at some of the records' addresses and at every list. */
export async function walkPaths(
  world: World,
  oracle: Oracle,
  person: Person,
  sampleOf: (address: Address) => readonly Row[],
  tally: PathTally,
): Promise<void> {
  const visitor = await visitorFor(world, person);
  const readable = readableTo(oracle, world, person);
  const foreign = (path: Path, url: string, { body }: Answer) => {
    for (const [mark] of body.matchAll(/Mark[k-z]{12}/g)) {
      const row = readable.marks.get(mark);
      if (row && !row.hers) tally[path].allows.add(`${nameOf(person)} is shown ${row.table} at ${url}`);
    }
  };
  for (const address of addresses) {
    for (const row of sampleOf(address)) {
      const path = address.way === 'export' ? 'export' : 'page';
      const me = oracle.meOf(person, address.door);
      const may = mayOpen(oracle, address, me, person, row);
      const url = address.url(row);
      const where = url.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id');
      const cell = (verb: string, answer: Answer, expected: number) => {
        tally[path].cells += 1;
        tally[path].kinds.add([nameOf(person), verb, address.table, consentOf(world, address.table, row)].join(' | '));
        foreign(path, where, answer);
        const line = `${nameOf(person)} ${verb} ${where} ${consentOf(world, address.table, row)}: ${answer.statusCode}`;
        const led = address.leadsOn === true && answer.statusCode === 303;
        if (may && (isRefusal(answer) || (answer.statusCode !== expected && !led))) tally[path].denies.add(line);
        const told =
          address.tells === true &&
          answer.statusCode === 422 &&
          oracle.may(address.door, me, 'read', address.table, row);
        const opens =
          me !== undefined &&
          !me.half &&
          maySetOut(address.action, who(person)) &&
          address.opensFor?.(me, row) === true;
        if (!may && !isRefusal(answer) && !told && !led && !opens) tally[path].allows.add(line);
      };
      if (address.asking) cell('POST', await visitor.post(url, address.asking), 200);
      else cell('GET', await visitor.get(url), 200);
      if (address.empty) cell('POST', await visitor.post(url), 422);
    }
  }
  for (const list of lists) await walkList(world, oracle, person, list, { visitor, tally, foreign });
  hearCounts(world, oracle, person, await visitor.get('/staff'), tally);
}

/** How many records one line of the first page may count for somebody. */
function countTold(world: World, oracle: Oracle, person: Person, { action, door, table, waits }: Telling): number {
  const me = oracle.meOf(person, door);
  if (!me || me.half || !maySetOut(action, who(person))) return 0;
  return world
    .table(storeOf(door), table)
    .rows.filter((row) => oracle.may(door, me, 'read', table, row) && waits(me, row)).length;
}

/** What the first page says is waiting, in figures. */
function hearCounts(world: World, oracle: Oracle, person: Person, home: Answer, tally: PathTally): void {
  // The same words can stand for records of two stores: for reports to police and to support agencies.
  for (const alike of Map.groupBy(tellings, ({ said }) => said[0]).values()) {
    const expected = alike.reduce((sum, one) => sum + countTold(world, oracle, person, one), 0);
    const [{ said }] = alike as [Telling];
    const [one, many] = said;
    const told = home.body.includes(`>${one}</a>`)
      ? 1
      : Number(new RegExp(`>${many.replace('#', '(\\d+)')}</a>`).exec(home.body)?.[1] ?? 0);
    tally.notification.cells += 1;
    tally.notification.kinds.add(`${nameOf(person)} | ${one}`);
    if (told !== expected)
      tally.notification[expected === 0 || told ? 'allows' : 'denies'].add(
        `${nameOf(person)} is told ${told} of ${expected} for ${one}`,
      );
  }
}

async function walkList(
  world: World,
  oracle: Oracle,
  person: Person,
  list: List,
  {
    visitor,
    tally,
    foreign,
  }: { visitor: Pick<Visitor, 'get'>; tally: PathTally; foreign: (path: Path, url: string, answer: Answer) => void },
): Promise<void> {
  const found = tally[list.way];
  const may = maySetOut(list.action, who(person));
  const first = await visitor.get(list.url);
  found.cells += 1;
  found.kinds.add(`${nameOf(person)} | ${list.url}`);
  if (isRefusal(first) === may || (may && first.statusCode !== 200))
    found[may ? 'denies' : 'allows'].add(`${nameOf(person)} GET ${list.url}: ${first.statusCode}`);
  foreign(list.way, list.url, first);
  if (!may) return;
  let body = first.body;
  const last = Number(/of <b>(\d+)<\/b>, /.exec(first.body)?.[1] ?? 1);
  for (let page = 2; page <= last; page += 1) {
    const next = await visitor.get(`${list.url}${list.url.includes('?') ? '&' : '?'}page=${page}`);
    foreign(list.way, list.url, next);
    body += next.body;
  }
  const me = oracle.meOf(person, list.door);
  const table = world.table(storeOf(list.door), list.table);
  const known = list.known ?? ((row: Row) => String(row.id ?? keyOf(table, row)));
  let must = 0;
  for (const row of table.rows) {
    found.cells += 1;
    const hers = oracle.may(list.door, me, 'read', list.table, row);
    const shown = body.includes(known(row)) || (row.id !== undefined && body.includes(markOf(list.table, row.id)));
    if (shown && !hers && !readableElsewhere(oracle, person, list, row))
      found.allows.add(`${nameOf(person)} is shown ${list.table} at ${list.url}`);
    if (!hers || !list.all?.(me as Me, row)) continue;
    must += 1;
    if (!shown) found.denies.add(`${nameOf(person)} is not shown ${list.table} at ${list.url}`);
  }
  const beside = list.beside ? world.table(storeOf(list.door), list.beside).rows : [];
  must += beside.filter((row) => oracle.may(list.door, me, 'read', list.beside ?? '', row)).length;
  const total = /, <b>([\d,]+)<\/b> in all/.exec(first.body)?.[1]?.replaceAll(',', '');
  if (list.all && total !== undefined) {
    found.cells += 1;
    if (Number(total) !== must)
      found[Number(total) > must ? 'allows' : 'denies'].add(
        `${nameOf(person)} is told ${total}, not ${must}, at ${list.url}`,
      );
  }
}

const who = ({ member, side, standing }: Person) => ({
  roles: member.roles,
  side,
  ...(standing === 'half signed in' && { unfinished: true }),
});

/** A row of another kind may bear the same id. */
const readableElsewhere = (oracle: Oracle, person: Person, list: List, row: Row): boolean =>
  doors.some((door) => oracle.may(door, oracle.meOf(person, door), 'read', list.table, row));

function mayOpen(oracle: Oracle, address: Address, me: Me | undefined, person: Person, row: Row): boolean {
  const { door, table, action, way } = address;
  if (!maySetOut(action, who(person)) || !me || me.half) return false;
  if (address.needs && !maySetOut(address.needs, who(person))) return false;
  if (!oracle.may(door, me, 'read', table, row)) return false;
  if (address.may && !address.may(me, row)) return false;
  if (way !== 'form') return true;
  const writes = ['change', 'remove', 'add'] as const;
  return (
    writes.some((verb) => oracle.may(door, me, verb, table, row)) && oracle.may(door, me.writing, 'read', table, row)
  );
}

/** The owner of each word: by any process that may read its column. */
function readableTo(oracle: Oracle, world: World, person: Person) {
  const marks = new Map<string, { readonly table: string; readonly hers: boolean }>();
  for (const table of world.tables) {
    const column = marked[table.store][table.name];
    if (!column) continue;
    if (!table.columns.includes(column)) throw new Error(`${table.name} has no ${column} to bear a word of its own`);
    const open = doors.filter(
      (door) => storeOf(door) === table.store && oracle.columns(door, 'read', table.name).includes(column),
    );
    for (const row of table.rows) {
      const hers = open.some((door) => oracle.may(door, oracle.meOf(person, door), 'read', table.name, row));
      marks.set(markOf(table.name, row.id), { table: table.name, hers });
    }
  }
  return { marks };
}

/** The state of consent: whether there was a referral, how it ended, and whether somebody took up what the person wants. */
function consentOf(world: World, table: string, row: Row): string {
  if (table === 'referrals') return `referral ${row.state}`;
  if (table !== 'notes') return '';
  const referrals = world.table('safeguarding', 'referrals').rows.filter(({ note_id }) => note_id === row.id);
  const taken = world.table('safeguarding', 'note_acknowledgements').rows.some(({ note_id }) => note_id === row.id);
  return `referral ${referrals[0]?.state ?? 'none'}, ${taken ? 'taken up' : 'not taken up'}`;
}

async function visitorFor({ application }: World, person: Person): Promise<Pick<Visitor, 'get' | 'post'>> {
  if (person.standing !== 'half signed in') return application.signIn(person.member);
  const cookies = { [sessionCookie]: person.token };
  const get = (url: string) => application.app.inject({ method: 'GET', url, cookies });
  return { get, post: (url) => application.app.inject({ method: 'POST', url, cookies }) };
}
