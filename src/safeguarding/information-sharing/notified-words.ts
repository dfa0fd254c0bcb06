/** How the sender reads whether a recipient was notified. Pure. */
import { type Notified, notifiedState, wordsOfNotified } from '../../platform/notifications/index.ts';
import type { Section } from '../../platform/rendering/pages.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { GrantEnd, GrantStatus } from '../consent/grant.ts';

type State = Omit<Notified, 'agency' | 'what'>;

/** On the page of a referral: of the referral, or of its withdrawal. */
export const notifiedSection = (
  { ended }: { readonly ended: string | null },
  notified: State | undefined,
  agency: string,
): Section[] =>
  notified
    ? [
        {
          kind: 'states',
          title: ended ? 'Notification of the withdrawal' : 'Notification',
          items: [notifiedState({ ...notified, agency, what: ended ? 'the withdrawal' : 'the referral' })],
        },
      ]
    : [];

/** At the end of a row, until the recipient has confirmed a withdrawal. */
export function notifiedWords(state: State | undefined, standing: GrantStatus, end: GrantEnd | undefined): string {
  const waits = standing === 'open' || (standing === 'taken back' && !end?.confirmedAt);
  return state && waits ? `. ${capital(wordsOfNotified(state))}` : '';
}
