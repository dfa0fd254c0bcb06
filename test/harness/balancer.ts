/** A balancer for tests of several public processes: it keeps a journey with one of them, and asks the next if that one is dead. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The first characters of a step name its journey. They are the same on all its pages. */
const journeyOf = (body: Buffer): string => /(?:^|&)step=([^&]{16})/.exec(body.toString('latin1'))?.[1] ?? '';

/** Orders the processes for a journey; each journey has its own order, and keeps it while processes come and go. */
const orderFor = (journey: string, ports: readonly number[]): number[] =>
  ports
    .map((port, index) => ({ port, weight: createHash('sha256').update(`${journey} ${index}`).digest('hex') }))
    .sort((one, other) => (one.weight < other.weight ? -1 : 1))
    .map(({ port }) => port);

function pass(asked: IncomingMessage, body: Buffer, port: number): Promise<IncomingMessage> {
  const { method, url, headers } = asked;
  return new Promise((answered, failed) => {
    const sent = request({ port, host: '127.0.0.1', method, path: url, headers, agent: false }, answered);
    sent.once('error', failed);
    sent.end(body);
  });
}

async function answer(asked: IncomingMessage, reply: ServerResponse, ports: readonly number[]): Promise<void> {
  const body = await buffer(asked);
  for (const port of orderFor(journeyOf(body), ports)) {
    const found = await pass(asked, body, port).catch(() => undefined);
    if (!found) continue;
    reply.writeHead(found.statusCode ?? 502, found.headers);
    found.once('error', () => reply.destroy());
    found.pipe(reply);
    return;
  }
  reply.writeHead(503).end();
}

/** `ports` may change while it runs. */
export async function openBalancer(
  ports: readonly number[],
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((asked, reply) => {
    answer(asked, reply, ports).catch(() => reply.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
