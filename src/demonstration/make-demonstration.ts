/** Makes the demonstration in empty databases, and lists its accounts. */
import type { OpenApp } from '../platform/area.ts';
import { openAssets } from '../platform/rendering/assets.ts';
import { demonstrationPasswordFile, type Runtime } from '../platform/start.ts';
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

/** For the console: the accounts, with the one password that they share. */
export function signInList(password: string): string {
  const widths = [
    Math.max(...signIns.map(({ email }) => email.length)),
    Math.max(...signIns.map(({ roles }) => roles.length)),
  ] as const;
  const lines = signIns.map(
    ({ email, roles, agency, does }) => `  ${email.padEnd(widths[0])}  ${roles.padEnd(widths[1])}  ${does} (${agency})`,
  );
  return `Demonstration sign-ins at /staff, all with the password ${password}\n${lines.join('\n')}`;
}

/** Creates the demonstration if the databases are empty, and says whether it did. */
export async function seedDemonstration(
  opened: Runtime,
  openApp: OpenApp,
  printLine: (sentence: string) => void = () => {},
): Promise<{ readonly seeded: boolean; readonly password: string }> {
  const password = demonstrationPassword(demonstrationPasswordFile(opened.config));
  if (!(await isEmpty(opened.databases))) return { seeded: false, password };
  printLine('Making the demonstration week: once, and for about ten seconds …');
  await seedWeek({ ...opened, openApp, assets: await openAssets(), today: opened.clock.today(), password });
  return { seeded: true, password };
}
