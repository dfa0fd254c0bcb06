/** The cells of the app's own guard: every action against every set of roles on each side, and the process it goes by. */
import type { Access, Actor } from '../../src/platform/access-policy/access.ts';
import { type Role, roles, sides } from '../../src/vocabulary/people.ts';
import { actions, maySetOut } from './statement-actions.ts';

const pairs: readonly (readonly Role[])[] = roles.flatMap((one, index) =>
  roles.slice(index + 1).map((other) => [one, other]),
);
const held = sides.flatMap((side) =>
  [...roles.map((role) => [role]), ...pairs].map((together) => ({ side, roles: together })),
);

/** The same members, half signed in: knowing their roles must not change what the guard allows. */
const half = held.map((one) => ({ ...one, unfinished: true }));

const nobody: Omit<Actor, 'side' | 'roles'> = {
  memberId: '',
  memberName: '',
  agencyId: '',
  agencyName: '',
  operations: [],
  partnerOperations: [],
  teams: [],
};

/** How many cells were tried, and each that came out otherwise; of some actions, or of all; stops at the first where that is enough. */
export function tryGuard(
  access: Access,
  { first = false, only }: { readonly first?: boolean; readonly only?: readonly string[] } = {},
): { readonly cells: number; readonly wrong: string[] } {
  const wrong: string[] = [];
  let cells = 0;
  const named = new Set([
    'anyone',
    ...Object.values(access.policy).flatMap((recordClass) => Object.keys(recordClass.actions)),
  ]);
  for (const action of only ?? new Set([...named, ...actions.keys()])) {
    if (first && wrong.length > 0) break;
    const said = actions.get(action);
    if (!said || !named.has(action)) {
      wrong.push(
        `the action ${action} ${said ? 'is no more' : 'is said of nobody in test/access-oracle/statement-actions.ts'}`,
      );
      continue;
    }
    const { store, databaseRole } = access.action(action);
    if (`${store}/${databaseRole}` !== said.door)
      wrong.push(`${action} goes by ${store}/${databaseRole} in place of ${said.door}`);
    for (const who of [undefined, ...held, ...half]) {
      cells += 1;
      const allowed = access.allows(who && { ...nobody, ...who }, action);
      if (allowed === maySetOut(action, who)) continue;
      wrong.push(
        `${who ? `${who.roles.join(' and ')} (${who.side}${'unfinished' in who ? ', half signed in' : ''})` : 'nobody'} ${allowed ? 'may' : 'may not'} set out to ${action}`,
      );
    }
  }
  return { cells, wrong };
}
