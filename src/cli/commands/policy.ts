/** `safelight policy show` and `policy diff`: who can see what in this version, and what it opens and closes beside an earlier one. No database is asked. */
import { resolve } from 'node:path';
import {
  compareAccessRules,
  findInconsistencies,
  formatAccessRules,
  isUnchanged,
} from '../../access/who-can-see-what/index.ts';
import { access } from '../../app.ts';
import { readRegularFile, UnreadableFile } from '../../platform/regular-file.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  type ParsedArguments,
  Refusal,
  type Terminal,
  usageError,
} from '../command.ts';
import { writeOutput } from '../files.ts';

export async function showPolicy(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const bytes = Buffer.from(formatAccessRules(access.policy));
  const out = getTextOption(given, 'out');
  if (out) writeOutput(resolve(terminal.folder, out), bytes);
  else await terminal.write(bytes);
  return exitCodes.done;
}

export async function comparePolicy(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const [file, ...more] = given.rest;
  if (file === undefined || more.length > 0)
    throw usageError('Give one file: “Who can see what” of an earlier version. See safelight policy diff --help.');
  const text = readText(resolve(terminal.folder, file), file);
  const difference = compareAccessRules(text, formatAccessRules(access.policy));
  if (!difference)
    throw new Refusal(`${file} is not “Who can see what”: safelight policy show writes it, and the page Access rules.`);
  const parts = [
    ['It opens:', difference.added],
    ['It closes:', difference.removed],
    ['And otherwise:', difference.redescribed],
  ] as const;
  const apart = findInconsistencies(text);
  if (isUnchanged(difference) && apart.length === 0)
    terminal.printLine('Nothing differs: who can see what is as it was.');
  for (const [title, sentences] of parts) {
    if (sentences.length > 0) terminal.printLine([title, ...sentences.map((sentence) => `- ${sentence}`)].join('\n'));
  }
  if (apart.length === 0) return exitCodes.done;
  terminal.printLine(
    [
      `${file} does not agree with itself, so somebody changed it: what it opens and closes was read from its part “By kind of record”.`,
      ...apart.map((sentence) => `- ${sentence}`),
    ].join('\n'),
  );
  return exitCodes.notTrue;
}

function readText(path: string, name: string): string {
  try {
    return readRegularFile(path).toString();
  } catch (error) {
    if (error instanceof UnreadableFile) throw new Refusal(`${name} cannot be read: ${error.problem}.`);
    throw error;
  }
}
