/** The looks that one request has taken, until they are written down. */
import type { StoreName } from '../access-policy/access.ts';
import type { LogRow, LookWriter } from '../audit-hook/audit.ts';

type PendingLook = { readonly store: StoreName; readonly row: LogRow };

export class PendingLooks {
  readonly #writer: LookWriter;
  readonly #looks: PendingLook[] = [];
  #written: Promise<void> | undefined;

  constructor(writer: LookWriter) {
    this.#writer = writer;
  }

  add(store: StoreName, row: LogRow): void {
    this.#looks.push({ store, row });
  }

  /** Adds what a search returned to the look just taken. */
  addReturned(ids: readonly string[]): void {
    const last = this.#looks.pop();
    if (!last) throw new Error('nothing was looked at');
    this.#looks.push({ store: last.store, row: { ...last.row, returned: [...ids] } });
  }

  /** Nothing that was looked at is shown after all. */
  discard(): void {
    this.#looks.length = 0;
  }

  /** The looks become refusals; where there is none, `otherwise` is written. */
  refuse(event: string, otherwise: () => PendingLook): void {
    const taken = this.#looks.splice(0);
    const refused = taken.length > 0 ? taken : [otherwise()];
    for (const { store, row } of refused)
      this.add(store, { ...row, kind: 'refusal' as const, event, fields: [], returned: [] });
  }

  /** Begins to write them down. */
  startWriting(): void {
    if (this.#looks.length === 0) return;
    const pending = this.#looks.splice(0);
    const writing = (['main', 'safeguarding'] as const).flatMap((store) => {
      const rows = pending.flatMap((look) => (look.store === store ? [look.row] : []));
      return rows.length > 0 ? [this.#writer.write(store, rows)] : [];
    });
    this.#written = Promise.all([this.#written, ...writing]).then(() => {});
    this.#written.catch(() => {}); // Who waits for them hears it.
  }

  /** Resolves when all are on disk. The page that says that they could not be written asks again, and must not be refused again. */
  takeWritten(): Promise<void> | undefined {
    const written = this.#written;
    this.#written = undefined;
    return written;
  }
}
