/** The process in which secrets are sent: `canary-run.ts HOW_MANY FILE`. Its output is looked through by the one that started it; what it finds itself goes into FILE. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { members } from '../../src/demonstration/cast.ts';
import type { Db } from '../../src/platform/database.ts';
import { sessionCookie } from '../../src/platform/doors.ts';
import { crawl, shapeOf } from '../../src/testing/crawl.ts';
import type { Visitor } from '../../src/testing/house.ts';
import { roles } from '../../src/vocabulary/people.ts';
import { type Form, formsIn, inWorld, type World } from './world.ts';

/** `sent`: which field of which form each went into. */
export type Looked = {
  readonly sent: Readonly<Record<string, string>>;
  /** `store table.column`, and what was in it. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly elsewhere: readonly string[];
};

const [most = '1000', file = ''] = process.argv.slice(2);
const mark = 'cnry';
const secrets = /cnry[0-9a-z]{12}/g;
const sent: Record<string, string> = {};

function secret(where: string): string {
  const made = `${mark}${Object.keys(sent).length.toString(36).padStart(4, '0')}${Math.random().toString(36).slice(2, 10).padEnd(8, '0')}`;
  sent[made] = where;
  return made;
}
/** In the short form each of the cast sends her share, so that no side of the house is left out. */
const share = Number(most) < 1_000 ? Math.ceil(Number(most) / 10) : Number.POSITIVE_INFINITY;

await inWorld(async (world) => {
  const elsewhere: string[] = [];
  const stop = watchActivity(world, elsewhere);
  await everyForm(world);
  do await aroundForms(world);
  while (Object.keys(sent).length < Number(most));
  await brokenRequests(world);
  await whenTheLogIsDown(world);
  stop();
  await world.app.refusals.settled();
  elsewhere.push(...(await pagesOfOthers(world)), ...(await filesOfTheServer(world)));
  const columns = {
    ...(await columnsOf(world.db, 'main')),
    ...(await columnsOf(world.safeguardingDb, 'safeguarding')),
  };
  const looked: Looked = { sent, columns, elsewhere };
  writeFileSync(file, JSON.stringify(looked));
});

/** Each form of each shape that each of the cast is shown: once as it should be filled in, once with a secret in every field. */
async function everyForm(world: World): Promise<void> {
  const seen = new Set<string>();
  for (const { key } of members) {
    const visitor = await world.as(key);
    const until = Object.keys(sent).length + share;
    const { pages } = await crawl(visitor.get, '/staff');
    for (const [shape, url] of pages) {
      if (Object.keys(sent).length >= until) break;
      for (const form of formsIn((await visitor.get(url)).body, url)) {
        const one = `${shape} ${shapeOf(form.to)} ${form.names.join()}`;
        if (seen.has(one) || form.names.length === 0 || form.to.endsWith('/sign-out')) continue;
        seen.add(one);
        await visitor.post(
          form.to,
          Object.fromEntries(form.names.map((name) => [name, secret(`${shapeOf(form.to)} ${name} (wrong)`)])),
        );
        await visitor.post(form.to, filledIn(form));
      }
    }
  }
}

/** As a person would: the first of what is offered, a lawful day and time, a secret wherever words are asked for. */
function filledIn({ to, names, html }: Form): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const name of names) {
    const tag =
      new RegExp(`<(?:input|textarea|select)[^>]* name="${name.replace(/[^\w-]/g, '\\$&')}"[^>]*>`).exec(html)?.[0] ??
      '';
    const value = / value="([^"]*)"/.exec(tag)?.[1] ?? '';
    if (/type="(radio|checkbox|hidden)"/.test(tag)) answers[name] = value;
    else if (tag.startsWith('<select'))
      answers[name] = new RegExp(`name="${name}"[\\s\\S]*?<option value="([^"]+)"`).exec(html)?.[1] ?? '';
    else if (/-day$/.test(name)) answers[name] = '24';
    else if (/-month$/.test(name)) answers[name] = '11';
    else if (/-year$/.test(name)) answers[name] = '2026';
    else if (/time|starts|left/i.test(name)) answers[name] = '10:30';
    else if (/inputmode="numeric"/.test(tag)) answers[name] = '1';
    else if (/type="email"/.test(tag) || name === 'email')
      answers[name] = `${secret(`${shapeOf(to)} ${name}`)}@example.org`;
    else answers[name] = secret(`${shapeOf(to)} ${name}`);
  }
  return answers;
}

/** Headers, cookies, addresses and query strings, of a member, of nobody and of the public. */
async function aroundForms(world: World): Promise<void> {
  const planner = await world.as('planner');
  for (const url of [
    '/staff',
    '/staff/visits',
    '/staff/premises/x',
    '/',
    '/help',
    '/news',
    '/nowhere',
    '/staff/sign-in',
  ]) {
    for (const token of [planner.token, undefined]) {
      const s = (what: string): string => secret(`${url} ${what}`);
      await world.app.inject({
        url: `${url}${url === '/nowhere' ? `/${s('path')}` : ''}?${s('query name')}=${s('query')}&q=${s('q')}&next=${s('next')}`,
        headers: {
          'user-agent': s('user-agent'),
          referer: `https://${s('referer')}.example/`,
          'x-forwarded-for': s('forwarded'),
          authorization: `Bearer ${s('authorization')}`,
          'x-agency': s('agency'),
        },
        cookies: { other: s('cookie'), [sessionCookie]: token ?? s('session') },
      });
    }
  }
}

/** Too long, of the wrong kind, wrongly encoded, cut off in the middle. */
async function brokenRequests(world: World): Promise<void> {
  const planner = await world.as('planner');
  const cookies = { [sessionCookie]: planner.token };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const url of ['/staff/weeks/new', '/staff/archive/import', '/staff/sign-in', '/staff/sign-out']) {
    const s = (what: string): string => secret(`${url} ${what}`);
    for (const [payload, headers] of [
      [`name=${s('too long')}${'x'.repeat(70_000)}`, form],
      [JSON.stringify({ name: s('wrong kind') }), { 'content-type': 'application/json' }],
      [`{"name": "${s('not json')}`, { 'content-type': 'application/json' }],
      [`name=%ff%${s('wrong encoding')}%00`, form],
      [s('no kind'), { 'content-type': 'application/octet-stream' }],
    ] as const)
      await world.app.inject({ method: 'POST', url, payload, headers, cookies });
  }
  await world.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = world.app.server.address() as { port: number };
  for (let cut = 0; cut < 5; cut += 1) {
    await new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /staff/weeks/new HTTP/1.1\r\nhost: x\r\ncookie: ${sessionCookie}=${planner.token}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\nname=${secret('cut off')}`,
        );
        setTimeout(() => socket.destroy(), 20);
      });
      socket.on('close', () => done()).on('error', () => {});
    });
  }
}

/** The log cannot be written, then the connections are cut: what was typed goes back to who typed it, or nowhere. */
async function whenTheLogIsDown(world: World): Promise<void> {
  const planner = await world.as('planner');
  const operation = await world.mainOperation();
  const reason = (): Record<string, unknown> => ({
    kind: 'go',
    words: secret('log down: words'),
    reason: secret('log down: reason'),
    decidedBy: secret('log down: by'),
  });
  await sql`alter table access_log rename to access_log_away`.execute(world.db);
  await planner.post(`/staff/operations/${operation}/decisions/new`, reason());
  await sql`alter table access_log_away rename to access_log`.execute(world.db);
  const posting = planner.post(`/staff/operations/${operation}/decisions/new`, reason());
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user and datname = current_database()`.execute(
    world.db,
  );
  await posting;
}

/** Asks again and again what the server tells of running statements. */
function watchActivity({ db }: World, elsewhere: string[]): () => void {
  const timer = setInterval(() => {
    sql<{
      query: string;
    }>`select query from pg_stat_activity where query like ${`%${mark}%`} and pid <> pg_backend_pid()`
      .execute(db)
      .then(({ rows }) => rows.length > 0 && elsewhere.push(`pg_stat_activity: ${rows[0]?.query.slice(0, 80)}`))
      .catch(() => {});
  }, 250);
  return () => clearInterval(timer);
}

/** What an outsider with every role, and anybody, is shown afterwards. */
async function pagesOfOthers(world: World): Promise<string[]> {
  const found = new Set<string>();
  const look = async (who: string, get: Visitor['get'], from: string): Promise<void> => {
    await crawl(async (url) => {
      const answer = await get(url);
      for (const [one] of answer.body.matchAll(secrets)) found.add(`${who} is shown ${sent[one]} on ${shapeOf(url)}`);
      return answer;
    }, from);
  };
  for (const kind of ['police force', 'council'] as const) {
    const agency = await world.agency(kind, { name: `Outside ${kind}` });
    const outsider = await world.signIn(await world.member(agency, roles));
    await look(`an outsider of a ${kind}`, outsider.get, '/staff');
  }
  const anybody = (url: string) => world.app.inject(url);
  await look('anybody', anybody, '/');
  for (const feed of ['/news/feed.xml', '/news/feed.atom', '/news/feed.json', '/news/feed.rss'])
    for (const [one] of (await anybody(feed)).body.matchAll(secrets)) found.add(`the feed ${feed} tells ${sent[one]}`);
  return [...found];
}

/** The server's own log must hold none; its data and its write-ahead log none of what is kept under seal. */
async function filesOfTheServer({ db }: World): Promise<string[]> {
  const { rows } = await sql<{ data: string }>`select current_setting('data_directory') as data`.execute(db);
  const data = rows[0]?.data ?? '';
  await sql`checkpoint`.execute(db);
  const found: string[] = [];
  for (const log of readdirSync(dirname(data)).filter((name) => name.startsWith('postgres.log')))
    if (readFileSync(join(dirname(data), log), 'latin1').includes(mark)) found.push(`the server’s ${log}`);
  const sealed = Object.entries(sent)
    .filter(([, where]) => /\bwants\b|encounters\/:id\/name\/record name\b/.test(where))
    .map(([one]) => one);
  for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name), 'latin1');
    if (!bytes.includes(mark)) continue;
    for (const one of sealed)
      if (bytes.includes(one))
        found.push(`${sent[one]} lies open in ${entry.parentPath.slice(data.length)}/${entry.name}`);
  }
  return found;
}

/** Every column of every table that holds one, whatever its type. */
async function columnsOf(db: Db, store: string): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns c
    where table_schema = 'public' and exists (select from pg_tables t where t.tablename = c.table_name)`.execute(db);
  const columns: Record<string, string[]> = {};
  const asHex = Buffer.from(mark).toString('hex');
  for (const { table, column } of rows) {
    const { rows: held } = await sql<{ held: string }>`
      select ${sql.ref(column)}::text as held from ${sql.table(table)}
      where ${sql.ref(column)}::text like ${`%${mark}%`} or ${sql.ref(column)}::text like ${`\\\\x%${asHex}%`}`.execute(
      db.withoutPlugins(),
    );
    if (held.length > 0)
      columns[`${store} ${table}.${column}`] = [
        ...new Set(held.flatMap((row) => [...row.held.matchAll(secrets)].map(([one]) => sent[one] ?? one))),
      ];
  }
  return columns;
}
