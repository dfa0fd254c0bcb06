/** The application as a process that a test kills: `killed-server.ts`, addresses and keys by the environment. Prints its port. */
import { openApp } from '../../../src/app.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { readConfig } from '../../../src/platform/config.ts';
import { UnitKeys } from '../../../src/platform/crypto/crypto.ts';
import { type Addresses, Databases } from '../../../src/platform/database/database.ts';
import { openAssets } from '../../../src/platform/rendering/assets.ts';

const app = await openApp({
  config: readConfig({ SAFELIGHT_MODE: 'live', SAFELIGHT_LOG: 'silent' }),
  databases: new Databases(JSON.parse(process.env.HOUSE_ADDRESSES ?? '') as Addresses),
  keys: UnitKeys.generate(),
  clock: systemClock,
  assets: await openAssets(),
});
await app.listen({ port: 0, host: '127.0.0.1' });
console.log((app.server.address() as { port: number }).port);
