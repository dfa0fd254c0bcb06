/** Limits what one session runs at once: a few requests, the rest in order of arrival. A session that sends hundreds delays only its own requests. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findJourneyRequest } from '../private-request.ts';
import { Problem } from '../problem.ts';

/** Half of the connections that a process has to a store. */
const mostAtOnce = 4;
/** More than anybody’s browser sends. */
const mostWaiting = 500;

type Queue = { going: number; readonly waiting: (() => void)[] };

export class SessionQueue {
  readonly #lines = new Map<string, Queue>();

  /** Resolves with the way out when it is this one’s turn; leaving twice is leaving once. Refuses what comes when too many wait. */
  async enter(whose: string): Promise<() => void> {
    const line = this.#lines.get(whose) ?? { going: 0, waiting: [] };
    this.#lines.set(whose, line);
    if (line.going < mostAtOnce) line.going += 1;
    else if (line.waiting.length >= mostWaiting) throw new Problem('too many', 'one session asks for too much at once');
    else await new Promise<void>((letIn) => line.waiting.push(letIn));
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = line.waiting.shift();
      if (next) return next();
      line.going -= 1;
      if (line.going === 0) this.#lines.delete(whose);
    };
  }

  /** Sessions of which something goes on. */
  get size(): number {
    return this.#lines.size;
  }
}

/** Runs before any query, and lasts until the answer is sent. Requests without a session are not limited here: the public site has its own turns. */
export function registerSessionQueue(
  app: FastifyInstance,
  tokenOf: (request: FastifyRequest) => string | undefined,
): void {
  const turns = new SessionQueue();
  const leave = (request: FastifyRequest, done: () => void): void => {
    request.work?.leaveQueue();
    done();
  };
  app.addHook('preValidation', async (request) => {
    // Internal requests run within the turn of the outside request that caused them.
    const token = request.work && !request.is404 && !findJourneyRequest() ? tokenOf(request) : undefined;
    if (token === undefined) return;
    const out = await request.work.deadline.within(turns.enter(token), (leaveLate) => leaveLate());
    if (request.work.isDisconnected) {
      out();
      throw new Problem('bad request', 'whoever asked has hung up');
    }
    request.work.leaveQueue = out;
  });
  app.addHook('onSend', (request, _reply, _payload, done) => leave(request, () => done()));
  app.addHook('onResponse', (request, _reply, done) => leave(request, done));
  app.addHook('onRequestAbort', leave);
}
