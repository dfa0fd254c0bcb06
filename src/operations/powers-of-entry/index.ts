/** Public interface of powers of entry: the catalogue as dated data, and the law of entry as rules. */
export { findPower, powerName, powersOn } from './load.ts';
