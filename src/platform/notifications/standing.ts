/** Whether the receiving side of a record was notified, as its sender reads it. Nobody learns who there, or when. Pure. */
import type { StateItem } from '../rendering/pages.ts';

/** Read: somebody marked the notification as read. Delivered: a server took a message about it. */
export type Standing = 'read' | 'delivered' | 'not yet';

export type Notified = {
  /** The agency that is to know. */
  readonly agency: string;
  /** What it is about: “the referral”. */
  readonly what: string;
  /** Undefined, as “not yet”, where no notification is written yet. */
  readonly standing: Standing | undefined;
  /** Whether the page of the record was opened there. Undefined where nobody can know. */
  readonly opened?: boolean | undefined;
};

type Reached = Pick<Notified, 'standing' | 'opened'>;

/** Nothing has reached them yet. */
export const isStillToTelephone = ({ standing, opened }: Reached): boolean =>
  !opened && standing !== 'read' && standing !== 'delivered';

/** A few words for a table, with a small letter. */
export function wordsOfNotified(reached: Reached): string {
  if (reached.opened) return 'opened by them';
  if (isStillToTelephone(reached)) return 'not notified yet: telephone them';
  return reached.opened === undefined ? 'notified' : 'notified, not opened yet';
}

/** The state, and one next step. */
export function notifiedState({ agency, what, standing, opened }: Notified): StateItem {
  if (opened) return { kind: 'good', title: 'Opened', text: `Somebody at ${agency} has opened ${what}.` };
  const unopened = opened === undefined ? '' : ` Nobody there has opened ${what} yet.`;
  if (standing === 'read')
    return {
      kind: 'waiting',
      title: 'Notified',
      text: `Somebody at ${agency} has read the notification.${unopened} If it cannot wait, telephone them.`,
    };
  if (standing === 'delivered')
    return {
      kind: 'waiting',
      title: 'Notified',
      text: `A message that something is new was sent to ${agency}. We do not know whether anybody has read it.${unopened} If it cannot wait, telephone them.`,
    };
  return {
    kind: 'unwise',
    title: 'Not notified yet',
    text: `No message has been sent to ${agency}. The notification has not been read there. Telephone them.`,
  };
}
