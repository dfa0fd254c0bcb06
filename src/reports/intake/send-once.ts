/** Keeps the answer to a recent press of a button. Buttons get pressed twice and answers get lost, so for a short time the same press gets the same answer. In memory only, because a reader who left cannot press an old page again. */
import { createHmac } from 'node:crypto';
import { ownText } from '../../platform/memory.ts';
import type { PartId } from '../report.ts';

/** The id of what one page sent. The same content from the same page has the same id, in every process; other content has another. The token is secret and kept nowhere, so the id says nothing of the content. */
export function partIdOf(token: string, content: unknown): PartId {
  const bytes = createHmac('sha256', token).update(JSON.stringify(content)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as PartId;
}

const secondsKept = 120;
const defaultMaxKept = 20_000;

export class SubmissionCache<Answer> {
  readonly #most: number;
  readonly #kept = new Map<string, { readonly answer: Promise<Answer | undefined>; readonly until: number }>();

  /** Beyond `most` the oldest go first. */
  constructor(most = defaultMaxKept) {
    this.#most = most;
  }

  /** The answer of the first press, also while it is still being made; undefined where there was none. */
  again(token: string, now: Date): Promise<Answer | undefined> | undefined {
    const kept = this.#kept.get(token);
    return kept && kept.until > now.getTime() ? kept.answer : undefined;
  }

  /** For a reader who leaves. */
  forget(token: string): void {
    this.#kept.delete(token);
  }

  /** Undefined answers and failures are not kept: that press came to nothing and may be made again. */
  first(token: string, now: Date, make: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
    const answer = make();
    this.#kept.set(ownText(token), { answer, until: now.getTime() + secondsKept * 1_000 });
    answer.then(
      (made) => made === undefined && this.#kept.delete(token),
      () => this.#kept.delete(token),
    );
    for (const [oldest, { until }] of this.#kept) {
      if (until > now.getTime() && this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    return answer;
  }
}
