/** How busy a pool of connections is, for the metrics. */
import type { PostgresPool } from 'kysely';
import type pg from 'pg';
import type { StoreName } from '../access-policy/access.ts';

/** As far as kysely and the metrics know a pool. */
export type CountedPool = PostgresPool & {
  readonly use: () => PoolUse;
};

export type PoolUse = {
  readonly used: number;
  readonly idle: number;
  /** Who waits now. */
  readonly waiting: number;
  /** Who had to wait since the start. */
  readonly waits: number;
};

/** The same pool, which counts each request that finds no connection free. */
export function countWaits(pool: pg.Pool, most: number): CountedPool {
  let waits = 0;
  return {
    options: pool.options,
    connect: () => {
      waits += Number(pool.idleCount === 0 && pool.totalCount >= most);
      return pool.connect();
    },
    end: () => pool.end(),
    use: () => ({
      used: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      waits,
    }),
  };
}

export type StorePool = PoolUse & { readonly store: StoreName; readonly role: string };

/** One line for each database and login, whatever number of pools it has. */
export function sumPools(pools: readonly StorePool[]): StorePool[] {
  const sums = new Map<string, StorePool>();
  for (const pool of pools) {
    const key = `${pool.store} ${pool.role}`;
    const { used, idle, waiting, waits } = sums.get(key) ?? { used: 0, idle: 0, waiting: 0, waits: 0 };
    sums.set(key, {
      ...pool,
      used: used + pool.used,
      idle: idle + pool.idle,
      waiting: waiting + pool.waiting,
      waits: waits + pool.waits,
    });
  }
  return [...sums.values()];
}
