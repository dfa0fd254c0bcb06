/** `npm run doctor`: reports in one sentence each what works, what is missing or wrong, and what to do about it. */
import { BadConfiguration, type Config, readConfig } from '../src/platform/config.ts';
import { checkEmbedded, checkServer } from './doctor-databases.ts';
import {
  checkBrowser,
  checkCleaner,
  checkClock,
  checkData,
  checkDisk,
  checkNode,
  checkPort,
  checkPrivateHost,
  checkSecrets,
} from './doctor-machine.ts';

/** `cure` where something must be fixed; `advice` where it works and could be safer. */
export type Finding = { readonly says: string; readonly cure?: string; readonly advice?: string };

const help = `npm run doctor
Looks at Node, the database, the browser for tests, the isolation of the file cleaner, the data folder, the private host, the disk, the port, the keys and the clock,
with the settings of this environment. Ends with 1 when something must be cured.`;

if (process.argv.includes('--help') || process.argv.includes('-h')) console.log(help);
else process.exit(await main());

async function main(): Promise<number> {
  const findings = await lookAround();
  for (const { says, cure, advice } of findings)
    console.log(cure ? `✖ ${says} ${cure}` : advice ? `! ${says} ${advice}` : `✔ ${says}`);
  const ill = findings.filter(({ cure }) => cure).length;
  console.log(ill === 0 ? 'Nothing needs to be cured.' : `To be cured: ${ill}.`);
  return ill === 0 ? 0 : 1;
}

async function lookAround(): Promise<Finding[]> {
  const machine = [checkNode(), checkClock(), checkBrowser(), checkCleaner()];
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
    checkDisk(config),
    await checkPort(config),
    ...checkSecrets(config),
    ...database,
  ];
}
