/** The flood gate: decides which reports staff see first. It refuses none, and forgets within the hour which networks they came from. Pure except for its keys: the caller passes the time. */

import { createHash, createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { NetworkSlots } from '../../platform/http/networks.ts';
import { ownText } from '../../platform/memory.ts';
import { hourMs } from '../../vocabulary/calendar/moments.ts';

export type Queue = 'first queue' | 'second queue';

export type Submission = {
  /** Which of our forms: a word of ours, never one that was typed. */
  readonly form: string;
  readonly address: string;
  /** What the script of a browser worked out while its reader typed; nothing without script. */
  readonly work?: string | undefined;
};

/** So many at once, then one in each such time. */
export type Rate = { readonly burst: number; readonly everyMs: number };
export type Limits = {
  readonly network: Rate;
  readonly form: Rate;
  readonly total: Rate;
  /** A separate share for reporters whose browser did the work, however many others send. */
  readonly worked: Rate;
  /** Noughts that a hash must begin with: each further one doubles the work. */
  readonly leadingZeroBits: number;
};

export const usualLimits: Limits = {
  network: { burst: 6, everyMs: 60_000 },
  form: { burst: 300, everyMs: 250 },
  total: { burst: 500, everyMs: 200 },
  worked: { burst: 120, everyMs: 1_000 },
  leadingZeroBits: 17,
};

/** Networks share this many buckets: so none is named, and a flood from everywhere takes no more memory than a quiet night. */
const networkBuckets = 262_144;

type Hour = { readonly number: number; readonly key: KeyObject; readonly spent: Set<string> };
const createHour = (number: number): Hour => ({ number, key: createSecretKey(randomBytes(32)), spent: new Set() });

type Networks = { readonly slots: NetworkSlots; readonly fullAt: Float64Array };
const createNetworks = (): Networks => ({
  slots: new NetworkSlots(networkBuckets),
  fullAt: new Float64Array(networkBuckets),
});

export class FloodGate {
  readonly #limits: Limits;
  readonly #forms = new Map<string, number>();
  #total = 0;
  #worked = 0;
  #networks = createNetworks();
  #hour = createHour(-1);
  #hourBefore = createHour(-2);

  constructor(limits: Limits = usualLimits) {
    this.#limits = limits;
  }

  /** Takes from every bucket or from none, so that a report in the second queue uses up no place in the first. */
  queueFor({ form, address, work }: Submission, now: Date): Queue {
    const at = now.getTime();
    this.#turn(at);
    if (work !== undefined && this.#takesWork(form, work, at)) return 'first queue';
    const { fullAt, slots } = this.#networks;
    const slot = slots.of(address);
    const network = takeFromBucket(fullAt[slot] ?? 0, this.#limits.network, at);
    const ofForm = takeFromBucket(this.#forms.get(form) ?? 0, this.#limits.form, at);
    const total = takeFromBucket(this.#total, this.#limits.total, at);
    if (network === undefined || ofForm === undefined || total === undefined) return 'second queue';
    fullAt[slot] = network;
    this.#forms.set(form, ofForm);
    this.#total = total;
    return 'first queue';
  }

  /** Something to work on, good for this form, this hour and the next, and once. */
  challenge(form: string, now: Date): string {
    this.#turn(now.getTime());
    const token = randomBytes(12).toString('base64url');
    return `${token}.${signed(this.#hour.key, form, token)}`;
  }

  get leadingZeroBits(): number {
    return this.#limits.leadingZeroBits;
  }

  /** Whether it would count as work now. It is used up by knocking alone. */
  isWork(form: string, work: string, now: Date): boolean {
    this.#turn(now.getTime());
    return this.#hourOf(form, work) !== undefined;
  }

  #takesWork(form: string, work: string, at: number): boolean {
    const hour = this.#hourOf(form, work);
    const worked = hour && takeFromBucket(this.#worked, this.#limits.worked, at);
    if (worked === undefined) return false;
    hour?.spent.add(ownText(tokenOf(work)));
    this.#worked = worked;
    return true;
  }

  /** Of which hour it is good work; of none where it was used, is not ours, or is not enough. */
  #hourOf(form: string, work: string): Hour | undefined {
    const [token = '', signature = '', answer] = work.length > 120 ? [] : work.split('.');
    if (answer === undefined) return undefined;
    const hour = [this.#hour, this.#hourBefore].find(({ key }) => isEqual(signature, signed(key, form, token)));
    const done = countLeadingZeroBits(work) >= this.#limits.leadingZeroBits;
    return hour && done && !hour.spent.has(token) ? hour : undefined;
  }

  /** Each hour deletes all that distinguishes networks; a work challenge is accepted for one hour more. Setting the clock back deletes it as well. */
  #turn(at: number): void {
    const number = Math.floor(at / hourMs);
    if (number === this.#hour.number) return;
    this.#hourBefore = number === this.#hour.number + 1 ? this.#hour : createHour(number - 1);
    this.#hour = createHour(number);
    this.#networks = createNetworks();
  }
}

/** A token bucket as one number, the instant at which it is full again: that instant after one more was taken, nothing where it is empty. An instant further off than filling takes is of a clock that was set back since, and counts for nothing. */
function takeFromBucket(fullAt: number, { burst, everyMs }: Rate, now: number): number | undefined {
  const whole = burst * everyMs;
  const after = (fullAt > now + whole ? now : Math.max(fullAt, now)) + everyMs;
  return after <= now + whole ? after : undefined;
}

const tokenOf = (work: string): string => work.split('.')[0] ?? '';

const signed = (key: KeyObject, form: string, token: string): string =>
  createHmac('sha256', key).update(`${form}\n${token}`).digest('base64url').slice(0, 22);

const isEqual = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Of the hash of a challenge with its answer, `token.signature.answer`. */
export const countLeadingZeroBits = (work: string): number =>
  Math.clz32(createHash('sha256').update(work).digest().readUInt32BE());
