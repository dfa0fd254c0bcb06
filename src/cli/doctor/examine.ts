/** Everything that the doctor looks at, in the order in which it says it. */
import { BadConfiguration, type Config, readConfig } from '../../platform/config.ts';
import { checkEmbedded, checkServer } from './databases.ts';
import type { Finding } from './finding.ts';
import { checkHealth } from './health.ts';
import {
  checkCleaner,
  checkClock,
  checkData,
  checkNode,
  checkPort,
  checkPrivateHost,
  checkSecrets,
} from './machine.ts';

/** With the settings of this environment. A wrong one is a finding, and then nothing is looked at that needs them. */
export async function examine(more: readonly Finding[] = []): Promise<Finding[]> {
  const machine = [checkNode(), checkClock(), ...more, checkCleaner()];
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    return [...machine, { says: error.message, cure: 'Correct it, then ask again.' }];
  }
  const data = await checkData(config);
  const database = config.ownerAddress ? await checkServer(config) : await checkEmbedded(config);
  return [
    ...machine,
    ...data,
    checkPrivateHost(config),
    await checkPort(config),
    ...checkSecrets(config),
    ...database,
    ...(await checkHealth(config)),
  ];
}
