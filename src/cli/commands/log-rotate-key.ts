/** `safelight log rotate-key`: a new key for both logs, beside the old ones. */
import { existsSync } from 'node:fs';
import { rotateLogKeys } from '../../audit/log/index.ts';
import { readConfig } from '../../platform/config.ts';
import { type ExitCode, exitCodes, type ParsedArguments, Refusal, type Terminal } from '../command.ts';

export async function rotateKey(_given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const { logKeysFile } = readConfig();
  if (!existsSync(logKeysFile))
    throw new Refusal(`There is no key of the log at ${logKeysFile}: the first start of Safelight makes one.`);
  const keys = rotateLogKeys(logKeysFile);
  for (const { publicKeys } of [keys.main, keys.safeguarding])
    for (const key of publicKeys) terminal.printLine(`${key === publicKeys.at(-1) ? 'new   ' : 'before'}  ${key}`);
  terminal.tell('Start Safelight again to sign with the new keys, and tell all who verify the log and all witnesses.');
  return exitCodes.done;
}
