/** What Patroni says of its members: who is the primary, who confirms commits, and whether all is well. */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Machine, machineNames, prepareNetwork } from './machines.ts';

type Member = {
  readonly name: string;
  readonly role: 'leader' | 'sync_standby' | 'replica';
  readonly state: string;
  readonly lag?: number | 'unknown';
  readonly timeline?: number;
};

export class Cluster {
  readonly machines: readonly Machine[];
  readonly #authority: Buffer;

  constructor(files: string) {
    this.machines = machineNames.map((_, at) => new Machine(at, files));
    this.#authority = readFileSync(join(files, 'authority/ca.crt'));
  }

  static async start(files: string, port: number): Promise<Cluster> {
    prepareNetwork(files, port);
    const cluster = new Cluster(files);
    for (const machine of cluster.machines) {
      await machine.plugIn();
      machine.start();
    }
    await cluster.untilHealthy(120_000);
    return cluster;
  }

  /** As the first machine that answers sees it. */
  async members(): Promise<readonly Member[]> {
    for (const { address } of this.machines) {
      const said = await this.#ask(`https://${address}:8008/cluster`).catch(() => undefined);
      if (said) return (JSON.parse(said) as { readonly members: readonly Member[] }).members;
    }
    return [];
  }

  #ask(url: string): Promise<string> {
    return new Promise((done, fail) => {
      const asking = get(url, { ca: this.#authority, timeout: 1_500, agent: false }, (answer) => {
        let said = '';
        answer.on('data', (piece: Buffer) => {
          said += piece;
        });
        answer.on('end', () => done(said)).on('error', fail);
      });
      asking.on('timeout', () => asking.destroy(new Error('no answer'))).on('error', fail);
    });
  }

  async inRole(role: Member['role']): Promise<Machine> {
    const name = (await this.members()).find((member) => member.role === role)?.name;
    const machine = this.machines.find((one) => one.name === name);
    if (!machine) throw new Error(`no ${role}`);
    return machine;
  }

  others(machine: Machine): readonly Machine[] {
    return this.machines.filter((one) => one !== machine);
  }

  /** One primary, two that follow it without delay, one of them confirming. */
  async isHealthy(): Promise<boolean> {
    const members = await this.members();
    const count = (role: Member['role']) => members.filter((member) => member.role === role).length;
    const follow = ({ role, state, lag }: Member) =>
      role === 'leader' ? state === 'running' : state === 'streaming' && lag === 0;
    return members.length === 3 && count('leader') === 1 && count('sync_standby') === 1 && members.every(follow);
  }

  async untilHealthy(patienceMs: number): Promise<void> {
    for (const until = performance.now() + patienceMs; !(await this.isHealthy()); await sleep(250)) {
      if (performance.now() < until) continue;
      const words = this.machines.map((machine) => `${machine.name}:\n${machine.lastWords()}`).join('\n');
      throw new Error(`the cluster is not healthy: ${JSON.stringify(await this.members())}\n${words}`);
    }
  }

  /** Everything that a fault took away comes back. */
  heal(): void {
    for (const machine of this.machines) {
      machine.mendNetwork();
      machine.emptyDisk();
      if (machine.isRunning) machine.signal('SIGCONT');
      else machine.start();
    }
  }
}
