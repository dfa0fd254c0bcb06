/** The memory of a public process alone, with the logins that its setup gives it and no others. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/platform/embedded-postgres/embedded.ts';
import { migrateEmbedded } from '../harness/embedded.ts';
import type { Line } from './effort.ts';
import { load, startServer, stop } from './processes.ts';

/** After a load of each kind of page, as they are and packed, `seconds` for each. */
export async function measurePublicMemory(seconds: number): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-public-'));
  const embedded = await openEmbedded(folder);
  try {
    await migrateEmbedded(embedded);
    const { main, safeguarding } = embedded.addresses;
    const environment = {
      SAFELIGHT_MODE: 'live',
      SAFELIGHT_DOOR: 'public',
      SAFELIGHT_DATA: join(folder, 'public'),
      SAFELIGHT_LOG: 'error',
      DATABASE_URL_PUBLIC: main.public,
      DATABASE_URL_SAFEGUARDING: safeguarding.public,
    };
    await stop((await startServer('built', environment)).child); // The first after a build writes its compile cache, as that of an image was.
    const server = await startServer('built', environment);
    for (const path of ['/news', '/', '/signs', '/information', '/news?q=police', '/report'])
      for (const headers of [[], ['accept-encoding:br']]) await load(server, path, { seconds, headers });
    const value = server.memory();
    await stop(server.child);
    return { what: 'memory of a public process alone after the load', value, unit: 'MiB', pass: 125, aim: 110 };
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
