/** Sends e-mails to media lists: opens rounds that are due, sends each e-mail once, and keeps the outcome. */
import type { ChoreParts } from '../../platform/area.ts';
import type { Config } from '../../platform/config.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import type { Chore } from '../../platform/jobs/outbox.ts';
import { type MailSender, openMail } from '../../platform/messages/mail.ts';
import { expired, hoursToTry, type Outcome, secondsOfTry } from '../../platform/messages/message.ts';
import { inTransaction, pumpOf } from '../../platform/messages/queue.ts';
import { plainText } from '../publication/plain-text.ts';
import { findPublicRelease, findPublicWithdrawal } from '../publication/store.ts';
import { type Letter, releaseLetter, withdrawalLetter } from './letter.ts';
import * as store from './queue-store.ts';

/** A mail server that takes fewer says so, and the rest is tried again. */
const mostAMinute = 300;
const longestWait = 15;
const minuteMs = 60_000;

/** What follows from an outcome. An unknown one is final: nobody gets a release twice. Pure. */
export function settle(
  { tries, since }: Pick<store.ClaimedNotice, 'tries' | 'since'>,
  outcome: Outcome,
  now: Date,
): store.Settled {
  if (outcome.kind === 'accepted') return { state: 'accepted', dueAt: now, settledAt: now, reason: null };
  if (outcome.kind !== 'later') return { state: outcome.kind, dueAt: now, settledAt: now, reason: outcome.reason };
  if (now.getTime() - since.getTime() >= hoursToTry * 60 * minuteMs)
    return { state: 'refused', dueAt: now, settledAt: now, reason: expired };
  const wait = Math.min(2 ** (tries - 1), longestWait) * minuteMs;
  return { state: 'again', dueAt: new Date(now.getTime() + wait), settledAt: null, reason: outcome.reason };
}

export type PressMail = Pick<ChoreParts, 'databases' | 'clock'> & {
  readonly origin: string;
  /** The address of the sender, for answers where the partnership has no press office. */
  readonly from: string;
  readonly mail: () => Promise<MailSender>;
};

/** Read as everybody: what is not public any more is not sent. */
async function composeLetter(
  tx: Writer<AnyTables>,
  notice: store.ClaimedNotice,
  { origin, from, now }: Pick<PressMail, 'origin' | 'from'> & { readonly now: Date },
): Promise<Letter | undefined> {
  const office = notice.replyTo ?? from;
  if (notice.occasion === 'withdrawn') {
    const gone = await findPublicWithdrawal(tx, notice.releaseId);
    return gone && withdrawalLetter(gone, { origin, office });
  }
  const publication = await findPublicRelease(tx, notice.releaseId);
  if (!publication) return undefined;
  const url = `${origin}/news/${publication.slug}`;
  const whole = plainText({ ...publication, html: '' }, { url, origin }, null);
  return releaseLetter(publication, notice, { whole, origin, now, office });
}

/** Sends the next e-mail that is due. Three steps: mark it, send it outside any transaction, keep the outcome. False where none is due. */
export async function sendNextNotice(sending: PressMail): Promise<boolean> {
  const claimed = await inTransaction(sending, async (tx, now) => {
    const notice = await store.claimNotice(tx, { now, mostAMinute });
    return notice && { notice, letter: await composeLetter(tx, notice, { ...sending, now }) };
  });
  if (!claimed) return false;
  const { notice, letter } = claimed;
  const outcome =
    letter &&
    (await (
      await sending.mail()
    ).sendLetter({
      ...letter,
      id: notice.id,
      to: notice.address,
      replyTo: notice.replyTo ?? undefined,
    }));
  await inTransaction(sending, (tx, now) =>
    store.saveOutcome(
      tx,
      notice,
      outcome ? settle(notice, outcome, now) : { state: 'not needed', dueAt: now, settledAt: now, reason: null },
    ),
  );
  return true;
}

export const settleCutOff = (tx: Writer<AnyTables>, now: Date): Promise<void> =>
  store.settleCutOff(tx, new Date(now.getTime() - secondsOfTry * 1_000), now);

/** Opens the mail server when the first letter is sent. */
export function openPressMail(
  { messages, origin }: Pick<Config, 'messages' | 'origin'>,
  parts: Pick<ChoreParts, 'databases' | 'clock'>,
): (PressMail & { readonly close: () => Promise<void> }) | undefined {
  const settings = messages.mail;
  if (!settings) return undefined;
  let open: Promise<MailSender> | undefined;
  return {
    ...parts,
    origin,
    from: settings.from,
    mail: () => {
      open ??= openMail(settings, origin);
      return open;
    },
    close: async () => {
      const before = open;
      open = undefined;
      (await before)?.close();
    },
  };
}

/** A process without a mail server sends nothing. */
export function mediaListChores({
  config,
  databases,
  clock,
}: Pick<ChoreParts, 'config' | 'databases' | 'clock'>): Chore[] {
  const sending = openPressMail(config, { databases, clock });
  const forget = { name: 'forget e-mails to media lists', everySeconds: 3_600, run: store.forgetNotices };
  if (!sending) return [forget];
  return [
    { name: 'queue e-mails to media lists', everySeconds: 2, run: store.openRounds },
    { name: 'settle e-mails to media lists that were cut off', everySeconds: 30, run: settleCutOff },
    {
      name: 'send e-mails to media lists',
      everySeconds: 2,
      run: pumpOf(() => sendNextNotice(sending), sending.close),
    },
    forget,
  ];
}
