/** The steps of a journey through the public pages. Each page carries a token that leads on once, so that neither going back nor sending again shows a page a second time. Of a journey, the memory of one process alone knows how far it has come; nothing says whose it is. A balancer in front of several processes keeps a journey with one of them by the first sixteen characters of its token. */
import { createHmac, createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a page may be read before its buttons lead back to the entrance. */
const lifetime = 60 * 60;
/** A button that is pressed again within so many seconds leads on, as it did at first, while nothing behind it was pressed: a thumb presses twice, and an answer is lost on its way. The script of a page asks again for what a telephone gave up on; a browser that sends again by itself may be held by somebody else, who reopens what was closed. */
const repeatSeconds = { page: 20, script: 120 } as const;
export type RequestSource = keyof typeof repeatSeconds;

const [idBytes, macBytes] = [12, 16];
const tokenBytes = idBytes + 2 + 4 + macBytes;
const maxStep = 0xffff;
const endedStep = -1;

type JourneyState = { readonly step: number; readonly at: number };
/** What all public processes share, and what this one starts with. */
type JourneyOptions = {
  /** Beyond so many journeys at once the oldest is forgotten; its next step leads to the entrance. */
  readonly most?: number;
  /** 32 bytes that sign the tokens. Without it they hold for this process alone. */
  readonly key?: Buffer;
  /** A first page that was opened before this process started leads to the entrance: its step may have been taken. */
  readonly startedAt?: Date;
};
type Token = { readonly journey: string; readonly step: number; readonly at: number };

export class Journeys {
  readonly #key: KeyObject;
  readonly #standing = new Map<string, JourneyState>();
  readonly #most: number;
  /** Of journeys that began until then, some are forgotten: a first step from then may have been taken. */
  #forgotten = 0;
  readonly #startedAt: number;

  constructor({ most = 200_000, key = randomBytes(32), startedAt = new Date(0) }: JourneyOptions = {}) {
    this.#most = most;
    this.#key = createSecretKey(key);
    this.#startedAt = secondsOf(startedAt);
  }

  /** For the entrance: costs no memory until somebody goes on. */
  begin(now: Date): string {
    return this.#write(randomBytes(idBytes).toString('latin1'), 0, secondsOf(now));
  }

  /** The token of the next page, or undefined where this one does not lead on. */
  advance(token: string, now: Date, by: RequestSource = 'page'): string | undefined {
    const read = this.#read(token, secondsOf(now));
    if (!read || read.step >= maxStep) return undefined;
    const { journey, step, at } = read;
    const standing = this.#standing.get(journey);
    const seconds = secondsOf(now);
    if (standing?.step === step + 1 && seconds - standing.at <= repeatSeconds[by])
      return this.#write(journey, standing.step, seconds);
    const leadsOn = standing ? standing.step === step : step === 0 && this.#isFirst(at, seconds);
    if (!leadsOn) return undefined;
    this.#hold(journey, { step: step + 1, at: seconds });
    return this.#write(journey, step + 1, seconds);
  }

  /** Whether it would lead on, without being used: asked before files are taken in. */
  canAdvance(token: string, now: Date, by: RequestSource = 'page'): boolean {
    const read = this.#read(token, secondsOf(now));
    if (!read || read.step >= maxStep) return false;
    const standing = this.#standing.get(read.journey);
    if (standing?.step === read.step + 1 && secondsOf(now) - standing.at <= repeatSeconds[by]) return true;
    return standing ? standing.step === read.step : read.step === 0 && this.#isFirst(read.at, secondsOf(now));
  }

  /**
   * For a page with a draft, whose journey another process led until it died: leads on where nothing is known here of
   * that page or of a later one. A journey may have been here before and gone back. The database uses each draft once,
   * so what was left behind is not shown again.
   */
  takeOver(token: string, now: Date): string | undefined {
    const seconds = secondsOf(now);
    const read = this.#read(token, seconds);
    if (!read || !this.#isFromElsewhere(read)) return undefined;
    this.#hold(read.journey, { step: read.step + 1, at: seconds });
    return this.#write(read.journey, read.step + 1, seconds);
  }

  /** Whether it could be taken over, without doing so. */
  canTakeOver(token: string, now: Date): boolean {
    const read = this.#read(token, secondsOf(now));
    return read !== undefined && this.#isFromElsewhere(read);
  }

  /** Whether the first page of an unknown journey was opened since this process started. A clock that was set back makes that unknown, and then it is taken as fresh. */
  #isFirst(at: number, now: number): boolean {
    return at > this.#forgotten && (at >= this.#startedAt || now < this.#startedAt);
  }

  /** Another process showed this page, and the journey did not end here. */
  #isFromElsewhere({ journey, step }: Token): boolean {
    if (step <= 0 || step >= maxStep) return false;
    const standing = this.#standing.get(journey);
    return !standing || (standing.step !== endedStep && step > standing.step);
  }

  /** None of its tokens leads on from here. */
  end(token: string, now: Date): void {
    const read = this.#read(token, secondsOf(now));
    if (read) this.#hold(read.journey, { step: endedStep, at: secondsOf(now) });
  }

  /** How many are remembered. */
  get size(): number {
    return this.#standing.size;
  }

  #hold(journey: string, standing: JourneyState): void {
    this.#standing.delete(journey); // Keeps the oldest first.
    this.#standing.set(journey, standing);
    for (const [oldest, { at }] of this.#standing) {
      const expired = at < standing.at - lifetime;
      if (!expired && this.#standing.size <= this.#most) break;
      this.#standing.delete(oldest);
      if (!expired) this.#forgotten = Math.max(this.#forgotten, at);
    }
  }

  #write(journey: string, step: number, at: number): string {
    const said = Buffer.alloc(tokenBytes - macBytes);
    said.write(journey, 'latin1');
    said.writeUInt16BE(step, idBytes);
    said.writeUInt32BE(at, idBytes + 2);
    return Buffer.concat([said, this.#sign(said)]).toString('base64url');
  }

  /** Undefined for what is not ours, or too old. */
  #read(token: string, now: number): Token | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== tokenBytes) return undefined;
    const said = bytes.subarray(0, tokenBytes - macBytes);
    if (!timingSafeEqual(bytes.subarray(said.length), this.#sign(said))) return undefined;
    const at = said.readUInt32BE(idBytes + 2);
    if (at < now - lifetime) return undefined;
    return { journey: said.toString('latin1', 0, idBytes), step: said.readUInt16BE(idBytes), at };
  }

  #sign(said: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(said).digest().subarray(0, macBytes);
  }
}

const secondsOf = (now: Date): number => Math.floor(now.getTime() / 1_000);
