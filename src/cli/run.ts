/** Finds the typed command, parses its options, runs it, and reports any error in one line. */
import { parseArgs } from 'node:util';
import { listOf } from '../vocabulary/languages/english.ts';
import { type Command, type ExitCode, exitCodes, Refusal, type Terminal, toOneLine, usageError } from './command.ts';
import { commands } from './commands.ts';
import { formatError } from './problems.ts';

const exitHelp = `What goes wrong is said in one line on standard error. Exit codes:
  0    done
  1    could not be done
  2    wrongly typed, or no file is there by that name
  3    some files were bad; the others were read
  4    the log is not what was sealed, or not what was seen before; a backup is not what was taken
  130  stopped before the end`;

const defaultDataHelp = `Works on the database in ./data (SAFELIGHT_DATA names another folder), or on the server in DATABASE_URL.
A database in a folder belongs to one Safelight at a time: stop the server first, or use its pages.`;

const formatHelpList = (shown: readonly Command[]): string =>
  [
    'safelight COMMAND [options]',
    '',
    ...shown.map(({ name, does }) => `  ${name.padEnd(16)} ${does}`),
    '',
    'safelight COMMAND --help tells more of each.',
    defaultDataHelp,
    exitHelp,
  ].join('\n');

const formatHelp = ({ usage, does, helpText, dataHelp = defaultDataHelp }: Command): string =>
  [`safelight ${usage}`, `${does.charAt(0).toUpperCase()}${does.slice(1)}.`, '', helpText, '', dataHelp, exitHelp].join(
    '\n',
  );

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h' || word === 'help';

/** Never throws: whatever happens is an exit code and at most one line. SAFELIGHT_LOG=debug shows where it happened, too. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await run(words, terminal);
  } catch (error) {
    terminal.tell(toOneLine(error instanceof Refusal ? error.message : formatError(error)));
    if (process.env.SAFELIGHT_LOG === 'debug') terminal.tell(String((error as Error).stack));
    return error instanceof Refusal ? error.code : exitCodes.failed;
  }
}

async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, second] = words;
  if (first === undefined)
    throw usageError(`Name a command: ${listOf(commands.map(({ name }) => name))}. See safelight --help.`);
  if (isHelp(first)) {
    terminal.printLine(formatHelpList(commands));
    return exitCodes.done;
  }
  const command = commands.find(({ name }) => name === first || name === `${first} ${second}`);
  if (!command) {
    const group = commands.filter(({ name }) => name.startsWith(`${first} `));
    if (group.length > 0 && isHelp(second)) {
      terminal.printLine(formatHelpList(group));
      return exitCodes.done;
    }
    if (group.length > 0 && second === undefined)
      throw usageError(`Name a command: ${listOf(group.map(({ name }) => name))}. See safelight ${first} --help.`);
    const typed = group.length > 0 ? `${first} ${second}` : first;
    throw usageError(`There is no command “${typed}”. See safelight --help.`);
  }
  const given = words.slice(command.name.split(' ').length);
  if (given.some(isHelp)) {
    terminal.printLine(formatHelp(command));
    return exitCodes.done;
  }
  return command.run(parseOptions(command, given), terminal);
}

function parseOptions({ name, options }: Command, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return {
      options: values as Readonly<Record<string, string | boolean | readonly string[] | undefined>>,
      rest: positionals,
    };
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\. (?=To |Did )/);
    throw usageError(`${sentence}. See safelight ${name} --help.`);
  }
}
