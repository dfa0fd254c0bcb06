/** A house of its own for a part of the assurance, on a database server of its own, gone when the part is over. */
import { reachServer } from '../../scripts/test-server.ts';
import { passwords } from './database.ts';
import { type HouseOptions, openHouse, type TestHouse } from './house.ts';
import { openPooler } from './pooler.ts';

export async function withHouse<Value>(
  use: (house: TestHouse) => Promise<Value>,
  { pooled = false, ...options }: HouseOptions & { readonly pooled?: boolean } = {},
): Promise<Value> {
  const server = await reachServer();
  process.env.SAFELIGHT_TEST_SERVER = server.address;
  const ending: (() => unknown)[] = [];
  try {
    if (pooled) {
      const pooler = await openPooler(server.address, passwords);
      ending.push(pooler.stop);
      process.env.SAFELIGHT_TEST_POOLER = pooler.address;
    }
    return await use(await openHouse({ after: (end: never) => ending.push(end) }, options));
  } finally {
    for (const end of ending.reverse()) await end();
    delete process.env.SAFELIGHT_TEST_SERVER;
    delete process.env.SAFELIGHT_TEST_POOLER;
    await server.stop();
  }
}
