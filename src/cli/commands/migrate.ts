/** `safelight migrate`: starting the application migrates the databases; this reports it. */
import { type ExitCode, exitCodes, type Given, type Terminal, whileOpen } from '../command.ts';

export const migrateDatabases = (_given: Given, terminal: Terminal): Promise<ExitCode> =>
  whileOpen(terminal, async () => {
    terminal.say('Both databases have the shape of this version.');
    return exitCodes.done;
  });
