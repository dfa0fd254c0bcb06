/** `safelight migrate`: starting the application migrates the databases; this reports it. */
import { type ExitCode, exitCodes, type ParsedArguments, type Terminal, withRuntime } from '../command.ts';

export const migrateDatabases = (_given: ParsedArguments, terminal: Terminal): Promise<ExitCode> =>
  withRuntime(terminal, async () => {
    terminal.printLine('Both databases have the shape of this version.');
    return exitCodes.done;
  });
