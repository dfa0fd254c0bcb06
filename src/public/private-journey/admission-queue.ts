/** Limits how many requests run at once. Waiting requests take turns by network, not in order of arrival, so a network that sends a thousand forms mostly delays itself. No request is refused, and nothing records who waited. */

import { NetworkSlots } from '../../platform/http/networks.ts';
import { hourMs } from '../../vocabulary/calendar/moments.ts';

type WaitingRequest = { readonly turn: number; readonly number: number; readonly letIn: () => void };

const slotCount = 65_536;

/** As many as keep the database and both processors busy; more would only wait further in, where turns are not kept. */
const defaultMaxRunning = 16;

export class AdmissionQueue {
  readonly #most: number;
  readonly #waiting: WaitingRequest[] = [];
  #inside = 0;
  #came = 0;
  /** The turn that is being served: fair queueing by the turns at which a network's forms begin. */
  #turn = 0;
  #hour = -1;
  #networks = new NetworkSlots(slotCount);
  #nextTurn = new Float64Array(slotCount);

  constructor(most = defaultMaxRunning) {
    this.#most = most;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves with the way out when it is this one's turn. Leaving twice is leaving once. */
  enter(address: string, now: Date): Promise<() => void> {
    this.#forget(Math.floor(now.getTime() / hourMs));
    const slot = this.#networks.of(address);
    const turn = Math.max(this.#turn, this.#nextTurn[slot] ?? 0);
    this.#nextTurn[slot] = turn + 1;
    return new Promise((entered) => {
      const letIn = (): void => {
        this.#inside += 1;
        this.#turn = Math.max(this.#turn, turn);
        let left = false;
        entered(() => {
          if (left) return;
          left = true;
          this.#inside -= 1;
          this.#next();
        });
      };
      if (this.#inside < this.#most) letIn();
      else push(this.#waiting, { turn, number: this.#came++, letIn });
    });
  }

  #next(): void {
    if (this.#inside < this.#most) pop(this.#waiting)?.letIn();
  }

  /** After each hour all that distinguishes networks is deleted. */
  #forget(hour: number): void {
    if (hour === this.#hour) return;
    this.#hour = hour;
    this.#networks = new NetworkSlots(slotCount);
    this.#nextTurn = new Float64Array(slotCount);
  }
}

/** A heap: the earliest turn first, and within a turn the earliest arrival. */
const comesBefore = (one: WaitingRequest | undefined, other: WaitingRequest | undefined): boolean =>
  !!one && !!other && (one.turn < other.turn || (one.turn === other.turn && one.number < other.number));

function swap(heap: WaitingRequest[], one: number, other: number): void {
  [heap[one], heap[other]] = [heap[other] as WaitingRequest, heap[one] as WaitingRequest];
}

function push(heap: WaitingRequest[], one: WaitingRequest): void {
  heap.push(one);
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (!comesBefore(heap[at], heap[above])) return;
    swap(heap, at, above);
    at = above;
  }
}

function pop(heap: WaitingRequest[]): WaitingRequest | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (heap.length === 0 || !last) return first;
  heap[0] = last;
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const least = comesBefore(heap[right], heap[left]) ? right : left;
    if (!comesBefore(heap[least], heap[at])) return first;
    swap(heap, at, least);
    at = least;
  }
}
