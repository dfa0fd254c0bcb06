/** How the cleaner is kept from the network. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export type Isolation =
  /** Node's permission flag covers the network: Node 25 and later. */
  | { readonly by: 'node'; readonly commandPrefix: readonly [] }
  /** A network namespace of its own, in which there is no network at all. */
  | { readonly by: 'namespace'; readonly commandPrefix: readonly [string, ...string[]] }
  /** Only the program itself refuses to connect. */
  | { readonly by: 'nothing'; readonly commandPrefix: readonly [] };

const [unshare] = ['/usr/bin/unshare', '/bin/unshare'].filter((path) => existsSync(path));
/** The first for root, the second for everybody whom the system lets make user namespaces. */
const ways = [['--net'], ['--user', '--map-current-user', '--net']];

let found: Isolation | undefined;

/** The strongest isolation that works on this machine, tried once. `before` precedes the cleaner's own command. */
export function networkIsolation(): Isolation {
  found ??= process.allowedNodeEnvironmentFlags.has('--allow-net')
    ? { by: 'node', commandPrefix: [] }
    : (namespace() ?? { by: 'nothing', commandPrefix: [] });
  return found;
}

function namespace(): Isolation | undefined {
  if (!unshare || process.platform !== 'linux') return undefined;
  for (const way of ways) {
    const before = [unshare, ...way, '--'] as const;
    const { status, stdout } = spawnSync(unshare, [...way, '--', '/bin/cat', '/proc/self/net/dev'], {
      encoding: 'utf8',
      timeout: 2_000,
      env: {},
    });
    if (status === 0 && onlyLoopback(stdout)) return { by: 'namespace', commandPrefix: before };
  }
  return undefined;
}

/** Reads the kernel's list of network devices, two lines of heading before it. */
const onlyLoopback = (devices: string): boolean =>
  devices
    .trim()
    .split('\n')
    .slice(2)
    .every((line) => line.trim().startsWith('lo:'));
