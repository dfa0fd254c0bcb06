/** A free port of this machine for a server opened in a test, whose address must be known before it opens. */
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function freePort(host: 'localhost' | '127.0.0.1' = 'localhost'): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
