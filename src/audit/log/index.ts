/** The interface of the log: what the leader seals, what witnesses fetch, and what people see of it. */

export { rotateLogKeys } from './keys.ts';
