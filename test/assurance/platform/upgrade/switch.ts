/** A plain switch before several processes. It asks each for `/readyz`, sends nobody more to one that says no, and repeats nothing: what fails is counted. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** In milliseconds. */
const askEach = 100;
/** A busy machine answers late. */
const mostMissed = 5;

export type Switch = {
  readonly url: string;
  /** Takes a process in when it is ready. */
  readonly add: (port: number) => Promise<void>;
  readonly answers: () => number;
  /** Answers of 500 and more, and requests without an answer: the address and the reason. */
  readonly failures: readonly string[];
  readonly close: () => void;
};

export async function openSwitch(): Promise<Switch> {
  const ready = new Set<number>();
  const known = new Set<number>();
  const missed = new Map<number, number>();
  const failures: string[] = [];
  let [answers, turn] = [0, 0];
  const probe = setInterval(() => {
    for (const port of known)
      void askReady(port).then((found) => {
        missed.set(port, found === 'ready' ? 0 : (missed.get(port) ?? 0) + 1);
        if (found === 'ready') ready.add(port);
        else if (found === 'ending' || (missed.get(port) ?? 0) >= mostMissed) ready.delete(port);
      });
  }, askEach);
  const answer = async (asked: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const body = await buffer(asked);
    const ports = [...ready];
    turn += 1;
    const port = ports[turn % ports.length];
    const found = port === undefined ? undefined : await pass(asked, body, port).catch((error: Error) => error);
    answers += 1;
    if (found === undefined || found instanceof Error || (found.statusCode ?? 500) >= 500) {
      const why =
        found === undefined ? 'no process is ready' : found instanceof Error ? found.message : found.statusCode;
      failures.push(`${asked.method} ${asked.url}: ${why}`);
    }
    if (found === undefined || found instanceof Error) return void reply.writeHead(502).end();
    reply.writeHead(found.statusCode ?? 502, found.headers);
    found.once('error', (error) => {
      failures.push(`${asked.method} ${asked.url}: cut off: ${error.message}`);
      reply.destroy();
    });
    found.pipe(reply);
  };
  const server = createServer((asked, reply) => void answer(asked, reply).catch(() => reply.destroy()));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: async (port) => {
      known.add(port);
      while (!ready.has(port)) await new Promise((later) => setTimeout(later, askEach));
    },
    answers: () => answers,
    failures,
    close: () => {
      clearInterval(probe);
      server.close();
      server.closeAllConnections();
    },
  };
}

function pass({ method, url, headers }: IncomingMessage, body: Buffer, port: number): Promise<IncomingMessage> {
  return new Promise((answered, failed) => {
    const sent = request({ port, host: '127.0.0.1', method, path: url, headers, agent: false }, answered);
    sent.once('error', failed);
    sent.end(body);
  });
}

const askReady = (port: number): Promise<'ready' | 'ending' | 'no answer'> =>
  fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })
    .then((answer) => answer.text())
    .then(
      (word) => (word === 'ready\n' ? 'ready' : word === 'ending\n' ? 'ending' : 'no answer'),
      () => 'no answer',
    );
