/** Addresses that people sign in with: one spelling of each, in plain letters. Pure. */

/** The one spelling by which an address is kept, found and counted. */
export const normaliseEmailAddress = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/** Printable ASCII: no letter of another alphabet that only looks like one of these. */
export const isPrintableAscii = (typed: string): boolean => /^[!-~]+$/.test(typed);

/** Equal for two addresses that people mistake for one another. The database compares by the same rule (0106-email-addresses.ts). */
export const toConfusableSkeleton = (address: string): string =>
  address.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('1', 'l').replaceAll('0', 'o');
