/** Serves the metrics on an address of their own, which no reader of a site reaches. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { BadConfiguration } from '../config.ts';
import { safelightVersion } from '../version.ts';
import { Metrics, type MetricsOptions } from './metrics.ts';

/** The metrics of this process, not yet served. */
export function openServedMetrics(options: Omit<MetricsOptions, 'version'>) {
  const counted = new Metrics({ ...options, version: safelightVersion });
  let closePort = async (): Promise<void> => {};
  return {
    counted,
    listen: async (address: MetricsAddress): Promise<number> => {
      const { port, close } = await serveMetrics(counted, address);
      closePort = close;
      return port;
    },
    close: async (): Promise<void> => {
      counted.close();
      await closePort();
    },
  };
}

export type MetricsAddress = { readonly host: string; readonly port: number };

/** Opens the address, or a free port for 0. Refuses in a sentence where it is taken. Returns the port and how to close it. */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: MetricsAddress,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    const known = request.url === '/metrics' && (request.method === 'GET' || request.method === 'HEAD');
    if (!known) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    metrics.render().then(
      (text) =>
        response
          .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' })
          .end(text),
      () => response.writeHead(500, { 'content-type': 'text/plain' }).end('failed\n'),
    );
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BadConfiguration(
      `The address in SAFELIGHT_METRICS cannot be opened (${code}). Choose another port, such as 127.0.0.1:9464.`,
    );
  }
  return {
    port: (server.address() as { readonly port: number }).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
