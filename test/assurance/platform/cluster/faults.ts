/** What goes wrong under the application. Each fault ends when it is done; what it took away is given back later. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end } from '../../../harness/haproxy.ts';
import type { Machine } from './machines.ts';
import type { Cluster } from './members.ts';

export type Fault = {
  readonly name: string;
  readonly happen: (cluster: Cluster, answering: () => Promise<boolean>) => Promise<void>;
  /** In seconds: the longest time without an answer that is allowed. */
  readonly most?: number;
  /** A commit whose wait was cancelled must be seen as such. */
  readonly cancels?: true;
};

const database = 5_432;
const postmaster = /^\/usr\/lib\/postgresql\/17\/bin\/postgres /;

/** As a power cut on a machine that nobody reaches: not even its kernel says that its connections ended. */
async function dieSilently(machine: Machine): Promise<void> {
  machine.setLink('down');
  await sleep(200);
  await machine.die();
}

/** Ends all waits for a replica, as an operator might who sees them hang. */
async function cancelWaits(primary: Machine, seconds: number): Promise<void> {
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; await sleep(300))
    primary.query("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
}

/** The segments of the log that lie ready. Without a connection the server has stopped already. */
function useUpLog(primary: Machine): void {
  try {
    primary.query('select pg_switch_wal()');
  } catch {}
}

/** Both replicas get the log two seconds late, and their confirmations go as slowly. */
function slowDown(cluster: Cluster, primary: Machine): ChildProcess[] {
  const script = join(import.meta.dirname, 'slow-proxy.ts');
  const port = 6_432;
  return cluster.others(primary).map((replica) => {
    const proxy = replica.spawnInside(process.execPath, script, String(port), primary.address, String(database));
    proxy.stdout?.once('data', () => {
      replica.redirect(primary.address, database, port);
      replica.signal('SIGTERM', /walreceiver/); // It connects again, by the proxy.
    });
    return proxy;
  });
}

export const faults: readonly Fault[] = [
  {
    name: 'PostgreSQL’s process of the primary is killed',
    most: 12,
    happen: async (cluster) => void (await cluster.inRole('leader')).signal('SIGKILL', postmaster),
  },
  {
    name: 'a wait for a replica is cancelled, then the primary’s host dies silently',
    cancels: true,
    happen: async (cluster) => {
      const primary = await cluster.inRole('leader');
      primary.cutFrom(cluster.others(primary), database);
      await sleep(1_000);
      await cancelWaits(primary, 3);
      await dieSilently(primary);
    },
  },
  {
    name: 'the primary’s host is silent',
    most: 30,
    happen: async (cluster) => dieSilently(await cluster.inRole('leader')),
  },
  {
    name: 'the primary’s host dies',
    most: 30,
    happen: async (cluster) => (await cluster.inRole('leader')).die(),
  },
  // As a virtual machine that its host pauses. The worst case: it leads etcd too, and on waking thinks that everybody else was silent.
  {
    name: 'the primary’s host, which leads etcd, freezes, and wakes when another is primary',
    most: 45,
    happen: async (cluster, answering) => {
      const primary = await cluster.inRole('leader');
      primary.leadEtcd(cluster.others(primary));
      await sleep(2_000);
      primary.signal('SIGSTOP');
      await sleep(2_000);
      await answering();
      primary.signal('SIGCONT');
      await sleep(3_000);
    },
  },
  {
    name: 'the primary is cut from its peers, and still reached by the application',
    most: 45,
    happen: async (cluster) => {
      const primary = await cluster.inRole('leader');
      primary.cutFrom(cluster.others(primary));
      await sleep(20_000);
    },
  },
  {
    name: 'the host of the replica that confirms dies',
    most: 20,
    happen: async (cluster) => {
      await (await cluster.inRole('sync_standby')).die();
      await sleep(8_000);
    },
  },
  {
    name: 'etcd does not answer anywhere for 40 seconds',
    most: 12,
    happen: async (cluster) => {
      for (const machine of cluster.machines) machine.signal('SIGSTOP', /^\/usr\/bin\/etcd/);
      await sleep(40_000);
      for (const machine of cluster.machines) machine.signal('SIGCONT', /^\/usr\/bin\/etcd/);
    },
  },
  {
    name: 'replication is cut for 5 seconds, then the primary’s host dies silently',
    happen: async (cluster) => {
      const primary = await cluster.inRole('leader');
      primary.cutFrom(cluster.others(primary), database);
      await sleep(5_000);
      await dieSilently(primary);
    },
  },
  {
    name: 'replication is 2 seconds late, by a proxy, for 25 seconds',
    happen: async (cluster) => {
      const primary = await cluster.inRole('leader');
      const proxies = slowDown(cluster, primary);
      await sleep(25_000);
      for (const proxy of proxies) await end(proxy);
      for (const replica of cluster.others(primary)) replica.mendNetwork();
    },
  },
  {
    name: 'replication is cut for 20 seconds, so that nobody confirms, then the primary’s host dies silently',
    happen: async (cluster) => {
      const primary = await cluster.inRole('leader');
      primary.cutFrom(cluster.others(primary), database);
      await sleep(20_000);
      await dieSilently(primary);
    },
  },
  {
    name: 'the disk of the primary is full',
    happen: async (cluster) => {
      const primary = await cluster.inRole('leader');
      for (let time = 0; time < 20; time += 1) {
        primary.fillDisk(time);
        useUpLog(primary);
        await sleep(500);
      }
    },
  },
  {
    name: 'the replica that confirms and then the primary die; one comes back after 15 seconds',
    happen: async (cluster) => {
      const [replica, primary] = [await cluster.inRole('sync_standby'), await cluster.inRole('leader')];
      await dieSilently(replica);
      await sleep(2_000);
      await dieSilently(primary);
      await sleep(15_000);
      replica.setLink('up');
      replica.start();
    },
  },
];
