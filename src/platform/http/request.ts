/** What one request may do with the database: read, look, change. It holds one connection, two while it changes another store than the sessions', and none while it renders. */
import { highestMarking, type Marking } from '../../vocabulary/marking.ts';
import { accept, type Result } from '../../vocabulary/result.ts';
import { type Action, type Actor, getLogStore } from '../access-policy/access.ts';
import { createLogRow, type LogDetails, newRequestId, writeLog } from '../audit-hook/audit.ts';
import { loggedTables, trackReads } from '../audit-hook/unlogged-reads.ts';
import {
  type AnyTables,
  type AuditedReader,
  beginReading,
  beginWriting,
  type Db,
  isUnavailable,
  type Reader,
  setContext,
  type Transaction,
  type Writer,
} from '../database/database.ts';
import {
  isAnsweredRefusal,
  orUnavailable,
  refuseUnwritableLog,
  retryableCodes,
  toProblem,
} from '../database/database-problems.ts';
import type { SentForm } from '../forms/idempotency.ts';
import { claimKey } from '../forms/idempotency-store.ts';
import { Deadline, LateAnswer } from './patience.ts';
import { PendingLooks } from './pending-looks.ts';
import { AlreadySubmitted, notFound, Problem } from './problem.ts';
import { contextFor } from './request-context.ts';
import type { RequestServices } from './request-services.ts';
import { nextInterval, responseTiming } from './response-timing.ts';
import type { ExportedFile } from './server.ts';
import { countUnread } from './unread.ts';
import { listLogRows, type WrittenChange } from './written-change.ts';

/** Writes down a look, and hands out the reader for it. */
export type Look = (event: string, subject: string | null, details?: LogDetails) => AuditedReader<AnyTables>;

export class Work {
  readonly id = newRequestId();
  readonly #began = performance.now();
  readonly now: Date;
  readonly action: Action;
  actor: Actor | undefined;
  unread = 0; // Notifications of the actor, for the header.
  /** Lets the next request in line proceed, because this one needs the database no more. */
  leaveQueue = (): void => {};
  readonly #services: RequestServices;
  readonly #looks: PendingLooks;
  /** What waits for the database waits no longer than this allows. */
  readonly deadline: Deadline;
  /** Tables read whose every look is written down, until one is. */
  readonly #unlogged = new Set<string>();
  #logged = false;
  #reading: Transaction | undefined;
  #changed = false;
  /** Whether every check before the handler was passed, and the handler began. */
  handled = false;
  /** Whether a change was committed, or its commit was sent and not answered: nobody may say then that nothing was changed. */
  mayHaveChanged = false;
  #gone = false;
  #token: string | undefined;
  #marking: Marking;
  #looked = false;
  /** The form that the request sends, where it was made in a session. */
  form: SentForm | undefined;
  /** The file that the answer is, where a repeat may be given it too. */
  exported: ExportedFile | undefined;
  #claimed = false;
  /** Whether the answer is the one that an earlier press of the same form was given. */
  repeats = false;

  constructor(services: RequestServices, action: Action, now: Date) {
    this.#services = services;
    this.action = action;
    this.now = now;
    this.#marking = action.marking;
    this.#looks = new PendingLooks(services.looks);
    this.deadline = new Deadline(services.patience);
  }

  /** How the answer is marked: as the most closed kind of record that it shows. */
  get marking(): Marking {
    return this.#marking;
  }

  get claimed(): boolean {
    return this.#claimed;
  }

  /** Whether somebody's look at a record was written down on the way. */
  get looked(): boolean {
    return this.#looked;
  }

  /** What is answered once more keeps the marking that it had. */
  markAs(marking: Marking): void {
    this.#marking = highestMarking([this.#marking, marking]);
  }

  /** The answer shows what this action opens, too. */
  mark(actionName: string): void {
    this.#marking = highestMarking([this.#marking, this.#services.access.action(actionName).marking]);
  }

  /** Opens the read transaction and finds the member. Refuses requests without a session, and members to whom no rule of the action applies. During emergency access, each page is logged as a view of its subject. */
  async begin(token: string | undefined, about: readonly string[] = []): Promise<void> {
    const { databases, resolveActor, access, onActivity, onUnknownToken } = this.#services;
    const apart = this.action.store === 'safeguarding';
    const { databaseRole } = this.action;
    const role = apart ? 'staff' : databaseRole;
    this.#reading = this.#watch(await this.#open(beginReading(databases.for('main', role))), databaseRole);
    if (token === undefined) await this.#ask(setContext(this.#reading, { now: this.now }));
    else this.actor = await this.#ask(resolveActor(this.#reading, token, this.now));
    this.#token = this.actor && token;
    if (this.actor) onActivity?.(this.actor, this.now);
    else if (token !== undefined) onUnknownToken?.(token, this.now);
    if (!access.allows(this.actor, this.action.name)) {
      await this.endReading();
      throw this.actor ? new Problem('forbidden', this.action.name) : new Problem('not signed in', this.action.name);
    }
    // Emergency access is for reading only, so every other action runs without it.
    if (this.actor?.glassOperation && this.action.verb !== 'read')
      await this.#ask(setContext(this.#reading, { now: this.now, actor: { ...this.actor, glassOperation: null } }));
    if (this.actor?.breakGlass && !apart) this.#logBreakGlassView(this.actor.glassOperation ?? null, about);
    if (apart) {
      await this.endReading();
      this.#reading = this.#watch(
        await this.#open(beginReading(databases.for('safeguarding', databaseRole))),
        databaseRole,
      );
      await this.#ask(setContext(this.#reading, contextFor('safeguarding', this)));
    }
  }

  async countUnread(): Promise<void> {
    this.unread = await this.deadline.within(countUnread(this.#services, this, this.#reading));
  }

  get isDisconnected(): boolean {
    return this.#gone;
  }

  get db(): Reader<AnyTables> {
    if (!this.#reading)
      throw new Error(
        this.#changed ? 'read before the change, or inside it' : 'the page is being rendered: read before',
      );
    return this.#reading;
  }

  /** Writes down that somebody looks at a record, and hands out the reader for it. The row is committed before the answer leaves. */
  look(event: string, subject: string | null, details?: LogDetails): AuditedReader<AnyTables> {
    return this.#lookBy(this.db, this.action, event, subject, details);
  }

  /** Logged in addition to the page's own entries. No reason is asked, because one was given when emergency access began. */
  #logBreakGlassView(operationId: string | null, about: readonly string[]): void {
    const row = createLogRow(this.#who(), 'viewed under break-glass', operationId, 'consultation', {
      returned: about,
    });
    this.#looks.add(getLogStore(this.action, this.actor), row);
  }

  #lookBy(
    db: Reader<AnyTables>,
    action: Action,
    event: string,
    subject: string | null,
    details?: LogDetails,
  ): AuditedReader<AnyTables> {
    if (action.asksWhy && !details?.reason) throw new Error(`${action.name} asks why, and nobody said`);
    const row = createLogRow({ ...this.#who(), action }, event, subject, 'consultation', details);
    this.#looks.add(getLogStore(action, this.actor), row);
    this.#logged = true;
    this.#looked = true;
    return db as AuditedReader<AnyTables>;
  }

  /** Adds what a search returned to the look just taken. */
  returned(ids: readonly string[]): void {
    this.#looks.addReturned(ids);
  }

  /** Waits for the next full beat since the request began: what is hidden takes a little longer to refuse than what never was, and by the beat nobody can tell. Holds no connection. */
  async waitForInterval(): Promise<void> {
    await this.endReading();
    this.leaveQueue();
    await nextInterval(this.#began, (this.#services.timing ?? responseTiming).notFound);
  }

  /** A page or a file leaves once more: who may see it was decided when it left first. */
  logRepeatedAnswer(subject: string | null): void {
    const reason = 'the same form was sent again';
    const row = createLogRow(this.#who(), 'answered again', subject, 'consultation', { reason });
    this.#looks.add(this.action.store, row);
  }

  /** Nothing that was looked at is shown after all: what goes out is a problem's page. */
  discardLooks(): void {
    this.#looks.discard();
  }

  /** What was asked for is not shown after all: the looks taken become refusals, and there is one in any case. */
  refuse(event: string): void {
    this.#looks.refuse(event, () => ({
      store: getLogStore(this.action, this.actor),
      row: createLogRow(this.#who(), event, null, 'refusal'),
    }));
  }

  /** Decides and writes in one transaction with its log row; a refusal rolls back. Rules decide on what `decide` re-reads under lock. */
  async change<Value, Refusal extends string>(
    event: string,
    subject: string | null,
    decide: (tx: Writer<AnyTables>) => Promise<Result<Value, Refusal>>,
    details?: LogDetails,
  ): Promise<Result<Value, Refusal>> {
    this.#changed = true;
    return await this.#changeIn({ under: this.action, event, subject, decide, details });
  }

  /** Writes under another action, before the change that the page is for. A second press of the form writes it again. */
  async changeUnder(
    actionName: string,
    event: string,
    subject: string | null,
    write: (tx: Writer<AnyTables>) => Promise<void>,
  ): Promise<void> {
    const under = this.#allowed(actionName);
    await this.#changeIn({ under, event, subject, decide: async (tx) => accept(await write(tx)), details: undefined });
  }

  /** Two who lock the same rows in another order: one of them is sent back by the database, and decides once more on what the other left. */
  async #changeIn<Value, Refusal extends string>(
    change: WrittenChange<Value, Refusal>,
  ): Promise<Result<Value, Refusal>> {
    await this.endReading();
    const elsewhere = change.under.store === 'main' ? undefined : await this.#holdFromAfar();
    try {
      return await this.#tryIn(change)
        .catch((error) => {
          if (!retryableCodes.has((error as { code?: string }).code ?? '')) throw error;
          return this.#tryIn(change);
        })
        .catch((error) => {
          throw toProblem(error);
        });
    } finally {
      await elsewhere?.rollback().execute(); // It changed nothing, and no replica is waited for.
    }
  }

  async #tryIn<Value, Refusal extends string>(change: WrittenChange<Value, Refusal>): Promise<Result<Value, Refusal>> {
    const { under, decide, details } = change;
    const { store, databaseRole } = under;
    const isOwn = under === this.action;
    const tx = await this.#open(beginWriting(this.#services.databases.for(store, databaseRole)));
    try {
      if (store === 'main') await this.#hold(tx);
      await setContext(tx, { ...contextFor(store, this), reason: details?.reason, lockMs: this.deadline.remainingMs });
      if (isOwn && this.form && !this.#claimed && !(await this.#claim(tx, this.form))) throw new AlreadySubmitted();
      const result = await decide(tx);
      if (result.ok) {
        await writeLog(tx, listLogRows(change, this.#who())).catch(refuseUnwritableLog);
        await this.#commit(tx);
        this.#claimed ||= isOwn && this.form !== undefined;
        this.#logged = true;
      } else await tx.rollback().execute();
      return result;
    } catch (error) {
      if (!(error instanceof LateAnswer)) await tx.rollback().execute();
      throw error;
    }
  }

  /** A database that answers with a refusal has saved nothing. One that is lost, or does not answer in time, may have saved everything. A commit that succeeds late gives its connection back itself. */
  async #commit(tx: Transaction): Promise<void> {
    const earlier = this.mayHaveChanged;
    this.mayHaveChanged = true;
    const committed = tx.commit().execute();
    await this.deadline.within(committed).catch((error) => {
      if (isAnsweredRefusal(error)) this.mayHaveChanged = earlier;
      if (error instanceof LateAnswer) committed.catch(() => tx.rollback().execute()).catch(() => {});
      throw error;
    });
  }

  /** Where the same form is being carried out for too long, it may be saved yet. */
  #claim(tx: Transaction, form: SentForm): Promise<boolean> {
    return claimKey(tx, form, this.now).catch((error) => {
      this.mayHaveChanged ||= isUnavailable(error);
      throw error;
    });
  }

  #open(opening: Promise<Transaction>): Promise<Transaction> {
    return orUnavailable(this.deadline.within(opening, (tx) => tx.rollback().execute()));
  }

  #ask<Value>(asked: Promise<Value>): Promise<Value> {
    return orUnavailable(this.deadline.within(asked));
  }

  /** Where the action changes something, by its own login role; outside any transaction of the request. */
  get store(): Db {
    return this.#services.databases.for(this.action.store, this.action.databaseRole);
  }

  /** A session that has ended since the request began changes nothing. Ending it now waits until this change is done. Noting its last use locks it until a replica has confirmed: that may last for ever, so a late lock is given up. */
  async #hold(tx: Transaction): Promise<void> {
    if (this.#token === undefined) return;
    const held = this.#services.holdSession(tx, this.#token, this.now);
    if (!(await this.deadline.withinStep(held, () => tx.rollback().execute())))
      throw new Problem('not signed in', this.action.name);
  }

  /** The other database has no sessions, so the main one locks this session during the change. It uses a pool of its own, so that this lock never waits for other work. */
  async #holdFromAfar(): Promise<Transaction> {
    const tx = await this.#open(beginWriting(this.#services.databases.for('main', 'staff', { maxConnections: 8 })));
    try {
      await this.#hold(tx);
      return tx;
    } catch (error) {
      if (!(error instanceof LateAnswer)) await tx.rollback().execute();
      throw error;
    }
  }

  /** Reads as the same actor under another action: its purpose, its database role, its own rules. Ends the reading begun before. */
  async under<Value>(actionName: string, read: (db: Reader<AnyTables>, look: Look) => Promise<Value>): Promise<Value> {
    await this.endReading();
    const action = this.#allowed(actionName);
    this.mark(actionName);
    const { store, databaseRole } = action;
    const reading = beginReading(this.#services.databases.for(store, databaseRole));
    const tx = this.#watch(await this.#open(reading), databaseRole);
    try {
      await this.#ask(setContext(tx, contextFor(store, this)));
      return await read(tx, (event, subject, details) => this.#lookBy(tx, action, event, subject, details));
    } finally {
      await tx.commit().execute();
    }
  }

  #allowed(actionName: string): Action {
    const { access } = this.#services;
    if (!access.allows(this.actor, actionName)) throw new Problem('forbidden', actionName);
    return access.action(actionName);
  }

  /** Gives the connection back. */
  async endReading(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    await reading?.commit().execute();
  }

  /** Of what can be taken back while it is read: asks, after the looks are written down, whether it is still there. */
  async settleBeforeExport(still?: () => Promise<boolean>): Promise<void> {
    await this.endReading();
    if (!still) return;
    await this.settle();
    if (!(await still())) throw notFound('what was to leave');
  }

  /** The client has hung up: reads no more, and errors that follow from it are not treated as bugs. */
  async disconnect(): Promise<void> {
    this.#gone = true;
    await this.endReading();
  }

  /** Begins to write down the looks; `settle` waits for it. */
  startWritingLooks(): void {
    this.#looks.startWriting();
  }

  async settle(): Promise<void> {
    this.startWritingLooks();
    await this.endReading();
    const written = this.#looks.takeWritten();
    if (written) await this.deadline.within(written);
  }

  /** Refuses to send a page made of records whose looks are written down where none was: a bug of ours, which then shows nothing. */
  refuseUnloggedRead(): void {
    if (this.#logged || this.#unlogged.size === 0) return;
    throw new Error(`${this.action.name} read ${[...this.#unlogged].join(', ')} without a look`);
  }

  #watch(tx: Transaction, role: Action['databaseRole']): Transaction {
    return trackReads(tx, loggedTables(this.#services.access.policy, role), (table) => this.#unlogged.add(table));
  }

  #who(): { now: Date; action: Action; actor: Actor | undefined; requestId: string } {
    return { now: this.now, action: this.action, actor: this.actor, requestId: this.id };
  }
}
