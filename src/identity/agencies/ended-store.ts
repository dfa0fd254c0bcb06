/** Logs the use of an ended session: by a copy of its token, or by a person who does not know yet. Once for each session, apart from the requests. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Access } from '../../platform/access-policy/access.ts';
import { createLogRow, type LookWriter, newRequestId } from '../../platform/audit-hook/audit.ts';
import type { Databases } from '../../platform/database/database.ts';

/** Limits the lookups that made-up tokens, sent by the thousand, can keep waiting. */
const maxPendingWrites = 50;

export class EndedSessionLogger {
  readonly #databases: Databases;
  readonly #looks: LookWriter;
  readonly #access: Access;
  readonly #onError: (error: unknown) => void;
  readonly #waiting = new Set<Promise<void>>();

  constructor(databases: Databases, looks: LookWriter, access: Access, onError: (error: unknown) => void = () => {}) {
    this.#databases = databases;
    this.#looks = looks;
    this.#access = access;
    this.#onError = onError;
  }

  readonly note = (token: string, now: Date): void => {
    if (this.#waiting.size >= maxPendingWrites) return;
    const writing: Promise<void> = this.#write(token, now)
      .catch(this.#onError)
      .finally(() => this.#waiting.delete(writing));
    this.#waiting.add(writing);
  };

  async settled(): Promise<void> {
    await Promise.all(this.#waiting);
  }

  async #write(token: string, now: Date): Promise<void> {
    const hash = createHash('sha256').update(token).digest();
    const { rows } = await sql<{ memberId: string | null }>`
      select ctx.used_after_end(${hash}, ${now}) as member_id`.execute(
      this.#databases.for('main', 'staff', { maxConnections: 1 }),
    );
    const memberId = rows[0]?.memberId;
    if (!memberId) return; // Unknown, unused for too long, or logged before.
    const who = { now, action: this.#access.action('session.open'), actor: undefined, requestId: newRequestId() };
    await this.#looks.write('main', [createLogRow(who, 'session.used after its end', memberId, 'refusal')]);
  }
}
