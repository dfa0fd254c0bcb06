/** Every way of asking that is no good form: secrets in headers, cookies and addresses, what is too long, of the wrong kind, cut off or forged; and a log, a table and a connection that fail while somebody waits. */

import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { sessionCookie } from '../../../src/platform/http/sites.ts';
import { exampleEmail, members } from '../../../src/tour/index.ts';
import { newId } from '../../../src/vocabulary/ids.ts';
import { chance } from '../../harness/assurance.ts';
import { type Guest, nobody, postRoutes, type Watch } from './canary-forms.ts';
import type { Letter, Secrets } from './canary-secrets.ts';
import { threeAtOnce, type World } from './world.ts';

type Asking = {
  /** Found before anything is sent: a form may give it another code name. */
  readonly operation: string;
  readonly world: World;
  readonly secrets: Secrets;
  readonly watch: Watch;
  readonly planner: Guest & { readonly token: string };
};

export async function askWrongly(asking: Asking, { seed, quick }: { seed: number; quick: boolean }): Promise<void> {
  const random = chance(seed);
  const some = (routes: readonly string[]): string[] => routes.filter(() => !quick || random() < 0.12);
  const { app } = asking.world;
  const pages = new Set(app.offered.flatMap(({ method, url }) => (method === 'GET' ? [url] : [])));
  await threeAtOnce([...some([...pages]), '/nowhere/:name', '/staff/nowhere/:name'], (url) => askFor(asking, url));
  await threeAtOnce(some(postRoutes(asking.world)), (url) => sendBroken(asking, url));
  await signInWrongly(asking);
  await cutOff(asking);
}

/** As a member and as nobody: a secret for every place of the address, in the query, in headers and cookies. */
async function askFor({ world: { app }, secrets, watch, planner }: Asking, route: string): Promise<void> {
  for (const token of [planner.token, undefined]) {
    const letter = secrets.letter(route, 'around');
    const { secret } = letter;
    const path = route.replaceAll(/:(\w+)/g, (_place, name: string) => secret(`path ${name}`));
    const url = `${path}?${secret('query name')}=${secret('query')}&q=${secret('q')}&next=${secret('next')}`;
    const answer = await app.inject({
      url,
      headers: {
        'user-agent': secret('user-agent'),
        referer: `https://${secret('referer')}.example/`,
        'x-forwarded-for': secret('forwarded'),
        authorization: `Bearer ${secret('authorization')}`,
        'x-agency': secret('agency'),
      },
      cookies: { other: secret('cookie'), [sessionCookie]: token ?? secret('session') },
    });
    told({ watch, planner }, token, url, answer, letter);
  }
}

/** Too long, of the wrong kind, wrongly encoded, of no kind, without the form's token; and a good form about what is not there. */
async function sendBroken({ world: { app }, secrets, watch, planner }: Asking, route: string): Promise<void> {
  const url = route.replaceAll(/:\w+/g, () => newId());
  const cookies = { [sessionCookie]: planner.token };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const letter = secrets.letter(route, 'to fail');
  for (const [payload, headers] of [
    [`name=${letter.secret('too long')}${'x'.repeat(70_000)}`, form],
    [JSON.stringify({ name: letter.secret('wrong kind') }), { 'content-type': 'application/json' }],
    [`name=%ff%${letter.secret('wrong encoding')}%00`, form],
    [letter.secret('no kind'), { 'content-type': 'application/octet-stream' }],
    [`_csrf=${letter.secret('token')}&name=${letter.secret('without a token')}`, form],
  ] as const)
    told(
      { watch, planner },
      planner.token,
      url,
      await app.inject({ method: 'POST', url, payload, headers, cookies }),
      letter,
    );
  if (/\/(sign-out|end-others|try)$/.test(route)) return; // It would be good, and the rest be sent by nobody.
  const about = secrets.letter(route, 'to fail');
  const answer = await planner.post(url, { name: about.secret('of nothing'), reason: about.secret('of nothing') });
  told({ watch, planner }, planner.token, url, answer, about);
}

function told(
  { watch, planner }: Pick<Asking, 'watch' | 'planner'>,
  token: string | undefined,
  url: string,
  answer: LightMyRequestResponse,
  letter: Letter,
): void {
  letter.answered(answer);
  watch(token ? planner.who : { name: 'anybody', side: 'public' }, url, answer, letter);
}

/** The right address with a wrong password, then with the right one. */
async function signInWrongly({ world, secrets, watch }: Asking): Promise<void> {
  const guest = nobody(world, 'who signs in');
  const [member] = members;
  const letter = secrets.letter('/staff/sign-in', 'to fail');
  for (const password of [letter.secret('wrong password'), 'only for tests']) {
    const answer = await guest.post('/staff/sign-in', { email: exampleEmail(member), password });
    letter.answered(answer);
    watch(guest.who, '/staff/sign-in', answer, letter);
  }
}

async function cutOff({ world: { app }, secrets, planner }: Asking): Promise<void> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const letter = secrets.letter('/staff/weeks/new', 'to fail');
  for (let cut = 0; cut < 5; cut += 1)
    await new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /staff/weeks/new HTTP/1.1\r\nhost: x\r\ncookie: ${sessionCookie}=${planner.token}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\nname=${letter.secret('cut off')}`,
        );
        setTimeout(() => socket.destroy(), 20);
      });
      socket.on('close', () => done()).on('error', () => {});
    });
}

const quoting = `create function canary_quotes() returns trigger language plpgsql as $$ begin raise exception 'not %', new.words; end $$;
  create trigger canary_quotes before insert on policy_log for each row execute function canary_quotes()`;

/** What fails under a decision that somebody sends, and how it is mended. At the level of debug, for a developer's own machine, a message is written down as it is, and this one quotes what was typed. */
const failing = [
  ['the log is down', 'alter table access_log rename to canary_log', 'alter table canary_log rename to access_log'],
  [
    'a rule that nobody foresaw',
    'alter table policy_log add constraint canary_unforeseen check (false) not valid',
    'alter table policy_log drop constraint canary_unforeseen',
  ],
  ['a bug that quotes', quoting, 'drop trigger canary_quotes on policy_log; drop function canary_quotes()'],
  [
    'connections are cut',
    'select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user and datname = current_database()',
    'select 1',
  ],
] as const;

type Send = () => Promise<LightMyRequestResponse>;

async function sendWhileBroken({ db }: World, breakIt: string, send: Send): Promise<LightMyRequestResponse> {
  await sql.raw(breakIt).execute(db);
  return send();
}

/** The row waits for our lock when its connection is cut: a decision that was saved before would not have failed. */
async function cutWhileItWrites({ db }: World, cut: string, send: Send): Promise<LightMyRequestResponse> {
  const { answer } = await db.transaction().execute(async (tx) => {
    await sql`lock table policy_log in exclusive mode`.execute(tx);
    const asked = send();
    const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await waiting.execute(tx)).rows.length === 0) await pause(5);
    await sql.raw(cut).execute(tx);
    return { answer: asked };
  });
  return answer;
}

/** What was typed goes back to who typed it, or nowhere. The answers that came, by what failed. */
export async function failUnderneath(
  { world, operation, secrets, watch, planner }: Asking,
  level: string,
): Promise<string[]> {
  const url = `/staff/operations/${operation}/decisions/new`;
  const answers: string[] = [];
  for (const [what, breakIt, mend] of failing) {
    if (what === 'a bug that quotes' && level === 'debug') continue;
    const letter = secrets.letter(what, 'to fail');
    const decision = { words: letter.secret('words'), reason: letter.secret('reason'), decidedBy: letter.secret('by') };
    const send = () => planner.post(url, decision);
    const answer =
      what === 'connections are cut'
        ? await cutWhileItWrites(world, breakIt, send)
        : await sendWhileBroken(world, breakIt, send);
    await sql.raw(mend).execute(world.db);
    told({ watch, planner }, planner.token, url, answer, letter);
    answers.push(`${what}: ${answer.statusCode}`);
  }
  return answers;
}
