/** The two servers of the intake, each a process of its own: `intake-server.ts house|bare`, addresses, key file and bytes by the environment. Prints its port. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { openApp } from '../../src/app.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { type Addresses, Databases } from '../../src/platform/database/database.ts';
import { openAssets } from '../../src/platform/rendering/assets.ts';

const addresses = JSON.parse(process.env.BENCH_ADDRESSES ?? '') as Addresses;

if (process.argv[2] === 'bare') bare();
else await application();

/** The divisor: reads what is posted, inserts as many bytes as a report takes, and answers when they are on disk. */
function bare(): void {
  const bytes = randomBytes(Number(process.env.BENCH_BYTES));
  const pool = new pg.Pool({ connectionString: addresses.main.owner, max: 16 });
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      pool.query('insert into bench_reports (sealed) values ($1)', [bytes]).then(
        () => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'),
        () => response.writeHead(500).end(),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
}

async function application(): Promise<void> {
  const app = await openApp({
    config: readConfig({ SAFELIGHT_MODE: 'live', SAFELIGHT_LOG: 'error' }),
    databases: new Databases(addresses),
    keys: UnitKeys.fromFile(process.env.BENCH_KEYS ?? ''),
    clock: systemClock,
    assets: await openAssets(),
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  console.log((app.server.address() as { port: number }).port);
}
process.on('SIGTERM', () => process.exit(0));
