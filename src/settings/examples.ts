/** Two agencies with the members who set and approve what the public site says, for tests. */
import type { TestContext } from 'node:test';
import { openApplication } from '../../test/fixtures/application.ts';

export async function openSettings(
  t: TestContext,
  environment: Record<string, string> = {},
  more: { readonly today?: string } = {},
) {
  const application = await openApplication(t, { environment, ...more });
  const { agency, member, signIn } = application;
  const force = await agency('police force', { name: 'Ours' });
  const council = await agency('council', { name: 'Theirs' });
  const people = {
    ada: await member(force, ['administrator'], 'Ada Admin'),
    sol: await member(council, ['administrator'], 'Sol Second'),
    dee: await member(council, ['data-protection lead'], 'Dee Lead'),
    pat: await member(force, ['planner'], 'Pat Planner'),
  };
  const [ada, sol, dee, pat] = [
    await signIn(people.ada),
    await signIn(people.sol),
    await signIn(people.dee),
    await signIn(people.pat),
  ];
  return { ...application, people, ada, sol, dee, pat };
}

/** The id of a version in the address that a form leads on to. */
export const versionIn = (location: unknown): string => /versions\/([0-9a-f-]{36})/.exec(String(location))?.[1] ?? '';
