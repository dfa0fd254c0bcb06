/** The interface of the verifier, which is independent of the application: its findings come from the database, the keys and earlier checkpoints that its user kept. */
export type { Held } from './checkpoints.ts';
export { said } from './findings.ts';
export { heldIn, hold, keysFrom } from './held.ts';

export { readKey, readNote } from './note.ts';
export { verifyAddress } from './open.ts';
export { type Asked, type Verified, verifyLog } from './verify.ts';
