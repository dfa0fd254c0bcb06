/** The interface of the log: what the leader seals, what witnesses fetch, and what people see of it. */

export { formatPublicKey, logPublicKey, openPublicKey, signatureLine } from '../sealing/checkpoint.ts';
export { generateLogKeys, type LogKey, loadLogKeys, rotateLogKeys } from './keys.ts';
