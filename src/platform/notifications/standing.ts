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
  /** The number of those on call there now. */
  readonly phone?: string | undefined;
};

/** A few words for a table, with a small letter. */
export function wordsOfNotified({ standing, opened }: Pick<Notified, 'standing' | 'opened'>): string {
  if (opened) return 'opened by them';
  return standing === 'read' || standing === 'delivered'
    ? 'notified, not opened yet'
    : 'not notified yet: telephone them';
}

/** The state, and one next step. */
export function notifiedState({ agency, what, standing, opened, phone }: Notified): StateItem {
  if (opened) return { kind: 'good', title: 'Opened', text: `Somebody at ${agency} has opened ${what}.` };
  const call = `elephone them${phone ? ` on ${phone}` : ''}`;
  const unopened = opened === undefined ? '' : ` Nobody there has opened ${what} yet.`;
  if (standing === 'read')
    return {
      kind: 'waiting',
      title: 'Notified',
      text: `Somebody at ${agency} has read the notification.${unopened} If it cannot wait, t${call}.`,
    };
  if (standing === 'delivered')
    return {
      kind: 'waiting',
      title: 'Notified',
      text: `A message that something is new was sent to ${agency}. We do not know whether anybody has read it.${unopened} If it cannot wait, t${call}.`,
    };
  return {
    kind: 'unwise',
    title: 'Not notified yet',
    text: `No message has been sent to ${agency}, and nobody there has read the notification. T${call}.`,
  };
}
