/** A value kept in memory and refreshed at most once in a while. Answers may be a moment old; after too long without a refresh there is none. */
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../http/problem.ts';

export type CachedValueOptions<Value> = {
  /** Gets the value as it is; `before` is the one known, which may be returned where nothing has changed. */
  readonly load: (now: Date, before: Value | undefined) => Promise<Value>;
  readonly onError: (error: unknown) => void;
  /** For so long a value is given without asking, in milliseconds. */
  readonly every?: number;
  /** After so long without an answer none is given any more: better nothing than what may have been withdrawn. */
  readonly longest?: number;
  /** So long a reader waits for a slow answer while an older one may still be given. */
  readonly patience?: number;
};

/** Age by both clocks: the application's clock may be set, and the machine's monotonic clock has no wall time. */
type Moment = { readonly clock: number; readonly machine: number };
const momentOf = (now: Date): Moment => ({ clock: now.getTime(), machine: performance.now() });
const between = (since: Moment, until: Moment): number =>
  Math.max(Math.abs(until.clock - since.clock), until.machine - since.machine);

export class CachedValue<Value> {
  readonly #options: Required<CachedValueOptions<Value>>;
  #known: { readonly value: Value; readonly at: Moment } | undefined;
  #asked: Moment | undefined;
  #asking: Promise<void> | undefined;

  constructor(options: CachedValueOptions<Value>) {
    this.#options = { every: 1_000, longest: 60_000, patience: 500, ...options };
  }

  /** The value, at most `every` old where it can be had. Refuses as unavailable where none that is young enough is known. */
  async get(now: Date): Promise<Value> {
    const { every, longest, patience } = this.#options;
    const moment = momentOf(now);
    const age = this.#known ? between(this.#known.at, moment) : Number.POSITIVE_INFINITY;
    if (this.#known && this.#asked && age < every) return this.#known.value;
    if (!this.#asking && (!this.#asked || between(this.#asked, moment) >= every)) this.#ask(now);
    if (age < longest) await Promise.race([this.#asking, pause(patience, undefined, { ref: false })]);
    else await this.#asking;
    if (this.#known && between(this.#known.at, moment) < longest) return this.#known.value;
    throw new Problem('unavailable', 'what may be shown could not be asked');
  }

  /** Something has changed: the next reader asks. */
  forget(): void {
    this.#asked = undefined;
    this.#asking = undefined;
  }

  /** Readers who ask meanwhile wait for the same answer. */
  #ask(now: Date): void {
    const asked = momentOf(now);
    this.#asked = asked;
    const asking = this.#options
      .load(now, this.#known?.value)
      .then((value) => {
        // An answer to a question that was put before something changed may not know of it.
        if (this.#asked === asked) this.#known = { value, at: asked };
      }, this.#options.onError)
      .finally(() => {
        if (this.#asking === asking) this.#asking = undefined;
      });
    this.#asking = asking;
  }
}
