/** The interface of the verifier, which is independent of the application: its findings come from the database, the keys and earlier checkpoints that its user kept. */
export type { HeldCheckpoint } from './checkpoints.ts';
export { formatFinding } from './findings.ts';
export { keysFrom, readHeldCheckpoints, saveHeldCheckpoints } from './held.ts';

export { readKey, readNote } from './note.ts';
export { verifyAddress } from './open.ts';
export { type VerifyOptions, type VerifyResult, verifyLog } from './verify.ts';
