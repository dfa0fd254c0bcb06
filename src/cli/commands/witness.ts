/** `safelight witness init|once|run`: the program that a partner runs to watch a log that another runs. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createWitness,
  formatWitnessKey,
  isWitness,
  loadWitness,
  sendOverNetwork,
  type WatchResult,
  watchOnce,
} from '../../audit/witness/index.ts';
import { systemClock } from '../../platform/clock.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  type ParsedArguments,
  Refusal,
  type Terminal,
  usageError,
} from '../command.ts';

const getFolder = (given: ParsedArguments, terminal: Terminal): string =>
  resolve(terminal.folder, getTextOption(given, 'folder') || 'witness');

export async function initWitness(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = getFolder(given, terminal);
  const name = getTextOption(given, 'name', 'Give the witness a --name, like council.example/witness.');
  if (!/^[\w.\-/]{3,100}$/.test(name))
    throw usageError('A --name has letters, figures, dots, slashes and hyphens alone.');
  const url = getTextOption(given, 'log', 'Give the address of the Safelight to watch, with --log https://….');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw usageError(`“${url}” is no address like https://safelight.example.`);
  if (isWitness(folder)) throw new Refusal(`There is a witness in ${folder} already.`);
  const { key } = createWitness(folder, name, new URL(url).origin);
  terminal.printLine(formatWitnessKey(name, key));
  terminal.tell(
    'Give this line to your data-protection lead, who registers it on the page “Log details”. Then run safelight witness run.',
  );
  return exitCodes.done;
}

const roundLabels: { [Kind in WatchResult['kind']]: (round: Extract<WatchResult, { kind: Kind }>) => string } = {
  cosigned: ({ log, size }) => `${log}: consistent, and cosigned at ${size} rows`,
  empty: ({ log }) => `${log}: nothing is sealed yet`,
  refused: ({ log, why, evidence }) => `${log}: REFUSED, ${why}. The evidence is kept in ${evidence}`,
  'not reached': ({ log, why }) => `${log}: ${why}`,
};

async function runRound(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = getFolder(given, terminal);
  if (!isWitness(folder)) throw new Refusal(`There is no witness in ${folder}: make one with safelight witness init.`);
  const settings = loadWitness(folder);
  const rounds = await watchOnce(folder, settings, systemClock.now, sendOverNetwork(settings.url));
  for (const one of rounds) {
    const line = (roundLabels[one.kind] as (round: WatchResult) => string)(one);
    if (one.kind === 'refused' || one.kind === 'not reached') terminal.tell(line);
    else terminal.printLine(line);
  }
  if (rounds.some(({ kind }) => kind === 'refused')) return exitCodes.notTrue;
  return rounds.some(({ kind }) => kind === 'not reached') ? exitCodes.failed : exitCodes.done;
}

export const runWitnessOnce = runRound;

/** Repeats until it is stopped. A refusal does not end it: it is kept, and the log is asked again. */
export async function runWitness(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const every = Number(getTextOption(given, 'every') || 600);
  if (!Number.isInteger(every) || every < 10) throw usageError('--every is a number of seconds, 10 or more.');
  let worst: ExitCode = exitCodes.done;
  while (!terminal.stopped.aborted) {
    const code = await runRound(given, terminal);
    if (code === exitCodes.notTrue) worst = code;
    await sleep(every * 1_000, undefined, { signal: terminal.stopped }).catch(() => {});
  }
  return worst;
}
