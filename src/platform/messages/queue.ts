/** The queue of messages outside Safelight: notifications become messages, messages are sent, unopened ones go on to others. */
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import type { ChoreParts } from '../area.ts';
import type { Clock } from '../clock.ts';
import { type AnyTables, beginWriting, type Databases, setContext, type Writer } from '../database/database.ts';
import type { Chore } from '../jobs/outbox.ts';
import { listRecipients, notifyOn } from '../notifications/store.ts';
import { openSenders, type Senders } from './channel.ts';
import { findNext } from './escalation.ts';
import {
  calculateDue,
  channels,
  minutesBetweenMessages,
  minutesBetweenUrgent,
  type Outcome,
  secondsOfTry,
  settle,
} from './message.ts';
import * as store from './queue-store.ts';

const mostAtOnce = 100;

/** Turns notifications into messages, each once: in the transaction that marks them. Says whether more wait. */
export const queueMessages =
  (senders: Pick<Senders, 'has'>) =>
  async (tx: Writer<AnyTables>, now: Date): Promise<boolean> => {
    const notices = await store.listUnqueued(tx, mostAtOnce);
    if (notices.length === 0) return false;
    for (const { id, toMember, toAgency, toRoles, urgent } of notices) {
      const members: readonly MemberId[] = toMember
        ? [toMember]
        : (await listRecipients(tx, { agency: toAgency, operation: null, roles: toRoles as Role[] }, now)).map(
            ({ memberId }) => memberId,
          );
      for (const channel of await store.listOpenChannels(tx, members, now)) {
        if (!senders.has(channel.channel)) continue;
        const dueAt = calculateDue({ ...channel, urgent }, now);
        await store.addToMessage(tx, channel, { notice: id, urgent, dueAt }, now);
      }
    }
    await store.markQueued(
      tx,
      notices.map(({ id }) => id),
    );
    return notices.length === mostAtOnce;
  };

/** Runs in the leader, in a transaction of its own. */
export async function inTransaction<Value>(
  { databases, clock }: Pick<Sending, 'databases' | 'clock'>,
  run: (tx: Writer<AnyTables>, now: Date) => Promise<Value>,
): Promise<Value> {
  const now = clock.now();
  const tx = await beginWriting(databases.for('main', 'leader'));
  try {
    await setContext(tx, { now });
    const value = await run(tx, now);
    await tx.commit().execute();
    return value;
  } catch (error) {
    await tx.rollback().execute();
    throw error;
  }
}

const addMinutes = (moment: Date, minutes: number): Date => new Date(moment.getTime() + minutes * 60_000);

export type Sending = { readonly databases: Databases; readonly clock: Clock; readonly senders: Senders };

/** Sends the next due message. Three steps: mark it, send it outside any transaction, keep the outcome. False where none is due. */
export async function sendNext(sending: Sending): Promise<boolean> {
  const open = channels.filter(sending.senders.has);
  if (open.length === 0) return false;
  const claimed = await inTransaction(sending, async (tx, now) => {
    const message = await store.claimMessage(tx, open, now);
    if (!message) return undefined;
    const address = await store.findAddress(tx, message, now);
    // Before it is sent: news that comes meanwhile, or while the server takes nothing, waits as well.
    if (message.urgent && address !== undefined)
      await store.restChannel(tx, message, { urgentRestedUntil: addMinutes(now, minutesBetweenUrgent) });
    return { message, address };
  });
  if (!claimed) return false;
  const { message, address } = claimed;
  const outcome: Outcome | undefined =
    address === undefined
      ? undefined
      : await (await sending.senders.of(message.channel)).send({ id: message.id, to: address });
  await inTransaction(sending, (tx, now) => keepOutcome(tx, message, outcome, now));
  return true;
}

/** Where all of it was read meanwhile, or the member wants no messages any more, nothing was sent. */
async function keepOutcome(
  tx: Writer<AnyTables>,
  message: store.ClaimedMessage,
  outcome: Outcome | undefined,
  now: Date,
): Promise<void> {
  const settled = settle(message, outcome ?? { kind: 'accepted' }, now);
  // An earlier try may have arrived all the same.
  const unsent = message.doubts > 0 ? ('unknown' as const) : ('not needed' as const);
  await store.saveOutcome(tx, message, outcome ? settled : { ...settled, state: unsent });
  if (outcome?.kind === 'accepted' || outcome?.kind === 'unknown')
    await store.restChannel(tx, message, { restedUntil: addMinutes(now, minutesBetweenMessages) });
}

/** What a killed process left half done has an unknown outcome. */
export async function settleCutOff(tx: Writer<AnyTables>, now: Date): Promise<void> {
  for (const message of await store.listCutOff(tx, new Date(now.getTime() - secondsOfTry * 1_000)))
    await store.saveOutcome(tx, message, settle(message, { kind: 'unknown', reason: 'CUT_OFF' }, now));
}

/** Once a minute: what nobody opened for long enough goes one step on. */
export const escalate =
  (minutes: number) =>
  async (tx: Writer<AnyTables>, now: Date): Promise<void> => {
    for (const { id, kind, subject, ownerId, toMember, step, rounds } of await store.countUnopened(tx, now)) {
      const next = findNext({ kind, ownerId: ownerId as AgencyId, toOne: toMember !== null, step, rounds }, minutes);
      if (!next) continue;
      await notifyOn(tx, id, next.step, {
        kind: next.kind,
        subject: next.kind === 'not opened' ? null : subject,
        ownerId: ownerId as AgencyId,
        to: next.to,
        madeAt: now,
      });
    }
  };

const atOnce = 3;

export const createPump = (sending: Sending): (() => Promise<void>) =>
  pumpOf(() => sendNext(sending), sending.senders.close);

/** Sends what is due beside the other background work, so that a slow server holds up nothing else. One run at a time; what failed is thrown by the next. `sendOne` says false where none is due. */
export function pumpOf(sendOne: () => Promise<boolean>, close: () => Promise<void>): () => Promise<void> {
  let running = false;
  let failed: unknown;
  const drain = async (): Promise<void> => {
    while (await sendOne());
  };
  const run = async (): Promise<void> => {
    try {
      await Promise.all(Array.from({ length: atOnce }, drain));
    } catch (error) {
      failed = error;
    } finally {
      await close();
      running = false;
    }
  };
  return async () => {
    const error = failed;
    failed = undefined;
    if (!running) {
      running = true;
      void run();
    }
    if (error) throw error;
  };
}

/** A process without a server set sends nothing, and leaves all to the others. */
export function messageChores({
  config,
  databases,
  clock,
}: Pick<ChoreParts, 'config' | 'databases' | 'clock'>): Chore[] {
  const senders = openSenders(config);
  const { escalateMinutes } = config.messages;
  const others = [
    { name: 'send on what nobody opened', everySeconds: 60, run: escalate(escalateMinutes) },
    { name: 'forget messages', everySeconds: 3_600, run: store.forgetMessages },
  ];
  if (!channels.some(senders.has)) return others;
  return [
    { name: 'queue messages', everySeconds: 2, run: queueMessages(senders) },
    { name: 'settle messages that were cut off', everySeconds: 30, run: settleCutOff },
    { name: 'send messages', everySeconds: 2, run: createPump({ databases, clock, senders }) },
    ...others,
  ];
}
