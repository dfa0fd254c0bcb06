/** Counts tries where all processes share it. No address and no account is kept: keyed hashes, by a key that is made of the unit's and of a salt that is deleted with its day. */
import { createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { dayOf } from '../platform/clock.ts';
import type { UnitKeys } from '../platform/crypto.ts';
import type { AnyTables, Databases, Db, Writer } from '../platform/database.ts';
import type { Bucket } from './tries.ts';

export class Tries {
  readonly #databases: Databases;
  readonly #keys: UnitKeys;
  #today: { readonly day: string; readonly key: Buffer } | undefined;

  constructor(databases: Databases, keys: UnitKeys) {
    this.#databases = databases;
    this.#keys = keys;
  }

  /** Counts a try in all buckets at once. Seconds to wait where one of them is empty, and then nothing was counted; nought where it may be made. */
  async count(buckets: readonly Bucket[], now: Date): Promise<number> {
    const asked = await this.#hashed(buckets, now);
    const { rows } = await sql<{ wait: number }>`select ctx.may_try(${asked}, ${now}) as wait`.execute(this.#db);
    return Math.ceil(rows[0]?.wait ?? 0);
  }

  /** Gives back what a right sign-in has used. */
  async well(buckets: readonly Bucket[], now: Date): Promise<void> {
    await sql`select ctx.tried_well(${await this.#hashed(buckets, now)})`.execute(this.#db);
  }

  get #db(): Db {
    return this.#databases.for('main', 'staff', { most: 1 });
  }

  async #hashed(buckets: readonly Bucket[], now: Date): Promise<string> {
    const key = await this.#keyOf(dayOf(now));
    return JSON.stringify(
      buckets.map(({ of, ...rest }) => ({ key: createHmac('sha256', key).update(of).digest('hex'), ...rest })),
    );
  }

  async #keyOf(day: string): Promise<Buffer> {
    if (this.#today?.day === day) return this.#today.key;
    const { rows } = await sql<{ salt: Buffer }>`select ctx.salt_of(${day}, ${randomBytes(32)}) as salt`.execute(
      this.#db,
    );
    const key = createHmac('sha256', this.#keys.derive('sign-in tries'))
      .update(rows[0]?.salt ?? '')
      .digest();
    this.#today = { day, key };
    return key;
  }
}

export async function forgetTries(tx: Writer<AnyTables>, now: Date): Promise<void> {
  await sql`select ctx.forget_tries(${now})`.execute(tx as never);
}
