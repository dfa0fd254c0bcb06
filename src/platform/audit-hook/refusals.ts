/** What was refused, as rows of the access log: who, which action, which id was guessed; never a value, a token or an address. No answer waits for its row, so that none takes longer for one reason than for another; a flood is counted, not written out. */
import { type Actor, getLogStore, type StoreName } from '../access-policy/access.ts';
import type { Databases } from '../database/database.ts';
import { Problem } from '../http/problem.ts';
import type { Work } from '../http/request.ts';
import { createLogRow, type LogRow, writeLog } from './audit.ts';

/** Why, as the log names it. */
export type RefusalReason =
  | 'token refused'
  | 'action refused'
  | 'record not found'
  | 'form refused'
  | 'tries refused'
  | 'sign-in.refused'
  | 'password.refused'
  | 'code.refused'
  | 'export refused';

/** Rows that one member, or all who are nobody, may cause for one reason within a minute; the rest is one row with their number. */
const mostInAMinute = 30;
/** The same for wrong and refused tries at the secrets of one member: nobody's flood hides somebody else's. Further members share the rows of nobody. */
const mostAboutOne = 10;
const mostAbout = 60;
const mostWaiting = 5_000;
const minute = 60_000;

/** Fastify's names of what the form's token was not. */
const csrfErrorCodes = new Set(['FST_CSRF_INVALID_TOKEN', 'FST_CSRF_MISSING_SECRET']);

/** Why an error is a refusal to be logged; undefined for a mistyped address or a request without a session. */
export function findRefusalReason(
  error: unknown,
  actor: Actor | undefined,
  token: string | undefined,
): RefusalReason | undefined {
  const { code } = error as { code?: string };
  if (code !== undefined && csrfErrorCodes.has(code)) return 'form refused';
  if (!(error instanceof Problem)) return undefined;
  if (error.kind === 'not signed in') return token === undefined ? undefined : 'token refused';
  if (error instanceof CrossSiteForm) return 'form refused';
  if (error.kind === 'not to leave') return 'export refused';
  if (error.kind === 'forbidden') return 'action refused';
  if (error.kind === 'too many') return 'tries refused';
  return error.kind === 'not found' && actor ? 'record not found' : undefined;
}

/** A form that another site sent in somebody's name. */
export class CrossSiteForm extends Problem {
  constructor() {
    super('bad request', 'another site sent the form');
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The records that an address names. */
export const listIds = (params: unknown): string[] =>
  Object.values((params ?? {}) as Record<string, unknown>).filter(
    (given): given is string => typeof given === 'string' && uuid.test(given),
  );

/** The id that was asked for: the last of the address, where it is one. */
export const findRequestedId = (params: unknown): string | null => listIds(params).at(-1) ?? null;

type Count = { suppressed: number; readonly last: LogRow; readonly store: StoreName };

export class RefusalWriter {
  readonly #databases: Databases;
  readonly #onLost: (error: unknown) => void;
  readonly #waiting: Record<StoreName, LogRow[]> = { main: [], safeguarding: [] };
  readonly #counts = new Map<string, { written: number; over?: Count }>();
  #about = 0;
  #window = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor(databases: Databases, onLost: (error: unknown) => void = () => {}) {
    this.#databases = databases;
    this.#onLost = onLost;
  }

  /** `secret` says which secret a member was asked for, where the subject is that member. */
  note(work: Work, event: RefusalReason, subject: string | null, secret?: string): void {
    const { now, action, actor, id: requestId } = work;
    const row = createLogRow(
      { now, action, actor, requestId },
      event,
      subject,
      'refusal',
      secret ? { reason: secret } : {},
    );
    const store = getLogStore(action, actor);
    this.#turn(Math.floor(now.getTime() / minute));
    const own = secret && subject ? `about ${subject} ${event}` : undefined;
    const ownKept = own !== undefined && (this.#counts.has(own) || this.#about < mostAbout);
    const key = ownKept ? own : `${row.memberId} ${event} ${store}`;
    const count = this.#counts.get(key) ?? { written: 0 };
    if (ownKept && !this.#counts.has(key)) this.#about += 1;
    this.#counts.set(key, count);
    if (count.written < (ownKept ? mostAboutOne : mostInAMinute)) {
      count.written += 1;
      this.#queue(store, row);
    } else if (count.over) count.over.suppressed += 1;
    else count.over = { suppressed: 1, last: { ...row, subject: ownKept ? subject : null }, store };
    this.#timer ??= setTimeout(() => this.#turn(-1), minute).unref();
  }

  /** Settles when all that was noted is on disk, or known to be lost. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async close(): Promise<void> {
    this.#turn(-1);
    await this.settled();
  }

  /** Another minute: what was only counted in the last becomes a row. */
  #turn(window: number): void {
    // A request that began in an earlier minute must not reopen that minute.
    if (window >= 0 && window <= this.#window) return;
    this.#window = window;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { over } of this.#counts.values())
      if (over) this.#queue(over.store, { ...over.last, reason: `${over.suppressed} more within a minute` });
    this.#counts.clear();
    this.#about = 0;
  }

  #queue(store: StoreName, row: LogRow): void {
    const waiting = this.#waiting[store];
    if (waiting.length < mostWaiting) waiting.push(row);
    else this.#onLost(new Error('too many refusals wait to be written'));
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async #write(): Promise<void> {
    await new Promise(setImmediate); // After the answer that they belong to has gone.
    for (const store of ['main', 'safeguarding'] as const) {
      while (this.#waiting[store].length > 0) {
        const rows = this.#waiting[store].splice(0, 200);
        const role = store === 'main' ? 'staff' : 'safeguarding';
        try {
          await writeLog(this.#databases.for(store, role, { maxConnections: 1 }), rows);
        } catch (error) {
          this.#onLost(error);
        }
      }
    }
  }
}
