/** `safelight seed`: creates the demonstration week in empty databases. */
import { type ExitCode, exitCodes, type ParsedArguments, Refusal, type Terminal, withRuntime } from '../command.ts';

export const seedDatabases = (_given: ParsedArguments, terminal: Terminal): Promise<ExitCode> =>
  withRuntime(terminal, async (opened) => {
    if (opened.config.mode === 'live')
      throw new Refusal(
        'This is a live installation: invented data must not enter it. For a demonstration, set SAFELIGHT_MODE=demonstration.',
      );
    const { openApp } = await import('../../app.ts');
    const { seedDemonstration, signInList } = await import('../../demonstration/index.ts');
    const { seeded, password } = await seedDemonstration(opened, openApp, terminal.tell);
    terminal.printLine(seeded ? signInList(password) : 'The databases already hold data. Nothing was changed.');
    return exitCodes.done;
  });
