/** How the application accepts connections: several sockets on one port. */
import { once } from 'node:events';
import { createServer, type ListenOptions, type Server } from 'node:net';
import type { FastifyInstance, FastifyListenOptions } from 'fastify';

/** Connections that may wait to be taken in, at each socket. One more is tried again by the caller's system after one second, then two, then four. */
const backlog = 4_096;
/** Node takes in one connection at each socket for each turn of its loop: under a flood there are some thirty turns a second, and who comes new would wait longer for that than for any page. */
const sockets = 12;

/** Where the system spreads connections over several sockets of one port. Elsewhere there is one. */
const spreads = process.platform === 'linux';

/** Opens the app on this port, or on a free one for 0; gives the port. The app's end is the end of all of it. */
export async function listen(app: FastifyInstance, port: number, host: string): Promise<number> {
  const more: Server[] = [];
  app.addHook('onClose', async () => {
    for (const one of more) one.close();
  });
  const first: ListenOptions & FastifyListenOptions = { port, host, backlog, ...(spreads && { reusePort: true }) };
  await app.listen(first);
  const bound = app.server.address() as { readonly port: number; readonly address: string };
  while (spreads && more.length < sockets - 1) {
    const one = createServer((connection) => app.server.emit('connection', connection));
    more.push(one.listen({ port: bound.port, host: bound.address, backlog, reusePort: true }));
    await once(one, 'listening');
  }
  return bound.port;
}
