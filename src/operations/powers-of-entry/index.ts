/** Public interface of powers of entry: the catalogue as dated data, and the law of entry as rules. */
export { type CodeVersion, codeBOn, findPower, powerName, powersOn } from './load.ts';
export { powersPolicy } from './policy.ts';
export {
  type EntryPurpose,
  type Expiry,
  entryPurposes,
  expiryOf,
  type Fault,
  type FaultKind,
  inForce,
  lawfulOn,
  type PowerEntry,
  type Source,
  type Use,
} from './power.ts';
export { powersRoutes } from './routes.ts';
