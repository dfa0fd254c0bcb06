/** What a load balancer asks each second: `/livez`, whether the process answers, and `/readyz`, whether it can serve. One word each, without a reason: that is for administrators. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Databases } from '../database/database.ts';
import { canSave } from '../database/reach-store.ts';
import { fromMemory } from './server.ts';

/** In milliseconds: no answer waits longer for the database. */
export const longestWait = 1_000;
/** In milliseconds: for so long an answer is given to everybody who asks. */
const keptFor = 900;

/** Whether the database of this process answers in time and can save. Many may ask at once: it is asked once. Never refuses. */
export function openReadiness(
  databases: Databases,
  milliseconds = (): number => performance.now(),
): () => Promise<boolean> {
  let last: { readonly at: number; readonly ready: Promise<boolean> } | undefined;
  return () => {
    const at = milliseconds();
    if (!last || at - last.at >= keptFor) last = { at, ready: askInTime(databases) };
    return last.ready;
  };
}

async function askInTime(databases: Databases): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), longestWait);
  try {
    return await Promise.race([canSave(databases, longestWait), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** In milliseconds: so often a store of files is asked, and nobody waits for it. */
const filesAskedEvery = 10_000;

/** Whether the store of files answered when it was last asked. Without it pages of help, reports and records still work, so a process that has lost it goes on serving. */
export function watchFiles(
  check: () => Promise<{ readonly state: string }>,
  milliseconds = (): number => performance.now(),
): () => boolean {
  let [asked, answers] = [-Infinity, true];
  return () => {
    const at = milliseconds();
    if (at - asked >= filesAskedEvery) {
      asked = at;
      check().then(
        ({ state }) => {
          answers = state === 'fine' || state === 'versions unknown';
        },
        () => {
          answers = false;
        },
      );
    }
    return answers;
  };
}

const answer = (reply: FastifyReply, status: 200 | 503, word: string): FastifyReply =>
  reply.code(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(`${word}\n`);

/** Whether a process is about to end: it still answers, and wants no more to do. */
export type Ending = { begun: boolean };

/** At the root, for every site. They set no cookie and read none. The private host does not have them. A process that is about to end says so to both, so that a balancer sends nobody more. */
export async function probeRoutes(
  app: FastifyInstance,
  {
    ending,
    isReady,
    filesAnswer = () => true,
  }: { readonly ending: Ending; readonly isReady: () => Promise<boolean>; readonly filesAnswer?: () => boolean },
): Promise<void> {
  app.get('/livez', fromMemory, async (_request, reply) =>
    ending.begun ? answer(reply, 503, 'ending') : answer(reply, 200, 'alive'),
  );
  app.get('/readyz', fromMemory, async (_request, reply) => {
    if (ending.begun) return answer(reply, 503, 'ending');
    const word = filesAnswer() ? 'ready' : 'ready-without-files';
    return (await isReady()) ? answer(reply, 200, word) : answer(reply, 503, 'unready');
  });
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Set when this process was told to end. */
    readonly ending: Ending;
  }
}

/** While a process is about to end, each answer is the last of its connection: the next request comes to another process. */
export function registerEnding(app: FastifyInstance): void {
  const ending: Ending = { begun: false };
  app.decorate('ending', ending);
  app.addHook('onRequest', (_request, reply, done) => {
    if (ending.begun) reply.raw.shouldKeepAlive = false;
    done();
  });
}
