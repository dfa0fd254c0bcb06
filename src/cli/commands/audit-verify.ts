/** `safelight audit verify`: finds the databases, lets the verifier read them, and says what it found. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  formatFinding,
  type HeldCheckpoint,
  keysFrom,
  readHeldCheckpoints,
  readNote,
  saveHeldCheckpoints,
  type VerifyOptions,
  type VerifyResult,
  verifyAddress,
} from '../../audit/verify/index.ts';
import { readConfig } from '../../platform/config.ts';
import { hasServerSettings, serverAddresses } from '../../platform/database/server-addresses.ts';
import { runningEmbedded } from '../../platform/embedded-postgres/embedded.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  type ParsedArguments,
  Refusal,
  type Terminal,
  usageError,
} from '../command.ts';

const getListOption = ({ options }: ParsedArguments, name: string): readonly string[] =>
  (options[name] as readonly string[]) ?? [];

export async function verifyAudit(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const at = (path: string): string => resolve(terminal.folder, path);
  const keys = readKeys(getListOption(given, 'key'), at);
  const file = getTextOption(given, 'held') && at(getTextOption(given, 'held'));
  const held = [
    ...(file ? readCheckpointFile(file) : []),
    ...readCheckpoints(getListOption(given, 'checkpoint').map(at)),
  ];
  const addresses = findAddresses(getListOption(given, 'address'));
  if (keys.length === 0)
    terminal.tell(
      'No --key was given, so the keys come from the database. That proves nothing against the people who run it. Use --key.',
    );
  const found: VerifyResult[] = [];
  for (const address of addresses) {
    const one = await verifyAddress(address, {
      // The safeguarding database lists no witnesses of its own; those of the main log are used.
      keys: [...keys, ...found.flatMap(({ registered }) => registered)],
      held,
      trusting: keys.length === 0,
      progress: (leaves) => terminal.redraw?.(`${leaves.toLocaleString('en-GB')} leaves`),
    } satisfies VerifyOptions).catch((error: Error) => {
      throw new Refusal(`The database at ${formatAddress(address)} could not be read: ${error.message}.`);
    });
    terminal.redraw?.('');
    printResult(one, formatAddress(address), terminal);
    found.push(one);
  }
  const missing = findMissingLogs(held, found);
  for (const { from } of missing)
    terminal.printLine(`WRONG  the log of the checkpoint in ${from} is in none of these databases`);
  if (missing.length > 0 || found.some(({ count }) => count > 0)) return exitCodes.notTrue;
  if (file)
    saveHeldCheckpoints(
      file,
      found.flatMap(({ checkpoint }) => checkpoint ?? []),
    );
  return exitCodes.done;
}

function readKeys(given: readonly string[], at: (path: string) => string): VerifyOptions['keys'] {
  try {
    return given.flatMap((one) => keysFrom(existsSync(at(one)) ? at(one) : one));
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

function readCheckpoints(paths: readonly string[]): HeldCheckpoint[] {
  for (const path of paths) if (!existsSync(path)) throw usageError(`There is no file ${path}.`);
  return paths.flatMap(readCheckpointFile);
}

function readCheckpointFile(path: string): HeldCheckpoint[] {
  try {
    return readHeldCheckpoints(path);
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

/** Given, or the auditor's of the server that the settings name, or of the database that runs in the data folder. */
function findAddresses(given: readonly string[]): readonly string[] {
  if (given.length > 0) return given;
  const config = readConfig();
  const { main, safeguarding } =
    (hasServerSettings(config) ? serverAddresses(config).addresses : runningEmbedded(config.dataFolder)) ?? {};
  const found = [main?.auditor, safeguarding?.auditor].filter((address) => address !== undefined);
  if (found.length > 0) return found;
  throw new Refusal(
    `No database runs on ${config.dataFolder}: start Safelight first, or name the database with --address postgres://….`,
  );
}

const formatAddress = (address: string): string => {
  const { host, pathname } = new URL(address);
  return `${host}${pathname}`;
};

function printResult(found: VerifyResult, where: string, terminal: Terminal): void {
  const { origin, size, checkpoints, erased, tail, oldestOfTail, cosigned, unchecked, findings, count } = found;
  terminal.printLine(origin ?? where);
  for (const finding of findings) terminal.printLine(`WRONG  ${formatFinding(finding)}`);
  if (count > findings.length) terminal.printLine(`WRONG  and ${count - findings.length} more`);
  const verdict = count > 0 ? 'is not what was sealed' : size === 0 ? 'holds nothing sealed yet' : 'is what was sealed';
  terminal.printLine(`${count > 0 ? 'NOT VERIFIED' : 'verified'}  ${where} ${verdict}`);
  terminal.printLine(`  ${size} leaves under ${checkpoints} checkpoints; ${erased} erased as the log itself says`);
  terminal.printLine(`  not sealed yet: ${tail}${oldestOfTail ? `, the oldest of ${oldestOfTail}` : ''}`);
  const seen = cosigned.map(({ witness, size: of, at }) => `${witness} (${of} leaves, ${at.toISOString()})`);
  terminal.printLine(`  cosigned by ${seen.length > 0 ? listOf(seen) : 'no witness'}`);
  if (unchecked.length > 0) terminal.printLine(`  not checked, since no key of theirs is known: ${listOf(unchecked)}`);
}

/** A log that an earlier checkpoint proves and that is in no database: someone removed it. */
function findMissingLogs(held: readonly HeldCheckpoint[], found: readonly VerifyResult[]): HeldCheckpoint[] {
  const there = new Set(found.map(({ origin }) => origin));
  return held.filter(({ text }) => {
    const origin = readNote(text)?.origin;
    return origin !== undefined && !there.has(origin);
  });
}
