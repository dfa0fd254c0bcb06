/** The interface of the verifier, which is independent of the application: its findings come from the database, the keys and earlier checkpoints that its user kept. */
export type { HeldCheckpoint as Held } from './checkpoints.ts';
export { formatFinding as said } from './findings.ts';
export { keysFrom, readHeldCheckpoints as heldIn, saveHeldCheckpoints as hold } from './held.ts';

export { readKey, readNote } from './note.ts';
export { verifyAddress } from './open.ts';
export { type VerifyOptions as Asked, type VerifyResult as Verified, verifyLog } from './verify.ts';
