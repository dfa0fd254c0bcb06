/** The one way to check a secret: a try is reserved before the check and counted when the answer was wrong. All processes count together. No address and no account is kept: keyed hashes, by a key made of the unit's and of a salt that is deleted with its day. */
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Result } from '../../vocabulary/result.ts';
import type { RefusalWriter } from '../audit-hook/refusals.ts';
import { type Clock, dayOf } from '../clock.ts';
import type { UnitKeys } from '../crypto/crypto.ts';
import type { AnyTables, Databases, Db, Writer } from '../database/database.ts';
import type { Work } from '../http/request.ts';
import type { Attempt, Bucket, Secret } from './throttle.ts';

/** In milliseconds: a check that takes longer, or whose process died, holds its place no more. */
const longestCheck = 60_000;
/** In milliseconds: how long a try waits for others that are being checked, and how often it asks. */
const patience = 15_000;
const interval = 20;
const busySeconds = 5;

/** Shows that a try is counted. Every function that compares a secret takes one; only the throttle makes them. */
export class CountedTry {
  readonly #counted = true;

  /** For one comparison. Throws where the throttle did not make it, or where it was used. */
  static use(counted: CountedTry): void {
    if (!(#counted in counted) || !unused.delete(counted))
      throw new Error('a secret is compared without a counted try');
  }
}
const unused = new WeakSet<CountedTry>();

export type TooMany = { readonly ok: false; readonly refusal: 'too many'; readonly seconds: number };

const wrongEvents = {
  password: 'sign-in.refused',
  code: 'sign-in.refused',
  'recovery code': 'sign-in.refused',
  'temporary access': 'sign-in.refused',
  'present password': 'password.refused',
  'code of a new generator': 'code.refused',
} as const satisfies Record<Secret, string>;

type Reserved = { readonly until: Date } | { readonly seconds: number };

export type ThrottleParts = {
  readonly databases: Databases;
  readonly keys: UnitKeys;
  readonly clock: Clock;
  readonly refusals: RefusalWriter;
};

export class Throttle {
  readonly #parts: ThrottleParts;
  readonly #lines = new Map<string, Promise<unknown>>();
  #today: { readonly day: string; readonly key: Buffer } | undefined;

  constructor(parts: ThrottleParts) {
    this.#parts = parts;
  }

  /** Checks a secret once. What `verify` refuses is a wrong answer: it is counted and logged. Tries that arrive together wait for each other, so that right ones all pass and wrong ones are never more than allowed. */
  async check<Value, Refusal extends string>(
    work: Work,
    tried: Attempt,
    verify: (counted: CountedTry) => Promise<Result<Value, Refusal>>,
  ): Promise<Result<Value, Refusal> | TooMany> {
    const { refusals } = this.#parts;
    const buckets = await this.#hashed(tried.buckets);
    const reserved = await this.#reserveInTurn(tried.buckets.at(-1)?.of ?? '', buckets);
    if ('seconds' in reserved) {
      refusals.note(work, 'tries refused', tried.memberId, tried.secret);
      return { ok: false, refusal: 'too many', seconds: reserved.seconds };
    }
    const counted = new CountedTry();
    unused.add(counted);
    let right = false;
    try {
      const result = await verify(counted);
      right = result.ok;
      if (!result.ok) {
        const reason = result.refusal === 'wrong' ? tried.secret : `${tried.secret} ${result.refusal}`;
        refusals.note(work, wrongEvents[tried.secret], tried.memberId, reason);
      }
      return result;
    } finally {
      unused.delete(counted);
      await sql`select ctx.settle_try(${buckets}, ${reserved.until}, ${this.#parts.clock.now()}, ${right})`.execute(
        this.#db,
      );
    }
  }

  get #db(): Db {
    return this.#parts.databases.for('main', 'staff', { maxConnections: 1 });
  }

  /** First come, first served: in each process one try of a line asks the database at a time. */
  #reserveInTurn(line: string, buckets: string): Promise<Reserved> {
    const deadline = performance.now() + patience;
    const before = this.#lines.get(line) ?? Promise.resolve();
    const reserved = before.then(() => this.#reserve(buckets, deadline));
    const after = reserved.then(
      () => {},
      () => {},
    );
    this.#lines.set(line, after);
    void after.then(() => this.#lines.get(line) === after && this.#lines.delete(line));
    return reserved;
  }

  async #reserve(buckets: string, deadline: number): Promise<Reserved> {
    for (;;) {
      // Now, not when the request began: a form may arrive slowly.
      const now = this.#parts.clock.now();
      const until = new Date(now.getTime() + longestCheck);
      const { rows } = await sql<{ wait: number | null }>`
        select ctx.reserve_try(${buckets}, ${now}, ${until}) as wait`.execute(this.#db);
      const wait = rows[0]?.wait ?? null;
      if (wait === 0) return { until };
      if (wait !== null) return { seconds: Math.ceil(wait) };
      if (performance.now() > deadline) return { seconds: busySeconds };
      await sleep(interval);
    }
  }

  async #hashed(buckets: readonly Bucket[]): Promise<string> {
    const key = await this.#keyOf(dayOf(this.#parts.clock.now()));
    return JSON.stringify(
      buckets.map(({ of, ...rest }) => ({ key: createHmac('sha256', key).update(of).digest('hex'), ...rest })),
    );
  }

  async #keyOf(day: string): Promise<Buffer> {
    if (this.#today?.day === day) return this.#today.key;
    const { rows } = await sql<{ salt: Buffer }>`select ctx.salt_of(${day}, ${randomBytes(32)}) as salt`.execute(
      this.#db,
    );
    const key = createHmac('sha256', this.#parts.keys.derive('sign-in tries'))
      .update(rows[0]?.salt ?? '')
      .digest();
    this.#today = { day, key };
    return key;
  }
}

export async function forgetTries(tx: Writer<AnyTables>, now: Date): Promise<void> {
  await sql`select ctx.forget_tries(${now})`.execute(tx);
}
