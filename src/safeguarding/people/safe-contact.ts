/** What a record’s safe contact allows on forms without a field for conditions. Pure. */
import { toE164 } from '../../vocabulary/phone-numbers.ts';
import { contactWays, type PersonDetails } from './person.ts';

export type SafeContact = Pick<PersonDetails, 'contactWay' | 'contactAt' | 'contactWhen' | 'contactNever'>;

const isMail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

const hasConditions = ({ contactWhen, contactNever }: SafeContact): boolean =>
  contactWhen !== null || contactNever !== null;

/** The number on which the person can be called at any time. Null if another way is safe, including text messages. */
export const findUnconditionalPhone = (reach: SafeContact): string | null =>
  reach.contactWay === 'a call' && reach.contactAt !== null && !hasConditions(reach) && toE164(reach.contactAt)
    ? reach.contactAt
    : null;

/** The e-mail address that accepts messages at any time; null if there is none. */
export const findUnconditionalEmail = (reach: SafeContact): string | null =>
  hasConditions(reach) ? null : findEmail(reach);

/** The e-mail address, whatever the conditions are. */
export const findEmail = ({ contactWay, contactAt }: SafeContact): string | null =>
  contactWay === 'an e-mail' && contactAt !== null && isMail(contactAt) ? contactAt : null;

/** Safe contact for a new record from a request’s words, kept whole as a condition. Selects a way only if the words begin as a record writes it (“A call: …”). “A call is dangerous” selects none. */
export function parseSafeContact(words: string): Partial<SafeContact> {
  const begins = words.toLowerCase();
  const way = contactWays.find((one) => begins === one || [':', '.'].some((end) => begins.startsWith(`${one}${end}`)));
  return { contactWhen: words, ...(way && { contactWay: way }) };
}
