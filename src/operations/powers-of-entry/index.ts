/** Public interface of powers of entry: the catalogue as dated data, and the law of entry as rules. */
export { findPower, listPowersInForce as powersOn, powerName } from './load.ts';
