/** Whether the database answers, as those who asked it last found: so that whoever waited behind them need not find it out again. */

/** In milliseconds. Whoever came just now asks for herself: by her it is noticed that all is well again. */
const waitedLong = 2_000;
const holdsFor = 5_000;

export class Weather {
  readonly #ticks: () => number;
  #foulAt = Number.NEGATIVE_INFINITY;

  constructor(ticks = (): number => performance.now()) {
    this.#ticks = ticks;
  }

  turnedFoul(): void {
    this.#foulAt = this.#ticks();
  }

  /** For whoever has waited since `began`. */
  isFoul(began: number): boolean {
    const now = this.#ticks();
    return now - began > waitedLong && now - this.#foulAt < holdsFor;
  }
}
