/** Members with addresses, a mail server, a text gateway, and an account of what arrived there. */

import { addOperation, addPremises } from '../../../../src/operations/plan/examples.ts';
import { type Chore, runChore } from '../../../../src/platform/jobs/outbox.ts';
import { openSenders, type Senders } from '../../../../src/platform/messages/channel.ts';
import { queueMessages, sendNext, settleCutOff } from '../../../../src/platform/messages/queue.ts';
import { notify } from '../../../../src/platform/notifications/index.ts';
import {
  generalKinds,
  type NotificationKind,
  notificationKinds,
} from '../../../../src/platform/notifications/notification.ts';
import { type MemberId, newId } from '../../../../src/vocabulary/ids.ts';
import { openApplication } from '../../../fixtures/application.ts';
import { openNetwork } from './network.ts';

type Scope = Parameters<typeof openApplication>[0];

/** Words of the case that no message, header or log line may contain. */
export const caseWords = ['Quillhaven', 'Marrowgate', 'Tamsinette', 'Operation Brackwater'] as const;

/** As many processes as send at once, each with connections of its own. */
const processes = 4;
const lanesOfProcess = 3;

export async function openMessages(
  t: Scope,
  { many, random }: { readonly many: number; readonly random: () => number },
) {
  const network = await openNetwork(t, random);
  const { environment } = network;
  const application = await openApplication(t, { environment: { ...environment, SAFELIGHT_LOG: 'debug' } });
  const { config, databases, clock, db, agency, member } = application;
  const council = await agency('council', { name: caseWords[0], officialName: `${caseWords[0]} Council` });
  const force = await agency('police force', { name: caseWords[1] });
  const operation = await addOperation(db, force, await member(force, ['planner']), { codeName: caseWords[3] });
  await addPremises(db, operation, { name: caseWords[1] });
  const members: MemberId[] = [];
  for (let one = 0; one < many; one += 1) {
    const { id } = await member(council, ['safeguarding lead'], `${caseWords[2]} ${one}`);
    members.push(id as MemberId);
    const of = { memberId: id, confirmedAt: clock.now() };
    await db
      .insertInto('notificationChannels')
      .values([
        { ...of, id: newId(), channel: 'email', address: `reader-${one}@${caseWords[0].toLowerCase()}.example` },
        { ...of, id: newId(), channel: 'text', address: `+4477009${String(one).padStart(5, '0')}` },
      ])
      .execute();
  }
  const { mail } = config.messages;
  const messages = { ...config.messages, mail: mail && { ...mail, seconds: 1 } };
  const all = Array.from({ length: processes }, () => openSenders({ ...config, messages }));
  for (const senders of all) t.after(() => senders.close());
  const run = (chore: Chore['run']) => runChore(databases, clock, { name: 'x', everySeconds: 1, run: chore });
  const sendAll = async (): Promise<void> => {
    await run(settleCutOff);
    for (const senders of all.slice(0, 1)) while (await run(queueMessages(senders)));
    const lane = async (senders: Senders): Promise<void> => {
      while (await sendNext({ databases, clock, senders }));
    };
    await Promise.all(all.flatMap((senders) => Array.from({ length: lanesOfProcess }, () => lane(senders))));
  };
  const later = (minutes: number) => clock.move(new Date(clock.now().getTime() + minutes * 60_000));
  /** A notification of each member, of the kinds in turn, about a record where the kind has one. */
  const tell = (round: number, kinds: readonly NotificationKind[] = notificationKinds) =>
    notify(
      db,
      members.map((id, index) => {
        const kind = kinds[(round + index) % kinds.length] ?? 'case news';
        const subject = (generalKinds as readonly string[]).includes(kind) ? null : newId();
        return { kind, subject, ownerId: council.id, to: { member: id }, madeAt: clock.now() };
      }),
    );
  const waits = async (): Promise<boolean> =>
    (await db.selectFrom('notificationMessages').select('id').where('settledAt', 'is', null).limit(1).execute())
      .length > 0;
  /** Until nothing waits any more: two days are enough for any message. */
  const settleAll = async (): Promise<void> => {
    for (let hour = 0; hour < 60; hour += 1) {
      later(60);
      await sendAll();
      if (!(await waits())) return;
    }
  };
  return { ...application, ...network, members, tell, sendAll, settleAll, later };
}

export type MessageWorld = Awaited<ReturnType<typeof openMessages>>;

/** How often a server or gateway may have taken each message, by its id. */
export function arrivals({ mail, gateway }: Pick<MessageWorld, 'mail' | 'gateway'>): Map<string, number> {
  const times = new Map<string, number>();
  const ids = [
    ...mail.mails.map(({ source }) => /^Message-ID: <([0-9a-f-]+)@/m.exec(source)?.[1] ?? 'none'),
    ...gateway.posted.filter(({ taken }) => taken).map(({ headers }) => String(headers['idempotency-key'])),
  ];
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

export type Account = {
  readonly notices: number;
  readonly lost: number;
  readonly more: number;
  readonly messages: number;
};

/** Lost: a notification without a settled message for each way, or accepted without arrival. More: arrived more than once beyond one retry. */
export async function account(world: MessageWorld): Promise<Account> {
  const times = arrivals(world);
  const messages = (await world.db
    .selectFrom('notificationMessages')
    .select(['id', 'state', 'notices', 'channel', 'doubts'])
    .execute()) as { id: string; state: string; notices: string[]; channel: string; doubts: number }[];
  const notices = (await world.db.selectFrom('notices').select('id').execute()) as { id: string }[];
  const settled = messages.filter(({ state }) => ['accepted', 'refused', 'unknown'].includes(state));
  const told = { email: new Set<string>(), text: new Set<string>() };
  for (const { channel, notices: of } of settled) for (const id of of) told[channel as 'email' | 'text'].add(id);
  const without = notices.filter(({ id }) => !told.email.has(id) || !told.text.has(id)).length;
  const never = messages.filter(({ id, state }) => state === 'accepted' && !times.has(id)).length;
  const more = messages.filter(({ id, doubts }) => (times.get(id) ?? 0) > 1 + Math.min(doubts, 1)).length;
  return { notices: notices.length, lost: without + never, more, messages: messages.length };
}
