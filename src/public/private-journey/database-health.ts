/** Whether the database answered the most recent requests, so that those queued behind them need not try again. */

/** In milliseconds. A request that has not waited this long tries the database itself, which shows when it is back. */
const minWaitMs = 2_000;
const unavailableForMs = 5_000;

export class DatabaseHealth {
  readonly #ticks: () => number;
  #foulAt = Number.NEGATIVE_INFINITY;

  constructor(ticks = (): number => performance.now()) {
    this.#ticks = ticks;
  }

  turnedFoul(): void {
    this.#foulAt = this.#ticks();
  }

  /** For a request that has waited since `began`. */
  isFoul(began: number): boolean {
    const now = this.#ticks();
    return now - began > minWaitMs && now - this.#foulAt < unavailableForMs;
  }
}
