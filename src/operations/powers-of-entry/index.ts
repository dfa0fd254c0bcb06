/** Public interface of powers of entry: the catalogue as dated data, and the law of entry as rules. */
export { findCodeB, findPower, listPowersInForce, powerName } from './load.ts';
export { calculateExpiry, listLawfulPurposes } from './power-in-law.ts';
