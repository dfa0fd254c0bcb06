/** How long a request waits for the database, so that its page is answered within ten seconds, whatever the database does. A commit can wait for a replica without end, and no time limit of PostgreSQL ends that wait. */
import { Problem } from './problem.ts';

/** In milliseconds. */
export type Patience = {
  /** From the arrival of the request. */
  readonly total: number;
  /** For the next wait of a request that has taken long already, because its work or its files are large. */
  readonly least: number;
};

export const patience: Patience = { total: 6_000, least: 3_000 };

/** The database has not answered in time. What was asked may still be done. */
export class LateAnswer extends Problem {
  constructor() {
    super('unavailable', 'the database did not answer in time');
  }
}

/** The value, or `LateAnswer` after so many milliseconds; `discard` then gets what comes later. */
async function waitAtMost<Value>(
  milliseconds: number,
  coming: Promise<Value>,
  discard: (value: Value) => unknown = () => {},
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new LateAnswer()), milliseconds);
  });
  try {
    return await Promise.race([coming, late]);
  } catch (error) {
    if (error instanceof LateAnswer) coming.then(discard).catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The patience of one request. */
export class Deadline {
  readonly #began = performance.now();
  readonly #patience: Patience;

  constructor(given: Patience = patience) {
    this.#patience = given;
  }

  /** In milliseconds: until what else could be done is left out. */
  get spareMs(): number {
    return Math.max(this.#patience.total - (performance.now() - this.#began), 0);
  }

  /** In milliseconds: for how long the next wait may last. */
  get remainingMs(): number {
    const { total, least } = this.#patience;
    return Math.max(total - (performance.now() - this.#began), least);
  }

  /** The value, or `LateAnswer`; `discard` then gets what comes later. */
  within<Value>(coming: Promise<Value>, discard?: (value: Value) => unknown): Promise<Value> {
    return waitAtMost(this.remainingMs, coming, discard);
  }

  /** The value of one step of a transaction, or `LateAnswer`. When a late step is over, however it ended, `end` ends the transaction, which gives its connection back. */
  withinStep<Value>(step: Promise<Value>, end: () => Promise<unknown>): Promise<Value> {
    return this.within(step).catch((error) => {
      if (error instanceof LateAnswer) step.then(end, end).catch(() => {});
      throw error;
    });
  }
}
