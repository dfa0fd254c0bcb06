/** First responder organisations outside Safelight that a potential victim referral can be taken to. */
import { phoneAddress } from '../../vocabulary/phone-numbers.ts';

const charityNumber = '0800 808 3733';
export const charity = {
  text: `A charity on the list of first responders, such as the Salvation Army (England and Wales): ${charityNumber}`,
  href: phoneAddress(charityNumber),
};
export const police = { text: 'Police are first responders too, but nobody has to go to the police for this' };
