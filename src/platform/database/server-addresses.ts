/** The addresses of every login role on a PostgreSQL server: as given, and where only the owner's is given, made from it with passwords kept in a 0600 file. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { roleName } from '../access-policy/row-policies.ts';
import { admitted, type Config, type DatabaseRole, databaseRoles } from '../config.ts';
import type { Addresses } from './database.ts';
import type { RolePasswords } from './roles.ts';

export type Reached = {
  readonly addresses: Addresses;
  readonly passwords: RolePasswords;
  readonly stop: () => Promise<void>;
};

/** Whether the settings name a server at all: the address of the owner or of a process. */
export const namesServer = ({ ownerAddress, doorAddresses }: Config): boolean =>
  ownerAddress !== undefined || Object.keys(doorAddresses).length > 0;

/** With the owner's address every role has one. Without it, a process has the addresses it was given and no way to more. */
export function serverAddresses({
  ownerAddress,
  safeguardingOwnerAddress,
  doorAddresses,
  dataFolder,
}: Config): Reached {
  const safeguardingOwner = safeguardingOwnerAddress ?? (ownerAddress && besideAddress(ownerAddress));
  const missing = ownerAddress ? databaseRoles.filter((role) => !doorAddresses[role]) : [];
  const made = missing.length > 0 ? keptPasswords(dataFolder, missing.map(roleName)) : {};
  const addressOf = (role: DatabaseRole): string | undefined => {
    const owner = role === 'safeguarding' ? safeguardingOwner : ownerAddress;
    return doorAddresses[role] ?? (owner && withRole(owner, role, made[roleName(role)] ?? ''));
  };
  const behindTheWall = safeguardingOwner ?? doorAddresses.safeguarding;
  const apart = (role: DatabaseRole): string | undefined => {
    const login = addressOf(role);
    return login && behindTheWall && atDatabaseOf(behindTheWall, login);
  };
  return {
    addresses: {
      main: {
        ...withOwner(ownerAddress),
        ...given(admitted.main, addressOf),
      },
      safeguarding: {
        ...withOwner(safeguardingOwner),
        ...given(admitted.safeguarding, apart),
      },
    },
    passwords: made,
    stop: async () => {},
  };
}

const withOwner = (owner: string | undefined) => (owner ? { owner } : {});

const given = (roles: readonly DatabaseRole[], addressOf: (role: DatabaseRole) => string | undefined) =>
  Object.fromEntries(
    roles.flatMap((role) => {
      const address = addressOf(role);
      return address ? [[role, address]] : [];
    }),
  );

/** By default, safeguarding has its own database on the same server. */
function besideAddress(address: string): string {
  const url = new URL(address);
  url.pathname = `${url.pathname}_safeguarding`;
  return url.href;
}

function withRole(address: string, role: DatabaseRole, password: string): string {
  const url = new URL(address);
  url.username = roleName(role);
  url.password = password;
  return url.href;
}

/** The same login at the safeguarding database's host. */
function atDatabaseOf(target: string, login: string): string {
  const url = new URL(target);
  const { username, password } = new URL(login);
  url.username = username;
  url.password = password;
  return url.href;
}

const PasswordFile = z.record(z.string(), z.string());

function keptPasswords(dataFolder: string, names: readonly string[]): RolePasswords {
  const path = join(dataFolder, 'server-roles.json');
  const kept = existsSync(path) ? PasswordFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const lacking = names.filter((name) => !kept[name]);
  if (lacking.length === 0) return kept;
  for (const name of lacking) kept[name] = randomBytes(24).toString('base64url');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify(kept, null, 2), { mode: 0o600 });
  return kept;
}
