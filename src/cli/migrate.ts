/** `safelight migrate`: opening the house migrates it; this says so. */
import { type ExitCode, exitCodes, type Given, type Terminal, whileOpen } from './command.ts';

export const migrateHouse = (_given: Given, terminal: Terminal): Promise<ExitCode> =>
  whileOpen(terminal, async () => {
    terminal.say('Both databases have the shape of this version.');
    return exitCodes.done;
  });
