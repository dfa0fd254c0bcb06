/** What the doctor says of a running system: the rules and the words of the page System health. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { judgeAll, Monitor } from '../../monitoring/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { type Addresses, Databases } from '../../platform/database/database.ts';
import { hasServerSettings, serverAddresses } from '../../platform/database/server-addresses.ts';
import { runningEmbedded } from '../../platform/embedded-postgres/embedded.ts';
import type { Finding } from './finding.ts';

/** While no process does the background work, Safelight may be stopped on purpose. */
const workOfLeader = /^(background_work|(main|safeguarding)_(outbox|seal)|messages)$/;

export async function checkHealth(config: Config): Promise<Finding[]> {
  const databases = new Databases(knownAddresses(config));
  try {
    const monitor = new Monitor({
      config,
      databases,
      clock: systemClock,
      loadDefinition: async () => (await import('../../app.ts')).databaseDefinition,
    });
    const measures = await monitor.measure();
    const led = typeof measures.main === 'object' && measures.main.led;
    return judgeAll(measures).flatMap(({ name, title, says, cure, advice }): Finding[] => {
      if (name === 'pool') return [];
      const line = { says: `${title}: ${says}` };
      if (cure && !led && workOfLeader.test(name)) return [{ ...line, advice: cure }];
      return [{ ...line, ...(cure ? { cure } : advice ? { advice } : {}) }];
    });
  } finally {
    await databases.close();
  }
}

/** The logins as they are: none is made here. A stopped embedded database has none. */
function knownAddresses(config: Config): Addresses {
  if (!hasServerSettings(config)) return runningEmbedded(config.dataFolder) ?? { main: {}, safeguarding: {} };
  const made = existsSync(join(config.dataFolder, 'server-roles.json'));
  return serverAddresses(made ? config : { ...config, ownerAddress: undefined }).addresses;
}
