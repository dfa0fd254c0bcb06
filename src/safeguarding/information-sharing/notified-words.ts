/** How the sender reads whether a recipient was notified. Pure. */
import {
  isStillToTelephone,
  type Notified,
  notifiedState,
  wordsOfNotified,
} from '../../platform/notifications/index.ts';
import type { Section } from '../../platform/rendering/pages.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { Phone } from '../../vocabulary/phone-numbers.ts';
import type { GrantEnd, GrantStatus } from '../consent/grant.ts';

/** `phone`: of those on call there now. */
export type NotifiedState = Omit<Notified, 'agency' | 'what'> & { readonly phone?: Phone | undefined };

/** On the page of a referral: of the referral, or of its withdrawal. */
export const notifiedSection = (
  { ended }: { readonly ended: string | null },
  notified: NotifiedState | undefined,
  agency: string,
): Section[] =>
  notified
    ? [
        {
          kind: 'states',
          title: ended ? 'Notification of the withdrawal' : 'Notification',
          items: [notifiedState({ ...notified, agency, what: ended ? 'the withdrawal' : 'the referral' })],
          links:
            notified.phone && !notified.opened
              ? [{ href: notified.phone.address, text: `Call those on call at ${agency}: ${notified.phone.shown}` }]
              : [],
        },
      ]
    : [];

/** At the end of a row, until the recipient has confirmed a withdrawal. `waits`: somebody must telephone. */
export function notifiedWords(
  state: NotifiedState | undefined,
  standing: GrantStatus,
  end: GrantEnd | undefined,
): { readonly words: string; readonly waits: boolean } {
  const asks = standing === 'open' || (standing === 'taken back' && !end?.confirmedAt);
  if (!state || !asks) return { words: '', waits: false };
  return { words: `. ${capital(wordsOfNotified(state))}`, waits: isStillToTelephone(state) };
}
