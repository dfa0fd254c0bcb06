/** The counts that this process goes on with after it answered the form. Each has a turn among those of its analyst, tells the database that it goes on, and says how it ended. */
import { SessionQueue } from '../../platform/http/hooks/session-queue.ts';
import { type CountState, tellsEvery } from './count-request.ts';

type Ended = Exclude<CountState, 'counting' | 'counted'>;

export type Count = {
  readonly id: string;
  /** Whose turns it waits for: a few counts of one analyst go on at once. */
  readonly whose: string;
  /** Counts and keeps the return. What it answers is why there is none. */
  readonly work: () => Promise<Ended | undefined>;
  /** Tells the database. */
  readonly tell: (state: Ended | 'counting') => Promise<void>;
  readonly onError: (error: unknown) => void;
};

export class RunningCounts {
  readonly #turns = new SessionQueue();
  readonly #going = new Map<string, { readonly count: Count; readonly ended: Promise<void> }>();

  /** Begins a count that the database has written down as asked for. Nobody waits for it here. */
  begin(count: Count): void {
    const ended = this.#run(count).finally(() => this.#going.delete(count.id));
    this.#going.set(count.id, { count, ended });
  }

  /** Resolves when the count has ended, or after so many milliseconds; at once where it does not go on in this process. */
  async settled(id: string, milliseconds: number): Promise<void> {
    const going = this.#going.get(id);
    if (!going) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    await Promise.race([going.ended, promise]).finally(() => clearTimeout(timer));
  }

  /** The process ends: says of each count that it was stopped, so that none becomes a return later and pages say so at once. */
  async stop(): Promise<void> {
    await Promise.all([...this.#going.values()].map(({ count }) => tellOrReport(count, 'stopped')));
  }

  async #run(count: Count): Promise<void> {
    const telling = setInterval(() => void tellOrReport(count, 'counting'), tellsEvery).unref();
    try {
      const leave = await this.#turns.enter(count.whose);
      const ended = await count.work().finally(leave);
      if (ended) await tellOrReport(count, ended);
    } catch (error) {
      count.onError(error);
      await tellOrReport(count, 'failed');
    } finally {
      clearInterval(telling);
    }
  }
}

/** A database that cannot be told hears nothing more, and so the page says in the end that the count was stopped. */
const tellOrReport = (count: Count, state: Ended | 'counting'): Promise<void> =>
  count.tell(state).catch((error: unknown) => count.onError(error));
