/** The three servers of the audited read, each a process of its own: `audited-server.ts audited|unaudited|bare`, addresses by the environment. Prints its port. */
import { createServer } from 'node:http';
import pg from 'pg';
import { openApp } from '../../src/app.ts';
import { LookWriter } from '../../src/platform/audit-hook/audit.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { type Addresses, Databases } from '../../src/platform/database/database.ts';
import { openAssets } from '../../src/platform/rendering/assets.ts';

const kind = process.argv[2];
const addresses = JSON.parse(process.env.BENCH_ADDRESSES ?? '') as Addresses;

if (kind === 'bare') bare();
else await application();

/** The divisor: what a server pays at the least that writes one row durably before it answers. */
function bare(): void {
  const pool = new pg.Pool({ connectionString: addresses.main.owner, max: 16 });
  const server = createServer((_request, response) => {
    pool
      .query('insert into bench_log (at, member_id, subject, event) values ($1, $2, $3, $4)', [
        new Date(),
        '00000003-0000-7000-8000-000000000000',
        '00000009-0000-7000-8000-000000000000',
        'encounter.shown',
      ])
      .then(
        () => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'),
        () => response.writeHead(500).end(),
      );
  });
  server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
}

/** The application itself. `unaudited` leaves out the row of a look and the wait for it, here and nowhere else. */
async function application(): Promise<void> {
  if (kind === 'unaudited') LookWriter.prototype.write = async () => {};
  const app = await openApp({
    config: readConfig({ SAFELIGHT_MODE: 'live', SAFELIGHT_LOG: 'error' }),
    databases: new Databases(addresses),
    keys: UnitKeys.generate(),
    clock: systemClock,
    assets: await openAssets(),
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  console.log((app.server.address() as { port: number }).port);
}
process.on('SIGTERM', () => process.exit(0));
