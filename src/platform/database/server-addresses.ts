/** The addresses of every login role on a PostgreSQL server: as given, and where only the owner's is given, made from it with passwords kept in a 0600 file. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { roleName } from '../access-policy/row-policies.ts';
import { type Config, type DatabaseRole, databaseRoles, storeRoles } from '../config.ts';
import type { Addresses } from './database.ts';
import type { RolePasswords } from './roles.ts';

export type DatabaseServer = {
  readonly addresses: Addresses;
  readonly passwords: RolePasswords;
  readonly stop: () => Promise<void>;
};

/** Whether the settings name a server at all: the address of the owner or of a process. */
export const hasServerSettings = ({
  ownerAddress,
  roleAddresses,
}: Pick<Config, 'ownerAddress' | 'roleAddresses'>): boolean =>
  ownerAddress !== undefined || Object.keys(roleAddresses).length > 0;

/** With the owner's address every role has one. Without it, a process has the addresses it was given and no way to more. */
export function serverAddresses({
  ownerAddress,
  safeguardingOwnerAddress,
  roleAddresses,
  dataFolder,
}: Config): DatabaseServer {
  const safeguardingOwner = safeguardingOwnerAddress ?? (ownerAddress && defaultSafeguardingAddress(ownerAddress));
  const missing = ownerAddress ? databaseRoles.filter((role) => !roleAddresses[role]) : [];
  const made = missing.length > 0 ? loadPasswords(dataFolder, missing.map(roleName)) : {};
  const addressOf = (role: DatabaseRole): string | undefined => {
    const owner = role === 'safeguarding' ? safeguardingOwner : ownerAddress;
    return roleAddresses[role] ?? (owner && withRole(owner, role, made[roleName(role)] ?? ''));
  };
  const safeguardingServer = safeguardingOwner ?? roleAddresses.safeguarding;
  const safeguardingAddressOf = (role: DatabaseRole): string | undefined => {
    const login = addressOf(role);
    return login && safeguardingServer && withLoginOf(safeguardingServer, login);
  };
  return {
    addresses: {
      main: {
        ...withOwner(ownerAddress),
        ...collectAddresses(storeRoles.main, addressOf),
      },
      safeguarding: {
        ...withOwner(safeguardingOwner),
        ...collectAddresses(storeRoles.safeguarding, safeguardingAddressOf),
      },
    },
    passwords: made,
    stop: async () => {},
  };
}

/** The addresses that a backup of a server is taken from; undefined where none is set. Without one of its own, the safeguarding database is reached where its owner reaches it. */
export function serverBackupAddresses({
  backupAddresses: { main, safeguarding },
  safeguardingOwnerAddress,
}: Pick<Config, 'backupAddresses' | 'safeguardingOwnerAddress'>):
  | { readonly main: string; readonly safeguarding: string }
  | undefined {
  if (!main) return undefined;
  const beside = safeguardingOwnerAddress
    ? withLoginOf(safeguardingOwnerAddress, main)
    : defaultSafeguardingAddress(main);
  return { main, safeguarding: safeguarding ?? beside };
}

const withOwner = (owner: string | undefined) => (owner ? { owner } : {});

const collectAddresses = (roles: readonly DatabaseRole[], addressOf: (role: DatabaseRole) => string | undefined) =>
  Object.fromEntries(
    roles.flatMap((role) => {
      const address = addressOf(role);
      return address ? [[role, address]] : [];
    }),
  );

/** By default, safeguarding has its own database on the same server. */
function defaultSafeguardingAddress(address: string): string {
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
function withLoginOf(target: string, login: string): string {
  const url = new URL(target);
  const { username, password } = new URL(login);
  url.username = username;
  url.password = password;
  return url.href;
}

const PasswordFile = z.record(z.string(), z.string());

function loadPasswords(dataFolder: string, names: readonly string[]): RolePasswords {
  const path = join(dataFolder, 'server-roles.json');
  const kept = existsSync(path) ? PasswordFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const lacking = names.filter((name) => !kept[name]);
  if (lacking.length === 0) return kept;
  for (const name of lacking) kept[name] = randomBytes(24).toString('base64url');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify(kept, null, 2), { mode: 0o600 });
  return kept;
}
