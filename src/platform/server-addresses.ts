/** The addresses of every login role on a PostgreSQL server: as given, and where only the owner's is given, made from it with passwords kept in a 0600 file. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { roleName } from './access-sql.ts';
import { BadConfiguration, type Config, type DatabaseRole, databaseRoles } from './config.ts';
import type { Addresses } from './database.ts';
import type { RolePasswords } from './roles.ts';

export type Reached = {
  readonly addresses: Addresses;
  readonly passwords: RolePasswords;
  readonly stop: () => Promise<void>;
};

export function serverAddresses(config: Config): Reached {
  const { ownerAddress, doorAddresses } = config;
  if (!ownerAddress) throw new BadConfiguration('The setting DATABASE_URL is missing.');
  const safeguardingOwner = config.safeguardingOwnerAddress ?? besideAddress(ownerAddress);
  const missing = databaseRoles.filter((role) => !doorAddresses[role]);
  const made = missing.length > 0 ? keptPasswords(config.dataFolder, missing.map(roleName)) : {};
  const addressOf = (role: DatabaseRole): string =>
    doorAddresses[role] ??
    withRole(role === 'safeguarding' ? safeguardingOwner : ownerAddress, role, made[roleName(role)] ?? '');
  const main = Object.fromEntries(
    databaseRoles.filter((role) => role !== 'safeguarding').map((role) => [role, addressOf(role)]),
  );
  const apart = Object.fromEntries(
    (['safeguarding', 'statistics', 'auditor', 'leader'] as const).map((role) => [
      role,
      atDatabaseOf(safeguardingOwner, addressOf(role)),
    ]),
  );
  return {
    addresses: { main: { owner: ownerAddress, ...main }, safeguarding: { owner: safeguardingOwner, ...apart } },
    passwords: made,
    stop: async () => {},
  };
}

/** Where no other place is named, safeguarding has a database of its own beside the first. */
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
