/** What the doctor checks on the machine: Node, clock, folder, port and the files that hold secrets. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { dayOf, systemClock, timeOf, zone } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { hasServerSettings } from '../../platform/database/server-addresses.ts';
import { findHolder } from '../../platform/embedded-postgres/data-lock.ts';
import { type Isolation, networkIsolation } from '../../platform/files/isolation.ts';
import { hostNameOfOrigin } from '../../platform/http/private-host.ts';
import type { Finding } from './finding.ts';

const modules = resolve(import.meta.dirname, '../../../node_modules');

export function checkNode(): Finding {
  const name = `node-${process.platform}-${process.arch}`;
  const which = existsSync(join(modules, name)) ? 'the one that comes with Safelight' : 'this machine’s own';
  const says = `Node ${process.versions.node} runs Safelight, ${which}.`;
  return Number(process.versions.node.split('.')[0]) >= 24
    ? { says }
    : { says, cure: 'Install Node 24 or later, or start with npm start, which brings it.' };
}

/** Half past noon in summer is half past eleven in Greenwich: only full zone data know. */
export function checkClock(): Finding {
  const summer = new Date('2026-07-01T11:30:00Z');
  if (timeOf(summer) !== '12:30' || dayOf(summer) !== '2026-07-01')
    return { says: `The zone data for ${zone} are missing or wrong.`, cure: 'Install a Node with full ICU data.' };
  if (systemClock.now().getFullYear() < 2026)
    return { says: `The clock says ${systemClock.now().toISOString()}.`, cure: 'Set the clock of this machine.' };
  return { says: `The clock says ${timeOf(systemClock.now())} in ${zone}.` };
}

function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}

/** Files that reporters send are read by a process that must not reach the network. */
export function checkCleaner({ by }: Isolation = networkIsolation()): Finding {
  if (by === 'node') return { says: 'Node’s permission flag keeps the file cleaner from the network.' };
  if (by === 'namespace') return { says: 'The file cleaner runs in a network namespace without a network.' };
  return {
    says: 'Nothing around the file cleaner keeps it from the network: only its own code refuses to connect.',
    advice:
      'Allow user namespaces for this user (Linux, with unshare of util-linux), or run Safelight on Node 25 or later.',
  };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Places = Pick<Config, 'dataFolder' | 'keysFile' | 'keyHalvesFolder' | 'filesFolder' | 'logKeysFile'>;

/** In a container the root is read-only, and what lasts has places of its own: then nothing is written into the data folder itself. */
const lastsElsewhere = (config: Places & Pick<Config, 'ownerAddress' | 'roleAddresses'>, canWrite: CanWrite): boolean =>
  hasServerSettings(config) &&
  [
    dirname(config.keysFile),
    config.keyHalvesFolder,
    dirname(config.logKeysFile),
    ...(typeof config.filesFolder === 'string' ? [config.filesFolder] : []),
  ].every((place) => resolve(place) !== resolve(config.dataFolder) && existsSync(place) && canWrite(place));

type CanWrite = (path: string) => boolean;

export async function checkData(
  config: Places & Pick<Config, 'ownerAddress' | 'roleAddresses'>,
  canWrite: CanWrite = isWritable,
): Promise<Finding[]> {
  const { dataFolder } = config;
  const folder = nearestFolder(dataFolder);
  if (!canWrite(folder)) {
    if (lastsElsewhere(config, canWrite))
      return [{ says: `The data folder ${dataFolder} is read-only. What lasts lies in places of its own.` }];
    return [
      {
        says: `The data folder ${dataFolder} may not be written to by this user.`,
        cure: `Give it: chown ${process.getuid?.() ?? ''} ${folder}, or set SAFELIGHT_DATA to a folder of your own.`,
      },
    ];
  }
  const holder = existsSync(dataFolder) ? await findHolder(dataFolder) : undefined;
  const open = holder ? `Safelight is running on it (process ${holder.pid}).` : 'no Safelight has it open.';
  return [{ says: `The data folder is ${dataFolder}; ${open}` }];
}

/** Settings that cannot work stop the start (config.ts). This is about a host that works and tells whose it is. */
export function checkPrivateHost({ privateOrigin, origin }: Pick<Config, 'privateOrigin' | 'origin'>): Finding {
  if (!privateOrigin) return { says: 'The private entrance has no host of its own: it is on the named site.' };
  const [own, named] = [privateOrigin, origin].map(hostNameOfOrigin) as [string, string];
  const says = `The private entrance has the host ${own}.`;
  const parent = named.slice(named.indexOf('.') + 1);
  // To share .org.uk or .police.uk tells nothing.
  const shared = [named, ...(parent.includes('.') && !/^[a-z]+\.uk$/.test(parent) ? [parent] : [])];
  const tells = shared.some((name) => own.endsWith(`.${name}`)) || named.endsWith(`.${own}`);
  return tells
    ? { says, advice: `It shares a domain with ${named}, which tells whose it is. Take a domain that names nobody.` }
    : { says };
}

export async function checkPort({ port, host, dataFolder }: Config): Promise<Finding> {
  const code = await new Promise<string | undefined>((done) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => done(error.code));
    probe.listen(port, host, () => probe.close(() => done(undefined)));
  });
  if (!code) return { says: `Port ${port} of ${host} is free.` };
  if (code === 'EADDRINUSE' && existsSync(dataFolder) && (await findHolder(dataFolder)))
    return { says: `Port ${port} of ${host} is taken, it seems by the Safelight that is running.` };
  return code === 'EADDRINUSE'
    ? { says: `Port ${port} of ${host} is taken by another program.`, cure: 'Stop it, or set PORT to another number.' }
    : {
        says: `Port ${port} of ${host} cannot be opened (${code}).`,
        cure: 'Set PORT above 1023 and HOST to a name of this machine.',
      };
}

/** Keys and passwords that other users of the machine can read are not secret. */
export function checkSecrets({ keysFile, keyHalvesFolder, dataFolder }: Config): Finding[] {
  const files = [
    keysFile,
    keyHalvesFolder,
    ...['roles.json', 'server-roles.json'].map((name) => join(dataFolder, name)),
  ];
  return files.filter(existsSync).map((file) => {
    const { mode, uid } = statSync(file);
    if ((mode & 0o077) !== 0)
      return {
        says: `${file} can be read by others.`,
        cure: `Close it: chmod ${file === keyHalvesFolder ? 700 : 600} ${file}`,
      };
    const me = process.getuid?.() ?? uid;
    return uid === me || me === 0
      ? { says: `${file} can be read by its owner alone.` }
      : { says: `${file} belongs to another user.`, cure: `Start Safelight as that user, or chown ${me} ${file}` };
  });
}
