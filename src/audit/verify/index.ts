/** The door of the verifier: it stands alone, and what it says of the log it has from the database, the keys and what its user held before. */
export type { Held } from './checkpoints.ts';
export { said } from './findings.ts';
export { heldIn, hold, keysFrom } from './held.ts';
export { isBeginning } from './merkle.ts';
export { faultOf, type Key, type Note, readKey, readNote, signedBy } from './note.ts';
export { verifyAddress } from './open.ts';
export { type Asked, type Verified, verifyLog } from './verify.ts';
