/** `safelight intake keys`: the public keys that reports are sealed to, for a public site that holds no other keys. */
import { existsSync } from 'node:fs';
import { readConfig } from '../../platform/config.ts';
import { UnitKeys } from '../../platform/crypto/crypto.ts';
import { currentKeyPair, openSealing } from '../../reports/index.ts';
import { type ExitCode, exitCodes, type ParsedArguments, Refusal, type Terminal } from '../command.ts';

export async function printIntakeKeys(_given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const { keysFile } = readConfig();
  if (!existsSync(keysFile))
    throw new Refusal(`There is no key file at ${keysFile}: the first start of the staff door makes one.`);
  await openSealing();
  const keys = UnitKeys.fromFile(keysFile);
  const publicHalf = (line: 'police' | 'help') => {
    const { id, publicKey } = currentKeyPair(keys, line);
    return { id, publicKey: Buffer.from(publicKey).toString('base64') };
  };
  terminal.printLine(JSON.stringify({ police: publicHalf('police'), help: publicHalf('help') }));
  terminal.tell('Set SAFELIGHT_INTAKE_KEYS to this line where the public door runs alone.');
  return exitCodes.done;
}
