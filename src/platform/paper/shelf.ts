/** Papers and pictures that are made when somebody first asks for one, and kept: at most one is made at a time, and each once. */
import { setTimeout as pause } from 'node:timers/promises';

/** Making one keeps the process busy for a moment; then it does other work for four times as long. */
const restFactor = 4;

/** Asking often costs nothing. Beyond `most` the oldest is dropped. */
export class Shelf {
  readonly #made = new Map<string, { readonly version: string; readonly file: Promise<Buffer> }>();
  readonly #most: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(most = 200) {
    this.#most = most;
  }

  /** A new version takes the place of the one before. */
  get(key: string, version: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#made.get(key);
    if (known?.version === version) return known.file;
    const file = this.#afterOthers(make);
    this.#made.delete(key);
    this.#made.set(key, { version, file });
    if (this.#made.size > this.#most) this.#made.delete(this.#made.keys().next().value ?? '');
    // A making that fails is forgotten.
    file.catch(() => this.#made.get(key)?.file === file && this.#made.delete(key));
    return file;
  }

  #afterOthers(make: () => Promise<Buffer>): Promise<Buffer> {
    let took = 0;
    const made = this.#last.then(async () => {
      const before = performance.now();
      try {
        return await make();
      } finally {
        took = performance.now() - before;
      }
    });
    this.#last = made.catch(() => undefined).then(() => pause(took * restFactor));
    return made;
  }
}
