/** `safelight seed`: creates the demonstration week in empty databases. */
import { type ExitCode, exitCodes, type Given, Refusal, type Terminal, whileOpen } from '../command.ts';

export const seedHouse = (_given: Given, terminal: Terminal): Promise<ExitCode> =>
  whileOpen(terminal, async (opened) => {
    if (opened.config.mode === 'live')
      throw new Refusal(
        'This is a live house, and nothing invented belongs in it. SAFELIGHT_MODE=demonstration says otherwise.',
      );
    const { openApp } = await import('../../app.ts');
    const { seedDemonstration, signInList } = await import('../../demonstration/index.ts');
    const { seeded, password } = await seedDemonstration(opened, openApp, terminal.tell);
    terminal.say(seeded ? signInList(password) : 'The house holds something already, so it was left as it is.');
    return exitCodes.done;
  });
