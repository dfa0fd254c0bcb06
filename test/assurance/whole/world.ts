/** The demonstration as a world to attack: the databases, the app in this process, and an end to all of it. */

import type { TestContext } from 'node:test';
import type { Traces } from '../../../src/platform/traces/traces.ts';
import { openDemonstration } from '../../fixtures/demonstration.ts';
import { inLanes } from '../../harness/assurance.ts';
import type { TestScope } from '../../harness/database.ts';
import { shareServer } from '../../harness/shared-server.ts';

export type World = Awaited<ReturnType<typeof openDemonstration>>;

/** Runs in a fresh copy of the demonstration, and clears up behind it however it ends. */
export const inWorld = <Value>(
  attack: (world: World) => Promise<Value>,
  options: { readonly realTiming?: boolean; readonly traces?: Traces } = {},
): Promise<Value> =>
  inServer(async (ends) => attack(await openDemonstration(ends as never as TestContext, {}, options)));

/** Runs beside a database server, and clears up behind it however it ends. */
export async function inServer<Value>(work: (ends: TestScope) => Promise<Value>): Promise<Value> {
  await shareServer();
  const after: (() => unknown)[] = [];
  try {
    return await work({ after: (run: () => unknown) => after.push(run) } as never as TestScope);
  } finally {
    for (const run of after.reverse()) await run();
  }
}

/** Three at a time: while the database works for one, we work for another. */
export const threeAtOnce = <One>(all: Iterable<One>, work: (one: One) => Promise<void>): Promise<void> =>
  inLanes(3, all, work);
