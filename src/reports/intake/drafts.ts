/** Drafts as the public routes use them: opened once, turned into the next, ended. */

import type { Db } from '../../platform/database/database.ts';
import { floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import { type Draft, deriveDraftKeys, draftHours, newToken, openDraft, sealDraft } from './draft.ts';
import { DraftMemory } from './draft-memory.ts';
import { capDrafts, endDraft, findDraft, replaceDraft } from './store.ts';

const isToken = /^[\w-]{43}$/;

/** Database limits for all drafts: far above what is written within hours, far below the size of a disk. */
export type DraftLimits = { readonly rows: number; readonly bytes: number };
const defaultLimits: DraftLimits = { rows: 50_000, bytes: 512 * 1_048_576 };
/** After so many further drafts the store is asked to keep to its limits. */
const limitCheckShare = 100;

export class Drafts {
  readonly #db: Db;
  /** A journey stays with one process, so the draft of its current page is in that process's memory. */
  readonly #memory = new DraftMemory();
  /** Drafts that a reader ended while the store did not answer. They are ended there as soon as it does. */
  readonly #owed = new Map<string, Buffer>();

  readonly #limits: DraftLimits;
  #rowsSince = 0;
  #bytesSince = 0;

  constructor(db: Db, limits = defaultLimits) {
    this.#db = db;
    this.#limits = limits;
  }

  async find(token: string, now: Date): Promise<Draft | undefined> {
    if (!isToken.test(token)) return undefined;
    const found = deriveDraftKeys(token);
    if (this.#memory.isEnded(found.hash)) return undefined;
    const sealed = this.#memory.find(found.hash, now) ?? (await findDraft(this.#db, found.hash, now));
    return sealed && openDraft(found, sealed);
  }

  /** The token of the next page; undefined where the draft was ended meanwhile. */
  async keep(used: string | undefined, draft: Draft, now: Date): Promise<string | undefined> {
    const token = newToken();
    const endsAt = new Date(floorToHour(now).getTime() + (draftHours + 1) * hourMs);
    const found = deriveDraftKeys(token);
    const next = { hash: found.hash, sealed: sealDraft(found, draft), endsAt };
    const before = used === undefined ? null : deriveDraftKeys(used).hash;
    if (before) this.#memory.forget(before);
    if (!(await replaceDraft(this.#db, before, next))) return undefined;
    await this.#keepToLimits(next.sealed.length);
    await this.#tellOwed();
    if (before && this.#memory.isEnded(before)) {
      this.#memory.end(next.hash);
      await endDraft(this.#db, next.hash);
      return undefined;
    }
    this.#memory.keep(before, next);
    return token;
  }

  /** Whether its reader left here. What was sent was not left. */
  wasLeft(token: string): boolean {
    return this.#memory.isEnded(deriveDraftKeys(token).hash);
  }

  async forget(token: string, how: 'left' | 'sent' = 'left'): Promise<void> {
    if (!isToken.test(token)) return;
    const { hash } = deriveDraftKeys(token);
    if (how === 'left') this.#memory.end(hash);
    else this.#memory.forget(hash);
    const name = hash.toString('hex');
    this.#owed.set(name, hash);
    await endDraft(this.#db, hash);
    this.#owed.delete(name);
  }

  async #keepToLimits(bytes: number): Promise<void> {
    this.#rowsSince += 1;
    this.#bytesSince += bytes;
    if (
      this.#rowsSince < this.#limits.rows / limitCheckShare &&
      this.#bytesSince < this.#limits.bytes / limitCheckShare
    )
      return;
    this.#rowsSince = 0;
    this.#bytesSince = 0;
    await capDrafts(this.#db, this.#limits);
  }

  async #tellOwed(): Promise<void> {
    for (const [name, hash] of this.#owed) {
      await endDraft(this.#db, hash);
      this.#owed.delete(name);
    }
  }

  /** What to end it by in the store, where it is ended along with something else. */
  releaseForEnding(token: string): Buffer {
    const { hash } = deriveDraftKeys(token);
    this.#memory.forget(hash);
    return hash;
  }
}
