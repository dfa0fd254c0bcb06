/** First responder organisations outside Safelight that a potential victim referral can be taken to. */
import { phoneAddress } from '../../vocabulary/phone-numbers.ts';

const charityNumber = '0800 808 3733';
export const charity = {
  text: `A charity on the list of first responders, such as the Salvation Army (England and Wales): ${charityNumber}`,
  href: phoneAddress(charityNumber),
};
export const police = { text: 'The police are on the list too. Nobody has to go to them for this' };
