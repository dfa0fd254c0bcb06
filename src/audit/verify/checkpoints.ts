/** Follows the stored checkpoints and those that the verifier holds along the tree, and judges each where the tree has its size. */
import type { Findings } from './findings.ts';
import { findFault, type Key, type Note, readLine, readNote, verifyLine } from './note.ts';
import type { RowCursor } from './reading.ts';

/** A checkpoint that comes from outside the database: the verifier's own, or a witness's. */
export type HeldCheckpoint = { readonly from: string; readonly text: string };

type HeldNote = { readonly from: string; readonly note: Note; stored: boolean };

export type Cosigned = { readonly witness: string; readonly size: number; readonly at: Date };

type CheckpointsOptions = {
  readonly keys: readonly Key[];
  readonly witnesses: readonly Key[];
  /** Whether the store lists the witnesses that may cosign here. */
  readonly listed: boolean;
  readonly findings: Findings;
};

export class Checkpoints {
  readonly #stored: RowCursor;
  readonly #cosignatures: RowCursor;
  readonly #keys: readonly Key[];
  readonly #witnesses: readonly Key[];
  readonly #listed: boolean;
  readonly #findings: Findings;
  readonly #held: HeldNote[] = [];
  /** The last stored checkpoint that held. */
  last: { readonly note: Note; readonly text: string } | undefined;
  count = 0;
  readonly cosigned = new Map<string, Cosigned>();
  /** Names under checkpoints of which no key is known, in a store that lists no witnesses. */
  readonly unchecked = new Set<string>();

  constructor(stored: RowCursor, cosignatures: RowCursor, { keys, witnesses, listed, findings }: CheckpointsOptions) {
    this.#stored = stored;
    this.#cosignatures = cosignatures;
    this.#keys = keys;
    this.#witnesses = witnesses;
    this.#listed = listed;
    this.#findings = findings;
  }

  /** Takes in what is held of this log. Says where it is no checkpoint of the log's, which proves nothing against the database. */
  addHeld(held: readonly HeldCheckpoint[], origin: string): void {
    for (const { from, text } of held) {
      const note = readNote(text);
      if (!note) {
        this.#findings.add(`the checkpoint in ${from} cannot be read`);
        continue;
      }
      if (note.origin !== origin) continue;
      const fault = findFault(note, [...this.#keys, ...this.#witnesses]);
      if (fault) this.#findings.add(`the checkpoint in ${from} is not what it seems: ${fault}`);
      else this.#held.push({ from, note, stored: false });
    }
  }

  /** Whether there is anything to judge where the tree has this size. */
  isDue(size: number): boolean {
    const next = this.#stored.next;
    return (next !== undefined && Number(next[0]) <= size) || this.#held.some(({ note }) => note.size === size);
  }

  /** The tree has this size and root now. */
  async verifyAt(size: number, root: string): Promise<void> {
    for (let next = this.#stored.next; next && Number(next[0]) <= size; next = this.#stored.next) {
      this.#judge(Number(next[0]), String(next[1]), size, root);
      await this.#stored.advance();
      await this.#judgeCosignatures(Number(next[0]));
    }
    for (const held of this.#held) {
      if (held.note.size !== size) continue;
      if (held.note.root !== root)
        this.#findings.add(
          `the log was rewritten: its first ${size} leaves are not those of the checkpoint in ${held.from}`,
        );
    }
  }

  #judge(size: number, text: string, treeSize: number, root: string): void {
    this.count += 1;
    const note = readNote(text);
    const fault = size === treeSize ? this.#faultWith(note, size, root) : 'stands out of its order';
    if (fault || !note) {
      this.#findings.add(`the checkpoint of ${size} leaves ${fault}`);
      return;
    }
    for (const held of this.#held) if (held.note.body === note.body) held.stored = true;
    this.last = { note, text };
  }

  #faultWith(note: Note | undefined, size: number, root: string): string | undefined {
    if (!note) return 'cannot be read';
    const fault = findFault(note, this.#keys);
    if (fault) return `is not the log’s: ${fault}`;
    if (note.lines.length !== 2) return 'carries lines that do not belong to it';
    if (note.size !== size) return `is another’s: it was signed for ${note.size}`;
    return note.root === root ? undefined : 'was signed over other leaves than are there now';
  }

  async #judgeCosignatures(size: number): Promise<void> {
    const body = this.last?.note.size === size ? this.last.note.body : undefined;
    for (let next = this.#cosignatures.next; next && Number(next[0]) <= size; next = this.#cosignatures.next) {
      const [ofSize, witness = '', text = ''] = next.map(String);
      const line = readLine(text);
      const what = `a cosignature of the checkpoint of ${ofSize} leaves`;
      const key = this.#witnesses.find(({ name, id }) => name === line?.name && id === line.id);
      const signed = key && line && body !== undefined && Number(ofSize) === size && verifyLine(key, body, line);
      if (!line || line.name !== witness) this.#findings.add(`${what} cannot be read`);
      else if (!key && !this.#listed && !this.#witnesses.some(({ name }) => name === line.name))
        this.unchecked.add(line.name);
      else if (!key) this.#findings.add(`${what} is by ${line.name}, of whom no key is known`);
      else if (!signed) this.#findings.add(`${what} was not made by ${line.name}`);
      else if (signed.at) this.cosigned.set(key.name, { witness: key.name, size, at: signed.at });
      await this.#cosignatures.advance();
    }
  }

  /** After the last leaf. */
  finish(size: number): void {
    if (this.#stored.next)
      this.#findings.add(
        `the log was cut short: a checkpoint was signed for ${Number(this.#stored.next[0])} leaves, and ${size} are there`,
      );
    for (const { from, note, stored } of this.#held) {
      if (note.size > size)
        this.#findings.add(
          `the log was rewound: the checkpoint in ${from} was signed for ${note.size} leaves, and ${size} are there`,
        );
      else if (!stored)
        this.#findings.add(`the log no longer keeps the checkpoint of ${note.size} leaves that is in ${from}`);
    }
    if (size > 0 && this.last?.note.size !== size)
      this.#findings.add(`no checkpoint that holds covers the last leaves: there are ${size}`);
    if (this.#cosignatures.next) this.#findings.add('there are cosignatures of checkpoints that are not there');
  }
}
