/** Records when each session was last used: at most once a minute each, apart from the requests and without delaying them. */
import { sql } from 'kysely';
import type { Actor } from '../../platform/access-policy/access.ts';
import type { Databases } from '../../platform/database/database.ts';

const minIntervalMs = 60_000;
const maxSessions = 10_000;

export class SessionActivityWriter {
  readonly #databases: Databases;
  readonly #onError: (error: unknown) => void;
  readonly #noted = new Map<string, number>();
  readonly #waiting = new Map<string, Date>();
  #writing: Promise<void> | undefined;

  constructor(databases: Databases, onError: (error: unknown) => void = () => {}) {
    this.#databases = databases;
    this.#onError = onError;
  }

  readonly note = ({ sessionId }: Actor, now: Date): void => {
    if (!sessionId || now.getTime() - (this.#noted.get(sessionId) ?? 0) < minIntervalMs) return;
    this.#noted.delete(sessionId); // Keeps recently used sessions at the end.
    this.#noted.set(sessionId, now.getTime());
    if (this.#noted.size > maxSessions) this.#noted.delete(this.#noted.keys().next().value ?? '');
    this.#waiting.set(sessionId, now);
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  };

  /** Resolves when all uses are written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.size > 0) {
      const group = [...this.#waiting];
      this.#waiting.clear();
      const seen = group.map(([id, at]) => ({ id, at }));
      // A failed write may end a session early, but never fails a request.
      await sql`select ctx.sessions_seen(${JSON.stringify(seen)})`
        .execute(this.#databases.for('main', 'staff', { maxConnections: 1 }))
        .catch(this.#onError);
    }
  }
}
