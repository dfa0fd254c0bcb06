/** The newest drafts, sealed as in the store, so that the next step need not fetch them. Beyond a number of bytes the oldest are dropped first. Ended drafts are remembered too, so that a request under way during the exit restores none. */
import { ownBytes } from '../../platform/memory.ts';

type CachedDraft = { readonly sealed: Buffer; readonly endsAt: Date; readonly before: string | undefined };
type Hash = Buffer | null;

const defaultMaxBytes = 16 * 1_048_576;
/** A draft's size in addition to its bytes: names, times, its entries in the maps. */
const entryOverhead = 600;
const maxEnded = 50_000;

export class DraftMemory {
  readonly #most: number;
  readonly #kept = new Map<string, CachedDraft>();
  /** By the draft that each follows: one page that is sent twice has one successor. */
  readonly #after = new Map<string, string>();
  readonly #ended = new Set<string>();
  #bytes = 0;

  constructor(most = defaultMaxBytes) {
    this.#most = most;
  }

  /** What is held, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  find(hash: Buffer, now: Date): Buffer | undefined {
    const kept = this.#kept.get(toKey(hash));
    return kept && kept.endsAt > now ? kept.sealed : undefined;
  }

  keep(
    before: Hash,
    { hash, sealed, endsAt }: { readonly hash: Buffer; readonly sealed: Buffer; readonly endsAt: Date },
  ) {
    const name = toKey(hash);
    const follows = before ? toKey(before) : undefined;
    if (follows !== undefined) {
      this.#drop(this.#after.get(follows));
      this.#after.set(follows, name);
    }
    this.#kept.set(name, { sealed: ownBytes(sealed), endsAt, before: follows });
    this.#bytes += sealed.length + entryOverhead;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= this.#most) break;
      this.#drop(oldest);
    }
  }

  /** For good, with what follows it. */
  end(hash: Buffer): void {
    this.forget(hash);
    this.#ended.add(toKey(hash));
    for (const oldest of this.#ended) {
      if (this.#ended.size <= maxEnded) break;
      this.#ended.delete(oldest);
    }
  }

  isEnded(hash: Buffer): boolean {
    return this.#ended.has(toKey(hash));
  }

  /** With what follows it. */
  forget(hash: Buffer): void {
    const name = toKey(hash);
    this.#drop(this.#after.get(name));
    this.#drop(name);
  }

  #drop(name: string | undefined): void {
    const kept = name === undefined ? undefined : this.#kept.get(name);
    if (name === undefined || !kept) return;
    this.#kept.delete(name);
    this.#bytes -= kept.sealed.length + entryOverhead;
    if (kept.before !== undefined) this.#after.delete(kept.before);
  }
}

const toKey = (hash: Buffer): string => hash.toString('latin1');
