/** The public process, unless its settings say more, to be killed by a test: addresses and settings from the environment, keys of the tests. Prints its port: a free one, unless the environment names one. */
import { once } from 'node:events';
import { openApp } from '../../src/app.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { type Addresses, Databases } from '../../src/platform/database/database.ts';
import { listen } from '../../src/platform/http/listen.ts';
import { keepHeapSmall } from '../../src/platform/memory.ts';
import { openAssets } from '../../src/platform/rendering/assets.ts';
import { testKeys } from './keys.ts';

keepHeapSmall();
if (process.env.HOUSE_WAITS === 'yes') {
  await once(process.stdin, 'data');
  process.stdin.destroy();
}
const app = await openApp({
  config: readConfig({
    SAFELIGHT_MODE: 'live',
    SAFELIGHT_LOG: 'silent',
    SAFELIGHT_DOOR: 'public',
    ...(JSON.parse(process.env.HOUSE_SETTINGS ?? '{}') as Record<string, string>),
  }),
  databases: new Databases(JSON.parse(process.env.HOUSE_ADDRESSES ?? '') as Addresses),
  keys: testKeys,
  clock: systemClock,
  assets: await openAssets(),
});
console.log(await listen(app, Number(process.env.HOUSE_PORT ?? 0), '127.0.0.1'));
