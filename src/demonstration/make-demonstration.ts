/** Makes the demonstration in empty databases, and lists its accounts. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { OpenApp } from '../platform/area.ts';
import { BadConfiguration, type Config } from '../platform/config.ts';
import { isUnavailable } from '../platform/database/database.ts';
import { hasServerSettings } from '../platform/database/server-addresses.ts';
import { openAssets } from '../platform/rendering/assets.ts';
import { demonstrationPasswordFile, type Runtime, unfinishedDemonstrationFile } from '../platform/start.ts';
import { agencies, exampleEmail, members } from '../tour/index.ts';
import { demonstrationPassword, isEmpty, seedWeek } from './seed.ts';

export type SignIn = { readonly email: string; readonly roles: string; readonly agency: string; readonly does: string };

/** Every account, as listed on the console and in the README. */
export const signIns: readonly SignIn[] = members.map((member) => ({
  email: exampleEmail(member),
  roles: member.roles.join(', '),
  agency: agencies.find(({ key }) => key === member.agency)?.name ?? '',
  does: member.does,
}));

/** For the console: the accounts, with the one password that they share. Where nobody here knows it, where it is. */
export function signInList(password: string | undefined): string {
  const widths = [
    Math.max(...signIns.map(({ email }) => email.length)),
    Math.max(...signIns.map(({ roles }) => roles.length)),
  ] as const;
  const lines = signIns.map(
    ({ email, roles, agency, does }) => `  ${email.padEnd(widths[0])}  ${roles.padEnd(widths[1])}  ${does} (${agency})`,
  );
  const known =
    password === undefined
      ? '. Their password is in the file demonstration-password of the data folder in which they were made'
      : `, all with the password ${password}`;
  return `Demonstration sign-ins at /staff${known}\n${lines.join('\n')}`;
}

/** Creates the demonstration if the databases are empty, and says whether it did. Refuses databases in which an earlier start made a part of it. */
export async function seedDemonstration(
  opened: Runtime,
  openApp: OpenApp,
  printLine: (sentence: string) => void = () => {},
): Promise<{ readonly seeded: boolean; readonly password: string | undefined }> {
  const { config } = opened;
  const marker = unfinishedDemonstrationFile(config);
  const again = existsSync(marker);
  if (!(await isEmpty(opened.databases))) {
    if (again)
      throw new BadConfiguration(
        `A start ended before the demonstration in ${config.dataFolder} was complete. ${describeRemedy(config)}`,
      );
    // A new one would open no account.
    const file = demonstrationPasswordFile(config);
    return { seeded: false, password: existsSync(file) ? demonstrationPassword(file) : undefined };
  }
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(marker, '', { mode: 0o600, flush: true });
  const password = demonstrationPassword(demonstrationPasswordFile(config));
  printLine(
    again
      ? 'The last start ended before the demonstration was complete. Making it again, which takes up to a minute …'
      : 'Making the demonstration week, once. This takes up to a minute …',
  );
  try {
    await seedWeek({ ...opened, openApp, assets: await openAssets(), today: opened.clock.today(), password });
  } catch (error) {
    throw new BadConfiguration(
      `The demonstration could not be made: ${describeCause(error)}. ${describeRemedy(config)}`,
      { cause: error },
    );
  }
  rmSync(marker);
  return { seeded: true, password };
}

/** A page answers 503 where the database fails it. */
function describeCause(error: unknown): string {
  const { message = String(error) } = error as Partial<Error>;
  if (isUnavailable(error) || / answered 503\b/.test(message))
    return 'the database stopped answering, perhaps because this machine is busy or its disk is full';
  return `${message.split('\n', 1)[0]?.replace(/\.$/, '')} (SAFELIGHT_LOG=debug shows more)`;
}

const describeRemedy = (config: Config): string =>
  hasServerSettings(config)
    ? 'Empty both databases, then start Safelight again.'
    : 'Start Safelight again with npm start. It then makes the demonstration from the beginning.';
