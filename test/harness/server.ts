/** Applications for one part of the assurance, on their own database server, deleted when the part is over. */
import { reachServer } from '../../scripts/test-server.ts';
import { passwords } from './database.ts';
import { type HouseOptions, openHouse, type TestHouse } from './house.ts';
import { openPooler } from './pooler.ts';

type Options = HouseOptions & { readonly pooled?: boolean };

export const withHouse = <Value>(use: (house: TestHouse) => Promise<Value>, options: Options = {}): Promise<Value> =>
  withHouses(1, ([house]) => use(house as TestHouse), options);

/** Beside each other, each with databases of its own. */
export async function withHouses<Value>(
  many: number,
  use: (houses: readonly TestHouse[]) => Promise<Value>,
  { pooled = false, ...options }: Options = {},
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
    const houses: TestHouse[] = [];
    while (houses.length < many) houses.push(await openHouse({ after: (end: never) => ending.push(end) }, options));
    return await use(houses);
  } finally {
    for (const end of ending.reverse()) await end();
    delete process.env.SAFELIGHT_TEST_SERVER;
    delete process.env.SAFELIGHT_TEST_POOLER;
    await server.stop();
  }
}
