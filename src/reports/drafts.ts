/** Drafts as the public routes use them: opened once, turned into the next, ended. */
import { hourOf } from '../platform/audit.ts';
import type { Db } from '../platform/database.ts';
import { type Draft, foundBy, hoursKept, newToken, openDraft, sealDraft } from './draft.ts';
import { DraftMemory } from './draft-memory.ts';
import { endDraft, findDraft, turnDraft } from './public-store.ts';

const isToken = /^[\w-]{43}$/;

export class Drafts {
  readonly #db: Db;
  /** Whoever turns a page is with the process that showed it, as her journey is. */
  readonly #memory = new DraftMemory();

  constructor(db: Db) {
    this.#db = db;
  }

  async find(token: string, now: Date): Promise<Draft | undefined> {
    if (!isToken.test(token)) return undefined;
    const found = foundBy(token);
    const sealed = this.#memory.find(found.hash, now) ?? (await findDraft(this.#db, found.hash, now));
    return sealed && openDraft(found, sealed);
  }

  /** The token of the next page; undefined where the draft was ended meanwhile. */
  async keep(used: string | undefined, draft: Draft, now: Date): Promise<string | undefined> {
    const token = newToken();
    const endsAt = new Date(hourOf(now).getTime() + (hoursKept + 1) * 3_600_000);
    const found = foundBy(token);
    const next = { hash: found.hash, sealed: sealDraft(found, draft), endsAt };
    const before = used === undefined ? null : foundBy(used).hash;
    if (before) this.#memory.forget(before);
    if (!(await turnDraft(this.#db, before, next))) return undefined;
    this.#memory.keep(before, next);
    return token;
  }

  async forget(token: string): Promise<void> {
    if (!isToken.test(token)) return;
    await endDraft(this.#db, this.ending(token));
  }

  /** What to end it by in the store, where it is ended along with something else. */
  ending(token: string): Buffer {
    const { hash } = foundBy(token);
    this.#memory.forget(hash);
    return hash;
  }
}
