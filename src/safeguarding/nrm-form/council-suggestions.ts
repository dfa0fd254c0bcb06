/** What the referral to children’s services, or the record that they were told, suggests for the questions about the council. The form offers it until somebody has checked and saved it. Pure. */

import { longDay } from '../../vocabulary/calendar/days.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import { findPhone } from '../../vocabulary/phone-numbers.ts';
import type { Suggestions } from './note-suggestions.ts';

export type CouncilTold = {
  readonly council: string;
  readonly by: 'referral' | 'notification';
  /** When it was told, where the reader may know. */
  readonly at: Date | null;
  /** The council’s answer to the referral, or whom somebody told, how and when. */
  readonly words: string | null;
};

/** Names of the worker are said and not filled in: the words need not name one. */
export function suggestFromCouncil(told: CouncilTold | undefined): Suggestions {
  if (!told) return {};
  const { council, by, at, words } = told;
  const source =
    by === 'referral' ? 'From the referral to children’s services' : 'From the notification of children’s services';
  const from = `${source}${at ? ` on ${longDay(dayOf(at))}` : ''}`;
  const phone = words ? findPhone(words)?.shown : undefined;
  const worker = words
    ? { says: `${from}${by === 'referral' ? ', the council’s answer' : ''}: “${words.replace(/\.$/, '')}”.` }
    : undefined;
  return {
    'council name': { value: council, says: `${from}. Check it.` },
    ...(phone && { 'council phone': { value: phone, says: `${from}. Check it.` } }),
    ...(worker && { 'council worker first name': worker, 'council worker last name': worker }),
  };
}
